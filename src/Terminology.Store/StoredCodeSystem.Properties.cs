using System.Runtime.InteropServices;
using Terminology.CodeSystems;
using Terminology.Store.Files;
using Terminology.Store.Terms;

namespace Terminology.Store;

/// <summary>Concepts by the values of their properties.</summary>
internal sealed partial class StoredCodeSystem
{
    public ReadOnlySpan<PropertyLink> Links(ConceptOrdinal concept)
    {
        var range = Properties(concept);
        // A row of the file is a link, with the complement of a text in place of no concept.
        return MemoryMarshal.Cast<ValueRow, PropertyLink>(_propertyRows.Slice(range.Start, range.Count));
    }

    public ConceptSet WithProperty(int property, ConceptOrdinal value) => WithValue(property, value.Value);

    public ConceptSet WithProperty(int property, ReadOnlySpan<byte> value)
    {
        // The text of a concept as value is its code.
        var asConcept = TryFind(value, out var concept) && Code(concept).SequenceEqual(value) ? WithValue(property, concept.Value) : ConceptSet.Empty;
        var table = _file.Column<int>(SectionId.ValueTable);
        if (table.Length == 0) return asConcept;
        for (var at = (long)(CodeHash.Of(value) & (ulong)(table.Length - 1)); table[at] != 0; at = (at + 1) & (table.Length - 1))
        {
            if (ValueText(table[at] - 1).SequenceEqual(value)) return asConcept.Or(WithValue(property, ~(table[at] - 1)));
        }
        return asConcept;
    }

    public ConceptSet WithProperty(int property)
    {
        var groups = _file.Column<ValueGroup>(SectionId.ValueGroups);
        var (from, to) = (FirstGroup(groups, (ulong)(uint)property << 32), FirstGroup(groups, (ulong)(uint)(property + 1) << 32));
        if (from >= to) return ConceptSet.Empty;
        var concepts = Concepts(groups[from].Start, groups[to].Start);
        return to - from == 1 ? ConceptSet.FromSorted(concepts) : ConceptSet.FromOrdinals(concepts);
    }

    public ConceptSet WithProperty(int property, ConceptSet values)
    {
        var groups = _file.Column<ValueGroup>(SectionId.ValueGroups);
        var (at, end) = (FirstGroup(groups, ValueGroup.KeyOf(property, 0)), FirstGroup(groups, ValueGroup.KeyOf(property, int.MinValue)));
        var found = new Marks(Count);
        for (var i = 0; i < values.RunCount && at < end; i++)
        {
            var (start, stop) = values.RunAt(i);
            at = Advance(groups, at, end, ValueGroup.KeyOf(property, start));
            var last = at;
            while (last < end && groups[last].Key < ValueGroup.KeyOf(property, stop)) last++;
            if (last > at) found.Add(Concepts(groups[at].Start, groups[last].Start));
            at = last;
        }
        return found.ToSet();
    }

    public ConceptSet WithProperty(int property, ValueTest test)
    {
        var groups = _file.Column<ValueGroup>(SectionId.ValueGroups);
        var (at, end) = (FirstGroup(groups, ValueGroup.KeyOf(property, int.MinValue)), FirstGroup(groups, (ulong)(uint)(property + 1) << 32));
        var found = new Marks(Count);
        for (; at < end; at++)
        {
            if (test(ValueText(~(int)(uint)groups[at].Key))) found.Add(Concepts(groups[at].Start, groups[at + 1].Start));
        }
        return found.ToSet();
    }

    public ConceptSet ValuesOf(int property, ConceptSet sources)
    {
        var groups = _file.Column<ValueGroup>(SectionId.ValueGroups);
        var (from, to) = (FirstGroup(groups, ValueGroup.KeyOf(property, 0)), FirstGroup(groups, ValueGroup.KeyOf(property, int.MinValue)));
        if (from >= to || sources.Count == 0) return ConceptSet.Empty;
        var found = new Marks(Count);
        if (sources.Count < (groups[to].Start - groups[from].Start) / 4)
        {
            foreach (var source in sources)
            {
                for (var i = _propertyStarts[source.Value]; i < _propertyStarts[source.Value + 1L]; i++)
                {
                    if (_propertyRows[i].Property == property && _propertyRows[i].Value >= 0) found.Add(_propertyRows[i].Value);
                }
            }
            return found.ToSet();
        }
        var asked = new Marks(Count);
        asked.Add(sources);
        for (var at = from; at < to; at++)
        {
            foreach (var concept in Concepts(groups[at].Start, groups[at + 1].Start))
            {
                if (!asked.Contains(concept)) continue;
                found.Add((int)(uint)groups[at].Key);
                break;
            }
        }
        return found.ToSet();
    }

    /// <summary>The first group from here on that is not below the key: steps that double, then a binary search.</summary>
    private static long Advance(Column<ValueGroup> groups, long at, long end, ulong key)
    {
        if (at >= end || groups[at].Key >= key) return at;
        var step = 1L;
        while (at + step < end && groups[at + step].Key < key)
        {
            at += step;
            step <<= 1;
        }
        var (low, high) = (at + 1, Math.Min(at + step, end));
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (groups[middle].Key < key) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private ConceptSet WithValue(int property, int value)
    {
        var groups = _file.Column<ValueGroup>(SectionId.ValueGroups);
        var key = ValueGroup.KeyOf(property, value);
        var at = FirstGroup(groups, key);
        return at < groups.Length - 1 && groups[at].Key == key ? ConceptSet.FromSorted(Concepts(groups[at].Start, groups[at + 1].Start)) : ConceptSet.Empty;
    }

    private ReadOnlySpan<int> Concepts(long from, long to) => _file.Column<int>(SectionId.PropertyConcepts).Slice(from, (int)(to - from));

    private static long FirstGroup(Column<ValueGroup> groups, ulong key)
    {
        var (low, high) = (0L, Math.Max(groups.Length - 1, 0));
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (groups[middle].Key < key) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

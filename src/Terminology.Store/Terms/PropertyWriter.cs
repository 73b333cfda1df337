using System.IO.Hashing;
using System.Runtime.InteropServices;
using Terminology.CodeSystems;
using Terminology.Releases;
using Terminology.Store.Files;
using Terminology.Store.Hierarchy;

namespace Terminology.Store.Terms;

/// <summary>Writes attributes and literal properties by concept, and inverted by value.</summary>
internal sealed class PropertyWriter(
    ReleaseRows rows, HierarchyBuilder hierarchy, SectionWriter writer, LoadReport report, Func<long, int> ordinalOf, PropertyWriter.RelationshipTest isInferred)
{
    public delegate bool RelationshipTest(in RelationshipRow row);

    private readonly ValueTable _values = new();

    public void Write(ReleaseInfo info)
    {
        var hierarchyType = rows.Keys.Of(System.Text.Encoding.UTF8.GetBytes(info.HierarchyType));
        var collected = new Rows<(int Concept, ValueRow Value, long Id)>();
        var dangling = 0;
        Span<byte> buffer = stackalloc byte[20];
        for (var i = 0; i < rows.Relationships.Count; i++)
        {
            ref var row = ref rows.Relationships[i];
            if (row.Type == hierarchyType || !isInferred(row)) continue;
            var concept = ordinalOf(row.Source);
            if (concept < 0)
            {
                dangling++;
                continue;
            }
            var target = ordinalOf(row.Target);
            var property = rows.PropertyOf(rows.Keys.Write(row.Type, buffer), PropertyType.Code);
            collected.Add((concept, new(property, row.Group, target >= 0 ? target : ~_values.Of(rows.Keys.Write(row.Target, buffer))), Keys.None + 2));
        }
        for (var i = 0; i < rows.Properties.Count; i++)
        {
            ref var row = ref rows.Properties[i];
            var concept = ordinalOf(row.Concept);
            if (concept < 0)
            {
                dangling++;
                continue;
            }
            if (!row.Active) continue;
            var text = rows.Text.At(row.Text, row.Length);
            var target = rows.PropertyDefinitions[row.Property].Type is PropertyType.Code or PropertyType.Coding && rows.Keys.TryFind(text, out var key) ? ordinalOf(key) : -1;
            collected.Add((concept, new(row.Property, row.Group, target >= 0 ? target : ~_values.Of(text)), row.Id));
        }
        if (dangling > 0) report.Warn("(properties)", 0, $"{dangling:N0} properties and attributes name a concept that the release does not have; they were dropped.");
        WriteByConcept(collected);
        WriteHistory();
        _values.Write(writer);
    }

    private void WriteByConcept(Rows<(int Concept, ValueRow Value, long Id)> collected)
    {
        var concepts = hierarchy.RowOf.Length;
        var starts = new int[concepts + 1];
        for (var i = 0; i < collected.Count; i++) starts[collected[i].Concept + 1]++;
        for (var i = 0; i < concepts; i++) starts[i + 1] += starts[i];
        var next = starts.AsSpan(0, concepts).ToArray();
        var values = new ValueRow[collected.Count];
        var origins = new byte[collected.Count];
        for (var i = 0; i < collected.Count; i++)
        {
            var at = next[collected[i].Concept]++;
            values[at] = collected[i].Value;
            // What a replay pushes: 1 = a literal without id; the others come back as relationships, history rows or concept columns.
            origins[at] = (byte)(collected[i].Id == Keys.None ? 1 : 0);
        }
        for (var concept = 0; concept < concepts; concept++)
        {
            var range = starts[concept]..starts[concept + 1];
            if (range.End.Value - range.Start.Value < 2) continue;
            var span = values.AsSpan(range);
            var sorted = true;
            for (var i = 1; i < span.Length && sorted; i++) sorted = (span[i - 1].Group, span[i - 1].Property).CompareTo((span[i].Group, span[i].Property)) <= 0;
            if (!sorted) StableSort(span, origins.AsSpan(range));
        }
        writer.Add<int>(SectionId.PropertyStarts, starts);
        writer.Add<ValueRow>(SectionId.PropertyRows, values);
        writer.Add<byte>(SectionId.PropertyOrigins, origins);
        WriteInverted(starts, values);
    }

    private static void StableSort(Span<ValueRow> values, Span<byte> origins)
    {
        var keys = new (int Group, int Property, int Index)[values.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = (values[i].Group, values[i].Property, i);
        Array.Sort(keys);
        var (oldValues, oldOrigins) = (values.ToArray(), origins.ToArray());
        for (var i = 0; i < keys.Length; i++) (values[i], origins[i]) = (oldValues[keys[i].Index], oldOrigins[keys[i].Index]);
    }

    /// <summary>Per (property, value), ascending: the concepts that have it, ascending and distinct.</summary>
    private void WriteInverted(int[] starts, ValueRow[] values)
    {
        var keys = new ulong[values.Length];
        var concepts = new int[values.Length];
        for (var concept = 0; concept < starts.Length - 1; concept++)
        {
            for (var i = starts[concept]; i < starts[concept + 1]; i++) (keys[i], concepts[i]) = (ValueGroup.KeyOf(values[i].Property, values[i].Value), concept);
        }
        Array.Sort(keys, concepts);
        var groups = new List<ValueGroup>();
        using (var section = writer.Begin(SectionId.PropertyConcepts))
        {
            var written = 0;
            for (var from = 0; from < keys.Length;)
            {
                var to = from + 1;
                while (to < keys.Length && keys[to] == keys[from]) to++;
                var group = concepts.AsSpan(from..to);
                group.Sort();
                groups.Add(new(keys[from], written));
                var last = -1;
                foreach (ref readonly var concept in group)
                {
                    if (concept == last) continue;
                    section.Write(concept);
                    written++;
                    last = concept;
                }
                from = to;
            }
            groups.Add(new(ulong.MaxValue, written));
        }
        writer.Add<ValueGroup>(SectionId.ValueGroups, CollectionsMarshal.AsSpan(groups));
    }

    /// <summary>Rows that answers do not show or that have an id of their own: inactive ones, concrete values.</summary>
    private void WriteHistory()
    {
        using var section = writer.Begin(SectionId.PropertyHistory);
        for (var i = 0; i < rows.Properties.Count; i++)
        {
            ref var row = ref rows.Properties[i];
            if (row.Id == ReleaseWriter.DerivedProperty || (row.Active && row.Id == Keys.None)) continue;
            section.Write(new PropertyHistory(row.Id, row.Concept, row.Property, _values.Of(rows.Text.At(row.Text, row.Length)), row.Group, row.Time, row.Module, row.Active));
        }
    }

    /// <summary>Distinct texts of values.</summary>
    private sealed class ValueTable
    {
        private readonly KeyRows _index = new();
        private readonly Rows<(long At, int Length, int Next)> _texts = new();
        private readonly ByteHeap _heap = new();

        public int Of(ReadOnlySpan<byte> text)
        {
            var first = _index.FindOrAdd((long)XxHash3.HashToUInt64(text), _texts.Count);
            if (first == _texts.Count) return _texts.Add((_heap.Add(text), text.Length, -1));
            for (var at = first; ; at = _texts[at].Next)
            {
                if (_heap.At(_texts[at].At, _texts[at].Length).SequenceEqual(text)) return at;
                if (_texts[at].Next < 0) return _texts[at].Next = _texts.Add((_heap.Add(text), text.Length, -1));
            }
        }

        public void Write(SectionWriter writer)
        {
            var offsets = new uint[_texts.Count + 1];
            var hashes = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(_texts.Count * 2, 16))];
            using (var section = writer.Begin(SectionId.ValueHeap))
            {
                for (var i = 0; i < _texts.Count; i++)
                {
                    var text = _heap.At(_texts[i].At, _texts[i].Length);
                    section.Write(text);
                    offsets[i + 1] = checked((uint)section.Length);
                    var at = (int)(CodeHash.Of(text) & (ulong)(hashes.Length - 1));
                    while (hashes[at] != 0) at = (at + 1) & (hashes.Length - 1);
                    hashes[at] = i + 1;
                }
            }
            writer.Add<uint>(SectionId.ValueOffsets, offsets);
            writer.Add<int>(SectionId.ValueTable, hashes);
        }
    }
}

/// <summary>One property value of a concept.</summary>
/// <param name="Property">Index of the property.</param>
/// <param name="Group">Relationship group.</param>
/// <param name="Value">Ordinal of a concept, or the complement of an index of a value text.</param>
internal readonly record struct ValueRow(int Property, int Group, int Value);

/// <summary>Concepts that share a property value.</summary>
/// <param name="Key">See <see cref="KeyOf"/>.</param>
/// <param name="Start">First of its concepts; the next group's start ends them.</param>
internal readonly record struct ValueGroup(ulong Key, long Start)
{
    public static ulong KeyOf(int property, int value) => ((ulong)(uint)property << 32) | (uint)value;
}

/// <summary>A property row as pushed.</summary>
internal readonly record struct PropertyHistory(long Id, long Concept, int Property, int Text, int Group, int Time, ushort Module, bool Active);

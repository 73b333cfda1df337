using System.Buffers;
using System.Runtime.InteropServices;
using Terminology.CodeSystems;
using Terminology.Store.Files;

namespace Terminology.Store;

/// <summary>Parents, children, and subsumption by intervals.</summary>
internal sealed partial class StoredCodeSystem
{
    private Column<int> _parentStarts, _parents, _childStarts, _children, _last, _extraStarts, _extras;

    public ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept) => Run(_parentStarts, _parents, concept.Value);

    public ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept) => Run(_childStarts, _children, concept.Value);

    public bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor)
    {
        var (ordinal, top) = (concept.Value, ancestor.Value);
        if ((uint)ordinal >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(concept));
        if (ordinal >= top && ordinal <= _last[top]) return true;
        var start = _extraStarts[top];
        var (low, high) = (0, (_extraStarts[top + 1L] - start) / 2 - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_extras[start + middle * 2L] > ordinal) high = middle - 1;
            else if (_extras[start + middle * 2L + 1] < ordinal) low = middle + 1;
            else return true;
        }
        return false;
    }

    public ConceptSet DescendantsOrSelf(ConceptOrdinal concept)
    {
        var top = concept.Value;
        var (start, end) = (_extraStarts[top], _extraStarts[top + 1L]);
        var own = (top, _last[top] + 1);
        if (start == end) return ConceptSet.Run(own.top, own.Item2);
        var runs = new (int Start, int End)[(end - start) / 2 + 1];
        var (at, placed) = (0, false);
        for (var i = start; i < end; i += 2)
        {
            if (!placed && _extras[i] >= top) (runs[at++], placed) = (own, true);
            runs[at++] = (_extras[i], _extras[i + 1L] + 1);
        }
        if (!placed) runs[at] = own;
        return ConceptSet.FromRuns(runs);
    }

    public ConceptSet AncestorsOrSelf(ConceptOrdinal concept)
    {
        if ((uint)concept.Value >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(concept));
        var found = new HashSet<int> { concept.Value };
        var open = new Stack<int>([concept.Value]);
        while (open.TryPop(out var next))
        {
            foreach (var parent in Parents(new(next)))
            {
                if (found.Add(parent.Value)) open.Push(parent.Value);
            }
        }
        var ordinals = ArrayPool<int>.Shared.Rent(found.Count);
        found.CopyTo(ordinals);
        var set = ConceptSet.FromOrdinals(ordinals.AsSpan(0, found.Count));
        ArrayPool<int>.Shared.Return(ordinals);
        return set;
    }

    private void OpenHierarchy(MappedFile file)
    {
        (_parentStarts, _parents) = (file.Column<int>(SectionId.ParentStarts), file.Column<int>(SectionId.Parents));
        (_childStarts, _children) = (file.Column<int>(SectionId.ChildStarts), file.Column<int>(SectionId.Children));
        _last = file.Column<int>(SectionId.LastDescendants);
        (_extraStarts, _extras) = (file.Column<int>(SectionId.ExtraStarts), file.Column<int>(SectionId.Extras));
    }

    private bool HierarchyIsSound()
        => _parentStarts.Length == Count + 1L && _childStarts.Length == Count + 1L && _last.Length == Count && _extraStarts.Length == Count + 1L
        && _parentStarts[Count] == _parents.Length && _childStarts[Count] == _children.Length && _extraStarts[Count] == _extras.Length;

    private ConceptSet FindRoots()
    {
        var roots = new List<int>();
        for (var i = 0; i < Count; i++)
        {
            if (_parentStarts[i] == _parentStarts[i + 1L]) roots.Add(i);
        }
        return ConceptSet.FromSorted(CollectionsMarshal.AsSpan(roots));
    }

    private static ReadOnlySpan<ConceptOrdinal> Run(Column<int> starts, Column<int> values, int ordinal)
    {
        var start = starts[ordinal];
        return MemoryMarshal.Cast<int, ConceptOrdinal>(values.Slice(start, starts[ordinal + 1L] - start));
    }
}

using Terminology.Search;

namespace Terminology.CodeSystems;

/// <summary>
/// A code system that lives on the heap: small FHIR resources and those that come with a request. Answers as the store does.
/// Built by <see cref="InMemoryCodeSystemBuilder"/>; concepts are in depth-first pre-order of the first parent, siblings in the order of the source.
/// </summary>
public sealed class InMemoryCodeSystem : ICodeSystem
{
    private readonly Tables _tables;
    private readonly ConceptOrdinal[] _parents, _children;
    private readonly int[] _childEnds;
    private readonly bool _isTree;

    internal InMemoryCodeSystem(CodeSystemInfo info, Tables tables, IReadOnlyList<string> warnings)
    {
        (Info, _tables, Warnings) = (info, tables, warnings);
        _parents = [.. tables.Parents];
        (_children, _childEnds) = Invert();
        _isTree = _parents.Length <= Count && IsTree(tables.ParentEnds);
        Search = new ScanTermSearch(this);
        Active = Where(flags => (flags & ConceptFlags.Inactive) == 0);
        Roots = ConceptSet.FromSorted(Enumerable.Range(0, Count).Where(i => Slice(tables.ParentEnds, i).Count == 0).ToArray());
    }

    /// <inheritdoc/>
    public CodeSystemInfo Info { get; }

    /// <summary>What was not right in the source and how it was read: codes defined twice, cycles, parents that do not exist.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <inheritdoc/>
    public int Count => _tables.Codes.Length;

    /// <inheritdoc/>
    public ConceptSet All => ConceptSet.Run(0, Count);

    /// <inheritdoc/>
    public ConceptSet Active { get; }

    /// <inheritdoc/>
    public ConceptSet Roots { get; }

    /// <inheritdoc/>
    public ITermSearch Search { get; }

    /// <inheritdoc/>
    public IRefsets? Refsets => null;

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> code, out ConceptOrdinal concept)
    {
        var found = _tables.Index.TryFind(code, out var handle);
        concept = found ? new(_tables.Ordinals[handle]) : ConceptOrdinal.None;
        return found;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Code(ConceptOrdinal concept) => _tables.Texts[_tables.Codes[concept.Value]];

    /// <inheritdoc/>
    public ConceptFlags Flags(ConceptOrdinal concept) => _tables.Flags[concept.Value];

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Display(ConceptOrdinal concept)
        => _tables.Displays[concept.Value] ? _tables.Texts[_tables.Designations[Slice(_tables.DesignationEnds, concept.Value).Start].Value] : default;

    /// <inheritdoc/>
    public IndexRange Designations(ConceptOrdinal concept) => Slice(_tables.DesignationEnds, concept.Value);

    /// <inheritdoc/>
    public DesignationView Designation(int designation)
    {
        var stored = _tables.Designations[designation];
        return new() { Value = _tables.Texts[stored.Value], Language = stored.Language, Use = stored.Use, Active = true, Module = "", Extensions = stored.Extensions };
    }

    /// <inheritdoc/>
    public Acceptability Acceptability(int designation, string languageRefset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(designation);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(designation, _tables.Designations.Count);
        return CodeSystems.Acceptability.None;
    }

    /// <inheritdoc/>
    public IndexRange Properties(ConceptOrdinal concept) => Slice(_tables.PropertyEnds, concept.Value);

    /// <inheritdoc/>
    public PropertyView Property(int property)
    {
        var (definition, value, target) = _tables.Properties[property];
        return new() { Property = definition, Value = _tables.Texts[value], Concept = target };
    }

    /// <inheritdoc/>
    public IReadOnlyList<Extension> Extensions(ConceptOrdinal concept) => _tables.Extensions.GetValueOrDefault(concept.Value) ?? [];

    /// <inheritdoc/>
    public ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept)
    {
        var range = Slice(_tables.ParentEnds, concept.Value);
        return _parents.AsSpan(range.Start, range.Count);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept)
    {
        var range = Slice(_childEnds, concept.Value);
        return _children.AsSpan(range.Start, range.Count);
    }

    /// <inheritdoc/>
    public bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor)
    {
        Check(concept);
        Check(ancestor);
        if (concept.Value >= ancestor.Value && concept.Value < _tables.SubtreeEnds[ancestor.Value]) return true;
        return !_isTree && AncestorsOrSelf(concept).Contains(ancestor);
    }

    /// <inheritdoc/>
    public ConceptSet DescendantsOrSelf(ConceptOrdinal concept)
    {
        Check(concept);
        return _isTree ? ConceptSet.Run(concept.Value, _tables.SubtreeEnds[concept.Value]) : Reach(concept, Children);
    }

    /// <inheritdoc/>
    public ConceptSet AncestorsOrSelf(ConceptOrdinal concept)
    {
        Check(concept);
        return Reach(concept, Parents);
    }

    /// <inheritdoc/>
    public ConceptSet WithProperty(int property, ConceptOrdinal value)
    {
        Check(value);
        return Having(property, (_, target) => target == value);
    }

    /// <inheritdoc/>
    public ConceptSet WithProperty(int property, ReadOnlySpan<byte> value)
    {
        var wanted = value.ToArray();
        return Having(property, (text, _) => text.SequenceEqual(wanted));
    }

    /// <inheritdoc/>
    public ConceptSet WithProperty(int property) => Having(property, (_, _) => true);

    private delegate ReadOnlySpan<ConceptOrdinal> Neighbours(ConceptOrdinal concept);

    private static ConceptSet Reach(ConceptOrdinal start, Neighbours neighbours)
    {
        var seen = new HashSet<int> { start.Value };
        var open = new Stack<ConceptOrdinal>([start]);
        while (open.TryPop(out var concept))
        {
            foreach (var next in neighbours(concept))
            {
                if (seen.Add(next.Value)) open.Push(next);
            }
        }
        return ConceptSet.FromOrdinals(seen.ToArray());
    }

    private delegate bool ValueCheck(ReadOnlySpan<byte> value, ConceptOrdinal target);

    private ConceptSet Having(int property, ValueCheck test)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(property);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(property, Info.Properties.Count);
        var found = new List<int>();
        for (var concept = 0; concept < Count; concept++)
        {
            var range = Slice(_tables.PropertyEnds, concept);
            for (var i = range.Start; i < range.End; i++)
            {
                var (definition, value, target) = _tables.Properties[i];
                if (definition == property && test(_tables.Texts[value], target)) found.Add(concept);
            }
        }
        return ConceptSet.FromSorted(found.ToArray());
    }

    private ConceptSet Where(Predicate<ConceptFlags> test)
        => ConceptSet.FromSorted(Enumerable.Range(0, Count).Where(i => test(_tables.Flags[i])).ToArray());

    private (ConceptOrdinal[] Children, int[] Ends) Invert()
    {
        var ends = new int[Count];
        foreach (var parent in _parents) ends[parent.Value]++;
        for (var i = 1; i < Count; i++) ends[i] += ends[i - 1];
        var children = new ConceptOrdinal[_parents.Length];
        var next = Enumerable.Range(0, Count).Select(i => i == 0 ? 0 : ends[i - 1]).ToArray();
        for (var i = 0; i < Count; i++)
        {
            foreach (var parent in Parents(new(i))) children[next[parent.Value]++] = new(i);
        }
        return (children, ends);
    }

    private static IndexRange Slice(int[] ends, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ends.Length);
        var start = index == 0 ? 0 : ends[index - 1];
        return new(start, ends[index] - start);
    }

    private void Check(ConceptOrdinal concept)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(concept.Value, nameof(concept));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(concept.Value, Count, nameof(concept));
    }

    private static bool IsTree(int[] parentEnds)
    {
        for (var i = 0; i < parentEnds.Length; i++)
        {
            if (Slice(parentEnds, i).Count > 1) return false;
        }
        return true;
    }

    internal readonly record struct StoredDesignation(TextRange Value, string Language, Coding Use, IReadOnlyList<Extension> Extensions);

    /// <summary>Columns by ordinal; the ends say where a concept's run of rows stops.</summary>
    internal sealed class Tables(Utf8Texts texts, CodeIndex index, int count)
    {
        public Utf8Texts Texts { get; } = texts;

        /// <summary>The codes by handle.</summary>
        public CodeIndex Index { get; } = index;

        /// <summary>The ordinal of a handle.</summary>
        public required int[] Ordinals { get; init; }

        public TextRange[] Codes { get; } = new TextRange[count];

        public ConceptFlags[] Flags { get; } = new ConceptFlags[count];

        public bool[] Displays { get; } = new bool[count];

        public required int[] SubtreeEnds { get; init; }

        public List<ConceptOrdinal> Parents { get; } = new(count);

        public int[] ParentEnds { get; } = new int[count];

        public List<StoredDesignation> Designations { get; } = new(count);

        public int[] DesignationEnds { get; } = new int[count];

        public List<(int Property, TextRange Value, ConceptOrdinal Target)> Properties { get; } = [];

        public int[] PropertyEnds { get; } = new int[count];

        /// <summary>Few concepts have any.</summary>
        public Dictionary<int, IReadOnlyList<Extension>> Extensions { get; } = [];
    }
}

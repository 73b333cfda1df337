using System.Text;
using Terminology.Search;

namespace Terminology.CodeSystems;

/// <summary>A code system held in memory: FHIR resources and what is sent along with a request. Answers as the store does.</summary>
/// <remarks>Built once with <see cref="Builder"/>, then immutable and thread-safe. Sets are computed when asked for; meant for some thousand concepts.</remarks>
public sealed class InMemoryCodeSystem : ICodeSystem
{
    private readonly Dictionary<string, int> _byCode;
    private readonly Item[] _items;
    private readonly int[] _designationOwners, _propertyOwners;
    private readonly int[] _designationStarts, _propertyStarts;

    private InMemoryCodeSystem(CodeSystemInfo info, Item[] items, IReadOnlyList<string> warnings)
    {
        (Info, _items, Warnings) = (info, items, warnings);
        _byCode = new(items.Length, info.CaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < items.Length; i++) _byCode.TryAdd(items[i].CodeText, i);
        (_designationStarts, _designationOwners) = Index(items, item => item.Designations.Length);
        (_propertyStarts, _propertyOwners) = Index(items, item => item.Properties.Length);
        Search = new ScanTermSearch(this);
    }

    /// <inheritdoc/>
    public CodeSystemInfo Info { get; }

    /// <summary>What was not right in the definition and how it was understood: codes given twice, cycles.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public ITermSearch Search { get; }

    /// <inheritdoc/>
    public IRefsets? Refsets => null;

    /// <inheritdoc/>
    public ConceptSet All => ConceptSet.Run(0, Count);

    /// <inheritdoc/>
    public ConceptSet Active => Where(item => !item.Flags.HasFlag(ConceptFlags.Inactive));

    /// <inheritdoc/>
    public ConceptSet Roots => Where(item => item.Parents.Length == 0);

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> code, out ConceptOrdinal concept)
    {
        concept = _byCode.TryGetValue(Encoding.UTF8.GetString(code), out var at) ? new(at) : ConceptOrdinal.None;
        return concept.Exists;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Code(ConceptOrdinal concept) => At(concept).Code;

    /// <inheritdoc/>
    public ConceptFlags Flags(ConceptOrdinal concept) => At(concept).Flags;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Display(ConceptOrdinal concept) => At(concept) is { HasDisplay: true } item ? item.Designations[0].Value : default;

    /// <inheritdoc/>
    public IndexRange Designations(ConceptOrdinal concept) => new(_designationStarts[Check(concept)], At(concept).Designations.Length);

    /// <inheritdoc/>
    public DesignationView Designation(int designation)
    {
        var owner = OwnerOf(_designationOwners, designation);
        var found = _items[owner].Designations[designation - _designationStarts[owner]];
        return new() { Value = found.Value, Language = found.Language, Use = found.Use, Active = true, Module = "" };
    }

    /// <inheritdoc/>
    public Acceptability Acceptability(int designation, string languageRefset) => CodeSystems.Acceptability.None;

    /// <inheritdoc/>
    public IndexRange Properties(ConceptOrdinal concept) => new(_propertyStarts[Check(concept)], At(concept).Properties.Length);

    /// <inheritdoc/>
    public PropertyView Property(int property)
    {
        var owner = OwnerOf(_propertyOwners, property);
        var found = _items[owner].Properties[property - _propertyStarts[owner]];
        return new() { Property = found.Property, Value = found.Value, Concept = found.Concept };
    }

    /// <inheritdoc/>
    public ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept) => At(concept).Parents;

    /// <inheritdoc/>
    public ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept) => At(concept).Children;

    /// <inheritdoc/>
    public bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor)
    {
        _ = At(ancestor);
        if (Check(concept) == ancestor.Value) return true;
        foreach (var parent in _items[concept.Value].Parents)
        {
            if (IsA(parent, ancestor)) return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public ConceptSet DescendantsOrSelf(ConceptOrdinal concept) => Walk(concept, item => item.Children);

    /// <inheritdoc/>
    public ConceptSet AncestorsOrSelf(ConceptOrdinal concept) => Walk(concept, item => item.Parents);

    /// <inheritdoc/>
    public ConceptSet WithProperty(int property, ConceptOrdinal value) => Where(item => item.Properties.Any(found => found.Property == property && found.Concept == value));

    /// <inheritdoc/>
    public ConceptSet WithProperty(int property, ReadOnlySpan<byte> value)
    {
        var wanted = value.ToArray();
        return Where(item => item.Properties.Any(found => found.Property == property && found.Value.AsSpan().SequenceEqual(wanted)));
    }

    /// <inheritdoc/>
    public ConceptSet WithProperty(int property) => Where(item => item.Properties.Any(found => found.Property == property));

    private int Check(ConceptOrdinal concept)
        => (uint)concept.Value < (uint)_items.Length ? concept.Value : throw new ArgumentOutOfRangeException(nameof(concept));

    private Item At(ConceptOrdinal concept) => _items[Check(concept)];

    private ConceptSet Where(Func<Item, bool> fits)
    {
        var found = new List<int>();
        for (var i = 0; i < _items.Length; i++)
        {
            if (fits(_items[i])) found.Add(i);
        }
        return ConceptSet.FromSorted(found.ToArray());
    }

    private ConceptSet Walk(ConceptOrdinal start, Func<Item, ConceptOrdinal[]> next)
    {
        var found = new HashSet<int> { Check(start) };
        var open = new Stack<int>([start.Value]);
        while (open.TryPop(out var at))
        {
            foreach (var further in next(_items[at]))
            {
                if (found.Add(further.Value)) open.Push(further.Value);
            }
        }
        return ConceptSet.FromOrdinals(found.ToArray());
    }

    private static (int[] Starts, int[] Owners) Index(Item[] items, Func<Item, int> countOf)
    {
        var starts = new int[items.Length];
        var owners = new List<int>();
        for (var i = 0; i < items.Length; i++)
        {
            starts[i] = owners.Count;
            for (var count = countOf(items[i]); count > 0; count--) owners.Add(i);
        }
        return (starts, owners.ToArray());
    }

    private static int OwnerOf(int[] owners, int index) => (uint)index < (uint)owners.Length ? owners[index] : throw new ArgumentOutOfRangeException(nameof(index));

    private sealed class Item
    {
        public required string CodeText { get; init; }

        public required byte[] Code { get; init; }

        public required ConceptFlags Flags { get; init; }

        public required bool HasDisplay { get; init; }

        public required (byte[] Value, string Language, Coding Use)[] Designations { get; init; }

        public required (int Property, byte[] Value, ConceptOrdinal Concept)[] Properties { get; init; }

        public required ConceptOrdinal[] Parents { get; init; }

        public required ConceptOrdinal[] Children { get; init; }
    }

    /// <summary>Collects concepts in the order of their definition.</summary>
    public sealed class Builder(CodeSystemInfo info)
    {
        private readonly List<Draft> _drafts = [];
        private readonly Dictionary<string, Draft> _byCode = new(info.CaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        private readonly List<string> _warnings = [];
        private readonly List<PropertyDefinition> _properties = [.. info.Properties];

        /// <summary>Adds a concept; a code given twice keeps its first definition.</summary>
        /// <param name="code">The code, not empty.</param>
        /// <param name="display">Its display, or null.</param>
        /// <param name="parent">Code of the parent it is nested in, or null. More parents: <see cref="AddParent"/>.</param>
        public Draft Add(string code, string? display, string? parent = null)
        {
            var draft = new Draft(code, display);
            if (!_byCode.TryAdd(code, draft)) _warnings.Add($"the code '{code}' is defined twice; the first definition counts.");
            else _drafts.Add(draft);
            if (parent is not null) draft.ParentCodes.Add(parent);
            return draft;
        }

        /// <summary>Adds a parent by code; unknown ones are ignored with a warning.</summary>
        public static void AddParent(Draft draft, string parent) => draft.ParentCodes.Add(parent);

        /// <summary>Adds a property value; a property that the code system does not define is added with this type.</summary>
        public void AddProperty(Draft draft, string property, PropertyType type, string value)
        {
            var index = _properties.FindIndex(known => known.Code == property);
            if (index < 0)
            {
                index = _properties.Count;
                _properties.Add(new(property, type));
            }
            draft.PropertyValues.Add((index, value));
        }

        /// <summary>Orders the concepts depth first and joins everything.</summary>
        public InMemoryCodeSystem Build()
        {
            var children = _drafts.ToDictionary(draft => draft, _ => new List<Draft>());
            var parents = _drafts.ToDictionary(draft => draft, _ => new List<Draft>());
            foreach (var draft in _drafts)
            {
                foreach (var code in draft.ParentCodes.Distinct(StringComparer.Ordinal))
                {
                    if (!_byCode.TryGetValue(code, out var parent)) _warnings.Add($"'{draft.Code}' names a parent '{code}' that is not defined.");
                    else if (parent == draft || IsAbove(draft, parent)) _warnings.Add($"'{draft.Code}' below '{code}' would be a cycle; this link is left out.");
                    else
                    {
                        children[parent].Add(draft);
                        parents[draft].Add(parent);
                    }
                }
            }
            var order = new Dictionary<Draft, int>();
            var sequence = new List<Draft>();
            foreach (var draft in _drafts.Where(draft => parents[draft].Count == 0)) Place(draft);
            var items = sequence.Select(draft => Make(draft, order, parents[draft], children[draft])).ToArray();
            return new(info with { Properties = [.. _properties] }, items, _warnings);

            bool IsAbove(Draft above, Draft below) => parents[below].Any(parent => parent == above || IsAbove(above, parent));

            void Place(Draft root)
            {
                var stack = new Stack<Draft>([root]);
                while (stack.TryPop(out var draft))
                {
                    if (!order.TryAdd(draft, sequence.Count)) continue;
                    sequence.Add(draft);
                    for (var i = children[draft].Count - 1; i >= 0; i--) stack.Push(children[draft][i]);
                }
            }
        }

        private Item Make(Draft draft, Dictionary<Draft, int> order, List<Draft> parents, List<Draft> children)
        {
            var designations = new List<(byte[], string, Coding)>();
            if (draft.Display is not null) designations.Add((Encoding.UTF8.GetBytes(draft.Display), info.Language ?? "", DesignationUses.Display));
            designations.AddRange(draft.Designations.Select(text => (Encoding.UTF8.GetBytes(text.Value), text.Language, text.Use)));
            return new()
            {
                CodeText = draft.Code,
                Code = Encoding.UTF8.GetBytes(draft.Code),
                Flags = draft.Flags,
                HasDisplay = draft.Display is not null,
                Designations = [.. designations],
                Properties = [.. draft.PropertyValues.OrderBy(value => value.Property).Select(value => (value.Property, Encoding.UTF8.GetBytes(value.Value), ConceptOf(value, order)))],
                Parents = [.. parents.Select(parent => new ConceptOrdinal(order[parent]))],
                Children = [.. children.Select(child => order[child]).Order().Select(child => new ConceptOrdinal(child))],
            };
        }

        private ConceptOrdinal ConceptOf((int Property, string Value) value, Dictionary<Draft, int> order)
            => _properties[value.Property].Type == PropertyType.Code && _byCode.TryGetValue(value.Value, out var target) ? new(order[target]) : ConceptOrdinal.None;
    }

    /// <summary>A concept being defined.</summary>
    /// <param name="code">The code.</param>
    /// <param name="display">Its display, or null.</param>
    public sealed class Draft(string code, string? display)
    {
        /// <summary>The code.</summary>
        public string Code { get; } = code;

        /// <summary>Its display, or null.</summary>
        public string? Display { get; } = display;

        /// <summary>Its status.</summary>
        public ConceptFlags Flags { get; set; }

        /// <summary>Further designations, definitions among them.</summary>
        public List<(string Value, string Language, Coding Use)> Designations { get; } = [];

        internal List<string> ParentCodes { get; } = [];

        internal List<(int Property, string Value)> PropertyValues { get; } = [];
    }
}

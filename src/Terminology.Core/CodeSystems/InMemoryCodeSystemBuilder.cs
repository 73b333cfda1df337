using System.Text;
using Terminology.ValueSets;

namespace Terminology.CodeSystems;

/// <summary>
/// Collects a code system in the order of its source and freezes it. Tolerant where sources are not right, and says so in
/// <see cref="InMemoryCodeSystem.Warnings"/>: a code that comes twice keeps its first definition and gains a parent; a cycle is cut at the link that closes it.
/// </summary>
/// <param name="info">What the code system says of itself; properties that are used and not defined are added to it.</param>
public sealed class InMemoryCodeSystemBuilder(CodeSystemInfo info)
{
    private readonly List<Draft> _concepts = [];
    private readonly Dictionary<string, int> _byCode = new(info.CaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
    private readonly List<PropertyDefinition> _definitions = [.. info.Properties];
    private readonly List<string> _warnings = [];
    private readonly List<(int Concept, ConceptRole Role, string Code)> _links = [];

    /// <summary>Notes something that was not right in the source and how it was read.</summary>
    public void Warn(string text) => _warnings.Add(text);

    /// <summary>Adds a concept.</summary>
    /// <param name="code">Its code, not empty.</param>
    /// <param name="display">Its display in the language of the code system, or null.</param>
    /// <param name="definition">What it means, or null.</param>
    /// <param name="parent">Handle of the concept it is nested in, or null.</param>
    /// <returns>The handle for further calls, the same for the same code; and whether this is its first definition: what else a second one says is to be left out.</returns>
    public (int Handle, bool IsNew) Add(string code, string? display = null, string? definition = null, int? parent = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        var isNew = _byCode.TryAdd(code, _concepts.Count);
        var handle = _byCode[code];
        if (isNew)
        {
            var concept = new Draft(code);
            if (!string.IsNullOrEmpty(display)) concept.Designations.Add(new(info.Language, DesignationUses.Display, display));
            if (!string.IsNullOrEmpty(definition)) concept.Definition = new(info.Language, DesignationUses.Definition, definition);
            _concepts.Add(concept);
        }
        else
        {
            _warnings.Add($"The code '{code}' is defined more than once; the first definition counts.");
        }
        if (parent is { } above) AddParent(handle, above);
        return (handle, isNew);
    }

    /// <summary>Adds a designation; one without use is <see cref="DesignationUses.Unspecified"/>.</summary>
    public void AddDesignation(int concept, DesignationText designation)
    {
        if (designation.Value.Length > 0) _concepts[concept].Designations.Add(designation);
    }

    /// <summary>Adds a property value; standard properties set flags, <c>parent</c> and <c>child</c> make hierarchy links instead.</summary>
    /// <param name="concept">Handle.</param>
    /// <param name="code">Code of the property.</param>
    /// <param name="type">Type of the value; counts when the code system does not define the property.</param>
    /// <param name="value">The value as text; see <see cref="PropertyType"/> for the form of each.</param>
    public void AddProperty(int concept, string code, PropertyType type, string value)
    {
        var property = _definitions.FindIndex(definition => definition.Code == code);
        if (property < 0)
        {
            property = _definitions.Count;
            _definitions.Add(new(code, type));
        }
        var role = ConceptRoles.Of(_definitions[property]);
        if (role is ConceptRole.Parent or ConceptRole.Child)
        {
            _links.Add((concept, role, value));
            return;
        }
        _concepts[concept].Flags |= ConceptRoles.Flags(role, value);
        _concepts[concept].Properties.Add((property, value));
    }

    /// <summary>Defines a property, where the code system does not define one of this uri already.</summary>
    /// <returns>The code that it has.</returns>
    public string Define(PropertyDefinition property)
    {
        var known = _definitions.Find(definition => definition.Uri == property.Uri || definition.Code == property.Code);
        if (known is not null) return known.Code;
        _definitions.Add(property);
        return property.Code;
    }

    /// <summary>Says how a concept is to be shown.</summary>
    public void AddExtensions(int concept, IReadOnlyList<Extension> extensions) => _concepts[concept].Extensions = extensions;

    /// <summary>Freezes it. The builder is not to be used again.</summary>
    public InMemoryCodeSystem Build()
    {
        ResolveLinks();
        var children = new List<int>[_concepts.Count];
        for (var i = 0; i < children.Length; i++) children[i] = [];
        for (var i = 0; i < _concepts.Count; i++)
        {
            foreach (var parent in _concepts[i].Parents) children[parent].Add(i);
        }
        var order = PreOrder(children, out var ends);
        var ordinals = new int[order.Length];
        for (var i = 0; i < order.Length; i++) ordinals[order[i]] = i;
        return Freeze(order, ordinals, ends);
    }

    private void AddParent(int child, int parent)
    {
        var parents = _concepts[child].Parents;
        if (!parents.Contains(parent)) parents.Add(parent);
    }

    private void ResolveLinks()
    {
        foreach (var (concept, role, code) in _links)
        {
            if (!_byCode.TryGetValue(code, out var other))
            {
                if (info.Content == "complete")
                {
                    _warnings.Add($"The {(role == ConceptRole.Parent ? "parent" : "child")} '{code}' of '{_concepts[concept].Code}' is not in the code system.");
                }
            }
            else if (role == ConceptRole.Parent)
            {
                AddParent(concept, other);
            }
            else
            {
                AddParent(other, concept);
            }
        }
    }

    /// <summary>Depth first from the roots in definition order, then from what only cycles reach; a link to a concept on the path is cut.</summary>
    private int[] PreOrder(List<int>[] children, out int[] ends)
    {
        var order = new List<int>(_concepts.Count);
        var state = new (bool Seen, bool OnPath, int Position)[_concepts.Count];
        ends = new int[_concepts.Count];
        var path = new Stack<(int Concept, int Next)>();
        var starts = Enumerable.Range(0, _concepts.Count).Where(i => _concepts[i].Parents.Count == 0).Concat(Enumerable.Range(0, _concepts.Count));
        foreach (var start in starts)
        {
            if (state[start].Seen) continue;
            Enter(start);
            while (path.TryPop(out var top))
            {
                if (top.Next == children[top.Concept].Count)
                {
                    state[top.Concept].OnPath = false;
                    ends[state[top.Concept].Position] = order.Count;
                    continue;
                }
                path.Push((top.Concept, top.Next + 1));
                var child = children[top.Concept][top.Next];
                if (state[child].OnPath) Cut(child, top.Concept);
                else if (!state[child].Seen) Enter(child);
            }
        }
        return [.. order];

        void Enter(int concept)
        {
            state[concept] = (true, true, order.Count);
            order.Add(concept);
            path.Push((concept, 0));
        }
    }

    private void Cut(int child, int parent)
    {
        _concepts[child].Parents.Remove(parent);
        _warnings.Add($"The hierarchy has a cycle: '{_concepts[parent].Code}' as a parent of '{_concepts[child].Code}' is left out.");
    }

    private InMemoryCodeSystem Freeze(int[] order, int[] ordinals, int[] ends)
    {
        var tables = new InMemoryCodeSystem.Tables(order.Length) { SubtreeEnds = ends };
        foreach (var handle in order)
        {
            var concept = _concepts[handle];
            tables.Codes.Add(Utf8(concept.Code));
            tables.Flags.Add(concept.Flags);
            foreach (var parent in concept.Parents) tables.Parents.Add(new(ordinals[parent]));
            tables.ParentEnds.Add(tables.Parents.Count);
            foreach (var text in concept.Designations) tables.Designations.Add(Stored(text));
            if (concept.Definition is { } definition) tables.Designations.Add(Stored(definition));
            tables.DesignationEnds.Add(tables.Designations.Count);
            tables.Displays.Add(concept.Designations.Count > 0);
            foreach (var (property, value) in concept.Properties.OrderBy(pair => pair.Property))
            {
                var target = _definitions[property].Type is PropertyType.Code or PropertyType.Coding && _byCode.TryGetValue(value, out var other) ? ordinals[other] : -1;
                tables.Properties.Add((property, Utf8(value), new(target)));
            }
            tables.PropertyEnds.Add(tables.Properties.Count);
            if (concept.Extensions.Count > 0) tables.Extensions[tables.Codes.Count - 1] = concept.Extensions;
        }
        return new(info with { Properties = _definitions }, tables, _warnings);
    }

    private static InMemoryCodeSystem.StoredDesignation Stored(DesignationText text)
        => new(Utf8(text.Value), text.Language ?? "", text.Use ?? DesignationUses.Unspecified, text.Extensions);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class Draft(string code)
    {
        public string Code { get; } = code;

        public ConceptFlags Flags { get; set; }

        public List<int> Parents { get; } = new(1);

        public List<DesignationText> Designations { get; } = new(1);

        public DesignationText? Definition { get; set; }

        public List<(int Property, string Value)> Properties { get; } = [];

        public IReadOnlyList<Extension> Extensions { get; set; } = [];
    }
}

using System.Text;
using Terminology.ValueSets;

namespace Terminology.CodeSystems;

/// <summary>
/// Collects a code system in the order of its source and freezes it. Tolerant where sources are not right, and says so in
/// <see cref="InMemoryCodeSystem.Warnings"/>: a code that comes twice keeps its first definition and gains a parent; a cycle is cut at the link that closes it.
/// </summary>
/// <param name="info">What the code system says of itself; properties that are used and not defined are added to it.</param>
/// <remarks>In columns, with the rows of a concept as chains, so that a concept is no object: code systems of hundreds of thousands of concepts come with requests.</remarks>
public sealed class InMemoryCodeSystemBuilder(CodeSystemInfo info)
{
    private const int None = -1;

    private readonly Utf8Texts _texts = new();
    private readonly List<ConceptFlags> _flags = [];
    private readonly Chains<InMemoryCodeSystem.StoredDesignation> _designations = new();
    private readonly Chains<(int Property, TextRange Value)> _properties = new();
    private readonly Dictionary<int, IReadOnlyList<Extension>> _extensions = [];
    private readonly Dictionary<int, InMemoryCodeSystem.StoredDesignation> _definitionsOf = [];
    private readonly ParentLinks _parents = new();
    private readonly List<PropertyDefinition> _definitions = [.. info.Properties];
    private readonly List<string> _warnings = [];
    private readonly List<(int Concept, ConceptRole Role, TextRange Code)> _links = [];

    // A source says the same few things of all its designations.
    private readonly Dictionary<Coding, Coding> _uses = [];
    private readonly Dictionary<string, string> _languages = new(StringComparer.Ordinal);
    private CodeIndex? _codes;

    private CodeIndex Codes => _codes ??= new(_texts, info.CaseSensitive);

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
        var (handle, isNew) = Codes.Add(code);
        if (isNew)
        {
            _flags.Add(ConceptFlags.None);
            _parents.AddConcept();
            _designations.AddOwner();
            _properties.AddOwner();
            if (!string.IsNullOrEmpty(display)) _designations.Add(handle, Stored(new(info.Language, DesignationUses.Display, display)));
            if (!string.IsNullOrEmpty(definition)) _definitionsOf[handle] = Stored(new(info.Language, DesignationUses.Definition, definition));
        }
        else
        {
            _warnings.Add($"The code '{code}' is defined more than once; the first definition counts.");
        }
        if (parent is { } above) _parents.Add(handle, above);
        return (handle, isNew);
    }

    /// <summary>Adds a designation; one without use is <see cref="DesignationUses.Unspecified"/>.</summary>
    public void AddDesignation(int concept, DesignationText designation)
    {
        if (designation.Value.Length > 0) _designations.Add(concept, Stored(designation));
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
            _links.Add((concept, role, _texts.Add(value)));
            return;
        }
        _flags[concept] |= ConceptRoles.Flags(role, value);
        _properties.Add(concept, (property, _texts.Add(value)));
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
    public void AddExtensions(int concept, IReadOnlyList<Extension> extensions)
    {
        if (extensions.Count > 0) _extensions[concept] = extensions;
    }

    /// <summary>Freezes it. The builder is not to be used again.</summary>
    public InMemoryCodeSystem Build()
    {
        ResolveLinks();
        var (order, ends) = new PreOrder(_parents, Cut).Walk();
        var ordinals = new int[order.Length];
        for (var i = 0; i < order.Length; i++) ordinals[order[i]] = i;
        _texts.Trim();
        return Freeze(order, ordinals, ends);
    }

    private void ResolveLinks()
    {
        foreach (var (concept, role, code) in _links)
        {
            if (!Codes.TryFind(_texts[code], out var other))
            {
                if (info.Content == "complete")
                {
                    _warnings.Add($"The {(role == ConceptRole.Parent ? "parent" : "child")} '{Text(code)}' of '{CodeOf(concept)}' is not in the code system.");
                }
            }
            else if (role == ConceptRole.Parent)
            {
                _parents.Add(concept, other);
            }
            else
            {
                _parents.Add(other, concept);
            }
        }
    }

    private void Cut(int child, int parent)
    {
        _parents.Remove(child, parent);
        _warnings.Add($"The hierarchy has a cycle: '{CodeOf(parent)}' as a parent of '{CodeOf(child)}' is left out.");
    }

    private InMemoryCodeSystem Freeze(int[] order, int[] ordinals, int[] ends)
    {
        var tables = new InMemoryCodeSystem.Tables(_texts, Codes, order.Length) { SubtreeEnds = ends, Ordinals = ordinals };
        var properties = new List<(int Property, TextRange Value)>();
        for (var ordinal = 0; ordinal < order.Length; ordinal++)
        {
            var handle = order[ordinal];
            tables.Codes[ordinal] = Codes[handle];
            tables.Flags[ordinal] = _flags[handle];
            foreach (var parent in _parents.Of(handle)) tables.Parents.Add(new(ordinals[parent]));
            tables.ParentEnds[ordinal] = tables.Parents.Count;
            foreach (var text in _designations.Of(handle)) tables.Designations.Add(text);
            tables.Displays[ordinal] = tables.Designations.Count > (ordinal == 0 ? 0 : tables.DesignationEnds[ordinal - 1]);
            if (_definitionsOf.TryGetValue(handle, out var definition)) tables.Designations.Add(definition);
            tables.DesignationEnds[ordinal] = tables.Designations.Count;
            properties.Clear();
            foreach (var property in _properties.Of(handle)) properties.Add(property);
            foreach (var (property, value) in properties.Count > 1 ? properties.OrderBy(pair => pair.Property) : properties.AsEnumerable())
            {
                var isCode = _definitions[property].Type is PropertyType.Code or PropertyType.Coding;
                tables.Properties.Add((property, value, new(isCode && Codes.TryFind(_texts[value], out var other) ? ordinals[other] : None)));
            }
            tables.PropertyEnds[ordinal] = tables.Properties.Count;
            if (_extensions.TryGetValue(handle, out var extensions)) tables.Extensions[ordinal] = extensions;
        }
        return new(info with { Properties = _definitions }, tables, _warnings);
    }

    private InMemoryCodeSystem.StoredDesignation Stored(DesignationText text)
        => new(_texts.Add(text.Value), One(_languages, text.Language ?? ""), One(_uses, text.Use ?? DesignationUses.Unspecified), text.Extensions);

    private static T One<T>(Dictionary<T, T> known, T value)
        where T : notnull
        => known.TryGetValue(value, out var one) ? one : known[value] = value;

    private string CodeOf(int concept) => Text(Codes[concept]);

    private string Text(TextRange text) => Encoding.UTF8.GetString(_texts[text]);
}

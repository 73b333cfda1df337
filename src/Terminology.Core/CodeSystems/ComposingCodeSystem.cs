using System.Runtime.InteropServices;
using System.Text;
using Terminology.Search;

namespace Terminology.CodeSystems;

/// <summary>
/// A release with codes that clients compose of its codes: its concepts have its ordinals, a composed code gets the next one when it is first found. Made for one
/// operation, so that what a client composes costs memory only while it is answered.
/// </summary>
/// <typeparam name="T">What is known of a composed code.</typeparam>
/// <remarks>One thread.</remarks>
internal abstract class ComposingCodeSystem<T>(ICodeSystem release) : ICodeSystem
    where T : class
{
    // Designations and properties of composed codes are numbered from here on.
    private const int FirstIndex = 1 << 30;

    private readonly List<Composed> _composed = [];
    private readonly List<OwnDesignation> _designations = [];
    private readonly List<OwnProperty> _properties = [];

    private sealed record Composed(T Own, byte[] Code, IndexRange Designations, IndexRange Properties);

    /// <summary>A text of a composed code.</summary>
    protected readonly record struct OwnDesignation(string Language, Coding Use, byte[] Value);

    /// <summary>What is said of a composed code.</summary>
    protected readonly record struct OwnProperty(int Property, int Group, byte[] Value, ConceptOrdinal Concept)
    {
        public PropertyLink Link => new(Property, Group, Concept.Value);
    }

    public CodeSystemInfo Info => release.Info;

    /// <summary>With the codes found so far: sets of all that there is hold them too.</summary>
    public int Count => release.Count + _composed.Count;

    public ConceptSet All => release.All.Or(ConceptSet.Run(release.Count, Count));

    public ConceptSet Active => release.Active.Or(OwnWhere(concept => (Flags(concept) & ConceptFlags.Inactive) == 0));

    public ConceptSet Roots => release.Roots;

    public ITermSearch Search => release.Search;

    public IRefsets? Refsets => release.Refsets;

    public bool TryFind(ReadOnlySpan<byte> code, out ConceptOrdinal concept)
    {
        if (release.TryFind(code, out concept)) return true;
        concept = Compose(Encoding.UTF8.GetString(code));
        return concept.Exists;
    }

    public ReadOnlySpan<byte> Code(ConceptOrdinal concept) => At(concept) is { } own ? own.Code : release.Code(concept);

    public abstract ConceptFlags Flags(ConceptOrdinal concept);

    public ReadOnlySpan<byte> Display(ConceptOrdinal concept) => At(concept) is { } own ? Texts(own.Designations)[0].Value : release.Display(concept);

    public IndexRange Designations(ConceptOrdinal concept) => At(concept) is { } own ? Numbered(own.Designations) : release.Designations(concept);

    public DesignationView Designation(int designation)
    {
        if (designation < FirstIndex) return release.Designation(designation);
        var own = _designations[designation - FirstIndex];
        return new() { Value = own.Value, Language = own.Language, Use = own.Use, Active = true, Module = "" };
    }

    public Acceptability Acceptability(int designation, string languageRefset) => designation < FirstIndex ? release.Acceptability(designation, languageRefset) : CodeSystems.Acceptability.None;

    public IndexRange Properties(ConceptOrdinal concept) => At(concept) is { } own ? Numbered(own.Properties) : release.Properties(concept);

    public PropertyView Property(int property)
    {
        if (property < FirstIndex) return release.Property(property);
        var own = _properties[property - FirstIndex];
        return new() { Property = own.Property, Group = own.Group, Value = own.Value, Concept = own.Concept };
    }

    public IReadOnlyList<Extension> Extensions(ConceptOrdinal concept) => At(concept) is null ? release.Extensions(concept) : [];

    public abstract ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept);

    public abstract ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept);

    public abstract bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor);

    public abstract ConceptSet DescendantsOrSelf(ConceptOrdinal concept);

    public abstract ConceptSet AncestorsOrSelf(ConceptOrdinal concept);

    public ReadOnlySpan<PropertyLink> Links(ConceptOrdinal concept)
    {
        if (At(concept) is not { } own) return release.Links(concept);
        var links = new PropertyLink[own.Properties.Count];
        for (var i = 0; i < links.Length; i++) links[i] = Said(own.Properties)[i].Link;
        return links;
    }

    public ConceptSet WithProperty(int property, ConceptOrdinal value) => release.WithProperty(property, value).Or(Having(property, own => own.Concept == value));

    public ConceptSet WithProperty(int property, ReadOnlySpan<byte> value)
    {
        var wanted = value.ToArray();
        return release.WithProperty(property, value).Or(Having(property, own => own.Value.AsSpan().SequenceEqual(wanted)));
    }

    public ConceptSet WithProperty(int property) => release.WithProperty(property).Or(Having(property, _ => true));

    public ConceptSet WithProperty(int property, ConceptSet values) => release.WithProperty(property, values).Or(Having(property, own => own.Concept.Exists && values.Contains(own.Concept)));

    public ConceptSet WithProperty(int property, ValueTest test) => release.WithProperty(property, test).Or(Having(property, own => !own.Concept.Exists && test(own.Value)));

    public ConceptSet ValuesOf(int property, ConceptSet sources)
    {
        var own = OwnWhere(sources.Contains).SelectMany(concept => Said(At(concept)!.Properties).ToArray()).Where(said => said.Property == property && said.Concept.Exists);
        return release.ValuesOf(property, sources.And(release.All)).Or(ConceptSet.FromSorted([.. own.Select(said => said.Concept.Value).Distinct().Order()]));
    }

    public Marks DesignationsOf(DesignationKindTest test) => release.DesignationsOf(test);

    public Marks DesignationsOf(string languageRefset, bool acceptable, bool preferred) => release.DesignationsOf(languageRefset, acceptable, preferred);

    public bool TryFindDesignation(ReadOnlySpan<byte> id, out ConceptOrdinal concept) => release.TryFindDesignation(id, out concept);

    /// <summary>The composed code that a text is, added when it is the first time; none when it is none.</summary>
    protected abstract ConceptOrdinal Compose(string code);

    /// <param name="own">What is known of it.</param>
    /// <param name="code">As it is written.</param>
    /// <param name="designations">Its texts, the display first.</param>
    /// <param name="properties">Sorted by (group, property).</param>
    protected ConceptOrdinal Add(T own, string code, IEnumerable<OwnDesignation> designations, IEnumerable<OwnProperty> properties)
    {
        var (texts, said) = (_designations.Count, _properties.Count);
        _designations.AddRange(designations);
        _properties.AddRange(properties);
        _composed.Add(new(own, Encoding.UTF8.GetBytes(code), new(texts, _designations.Count - texts), new(said, _properties.Count - said)));
        return new(Count - 1);
    }

    /// <summary>What is known of a composed code; null for a concept of the release.</summary>
    protected T? Own(ConceptOrdinal concept) => At(concept)?.Own;

    /// <summary>The composed codes for which a test holds.</summary>
    protected ConceptSet OwnWhere(Predicate<ConceptOrdinal> test)
        => _composed.Count == 0 ? ConceptSet.Empty : ConceptSet.FromSorted([.. Enumerable.Range(release.Count, _composed.Count).Where(ordinal => test(new(ordinal)))]);

    private static IndexRange Numbered(IndexRange own) => new(FirstIndex + own.Start, own.Count);

    private Composed? At(ConceptOrdinal concept) => concept.Value < release.Count ? null : _composed[concept.Value - release.Count];

    private ReadOnlySpan<OwnDesignation> Texts(IndexRange range) => CollectionsMarshal.AsSpan(_designations).Slice(range.Start, range.Count);

    private ReadOnlySpan<OwnProperty> Said(IndexRange range) => CollectionsMarshal.AsSpan(_properties).Slice(range.Start, range.Count);

    private ConceptSet Having(int property, Predicate<OwnProperty> test) => OwnWhere(concept =>
    {
        foreach (ref readonly var said in Said(At(concept)!.Properties))
        {
            if (said.Property == property && test(said)) return true;
        }
        return false;
    });
}

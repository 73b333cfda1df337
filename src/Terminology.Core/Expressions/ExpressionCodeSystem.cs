using System.Text;
using Terminology.CodeSystems;
using Terminology.Search;

namespace Terminology.Expressions;

/// <summary>
/// SNOMED CT with its post-coordinated expressions: the concepts of a release have its ordinals, an expression gets the next one when it is first found. Made for one
/// operation, so that what a client composes costs memory only while it is answered. An expression stands where its definition puts it.
/// </summary>
/// <remarks>One thread. What is composed and the hierarchy have files of their own.</remarks>
internal sealed partial class ExpressionCodeSystem(ICodeSystem release) : ICodeSystem
{
    private const int FirstIndex = 1 << 30, MostEach = 256;

    private readonly Dictionary<string, int> _found = new(StringComparer.Ordinal);
    private readonly List<Entry> _entries = [];

    public CodeSystemInfo Info => release.Info;

    /// <summary>With the expressions found so far: sets of all that there is hold them too.</summary>
    public int Count => release.Count + _entries.Count;

    public ConceptSet All => release.All.Or(Found);

    public ConceptSet Active => release.Active.Or(Found);

    public ConceptSet Roots => release.Roots;

    public ITermSearch Search => release.Search;

    public IRefsets? Refsets => release.Refsets;

    public bool TryFind(ReadOnlySpan<byte> code, out ConceptOrdinal concept)
    {
        if (release.TryFind(code, out concept)) return true;
        concept = Find(Encoding.UTF8.GetString(code));
        return concept.Exists;
    }

    public ReadOnlySpan<byte> Code(ConceptOrdinal concept) => At(concept) is { } entry ? entry.Code : release.Code(concept);

    public ConceptFlags Flags(ConceptOrdinal concept) => At(concept) is null ? release.Flags(concept) : ConceptFlags.None;

    public ReadOnlySpan<byte> Display(ConceptOrdinal concept) => At(concept) is { } entry ? entry.Display : release.Display(concept);

    public IndexRange Designations(ConceptOrdinal concept) => At(concept) is null ? release.Designations(concept) : new(IndexOf(concept), 1);

    public DesignationView Designation(int designation) => designation < FirstIndex
        ? release.Designation(designation)
        : new() { Value = _entries[(designation - FirstIndex) / MostEach].Display, Language = "en-US", Use = DesignationUses.Unspecified, Active = true, Module = "" };

    public Acceptability Acceptability(int designation, string languageRefset) => designation < FirstIndex ? release.Acceptability(designation, languageRefset) : CodeSystems.Acceptability.None;

    public IndexRange Properties(ConceptOrdinal concept) => At(concept) is { } entry ? new(IndexOf(concept), entry.Properties.Length) : release.Properties(concept);

    public PropertyView Property(int property)
    {
        if (property < FirstIndex) return release.Property(property);
        var own = _entries[(property - FirstIndex) / MostEach].Properties[(property - FirstIndex) % MostEach];
        return new() { Property = own.Property, Value = own.Value, Concept = own.Concept, Group = own.Group };
    }

    public ConceptSet WithProperty(int property, ConceptOrdinal value) => release.WithProperty(property, value);

    public ConceptSet WithProperty(int property, ReadOnlySpan<byte> value) => release.WithProperty(property, value);

    public ConceptSet WithProperty(int property) => release.WithProperty(property);

    public ConceptSet WithProperty(int property, ConceptSet values) => release.WithProperty(property, values);

    public ConceptSet WithProperty(int property, ValueTest test) => release.WithProperty(property, test);

    public ConceptSet ValuesOf(int property, ConceptSet sources) => release.ValuesOf(property, sources.And(release.All));

    public Marks DesignationsOf(DesignationKindTest test) => release.DesignationsOf(test);

    public Marks DesignationsOf(string languageRefset, bool acceptable, bool preferred) => release.DesignationsOf(languageRefset, acceptable, preferred);

    public bool TryFindDesignation(ReadOnlySpan<byte> id, out ConceptOrdinal concept) => release.TryFindDesignation(id, out concept);

    public ReadOnlySpan<PropertyLink> Links(ConceptOrdinal concept)
        => At(concept) is { } entry ? entry.Properties.Select(own => new PropertyLink(own.Property, own.Group, own.Concept.Value)).ToArray() : release.Links(concept);

    /// <summary>Is it composed, rather than a concept of the release?</summary>
    public bool IsExpression(ConceptOrdinal concept) => At(concept) is not null;

    /// <summary>The first focus concept of an expression; a concept itself.</summary>
    public ConceptOrdinal Focus(ConceptOrdinal concept) => At(concept)?.Meaning.Focus[0] ?? concept;

    private ConceptSet Found => ConceptSet.Run(release.Count, Count);

    private Entry? At(ConceptOrdinal concept) => concept.Value < release.Count ? null : _entries[concept.Value - release.Count];

    private int IndexOf(ConceptOrdinal concept) => FirstIndex + (concept.Value - release.Count) * MostEach;
}

using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Search;
using Terminology.Snomed;

namespace Terminology.Expressions;

/// <summary>
/// SNOMED CT with its post-coordinated expressions: the concepts of a release have its ordinals, an expression gets the next one when it is first found. Made for one
/// operation, so that what a client composes costs memory only while it is answered. An expression stands where its focus concept stands.
/// </summary>
/// <remarks>One thread.</remarks>
internal sealed class ExpressionCodeSystem(ICodeSystem release) : ICodeSystem
{
    private const int FirstIndex = 1 << 30, MostEach = 256;

    /// <summary>What attributes must be: concept model attribute, linkage concept.</summary>
    private static readonly string[] AttributeRoots = ["410662002", "106237007"];

    private readonly Dictionary<string, int> _found = new(StringComparer.Ordinal);
    private readonly List<Entry> _entries = [];

    /// <summary>An expression and what it says.</summary>
    private sealed record Entry(byte[] Code, byte[] Display, Meaning Meaning, (int Property, byte[] Value, ConceptOrdinal Concept, int Group)[] Properties);

    /// <summary>What it is a kind of, and the groups of attributes that hold besides.</summary>
    private sealed record Meaning(ConceptOrdinal[] Focus, List<(ConceptOrdinal Name, ConceptOrdinal Concept, ConcreteValue? Literal)[]> Groups);

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

    public ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept) => release.Parents(At(concept) is { } entry ? entry.Meaning.Focus[0] : concept);

    public ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept) => release.Children(At(concept) is { } entry ? entry.Meaning.Focus[0] : concept);

    public bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor)
    {
        if (concept == ancestor) return true;
        if (At(concept) is null && At(ancestor) is null) return release.IsA(concept, ancestor);
        return IsA(MeaningOf(concept), ancestor);
    }

    public ConceptSet DescendantsOrSelf(ConceptOrdinal concept)
    {
        if (At(concept) is not { } entry)
        {
            var below = release.DescendantsOrSelf(concept);
            return _entries.Count == 0 ? below : below.Or(ConceptSet.FromSorted(Found.Where(found => IsA(found, concept)).Select(found => found.Value).ToArray()));
        }
        var candidates = entry.Meaning.Focus.Select(release.DescendantsOrSelf).Aggregate((left, right) => left.And(right));
        return ConceptSet.FromSorted(candidates.Where(candidate => IsA(candidate, concept)).Select(candidate => candidate.Value).ToArray()).Or(ConceptSet.Single(concept));
    }

    public ConceptSet AncestorsOrSelf(ConceptOrdinal concept)
        => At(concept) is { } entry
            ? entry.Meaning.Focus.Select(release.AncestorsOrSelf).Aggregate((left, right) => left.Or(right)).Or(ConceptSet.Single(concept))
            : release.AncestorsOrSelf(concept);

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

    /// <summary>Why a text is no expression of this release; null when it is one, or does not look like one.</summary>
    public string? Explain(string code)
    {
        if (!SnomedExpression.IsLike(code)) return null;
        var (expression, fault) = ExpressionParser.Parse(code);
        return fault ?? Unfit(expression!);
    }

    /// <summary>Which identifier of an expression cannot be right, and what shows it; null when it has none such.</summary>
    public static string? Mistyped(string code)
        => ExpressionParser.Parse(code).Expression?.Concepts().Select(named => IdentifierFault(named.Code)).FirstOrDefault(fault => fault is not null);

    private static string? IdentifierFault(string id)
    {
        var digits = Encoding.UTF8.GetBytes(id);
        if (!CheckDigit.Verhoeff(digits)) return ExpressionMessages.CheckDigit(id);
        return Sctid.TryParse(digits, SctidPartition.Concept, out _) ? null : ExpressionMessages.NoConceptIdentifier(id);
    }

    private ConceptSet Found => ConceptSet.Run(release.Count, Count);

    private Entry? At(ConceptOrdinal concept) => concept.Value < release.Count ? null : _entries[concept.Value - release.Count];

    private int IndexOf(ConceptOrdinal concept) => FirstIndex + (concept.Value - release.Count) * MostEach;

    private ConceptOrdinal Find(string code)
    {
        if (_found.TryGetValue(code, out var known)) return new(known);
        if (!SnomedExpression.IsLike(code) || ExpressionParser.Parse(code).Expression is not { } expression || Unfit(expression) is not null) return ConceptOrdinal.None;
        var meaning = Mean(expression);
        _entries.Add(new(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(ExpressionWriter.Write(expression, Named)), meaning, [.. PropertiesOf(expression, meaning).Take(MostEach)]));
        return new(_found[code] = Count - 1);
    }

    private string? Unfit(SnomedExpression expression)
    {
        foreach (var (code, isAttribute) in expression.Concepts())
        {
            if (!release.TryFind(Encoding.UTF8.GetBytes(code), out var concept)) return ExpressionMessages.NotFound(code);
            if (isAttribute && !AttributeRoots.Any(root => release.TryFind(Encoding.UTF8.GetBytes(root), out var top) && release.IsA(concept, top)))
            {
                return ExpressionMessages.NoAttribute(code, AttributeRoots);
            }
        }
        return null;
    }

    private ConceptOrdinal Known(string code) => release.TryFind(Encoding.UTF8.GetBytes(code), out var concept) ? concept : ConceptOrdinal.None;

    /// <summary>A nested expression counts as its focus: what is said of it can only narrow it.</summary>
    private Meaning Mean(SnomedExpression expression)
    {
        var focus = expression.Focus.Select(one => Known(one.Id)).ToArray();
        var groups = expression.Groups.Select((group, index) => (group, index)).SelectMany(pair => pair.index == 0 ? pair.group.Select(one => new[] { one }) : [pair.group.ToArray()])
            .Select(group => group.Select(attribute => (Known(attribute.Name.Id), Known(ValueOf(attribute) ?? ""), attribute.Literal)).ToArray()).ToList();
        return new(focus, [.. groups, .. focus.SelectMany(GroupsOf)]);
    }

    private Meaning MeaningOf(ConceptOrdinal concept) => At(concept)?.Meaning ?? new([concept], [.. GroupsOf(concept)]);

    private IEnumerable<(ConceptOrdinal Name, ConceptOrdinal Concept, ConcreteValue? Literal)[]> GroupsOf(ConceptOrdinal concept)
    {
        var attributes = new List<(int Group, ConceptOrdinal Name, ConceptOrdinal Concept, ConcreteValue? Literal)>();
        var range = release.Properties(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var property = release.Property(i);
            if (release.TryFind(Encoding.UTF8.GetBytes(release.Info.Properties[property.Property].Code), out var name))
            {
                attributes.Add((property.Group, name, property.Concept, property.Concept.Exists ? null : ConcreteValue.Stored(release.Info.Properties[property.Property].Type, Encoding.UTF8.GetString(property.Value))));
            }
        }
        return attributes.Where(attribute => attribute.Group == 0).Select(attribute => new[] { (attribute.Name, attribute.Concept, attribute.Literal) })
            .Concat(attributes.Where(attribute => attribute.Group != 0).GroupBy(attribute => attribute.Group).Select(group => group.Select(attribute => (attribute.Name, attribute.Concept, attribute.Literal)).ToArray()));
    }

    /// <summary>
    /// Below a concept when a focus is; or when the concept is sufficiently defined, everything it is a kind of holds, and each of its groups is met by one here.
    /// Below an expression when all it is a kind of holds and each of its groups is met.
    /// </summary>
    private bool IsA(Meaning meaning, ConceptOrdinal ancestor)
    {
        if (At(ancestor) is { } entry) return Array.TrueForAll(entry.Meaning.Focus, focus => IsA(meaning, focus)) && Meets(meaning, entry.Meaning.Groups);
        if (Array.Exists(meaning.Focus, focus => release.IsA(focus, ancestor))) return true;
        if (!IsDefined(ancestor)) return false;
        foreach (var parent in release.Parents(ancestor))
        {
            if (!IsA(meaning, parent)) return false;
        }
        return Meets(meaning, [.. GroupsOf(ancestor)]);
    }

    private bool Meets(Meaning meaning, List<(ConceptOrdinal Name, ConceptOrdinal Concept, ConcreteValue? Literal)[]> wanted)
        => wanted.TrueForAll(group => meaning.Groups.Exists(own => Array.TrueForAll(group, attribute => Array.Exists(own, mine => Meets(mine, attribute)))));

    private bool Meets((ConceptOrdinal Name, ConceptOrdinal Concept, ConcreteValue? Literal) mine, (ConceptOrdinal Name, ConceptOrdinal Concept, ConcreteValue? Literal) wanted)
        => release.IsA(mine.Name, wanted.Name)
            && (wanted.Concept.Exists ? mine.Concept.Exists && release.IsA(mine.Concept, wanted.Concept) : mine.Literal == wanted.Literal);

    private bool IsDefined(ConceptOrdinal concept)
    {
        var range = release.Properties(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var property = release.Property(i);
            if (release.Info.Properties[property.Property].Code == "sufficientlyDefined") return property.Value.SequenceEqual("true"u8);
        }
        return false;
    }

    /// <summary>What is said of its focus, and its own attributes.</summary>
    private List<(int Property, byte[] Value, ConceptOrdinal Concept, int Group)> PropertiesOf(SnomedExpression expression, Meaning meaning)
    {
        var found = new List<(int Property, byte[] Value, ConceptOrdinal Concept, int Group)>();
        var range = release.Properties(meaning.Focus[0]);
        for (var i = range.Start; i < range.End; i++)
        {
            var property = release.Property(i);
            found.Add((property.Property, property.Value.ToArray(), property.Concept, property.Group));
        }
        // Its own groups are none of its focus.
        var free = found.Count == 0 ? 0 : found.Max(property => property.Group);
        for (var group = 0; group < expression.Groups.Count; group++)
        {
            foreach (var attribute in expression.Groups[group])
            {
                var (index, value) = (release.Info.Properties.ToList().FindIndex(property => property.Code == attribute.Name.Id), ValueOf(attribute));
                if (index >= 0) found.Add((index, Encoding.UTF8.GetBytes(value ?? attribute.Literal!.Value.Text), value is null ? ConceptOrdinal.None : Known(value), group == 0 ? 0 : free + group));
            }
        }
        return found;
    }

    private static string? ValueOf(ExpressionAttribute attribute) => (attribute.Concept ?? attribute.Expression?.Focus[0])?.Id;

    private string Named(NamedConcept concept) => Encoding.UTF8.GetString(release.Display(Known(concept.Id)));
}

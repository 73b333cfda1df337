using System.Text;
using Terminology.CodeSystems;

namespace Terminology.Icd10;

/// <summary>A release of ICD-10 with its dual codes. A pair stands below both of its codes, and has what is said of either.</summary>
/// <remarks>One thread. Rules: decision 0018.</remarks>
internal sealed class DualCodeSystem(ICodeSystem release) : ComposingCodeSystem<DualCodeSystem.Pair>(release)
{
    private const string Between = " + ";

    private readonly ICodeSystem _release = release;
    private readonly IcdUsage _usage = new(release);
    private readonly Dictionary<string, DualReading?> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<(ConceptOrdinal First, ConceptOrdinal Second), ConceptOrdinal> _found = [];

    /// <summary>Two codes in one.</summary>
    internal sealed class Pair(ConceptOrdinal first, ConceptOrdinal second)
    {
        public ConceptOrdinal First => first;

        public ConceptOrdinal Second => second;

        public ConceptOrdinal[] Parts { get; } = [first, second];
    }

    /// <summary>The code system in which a code can be looked up: with pairs where the code may be one.</summary>
    public static ICodeSystem For(ICodeSystem system, string code) => DualCode.IsLike(code) && DualCode.IsIn(system.Info.Url.Value) && system is not DualCodeSystem ? new DualCodeSystem(system) : system;

    public override ConceptFlags Flags(ConceptOrdinal concept) => Own(concept) is { } pair ? _release.Flags(pair.First) | _release.Flags(pair.Second) : _release.Flags(concept);

    public override ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept) => Own(concept) is { } pair ? pair.Parts : _release.Parents(concept);

    public override ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept) => Own(concept) is null ? _release.Children(concept) : [];

    /// <summary>A pair is below what either of its codes is below; below another pair when each code of that one has one of its own below it.</summary>
    public override bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor) => (Own(concept), Own(ancestor)) switch
    {
        (null, null) => _release.IsA(concept, ancestor),
        ({ } pair, null) => _release.IsA(pair.First, ancestor) || _release.IsA(pair.Second, ancestor),
        ({ } pair, { } above) => IsA(pair, above.First, above.Second) || IsA(pair, above.Second, above.First),
        _ => false,
    };

    public override ConceptSet DescendantsOrSelf(ConceptOrdinal concept)
    {
        var pairs = OwnWhere(pair => IsA(pair, concept));
        return Own(concept) is null ? _release.DescendantsOrSelf(concept).Or(pairs) : pairs;
    }

    public override ConceptSet AncestorsOrSelf(ConceptOrdinal concept) => Own(concept) is { } pair
        ? _release.AncestorsOrSelf(pair.First).Or(_release.AncestorsOrSelf(pair.Second)).Or(OwnWhere(other => IsA(concept, other)))
        : _release.AncestorsOrSelf(concept);

    /// <summary>The codes of a pair; null when it is a code of the release.</summary>
    public (string First, string Second)? PartsOf(ConceptOrdinal concept) => Own(concept) is { } pair ? (TextOf(pair.First), TextOf(pair.Second)) : null;

    /// <summary>A pair as maps may write it: without marks, with them, in either order.</summary>
    public IReadOnlyList<string> FormsOf(ConceptOrdinal concept) => PartsOf(concept) is not var (first, second) ? [] :
        [$"{first} {second}", $"{first}+ {second}*", $"{first}† {second}*", $"{second} {first}", $"{second}* {first}+", $"{second}* {first}†"];

    /// <summary>A text with a blank or mark as a coding understood; null when it is to be read as any other code.</summary>
    public ResolvedCoding? Resolve(string system, string code)
    {
        if (Read(code) is not { } reading) return null;
        var concept = reading.IsPair ? OrdinalOf(reading) : reading.First;
        return new(system, this, concept, concept.Exists ? Encoding.UTF8.GetString(Code(concept)) : code, reading.Issues);
    }

    /// <summary>Why a text is no pair of this release; null when it is one, or does not look like one.</summary>
    public string? Explain(string code) => Read(code)?.Fault;

    protected override ConceptOrdinal Compose(string code) => Read(code) is { IsPair: true } pair ? OrdinalOf(pair) : ConceptOrdinal.None;

    private DualReading? Read(string code)
    {
        if (!DualCode.IsLike(code)) return null;
        if (!_read.TryGetValue(code, out var reading)) _read[code] = reading = DualReading.Read(code, _release, _usage);
        return reading;
    }

    private ConceptOrdinal OrdinalOf(DualReading pair)
    {
        if (_found.TryGetValue((pair.First, pair.Second), out var known)) return known;
        return _found[(pair.First, pair.Second)] = Add(new(pair.First, pair.Second), $"{TextOf(pair.First)} {TextOf(pair.Second)}", DisplaysOf(pair), PropertiesOf(pair));
    }

    /// <summary>The displays of both codes, then those of every other language in which both have a text.</summary>
    private List<OwnDesignation> DisplaysOf(DualReading pair)
    {
        var texts = Texts(pair.Second);
        List<OwnDesignation> displays = [];
        foreach (var (language, text) in Texts(pair.First))
        {
            var other = texts.Find(candidate => candidate.Language == language).Text ?? (displays.Count == 0 ? texts[0].Text : null);
            if (other is not null) displays.Add(new(language, DesignationUses.Display, Encoding.UTF8.GetBytes(text + Between + other)));
        }
        return displays;
    }

    /// <summary>The best text of each language, the default display first; the code when there is none.</summary>
    private List<(string Language, string Text)> Texts(ConceptOrdinal concept)
    {
        var texts = new List<(string Language, string Text)>();
        var range = _release.Designations(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var designation = _release.Designation(i);
            if (!designation.Active || designation.Use == DesignationUses.Definition || designation.Use == DesignationUses.TextDefinition) continue;
            var language = designation.Language;
            if (!texts.Exists(known => known.Language == language)) texts.Add((language, Encoding.UTF8.GetString(designation.Value)));
        }
        return texts.Count > 0 ? texts : [("", TextOf(concept))];
    }

    private List<OwnProperty> PropertiesOf(DualReading pair)
    {
        var found = new List<OwnProperty>();
        foreach (var part in (ReadOnlySpan<ConceptOrdinal>)[pair.First, pair.Second])
        {
            var range = _release.Properties(part);
            for (var i = range.Start; i < range.End; i++)
            {
                var own = _release.Property(i);
                var (property, group, value) = (own.Property, own.Group, own.Value.ToArray());
                if (!found.Exists(known => known.Property == property && known.Group == group && known.Value.AsSpan().SequenceEqual(value))) found.Add(new(property, group, value, own.Concept));
            }
        }
        return [.. found.OrderBy(own => own.Group).ThenBy(own => own.Property)];
    }

    private bool IsA(Pair pair, ConceptOrdinal first, ConceptOrdinal second) => _release.IsA(pair.First, first) && _release.IsA(pair.Second, second);

    private string TextOf(ConceptOrdinal concept) => Encoding.UTF8.GetString(_release.Code(concept));
}

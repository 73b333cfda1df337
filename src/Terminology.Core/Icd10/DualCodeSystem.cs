using System.Text;
using Terminology.CodeSystems;
using Terminology.Search;

namespace Terminology.Icd10;

/// <summary>
/// A release of ICD-10 with its dual codes: its codes have its ordinals, a pair gets the next one when it is first found. Made for one operation, as pairs cost memory only
/// while they are answered. A pair stands below both of its codes, and has what is said of either.
/// </summary>
/// <remarks>One thread. Rules: decision 0018.</remarks>
internal sealed class DualCodeSystem(ICodeSystem release) : ICodeSystem
{
    private const int FirstIndex = 1 << 30, MostEach = 256;
    private const string Between = " + ";

    private readonly IcdUsage _usage = new(release);
    private readonly Dictionary<string, DualReading?> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<(ConceptOrdinal First, ConceptOrdinal Second), int> _found = [];
    private readonly List<Entry> _entries = [];

    /// <summary>A pair and what it says.</summary>
    private sealed record Entry(byte[] Code, ConceptOrdinal[] Parts, (string Language, byte[] Value)[] Displays, (int Property, int Group, byte[] Value, ConceptOrdinal Concept)[] Properties);

    /// <summary>The code system in which a code can be looked up: with pairs where the code may be one.</summary>
    public static ICodeSystem For(ICodeSystem system, string code) => DualCode.IsLike(code) && DualCode.IsIn(system.Info.Url.Value) && system is not DualCodeSystem ? new DualCodeSystem(system) : system;

    public CodeSystemInfo Info => release.Info;

    /// <summary>With the pairs found so far: sets of all that there is hold them too.</summary>
    public int Count => release.Count + _entries.Count;

    public ConceptSet All => release.All.Or(Pairs(_ => true));

    public ConceptSet Active => release.Active.Or(Pairs(pair => (Flags(pair) & ConceptFlags.Inactive) == 0));

    public ConceptSet Roots => release.Roots;

    public ITermSearch Search => release.Search;

    public IRefsets? Refsets => release.Refsets;

    public bool TryFind(ReadOnlySpan<byte> code, out ConceptOrdinal concept)
    {
        if (release.TryFind(code, out concept)) return true;
        concept = Read(Encoding.UTF8.GetString(code)) is { IsPair: true } pair ? OrdinalOf(pair) : ConceptOrdinal.None;
        return concept.Exists;
    }

    public ReadOnlySpan<byte> Code(ConceptOrdinal concept) => At(concept) is { } pair ? pair.Code : release.Code(concept);

    public ConceptFlags Flags(ConceptOrdinal concept) => At(concept) is { } pair ? release.Flags(pair.Parts[0]) | release.Flags(pair.Parts[1]) : release.Flags(concept);

    public ReadOnlySpan<byte> Display(ConceptOrdinal concept) => At(concept) is { } pair ? pair.Displays[0].Value : release.Display(concept);

    public IndexRange Designations(ConceptOrdinal concept) => At(concept) is { } pair ? new(IndexOf(concept), pair.Displays.Length) : release.Designations(concept);

    public DesignationView Designation(int designation)
    {
        if (designation < FirstIndex) return release.Designation(designation);
        var (language, value) = _entries[(designation - FirstIndex) / MostEach].Displays[(designation - FirstIndex) % MostEach];
        return new() { Value = value, Language = language, Use = DesignationUses.Display, Active = true, Module = "" };
    }

    public Acceptability Acceptability(int designation, string languageRefset) => designation < FirstIndex ? release.Acceptability(designation, languageRefset) : CodeSystems.Acceptability.None;

    public IndexRange Properties(ConceptOrdinal concept) => At(concept) is { } pair ? new(IndexOf(concept), pair.Properties.Length) : release.Properties(concept);

    public PropertyView Property(int property)
    {
        if (property < FirstIndex) return release.Property(property);
        var own = _entries[(property - FirstIndex) / MostEach].Properties[(property - FirstIndex) % MostEach];
        return new() { Property = own.Property, Group = own.Group, Value = own.Value, Concept = own.Concept };
    }

    public IReadOnlyList<Extension> Extensions(ConceptOrdinal concept) => At(concept) is null ? release.Extensions(concept) : [];

    public ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept) => At(concept) is { } pair ? pair.Parts : release.Parents(concept);

    public ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept) => At(concept) is null ? release.Children(concept) : [];

    /// <summary>A pair is below what either of its codes is below; below another pair when each code of that one has one of its own below it.</summary>
    public bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor) => (At(concept), At(ancestor)) switch
    {
        (null, null) => release.IsA(concept, ancestor),
        ({ } pair, null) => release.IsA(pair.Parts[0], ancestor) || release.IsA(pair.Parts[1], ancestor),
        ({ } pair, { } above) => IsA(pair, above.Parts[0], above.Parts[1]) || IsA(pair, above.Parts[1], above.Parts[0]),
        _ => false,
    };

    public ConceptSet DescendantsOrSelf(ConceptOrdinal concept)
    {
        var pairs = Pairs(pair => IsA(pair, concept));
        return At(concept) is null ? release.DescendantsOrSelf(concept).Or(pairs) : pairs;
    }

    public ConceptSet AncestorsOrSelf(ConceptOrdinal concept) => At(concept) is { } pair
        ? release.AncestorsOrSelf(pair.Parts[0]).Or(release.AncestorsOrSelf(pair.Parts[1])).Or(Pairs(other => IsA(concept, other)))
        : release.AncestorsOrSelf(concept);

    public ConceptSet WithProperty(int property, ConceptOrdinal value) => release.WithProperty(property, value).Or(Having(property, own => own.Concept == value));

    public ConceptSet WithProperty(int property, ReadOnlySpan<byte> value)
    {
        var wanted = value.ToArray();
        return release.WithProperty(property, value).Or(Having(property, own => own.Value.AsSpan().SequenceEqual(wanted)));
    }

    public ConceptSet WithProperty(int property) => release.WithProperty(property).Or(Having(property, _ => true));

    public ConceptSet WithProperty(int property, ConceptSet values) => release.WithProperty(property, values).Or(Having(property, own => own.Concept.Exists && values.Contains(own.Concept)));

    public ConceptSet WithProperty(int property, ValueTest test) => release.WithProperty(property, test).Or(Having(property, own => !own.Concept.Exists && test(own.Value)));

    public bool TryFindDesignation(ReadOnlySpan<byte> id, out ConceptOrdinal concept) => release.TryFindDesignation(id, out concept);

    /// <summary>The codes of a pair; null when it is a code of the release.</summary>
    public (string First, string Second)? PartsOf(ConceptOrdinal concept) => At(concept) is { } pair ? (TextOf(pair.Parts[0]), TextOf(pair.Parts[1])) : null;

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

    private DualReading? Read(string code)
    {
        if (!DualCode.IsLike(code)) return null;
        if (!_read.TryGetValue(code, out var reading)) _read[code] = reading = DualReading.Read(code, release, _usage);
        return reading;
    }

    private ConceptOrdinal OrdinalOf(DualReading pair)
    {
        if (_found.TryGetValue((pair.First, pair.Second), out var known)) return new(known);
        _entries.Add(new(Encoding.UTF8.GetBytes($"{TextOf(pair.First)} {TextOf(pair.Second)}"), [pair.First, pair.Second], [.. DisplaysOf(pair).Take(MostEach)], [.. PropertiesOf(pair).Take(MostEach)]));
        return new(_found[(pair.First, pair.Second)] = Count - 1);
    }

    /// <summary>The displays of both codes, then those of every other language in which both have a text.</summary>
    private List<(string Language, byte[] Value)> DisplaysOf(DualReading pair)
    {
        var texts = Texts(pair.Second);
        List<(string Language, byte[] Value)> displays = [];
        foreach (var (language, text) in Texts(pair.First))
        {
            var other = texts.Find(candidate => candidate.Language == language).Text ?? (displays.Count == 0 ? texts[0].Text : null);
            if (other is not null) displays.Add((language, Encoding.UTF8.GetBytes(text + Between + other)));
        }
        return displays;
    }

    /// <summary>The best text of each language, the default display first; the code when there is none.</summary>
    private List<(string Language, string Text)> Texts(ConceptOrdinal concept)
    {
        var texts = new List<(string Language, string Text)>();
        var range = release.Designations(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var designation = release.Designation(i);
            if (!designation.Active || designation.Use == DesignationUses.Definition || designation.Use == DesignationUses.TextDefinition) continue;
            var language = designation.Language;
            if (!texts.Exists(known => known.Language == language)) texts.Add((language, Encoding.UTF8.GetString(designation.Value)));
        }
        return texts.Count > 0 ? texts : [("", TextOf(concept))];
    }

    private List<(int Property, int Group, byte[] Value, ConceptOrdinal Concept)> PropertiesOf(DualReading pair)
    {
        var found = new List<(int Property, int Group, byte[] Value, ConceptOrdinal Concept)>();
        foreach (var part in (ReadOnlySpan<ConceptOrdinal>)[pair.First, pair.Second])
        {
            var range = release.Properties(part);
            for (var i = range.Start; i < range.End; i++)
            {
                var own = release.Property(i);
                var (property, group, value) = (own.Property, own.Group, own.Value.ToArray());
                if (!found.Exists(known => known.Property == property && known.Group == group && known.Value.AsSpan().SequenceEqual(value))) found.Add((property, group, value, own.Concept));
            }
        }
        return [.. found.OrderBy(own => own.Group).ThenBy(own => own.Property)];
    }

    private bool IsA(Entry pair, ConceptOrdinal first, ConceptOrdinal second) => release.IsA(pair.Parts[0], first) && release.IsA(pair.Parts[1], second);

    private ConceptSet Having(int property, Predicate<(int Property, int Group, byte[] Value, ConceptOrdinal Concept)> test)
        => Pairs(pair => Array.Exists(At(pair)!.Properties, own => own.Property == property && test(own)));

    private ConceptSet Pairs(Predicate<ConceptOrdinal> test)
        => _entries.Count == 0 ? ConceptSet.Empty : ConceptSet.FromSorted(Enumerable.Range(release.Count, _entries.Count).Where(ordinal => test(new(ordinal))).ToArray());

    private Entry? At(ConceptOrdinal concept) => concept.Value < release.Count ? null : _entries[concept.Value - release.Count];

    private int IndexOf(ConceptOrdinal concept) => FirstIndex + (concept.Value - release.Count) * MostEach;

    private string TextOf(ConceptOrdinal concept) => Encoding.UTF8.GetString(release.Code(concept));
}

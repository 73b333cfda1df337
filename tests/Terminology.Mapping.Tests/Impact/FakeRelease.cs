using Terminology.Maps;

namespace Terminology.Mapping.Impact;

/// <summary>A release of a test: facts as they are given.</summary>
internal sealed class FakeRelease(string version, params ConceptFacts[] concepts) : IReleaseFacts
{
    private readonly Dictionary<string, ConceptFacts> _concepts = concepts.ToDictionary(concept => concept.Code);

    public VersionedUrl Release { get; } = new(Folk.Loinc, version);

    public bool IsWhole { get; init; } = true;

    public bool IsClassification { get; init; }

    public IReadOnlySet<string> MeaningNames { get; init; } = new HashSet<string> { "COMPONENT" };

    /// <summary>What stands for which code.</summary>
    public Dictionary<string, Replacement[]> Instead { get; init; } = [];

    /// <summary>Names beside the display, by code.</summary>
    public Dictionary<string, string[]> Names { get; init; } = [];

    /// <summary>How often all its concepts were gone through.</summary>
    public int Passes { get; private set; }

    public bool MayBeUsed(string code) => Find(code) is { IsActive: true };

    public IEnumerable<NewConcept> NewSince(IReleaseFacts other)
    {
        Passes++;
        return _concepts.Values.Where(concept => concept is { IsActive: true, IsHeader: false } && !other.MayBeUsed(concept.Code)).Select(concept => new NewConcept(concept, [concept.Display!, .. Names.GetValueOrDefault(concept.Code) ?? []]));
    }

    public ConceptFacts? Find(string code) => _concepts.GetValueOrDefault(code);

    public IReadOnlyList<string> Broader(string code) => [.. _concepts.Values.Where(concept => concept.Narrower.Any(below => below.Code == code)).Select(concept => concept.Code)];

    public IEnumerable<ConceptFacts> Below(string code) => Find(code)?.Narrower.Select(below => Find(below.Code)!).SelectMany(below => Below(below.Code).Prepend(below)) ?? [];

    public IReadOnlyList<Replacement> Replacements(string code) => Instead.GetValueOrDefault(code) ?? [];

    public static ConceptFacts Glucose { get; } = new() { Code = "1", Display = "Glucose", FullName = "Glucose (substance)", Module = "core", Status = "ACTIVE", Meaning = [new("COMPONENT", "Glucose"), new("OTHER", "x")] };

    public static Replacement Same(string code) => new(code, $"Display {code}", "SAME AS", MapRelationship.Equivalent, "test");

    public static Replacement Perhaps(string code) => new(code, null, "POSSIBLY EQUIVALENT TO", MapRelationship.RelatedTo, "test");
}

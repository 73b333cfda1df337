namespace Terminology.Mapping.Quality;

/// <summary>A release of a few concepts, in memory.</summary>
internal sealed class TinyTargets : ITargetFacts
{
    private readonly Dictionary<(string System, string Code), TargetConcept> _concepts = [];
    private readonly Dictionary<(string System, string Code), string> _parents = [];
    private readonly Dictionary<(string System, string Code), List<Replacement>> _replacements = [];
    private readonly Dictionary<(string System, string Code, string To), string[]> _maps = [];

    public Dictionary<string, string> Versions { get; } = new() { [Folk.Loinc] = "2.80", [Probe.Snomed] = "http://snomed.info/sct/900000000000207008/version/20260101" };

    public HashSet<(string ValueSet, string Code)> Members { get; } = [];

    public TinyTargets Add(TargetConcept concept, string? parent = null)
    {
        _concepts[(concept.System, concept.Code)] = concept with { Names = concept.Names.Count > 0 ? concept.Names : [concept.Display] };
        Versions.TryAdd(concept.System, "1");
        if (parent is not null) _parents[(concept.System, concept.Code)] = parent;
        return this;
    }

    /// <summary>A LOINC term by its fully specified name.</summary>
    public TinyTargets Loinc(string code, string axes, TargetStatus status = TargetStatus.Active) => Add(new(Folk.Loinc, code, $"Term {code}") { Axes = LoincAxes.Parse(axes), Status = status });

    public TinyTargets Snomed(string code, string display, string tag, string? parent = null, int depth = 5)
        => Add(new(Probe.Snomed, code, display) { SemanticTag = tag, Depth = depth, Names = [display, $"{display} ({tag})"] }, parent);

    public TinyTargets Replace(string system, string code, params Replacement[] by)
    {
        _replacements[(system, code)] = [.. by];
        return this;
    }

    public TinyTargets Map(string system, string code, string to, params string[] codes)
    {
        _maps[(system, code, to)] = codes;
        return this;
    }

    public string? VersionOf(string system) => Versions.GetValueOrDefault(system);

    public TargetConcept? Find(string system, string code) => _concepts.GetValueOrDefault((system, code));

    public Subsumption? Relation(string system, string code, string other)
    {
        if (Find(system, code) is null || Find(system, other) is null) return null;
        return code == other ? Subsumption.Equivalent : IsBelow(system, other, code) ? Subsumption.Subsumes : IsBelow(system, code, other) ? Subsumption.SubsumedBy : Subsumption.NotSubsumed;
    }

    public bool IsParent(string system, string code, string parent) => _parents.GetValueOrDefault((system, code)) == parent;

    public bool? IsIn(string valueSet, string system, string code) => Members.Contains((valueSet, code));

    public IReadOnlyList<Replacement> Replacements(string system, string code) => _replacements.GetValueOrDefault((system, code)) ?? [];

    public TargetConcept? WithAxes(LoincAxes axes) => _concepts.Values.FirstOrDefault(concept => concept.Axes == axes);

    public IReadOnlyList<string> Translate(string system, string code, string to) => _maps.GetValueOrDefault((system, code, to)) ?? [];

    private bool IsBelow(string system, string code, string above) => _parents.GetValueOrDefault((system, code)) is { } parent && (parent == above || IsBelow(system, parent, above));
}

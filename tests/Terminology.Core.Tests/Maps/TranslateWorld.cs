using Terminology.CodeSystems;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Maps;

/// <summary>A small world to translate in: code systems <c>local</c>, <c>std</c>, <c>alt</c>, a corner of SNOMED CT, and the maps of a test.</summary>
internal static class TranslateWorld
{
    public const string Local = "http://example.org/local", Std = "http://example.org/std", Alt = "http://example.org/alt", Sct = "http://snomed.info/sct", Icd = "http://hl7.org/fhir/sid/icd-10";

    private static readonly TerminologyService Empty = TerminologyService.Create([], new NoResources());

    public static TerminologyService With(params IConceptMap[] maps) => With([], maps);

    public static TerminologyService With(ValueSet[] valueSets, params IConceptMap[] maps) => Empty.With(new(
        [
            System(Local, "GLU:Glucose local", "NA:Sodium local", "K:Potassium local", "URE:Urea local"),
            System(Std, "S1:Glucose", "S2:Sodium", "S3:Potassium", "S9:Unspecified", "SX!:Retired"),
            System(Alt, "X1:Glucose alt", "X9:Unspecified alt"),
            System(Sct, "64572001:Disease", "73211009<64572001:Diabetes mellitus", "44054006<73211009:Diabetes mellitus type 2", "248152002:Female", "248153007:Male", "22298006<64572001:Myocardial infarction"),
        ], valueSets, maps));

    public static InMemoryConceptMap Map(string name, string source, string target, params MapElement[] elements) => Map(Info(name, source, target), elements);

    public static InMemoryConceptMap Map(ConceptMapInfo info, params MapElement[] elements) => new(info, [elements]);

    public static ConceptMapInfo Info(string name, string source, string target, Unmapped? unmapped = null) => new()
    {
        Url = Url(name), Version = "1.0", Groups = [new(VersionedUrl.Parse(source), VersionedUrl.Parse(target)) { Unmapped = unmapped }],
    };

    public static string Url(string name) => $"http://example.org/map/{name}";

    public static MapElement Row(string code, params MapTarget[] targets) => new(code, targets);

    public static MapTarget To(string? code, MapRelationship relationship = MapRelationship.Equivalent) => new() { Code = code, Relationship = relationship };

    public static TranslateRequest Ask(string system, string code) => new(new CodeableConcept([new(system, code)]));

    /// <summary>The targets in order: <c>?</c> behind a code that a person must decide, <c>-</c> for "no target".</summary>
    public static string Answer(TranslateResult result) => string.Join(' ', result.Matches.Select(match => (match.Target?.Code ?? "-") + (match.NeedsPerson ? "?" : "")));

    /// <summary>Concepts as <c>CODE:Display</c>; <c>CODE&lt;PARENT</c> and <c>CODE!</c> (inactive) before the colon.</summary>
    private static InMemoryCodeSystem System(string url, params string[] concepts)
    {
        var builder = new InMemoryCodeSystemBuilder(new() { Url = new(url), Version = "1" });
        var handles = new Dictionary<string, int>();
        foreach (var concept in concepts)
        {
            var (code, display) = (concept[..concept.IndexOf(':')], concept[(concept.IndexOf(':') + 1)..]);
            var parent = code.Split('<');
            var isInactive = parent[0].EndsWith('!');
            var name = parent[0].TrimEnd('!');
            handles[name] = builder.Add(name, display, parent: parent.Length > 1 ? handles[parent[1]] : null).Handle;
            if (isInactive) builder.AddProperty(handles[name], "inactive", PropertyType.Boolean, "true");
        }
        return builder.Build();
    }

    private sealed class NoResources : IResourceReader
    {
        public ICodeSystem ReadCodeSystem(ReadOnlyMemory<byte> json) => throw new InvalidOperationException("There is none.");

        public ValueSet ReadValueSet(ReadOnlyMemory<byte> json) => throw new InvalidOperationException("There is none.");

        public IConceptMap ReadConceptMap(ReadOnlyMemory<byte> json) => throw new InvalidOperationException("There is none.");
    }
}

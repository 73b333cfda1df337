using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Mapping.Releases;
using Terminology.Maps;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Mapping.Tests;

/// <summary>Runs tests over the content of a release, by the same <c>$translate</c> that serves it. Code systems are not asked: the map alone answers.</summary>
public static class MapTestRun
{
    private static readonly TerminologyService Empty = TerminologyService.Create([], new NoResources());

    /// <summary>The tests that went into the content with it.</summary>
    public static IReadOnlyList<MapTestResult> Of(ReleaseContent content) => Of(content.Map.Tests, content);

    /// <summary>The results, in order of the tests.</summary>
    public static IReadOnlyList<MapTestResult> Of(IReadOnlyList<MapTest> tests, ReleaseContent content)
    {
        if (tests.Count == 0) return [];
        var (info, elements) = content.ToConceptMap("test");
        var groups = elements.ToLookup(element => element.Group, element => element.Element);
        var service = Empty.With(new([], [], [new InMemoryConceptMap(info, [.. Enumerable.Range(0, info.Groups.Count).Select(group => groups[group].ToArray())])]));
        return [.. tests.Select(test => Run(test, content.Map.SourceSystem, info.Url!, service))];
    }

    /// <summary>The gate MQ-602 of a release: every test is green.</summary>
    public static GateResult Gate(ReleaseContent content)
    {
        var red = Of(content).Where(result => !result.Passed).ToArray();
        return new("tests", red.Length == 0, red.Length == 0 ? MapTestMessages.Green(content.Map.Tests.Count) : MapTestMessages.Red(red.Length, content.Map.Tests.Count, string.Join(" ", red.Take(3).Select(result => $"{result.Id}: {result.Text}"))));
    }

    private static MapTestResult Run(MapTest test, string system, string map, TerminologyService service)
    {
        var answer = service.Translate(
            new(new([new Coding(test.System ?? system, test.Code)])) { Url = new(map), FillDisplays = false, Safety = false, Dependencies = [.. test.Context.Select(given => new TranslateDependency(given.Key, Value(given.Value)))] },
            RequestScope.Default);
        // What depends on something that the test does not give is no answer; what is superseded is not what the map says.
        var matches = answer.Matches.Where(match => match.DependsOn.Count == 0 && !match.IsSuperseded).ToArray();
        return new(test.Id, Passes(test, matches), MapTestMessages.Answer(test.Code, Demanded(test), string.Join(", ", matches.Select(Text)), answer.Message));
    }

    private static bool Passes(MapTest test, TranslateMatch[] matches)
    {
        if (test.NoMap) return matches.Length > 0 && matches.All(match => match.NoMap);
        var fitting = matches.Where(match => !match.NoMap && (test.Target is null || match.Target?.Code == test.Target) && (test.TargetSystem is null || match.Target?.System == test.TargetSystem)).ToArray();
        return fitting.Length > 0 && (test.Relationship is null || fitting.All(match => match.Relationship == test.Relationship));
    }

    /// <summary><c>system|code</c> as a coding, and any text as itself.</summary>
    private static CodeableConcept Value(string text)
    {
        var bar = text.LastIndexOf('|');
        return new(bar > 0 ? [new Coding(text[..bar], text[(bar + 1)..])] : []) { Text = text };
    }

    private static string Demanded(MapTest test) => test.NoMap ? "no target" : $"{test.Target ?? "a target"}{(test.Relationship is { } relationship ? $" ({Word(relationship)})" : "")}";

    private static string Text(TranslateMatch match) => match.NoMap ? "no target" : $"{match.Target?.Code} ({Word(match.Relationship)})";

    private static string Word(MapRelationship relationship) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(relationship.ToString());

    /// <summary>The map is all there is.</summary>
    private sealed class NoResources : IResourceReader
    {
        public ICodeSystem ReadCodeSystem(ReadOnlyMemory<byte> json) => throw new NotSupportedException();

        public ValueSet ReadValueSet(ReadOnlyMemory<byte> json) => throw new NotSupportedException();

        public IConceptMap ReadConceptMap(ReadOnlyMemory<byte> json) => throw new NotSupportedException();
    }
}

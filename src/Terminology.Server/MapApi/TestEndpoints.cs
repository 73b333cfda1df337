using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Tests;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>The tests of a map with their results.</summary>
/// <param name="Release">Over which release they ran; null: what a release made now would hold.</param>
/// <param name="Red">How many failed.</param>
/// <param name="Tests">What is demanded.</param>
/// <param name="Results">What it came to, in the same order.</param>
internal sealed record MapTestReport(int? Release, int Red, IReadOnlyList<MapTest> Tests, IReadOnlyList<MapTestResult> Results);

/// <summary>Tests of maps over HTTP.</summary>
internal static class TestEndpoints
{
    public static void MapTests(this RouteGroupBuilder maps, MapWork work, MapBook book, ReleasedMaps files)
    {
        maps.MapGet("/{map}/tests", (HttpContext context, string map, int? release) => MapEndpoints.Answer(context, who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            return Task.FromResult(Problems.Json(Report(state, release, files)));
        }))
            .Says<MapTestReport>("What a map must answer, and whether it does", MapAction.ReadDrafts, said => said with { Query = [Asked.Number("release", "The release to ask; else what one made now would hold.")] });
        maps.MapPut("/{map}/tests", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.WriteTests);
            var set = await Problems.ReadAsync(context.Request, new MapTestRules());
            MapTest[] tests = [.. set.Tests.OrderBy(test => test.Id, StringComparer.Ordinal)];
            var changed = await book.ChangeAsync(turn => turn.Find(map) is var state && state.Project.Tests.SequenceEqual(tests) ? state : turn.Put(state.Project with { Tests = tests }, who));
            return Problems.Json(Report(changed, null, files));
        }))
            .Says<MapTestSet, MapTestReport>("Says what a map must answer", MapAction.WriteTests, """{"tests":[{"id":"glucose","code":"GLU","target":"S1","relationship":"equivalent"}]}""", said => said with { More = "All tests: they replace those there were." });
    }

    /// <summary>The tests as they are now, over a release or over what is approved now.</summary>
    private static MapTestReport Report(MapState state, int? release, ReleasedMaps files)
    {
        var content = release is { } number ? files.Read(MapWork.Release(state, number)) : ReleaseContent.Of(state.Project, state.Rows.Select(entry => entry.Row));
        var results = MapTestRun.Of(state.Project.Tests, content);
        return new(release, results.Count(result => !result.Passed), state.Project.Tests, results);
    }
}

using Terminology.Issues;
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
/// <param name="Version">Of the tests: changes with them, and goes into <c>If-Match</c>.</param>
internal sealed record MapTestReport(int? Release, int Red, IReadOnlyList<MapTest> Tests, IReadOnlyList<MapTestResult> Results, string Version);

/// <summary>Tests of maps over HTTP.</summary>
internal static class TestEndpoints
{
    public static void MapTests(this RouteGroupBuilder maps, MapWork work, MapBook book, ReleasedMaps files)
    {
        maps.MapGet("/{map}/tests", (HttpContext context, string map, int? release) => MapEndpoints.Answer(context, who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            return Task.FromResult(Send(context, Report(state, release, files)));
        }))
            .Says<MapTestReport>("What a map must answer, and whether it does", MapAction.ReadDrafts, said => said with { Query = [Asked.Number("release", "The release to ask; else what one made now would hold.")], HasTag = true });
        maps.MapPut("/{map}/tests", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.WriteTests);
            var set = await Problems.ReadAsync(context.Request, new MapTestRules());
            MapTest[] tests = [.. set.Tests.OrderBy(test => test.Id, StringComparer.Ordinal)];
            var seen = ContentTag.Seen(context.Request);
            var changed = await book.ChangeAsync(turn =>
            {
                var state = turn.Find(map);
                if (seen is null && state.Project.Tests.Count > 0) ContentTag.Needed(context.Request);
                if (seen is not null && seen != ContentTag.Of(state.Project.Tests)) return null;
                return state.Project.Tests.SequenceEqual(tests) ? state : turn.Put(state.Project with { Tests = tests }, who);
            });
            return changed is null ? throw new Outdated(SettingsMessages.Changed("tests", map), Report(book.Find(map), null, files)) : Send(context, Report(changed, null, files));
        }))
            .Says<MapTestSet, MapTestReport>("Says what a map must answer", MapAction.WriteTests, """{"tests":[{"id":"glucose","code":"GLU","target":"S1","relationship":"equivalent"}]}""", said => said with { More = "All tests: they replace those there were. `If-Match` may be left out while there are none.", HasTag = true, IsConditional = true });
    }

    /// <summary>The tests as they are now, over a release or over what is approved now.</summary>
    private static MapTestReport Report(MapState state, int? release, ReleasedMaps files)
    {
        var content = release is { } number ? files.Read(MapWork.Release(state, number)) : ReleaseContent.Of(state.Project, state.Rows.Select(entry => entry.Row));
        var results = MapTestRun.Of(state.Project.Tests, content);
        return new(release, results.Count(result => !result.Passed), state.Project.Tests, results, ContentTag.Of(state.Project.Tests));
    }

    private static IResult Send(HttpContext context, MapTestReport report)
    {
        ContentTag.Send(context.Response, report.Version);
        return Problems.Json(report);
    }
}

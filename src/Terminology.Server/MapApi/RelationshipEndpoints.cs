using Terminology.Mapping.People;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Relationships;
using Terminology.Mapping.Rows;
using Terminology.Server.Maps;

namespace Terminology.Server.MapApi;

/// <summary>How a row stands to one target.</summary>
internal sealed record TargetProposal(string System, string Code, RelationshipProposal Proposal);

/// <summary>How a row stands to the target that is asked for, or to each that it has.</summary>
internal sealed record RowProposals(string Key, IReadOnlyList<TargetProposal> Proposals);

/// <summary>Relationships worked out and said as sentences.</summary>
internal static class RelationshipEndpoints
{
    public static void Map(RouteGroupBuilder maps, MapWork work, MapQuality quality)
        => maps.MapGet("/{map}/rows/{key}/relationship", (HttpContext context, string map, string key, string? system, string? code) => MapEndpoints.Answer(context, who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            var row = RowView.Of(MapWork.Row(state, MapEndpoints.Decoded(key)), who, state.Project).Row; // what a blind author may not see says nothing here either
            var (targets, units) = quality.Facts();
            var (facts, scene) = (new RowFacts(row, units), new QualityScene(state.Project, targets, units));
            IEnumerable<(string System, string Code)> asked = code is { Length: > 0 } ? [(system ?? state.Project.TargetSystems[0], code)] : Content(row, who).Targets.Select(target => (target.System, target.Code));
            return Task.FromResult(Problems.Json(new RowProposals(row.Key, [.. asked.Select(target => new TargetProposal(target.System, target.Code, RelationshipFinder.Of(facts, target.System, target.Code, scene)))])));
        }));

    private static RowContent Content(MapRow row, Person who) => row.Blind.FirstOrDefault(answer => answer.By == who.Name)?.Content ?? row.Content;
}

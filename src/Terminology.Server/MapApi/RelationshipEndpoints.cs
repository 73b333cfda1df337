using Terminology.Mapping.People;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Relationships;
using Terminology.Mapping.Rows;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>How a row stands to one target.</summary>
/// <param name="System">Code system of the target.</param>
/// <param name="Code">The target.</param>
/// <param name="Proposal">The relationship, and why.</param>
internal sealed record TargetProposal(string System, string Code, RelationshipProposal Proposal);

/// <summary>How a row stands to the target that is asked for, or to each that it has.</summary>
/// <param name="Key">Of the row.</param>
/// <param name="Proposals">One for each target.</param>
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
        }))
            .Says<RowProposals>("How a row stands to a target", MapAction.ReadDrafts, said => said with { More = "The relationship worked out from axes, hierarchy and words, with its reasons.", Query = [new("system", "Code system of the target; that of the map when not said."), new("code", "The target; else each that the row has.", "S1")] });

    private static RowContent Content(MapRow row, Person who) => row.Blind.FirstOrDefault(answer => answer.By == who.Name)?.Content ?? row.Content;
}

using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Rows;
using Terminology.Server.Access;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>Who is to do what with rows, over HTTP.</summary>
internal static class AssignEndpoints
{
    public static void MapAssignments(this RouteGroupBuilder maps, MapWork work, MapBook book)
    {
        var people = ((IEndpointRouteBuilder)maps).ServiceProvider.GetRequiredService<People>();
        maps.MapPost("/{map}/rows:assign", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Assign);
            return Problems.Json(await AssignAsync(book, people, map, await Problems.ReadAsync(context.Request, new AssignRules()), who));
        }))
            .Says<AssignRequest, BulkResult>("Says of rows who is to do what until when", MapAction.Assign, """{"keys":["GLU"],"assignees":{"author":"ben"},"due":"2099-01-31","dryRun":true}""", said => said with { More = "Names that are not given stay, an empty text takes one away. Rows to which nobody could be assigned so are named. What a row says does not change." });
    }

    /// <summary>The rows that are asked for by whom they are assigned to: <c>assignee</c> with a name or <c>me</c>, or <c>unassigned=true</c>; null: all.</summary>
    /// <exception cref="TerminologyException">Value: both, or no truth value.</exception>
    public static Func<RowEntry, bool>? Asked(IQueryCollection query, Person who)
    {
        var (assignee, unassigned) = ((string?)query["assignee"], (string?)query["unassigned"]);
        if (unassigned is not (null or "true" or "false")) throw new TerminologyException(IssueType.Value, "INVALID_PARAMETER", MappingMessages.InvalidChoice(unassigned, "unassigned", "true, false")) { Expression = "unassigned" };
        if (assignee is not null && unassigned == "true") throw new TerminologyException(IssueType.Value, "INVALID_PARAMETER", AssignMessages.AssigneeOrNone()) { Expression = "assignee" };
        if (unassigned == "true") return entry => entry.Row.Assignees is null;
        var name = assignee == "me" ? who.Name : assignee;
        return name is null ? null : entry => entry.Row.Assignees?.Has(name) == true;
    }

    private static Task<BulkResult> AssignAsync(MapBook book, People people, string id, AssignRequest request, Person who)
    {
        BulkResult Go(MapState map, Action<MapRow>? put)
        {
            var (done, refused) = (0, new List<BulkRefusal>());
            Func<string, MapRole?>? roles = people.Any ? name => people.Find(name)?.In(map.Project.Domain) : null;
            var entries = request.Keys.Count > 0 ? request.Keys.Distinct(StringComparer.Ordinal).Select(key => MapWork.Row(map, key)) : map.RowsFrom(0, request.State);
            foreach (var entry in entries.ToArray())
            {
                try
                {
                    var next = RowAssigning.Take(entry.Row, request, who, map.Project, roles);
                    put?.Invoke(next);
                    done++;
                }
                catch (TerminologyException problem)
                {
                    refused.Add(new(entry.Row.Key, problem.MessageId, problem.Message));
                }
            }
            return new(done, refused, request.DryRun);
        }
        return request.DryRun ? Task.FromResult(Go(book.Find(id), null)) : book.ChangeAsync(turn => Go(turn.Find(id), row => turn.PutAssigned(id, row, who)));
    }
}

using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;

namespace Terminology.Mapping.Rows;

/// <summary>The one way by which rows are assigned. It changes nothing of what a row says: an approval stays.</summary>
public static class RowAssigning
{
    /// <summary>The row after somebody was named for it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">Who, and until when.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="map">The map.</param>
    /// <param name="roles">What somebody may in the domain of the map, null for who is not known; null itself: nobody is known, and names are taken as they are.</param>
    /// <exception cref="TerminologyException">Forbidden: not for this actor. Conflict: the row is retired. BusinessRule: the people do not go together, or one may not do it; all conflicts are named.</exception>
    public static MapRow Take(MapRow row, AssignRequest request, Person who, MapProject map, Func<string, MapRole?>? roles)
    {
        if (!Permissions.Allow(who, MapAction.Assign, map.Domain)) throw new TerminologyException(IssueType.Forbidden, "NO_RIGHT", MappingMessages.NoRight(who.Name, "assign", map.Domain, string.Join(", ", MapRoles.Names(Permissions.Having(MapAction.Assign)))));
        if (row.State == MapRowState.Retired) throw new TerminologyException(IssueType.Conflict, "NO_MOVE", AssignMessages.Retired(row.Key));
        var names = (row.Assignees ?? new()).With(request.Assignees);
        string[] conflicts = [.. Conflicts(row, names, map, roles)];
        if (conflicts.Length > 0) throw new TerminologyException(IssueType.BusinessRule, "ASSIGNEES_CONFLICT", string.Join(" ", conflicts));
        return row with { Assignees = names.IsEmpty ? null : names, Due = request.NoDue ? null : request.Due ?? row.Due, LastBy = who.Name };
    }

    private static IEnumerable<string> Conflicts(MapRow row, Assignees names, MapProject map, Func<string, MapRole?>? roles)
    {
        if (names.Author is not null && names.Author == names.Second) yield return AssignMessages.SamePerson(row.Key, names.Author, "author", "second");
        foreach (var (place, checker) in new[] { ("reviewer", names.Reviewer), ("adjudicator", names.Adjudicator) })
        {
            if (checker is null) continue;
            if (checker == names.Author) yield return AssignMessages.SamePerson(row.Key, checker, "author", place);
            else if (checker == names.Second) yield return AssignMessages.SamePerson(row.Key, checker, "second", place);
            else if (row.ContentBy.Contains(checker)) yield return AssignMessages.HasPart(row.Key, checker, place);
        }
        if (roles is null) yield break;
        foreach (var (place, name, action) in new[] { ("author", names.Author, MapAction.MapRows), ("second", names.Second, MapAction.MapRows), ("reviewer", names.Reviewer, MapAction.Approve), ("adjudicator", names.Adjudicator, MapAction.Adjudicate) })
        {
            if (name is null) continue;
            if (roles(name) is not { } has) yield return AssignMessages.Unknown(row.Key, name, place);
            else if ((has & Permissions.Having(action)) == MapRole.None) yield return AssignMessages.NoRole(row.Key, name, place, map.Domain, string.Join(", ", MapRoles.Names(Permissions.Having(action))));
        }
    }
}

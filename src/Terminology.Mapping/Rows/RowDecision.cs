using Terminology.Issues;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Questions;
using Terminology.Mapping.Review;

namespace Terminology.Mapping.Rows;

/// <summary>What a decision rests on besides the row.</summary>
/// <param name="Map">The map, with its rules.</param>
/// <param name="Now">The moment.</param>
public sealed record RowSituation(MapProject Map, DateTimeOffset Now)
{
    /// <summary>Errors found in the row that nobody waived, a sentence each; what goes against the policy of the map is added to them.</summary>
    public IReadOnlyList<string> OpenErrors { get; init; } = [];

    /// <summary>The sample on which an approval rests; null: somebody has looked at the row itself. Only <see cref="SampleDecision"/> says so.</summary>
    internal SampleBasis? Sampled { get; init; }

    /// <summary>The question for whose answer a row is parked; null: for something else. Only <see cref="QuestionDecision"/> says so.</summary>
    internal int? Question { get; init; }
}

/// <summary>A sample that approvals rest on.</summary>
/// <param name="Sample">Its number.</param>
/// <param name="MostWrong">Share of wrong rows that it does not exclude, 0 to 1.</param>
internal sealed record SampleBasis(int Sample, double MostWrong);

/// <summary>
/// The one way by which a row changes: a step that is not in <see cref="RowMoves"/>, for which a right is missing or a guard does not hold, is refused, whether it comes
/// from a page, a script, an import or in bulk. Four eyes cannot be switched off: nothing becomes an <see cref="Approval"/> but here, by a person who has no part in it.
/// </summary>
public static class RowDecision
{
    /// <summary>The row after a step.</summary>
    /// <exception cref="TerminologyException">Conflict: there is no such move. Forbidden: not for this actor. BusinessRule, Required, Value: a guard does not hold.</exception>
    public static MapRow Take(MapRow row, RowCommand command, Person who, RowSituation situation)
    {
        var move = RowMoves.Find(row.State, command.Verb) ?? throw NoMove(row, command.Verb);
        Authorize(move, who, situation.Map);
        Guard(move, row, command, who);
        if (move.Guards.HasFlag(RowGuard.HasNoError)) RefuseErrors(row, command, who, situation);
        var next = command.Verb switch
        {
            RowVerb.Decide => Decide(row, command.Content!, who, situation.Map),
            RowVerb.Propose => Propose(row, who, situation.Map),
            RowVerb.Approve or RowVerb.Confirm => Approve(row, row.Content, row.ContentBy, who, situation),
            RowVerb.RequestChanges => row with { Blind = [.. row.Blind.Select(answer => answer with { IsProposed = false })] },
            RowVerb.Adjudicate => Adjudicate(row, command, who, situation),
            RowVerb.Park => row with { ParkedFor = command.ParkedFor, Question = situation.Question },
            RowVerb.Resume => row with { ParkedFor = null, Question = null },
            RowVerb.Recheck => row with { Causes = [.. row.Causes, command.Reason!] },
            RowVerb.Restore => row with { Content = RowContent.Empty, ContentBy = [], Blind = [], Causes = [], ParkedFor = null, Question = null },
            _ => row,
        };
        var isOwn = command.Verb is RowVerb.Decide or RowVerb.Propose or RowVerb.Adjudicate; // these say themselves where they end
        return next with { State = isOwn ? next.State : move.To, LastBy = command.Verb == RowVerb.Comment ? row.LastBy : who.Name };
    }

    /// <summary>The row after a step, or why it cannot take it.</summary>
    internal static (MapRow? Row, LeftRow? Refused) Try(MapRow row, RowCommand command, Person who, RowSituation situation)
    {
        try
        {
            return (Take(row, command, who, situation), null);
        }
        catch (TerminologyException problem)
        {
            return (null, new(row.Key, problem.MessageId, problem.Message));
        }
    }

    /// <summary>The row as it was before somebody's own last step.</summary>
    /// <param name="row">As it is.</param>
    /// <param name="before">As it was before its last step; null when that was its first.</param>
    /// <param name="who">Who takes it back.</param>
    /// <exception cref="TerminologyException">BusinessRule: there is none, or it was somebody else's.</exception>
    public static MapRow Undo(MapRow row, MapRow? before, Person who)
    {
        if (before is null || row.LastBy is null) throw Refused(MappingMessages.NothingToUndo(row.Key));
        return row.LastBy == who.Name ? before with { LastBy = who.Name } : throw Refused(MappingMessages.NotYours(row.Key, row.LastBy));
    }

    private static void Authorize(RowMove move, Person who, MapProject map)
    {
        if (move.Needs is not { } action)
        {
            if (who.Kind != ActorKind.System) throw new TerminologyException(IssueType.Forbidden, "FOLLOWS_BY_ITSELF", MappingMessages.FollowsByItself(Name(move.Verb)));
            return;
        }
        if (who.Kind == ActorKind.System && move.Verb is RowVerb.Retire or RowVerb.Restore or RowVerb.Resume) return;
        if (!Permissions.Allow(who, action, map.Domain))
        {
            throw new TerminologyException(IssueType.Forbidden, "NO_RIGHT", MappingMessages.NoRight(who.Name, Name(move.Verb), map.Domain, string.Join(", ", MapRoles.Names(Permissions.Having(action)))));
        }
        if (who.Kind == ActorKind.Program && move.Verb == RowVerb.Propose) throw new TerminologyException(IssueType.Forbidden, "PERSON_NEEDED", MappingMessages.PersonNeeded(who.Name, Name(move.Verb)));
    }

    private static void Guard(RowMove move, MapRow row, RowCommand command, Person who)
    {
        if (move.Guards.HasFlag(RowGuard.IsPerson) && who.Kind != ActorKind.Person) throw new TerminologyException(IssueType.Forbidden, "PERSON_NEEDED", MappingMessages.PersonNeeded(who.Name, Name(move.Verb)));
        if (move.Guards.HasFlag(RowGuard.IsAnother) && row.ContentBy.Contains(who.Name)) throw new TerminologyException(IssueType.Forbidden, "FOUR_EYES", MappingMessages.FourEyes(who.Name, row.Key));
        if (move.Guards.HasFlag(RowGuard.HasReason) && string.IsNullOrWhiteSpace(command.Reason)) throw new TerminologyException(IssueType.Required, "REASON_NEEDED", MappingMessages.ReasonNeeded(Name(move.Verb))) { Expression = "reason" };
        if (move.Guards.HasFlag(RowGuard.HasEnd) && string.IsNullOrWhiteSpace(command.ParkedFor)) throw new TerminologyException(IssueType.Required, "END_NEEDED", MappingMessages.EndNeeded()) { Expression = "parkedFor" };
        if (move.Guards.HasFlag(RowGuard.HasContent) || command.Content is not null) Check(command.Content);
    }

    private static void Check(RowContent? content)
    {
        if (content is null || content.IsEmpty) throw new TerminologyException(IssueType.Required, "CONTENT_NEEDED", MappingMessages.ContentNeeded()) { Expression = "content" };
        if (content.NoMap is not null && content.Targets.Count > 0) throw new TerminologyException(IssueType.Value, "TARGETS_AND_NO_MAP", MappingMessages.TargetsAndNoMap()) { Expression = "content" };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var target in content.Targets)
        {
            var place = $"{target.System}|{target.Code}|{target.RuleGroup}|{target.Rule}|{target.EffectiveFrom}|{string.Join('&', target.DependsOn.Select(condition => $"{condition.Property}={condition.Value}"))}";
            if (!seen.Add(place)) throw new TerminologyException(IssueType.Value, "TARGET_TWICE", MappingMessages.TargetTwice(target.Code)) { Expression = "content.targets" };
        }
    }

    private static void RefuseErrors(MapRow row, RowCommand command, Person who, RowSituation situation)
    {
        var content = command.Content ?? row.Blind.FirstOrDefault(answer => answer.By == (command.Taken ?? who.Name))?.Content ?? row.Content;
        string[] errors = [.. situation.OpenErrors, .. PolicyCheck.Errors(content, situation.Map)];
        if (errors.Length > 0) throw new TerminologyException(IssueType.BusinessRule, "OPEN_ERRORS", MappingMessages.OpenErrors(row.Key, string.Join(" ", errors)));
    }

    private static MapRow Decide(MapRow row, RowContent content, Person who, MapProject map)
    {
        if (!BlindShare.NeedsTwo(map, row.Key)) return row with { State = MapRowState.Draft, Content = content, ContentBy = [who.Name], Blind = [] };
        if (row.Assignees is { Author: { } author, Second: { } second } && who.Name != author && who.Name != second) throw new TerminologyException(IssueType.Forbidden, "ASSIGNED_TO_OTHERS", AssignMessages.ForOthers(row.Key, author, second));
        var isAnew = row.State is MapRowState.Approved or MapRowState.Recheck;
        var answers = isAnew ? [] : row.Blind;
        var own = answers.FirstOrDefault(answer => answer.By == who.Name);
        if (own is { IsProposed: true }) throw Refused(MappingMessages.HandedIn(row.Key));
        if (own is null && answers.Count == 2) throw Refused(MappingMessages.TwoAuthors(row.Key));
        BlindAnswer answer = new(who.Name, content, IsProposed: false);
        answers = own is null ? [.. answers, answer] : [.. answers.Select(other => other == own ? answer : other)];
        return row with { State = MapRowState.Draft, Blind = answers, ContentBy = [.. answers.Select(other => other.By)] };
    }

    private static MapRow Propose(MapRow row, Person who, MapProject map)
    {
        if (row.State == MapRowState.Proposed && row.ContentBy.Any(IsPerson)) throw Refused(MappingMessages.AlreadyProposed(row.Key));
        if (!BlindShare.NeedsTwo(map, row.Key) || row.Blind.Count == 0)
        {
            // Whoever proposes what another drafted stands behind it as well.
            return row with { State = MapRowState.Proposed, ContentBy = row.ContentBy.Contains(who.Name) ? row.ContentBy : [.. row.ContentBy, who.Name] };
        }
        var own = row.Blind.FirstOrDefault(answer => answer.By == who.Name) ?? throw Refused(MappingMessages.NoAnswer(who.Name, row.Key));
        if (own.IsProposed) throw Refused(MappingMessages.HandedIn(row.Key));
        row = row with { Blind = [.. row.Blind.Select(answer => answer == own ? own with { IsProposed = true } : answer)] };
        if (row.Blind is not [{ IsProposed: true } first, { IsProposed: true } second]) return row;
        return AnswerComparison.IsSame(first.Content, second.Content) ? row with { State = MapRowState.Proposed, Content = first.Content } : row with { State = MapRowState.Conflict };
    }

    private static MapRow Adjudicate(MapRow row, RowCommand command, Person who, RowSituation situation)
    {
        if (command.Content is { } third) return row with { State = MapRowState.Proposed, Content = third, ContentBy = [who.Name], Blind = [] };
        var taken = row.Blind.FirstOrDefault(answer => answer.By == command.Taken)
            ?? throw new TerminologyException(IssueType.Value, "NO_SUCH_AUTHOR", MappingMessages.NoSuchAuthor(command.Taken ?? "", string.Join(", ", row.Blind.Select(answer => answer.By)))) { Expression = "taken" };
        return Approve(row, taken.Content, row.ContentBy, who, situation) with { State = MapRowState.Approved };
    }

    private static MapRow Approve(MapRow row, RowContent content, IReadOnlyList<string> authors, Person who, RowSituation situation)
        => authors.Any(IsPerson) || situation.Sampled is not null
            ? row with { Content = content, Approved = new(content, authors, who.Name, situation.Now) { Meaning = MeaningFingerprint.Of(row).Hash, IsSampled = situation.Sampled is not null, Sample = situation.Sampled?.Sample, MostWrong = situation.Sampled?.MostWrong }, Causes = [] }
            : throw Refused(MappingMessages.NobodyTook(row.Key));

    /// <summary>Names of programs and engines have a colon, which names of people cannot have.</summary>
    private static bool IsPerson(string name) => !name.Contains(':', StringComparison.Ordinal);

    private static TerminologyException Refused(string text) => new(IssueType.BusinessRule, "REFUSED", text);

    private static TerminologyException NoMove(MapRow row, RowVerb verb)
        => new(IssueType.Conflict, "NO_MOVE", MappingMessages.NoMove(row.Key, Name(row.State), Name(verb), string.Join(", ", RowMoves.From(row.State).Select(Name))));

    private static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

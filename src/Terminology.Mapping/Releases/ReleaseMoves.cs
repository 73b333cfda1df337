using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Releases;

/// <summary>One move of a release.</summary>
/// <param name="From">Where it stands.</param>
/// <param name="Verb">What is done.</param>
/// <param name="To">Where it stands then; a signature that is not the last one leaves it where it is.</param>
/// <param name="Needs">The right it needs; null: it follows by itself.</param>
public sealed record ReleaseMove(ReleaseState From, ReleaseVerb Verb, ReleaseState To, MapAction? Needs);

/// <summary>The moves of a release, and what must hold before each.</summary>
public static class ReleaseMoves
{
    /// <summary>How soon another person looks at an emergency.</summary>
    public static readonly TimeSpan ReviewWithin = TimeSpan.FromHours(72);

    /// <summary>Every move.</summary>
    public static IReadOnlyList<ReleaseMove> All { get; } =
    [
        new(ReleaseState.Frozen, ReleaseVerb.Check, ReleaseState.Checked, MapAction.Freeze),
        new(ReleaseState.Checked, ReleaseVerb.Sign, ReleaseState.Signed, MapAction.Sign),
        new(ReleaseState.Signed, ReleaseVerb.Activate, ReleaseState.Active, MapAction.Activate),
        new(ReleaseState.Superseded, ReleaseVerb.Activate, ReleaseState.Active, MapAction.Activate),
        new(ReleaseState.Signed, ReleaseVerb.Schedule, ReleaseState.Scheduled, MapAction.Activate),
        new(ReleaseState.Scheduled, ReleaseVerb.Schedule, ReleaseState.Scheduled, MapAction.Activate),
        new(ReleaseState.Scheduled, ReleaseVerb.Activate, ReleaseState.Active, MapAction.Activate),
        new(ReleaseState.Active, ReleaseVerb.Withdraw, ReleaseState.Withdrawn, MapAction.Activate),
        new(ReleaseState.Withdrawn, ReleaseVerb.Review, ReleaseState.Withdrawn, MapAction.Sign),
        new(ReleaseState.Active, ReleaseVerb.Supersede, ReleaseState.Superseded, null),
        .. new[] { ReleaseState.Frozen, ReleaseState.Checked, ReleaseState.Signed, ReleaseState.Scheduled, ReleaseState.Superseded }.Select(state => new ReleaseMove(state, ReleaseVerb.Withdraw, ReleaseState.Withdrawn, MapAction.Activate)),
    ];

    /// <summary>The release after a step.</summary>
    /// <param name="release">As it is.</param>
    /// <param name="verb">What is done; not <see cref="ReleaseVerb.Freeze"/>, which makes one.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="map">Its map.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="rows">The rows of the map now, for the gates.</param>
    /// <param name="now">The moment.</param>
    /// <param name="further">What further gates say that look at more than the content, for <see cref="ReleaseVerb.Check"/>: quality.</param>
    /// <param name="command">What comes with the step: a reason, a signature.</param>
    /// <exception cref="TerminologyException">Conflict: no such move, or a gate is shut. Forbidden: not for this actor.</exception>
    public static MapRelease Take(MapRelease release, ReleaseVerb verb, Person who, MapProject map, ReleaseContent content, IReadOnlyCollection<MapRow> rows, DateTimeOffset now, IReadOnlyList<GateResult>? further = null, ReleaseCommand? command = null)
    {
        var move = All.FirstOrDefault(move => move.From == release.State && move.Verb == verb)
            ?? throw new TerminologyException(IssueType.Conflict, "NO_MOVE", MappingMessages.NoReleaseMove(release.Number, Name(release.State), Name(verb), string.Join(", ", All.Where(other => other.From == release.State && other.Needs is not null).Select(other => Name(other.Verb)))));
        // What was scheduled happens by itself when its moment has come.
        var isDue = who.Kind == ActorKind.System && verb == ReleaseVerb.Activate && release is { State: ReleaseState.Scheduled, ScheduledFor: { } moment } && moment <= now;
        if (!isDue && (move.Needs is { } action ? !Permissions.Allow(who, action, map.Domain) : who.Kind != ActorKind.System))
        {
            throw new TerminologyException(IssueType.Forbidden, "NO_RIGHT", MappingMessages.NoRight(who.Name, Name(verb), map.Domain, move.Needs is { } needed ? string.Join(", ", MapRoles.Names(Permissions.Having(needed))) : "none"));
        }
        // What is not frozen content is no content of this release, whoever kept it.
        if (content.Sha256 != release.Sha256) throw new TerminologyException(IssueType.Conflict, "OTHER_CONTENT", MappingMessages.OtherContent(release.Number, release.Sha256, content.Sha256));
        return verb switch
        {
            ReleaseVerb.Check => Check(release, map, content, rows, further ?? []),
            ReleaseVerb.Sign => Sign(release, who, map, now, command?.Signature),
            ReleaseVerb.Activate => release with { State = ReleaseState.Active, ActiveFrom = now, ScheduledFor = null },
            ReleaseVerb.Schedule => Schedule(release, now, command?.At),
            ReleaseVerb.Withdraw when release.State == ReleaseState.Active => Withdraw(release, who, now, command?.Reason),
            ReleaseVerb.Review => Review(release, who, now),
            _ => release with { State = move.To },
        };
    }

    private static MapRelease Check(MapRelease release, MapProject map, ReleaseContent content, IReadOnlyCollection<MapRow> rows, IReadOnlyList<GateResult> further)
    {
        GateResult[] gates = [FourEyes(content), Rules(map, content), Coverage(map, content, rows), Tests.MapTestRun.Gate(content), .. further];
        return gates.All(gate => gate.Passed)
            ? release with { State = ReleaseState.Checked, Gates = gates }
            : throw new TerminologyException(IssueType.BusinessRule, "GATE_SHUT", MappingMessages.GatesShut(release.Number, string.Join(" ", gates.Where(gate => !gate.Passed).Select(gate => $"{gate.Gate}: {gate.Text}"))));
    }

    private static GateResult FourEyes(ReleaseContent content)
    {
        var alone = content.Rows.Where(row => row.Approved.Authors.Contains(row.Approved.By)).Select(row => row.Key).ToArray();
        return new("four-eyes", alone.Length == 0, alone.Length == 0 ? "Every row was approved by another person than its authors." : $"{alone.Length} rows were approved by an author of theirs: {string.Join(", ", alone.Take(5))}.");
    }

    private static GateResult Rules(MapProject map, ReleaseContent content)
    {
        var broken = content.Rows.Select(row => (row.Key, Errors: PolicyCheck.Errors(row.Approved.Content, map))).Where(row => row.Errors.Count > 0).ToArray();
        return new("rules", broken.Length == 0, broken.Length == 0 ? "No row goes against the rules of the map." : $"{broken.Length} rows go against the rules of the map, first {broken[0].Key}: {broken[0].Errors[0]}");
    }

    private static GateResult Coverage(MapProject map, ReleaseContent content, IReadOnlyCollection<MapRow> rows)
    {
        var due = rows.Count(row => row.State != MapRowState.Retired);
        var percent = due == 0 ? 100 : 100.0 * content.Rows.Count / due;
        return new("coverage", percent >= map.Policy.LeastCoverage, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{content.Rows.Count} of {due} rows are decided, {percent:F1} %; the map demands {map.Policy.LeastCoverage} %."));
    }

    private static MapRelease Sign(MapRelease release, Person who, MapProject map, DateTimeOffset now, KeySignature? key)
    {
        if (who.Kind != ActorKind.Person) throw new TerminologyException(IssueType.Forbidden, "PERSON_NEEDED", MappingMessages.PersonNeeded(who.Name, "sign"));
        if (release.Signatures.Any(signature => signature.By == who.Name)) throw new TerminologyException(IssueType.Conflict, "SIGNED_ALREADY", MappingMessages.SignedAlready(who.Name, release.Number));
        Signature[] signatures = [.. release.Signatures, new(who.Name, now, release.Sha256) { Key = key }];
        var isEnough = signatures.Length >= map.Policy.Signatures && signatures.Any(signature => !release.Authors.Contains(signature.By));
        return release with { Signatures = signatures, State = isEnough ? ReleaseState.Signed : ReleaseState.Checked };
    }

    private static MapRelease Schedule(MapRelease release, DateTimeOffset now, DateTimeOffset? at)
    {
        if (at is not { } moment) throw new TerminologyException(IssueType.Required, "MOMENT_NEEDED", MappingMessages.MomentNeeded()) { Expression = "at" };
        return moment > now ? release with { State = ReleaseState.Scheduled, ScheduledFor = moment } : throw new TerminologyException(IssueType.Value, "MOMENT_PAST", MappingMessages.MomentPast(moment)) { Expression = "at" };
    }

    private static MapRelease Withdraw(MapRelease release, Person who, DateTimeOffset now, string? reason)
    {
        if (who.Kind != ActorKind.Person) throw new TerminologyException(IssueType.Forbidden, "PERSON_NEEDED", MappingMessages.PersonNeeded(who.Name, "withdraw"));
        if (string.IsNullOrWhiteSpace(reason)) throw new TerminologyException(IssueType.Required, "REASON_NEEDED", MappingMessages.ReasonNeeded("withdraw")) { Expression = "reason" };
        return release with { State = ReleaseState.Withdrawn, Withdrawal = new(who.Name, now, reason, now + ReviewWithin) };
    }

    private static MapRelease Review(MapRelease release, Person who, DateTimeOffset now)
    {
        if (who.Kind != ActorKind.Person) throw new TerminologyException(IssueType.Forbidden, "PERSON_NEEDED", MappingMessages.PersonNeeded(who.Name, "review"));
        if (release.Withdrawal is not { ReviewedBy: null } open) throw new TerminologyException(IssueType.Conflict, "NOTHING_TO_REVIEW", MappingMessages.NothingToReview(release.Number));
        if (open.By == who.Name) throw new TerminologyException(IssueType.Forbidden, "FOUR_EYES", MappingMessages.OwnWithdrawal(who.Name, release.Number));
        return release with { Withdrawal = open with { ReviewedBy = who.Name, ReviewedAt = now } };
    }

    private static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

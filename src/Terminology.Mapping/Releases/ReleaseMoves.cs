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
    /// <summary>Every move.</summary>
    public static IReadOnlyList<ReleaseMove> All { get; } =
    [
        new(ReleaseState.Frozen, ReleaseVerb.Check, ReleaseState.Checked, MapAction.Freeze),
        new(ReleaseState.Checked, ReleaseVerb.Sign, ReleaseState.Signed, MapAction.Sign),
        new(ReleaseState.Signed, ReleaseVerb.Activate, ReleaseState.Active, MapAction.Freeze),
        new(ReleaseState.Superseded, ReleaseVerb.Activate, ReleaseState.Active, MapAction.Freeze),
        new(ReleaseState.Active, ReleaseVerb.Supersede, ReleaseState.Superseded, null),
        .. new[] { ReleaseState.Frozen, ReleaseState.Checked, ReleaseState.Signed, ReleaseState.Superseded }.Select(state => new ReleaseMove(state, ReleaseVerb.Withdraw, ReleaseState.Withdrawn, MapAction.Freeze)),
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
    /// <exception cref="TerminologyException">Conflict: no such move, or a gate is shut. Forbidden: not for this actor.</exception>
    public static MapRelease Take(MapRelease release, ReleaseVerb verb, Person who, MapProject map, ReleaseContent content, IReadOnlyCollection<MapRow> rows, DateTimeOffset now, IReadOnlyList<GateResult>? further = null)
    {
        var move = All.FirstOrDefault(move => move.From == release.State && move.Verb == verb)
            ?? throw new TerminologyException(IssueType.Conflict, "NO_MOVE", MappingMessages.NoReleaseMove(release.Number, Name(release.State), Name(verb), string.Join(", ", All.Where(other => other.From == release.State && other.Needs is not null).Select(other => Name(other.Verb)))));
        if (move.Needs is { } action ? !Permissions.Allow(who, action, map.Domain) : who.Kind != ActorKind.System)
        {
            throw new TerminologyException(IssueType.Forbidden, "NO_RIGHT", MappingMessages.NoRight(who.Name, Name(verb), map.Domain, move.Needs is { } needed ? string.Join(", ", MapRoles.Names(Permissions.Having(needed))) : "none"));
        }
        // What is not frozen content is no content of this release, whoever kept it.
        if (content.Sha256 != release.Sha256) throw new TerminologyException(IssueType.Conflict, "OTHER_CONTENT", MappingMessages.OtherContent(release.Number, release.Sha256, content.Sha256));
        return verb switch
        {
            ReleaseVerb.Check => Check(release, map, content, rows, further ?? []),
            ReleaseVerb.Sign => Sign(release, who, map, now),
            ReleaseVerb.Activate => release with { State = ReleaseState.Active, ActiveFrom = now },
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

    private static MapRelease Sign(MapRelease release, Person who, MapProject map, DateTimeOffset now)
    {
        if (who.Kind != ActorKind.Person) throw new TerminologyException(IssueType.Forbidden, "PERSON_NEEDED", MappingMessages.PersonNeeded(who.Name, "sign"));
        if (release.Signatures.Any(signature => signature.By == who.Name)) throw new TerminologyException(IssueType.Conflict, "SIGNED_ALREADY", MappingMessages.SignedAlready(who.Name, release.Number));
        Signature[] signatures = [.. release.Signatures, new(who.Name, now, release.Sha256)];
        var isEnough = signatures.Length >= map.Policy.Signatures && signatures.Any(signature => !release.Authors.Contains(signature.By));
        return release with { Signatures = signatures, State = isEnough ? ReleaseState.Signed : ReleaseState.Checked };
    }

    private static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

using Terminology.Issues;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Impact;

/// <summary>What accepting repairs means for a row: steps for <see cref="RowDecision"/>, with the evidence. Whether they may be taken is decided there.</summary>
/// <param name="Command">The step with the row.</param>
/// <param name="Successor">The row of the code that replaces its source, to enter with the content of this one as a draft; or null.</param>
public sealed record RepairedRow(RowCommand Command, SuccessorRow? Successor = null)
{
    /// <summary>The repairs chosen for a row: by name where there is a choice, else by kind.</summary>
    /// <returns>Empty when none of it is wanted for this row.</returns>
    /// <exception cref="TerminologyException">NotFound: no such code or repair. MultipleMatches: a kind fits several.</exception>
    public static IReadOnlyList<(ImpactedCode Code, Repair Repair)> Chosen(ImpactedRow row, ImpactAcceptance wanted)
    {
        var (chosen, own) = (new List<(ImpactedCode Code, Repair Repair)>(), wanted.Choices.Where(choice => choice.Key == row.Key).ToArray());
        foreach (var stray in own.Where(choice => row.Codes.All(code => code.Code != choice.Code))) throw new TerminologyException(IssueType.NotFound, "NOT_TOUCHED", ImpactMessages.NotTouched(row.Key, stray.Code)) { Expression = "choices" };
        foreach (var code in row.Codes)
        {
            var named = own.FirstOrDefault(choice => choice.Code == code.Code);
            // A new name beside a changed meaning is looked at by name, never taken with all others.
            var fitting = code.Repairs.Where(repair => named is null ? wanted.Kinds.Contains(repair.Kind) && (repair.Kind != RepairProposals.NewName || repair.IsCertain) : repair.Kind == named.Kind && (named.With is null || named.With == repair.Code)).ToArray();
            if (fitting is [var only]) chosen.Add((code, only));
            else if (fitting.Length > 1) throw new TerminologyException(IssueType.MultipleMatches, "SEVERAL_REPAIRS", ImpactMessages.SeveralRepairs(code.Code, string.Join(", ", fitting.Select(repair => repair.ToString())))) { Expression = "choices" };
            else if (named is not null) throw new TerminologyException(IssueType.NotFound, "NO_SUCH_REPAIR", ImpactMessages.NoSuchRepair(code.Code, string.Join(", ", code.Repairs.Select(repair => repair.ToString())))) { Expression = "choices" };
        }
        return chosen;
    }

    /// <summary>The step that these repairs are.</summary>
    /// <param name="row">The row as it is.</param>
    /// <param name="chosen">At least one.</param>
    /// <param name="release">The new release.</param>
    public static RepairedRow Of(MapRow row, IReadOnlyList<(ImpactedCode Code, Repair Repair)> chosen, VersionedUrl release)
    {
        var content = row.Content.IsEmpty && row.Approved is { } approved ? approved.Content : row.Content;
        foreach (var (code, repair) in chosen.Where(one => one.Code.Side == ImpactSide.Target)) content = repair.Kind == RepairProposals.Closer && repair.Code == code.Code ? First(repair, release) : Replaced(content, code.Code, repair, release);
        var reason = ImpactMessages.Accepted(release, string.Join(" ", chosen.Select(one => one.Repair.Evidence)));
        var evidence = Evidence(chosen, release);
        if (chosen.FirstOrDefault(one => one.Code.Side == ImpactSide.Source) is not { Code: not null } source || source.Repair.Kind == RepairProposals.NewName)
        {
            return new(new RowCommand(RowVerb.Decide) { Content = content, Reason = reason, Evidence = evidence });
        }
        var carried = source.Repair.Code is not { } next || content.IsEmpty ? null : new SuccessorRow(next, source.Repair.Display, Turned(content, source.Repair.Relationship), new RowCommand(RowVerb.Decide) { Reason = reason, Evidence = evidence });
        return new(new RowCommand(RowVerb.Retire) { Reason = reason, Evidence = evidence }, carried);
    }

    /// <summary>Of a row that had no target.</summary>
    private static RowContent First(Repair repair, VersionedUrl release)
        => new() { Targets = [new() { System = release.Url, Version = release.Version, Code = repair.Code!, Display = repair.Display, Relationship = repair.Relationship }] };

    private static RowContent Replaced(RowContent content, string code, Repair repair, VersionedUrl release)
    {
        var targets = new List<RowTarget>();
        foreach (var target in content.Targets)
        {
            var next = target.System == release.Url && target.Code == code
                ? target with { Code = repair.Code!, Display = repair.Display, Version = release.Version, Relationship = repair.Relationship, OriginalRelationship = repair.Relationship == target.Relationship ? target.OriginalRelationship : null, Comment = repair.Kind == RepairProposals.Closer ? null : target.Comment }
                : target;
            // Two targets may have one successor.
            if (!targets.Exists(other => other.System == next.System && other.Code == next.Code && other.DependsOn.SequenceEqual(next.DependsOn) && other.RuleGroup == next.RuleGroup)) targets.Add(next);
        }
        return content with { Targets = targets };
    }

    /// <summary>What the old code says, said of the code that replaces it.</summary>
    private static RowContent Turned(RowContent content, MapRelationship oldToNew)
        => content with { Targets = [.. content.Targets.Select(target => target with { Relationship = oldToNew.Turn().Then(target.Relationship) })] };

    private static KeyValuePair<string, string>[] Evidence(IReadOnlyList<(ImpactedCode Code, Repair Repair)> chosen, VersionedUrl release) =>
    [
        new("impact", release.ToString()),
        .. chosen.SelectMany(one => new KeyValuePair<string, string>[]
        {
            new("touched", one.Code.Text),
            new("repair", one.Repair.ToString()),
            new("said by", one.Repair.Evidence),
            new("passed over", string.Join(", ", one.Code.Repairs.Where(other => other != one.Repair).Select(other => other.ToString()))),
        }).Where(pair => pair.Value.Length > 0),
    ];
}

/// <summary>A row for the code that replaces a source code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Display">Its display, or null.</param>
/// <param name="Content">What the old row says, with the relationship turned where the codes do not mean the same.</param>
/// <param name="Command">The draft, without its content.</param>
public sealed record SuccessorRow(string Code, string? Display, RowContent Content, RowCommand Command);

using Terminology.Maps;

namespace Terminology.Mapping.Impact;

/// <summary>Which repairs there are for a code that a release touches, with their evidence; the surest first.</summary>
public static class RepairProposals
{
    /// <summary>To give a code its new name.</summary>
    public const string NewName = "new-name";

    /// <summary>To take the row away, whose source code is no more.</summary>
    public const string Withdraw = "withdraw";

    /// <summary>To take a code that is new and stands closer.</summary>
    public const string Closer = "closer";

    private const string Narrower = "narrower", Beside = "added-beside";
    private const int MostNeighbours = 20;

    /// <summary>For a target of a row.</summary>
    /// <param name="change">The code in both releases.</param>
    /// <param name="relationship">How the source stands to it.</param>
    /// <param name="before">The old release, or null.</param>
    /// <param name="after">The new release.</param>
    public static IReadOnlyList<Repair> ForTarget(CodeChange change, MapRelationship relationship, IReleaseFacts? before, IReleaseFacts after)
        => [.. Alternatives(change, before, after).Select(found => new Repair(KindOf(found.Kind), found.Code, found.Display, relationship.Then(found.Relationship), found.IsCertain, Evidence(change.Code, found))), .. ForCloser(change.Closer), .. Renaming(change, relationship)];

    /// <summary>For the source of a row: its content carried over to what replaces it, or the row withdrawn.</summary>
    /// <param name="change">The code in both releases.</param>
    /// <param name="before">The old release, or null.</param>
    /// <param name="after">The new release.</param>
    public static IReadOnlyList<Repair> ForSource(CodeChange change, IReleaseFacts? before, IReleaseFacts after)
    {
        var isLost = change.IsLost || change is { Before.IsHeader: false, After.IsHeader: true };
        if (!isLost) return Renaming(change, MapRelationship.Equivalent);
        var successors = Alternatives(change, before, after).Select(found => new Repair(KindOf(found.Kind), found.Code, found.Display, found.Relationship, found.IsCertain, Evidence(change.Code, found)));
        return [.. successors, new(Withdraw, null, null, MapRelationship.NotRelatedTo, false, $"{change.Code} is no code for data in {change.Release} any more.")];
    }

    /// <summary>For what is new and closer: only where it is certain.</summary>
    public static IReadOnlyList<Repair> ForCloser(IReadOnlyList<CloserTarget> closer)
        => [.. closer.Where(one => one.IsCertain).Select(one => new Repair(Closer, one.Code, one.Display, one.Relationship, true, one.Evidence))];

    private static IEnumerable<Replacement> Alternatives(CodeChange change, IReleaseFacts? before, IReleaseFacts after)
    {
        foreach (var said in change.Replacements.OrderByDescending(said => said.IsCertain)) yield return said;
        if (change is { Before.IsHeader: false, After.IsHeader: true })
        {
            foreach (var below in after.Below(change.Code).Where(below => below is { IsHeader: false, IsActive: true }).Take(MostNeighbours))
            {
                yield return new(below.Code, below.Display, Narrower, MapRelationship.SourceIsBroaderThanTarget, after.Release.ToString());
            }
        }
        if (change.After is not null || change.Replacements.Count > 0 || before is not { IsClassification: true }) yield break;
        foreach (var added in Added(change.Code, before, after)) yield return new(added.Code, added.Display, Beside, MapRelationship.RelatedTo, after.Release.ToString());
    }

    /// <summary>Codes for data that the release has added below what stood above the code that is gone: its successors are among them. Those with the same last character of seven (encounter) first.</summary>
    private static IEnumerable<ConceptFacts> Added(string code, IReleaseFacts before, IReleaseFacts after)
    {
        var last = code.Count(char.IsLetterOrDigit) == 7 ? code[^1] : '\0';
        return before.Broader(code).SelectMany(after.Below).Where(below => below is { IsHeader: false, IsActive: true } && before.Find(below.Code) is null)
            .OrderBy(below => below.Code[^1] == last ? 0 : 1).Take(MostNeighbours);
    }

    private static Repair[] Renaming(CodeChange change, MapRelationship relationship)
        => change is { IsRenamed: true, After.IsActive: true } ? [new(NewName, change.Code, change.After!.Display, relationship, change.ChangedMeaning.Count == 0, $"{change.Code} is called '{change.After.Display}' in {change.Release}.")] : [];

    private static string Evidence(string code, Replacement said)
        => $"{said.Source}: {code} {said.Kind} {said.Code}{(said.Display is null ? "" : $" {said.Display}")}{(said.Comment is null ? "" : $" ({said.Comment})")}.";

    /// <summary><c>SAME AS</c> as <c>same-as</c>.</summary>
    private static string KindOf(string said) => string.Concat(said.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')).Trim('-');
}

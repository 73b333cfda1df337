using System.CommandLine;
using System.Globalization;
using Terminology.Issues;
using Terminology.Mapping.Releases;
using Terminology.Server.Api;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology map publish | rollback</c>: each step by the rules of releases and with the rights of who asks; what another must do is said.</summary>
internal static class MapPublishVerbs
{
    /// <summary>From where a release stands, the next step on its way.</summary>
    private static readonly Dictionary<ReleaseState, string> Next = new() { [ReleaseState.Frozen] = "check", [ReleaseState.Checked] = "sign", [ReleaseState.Signed] = "activate" };

    public static Command Publish()
    {
        var map = new Argument<string>("MAP") { Description = "Id of the map." };
        var notes = new Option<string?>("--notes") { Description = "Notes for those who use it." };
        var command = MapVerbs.Asking(
            "publish", "Takes what is approved to the next release: freeze, check, sign, activate, as far as the token goes; whoever may do the rest runs it again.\nExit code 0: it answers; 1: somebody else is to go on, or a gate is shut.",
            "terminology map publish lab --token $TOKEN", map, notes, WindowOptions.Window, WindowOptions.File, WindowOptions.Until);
        command.SetAction(parsed =>
        {
            var windows = WindowOptions.Read(parsed); // before anybody is asked
            return MapDesk.AskAsync(parsed, client => PublishAsync(client, parsed.GetValue(map)!, parsed.GetValue(notes), windows));
        });
        return command;
    }

    public static Command Rollback()
    {
        var map = new Argument<string>("MAP") { Description = "Id of the map." };
        var to = new Option<int?>("--to") { Description = "The release that is to answer again. Default: the one before that which answers.", HelpName = "N" };
        var command = MapVerbs.Asking("rollback", "Lets an earlier release of a map answer again, at once.", "terminology map rollback lab", map, to);
        command.SetAction(parsed => MapDesk.AskAsync(parsed, client => RollbackAsync(client, parsed.GetValue(map)!, parsed.GetValue(to))));
        return command;
    }

    private static async Task<int> PublishAsync(MapClient client, string map, string? notes, ReleaseWindows? windows)
    {
        var begun = (await client.ReleasesAsync(map)).LastOrDefault(release => Next.ContainsKey(release.State));
        if (begun is not null && windows is not null) throw new TerminologyException(IssueType.Conflict, "RELEASE_UNDER_WAY", DayMessages.FrozenAlready(begun.Number));
        var release = begun ?? await client.FreezeAsync(map, notes, windows);
        Console.WriteLine($"Release {release.Number}: {release.Rows:N0} rows, {release.Sha256}{(release.Difference is { } difference ? $"; {difference.Added.Given().Count:N0} added, {difference.Removed.Given().Count:N0} removed, {difference.Changed.Given().Count:N0} changed" : "")}.");
        while (Next.TryGetValue(release.State, out var step))
        {
            var signatures = release.Signatures.Count;
            try
            {
                release = await client.StepAsync(map, release.Number, step);
            }
            catch (TerminologyException refusal) when (refusal.Type is IssueType.Forbidden or IssueType.Conflict or IssueType.Processing)
            {
                await Console.Error.WriteLineAsync($"Release {release.Number} is {Word(release.State)} and waits: {refusal.Message}");
                return CommandLine.Finding;
            }
            Console.WriteLine($"Release {release.Number} is {Word(release.State)}.");
            foreach (var gate in step == "check" ? release.Gates : []) Console.WriteLine($"  {(gate.Passed ? "passed" : "SHUT")}  {gate.Gate}: {gate.Text}");
            if (step == "sign" && release.State == ReleaseState.Checked && release.Signatures.Count > signatures)
            {
                await Console.Error.WriteLineAsync($"Release {release.Number} has {release.Signatures.Count} signatures and waits for the next.");
                return CommandLine.Finding;
            }
        }
        return CommandLine.Done;
    }

    private static async Task<int> RollbackAsync(MapClient client, string map, int? to)
    {
        var releases = await client.ReleasesAsync(map);
        var active = releases.FirstOrDefault(release => release.State == ReleaseState.Active);
        var former = to is { } number ? releases.FirstOrDefault(release => release.Number == number) : releases.LastOrDefault(release => release.State == ReleaseState.Superseded && release.Number < (active?.Number ?? int.MaxValue));
        if (former is null) throw new TerminologyException(IssueType.NotFound, "NO_FORMER_RELEASE", FolderMessages.NoFormer(map, string.Join(", ", releases.Where(release => release.State == ReleaseState.Superseded).Select(release => release.Number.ToString(CultureInfo.InvariantCulture)))));
        var answering = await client.StepAsync(map, former.Number, "activate");
        Console.WriteLine($"Release {answering.Number} of '{map}' answers{(active is null ? "" : $", in place of release {active.Number}")}.");
        return CommandLine.Done;
    }

    private static string Word(ReleaseState state) => state.ToString().ToLowerInvariant();
}

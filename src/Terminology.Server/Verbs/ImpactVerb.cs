using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Mapping;
using Terminology.Mapping.Impact;
using Terminology.Server.Api;
using Terminology.Server.Hosting;
using Terminology.Server.Impact;
using Terminology.Server.Maps;
using Terminology.Store.Data;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology impact --release SYSTEM|VERSION</c>: what a release does to the maps of the data folder. It changes nothing.</summary>
internal static class ImpactVerb
{
    private const int Listed = 50;

    private static readonly JsonSerializerOptions Indented = new(MappingJson.Options) { WriteIndented = true };

    public static Command Command()
    {
        var release = new Option<string>("--release") { Description = "The new release, loaded and not necessarily live.", HelpName = "SYSTEM|VERSION", Required = true };
        var from = new Option<string?>("--from") { Description = "Version to compare with. Default: that which the rows name, else the live one, else another that is loaded.", HelpName = "VERSION" };
        var map = new Option<string?>("--map") { Description = "One map, by its id or url. Default: all that have the system on either side.", HelpName = "ID" };
        var json = new Option<bool>("--json") { Description = "As JSON, every row." };
        var command = CommandLine.Verb(
            "impact", "Says which rows of maps a new release touches, and what could be done about each. Nothing is changed.\nExit code 0: no row is touched; 1: rows are touched; 2: wrong usage, or it cannot be told.",
            "terminology import icd10cm-2019.zip\n  terminology impact --release 'http://hl7.org/fhir/sid/icd-10-cm|2019'");
        foreach (var option in new Option[] { release, from, map, json }) command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            try
            {
                var asked = VersionedUrl.Parse(parsed.GetValue(release)!);
                var reports = await ReportsAsync(parsed.GetValue(CommandLine.Data)!, asked, parsed.GetValue(from), parsed.GetValue(map));
                if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(reports, Indented));
                else Show(reports, asked);
                return reports.Any(report => report.Touched > 0) ? CommandLine.Finding : CommandLine.Done;
            }
            catch (TerminologyException problem)
            {
                await Console.Error.WriteLineAsync(problem.Message);
                return CommandLine.WrongUsage;
            }
        });
        return command;
    }

    private static async Task<IReadOnlyList<ImpactReport>> ReportsAsync(string data, VersionedUrl release, string? from, string? map)
    {
        var folder = DataFolder.Open(data, TimeProvider.System);
        var service = LiveService.Open(folder);
        var reports = await Owner.AskAsync(data, journal => Task.FromResult(Here(journal, folder, service, release, from, map)), async server =>
        {
            var worked = await new RemoteImpact(server).ReportsAsync(release, from, map);
            // What was stored is the server's alone; a release that is there by name is loaded for both.
            return worked.Count > 0 && service.FindCodeSystem(release.Url, release.Version) is null ? worked : [.. worked, .. Loaded(service, new(service, release, from), map)];
        });
        return reports.Count > 0 || map is null ? reports : throw new TerminologyException(IssueType.NotFound, "UNKNOWN_MAP", ImpactMessages.NoSuchMap(map));
    }

    private static IReadOnlyList<ImpactReport> Here(IJournal journal, DataFolder folder, TerminologyService releases, VersionedUrl release, string? from, string? map)
    {
        var service = releases.WithStored(new StoredResources(journal, NullLogger<StoredResources>.Instance).Current);
        var impacts = new Impacts(service, release, from);
        var files = new ReleasedMaps(folder);
        using var book = new MapBook(journal, new(folder.Path), new(folder.Path));
        var projects = book.All.Where(one => map is null ? impacts.Concerns([one.Project.SourceSystem, .. one.Project.TargetSystems]) : map == one.Project.Id || map == one.Project.Url);
        return [.. projects.Select(one => impacts.Of(one, files, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), CancellationToken.None)), .. Loaded(service, impacts, map)];
    }

    /// <summary>Maps that are loaded or stored; those of a release itself and releases of maps that people work on here are left out.</summary>
    private static IEnumerable<ImpactReport> Loaded(TerminologyService service, Impacts impacts, string? map) => service.ConceptMaps
        .Where(entry => entry is { Live: true, Url: { } url } && !url.Contains("?fhir_cm=", StringComparison.Ordinal) && entry.Release?.Info.Format != Terminology.Releases.ReleaseInfo.MapWork)
        .Where(entry => map is null ? impacts.Concerns(entry.SourceSystems.Concat(entry.TargetSystems)) : map == entry.Url).DistinctBy(entry => entry.Url).Select(impacts.Of);

    private static void Show(IReadOnlyList<ImpactReport> reports, VersionedUrl release)
    {
        if (reports.Count == 0) Console.WriteLine($"No map has codes of {release.Url}.");
        foreach (var report in reports)
        {
            Console.WriteLine($"{report.Map}: {report.Touched:N0} of {report.Concerned:N0} rows with codes of {release.Url} are touched by {report.Release}{(report.Before.Count == 0 ? "" : $" (compared with {string.Join(", ", report.Before)})")}");
            foreach (var (impact, count) in report.Classes) Console.WriteLine($"  {count,7:N0}  {Word(impact)}");
            foreach (var note in report.Notes) Console.WriteLine($"  note: {note}");
            foreach (var row in report.List.Take(Listed)) Show(row);
            if (report.List.Count > Listed) Console.WriteLine($"  … and {report.List.Count - Listed:N0} more rows; --json has all of them");
        }
    }

    private static void Show(ImpactedRow row)
    {
        Console.WriteLine($"  {row.Key}{(row.State is { } state ? $" ({Word(state)})" : "")}");
        foreach (var code in row.Codes)
        {
            Console.WriteLine($"    {Word(code.Side)}: {code.Text}");
            foreach (var repair in code.Repairs.Take(5)) Console.WriteLine($"      {repair}{(repair.Display is null ? "" : $" {repair.Display}")} ({Word(repair.Relationship)}{(repair.IsCertain ? "" : "; a person chooses")})");
            if (code.Repairs.Count > 5) Console.WriteLine($"      … and {code.Repairs.Count - 5} more");
        }
    }

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

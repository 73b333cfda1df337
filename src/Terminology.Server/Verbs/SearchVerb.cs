using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Search;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology search WORDS</c>: over all terminologies, or one.</summary>
internal static class SearchVerb
{
    private sealed record Hit(string System, string? Version, string Code, string Display, string Matched, float Score);

    public static Command Command()
    {
        var words = new Argument<string[]>("WORDS") { Description = "Beginnings of words, in any order, or a code." };
        var system = new Option<string?>("--system") { Description = "Only this code system.", HelpName = "URL" };
        var below = new Option<string?>("--below") { Description = "Only this concept and what is below it (with --system).", HelpName = "CODE" };
        var inactive = new Option<bool>("--inactive") { Description = "Inactive concepts too." };
        var limit = new Option<int>("--limit") { Description = "Most hits.", DefaultValueFactory = _ => 20 };
        var command = CommandLine.Verb("search", "Finds concepts by the beginnings of words.", "terminology search hea att --system http://snomed.info/sct");
        command.Arguments.Add(words);
        foreach (var option in new Option[] { system, below, inactive, limit, Asking.Json }) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var service = Asking.Open(parsed);
            var text = string.Join(' ', parsed.GetValue(words)!);
            var systems = parsed.GetValue(system) is { } url
                ? [service.CodeSystem(VersionedUrl.Parse(url).Url, VersionedUrl.Parse(url).Version)]
                : service.CodeSystems.Where(entry => entry.Live).Select(entry => entry.CodeSystem.Value).ToArray();
            var hits = systems.SelectMany(each => Search(each, text, parsed.GetValue(below), parsed.GetValue(inactive), parsed.GetValue(limit)))
                .OrderByDescending(hit => hit.Score).Take(parsed.GetValue(limit)).ToArray();
            if (parsed.GetValue(Asking.Json)) Console.WriteLine(JsonSerializer.Serialize(hits, Asking.Indented));
            else
            {
                foreach (var hit in hits)
                {
                    var matched = hit.Matched == hit.Display ? "" : $"  ({hit.Matched})";
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hit.Code,-18} {hit.Display}{matched}  {hit.System}"));
                }
                if (hits.Length == 0) Console.WriteLine("Nothing found.");
            }
            return hits.Length > 0 ? CommandLine.Done : CommandLine.Finding;
        });
        return command;
    }

    private static List<Hit> Search(ICodeSystem system, string text, string? below, bool inactive, int limit)
    {
        ConceptSet? scope = null;
        if (below is not null)
        {
            if (!system.TryFind(Encoding.UTF8.GetBytes(below), out var root)) throw new TerminologyException(IssueType.NotFound, "UNKNOWN_CODE", $"{below} is not in {system.Info.Url}.");
            scope = system.DescendantsOrSelf(root);
        }
        var hits = new TermHit[limit];
        var found = system.Search.Search(new TermQuery { Text = text, Scope = scope, IncludeInactive = inactive }, hits);
        var results = new List<Hit>();
        foreach (var hit in hits.AsSpan(0, found.Written))
        {
            var matched = hit.Designation >= 0 ? Encoding.UTF8.GetString(system.Designation(hit.Designation).Value) : "";
            results.Add(new(system.Info.Url.Value, system.Info.Version, Encoding.UTF8.GetString(system.Code(hit.Concept)), Encoding.UTF8.GetString(system.Display(hit.Concept)), matched, hit.Score));
        }
        return results;
    }
}

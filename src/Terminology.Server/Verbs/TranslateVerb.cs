using System.CommandLine;
using Terminology.Fhir.Operations;
using Terminology.Server.Bulk;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology translate</c>: one code, or a CSV of codes.</summary>
internal static class TranslateVerb
{
    public static Command Command()
    {
        var (system, code) = (Asking.System(), Asking.Code());
        var map = new Option<string?>("--map") { Description = "The map; default: every live map that fits.", HelpName = "URL" };
        var target = new Option<string?>("--target") { Description = "Target code system.", HelpName = "SYSTEM" };
        var reverse = new Option<bool>("--reverse") { Description = "From target to source." };
        var context = new Option<string[]?>("--context") { Description = "Column whose values a map may depend on, named as the property is; several times.", HelpName = "NAME" };
        var superseded = new Option<bool>("--include-superseded") { Description = "With superseded targets that are answered only to who asks for them." };
        var table = new TableOptions();
        var command = CommandLine.Verb(
            "translate", "Translates a code, or a CSV of codes; rows keep their order, unmapped ones are listed at the end.",
            "terminology translate --in codes.csv --map http://example.org/fhir/ConceptMap/local-lab-to-loinc --out out.csv");
        foreach (var argument in new Argument[] { system, code }) command.Arguments.Add(argument);
        foreach (var option in new Option[] { map, target, reverse, context, superseded, Asking.Json, Asking.Language }) command.Options.Add(option);
        table.AddTo(command);
        command.SetAction(async (parsed, aborted) =>
        {
            var service = Asking.Open(parsed);
            var scope = Asking.Scope(parsed);
            var canonical = parsed.GetValue(map) is { } url ? VersionedUrl.Parse(url) : null;
            if (table.Asked(parsed))
            {
                var translate = new BulkTranslate(service, scope) { Map = canonical, TargetSystem = parsed.GetValue(target), Reverse = parsed.GetValue(reverse), IncludeSuperseded = parsed.GetValue(superseded), Context = parsed.GetValue(context) ?? [] };
                return await table.RunAsync(parsed, BulkTranslate.Columns, rows => translate.Context.Select(rows.Column), translate.AskForTable, aborted);
            }
            var result = service.Translate(new(new([Asking.Coding(parsed, system, code)])) { Url = canonical, TargetSystem = parsed.GetValue(target), Reverse = parsed.GetValue(reverse), IncludeSuperseded = parsed.GetValue(superseded) }, scope);
            if (parsed.GetValue(Asking.Json)) Asking.PrintJson(writer => TranslateOperation.Write(writer, result));
            else
            {
                foreach (var match in result.Matches)
                {
                    Console.WriteLine($"{match.Relationship}: {match.Target?.System} {match.Target?.Code} {match.Target?.Display}{(match.NeedsPerson ? "  (needs a person)" : "")}{(match.IsSuperseded ? "  (superseded)" : "")}");
                    Console.WriteLine($"  by {match.MapUrl}|{match.MapVersion}{(match.Comment is null ? "" : $"  {match.Comment}")}");
                }
                if (result.Message is not null) Console.WriteLine(result.Message);
                foreach (var issue in result.Issues) Console.WriteLine($"  {issue.Severity}: {issue.Text}");
            }
            return result.Result ? CommandLine.Done : CommandLine.Finding;
        });
        return command;
    }
}

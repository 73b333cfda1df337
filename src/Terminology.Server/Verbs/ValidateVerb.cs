using System.CommandLine;
using Terminology.Fhir.Operations;
using Terminology.Operations;
using Terminology.Server.Bulk;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology validate</c>: one code, or a CSV of codes.</summary>
internal static class ValidateVerb
{
    public static Command Command()
    {
        var (system, code) = (Asking.System(), Asking.Code());
        var display = new Option<string?>("--display") { Description = "The display to check." };
        var valueSet = new Option<string?>("--valueset") { Description = "Value set that the code must be in.", HelpName = "URL" };
        var table = new TableOptions();
        var command = CommandLine.Verb(
            "validate", "Says whether a code is valid, active, in a value set, with its display; or checks a CSV of codes.",
            "terminology validate http://loinc.org 2345-7 --display 'Glucose [Mass/volume] in Serum or Plasma'\n  terminology validate --in codes.csv --system http://loinc.org --out checked.csv");
        foreach (var argument in new Argument[] { system, code }) command.Arguments.Add(argument);
        foreach (var option in new Option[] { display, valueSet, Asking.Json, Asking.Language }) command.Options.Add(option);
        table.AddTo(command);
        command.SetAction(async (parsed, aborted) =>
        {
            var service = Asking.Open(parsed);
            var scope = Asking.Scope(parsed);
            var canonical = parsed.GetValue(valueSet) is { } url ? VersionedUrl.Parse(url) : null;
            ValidateCodeResult Validate(Coding coding) => service.ValidateCode(new(new([coding]), CodeForm.Coding) { ValueSetUrl = canonical }, scope);
            if (table.Asked(parsed))
            {
                return await table.RunAsync(parsed, BulkColumns.All("valid", "validDisplay", "inactive", "message"), rows => table.Display(parsed, rows), parts =>
                {
                    var row = Validate(new(parts[0], parts[1], Display: parts.Length > 2 && parts[2].Length > 0 ? parts[2] : null));
                    return (row.Result, [[row.Result ? "true" : "false", row.Display ?? "", row.Inactive == true ? "true" : "", row.Message ?? ""]]);
                }, aborted);
            }
            var result = Validate(Asking.Coding(parsed, system, code) with { Display = parsed.GetValue(display) });
            if (parsed.GetValue(Asking.Json)) Asking.PrintJson(writer => ValidateCodeOperation.Write(writer, result));
            else
            {
                Console.WriteLine($"{(result.Result ? "valid" : "NOT valid")}: {result.System}|{result.Version} {result.Code} {result.Display}");
                foreach (var issue in result.Issues) Console.WriteLine($"  {issue.Severity}: {issue.Text}");
            }
            return result.Result ? CommandLine.Done : CommandLine.Finding;
        });
        return command;
    }
}

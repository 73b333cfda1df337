using System.CommandLine;
using Terminology.Loaders;
using Terminology.Server.Import;
using Terminology.Store.Data;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology import PATH…</c>: release files to a release in service, all or nothing.</summary>
internal static class ImportVerb
{
    public static Command Command()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Folder, .zip, .tgz, .gz or file; several packages of one edition are composed.", Arity = ArgumentArity.OneOrMore };
        var identity = new Option<string?>("--as") { Description = "System and version to load it as, where the content does not tell or tells it wrong.", HelpName = "SYSTEM|VERSION" };
        var activate = new Option<bool>("--activate") { Description = "Make it live at once. The first version of a system always is." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read it all, report what an import would change, change nothing." };
        var strict = new Option<bool>("--strict") { Description = "Load nothing when a row is rejected (exit code 3)." };
        var targets = new Option<string[]>("--target") { Description = "What a map reference set maps to; may be repeated.", HelpName = "REFSET=URI" };
        var columns = new Option<string[]>("--column") { Description = "Column of a code list; may be repeated.", HelpName = "ROLE=NAME" };
        var encoding = new Option<string?>("--encoding") { Description = "Encoding of text that is not UTF-8, for example windows-1252." };
        var basis = new Option<string?>("--base") { Description = "The loaded version that a delta is applied to; default: the live one.", HelpName = "SYSTEM|VERSION" };
        var command = CommandLine.Verb(
            "import", "Loads releases: SNOMED CT RF2, LOINC, ICD-10, ICD-10-CM, ICD-10-PCS, ICD-9-CM, GEM, RxNorm, NDC, UCUM, FHIR packages and resources, CSV code lists.",
            "terminology import SnomedCT_InternationalRF2_PRODUCTION_20260101T120000Z.zip --activate");
        command.Arguments.Add(paths);
        foreach (var option in new Option[] { identity, activate, dryRun, strict, targets, columns, encoding, basis }) command.Options.Add(option);
        command.SetAction((parsed, cancel) =>
        {
            var folder = DataFolder.Open(parsed.GetValue(CommandLine.Data)!, TimeProvider.System);
            var options = new ImportOptions
            {
                As = parsed.GetValue(identity) is { } named ? VersionedUrl.Parse(named) : null,
                Encoding = parsed.GetValue(encoding),
                MapTargets = Pairs(parsed.GetValue(targets)),
                Columns = Pairs(parsed.GetValue(columns)),
            };
            var importer = new Importer(folder, new ImportConsole(Console.Out, Console.Error))
            {
                Activate = parsed.GetValue(activate),
                DryRun = parsed.GetValue(dryRun),
                Strict = parsed.GetValue(strict),
                Base = parsed.GetValue(basis) is { } onto ? VersionedUrl.Parse(onto) : null,
            };
            return Task.FromResult(importer.Import(parsed.GetValue(paths)!, options, cancel) ? CommandLine.Done : CommandLine.BadInput);
        });
        return command;
    }

    private static Dictionary<string, string> Pairs(string[]? pairs)
    {
        var result = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in pairs ?? [])
        {
            var at = pair.IndexOf('=');
            if (at <= 0) throw new Issues.TerminologyException(Issues.IssueType.Value, "WRONG_USAGE", $"'{pair}' is not of the form NAME=VALUE.");
            result[pair[..at]] = pair[(at + 1)..];
        }
        return result;
    }
}

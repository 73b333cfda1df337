using System.CommandLine;
using System.Text;
using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Fhir.Operations;
using Terminology.Issues;
using Terminology.Operations;
using Terminology.Server.Hosting;
using Terminology.Store.Data;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology lookup SYSTEM CODE</c>: what is known of a code.</summary>
internal static class LookupVerb
{
    public static Command Command()
    {
        var (system, code) = (Asking.System(), Asking.Code());
        var command = CommandLine.Verb("lookup", "Shows what is known of a code.", "terminology lookup http://loinc.org 2345-7");
        foreach (var argument in new Argument[] { system, code }) command.Arguments.Add(argument);
        foreach (var option in new Option[] { Asking.Json, Asking.Language }) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var service = Asking.Open(parsed);
            try
            {
                var result = service.Lookup(new(Asking.Coding(parsed, system, code), parsed.GetValue(Asking.Json) ? ["*"] : []), Asking.Scope(parsed));
                if (parsed.GetValue(Asking.Json)) Asking.PrintJson(writer => LookupOperation.Write(writer, result));
                else Show(result);
                return CommandLine.Done;
            }
            catch (TerminologyException problem) when (problem.Type is IssueType.NotFound or IssueType.CodeInvalid)
            {
                Console.Error.WriteLine(problem.Message);
                return CommandLine.Finding;
            }
        });
        return command;
    }

    private static void Show(LookupResult result)
    {
        var (system, concept) = (result.CodeSystem, result.Concept);
        Console.WriteLine($"{Text(system.Code(concept))}  {Text(system.Display(concept))}");
        Console.WriteLine($"  {system.Info.Url}|{system.Info.Version}{(system.Flags(concept) is var flags and not ConceptFlags.None ? $"  ({flags})" : "")}");
        var designations = system.Designations(concept);
        for (var i = designations.Start; i < designations.End; i++)
        {
            var designation = system.Designation(i);
            if (designation.Active) Console.WriteLine($"  {designation.Language,-6} {designation.Use.Display ?? designation.Use.Code}: {Text(designation.Value)}");
        }
        foreach (var parent in system.Parents(concept)) Console.WriteLine($"  parent {Text(system.Code(parent))}  {Text(system.Display(parent))}");
        var properties = system.Properties(concept);
        for (var i = properties.Start; i < properties.End; i++)
        {
            var property = system.Property(i);
            var name = property.Concept.Exists ? $"  {Text(system.Display(property.Concept))}" : "";
            Console.WriteLine($"  {(property.Group > 0 ? $"[{property.Group}] " : "")}{system.Info.Properties[property.Property].Code} = {Text(property.Value)}{name}");
        }
        foreach (var issue in result.Issues) Console.WriteLine($"  {issue.Severity}: {issue.Text}");
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}

/// <summary>What the asking verbs share.</summary>
internal static class Asking
{
    public static JsonSerializerOptions Indented { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Option<bool> Json { get; } = new("--json") { Description = "As FHIR JSON." };

    public static Option<string?> Language { get; } = new("--language") { Description = "Language of displays, for example de or en-GB." };

    public static Argument<string?> System() => new("SYSTEM") { Description = "Code system: canonical, OID or HL7 v2 name (SCT, LN, I10C …); |version may follow.", Arity = ArgumentArity.ZeroOrOne };

    public static Argument<string?> Code() => new("CODE") { Description = "The code.", Arity = ArgumentArity.ZeroOrOne };

    public static TerminologyService Open(ParseResult parsed) => LiveService.Open(DataFolder.Open(parsed.GetValue(CommandLine.Data)!, TimeProvider.System));

    public static Coding Coding(ParseResult parsed, Argument<string?> system, Argument<string?> code)
    {
        if (parsed.GetValue(system) is not { Length: > 0 } named || parsed.GetValue(code) is not { Length: > 0 } given)
        {
            throw new TerminologyException(IssueType.Required, "WRONG_USAGE", "SYSTEM and CODE are needed.");
        }
        var url = VersionedUrl.Parse(named);
        return new(url.Url, given, url.Version);
    }

    public static RequestScope Scope(ParseResult parsed) => new() { Languages = parsed.GetValue(Language) is { } language ? [language] : [], Day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) };

    public static void PrintJson(Action<Utf8JsonWriter> write)
    {
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = global::System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) write(writer);
        output.WriteByte((byte)'\n');
    }
}

using System.Text.RegularExpressions;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// The sheets of HL7's v2-to-FHIR project: two header lines, codes of a v2 table on the left, conditions in the middle, codes of FHIR on the right. Conditions are kept as they are
/// written (<c>condition-antlr</c>, <c>condition-fhirpath</c>, <c>condition-narrative</c>); a table is named by its canonical of terminology.hl7.org.
/// </summary>
/// <remarks><see href="https://github.com/HL7/v2-to-fhir">HL7/v2-to-fhir</see>.</remarks>
internal sealed partial class V2ToFhirMap : MapFormat
{
    private static readonly (string Column, string Property)[] Conditions = [("Computable ANTLR", "condition-antlr"), ("Computable FHIRPath", "condition-fhirpath"), ("Narrative", "condition-narrative")];

    public override string Name => "v2-to-fhir";

    public override string Title => "HL7 v2-to-FHIR";

    public override IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature>
    {
        MapFeature.SourceSystem, MapFeature.SourceDisplay, MapFeature.Undecided, MapFeature.SeveralTargets, MapFeature.TargetSystem, MapFeature.TargetDisplay, MapFeature.TargetComment, MapFeature.DependsOn, MapFeature.TargetProperties, MapFeature.RowComment,
    };

    internal override bool Recognises(MapFileStart start) => start.FirstLine.StartsWith("HL7 v2,", StringComparison.Ordinal) && start.FirstLine.Contains("HL7 FHIR", StringComparison.Ordinal);

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var rows = CsvText.Read(MapText.Read(stream, options, builder), options.Separator ?? ',', options.File).ToArray();
        if (rows.Length < 2) throw builder.Fault("two header lines are expected: HL7 v2, Condition and HL7 FHIR, and below them Code, Text and so on.", 1);
        string[] above = [.. rows[0].Cells.Select(cell => cell.Trim())], names = [.. rows[1].Cells.Select(cell => cell.Trim())];
        var fhir = Array.IndexOf(above, "HL7 FHIR");
        if (fhir < 0) throw builder.Fault("the first line has no 'HL7 FHIR', behind which the targets stand.", 1);
        int Left(string name) => Array.IndexOf(names, name, 0, Math.Min(fhir, names.Length));
        int Right(string name) => fhir < names.Length ? Array.IndexOf(names, name, fhir) : -1;
        var (code, text, system) = (Left("Code"), Left("Text"), Left("Code System"));
        var (target, display, targetSystem) = (Right("Code"), Right("Display"), Right("Code System"));
        if (code < 0 || target < 0) throw builder.Fault("the second line names no column Code on the left and on the right.", rows[1].Line);
        var comment = Array.FindIndex(above, cell => cell.StartsWith("Comment", StringComparison.OrdinalIgnoreCase));
        var conditions = Conditions.Select(condition => (At: Left(condition.Column), condition.Property)).Where(condition => condition.At >= 0).ToArray();
        var used = new HashSet<int>([code, text, system, target, display, targetSystem, comment, .. conditions.Select(condition => condition.At)]);
        foreach (var row in rows.Skip(2))
        {
            builder.Count();
            if (row.Fault is not null)
            {
                builder.Reject(row.Line, row.Fault, row.FaultColumn);
                continue;
            }
            if (Sheet.Trimmed(row, code) is not { } source)
            {
                builder.Reject(row.Line, "the v2 code is missing.", code + 1);
                continue;
            }
            var others = Enumerable.Range(0, row.Cells.Length).Where(at => !used.Contains(at) && Sheet.Trimmed(row, at) is not null)
                .Select(at => new KeyValuePair<string, string>(names.ElementAtOrDefault(at) is { Length: > 0 } name ? name : above.ElementAtOrDefault(at) is { Length: > 0 } head ? head : $"column {at + 1}", Sheet.Trimmed(row, at)!)).ToArray();
            var dependsOn = conditions.Where(condition => Sheet.Trimmed(row, condition.At) is not null).Select(condition => new MapDependency(condition.Property, null, Sheet.Trimmed(row, condition.At)!)).ToArray();
            var found = Sheet.Trimmed(row, target);
            if (found is not null && (Sheet.Trimmed(row, targetSystem) ?? options.TargetSystem) is null)
            {
                builder.Reject(row.Line, "the code system of the target is missing.", targetSystem + 1);
                continue;
            }
            if (found is not null) builder.Lose("relationship", "The file does not say how source stands to target; related-to was taken.");
            if (found is null && dependsOn.Length > 0) builder.Lose("dependsOn", "A condition under which there is no target has no place in a row.");
            builder.Add(new()
            {
                System = options.SourceSystem ?? SystemOf(Sheet.Trimmed(row, system)),
                Code = source,
                Display = Sheet.Trimmed(row, text),
                Context = found is null ? others : [],
                Content = found is null ? RowContent.Empty : new()
                {
                    Targets =
                    [
                        new()
                        {
                            System = options.TargetSystem ?? Sheet.Trimmed(row, targetSystem)!, Code = found, Display = Sheet.Trimmed(row, display), Relationship = MapRelationship.RelatedTo, Comment = Sheet.Trimmed(row, comment),
                            DependsOn = dependsOn, Properties = others,
                        },
                    ],
                },
                Comment = found is null ? Sheet.Trimmed(row, comment) : null,
                Line = row.Line,
            });
        }
        return builder.Done(new() { Lines = [] });
    }

    /// <summary><c>HL70004</c> is table 0004.</summary>
    private static string? SystemOf(string? name) => name is not null && Table().Match(name) is { Success: true } match ? $"http://terminology.hl7.org/CodeSystem/v2-{match.Groups[1].Value}" : name;

    [GeneratedRegex(@"^HL7(\d{4})$")]
    private static partial Regex Table();
}

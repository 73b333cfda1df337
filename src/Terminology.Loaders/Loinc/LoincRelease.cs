using Terminology.CodeSystems;
using Terminology.Loaders.Input;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders.Loinc;

/// <summary>Reads a LOINC release: the table first, whose codes count before those of accessory files.</summary>
internal sealed class LoincRelease(ReleaseFile table, IReadOnlyList<(ReleaseFile File, LoincContent Content)> accessories, ImportOptions options) : RecognisedRelease
{
    public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        report.Progress.TotalBytes = table.Length + accessories.Sum(item => item.File.Length);
        var (hasParts, hasLinks) = (Has(LoincContent.Part), Has(LoincContent.PartLink));
        sink.Begin(info with { CodeSystem = info.CodeSystem! with { Version = info.Id.Version, Properties = Properties(hasLinks, hasParts || hasLinks) } });
        var writer = new LoincWriter(sink);
        var terms = new LoincTable(table, writer, hasLinks, options.Encoding);
        terms.Read(report, cancel);
        var (parts, answers, panels, groups, variants) = (new LoincParts(writer), new LoincAnswers(writer), new LoincPanels(writer), new LoincGroups(writer), new LoincVariants(writer));
        foreach (var (file, content) in accessories.OrderBy(item => item.Content))
        {
            using var rows = new CsvRows(file, report, options.Encoding);
            report.Progress.Bytes += file.Length;
            var (column, row) = Reader(content);
            while (rows.Read())
            {
                if (rows.Counts.Read % 4096 == 0) cancel.ThrowIfCancellationRequested();
                if (rows[column] is { Length: > 0 } code) row(code);
                else rows.Reject(column, $"{column} is empty.");
            }

            (string Column, Action<string> Row) Reader(LoincContent content)
            {
                var language = variants.LanguageOf(file);
                return content switch
                {
                    LoincContent.Part => ("PartNumber", code => parts.Part(rows, code)),
                    LoincContent.PartLink => ("LoincNumber", code => parts.Link(rows, code)),
                    LoincContent.AnswerList => ("AnswerListId", code => answers.Answers(rows, code)),
                    LoincContent.AnswerListLink => ("LoincNumber", code => answers.Link(rows, code)),
                    LoincContent.Hierarchy => ("CODE", code => Place(writer, rows, code)),
                    LoincContent.Panels => ("ParentLoinc", code => panels.Row(rows, code)),
                    LoincContent.ParentGroups => ("ParentGroupId", code => groups.ParentGroup(rows, code)),
                    LoincContent.Groups => ("GroupId", code => groups.Group(rows, code)),
                    LoincContent.GroupTerms => ("LoincNumber", code => groups.Term(rows, code)),
                    LoincContent.Variants => ("ISO_LANGUAGE", code => variants.Language(rows, code)),
                    LoincContent.VariantTerms => ("LOINC_NUM", code => variants.Term(rows, code, language)),
                    LoincContent.ConsumerNames => ("LoincNumber", code => writer.Name(code, rows["ConsumerName"], LoincNames.Consumer, 40)),
                    _ => ("LOINC", code => Replaced(writer, rows, code)),
                };
            }
        }
        parts.Classify(terms.Classes);
        answers.Finish();
        panels.Finish();
        WriteReplacements(sink, info);
    }

    private readonly Dictionary<string, List<MapTarget>> _replacements = new(StringComparer.OrdinalIgnoreCase);

    private bool Has(LoincContent content) => accessories.Any(item => item.Content == content);

    /// <summary>The properties that FHIR defines for LOINC, with those of accessory files. Axes are codings of parts when the release has parts, else text.</summary>
    private static PropertyDefinition[] Properties(bool hasLinks, bool hasParts) =>
    [
        .. LoincNames.Axes.Select(axis => Defined(axis, hasLinks ? PropertyType.Coding : PropertyType.String)),
        Defined("CLASS", hasParts ? PropertyType.Coding : PropertyType.String),
        .. LoincTable.Columns.Select(column => Defined(column, PropertyType.String)),
        Defined("MAP_TO", PropertyType.Coding), Defined("answer-list", PropertyType.Coding), Defined("answers-for", PropertyType.Coding), Defined("answer", PropertyType.Coding),
        Defined("PartTypeName", PropertyType.String), Defined("has-member", PropertyType.Coding), Defined("member-of", PropertyType.Coding), Defined("group", PropertyType.Coding),
    ];

    private static PropertyDefinition Defined(string code, PropertyType type) => new(code, type, $"http://loinc.org/property/{code}");

    /// <summary>Component hierarchy, and the multiaxial one before it, which has the same columns.</summary>
    private static void Place(LoincWriter writer, CsvRows rows, string code)
    {
        if (writer.Concept(code, ConceptFlags.Abstract)) writer.Name(code, rows["CODE_TEXT"], DesignationUses.Display, 0);
        if (rows["IMMEDIATE_PARENT"] is { Length: > 0 } parent) writer.Parent(code, parent);
    }

    private void Replaced(LoincWriter writer, CsvRows rows, string code)
    {
        var target = rows["MAP_TO"];
        if (target.Length == 0)
        {
            rows.Reject("MAP_TO", "MAP_TO is empty.");
            return;
        }
        if (!_replacements.TryGetValue(code, out var targets)) _replacements[code] = targets = [];
        targets.Add(new() { Code = target, Relationship = MapRelationship.RelatedTo, Comment = rows["COMMENT"] is { Length: > 0 } comment ? comment : null });
        writer.Value(code, "MAP_TO", target, PropertyType.Coding);
    }

    /// <summary>One replacement without a comment stands for the term; several, or one with a condition, do not.</summary>
    private void WriteReplacements(IReleaseSink sink, ReleaseInfo info)
    {
        if (!Has(LoincContent.MapTo)) return;
        var system = new VersionedUrl(CodeSystemUri.Loinc.Value, info.Id.Version);
        var map = sink.Map(new()
        {
            Url = "http://loinc.org?fhir_cm=map-to",
            Version = info.Id.Version,
            Name = "LOINC_MapTo",
            Title = "LOINC: replacements of deprecated terms",
            Publisher = "Regenstrief Institute, Inc.",
            Copyright = LoincLoader.Copyright,
            Groups = [new(system, system)],
        });
        foreach (var (code, targets) in _replacements)
        {
            sink.MapElement(map, 0, new(code, targets is [{ Comment: null } only] ? [only with { Relationship = MapRelationship.Equivalent }] : targets));
        }
    }
}

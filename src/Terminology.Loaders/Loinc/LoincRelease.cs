using System.Text;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders.Loinc;

/// <summary>Reads a LOINC release: terms first, so that accessory rows about unknown terms can be told.</summary>
internal sealed class LoincRelease(ReleaseFile table, IReadOnlyList<(ReleaseFile File, LoincContent Content)> accessories, ImportOptions options) : RecognisedRelease
{
    private static readonly string[] Axes = ["COMPONENT", "PROPERTY", "TIME_ASPCT", "SYSTEM", "SCALE_TYP", "METHOD_TYP"];

    /// <summary>Columns that become properties under their own name.</summary>
    private static readonly string[] Columns =
    [
        "CLASS", "STATUS", "CLASSTYPE", "ORDER_OBS", "EXAMPLE_UNITS", "EXAMPLE_UCUM_UNITS", "UNITSREQUIRED", "FORMULA", "EXMPL_ANSWERS", "SURVEY_QUEST_TEXT", "SURVEY_QUEST_SRC",
        "HL7_FIELD_SUBFIELD_ID", "HL7_ATTACHMENT_STRUCTURE", "EXTERNAL_COPYRIGHT_NOTICE", "EXTERNAL_COPYRIGHT_LINK", "STATUS_REASON", "STATUS_TEXT", "CHANGE_REASON_PUBLIC", "CHNG_TYPE",
        "COMMON_TEST_RANK", "COMMON_ORDER_RANK", "COMMON_SI_TEST_RANK", "PanelType", "AskAtOrderEntry", "AssociatedObservations", "VersionLastChanged", "VersionFirstReleased",
        "ValidHL7AttachmentRequest", "RANK",
    ];

    private static readonly (string Column, Coding Use, byte Rank)[] Names =
    [
        ("LONG_COMMON_NAME", Use("LONG_COMMON_NAME", "Long common name"), 0),
        ("LONGNAME", Use("LONG_COMMON_NAME", "Long common name"), 0),
        ("DisplayName", Use("DisplayName", "Display name"), 20),
        ("SHORTNAME", Use("SHORTNAME", "Short name"), 30),
        ("CONSUMER_NAME", Use("ConsumerName", "Consumer name"), 40),
    ];

    private static readonly Coding FullName = Use("FullySpecifiedName", "Fully specified name"), Related = Use("RELATEDNAMES2", "Related names"), Variant = Use("LinguisticVariant", "Linguistic variant");

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        report.Progress.TotalBytes = table.Length + accessories.Sum(item => item.File.Length);
        sink.Begin(info with { CodeSystem = info.CodeSystem! with { Version = info.Id.Version, Properties = Properties() } });
        var hasLinks = accessories.Any(item => item.Content == LoincContent.PartLink);
        Terms(sink, report, hasLinks, cancel);
        foreach (var (file, content) in accessories.OrderBy(item => item.Content))
        {
            cancel.ThrowIfCancellationRequested();
            if (content is LoincContent.VariantTerms or LoincContent.Variants) continue;
            using var rows = new CsvRows(file, report, options.Encoding);
            report.Progress.Bytes += file.Length;
            switch (content)
            {
                case LoincContent.Part:
                    Each(rows, "PartNumber", code => Concept(sink, code, rows["PartDisplayName"] is { Length: > 0 } shown ? shown : rows["PartName"], rows["Status"], ("PartTypeName", rows["PartTypeName"])), cancel);
                    break;
                case LoincContent.PartLink:
                    Each(rows, "LoincNumber", code => Value(sink, code, Link(rows), PropertyType.Code, rows["PartNumber"]), cancel);
                    break;
                case LoincContent.AnswerList:
                    Each(rows, "AnswerListId", code => Answer(sink, rows, code), cancel);
                    break;
                case LoincContent.AnswerListLink:
                    Each(rows, "LoincNumber", code => Value(sink, code, "answer-list", PropertyType.Code, rows["AnswerListId"]), cancel);
                    break;
                case LoincContent.Hierarchy:
                    Each(rows, "CODE", code => Place(sink, rows, code), cancel);
                    break;
                case LoincContent.Panels:
                    Each(rows, "ParentLoinc", code =>
                    {
                        if (rows["Loinc"] is { Length: > 0 } member && !member.Equals(code, StringComparison.OrdinalIgnoreCase)) Value(sink, code, "has-member", PropertyType.Code, member);
                    }, cancel);
                    break;
                case LoincContent.Groups:
                    Each(rows, "GroupId", code => Concept(sink, code, rows["Group"], rows["Status"], ("ParentGroupId", rows["ParentGroupId"])), cancel);
                    break;
                case LoincContent.GroupTerms:
                    Each(rows, "LoincNumber", code => Value(sink, code, "group", PropertyType.Code, rows["GroupId"]), cancel);
                    break;
                case LoincContent.ConsumerNames:
                    Each(rows, "LoincNumber", code => Name(sink, code, rows["ConsumerName"], "en", Names[4].Use, 40), cancel);
                    break;
                case LoincContent.MapTo:
                    MapTo(sink, rows, info, cancel);
                    break;
            }
        }
        Variants(sink, report, cancel);
    }

    private static PropertyDefinition[] Properties() =>
    [
        .. Axes.Select(axis => new PropertyDefinition(axis, PropertyType.Code, $"http://loinc.org/property/{axis}")),
        .. Columns.Select(column => new PropertyDefinition(column, PropertyType.String, $"http://loinc.org/property/{column}")),
        new("PartTypeName", PropertyType.String), new("answer-list", PropertyType.Code, "http://loinc.org/property/answer-list"), new("has-member", PropertyType.Code), new("group", PropertyType.Code),
        new("ParentGroupId", PropertyType.String), new("MAP_TO", PropertyType.Code, "http://loinc.org/property/MAP_TO"),
    ];

    private void Terms(IReleaseSink sink, LoadReport report, bool hasLinks, CancellationToken cancel)
    {
        using var rows = new CsvRows(table, report, options.Encoding);
        report.Progress.Bytes += table.Length;
        var lines = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var damaged = new List<(long Line, string Text, string Code)>();
        while (rows.Read())
        {
            if (rows.Counts.Read % 4096 == 0) cancel.ThrowIfCancellationRequested();
            if (Number(rows) is not { } code) continue;
            if (code != rows["LOINC_NUM"])
            {
                damaged.Add((rows.Line, rows["LOINC_NUM"], code));
                continue;
            }
            if (!lines.TryAdd(code, rows.Line))
            {
                rows.Reject("LOINC_NUM", $"the code {code} stands in line {lines[code]} already; the first row counts.");
                continue;
            }
            Term(sink, rows, code, hasLinks);
        }
        Restore(sink, rows.Counts, damaged, lines, hasLinks);
    }

    /// <summary>Rows whose code was put right come after the sound ones, which win.</summary>
    private void Restore(IReleaseSink sink, FileReport counts, List<(long Line, string Text, string Code)> damaged, Dictionary<string, long> lines, bool hasLinks)
    {
        if (damaged.Count == 0) return;
        var byLine = damaged.ToDictionary(row => row.Line);
        using var again = new CsvRows(table, new LoadReport(), options.Encoding);
        while (again.Read())
        {
            if (!byLine.TryGetValue(again.Line, out var row)) continue;
            if (lines.TryAdd(row.Code, row.Line)) Term(sink, again, row.Code, hasLinks);
            else counts.Reject(row.Line, $"'{row.Text}' is {row.Code}, which stands in line {lines[row.Code]} already; that row counts.", 1);
        }
    }

    /// <summary>The code of a row; a wrong check digit is told and kept, a date made by a spreadsheet is put right only where the check digit proves it.</summary>
    private static string? Number(CsvRows rows)
    {
        var code = rows["LOINC_NUM"];
        if (LoincNumber.HasRightCheckDigit(code)) return code;
        var proven = LoincNumber.FromSpreadsheetDate(code, out var isDate);
        if (isDate && proven is not null)
        {
            rows.Counts.Warn(rows.Line, $"'{code}' is a LOINC code that a spreadsheet turned into a date; its check digit proves {proven}, which is used.", 1);
            return proven;
        }
        if (isDate)
        {
            rows.Reject("LOINC_NUM", $"'{code}' is a LOINC code that a spreadsheet turned into a date, and the check digit does not prove which; put it right in the file.");
            return null;
        }
        if (!LoincNumber.HasForm(code))
        {
            rows.Reject("LOINC_NUM", $"'{code}' is no LOINC code (digits, hyphen, check digit).");
            return null;
        }
        rows.Counts.Warn(rows.Line, $"the check digit of {code} is wrong; the code is kept as released.", 1);
        return code;
    }

    private void Term(IReleaseSink sink, CsvRows rows, string code, bool hasLinks)
    {
        var status = rows["STATUS"];
        _known.Add(code);
        var key = Utf8(code);
        sink.Concept(new() { Code = key, Flags = Flags(status) });
        foreach (var (column, use, rank) in Names) Name(sink, code, rows[column], "en", use, rank);
        var axes = Axes.Select(axis => rows[axis]).ToArray();
        if (axes[0].Length > 0) Name(sink, code, string.Join(':', axes).TrimEnd(':'), "en", FullName, 60);
        foreach (var related in rows["RELATEDNAMES2"].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) Name(sink, code, related, "en", Related, 200);
        if (rows["DefinitionDescription"] is { Length: > 0 } definition) Name(sink, code, definition, "en", DesignationUses.Definition, 255);
        if (!hasLinks)
        {
            for (var i = 0; i < Axes.Length; i++) Value(sink, code, Axes[i], PropertyType.Code, axes[i]);
        }
        foreach (var column in Columns) Value(sink, code, column, PropertyType.String, rows[column]);
    }

    private static ConceptFlags Flags(string status) => status.ToUpperInvariant() switch
    {
        "DEPRECATED" or "DISCOURAGED" => ConceptFlags.Deprecated,
        "INACTIVE" => ConceptFlags.Inactive,
        _ => ConceptFlags.None,
    };

    private void Concept(IReleaseSink sink, string code, string name, string status, (string Name, string Value) property)
    {
        if (_known.Add(code)) sink.Concept(new() { Code = Utf8(code), Flags = Flags(status) });
        Name(sink, code, name, "en", DesignationUses.Display, 0);
        Value(sink, code, property.Name, PropertyType.String, property.Value);
    }

    private void Answer(IReleaseSink sink, CsvRows rows, string list)
    {
        if (_known.Add(list))
        {
            sink.Concept(new() { Code = Utf8(list), Flags = ConceptFlags.Abstract });
            Name(sink, list, rows["AnswerListName"], "en", DesignationUses.Display, 0);
        }
        var answer = rows["AnswerStringId"];
        if (answer.Length == 0) return;
        if (_known.Add(answer)) sink.Concept(new() { Code = Utf8(answer) });
        Name(sink, answer, rows["DisplayText"], "en", DesignationUses.Display, 0);
        Value(sink, answer, "Score", PropertyType.String, rows["Score"]);
        Parent(sink, answer, list);
    }

    private void Place(IReleaseSink sink, CsvRows rows, string code)
    {
        if (_known.Add(code))
        {
            sink.Concept(new() { Code = Utf8(code), Flags = ConceptFlags.Abstract });
            Name(sink, code, rows["CODE_TEXT"], "en", DesignationUses.Display, 0);
        }
        if (rows["IMMEDIATE_PARENT"] is { Length: > 0 } parent) Parent(sink, code, parent);
    }

    /// <summary>Primary links carry the six axes; the others are properties of their own names.</summary>
    private static string Link(CsvRows rows)
    {
        var property = rows["Property"] is { Length: > 0 } uri ? uri[(uri.LastIndexOf('/') + 1)..] : rows["PartTypeName"];
        return rows["LinkTypeName"] is "Primary" or "" ? property : $"{property}-{rows["LinkTypeName"]}";
    }

    private static void MapTo(IReleaseSink sink, CsvRows rows, ReleaseInfo info, CancellationToken cancel)
    {
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
        var elements = new Dictionary<string, List<MapTarget>>(StringComparer.Ordinal);
        Each(rows, "LOINC", code =>
        {
            if (!elements.TryGetValue(code, out var targets)) elements[code] = targets = [];
            targets.Add(new() { Code = rows["MAP_TO"], Relationship = MapRelationship.RelatedTo, Comment = rows["COMMENT"] is { Length: > 0 } comment ? comment : null });
            Value(sink, code, "MAP_TO", PropertyType.Code, rows["MAP_TO"]);
        }, cancel);
        // One replacement without a comment stands for the term; several, or one with a condition, do not.
        foreach (var (code, targets) in elements) sink.MapElement(map, 0, new(code, targets.Count == 1 && targets[0].Comment is null ? [targets[0] with { Relationship = MapRelationship.Equivalent }] : targets));
    }

    private void Variants(IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        var languages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, _) in accessories.Where(item => item.Content == LoincContent.Variants))
        {
            using var rows = new CsvRows(file, report, options.Encoding);
            while (rows.Read()) languages[$"{rows["ISO_LANGUAGE"]}{rows["ISO_COUNTRY"]}{rows["ID"]}LinguisticVariant.csv"] = $"{rows["ISO_LANGUAGE"]}-{rows["ISO_COUNTRY"]}";
        }
        foreach (var (file, _) in accessories.Where(item => item.Content == LoincContent.VariantTerms))
        {
            var name = file.UnpackedName;
            var language = languages.TryGetValue(name, out var listed) ? listed : name.Length > 4 ? $"{name[..2]}-{name[2..4]}" : "und";
            using var rows = new CsvRows(file, report, options.Encoding);
            report.Progress.Bytes += file.Length;
            Each(rows, "LOINC_NUM", code =>
            {
                Name(sink, code, rows["LONG_COMMON_NAME"], language, Names[0].Use, 110);
                Name(sink, code, rows["LinguisticVariantDisplayName"], language, Variant, 115);
                Name(sink, code, rows["SHORTNAME"], language, Names[3].Use, 120);
                var axes = Axes.Select(axis => rows[axis]).ToArray();
                if (axes[0].Length > 0) Name(sink, code, string.Join(':', axes).TrimEnd(':'), language, FullName, 130);
                foreach (var related in rows["RELATEDNAMES2"].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) Name(sink, code, related, language, Related, 200);
            }, cancel);
        }
    }

    private static void Each(CsvRows rows, string column, Action<string> row, CancellationToken cancel)
    {
        while (rows.Read())
        {
            if (rows.Counts.Read % 4096 == 0) cancel.ThrowIfCancellationRequested();
            var code = rows[column];
            if (code.Length == 0) rows.Reject(column, $"{column} is empty.");
            else row(code);
        }
    }

    private static void Name(IReleaseSink sink, string code, string text, string language, Coding use, byte rank)
    {
        if (text.Length > 0) sink.Designation(new() { Concept = Utf8(code), Value = Utf8(text), Use = use, Language = language, Active = true, DisplayRank = rank });
    }

    private static void Value(IReleaseSink sink, string code, string property, PropertyType type, string value)
    {
        if (value.Length > 0) sink.Property(new() { Concept = Utf8(code), Property = Utf8(property), Type = type, Value = Utf8(value), Active = true });
    }

    private static void Parent(IReleaseSink sink, string code, string parent) => sink.Relationship(new() { Source = Utf8(code), Type = "parent"u8, Target = Utf8(parent), Active = true });

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static Coding Use(string code, string display) => new(CodeSystemUri.Loinc.Value, code, null, display);
}

using Terminology.CodeSystems;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Loinc;

/// <summary>Loinc.csv: one term in a row, by column name.</summary>
/// <param name="file">The table.</param>
/// <param name="writer">Where to push.</param>
/// <param name="hasLinks">Are the axes known as parts? Else their texts are kept.</param>
/// <param name="encoding">Encoding of text that is not UTF-8, or null.</param>
internal sealed class LoincTable(ReleaseFile file, LoincWriter writer, bool hasLinks, string? encoding)
{
    /// <summary>Columns that become properties under their own name.</summary>
    public static readonly string[] Columns =
    [
        "STATUS", "CLASSTYPE", "ORDER_OBS", "EXAMPLE_UNITS", "EXAMPLE_UCUM_UNITS", "UNITSREQUIRED", "FORMULA", "EXMPL_ANSWERS", "SURVEY_QUEST_TEXT", "SURVEY_QUEST_SRC",
        "HL7_FIELD_SUBFIELD_ID", "HL7_ATTACHMENT_STRUCTURE", "EXTERNAL_COPYRIGHT_NOTICE", "EXTERNAL_COPYRIGHT_LINK", "STATUS_REASON", "STATUS_TEXT", "CHANGE_REASON_PUBLIC", "CHNG_TYPE",
        "COMMON_TEST_RANK", "COMMON_ORDER_RANK", "COMMON_SI_TEST_RANK", "PanelType", "AskAtOrderEntry", "AssociatedObservations", "VersionLastChanged", "VersionFirstReleased",
        "ValidHL7AttachmentRequest", "RANK",
    ];

    private readonly Dictionary<string, long> _lines = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The class of each term, as the table writes it.</summary>
    public List<(string Code, string Class)> Classes { get; } = [];

    public void Read(LoadReport report, CancellationToken cancel)
    {
        using var rows = new CsvRows(file, report, encoding);
        report.Progress.Bytes += file.Length;
        var damaged = new Dictionary<long, (string Text, string Code)>();
        while (rows.Read())
        {
            if (rows.Counts.Read % 4096 == 0) cancel.ThrowIfCancellationRequested();
            if (Number(rows) is not { } code) continue;
            if (code != rows["LOINC_NUM"])
            {
                damaged.Add(rows.Line, (rows["LOINC_NUM"], code));
                continue;
            }
            if (!_lines.TryAdd(code, rows.Line))
            {
                rows.Reject("LOINC_NUM", $"the code {code} stands in line {_lines[code]} already; the first row counts.");
                continue;
            }
            Term(rows, code);
        }
        Restore(rows.Counts, damaged);
    }

    /// <summary>Rows whose code was put right come after the sound ones, which win.</summary>
    private void Restore(FileReport counts, Dictionary<long, (string Text, string Code)> damaged)
    {
        if (damaged.Count == 0) return;
        using var again = new CsvRows(file, new LoadReport(), encoding);
        while (again.Read())
        {
            if (!damaged.TryGetValue(again.Line, out var row)) continue;
            var found = $"'{row.Text}' is a LOINC code that a spreadsheet turned into a date; its check digit proves {row.Code}";
            if (_lines.TryAdd(row.Code, again.Line))
            {
                counts.Warn(again.Line, $"{found}, which is used.", 1);
                Term(again, row.Code);
            }
            else
            {
                counts.Reject(again.Line, $"{found}, which stands in line {_lines[row.Code]} already; that row counts.", 1);
            }
        }
    }

    /// <summary>The code of a row; a wrong check digit is told and kept, a date made by a spreadsheet is put right only where the check digit proves it.</summary>
    private static string? Number(CsvRows rows)
    {
        var code = rows["LOINC_NUM"];
        if (LoincNumber.HasRightCheckDigit(code)) return code;
        var proven = LoincNumber.FromSpreadsheetDate(code, out var isDate);
        if (isDate && proven is not null) return proven;
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

    private void Term(CsvRows rows, string code)
    {
        writer.Concept(code, LoincWriter.Flags(rows["STATUS"]));
        foreach (var (column, use, rank) in LoincNames.OfTerm) writer.Name(code, rows[column], use, rank);
        var axes = LoincNames.Axes.Select(axis => rows[axis]).ToArray();
        writer.Name(code, LoincNames.FullName(axes), LoincNames.Full, 60);
        foreach (var related in LoincNames.Split(rows["RELATEDNAMES2"])) writer.Name(code, related, LoincNames.Related, 200);
        writer.Name(code, rows["DefinitionDescription"], DesignationUses.Definition, 255);
        if (!hasLinks)
        {
            for (var i = 0; i < axes.Length; i++) writer.Value(code, LoincNames.Axes[i], axes[i]);
        }
        foreach (var column in Columns) writer.Value(code, column, rows[column]);
        if (rows["CLASS"] is { Length: > 0 } name) Classes.Add((code, name));
    }
}

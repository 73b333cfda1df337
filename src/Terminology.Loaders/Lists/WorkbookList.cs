using System.Globalization;
using System.IO.Compression;
using System.Xml;
using MiniExcelLibs;
using Terminology.Issues;
using Terminology.Mapping.Lists;

namespace Terminology.Loaders.Lists;

/// <summary>A list as a sheet of a workbook (.xlsx); every cell becomes text as the file has its value, days as <c>2025-09-01</c>.</summary>
internal static class WorkbookList
{
    private const long MostBytes = 2L << 30;
    private const int SampleRows = 200;

    public static ReadList Read(Func<Stream> open, string name, ListRecipe recipe, CancellationToken cancel)
    {
        // Seeks back and forth; a stream that cannot is held in memory.
        using var stream = Seekable(open);
        try
        {
            Check(stream, name);
            var sheets = MiniExcel.GetSheetNames(stream);
            if (sheets.Count == 0) throw new ReleaseFormat("the workbook has no sheet.", name);
            if (recipe.Sheet is { } named && !sheets.Contains(named)) throw new ReleaseFormat($"the workbook has no sheet '{named}'; its sheets are {string.Join(", ", sheets)}.", name);
            var notes = new List<string>();
            var sheet = recipe.Sheet ?? Choose(stream, sheets, notes);
            return Read(stream, sheet, name, recipe, notes, cancel);
        }
        catch (Exception problem) when (problem is InvalidDataException or XmlException or KeyNotFoundException or FormatException or NullReferenceException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new ReleaseFormat($"the file is no workbook that can be read ({problem.Message}); save it again as .xlsx or CSV.", name);
        }
    }

    private static ReadList Read(Stream stream, string sheet, string name, ListRecipe recipe, List<string> notes, CancellationToken cancel)
    {
        var sample = Rows(stream, sheet).Take(SampleRows).Where(row => !IsBlank(row)).ToList();
        if (sample.Count == 0) throw new ReleaseFormat($"the sheet '{sheet}' is empty.", name);
        var headerLines = recipe.HeaderLines ?? TextSniffer.HeaderLinesOf(sample);
        if (headerLines is < 0 or > 2) throw new ReleaseFormat("a list has 0, 1 or 2 header lines.", name);
        var width = sample.Max(row => row.Count);
        while (width > 1 && sample.TrueForAll(row => row.Count < width || string.IsNullOrWhiteSpace(row[width - 1]))) width--;
        var columns = ListBuilder.Names([.. sample.Take(headerLines)], width);
        var builder = new ListBuilder(columns, name);
        var (line, left) = (0, headerLines);
        foreach (var row in Rows(stream, sheet))
        {
            line++;
            if ((line & 0x3FF) == 0) cancel.ThrowIfCancellationRequested();
            if (IsBlank(row)) builder.Blank(1);
            else if (left > 0)
            {
                builder.Header(1, 1);
                left--;
            }
            else builder.Row(line, 1, row.Count < width ? [.. row, .. Enumerable.Repeat("", width - row.Count)] : row, string.Join('\t', row), null);
        }
        return new(builder.Table(), recipe with { HeaderLines = headerLines, Sheet = sheet }, notes);
    }

    /// <summary>The first sheet with a header that is known and rows below; else the one with most cells in its first rows.</summary>
    private static string Choose(Stream stream, List<string> sheets, List<string> notes)
    {
        if (sheets.Count == 1) return sheets[0];
        var best = (Score: -1, Sheet: sheets[0]);
        foreach (var sheet in sheets)
        {
            var rows = Rows(stream, sheet).Take(30).Where(row => !IsBlank(row)).ToList();
            var score = rows.Count < 2 ? 0 : rows.Sum(row => row.Count(cell => cell.Length > 0)) + (rows.Take(2).Max(row => row.Count(ColumnWords.IsName)) * 1000);
            if (score > best.Score) best = (score, sheet);
        }
        notes.Add($"Of the sheets {string.Join(", ", sheets)} '{best.Sheet}' looks most like a list.");
        return best.Sheet;
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(Stream stream, string sheet)
    {
        stream.Position = 0;
        foreach (IDictionary<string, object?> row in MiniExcel.Query(stream, useHeaderRow: false, sheetName: sheet, excelType: ExcelType.XLSX)) yield return [.. row.Values.Select(Text)];
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        double number when Math.Abs(number) < 1e19 && number == Math.Floor(number) => ((decimal)number).ToString(CultureInfo.InvariantCulture),
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static bool IsBlank(IReadOnlyList<string> row) => row.All(string.IsNullOrWhiteSpace);

    private static void Check(Stream stream, string name)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Sum(entry => entry.Length) > MostBytes) throw new ReleaseFormat("the workbook unpacks to more than 2 GB; save the sheet as CSV.", name);
    }

    private static Stream Seekable(Func<Stream> open)
    {
        var stream = open();
        if (stream.CanSeek) return stream;
        using (stream)
        {
            var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory;
        }
    }
}

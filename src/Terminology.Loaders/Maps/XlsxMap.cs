using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;
using MiniExcelLibs;
using Terminology.Issues;

namespace Terminology.Loaders.Maps;

/// <summary><see cref="TableMap"/> as a spreadsheet of Excel: the first sheet. Every cell is text, so that no code becomes a number or a date.</summary>
internal sealed partial class XlsxMap : TableMap
{
    /// <summary>Excel keeps fifteen digits of a number: a longer code that was typed as a number is another code.</summary>
    private const double MostExact = 1e15;

    private static readonly DateTimeOffset FileTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override string Name => "xlsx";

    public override string Title => "XLSX";

    internal override bool Recognises(MapFileStart start) => start.Bytes.Span.StartsWith("PK\x03\x04"u8) && start.Name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase);

    protected override Sheet Open(Stream stream, MapFormatOptions options, MapBuilder builder)
    {
        var rows = new List<SheetRow>();
        using var buffer = new MemoryStream(MapText.Bytes(stream));
        try
        {
            var line = 0;
            foreach (IDictionary<string, object?> row in buffer.Query(useHeaderRow: false, excelType: ExcelType.XLSX))
            {
                line++;
                var cells = row.Values.Select(Text).ToArray();
                if (cells.All(cell => cell.Length == 0)) continue;
                var damaged = Array.FindIndex([.. row.Values], cell => cell is double number && Math.Abs(number) >= MostExact);
                rows.Add(damaged < 0 ? new(line, cells) : new(line, cells)
                {
                    Fault = "a number of more than fifteen digits: Excel has rounded it. Format the column as text and enter the code again.", FaultColumn = damaged + 1,
                });
            }
        }
        catch (Exception problem) when (problem is InvalidDataException or XmlException or KeyNotFoundException or NotSupportedException or NullReferenceException)
        {
            throw new ReleaseFormat($"this is not a spreadsheet that can be read ({problem.Message}); save it again as .xlsx.", options.File);
        }
        return new(rows, options, builder);
    }

    protected override void Save(IEnumerable<IEnumerable<string>> rows, Stream stream)
    {
        using var made = new MemoryStream();
        made.SaveAs(rows.Select(row => row.Select((cell, at) => (cell, at)).ToDictionary(pair => pair.at.ToString(CultureInfo.InvariantCulture), pair => (object)pair.cell)), printHeader: false, sheetName: "map");
        made.Position = 0;
        // The archive carries the time at which it was made, the workbook an id drawn by lot; one map has one file.
        using var from = new ZipArchive(made, ZipArchiveMode.Read);
        using var to = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in from.Entries)
        {
            var copy = to.CreateEntry(entry.FullName);
            copy.LastWriteTime = FileTime;
            using var source = new StreamReader(entry.Open());
            using var file = copy.Open();
            using var target = MapText.Writer(file);
            // XML readers make one line end of a carriage return; this is how Excel writes it.
            var text = source.ReadToEnd();
            target.Write(entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal) ? text.Replace("\r", "_x000D_", StringComparison.Ordinal) : DrawnId().Replace(text, "Rsheet1"));
        }
    }

    [GeneratedRegex("(?<=\")R[0-9a-f]{32}(?=\")")]
    private static partial Regex DrawnId();

    private static string Text(object? cell) => cell switch
    {
        null => "",
        string text => text,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool truth => truth ? "TRUE" : "FALSE",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}

using System.Globalization;
using System.Text;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Mapping.Lists;

namespace Terminology.Loaders.Lists;

/// <summary>A list as delimited text.</summary>
internal static class TextList
{
    private const int SampleLines = 400;

    public static ReadList Read(Func<Stream> open, string name, ListRecipe recipe, CancellationToken cancel)
    {
        var notes = new List<string>();
        var encoding = Encoding(open, name, recipe, notes);
        var start = Start(open, encoding);
        if (start.TrueForAll(string.IsNullOrWhiteSpace)) throw new ReleaseFormat("there is no text in the first lines of the file.", name);
        var delimiter = recipe.Delimiter ?? TextSniffer.DelimiterOf(start, recipe.Quote);
        if (recipe.Delimiter is null) notes.Add(delimiter is { } found ? $"{Word(found)} parts the lines into the most even columns." : "No delimiter parts the lines: they are one column.");
        // One column: what no line has.
        var separator = delimiter ?? "\t\u001F\0".First(candidate => !start.Exists(line => line.Contains(candidate)));
        var quote = recipe.Quote ?? TextSniffer.QuoteOf(start, separator);
        if (quote == separator) throw new ReleaseFormat("delimiter and quote are the same character.", name);
        var sample = Records(start, separator, quote);
        var headerLines = recipe.HeaderLines ?? TextSniffer.HeaderLinesOf(sample);
        if (headerLines is < 0 or > 2) throw new ReleaseFormat("a list has 0, 1 or 2 header lines.", name);
        if (recipe.HeaderLines is null) notes.Add(headerLines switch { 0 => "The first line is like those below it: there is no header.", 1 => "The first line names the columns.", _ => "The first two lines name the columns." });
        var header = sample.Take(headerLines).ToArray();
        var columns = ListBuilder.Names(header, Count(sample, headerLines));

        using var reader = new StreamReader(open(), encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        var records = new ListRecords(new ListLines(reader), separator, quote) { Columns = headerLines == 0 ? columns.Count : 0 };
        var builder = new ListBuilder(columns, name);
        for (var left = headerLines; records.Read();)
        {
            if ((records.Line & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
            if (records.IsBlank) builder.Blank(records.Lines);
            else if (left > 0)
            {
                builder.Header(1, records.Lines);
                left--;
            }
            else builder.Row(records.Line, records.Lines, records.Fields, records.Raw, records.Problem);
            if (left == 0) records.Columns = columns.Count;
        }
        return new(builder.Table(), recipe with { Encoding = recipe.Encoding ?? encoding.WebName, Delimiter = separator, Quote = quote, HeaderLines = headerLines }, notes);
    }

    private static Encoding Encoding(Func<Stream> open, string name, ListRecipe recipe, List<string> notes)
    {
        if (recipe.Encoding is { } named) return Encodings.Named(named, name);
        using var stream = open();
        var encoding = TextSniffer.EncodingOf(stream, out var note);
        notes.Add(note);
        return encoding;
    }

    private static List<string> Start(Func<Stream> open, Encoding encoding)
    {
        using var reader = new StreamReader(open(), encoding, detectEncodingFromByteOrderMarks: true, 1 << 14);
        var (lines, start) = (new ListLines(reader), new List<string>());
        while (start.Count < SampleLines && lines.Read(out var isTooLong) is { } line)
        {
            if (!isTooLong) start.Add(line);
        }
        return start;
    }

    private static List<IReadOnlyList<string>> Records(List<string> lines, char delimiter, char quote)
    {
        var (records, found) = (new ListRecords(lines, delimiter, quote), new List<IReadOnlyList<string>>());
        while (records.Read())
        {
            if (!records.IsBlank && records.Fields.Count > 0) found.Add([.. records.Fields]);
        }
        return found;
    }

    /// <summary>As many columns as the header names, without empty ones at its end; more where most rows have more.</summary>
    private static int Count(List<IReadOnlyList<string>> sample, int headerLines)
    {
        var named = 0;
        foreach (var record in sample.Take(headerLines)) named = Math.Max(named, Filled(record));
        var rows = sample.Skip(headerLines).ToArray();
        var usual = rows.Length == 0 ? 0 : rows.GroupBy(Filled).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key;
        if (headerLines == 0 && rows.Length > 0) usual = Math.Max(usual, rows.GroupBy(record => record.Count).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key);
        return Math.Max(1, Math.Max(named, usual));
    }

    private static int Filled(IReadOnlyList<string> record)
    {
        var count = record.Count;
        while (count > 0 && string.IsNullOrWhiteSpace(record[count - 1])) count--;
        return count;
    }

    private static string Word(char delimiter) => delimiter switch
    {
        ',' => "A comma",
        ';' => "A semicolon",
        '\t' => "A tab",
        '|' => "A vertical bar",
        _ => string.Create(CultureInfo.InvariantCulture, $"The character '{delimiter}'"),
    };
}

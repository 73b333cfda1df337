using System.Text;
using Terminology.Loaders.Input;
using Terminology.Mapping.Lists;

namespace Terminology.Loaders.Lists;

/// <summary>Finds out the encoding of a text, and the delimiter and quote of its rows.</summary>
internal static class TextSniffer
{
    /// <summary>Candidates, the likelier first.</summary>
    private static readonly char[] Delimiters = [',', ';', '\t', '|', '^', '~'];

    /// <summary>
    /// A byte order mark decides; else UTF-16 shows by its zero bytes; else it is UTF-8 when its bytes are, or nearly all of those beyond ASCII; else Windows-1252.
    /// Reads the whole stream.
    /// </summary>
    public static Encoding EncodingOf(Stream stream, out string note)
    {
        var buffer = new byte[1 << 17];
        var (carried, valid, invalid, first) = (0, 0L, 0L, true);
        while (true)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(carried), buffer.Length - carried, throwOnEndOfStream: false);
            var bytes = buffer.AsSpan(0, carried + read);
            if (first && Marked(bytes) is { } marked)
            {
                note = $"A byte order mark says {marked.WebName}.";
                return marked;
            }
            if (first && WideOf(bytes) is { } wide)
            {
                note = $"Every other byte is zero, so the text is read as {wide.WebName}.";
                return wide;
            }
            first = false;
            while (true)
            {
                var at = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (at < 0)
                {
                    bytes = [];
                    break;
                }
                bytes = bytes[at..];
                // A character that the buffer cuts waits for the rest of it.
                if (bytes.Length < 4 && read > 0) break;
                var ok = Rune.DecodeFromUtf8(bytes, out _, out var length) == System.Buffers.OperationStatus.Done;
                if (ok) valid++;
                else invalid++;
                bytes = bytes[length..];
            }
            if (read == 0) break;
            carried = bytes.Length;
            bytes.CopyTo(buffer);
        }
        if (invalid == 0)
        {
            note = valid == 0 ? "The text is plain ASCII, read as utf-8." : "All bytes are utf-8.";
            return Encoding.UTF8;
        }
        if (valid >= invalid * 4)
        {
            note = $"The text is utf-8 but for {invalid} bytes, which are lost; the rows are named.";
            return Encoding.UTF8;
        }
        note = "The text is not utf-8, so it is read as windows-1252.";
        return Encodings.Windows1252;
    }

    /// <summary>The delimiter by which the first lines fall into the most even columns; null when none parts them: the lines are one column.</summary>
    public static char? DelimiterOf(IReadOnlyList<string> lines, char? quote)
    {
        var best = (Score: 0.0, Delimiter: (char?)null);
        foreach (var delimiter in Delimiters)
        {
            var records = new ListRecords(lines, delimiter, quote ?? '"');
            var counts = new List<int>();
            while (records.Read())
            {
                if (!records.IsBlank && records.Problem is null) counts.Add(records.Fields.Count);
            }
            var groups = counts.GroupBy(count => count).Where(group => group.Key > 1).ToArray();
            if (groups.Length == 0) continue;
            var most = groups.MaxBy(group => group.Count() * Math.Log2(group.Key))!;
            // Commas in some names of a list of one column are no delimiter.
            if (most.Count() * 2 < counts.Count && counts[0] != most.Key) continue;
            var score = ((double)most.Count() / counts.Count * Math.Log2(most.Key + 1)) + (counts[0] == most.Key ? 0.5 : 0);
            if (score > best.Score) best = (score, delimiter);
        }
        return best.Delimiter;
    }

    /// <summary>The quote around fields: an apostrophe where that wraps fields and the double quote does not, else the double quote.</summary>
    public static char QuoteOf(IReadOnlyList<string> lines, char delimiter)
    {
        var (cells, quoted, single) = (0, 0, 0);
        foreach (var line in lines)
        {
            foreach (var cell in line.Split(delimiter))
            {
                cells++;
                var text = cell.Trim();
                if (text.Length < 2) continue;
                if (text[0] == '"' || text[^1] == '"') quoted++;
                else if (text[0] == '\'' && text[^1] == '\'') single++;
            }
        }
        return single > quoted && single >= 2 && single * 10 >= cells ? '\'' : '"';
    }

    /// <summary>How many of the first records are the header: 2 where group heads or a second language stand over the names, 0 where the first record is like those below.</summary>
    public static int HeaderLinesOf(IReadOnlyList<IReadOnlyList<string>> records)
    {
        if (records.Count == 0) return 0;
        if (records.Count > 1 && Names(records[1]) >= 2 && !records[1].Any(IsValue) && !records[0].Any(IsValue) && (HasGroups(records[0]) || Names(records[0]) >= 1) && (records.Count == 2 ? HasGroups(records[0]) : Names(records[1]) > Names(records[2]))) return 2;
        if (!IsLikeHeader(records[0])) return 0;
        var names = Names(records[0]);
        if (names >= 2 || names * 3 >= records[0].Count || records.Count == 1) return names > 0 || records.Count > 1 ? 1 : 0;
        return IsLikeRows(records) ? 0 : 1;
    }

    private static bool IsLikeHeader(IReadOnlyList<string> record)
    {
        var filled = record.Where(cell => cell.Trim().Length > 0).ToArray();
        return filled.Length > 0 && filled.Length * 2 >= record.Count && !filled.Any(IsValue) && filled.All(cell => cell.Length <= 100) && filled.Distinct(StringComparer.OrdinalIgnoreCase).Count() * 3 >= filled.Length * 2;
    }

    /// <summary>Does a cell of the first record come again below it, or has it digits where those below have?</summary>
    private static bool IsLikeRows(IReadOnlyList<IReadOnlyList<string>> records)
    {
        for (var column = 0; column < records[0].Count; column++)
        {
            var head = records[0][column].Trim();
            if (head.Length == 0) continue;
            var below = records.Skip(1).Where(record => record.Count > column).Select(record => record[column].Trim()).Where(cell => cell.Length > 0).ToArray();
            if (below.Length == 0) continue;
            if (below.Contains(head, StringComparer.OrdinalIgnoreCase)) return true;
            if (head.Any(char.IsAsciiDigit) && below.Count(cell => cell.Any(char.IsAsciiDigit)) * 5 >= below.Length * 4) return true;
        }
        return false;
    }

    private static bool HasGroups(IReadOnlyList<string> record)
    {
        var filled = record.Where(cell => cell.Trim().Length > 0).ToArray();
        return filled.Length > 0 && (filled.Length < record.Count || filled.Distinct(StringComparer.OrdinalIgnoreCase).Count() < filled.Length);
    }

    private static int Names(IReadOnlyList<string> record) => record.Count(ColumnWords.IsName);

    private static bool IsValue(string cell) => cell.Trim() is { Length: > 0 } text && !text.Any(char.IsLetter) && text.Any(char.IsAsciiDigit);

    private static Encoding? Marked(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF])) return Encoding.UTF8;
        if (bytes.StartsWith<byte>([0xFF, 0xFE])) return Encoding.Unicode;
        return bytes.StartsWith<byte>([0xFE, 0xFF]) ? Encoding.BigEndianUnicode : null;
    }

    private static Encoding? WideOf(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, 4096) & ~1;
        if (length < 8) return null;
        var (even, odd) = (0, 0);
        for (var i = 0; i < length; i += 2)
        {
            if (bytes[i] == 0) even++;
            if (bytes[i + 1] == 0) odd++;
        }
        if (odd * 2 > length * 0.7 && even * 20 < length) return Encoding.Unicode;
        return even * 2 > length * 0.7 && odd * 20 < length ? Encoding.BigEndianUnicode : null;
    }
}

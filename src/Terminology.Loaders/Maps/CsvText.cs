using System.Text;
using Terminology.Issues;

namespace Terminology.Loaders.Maps;

/// <summary>Rows of a table in text, RFC 4180 with any separator: fields as written, blanks and line breaks inside quotes included.</summary>
/// <remarks>Read by hand, over text that is in memory: a person who has to mend a map needs the line and the column of what is wrong, and texts must come back to the letter.</remarks>
internal static class CsvText
{
    /// <summary>Lines that one quoted field may span before it is taken for a missing quote.</summary>
    private const int MostLinesInField = 200;

    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>The separator that a header line has most of.</summary>
    public static char SeparatorOf(string header) => Separators.MaxBy(candidate => header.Count(character => character == candidate));

    /// <summary>The rows, with the one-based line on which each begins; empty lines are passed over.</summary>
    /// <exception cref="ReleaseFormat">A quote is never closed: names where it opens.</exception>
    public static IEnumerable<SheetRow> Read(string text, char separator, string file)
    {
        var (at, line, lineStart) = (0, 1, 0);
        var cells = new List<string>();
        string? fault = null;
        var faultColumn = 0;
        var rowLine = 1;
        while (at < text.Length)
        {
            if (text[at] == '"')
            {
                var (openLine, openColumn) = (line, at - lineStart + 1);
                var field = new StringBuilder();
                at++;
                while (true)
                {
                    if (at >= text.Length) throw new ReleaseFormat("a quote opens here and is never closed; close it, or write two quotes where one belongs to the text.", file, openLine, openColumn);
                    var character = text[at++];
                    if (character == '"')
                    {
                        if (at >= text.Length || text[at] != '"') break;
                        at++;
                    }
                    else if (character == '\n' || (character == '\r' && (at >= text.Length || text[at] != '\n')))
                    {
                        (line, lineStart) = (line + 1, at);
                        if (line - openLine > MostLinesInField)
                        {
                            throw new ReleaseFormat($"a quote opens here and is not closed within {MostLinesInField} lines; close it, or write two quotes where one belongs to the text.", file, openLine, openColumn);
                        }
                    }
                    field.Append(character);
                }
                if (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'))
                {
                    (fault, faultColumn) = (fault ?? "text stands behind a closing quote; write two quotes where one belongs to the text, and quote the whole field.", faultColumn == 0 ? cells.Count + 1 : faultColumn);
                    while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n')) field.Append(text[at++]);
                }
                cells.Add(field.ToString());
            }
            else
            {
                var from = at;
                while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n')) at++;
                cells.Add(text[from..at]);
            }
            if (at < text.Length && text[at] == separator)
            {
                at++;
                if (at < text.Length && text[at] is not ('\r' or '\n')) continue;
                cells.Add("");
            }
            if (at < text.Length)
            {
                at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
                (line, lineStart) = (line + 1, at);
            }
            if (cells.Any(cell => cell.Length > 0)) yield return new(rowLine, [.. cells]) { Fault = fault, FaultColumn = faultColumn };
            cells.Clear();
            (fault, faultColumn, rowLine) = (null, 0, line);
        }
    }

    /// <summary>One row, ended by CRLF as RFC 4180 has it unless told otherwise.</summary>
    public static void Write(TextWriter writer, IEnumerable<string> cells, char separator = ',', string end = "\r\n")
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first) writer.Write(separator);
            first = false;
            writer.Write(Quoted(cell, separator));
        }
        writer.Write(end);
    }

    private static string Quoted(string cell, char separator)
    {
        var needed = cell.Length > 0 && (char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1])) || cell.AsSpan().IndexOfAny(['"', '\r', '\n', separator]) >= 0;
        return needed ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }
}

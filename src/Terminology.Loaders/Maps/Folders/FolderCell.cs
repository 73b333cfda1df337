using System.Text;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>
/// A text in a cell of a line: line breaks and tabulators as <c>\n \r \t</c>, a backslash twice, so that a row is a line whatever it says; then guarded against spreadsheets that run
/// what looks like a formula.
/// </summary>
internal static class FolderCell
{
    public static string Write(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var escaped = new StringBuilder(text.Length + 4);
        foreach (var letter in text)
        {
            escaped.Append(letter switch { '\\' => @"\\", '\n' => @"\n", '\r' => @"\r", '\t' => @"\t", _ => null }).Append(letter is '\\' or '\n' or '\r' or '\t' ? "" : letter.ToString());
        }
        return FormulaGuard.Write(escaped.ToString());
    }

    public static string Read(string cell)
    {
        var text = FormulaGuard.Read(cell);
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var next = text[i] == '\\' && i + 1 < text.Length ? text[i + 1] : '\0';
            plain.Append(next switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '\\' => '\\', _ => text[i] });
            if (next is 'n' or 'r' or 't' or '\\') i++;
        }
        return plain.ToString();
    }
}

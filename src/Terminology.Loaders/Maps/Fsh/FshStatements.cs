namespace Terminology.Loaders.Maps.Fsh;

/// <summary>A keyword line or a rule of FSH, comments left out.</summary>
/// <param name="Line">One-based line on which it begins.</param>
/// <param name="Indent">Blanks before it.</param>
/// <param name="Text">From the keyword or the asterisk on.</param>
internal sealed record FshStatement(int Line, int Indent, string Text)
{
    /// <summary>Is it a rule?</summary>
    public bool IsRule => Text.StartsWith('*');
}

/// <summary>The statements of a text: each begins at the start of a line, with an asterisk or a keyword and a colon, and goes on to the next. What looks so inside a string does not count.</summary>
/// <remarks>FHIR Shorthand <see href="https://hl7.org/fhir/uv/shorthand/reference.html">language reference</see>.</remarks>
internal static class FshStatements
{
    public static IEnumerable<FshStatement> Of(string text, MapBuilder builder)
    {
        var (at, line, statement, start, indent) = (0, 1, new System.Text.StringBuilder(), 0, 0);
        while (at < text.Length)
        {
            if (IsStart(text, at, out var blanks, out var first))
            {
                if (start > 0) yield return new(start, indent, statement.ToString().TrimEnd());
                statement.Clear();
                (start, indent, at) = (line, blanks, first);
            }
            // One line, with the strings that begin on it.
            while (at < text.Length)
            {
                var ends = At(text, at, out var kind);
                if (ends < 0) throw builder.Fault(kind == '/' ? "a comment opens here and is never closed; close it with */." : "a string opens here and is never closed; close it, or put a backslash before a quote that belongs to the text.", line, 1);
                if (kind != '/') statement.Append(text, at, ends - at);
                line += text.AsSpan(at, ends - at).Count('\n');
                at = ends;
                if (kind == '\n') break;
            }
        }
        if (start > 0) yield return new(start, indent, statement.ToString().TrimEnd());
    }

    /// <summary>The end of the string, comment or character at a place; below 0 when it has none.</summary>
    private static int At(string text, int at, out char kind)
    {
        kind = text[at];
        var isFree = at == 0 || char.IsWhiteSpace(text[at - 1]);
        if (kind == '/' && isFree && text.AsSpan(at).StartsWith("//")) return text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
        if (kind == '/' && isFree && text.AsSpan(at).StartsWith("/*")) return text.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : -1;
        if (kind == '/') kind = ' ';
        if (kind != '"' || !(isFree || text[at - 1] is '#' or '=')) return at + 1;
        if (text.AsSpan(at).StartsWith("\"\"\"")) return text.IndexOf("\"\"\"", at + 3, StringComparison.Ordinal) is >= 0 and var last ? last + 3 : -1;
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '"') return at + 1;
        }
        return -1;
    }

    private static bool IsStart(string text, int at, out int indent, out int first)
    {
        (indent, first) = (0, at);
        if (at > 0 && text[at - 1] != '\n') return false;
        while (first < text.Length && (text[first] is ' ' or '\t')) first++;
        indent = first - at;
        if (first >= text.Length) return false;
        if (text[first] == '*') return first + 1 < text.Length && char.IsWhiteSpace(text[first + 1]);
        if (!char.IsAsciiLetterUpper(text[first])) return false;
        var end = first;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        return end < text.Length && text[end] == ':';
    }
}

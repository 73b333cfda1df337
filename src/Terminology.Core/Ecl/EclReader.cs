using System.Text;
using Terminology.Issues;

namespace Terminology.Ecl;

/// <summary>The characters of an expression constraint, with white space, comments, words and quoted texts; no knowledge of the grammar above them.</summary>
internal sealed class EclReader(string text)
{
    /// <summary>Where it stands; zero-based.</summary>
    public int Position { get; set; }

    public bool IsAtEnd => Position >= text.Length;

    /// <summary>The next character, or NUL at the end.</summary>
    public char Next => Ahead(0);

    public char Ahead(int count) => Position + count < text.Length ? text[Position + count] : '\0';

    /// <summary>Passes over white space and comments.</summary>
    public void SkipBlank()
    {
        while (Position < text.Length)
        {
            if (text[Position] is ' ' or '\t' or '\r' or '\n')
            {
                Position++;
            }
            else if (text[Position] == '/' && Ahead(1) == '*')
            {
                var end = text.IndexOf("*/", Position + 2, StringComparison.Ordinal);
                if (end < 0) throw Error(Position, "the end of a comment, '*/'", "close the comment");
                Position = end + 2;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Passes over a text if it is next.</summary>
    public bool Take(string wanted)
    {
        if (!Is(wanted)) return false;
        Position += wanted.Length;
        return true;
    }

    /// <summary>Is this text next?</summary>
    public bool Is(string wanted) => string.CompareOrdinal(text, Position, wanted, 0, wanted.Length) == 0;

    /// <summary>Passes over a text that has to be next, white space before it allowed.</summary>
    public void Need(string wanted, string? mend = null)
    {
        SkipBlank();
        if (!Take(wanted)) throw Error($"'{wanted}'", mend);
    }

    /// <summary>The word that is next: a letter, then letters, digits and dashes; empty when there is none. Passes over nothing.</summary>
    public ReadOnlySpan<char> Word()
    {
        var end = Position;
        if (end >= text.Length || !char.IsAsciiLetter(text[end])) return default;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '-')) end++;
        return text.AsSpan(Position, end - Position);
    }

    /// <summary>The letters that are next; empty when there are none. Passes over nothing.</summary>
    public ReadOnlySpan<char> Letters()
    {
        var end = Position;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        return text.AsSpan(Position, end - Position);
    }

    /// <summary>Passes over a keyword, whatever its case, if it is next and ends there.</summary>
    public bool TakeWord(string keyword)
    {
        if (!Letters().Equals(keyword, StringComparison.OrdinalIgnoreCase)) return false;
        Position += keyword.Length;
        return true;
    }

    /// <summary>The digits that are next; passes over them.</summary>
    public string Digits()
    {
        var start = Position;
        while (Position < text.Length && char.IsAsciiDigit(text[Position])) Position++;
        return text[start..Position];
    }

    /// <summary>An identifier of 6 to 18 digits.</summary>
    public string Sctid(string what)
    {
        SkipBlank();
        var start = Position;
        var digits = Digits();
        if (digits.Length == 0) throw Error(what);
        if (digits.Length is < 6 or > 18 || digits[0] == '0') throw Error(start, what, $"'{Shown(digits)}' is no SNOMED CT identifier: it has 6 to 18 digits and does not begin with 0");
        return digits;
    }

    /// <summary>The term between pipes, trimmed, or null when there is none.</summary>
    public string? Term()
    {
        var before = Position;
        SkipBlank();
        if (Next != '|')
        {
            Position = before;
            return null;
        }
        var start = ++Position;
        var end = text.IndexOf('|', start);
        if (end < 0) throw Error(start - 1, "a second '|' behind the term", "a term stands between two pipes");
        Position = end + 1;
        var term = text[start..end].Trim(' ', '\t', '\r', '\n');
        return term.Length > 0 ? term : throw Error(end, "a term between the pipes", "write the term, or leave out both pipes");
    }

    /// <summary>The text between quotation marks; <c>\"</c> and <c>\\</c> are taken for what they stand for unless they are to be kept as written.</summary>
    public string Quoted(bool asWritten)
    {
        var start = Position;
        if (!Take("\"")) throw Error("a text in quotation marks");
        var found = new StringBuilder();
        for (; Position < text.Length; Position++)
        {
            var character = text[Position];
            if (character == '"')
            {
                Position++;
                return found.ToString();
            }
            if (character == '\\')
            {
                var escaped = Ahead(1);
                if (escaped != '"' && escaped != '\\' && !(asWritten && escaped == '*')) throw Error(Position, asWritten ? "\\\", \\\\ or \\*" : "\\\" or \\\\", "a backslash is written twice");
                if (asWritten) found.Append('\\');
                found.Append(escaped);
                Position++;
                continue;
            }
            found.Append(character);
        }
        throw Error(start, "the closing quotation mark of the text", "close the text, or write a quotation mark within it as \\\"");
    }

    /// <summary>The text from a position to where it stands.</summary>
    public string From(int start) => text[start..Position];

    public InvalidExpression Error(string expected, string? mend = null) => Error(Position, expected, mend);

    public InvalidExpression Error(int position, string expected, string? mend = null)
        => InvalidExpression.Ecl(position, Messages.InvalidEcl(text, position, expected, Found(position), mend));

    private string? Found(int position)
    {
        if (position >= text.Length) return null;
        var end = position + 1;
        if (char.IsAsciiLetterOrDigit(text[position]))
        {
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end])) end++;
        }
        else if (char.IsHighSurrogate(text[position]) && end < text.Length)
        {
            end++;
        }
        return Shown(text[position..end]);
    }

    private static string Shown(string part) => part.Length <= 40 ? part : part[..40] + "…";
}

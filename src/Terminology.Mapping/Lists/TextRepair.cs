using System.Globalization;
using System.Text;

namespace Terminology.Mapping.Lists;

/// <summary>Text as it was before copying, saving and converting damaged it.</summary>
/// <remarks>Pure; without damage the same string comes back, nothing is allocated.</remarks>
public static class TextRepair
{
    private const int MostRounds = 3;

    /// <summary>Windows-1252 from 0x80 to 0x9F; the five bytes that have no character there stand for themselves, as programs read them.</summary>
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    // Letters of other scripts that print as a Latin one.
    private static readonly Dictionary<char, char> Homoglyphs = new()
    {
        ['А'] = 'A', ['В'] = 'B', ['С'] = 'C', ['Е'] = 'E', ['Н'] = 'H', ['І'] = 'I', ['Ј'] = 'J', ['К'] = 'K', ['М'] = 'M', ['О'] = 'O', ['Р'] = 'P', ['Ѕ'] = 'S', ['Т'] = 'T', ['Х'] = 'X', ['У'] = 'Y',
        ['а'] = 'a', ['с'] = 'c', ['е'] = 'e', ['і'] = 'i', ['ј'] = 'j', ['о'] = 'o', ['р'] = 'p', ['ѕ'] = 's', ['х'] = 'x', ['у'] = 'y',
        ['Α'] = 'A', ['Β'] = 'B', ['Ε'] = 'E', ['Ζ'] = 'Z', ['Η'] = 'H', ['Ι'] = 'I', ['Κ'] = 'K', ['Μ'] = 'M', ['Ν'] = 'N', ['Ο'] = 'O', ['Ρ'] = 'P', ['Τ'] = 'T', ['Υ'] = 'Y', ['Χ'] = 'X', ['ο'] = 'o',
    };

    /// <summary>Everything mended: mojibake, letters of other scripts within Latin words, invisible characters, blanks.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="damage">What was mended, in words (<c>a no-break space</c>); empty when the text is sound.</param>
    public static string Repair(string text, out IReadOnlyList<string> damage)
    {
        List<string>? found = null;
        var repaired = Mojibake(text);
        if (repaired != text) (found ??= []).Add("text in UTF-8 that was read as Windows-1252");
        var latin = Latin(repaired);
        if (latin != repaired) (found ??= []).Add("letters of another script that look Latin");
        repaired = latin;
        foreach (var character in repaired)
        {
            if (Hidden(character) is not { } name) continue;
            found ??= [];
            if (!found.Contains(name)) found.Add(name);
        }
        var visible = Visible(repaired);
        if (found is null && visible != repaired) found = [repaired.Length > 0 && char.IsWhiteSpace(repaired[^1]) ? "a blank at its end" : "a blank at its beginning"];
        damage = found ?? (IReadOnlyList<string>)[];
        return visible;
    }

    /// <summary>The text with ordinary blanks for the kinds that look like them, without characters that do not show and without blanks around it.</summary>
    public static string Visible(string text)
    {
        var sound = true;
        foreach (var character in text) sound &= Hidden(character) is null;
        if (sound) return text.Trim();
        var visible = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (Hidden(character) is null) visible.Append(character);
            else if (IsBlank(character)) visible.Append(' ');
        }
        return visible.ToString().Trim();
    }

    /// <summary>What a character is that nobody sees, or null.</summary>
    private static string? Hidden(char character) => character switch
    {
        '\u00A0' or '\u2007' or '\u202F' => "a no-break space",
        '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' => "a zero-width character",
        '\u00AD' => "a soft hyphen",
        '\n' or '\r' => "a line break",
        '\t' => "a tab",
        >= '\u2000' and <= '\u200A' or '\u3000' or '\u205F' => "a blank of unusual width",
        >= '\u200E' and <= '\u200F' or >= '\u202A' and <= '\u202E' => "a mark of writing direction",
        _ when char.IsControl(character) => "a control character",
        _ => null,
    };

    private static bool IsBlank(char character) => char.IsWhiteSpace(character);

    /// <summary>Undoes UTF-8 that was read as Windows-1252, once or several times over; only where every character of the text then makes sense.</summary>
    private static string Mojibake(string text)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            if (Undone(text) is not { } undone) return text;
            text = undone;
        }
        return text;
    }

    private static string? Undone(string text)
    {
        var suspicious = false;
        foreach (var character in text)
        {
            // Lead bytes of two and three: Â to ß, à to ï.
            if (character is >= '\u00C2' and <= '\u00EF') suspicious = true;
            if (character > '\u00FF' && !Windows1252.Contains(character)) return null;
        }
        if (!suspicious) return null;
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var at = Windows1252.IndexOf(text[i]);
            bytes[i] = (byte)(at >= 0 ? 0x80 + at : text[i]);
        }
        try
        {
            var undone = Strict.GetString(bytes);
            return undone.Length < text.Length ? undone : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Latin(string text)
    {
        StringBuilder? latin = null;
        for (var start = 0; start < text.Length;)
        {
            if (!IsOfWord(text[start]))
            {
                start++;
                continue;
            }
            var end = start;
            bool hasLatin = false, hasOther = false, all = true;
            for (; end < text.Length && IsOfWord(text[end]); end++)
            {
                if (char.IsAsciiLetter(text[end])) hasLatin = true;
                else if (Homoglyphs.ContainsKey(text[end])) hasOther = true;
                else if (IsOtherScript(text[end])) all = false;
            }
            // A word of two scripts whose other letters all look Latin; in µ and α1 the letter is meant.
            if (hasLatin && hasOther && all)
            {
                latin ??= new(text);
                for (var i = start; i < end; i++) latin[i] = Homoglyphs.GetValueOrDefault(text[i], text[i]);
            }
            start = end;
        }
        return latin?.ToString() ?? text;
    }

    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character);

    private static bool IsOtherScript(char character) => char.GetUnicodeCategory(character) is not UnicodeCategory.DecimalDigitNumber && character is >= '\u0370' and <= '\u052F';
}

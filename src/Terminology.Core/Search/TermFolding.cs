using System.Globalization;
using System.Text;

namespace Terminology.Search;

/// <summary>The one home of text folding: case, diacritics and punctuation disappear, words remain; numbers and units part ("50mg" is "50 mg").</summary>
/// <remarks>Idempotent: folding folded words changes nothing. Allocation-free.</remarks>
public static class TermFolding
{
    /// <summary>Longest word kept; longer ones are cut.</summary>
    public const int LongestWord = 64;

    /// <summary>Writes the folded words of a text, each followed by a blank.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="folded">Where to write; three times the length of the text plus one is always enough.</param>
    /// <returns>Characters written.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        var (length, word) = (0, 0);
        var previous = CharKind.Other;
        foreach (var rune in text.EnumerateRunes())
        {
            var replacement = Fold(rune);
            foreach (var character in replacement.Span)
            {
                var kind = char.IsAsciiDigit(character) || char.IsDigit(character) ? CharKind.Digit : char.IsLetter(character) ? CharKind.Letter : CharKind.Other;
                if (word > 0 && (kind == CharKind.Other || kind != previous))
                {
                    folded[length++] = ' ';
                    word = 0;
                }
                previous = kind;
                if (kind == CharKind.Other || word == LongestWord) continue;
                folded[length++] = character;
                word++;
            }
        }
        if (word > 0) folded[length++] = ' ';
        return length;
    }

    /// <summary>The folded words of a text, in order.</summary>
    public static string[] Words(string text)
    {
        var buffer = new char[text.Length * 3 + 1];
        return new string(buffer, 0, Fold(text, buffer)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A character in lower case without marks, where that is one character; otherwise itself in lower case.</summary>
    internal static char Base(char character)
    {
        if (character < Table.Length && Table[character] is { Length: 1 } folded && folded.Span[0] != ' ') return folded.Span[0];
        return char.ToLowerInvariant(character);
    }

    private enum CharKind
    {
        Other,
        Letter,
        Digit,
    }

    private static readonly ReadOnlyMemory<char>[] Table = BuildTable();
    private static readonly ReadOnlyMemory<char> Blank = " ".AsMemory();

    private static ReadOnlyMemory<char> Fold(Rune rune)
    {
        if (rune.Value < Table.Length) return Table[rune.Value];
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) return default;
        if (!Rune.IsLetterOrDigit(rune)) return Blank;
        if (!rune.IsBmp) return default;
        var lower = char.ToLowerInvariant((char)rune.Value);
        return lower < Table.Length ? Table[lower] : lower.ToString().AsMemory();
    }

    /// <summary>Latin, Greek and Cyrillic once and for all; compositions are taken apart and their marks dropped.</summary>
    private static ReadOnlyMemory<char>[] BuildTable()
    {
        var (table, decompositions) = (new ReadOnlyMemory<char>[0x2000], Decompositions.ByCharacter());
        for (var i = 0; i < table.Length; i++)
        {
            if (Rune.IsValid(i)) table[i] = Folded((char)i).AsMemory();
        }
        return table;

        string Folded(char character)
        {
            var once = Special(character) ?? decompositions.GetValueOrDefault(character) ?? Plain(character);
            return once is [var single] && single != character ? Folded(single) : once;
        }
    }

    private static string? Special(char character) => character switch
    {
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => "o",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        'µ' or 'μ' => "u",
        '\'' or '’' => "",
        _ => null,
    };

    /// <summary>A mark disappears; what is neither letter nor digit parts words.</summary>
    private static string Plain(char character)
        => CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format ? ""
            : char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character).ToString() : " ";
}

using System.Buffers;
using System.Text;
using Terminology.Search;

namespace Terminology.Ecl;

/// <summary>Does a text fulfil a search term? Case never matters; a letter without marks stands for those with marks too, one with marks for itself.</summary>
/// <remarks>ECL 2.2 <see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-expression-constraint-language/syntax-specification/5.5-character-collation-for-term-filters">5.5</see>.</remarks>
internal abstract class TermTest
{
    private const int OnStack = 512;

    /// <summary>Of a term or the field of a row, where words are looked for when nothing is said.</summary>
    public static TermTest Of(SearchTerm term) => term.Kind == SearchTermKind.Wild ? new WildTest(term.Text) : new WordsTest(term.Text);

    /// <summary>At least one of the search terms.</summary>
    public static TermTest Any(IReadOnlyList<SearchTerm> terms) => terms.Count == 1 ? Of(terms[0]) : new AnyTermTest([.. terms.Select(Of)]);

    /// <summary>At least one of the search terms, of an attribute value, which is compared exactly when nothing is said.</summary>
    public static TermTest AnyExact(IReadOnlyList<SearchTerm> terms)
        => new AnyTermTest([.. terms.Select(term => term.Kind == SearchTermKind.Unsaid ? new ExactTest(term.Text) : Of(term))]);

    public virtual bool Matches(ReadOnlySpan<byte> utf8)
    {
        char[]? rented = null;
        var text = utf8.Length <= OnStack ? stackalloc char[OnStack] : rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        var fits = Matches((ReadOnlySpan<char>)text[..Encoding.UTF8.GetChars(utf8, text)]);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return fits;
    }

    public abstract bool Matches(ReadOnlySpan<char> text);
}

/// <summary>At least one test holds.</summary>
internal sealed class AnyTermTest(TermTest[] tests) : TermTest
{
    public override bool Matches(ReadOnlySpan<char> text)
    {
        foreach (var test in tests)
        {
            if (test.Matches(text)) return true;
        }
        return false;
    }
}

/// <summary>The very text.</summary>
internal sealed class ExactTest(string wanted) : TermTest
{
    private readonly byte[] _wanted = Encoding.UTF8.GetBytes(wanted);

    public override bool Matches(ReadOnlySpan<byte> utf8) => utf8.SequenceEqual(_wanted);

    public override bool Matches(ReadOnlySpan<char> text) => text.SequenceEqual(wanted);
}

/// <summary>Each word begins a word of the text, in any order.</summary>
internal sealed class WordsTest : TermTest
{
    private const int OnStack = 1024;
    private readonly string[] _marked;

    public WordsTest(string text)
    {
        Words = [.. TermFolding.Words(text).Distinct(StringComparer.Ordinal)];
        _marked = [.. Plain(text).Where(word => word != string.Concat(TermFolding.Words(word)))];
    }

    /// <summary>The folded words.</summary>
    public string[] Words { get; }

    /// <summary>Has it letters with marks, so that the folded words are not enough?</summary>
    public bool IsMarked => _marked.Length > 0;

    public override bool Matches(ReadOnlySpan<char> text)
    {
        if (Words.Length == 0) return false;
        char[]? rented = null;
        var needed = text.Length * 3 + 1;
        var buffer = needed <= OnStack ? stackalloc char[OnStack] : rented = ArrayPool<char>.Shared.Rent(needed);
        var folded = buffer[..TermFolding.Fold(text, buffer)];
        var fits = true;
        foreach (var word in Words)
        {
            if (!Begins(folded, word))
            {
                fits = false;
                break;
            }
        }
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return fits && (_marked.Length == 0 || HasMarked(text));
    }

    private bool HasMarked(ReadOnlySpan<char> text)
    {
        var words = Plain(text.ToString()).ToArray();
        return Array.TrueForAll(_marked, wanted => Array.Exists(words, word => word.StartsWith(wanted, StringComparison.Ordinal)));
    }

    private static bool Begins(ReadOnlySpan<char> folded, string wanted)
    {
        while (folded.Length > 0)
        {
            if (folded.StartsWith(wanted)) return true;
            folded = folded[(folded.IndexOf(' ') + 1)..];
        }
        return false;
    }

    /// <summary>Words in lower case with their marks.</summary>
    private static IEnumerable<string> Plain(string text)
    {
        var composed = text.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        var word = new StringBuilder();
        foreach (var character in composed)
        {
            if (char.IsLetter(character))
            {
                word.Append(character);
                continue;
            }
            if (word.Length > 0) yield return word.ToString();
            word.Clear();
        }
        if (word.Length > 0) yield return word.ToString();
    }
}

/// <summary>The whole text, where stars stand for any characters.</summary>
internal sealed class WildTest : TermTest
{
    private readonly string[] _pieces;

    public WildTest(string pattern)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                pieces.Add(piece.ToString());
                piece.Clear();
                continue;
            }
            if (pattern[i] == '\\') i++;
            piece.Append(char.ToLowerInvariant(pattern[i]));
        }
        pieces.Add(piece.ToString());
        _pieces = [.. pieces];
    }

    /// <summary>Folded words that have to be found within words of the text.</summary>
    public IEnumerable<string> Words => _pieces.SelectMany(TermFolding.Words).Where(word => word.Length > 1).Distinct(StringComparer.Ordinal).OrderByDescending(word => word.Length).Take(4);

    public override bool Matches(ReadOnlySpan<char> text)
    {
        if (_pieces.Length == 1) return text.Length == _pieces[0].Length && Starts(text, _pieces[0]);
        if (!Starts(text, _pieces[0])) return false;
        text = text[_pieces[0].Length..];
        var last = _pieces[^1];
        if (text.Length < last.Length || !Starts(text[^last.Length..], last)) return false;
        text = text[..^last.Length];
        for (var i = 1; i < _pieces.Length - 1; i++)
        {
            while (!Starts(text, _pieces[i]))
            {
                if (text.IsEmpty) return false;
                text = text[1..];
            }
            text = text[_pieces[i].Length..];
        }
        return true;
    }

    private static bool Starts(ReadOnlySpan<char> text, string piece)
    {
        if (text.Length < piece.Length) return false;
        for (var i = 0; i < piece.Length; i++)
        {
            if (text[i] != piece[i] && char.ToLowerInvariant(text[i]) != piece[i] && TermFolding.Base(text[i]) != piece[i]) return false;
        }
        return true;
    }
}

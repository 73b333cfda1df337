using System.Text;
using Terminology.CodeSystems;
using Terminology.Search;

namespace Terminology.Store.Search;

/// <summary>The second pass: words may be misspelt. The dictionary is read once for each word; a beginning in common is asked for first.</summary>
internal sealed partial class SearchIndex
{
    private const int MostPostings = 1 << 20, ShortestCompound = 8, ShortestPart = 3;

    /// <summary>Words that only a concept as a whole has count less than any that stand together.</summary>
    private const float ScatteredScore = 0.3f;

    private int Misspelt(in TermQuery query, string[] words, TermHit[] found, ref bool exhausted)
    {
        words = [.. words.Take(MostWords).SelectMany(Parts)];
        var tokens = words.Select(Near).ToArray();
        var count = tokens.All(near => near.Count > 0) ? Together(query, words, tokens, found, ref exhausted) : 0;
        return count > 0 ? count : Scattered(query, words, tokens, found);
    }

    /// <summary>A word that is nowhere may be two written as one: <c>gastroesophageal</c>.</summary>
    private IEnumerable<string> Parts(string word)
    {
        if (word.Length >= ShortestCompound && Near(word).Count == 0)
        {
            for (var at = ShortestPart; at <= word.Length - ShortestPart; at++)
            {
                if (IsToken(word[..at]) && Begins(word[at..])) return [word[..at], word[at..]];
            }
        }
        return [word];
    }

    private bool IsToken(string word)
    {
        var utf8 = Encoding.UTF8.GetBytes(word);
        return FirstNotBelow(utf8, after: false) is var at && at < _tokenOffsets.Length - 1 && Token(at).SequenceEqual(utf8);
    }

    private bool Begins(string word)
    {
        var utf8 = Encoding.UTF8.GetBytes(word);
        return FirstNotBelow(utf8, after: false) < FirstNotBelow(utf8, after: true);
    }

    /// <summary>The last resort: the words stand in several designations of one concept; of three and more words those that are nowhere are passed over.</summary>
    private int Scattered(in TermQuery query, string[] words, Dictionary<int, int>[] tokens, TermHit[] found)
    {
        var known = tokens.Where(near => near.Count > 0).ToArray();
        if (known.Length < 2 || known.Length < words.Length - words.Length / 3) return 0;
        Marks? all = null;
        foreach (var near in known)
        {
            var concepts = new Marks(_codeSystem.Count);
            foreach (var token in near.Keys)
            {
                foreach (var rank in _postings.Slice(_postingStarts[token], _postingStarts[token + 1L] - _postingStarts[token])) concepts.Add(_concepts[rank]);
            }
            if (all is null) all = concepts;
            else all.Keep(concepts);
        }
        var (count, letters) = (0, words.Sum(word => word.Length));
        foreach (var concept in all!.ToSet())
        {
            if (!Wanted(query, concept)) continue;
            if (count == Candidates) break;
            var display = _codeSystem.Display(concept).Length;
            found[count++] = new(concept, _codeSystem.Designations(concept).Start, TermMatch.Adjust(ScatteredScore * letters / Math.Max(letters, display), isDisplay: true, _codeSystem.Flags(concept).HasFlag(ConceptFlags.Inactive)));
        }
        return count;
    }

    private int Together(in TermQuery query, string[] words, Dictionary<int, int>[] tokens, TermHit[] found, ref bool exhausted)
    {
        var driver = tokens.MinBy(near => near.Keys.Sum(token => (long)_postingStarts[token + 1L] - _postingStarts[token]))!;
        var ranks = new HashSet<int>();
        foreach (var token in driver.Keys)
        {
            foreach (var rank in _postings.Slice(_postingStarts[token], _postingStarts[token + 1L] - _postingStarts[token])) ranks.Add(rank);
            if (ranks.Count <= MostPostings) continue;
            exhausted = false;
            break;
        }
        var count = 0;
        var letters = words.Sum(word => word.Length);
        foreach (var rank in ranks.Order())
        {
            if (Errors(rank, tokens) is not { } errors) continue;
            if (!Wanted(query, new(_concepts[rank]))) continue;
            if (count == Candidates)
            {
                exhausted = false;
                break;
            }
            found[count++] = Hit(rank, _shapes[rank], words.Length, letters, errors);
        }
        return count;
    }

    /// <summary>Tokens near a word, with the errors between them.</summary>
    private Dictionary<int, int> Near(string word)
    {
        var near = new Dictionary<int, int>();
        Span<byte> utf8 = stackalloc byte[TermFolding.LongestWord * 3];
        Span<char> text = stackalloc char[256];
        var first = Encoding.UTF8.GetBytes(word.AsSpan(0, Math.Min(word.Length, TermFolding.LongestWord)), utf8);
        var count = _tokenOffsets.Length - 1;
        for (var token = 0; token < count; token++)
        {
            var bytes = Token(token);
            // Nearly all typing errors leave the first letter alone or swap the first two.
            if (first == 0 || bytes.Length == 0 || (bytes[0] != utf8[0] && (first < 2 || bytes[0] != utf8[1]))) continue;
            if (bytes.Length > text.Length) continue;
            var candidate = text[..Encoding.UTF8.GetChars(bytes, text)];
            var errors = EditDistance.OfPrefix(word, candidate);
            if (errors >= 0) near[token] = errors;
        }
        return near;
    }

    private int? Errors(int rank, Dictionary<int, int>[] words)
    {
        var start = _forwardStarts[rank];
        var tokens = _forward.Slice(start, _forwardStarts[rank + 1L] - start);
        ulong used = 0;
        var sum = 0;
        foreach (var word in words)
        {
            var (best, bestErrors) = (-1, int.MaxValue);
            for (var i = 0; i < tokens.Length && i < 64; i++)
            {
                if ((used & (1UL << i)) == 0 && word.TryGetValue(tokens[i], out var errors) && errors < bestErrors) (best, bestErrors) = (i, errors);
            }
            if (best < 0) return null;
            used |= 1UL << best;
            sum += bestErrors;
        }
        return sum;
    }
}

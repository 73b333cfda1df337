using System.Text;
using Terminology.Search;
using Terminology.Store.Files;

namespace Terminology.Store.Search;

/// <summary>
/// Builds the search index: folded tokens in a sorted dictionary, designations in rank order (active, short, preferred first), postings by token and merged postings
/// for all prefixes of one, two and three bytes, and a forward index to verify that every word of a query has a word of its own in one designation.
/// </summary>
internal sealed class SearchIndexBuilder
{
    /// <summary>Longest prefix with postings of its own.</summary>
    public const int LongestPrefix = 3;

    private readonly SearchSource _source;
    private readonly Dictionary<string, int> _tokenIds = new(StringComparer.Ordinal);
    private readonly List<string> _tokens = [];

    private SearchIndexBuilder(SearchSource source) => _source = source;

    public static SearchSections Build(SearchSource source, CancellationToken cancel) => new SearchIndexBuilder(source).Build(cancel);

    private SearchSections Build(CancellationToken cancel)
    {
        var (starts, forward, concepts) = Tokenise(cancel);
        var order = Rank(starts, forward, concepts);
        cancel.ThrowIfCancellationRequested();
        var newIds = SortTokens();
        var count = order.Length;
        var (rankStarts, rankForward) = (new int[count + 1], new int[forward.Count]);
        var (rankConcepts, shapes) = (new int[count], new uint[count]);
        for (var rank = 0; rank < count; rank++)
        {
            var designation = order[rank];
            var at = rankStarts[rank];
            var letters = 0;
            for (var i = starts[designation]; i < starts[designation + 1]; i++)
            {
                var token = newIds[forward[i]];
                letters += _sorted[token].Length;
                rankForward[at++] = token;
            }
            var words = at - rankStarts[rank];
            rankStarts[rank + 1] = at;
            var concept = concepts[designation];
            rankConcepts[rank] = concept;
            shapes[rank] = TermShape.Of(words, letters, designation == _source.FirstDesignation(concept), _source.IsInactive(concept));
        }
        cancel.ThrowIfCancellationRequested();
        return new()
        {
            RankDesignations = order,
            RankConcepts = rankConcepts,
            RankShapes = shapes,
            ForwardStarts = rankStarts,
            ForwardTokens = rankForward,
            Tokens = _sorted,
            TokenPostings = Group(rankStarts, rankForward, [.. Enumerable.Range(0, _tokens.Count)], _tokens.Count),
            Prefixes = [.. Enumerable.Range(1, LongestPrefix).Select(length => Prefixes(length, rankStarts, rankForward, cancel))],
        };
    }

    private (int[] Starts, Rows<int> Tokens, int[] Concepts) Tokenise(CancellationToken cancel)
    {
        var starts = new int[_source.Designations + 1];
        var concepts = new int[_source.Designations];
        var tokens = new Rows<int>();
        var ids = _tokenIds.GetAlternateLookup<ReadOnlySpan<char>>();
        var text = new char[4096];
        var folded = new char[text.Length * 3 + 1];
        for (var concept = 0; concept < _source.Concepts; concept++)
        {
            if (concept % 8192 == 0) cancel.ThrowIfCancellationRequested();
            var end = concept + 1 < _source.Concepts ? _source.FirstDesignation(concept + 1) : _source.Designations;
            for (var designation = _source.FirstDesignation(concept); designation < end; designation++)
            {
                starts[designation] = tokens.Count;
                concepts[designation] = concept;
                if (!_source.IsSearched(designation)) continue;
                var term = _source.Term(designation);
                if (term.Length > text.Length) (text, folded) = (new char[term.Length], new char[term.Length * 3 + 1]);
                var length = TermFolding.Fold(text.AsSpan(0, Encoding.UTF8.GetChars(term, text)), folded);
                for (var rest = folded.AsSpan(0, length); rest.Length > 0;)
                {
                    var blank = rest.IndexOf(' ');
                    var word = rest[..blank];
                    rest = rest[(blank + 1)..];
                    if (!ids.TryGetValue(word, out var id))
                    {
                        id = _tokens.Count;
                        var token = word.ToString();
                        _tokens.Add(token);
                        _tokenIds[token] = id;
                    }
                    tokens.Add(id);
                }
            }
        }
        starts[^1] = tokens.Count;
        return (starts, tokens, concepts);
    }

    /// <summary>Designations that have words, best first: those of active concepts, then few words, few letters, displays.</summary>
    private int[] Rank(int[] starts, Rows<int> forward, int[] concepts)
    {
        var keys = new List<ulong>(starts.Length);
        for (var designation = 0; designation < starts.Length - 1; designation++)
        {
            var words = starts[designation + 1] - starts[designation];
            if (words == 0) continue;
            var letters = 0;
            for (var i = starts[designation]; i < starts[designation + 1]; i++) letters += _tokens[forward[i]].Length;
            var isDisplay = designation == _source.FirstDesignation(concepts[designation]);
            var rank = ((_source.IsInactive(concepts[designation]) ? 1u : 0) << 31) | (uint)(Math.Min(words, 255) << 20) | (uint)(Math.Min(letters, 1 << 18) << 1) | (isDisplay ? 0u : 1u);
            keys.Add(((ulong)rank << 32) | (uint)designation);
        }
        keys.Sort();
        var order = new int[keys.Count];
        for (var i = 0; i < order.Length; i++) order[i] = (int)(uint)keys[i];
        return order;
    }

    /// <summary>Sorts the dictionary by bytes.</summary>
    /// <returns>The new id of each token.</returns>
    private int[] SortTokens()
    {
        var bytes = _tokens.Select(Encoding.UTF8.GetBytes).ToArray();
        var order = Enumerable.Range(0, bytes.Length).ToArray();
        Array.Sort(order, (left, right) => bytes[left].AsSpan().SequenceCompareTo(bytes[right]));
        var newIds = new int[order.Length];
        for (var i = 0; i < order.Length; i++) newIds[order[i]] = i;
        _sorted = [.. order.Select(old => bytes[old])];
        return newIds;
    }

    private byte[][] _sorted = [];

    /// <summary>Lists of ranks by group of tokens; a token of group -1 is in no list. Ranks ascend because designations are walked in rank order.</summary>
    private static Postings Group(int[] rankStarts, int[] rankForward, int[] groupOf, int groups)
    {
        var (starts, current) = (new int[groups + 1], 0);
        Walk(group => starts[group + 1]++);
        for (var group = 0; group < groups; group++) starts[group + 1] += starts[group];
        var next = starts.AsSpan(0, groups).ToArray();
        var postings = new int[starts[groups]];
        Walk(group => postings[next[group]++] = current);
        return new(starts, postings);

        void Walk(Action<int> visit)
        {
            var last = new int[groups];
            Array.Fill(last, -1);
            for (current = 0; current < rankStarts.Length - 1; current++)
            {
                for (var i = rankStarts[current]; i < rankStarts[current + 1]; i++)
                {
                    var group = groupOf[rankForward[i]];
                    if (group < 0 || last[group] == current) continue;
                    last[group] = current;
                    visit(group);
                }
            }
        }
    }

    private PrefixPostings Prefixes(int length, int[] rankStarts, int[] rankForward, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var keys = new List<uint>();
        var groupOf = new int[_sorted.Length];
        for (var token = 0; token < _sorted.Length; token++)
        {
            var key = PrefixKey(_sorted[token], length);
            if (key != 0 && (keys.Count == 0 || keys[^1] != key)) keys.Add(key);
            groupOf[token] = key == 0 ? -1 : keys.Count - 1;
        }
        return new([.. keys], Group(rankStarts, rankForward, groupOf, keys.Count));
    }

    /// <summary>Length and first bytes as one number; 0 when the token is shorter.</summary>
    public static uint PrefixKey(ReadOnlySpan<byte> token, int length)
    {
        if (token.Length < length) return 0;
        var key = (uint)length << 24;
        for (var i = 0; i < length; i++) key |= (uint)token[i] << (16 - 8 * i);
        return key;
    }
}

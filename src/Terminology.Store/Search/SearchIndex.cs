using System.Buffers;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Search;
using Terminology.Store.Files;

namespace Terminology.Store.Search;

/// <summary>
/// Term search over a release file. The shortest posting list drives, in rank order; the next two lists are galloped along it; the forward index verifies. The first
/// <see cref="Candidates"/> designations found are scored exactly, so that the answer is theirs in score order.
/// </summary>
internal sealed partial class SearchIndex : ITermSearch
{
    /// <summary>Designations that are scored; beyond them the total is a lower bound.</summary>
    private const int Candidates = 2000;

    /// <summary>Words of a query that count; more only narrow what is nothing already.</summary>
    private const int MostWords = 16;

    private readonly MappedFile _file;
    private readonly ICodeSystem _codeSystem;
    private readonly Column<byte> _tokenHeap;
    private readonly Column<int> _tokenOffsets, _forwardStarts, _forward, _designations, _concepts, _postingStarts, _postings, _prefixStarts, _prefixPostings;
    private readonly Column<uint> _prefixKeys, _shapes;

    public SearchIndex(MappedFile file, ICodeSystem codeSystem)
    {
        (_file, _codeSystem) = (file, codeSystem);
        (_tokenHeap, _tokenOffsets) = (file.Column<byte>(SectionId.SearchTokenHeap), file.Column<int>(SectionId.SearchTokenOffsets));
        (_forwardStarts, _forward) = (file.Column<int>(SectionId.SearchForwardStarts), file.Column<int>(SectionId.SearchForwardTokens));
        (_designations, _concepts) = (file.Column<int>(SectionId.SearchRankDesignations), file.Column<int>(SectionId.SearchRankConcepts));
        (_postingStarts, _postings) = (file.Column<int>(SectionId.SearchPostingStarts), file.Column<int>(SectionId.SearchPostings));
        (_prefixKeys, _prefixStarts, _prefixPostings) = (file.Column<uint>(SectionId.SearchPrefixKeys), file.Column<int>(SectionId.SearchPrefixStarts), file.Column<int>(SectionId.SearchPrefixPostings));
        _shapes = file.Column<uint>(SectionId.SearchRankShapes);
        (_definitions, _cut) = (new(ReadDefinitions), new(FindCut));
    }

    /// <summary>A word of the query: its tokens in the dictionary, and a list of ranks that holds all of theirs and may hold more.</summary>
    private readonly ref struct Word
    {
        public required int First { get; init; }

        public required int End { get; init; }

        public required int Letters { get; init; }

        public required ReadOnlySpan<int> List { get; init; }

        /// <summary>Does every rank of the list have the word?</summary>
        public required bool IsExactList { get; init; }
    }

    public TermSearchResult Search(in TermQuery query, Span<TermHit> hits)
    {
        var buffer = ArrayPool<char>.Shared.Rent(query.Text.Length * 3 + 1);
        var found = ArrayPool<TermHit>.Shared.Rent(Candidates + 1);
        try
        {
            var folded = buffer.AsSpan(0, TermFolding.Fold(query.Text, buffer));
            var exhausted = true;
            var count = AddExactCode(query, found);
            count = Exact(query, folded, found, count, ref exhausted);
            var misspelt = false;
            if (count == 0 && !query.ExactWordsOnly && folded.Length > 0)
            {
                count = Misspelt(query, folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries), found, ref exhausted);
                misspelt = count > 0;
            }
            var best = BestPerConcept(found.AsSpan(0, count));
            var written = 0;
            for (var i = query.Offset; i < best.Length && written < hits.Length; i++) hits[written++] = best[i];
            return new(written, best.Length, exhausted, misspelt);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
            ArrayPool<TermHit>.Shared.Return(found);
            GC.KeepAlive(_file);
        }
    }

    private int AddExactCode(in TermQuery query, TermHit[] found)
    {
        var text = query.Text.Trim();
        if (text.Length is 0 or > 64) return 0;
        Span<byte> code = stackalloc byte[text.Length * 3];
        if (!_codeSystem.TryFind(code[..Encoding.UTF8.GetBytes(text, code)], out var concept) || !Wanted(query, concept)) return 0;
        found[0] = new(concept, _codeSystem.Designations(concept) is { Count: > 0 } range ? range.Start : -1, 1);
        return 1;
    }

    private bool Wanted(in TermQuery query, ConceptOrdinal concept)
        => (query.IncludeInactive || !_codeSystem.Flags(concept).HasFlag(ConceptFlags.Inactive)) && query.Scope?.Contains(concept) != false;

    /// <summary>The concepts that are searched: all, a few runs, or marks where there are many.</summary>
    private readonly ref struct Searched(ConceptSet? scope, int limit)
    {
        private const int FewRuns = 4;
        private readonly ConceptSet? _scope = scope is { RunCount: 1 } && scope.Count == limit ? null : scope;
        private readonly Marks? _marks = scope?.RunCount > FewRuns ? MarksOf(scope, limit) : null;

        public bool Contains(int concept) => _marks?.Contains(concept) ?? _scope?.Contains(new(concept)) ?? true;

        private static Marks MarksOf(ConceptSet scope, int limit)
        {
            var marks = new Marks(limit);
            marks.Add(scope);
            return marks;
        }
    }

    private int Exact(in TermQuery query, ReadOnlySpan<char> folded, TermHit[] found, int count, ref bool exhausted)
    {
        Span<int> firsts = stackalloc int[MostWords], ends = stackalloc int[MostWords];
        var (words, letters) = (0, 0);
        var isVerified = true;
        ReadOnlySpan<int> driver = default, second = default, third = default;
        for (var rest = folded; rest.Length > 0 && words < MostWords;)
        {
            var blank = rest.IndexOf(' ');
            var word = Find(rest[..blank]);
            rest = rest[(blank + 1)..];
            if (word.First >= word.End) return count;
            (firsts[words], ends[words]) = (word.First, word.End);
            letters += word.Letters;
            isVerified = words++ == 0 && word.IsExactList;
            if (driver.IsEmpty || word.List.Length < driver.Length)
            {
                third = second;
                second = driver;
                driver = word.List;
            }
            else if (second.IsEmpty || word.List.Length < second.Length)
            {
                third = second;
                second = word.List;
            }
            else if (third.IsEmpty || word.List.Length < third.Length)
            {
                third = word.List;
            }
        }
        if (words == 0) return count;
        var searched = new Searched(query.Scope, _codeSystem.Count);
        var (along, alongThird) = (0, 0);
        var steps = 0;
        foreach (var rank in driver)
        {
            if (++steps % 4096 == 0 && count > 0 && steps > 1 << 18)
            {
                exhausted = false;
                break;
            }
            var shape = _shapes[rank];
            // Inactive concepts come last in rank order.
            if (TermShape.IsInactive(shape) && !query.IncludeInactive) break;
            var concept = _concepts[rank];
            if (!searched.Contains(concept)) continue;
            if (!second.IsEmpty && !Gallop(second, rank, ref along)) continue;
            if (!third.IsEmpty && !Gallop(third, rank, ref alongThird)) continue;
            if (!isVerified && !Verify(rank, firsts[..words], ends[..words])) continue;
            if (count == Candidates)
            {
                exhausted = false;
                break;
            }
            found[count++] = Hit(rank, shape, words, letters, 0);
        }
        return count;
    }

    private TermHit Hit(int rank, uint shape, int words, int letters, int errors)
        => new(new(_concepts[rank]), _designations[rank], TermMatch.Adjust(TermMatch.Of(words, TermShape.Words(shape), letters, TermShape.Letters(shape), errors), TermShape.IsDisplay(shape), TermShape.IsInactive(shape)));

    /// <summary>Moves along an ascending list to the first element not below the rank; is it the rank?</summary>
    private static bool Gallop(ReadOnlySpan<int> list, int rank, ref int along)
    {
        var step = 1;
        var low = along;
        while (low + step < list.Length && list[low + step] < rank)
        {
            low += step;
            step <<= 1;
        }
        var high = Math.Min(low + step, list.Length - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (list[middle] < rank) low = middle + 1;
            else high = middle;
        }
        along = low;
        return low < list.Length && list[low] == rank;
    }

    /// <summary>Has every word of the query a word of its own in this designation? Words are few, so each takes the shortest that is free.</summary>
    private bool Verify(int rank, ReadOnlySpan<int> firsts, ReadOnlySpan<int> ends)
    {
        var start = _forwardStarts[rank];
        var tokens = _forward.Slice(start, _forwardStarts[rank + 1L] - start);
        if (tokens.Length < firsts.Length) return false;
        ulong used = 0;
        for (var word = 0; word < firsts.Length; word++)
        {
            var (best, bestLength) = (-1, int.MaxValue);
            for (var i = 0; i < tokens.Length && i < 64; i++)
            {
                if ((used & (1UL << i)) != 0 || tokens[i] < firsts[word] || tokens[i] >= ends[word]) continue;
                var length = TokenLength(tokens[i]);
                if (length < bestLength) (best, bestLength) = (i, length);
            }
            if (best < 0) return false;
            used |= 1UL << best;
        }
        return true;
    }

    private int TokenLength(int token) => _tokenOffsets[token + 1L] - _tokenOffsets[token];

    private ReadOnlySpan<byte> Token(int token) => _tokenHeap.Slice(_tokenOffsets[token], TokenLength(token));

    /// <summary>The tokens that a word begins, and the narrowest list that holds all their ranks.</summary>
    private Word Find(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[TermFolding.LongestWord * 3];
        var word = bytes[..Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, TermFolding.LongestWord)], bytes)];
        var first = FirstNotBelow(word, after: false);
        var end = FirstNotBelow(word, after: true);
        ReadOnlySpan<int> list = end - first == 1 ? _postings.Slice(_postingStarts[first], _postingStarts[first + 1L] - _postingStarts[first]) : PrefixList(word);
        return new() { First = first, End = end, Letters = word.Length, List = list, IsExactList = end - first == 1 || word.Length <= SearchIndexBuilder.LongestPrefix };
    }

    private ReadOnlySpan<int> PrefixList(scoped ReadOnlySpan<byte> word)
    {
        var key = SearchIndexBuilder.PrefixKey(word, Math.Min(word.Length, SearchIndexBuilder.LongestPrefix));
        var (low, high) = (0L, _prefixKeys.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_prefixKeys[middle] < key) low = middle + 1;
            else high = middle;
        }
        return low < _prefixKeys.Length && _prefixKeys[low] == key ? _prefixPostings.Slice(_prefixStarts[low], _prefixStarts[low + 1] - _prefixStarts[low]) : default;
    }

    /// <summary>The first token not below a word, or the first that neither is below it nor begins with it.</summary>
    private int FirstNotBelow(ReadOnlySpan<byte> word, bool after)
    {
        var (low, high) = (0, (int)Math.Max(_tokenOffsets.Length - 1, 0));
        while (low < high)
        {
            var middle = (low + high) / 2;
            var token = Token(middle);
            var below = after ? token.StartsWith(word) || token.SequenceCompareTo(word) < 0 : token.SequenceCompareTo(word) < 0;
            if (below) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Each concept once, with its best designation, by score; equal scores in hierarchy order. Sorts in place, by numbers: the larger the score, the smaller its complement.</summary>
    private static Span<TermHit> BestPerConcept(Span<TermHit> found)
    {
        var keys = ArrayPool<ulong>.Shared.Rent(found.Length);
        try
        {
            for (var i = 0; i < found.Length; i++) keys[i] = ((ulong)(uint)found[i].Concept.Value << 32) | Complement(found[i].Score);
            keys.AsSpan(0, found.Length).Sort(found);
            var kept = 0;
            for (var i = 0; i < found.Length; i++)
            {
                if (i == 0 || found[i].Concept != found[kept - 1].Concept) found[kept++] = found[i];
                else if (found[i].Score == found[kept - 1].Score && found[i].Designation < found[kept - 1].Designation) found[kept - 1] = found[i];
            }
            found = found[..kept];
            for (var i = 0; i < kept; i++) keys[i] = ((ulong)Complement(found[i].Score) << 32) | (uint)found[i].Concept.Value;
            keys.AsSpan(0, kept).Sort(found);
            return found;
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(keys);
        }

        // Scores are not negative, so that their bits order as they do.
        static uint Complement(float score) => ~BitConverter.SingleToUInt32Bits(score);
    }
}

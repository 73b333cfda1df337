using System.Text;
using Terminology.CodeSystems;
using Terminology.Search;

namespace Terminology.Store.Search;

/// <summary>All designations with a word, for filters: nothing is ranked, nothing is left out.</summary>
internal sealed partial class SearchIndex
{
    public Marks? Designations(ReadOnlySpan<char> word, bool anywhere)
    {
        Span<byte> bytes = stackalloc byte[TermFolding.LongestWord * 3];
        ReadOnlySpan<byte> wanted = bytes[..Encoding.UTF8.GetBytes(word[..Math.Min(word.Length, TermFolding.LongestWord)], bytes)];
        var found = new Marks(DesignationCount());
        if (anywhere)
        {
            Within(wanted, found);
        }
        else if (wanted.Length <= SearchIndexBuilder.LongestPrefix)
        {
            Add(PrefixList(wanted), found);
        }
        else
        {
            var (first, end) = (FirstNotBelow(wanted, after: false), FirstNotBelow(wanted, after: true));
            if (first < end) Add(_postings.Slice(_postingStarts[first], _postingStarts[end] - _postingStarts[first]), found);
        }
        _definitions.Value.Add(word, anywhere, found);
        GC.KeepAlive(_file);
        return found;
    }

    /// <summary>The dictionary lies there as one text: it is searched through, and each hit that lies within one token counts.</summary>
    private void Within(ReadOnlySpan<byte> wanted, Marks found)
    {
        var heap = _tokenHeap.Span;
        for (var at = 0; at < heap.Length;)
        {
            var hit = heap[at..].IndexOf(wanted);
            if (hit < 0) break;
            var token = TokenAt(at + hit);
            var isWithin = at + hit + wanted.Length <= _tokenOffsets[token + 1L];
            if (isWithin) AddToken(token, found);
            at = isWithin ? _tokenOffsets[token + 1L] : at + hit + 1;
        }
        foreach (var token in _cut.Value) AddToken(token, found);
    }

    private readonly Lazy<int[]> _cut;

    private int[] FindCut()
    {
        var cut = new List<int>();
        for (var token = 0; token < _tokenOffsets.Length - 1; token++)
        {
            if (TokenLength(token) >= TermFolding.LongestWord) cut.Add(token);
        }
        return [.. cut];
    }

    private int TokenAt(int offset)
    {
        var (low, high) = (0L, _tokenOffsets.Length - 2);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_tokenOffsets[middle] <= offset) low = middle;
            else high = middle - 1;
        }
        return (int)low;
    }

    private void AddToken(int token, Marks found) => Add(_postings.Slice(_postingStarts[token], _postingStarts[token + 1L] - _postingStarts[token]), found);

    private void Add(ReadOnlySpan<int> ranks, Marks found)
    {
        foreach (var rank in ranks) found.Add(_designations[rank]);
    }

    private int DesignationCount() => _codeSystem.Count == 0 ? 0 : _codeSystem.Designations(new(_codeSystem.Count - 1)).End;

    /// <summary>Active designations that the file has no words of: definitions, read when first asked for.</summary>
    private DefinitionWords ReadDefinitions()
    {
        var left = _codeSystem.DesignationsOf(static (_, _, active) => active);
        var indexed = new Marks(left.Limit);
        indexed.Add(_designations.Span);
        left.Remove(indexed);
        return new(_codeSystem, left);
    }

    private readonly Lazy<DefinitionWords> _definitions;
}

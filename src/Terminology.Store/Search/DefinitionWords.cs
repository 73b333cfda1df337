using System.Text;
using Terminology.CodeSystems;
using Terminology.Search;

namespace Terminology.Store.Search;

/// <summary>The words of definitions, which searching leaves out and filters do not: few texts, in memory.</summary>
internal sealed class DefinitionWords
{
    private readonly string[] _words;
    private readonly int[][] _designations;

    public DefinitionWords(ICodeSystem codeSystem, Marks designations)
    {
        var found = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        designations.Keep(designation =>
        {
            foreach (var word in TermFolding.Words(Encoding.UTF8.GetString(codeSystem.Designation(designation).Value)))
            {
                if (!found.TryGetValue(word, out var list)) found[word] = list = [];
                if (list.Count == 0 || list[^1] != designation) list.Add(designation);
            }
            return true;
        });
        _words = [.. found.Keys];
        _designations = [.. found.Values.Select(list => list.ToArray())];
    }

    /// <summary>Adds the definitions with a word that begins with this one, or has it within.</summary>
    public void Add(ReadOnlySpan<char> word, bool anywhere, Marks marks)
    {
        for (var i = anywhere ? 0 : FirstNotBelow(word); i < _words.Length; i++)
        {
            if (anywhere ? _words[i].Contains(word, StringComparison.Ordinal) || _words[i].Length >= TermFolding.LongestWord : _words[i].StartsWith(word, StringComparison.Ordinal)) marks.Add(_designations[i]);
            else if (!anywhere) break;
        }
    }

    private int FirstNotBelow(ReadOnlySpan<char> word)
    {
        var (low, high) = (0, _words.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_words[middle].AsSpan().SequenceCompareTo(word) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

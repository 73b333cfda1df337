using System.Text;
using Terminology.CodeSystems;

namespace Terminology.Search;

/// <summary>Term search by reading every designation: for code systems in memory. The ranking is the index's.</summary>
internal sealed class ScanTermSearch(ICodeSystem codeSystem) : ITermSearch
{
    public TermSearchResult Search(in TermQuery query, Span<TermHit> hits)
    {
        var words = TermFolding.Words(query.Text.ToString());
        var text = query.Text.Trim().ToString();
        var exactCode = codeSystem.TryFind(Encoding.UTF8.GetBytes(text), out var coded) ? coded : ConceptOrdinal.None;
        if (words.Length == 0 && !exactCode.Exists) return new(0, 0, true, false);
        var found = Scan(query, words, exactCode, TermMatch.Prefixes);
        var misspelt = false;
        if (found.Count == 0 && !query.ExactWordsOnly)
        {
            found = Scan(query, words, exactCode, TermMatch.Misspelt);
            misspelt = found.Count > 0;
        }
        found.Sort((left, right) => right.Score != left.Score ? right.Score.CompareTo(left.Score) : left.Concept.Value.CompareTo(right.Concept.Value));
        var written = 0;
        for (var i = query.Offset; i < found.Count && written < hits.Length; i++) hits[written++] = found[i];
        return new(written, found.Count, true, misspelt);
    }

    private List<TermHit> Scan(in TermQuery query, string[] words, ConceptOrdinal exactCode, Func<string[], string[], float> match)
    {
        var found = new List<TermHit>();
        foreach (var concept in query.Scope ?? codeSystem.All)
        {
            var inactive = codeSystem.Flags(concept).HasFlag(ConceptFlags.Inactive);
            if (inactive && !query.IncludeInactive) continue;
            var best = concept == exactCode ? new TermHit(concept, FirstDesignation(concept), 1) : new(concept, -1, 0);
            var designations = codeSystem.Designations(concept);
            for (var i = designations.Start; i < designations.End && words.Length > 0; i++)
            {
                var designation = codeSystem.Designation(i);
                if (!designation.Active || designation.Use == DesignationUses.Definition) continue;
                var score = match(words, TermFolding.Words(Encoding.UTF8.GetString(designation.Value)));
                if (score <= 0) continue;
                score = TermMatch.Adjust(score, i == designations.Start, inactive);
                if (score > best.Score) best = new(concept, i, score);
            }
            if (best.Score > 0) found.Add(best);
        }
        return found;
    }

    private int FirstDesignation(ConceptOrdinal concept) => codeSystem.Designations(concept) is { Count: > 0 } range ? range.Start : -1;

    public Marks? Designations(ReadOnlySpan<char> word, bool anywhere) => null;
}

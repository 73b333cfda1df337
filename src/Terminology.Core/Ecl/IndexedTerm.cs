using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>Any of some search terms, or none of them.</summary>
internal sealed class TermsTest(IndexedTerm[] terms, bool isNot)
{
    /// <summary>False when the index says that the text cannot match.</summary>
    public bool MayMatch(int designation)
    {
        if (isNot) return true;
        foreach (var term in terms)
        {
            if (term.MayMatch(designation)) return true;
        }
        return false;
    }

    public bool Matches(int designation)
    {
        foreach (var term in terms)
        {
            if (term.Matches(designation)) return !isNot;
        }
        return isNot;
    }

    /// <summary>Does the index say all, so that nothing is left to ask once the marks are narrowed?</summary>
    public bool IsDecided => Array.TrueForAll(terms, term => term.Exact is not null);

    /// <summary>Removes what the index says cannot match.</summary>
    public void Narrow(Marks marks)
    {
        if (isNot)
        {
            foreach (var term in terms.Where(term => term.Exact is not null)) marks.Remove(term.Exact!);
            return;
        }
        if (Array.Exists(terms, term => term.Possible is null)) return;
        var any = new Marks(marks.Limit);
        foreach (var term in terms) any.Add(term.Possible!);
        marks.Keep(any);
    }
}

/// <summary>A search term with the descriptions that the index of words gives for it.</summary>
internal sealed class IndexedTerm
{
    private readonly ICodeSystem _system;
    private readonly TermTest _test;
    private readonly EclBudget _budget;
    private readonly Marks? _marks;
    private readonly bool _isExact;

    public IndexedTerm(ICodeSystem system, SearchTerm term, bool useIndex, EclBudget budget)
    {
        (_system, _budget, _test) = (system, budget, TermTest.Of(term));
        if (!useIndex) return;
        if (_test is WordsTest words)
        {
            _isExact = !words.IsMarked;
            foreach (var word in words.Words) Keep(ref _marks, word, anywhere: false);
        }
        else if (_test is WildTest wild)
        {
            foreach (var word in wild.Words) Keep(ref _marks, word, anywhere: true);
        }
    }

    /// <summary>Descriptions that match for certain; null when texts have to be read.</summary>
    public Marks? Exact => _isExact ? _marks : null;

    /// <summary>Descriptions that come into question; null: all.</summary>
    public Marks? Possible => _marks;

    public bool MayMatch(int designation) => _marks is null || _marks.Contains(designation);

    public bool Matches(int designation)
    {
        if (_marks is not null)
        {
            if (!_marks.Contains(designation)) return false;
            if (_isExact) return true;
        }
        _budget.Spend(10);
        return _test.Matches(_system.Designation(designation).Value);
    }

    private void Keep(ref Marks? marks, string word, bool anywhere)
    {
        _budget.Spend(10_000);
        if (_system.Search.Designations(word, anywhere) is not { } found) return;
        if (marks is null) marks = found;
        else marks.Keep(found);
    }
}

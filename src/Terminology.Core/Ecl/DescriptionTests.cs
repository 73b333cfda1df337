using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>What the filters between two braces ask of one description, the cheap questions first.</summary>
internal sealed class DescriptionTests(ICodeSystem system)
{
    private readonly List<(IndexedTerm[] Terms, bool IsNot)> _terms = [];
    private readonly List<ViewTest> _views = [];
    private readonly List<Func<int, bool>> _designations = [];

    public delegate bool ViewTest(in DesignationView view);

    public void Term(IndexedTerm[] terms, bool isNot) => _terms.Add((terms, isNot));

    public void View(ViewTest test) => _views.Add(test);

    public void Designation(Func<int, bool> test) => _designations.Add(test);

    /// <summary>Only active descriptions count; where a word has to be in the index, they are.</summary>
    public void NeedActive()
    {
        if (!_terms.Exists(term => !term.IsNot && Array.TrueForAll(term.Terms, one => one.IsIndexed))) View((in view) => view.Active);
    }

    /// <summary>Has the concept a description that fulfils them all?</summary>
    public bool Hold(ConceptOrdinal concept)
    {
        var range = system.Designations(concept);
        for (var designation = range.Start; designation < range.End; designation++)
        {
            if (Holds(designation)) return true;
        }
        return false;
    }

    private bool Holds(int designation)
    {
        foreach (var (terms, isNot) in _terms)
        {
            if (!isNot && !Array.Exists(terms, term => term.MayMatch(designation))) return false;
        }
        if (_views.Count > 0)
        {
            var view = system.Designation(designation);
            foreach (var test in _views)
            {
                if (!test(view)) return false;
            }
        }
        foreach (var test in _designations)
        {
            if (!test(designation)) return false;
        }
        foreach (var (terms, isNot) in _terms)
        {
            if (Array.Exists(terms, term => term.Matches(designation)) == isNot) return false;
        }
        return true;
    }
}

/// <summary>A search term with the descriptions that the index of words gives for it.</summary>
internal sealed class IndexedTerm
{
    private readonly ICodeSystem _system;
    private readonly TermTest _test;
    private readonly EclBudget _budget;
    private readonly Marks? _marks, _unindexed;
    private readonly bool _isExact;

    public IndexedTerm(ICodeSystem system, SearchTerm term, bool useIndex, EclBudget budget)
    {
        (_system, _budget, _test) = (system, budget, TermTest.Of(term));
        if (!useIndex || system.Search.Unindexed is not { } unindexed) return;
        _unindexed = unindexed;
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

    /// <summary>Does the index say which descriptions come into question?</summary>
    public bool IsIndexed => _marks is not null;

    public bool MayMatch(int designation) => _marks is null || _marks.Contains(designation) || _unindexed!.Contains(designation);

    public bool Matches(int designation)
    {
        if (_marks is not null)
        {
            if (_marks.Contains(designation))
            {
                if (_isExact) return true;
            }
            else if (!_unindexed!.Contains(designation))
            {
                return false;
            }
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

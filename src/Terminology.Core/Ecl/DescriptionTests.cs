using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>What the filters between two braces ask of one description, the cheap questions first.</summary>
internal sealed class DescriptionTests(ICodeSystem system)
{
    private readonly List<TermsTest> _terms = [];
    private readonly List<DesignationKindTest> _kinds = [];
    private readonly List<ViewTest> _views = [];
    private readonly List<((string Refset, bool Acceptable, bool Preferred)[] Accepted, bool IsNot)> _dialects = [];
    private Marks? _marked;

    public delegate bool ViewTest(in DesignationView view);

    public void Term(TermsTest test) => _terms.Add(test);

    public void Kind(DesignationKindTest test) => _kinds.Add(test);

    public void View(ViewTest test) => _views.Add(test);

    public void Dialect((string Refset, bool Acceptable, bool Preferred)[] accepted, bool isNot) => _dialects.Add((accepted, isNot));

    /// <summary>Marks all descriptions of the system that may fulfil the filters, so that only these are looked at.</summary>
    public void Mark()
    {
        _marked = system.DesignationsOf((use, language, active) => _kinds.TrueForAll(test => test(use, language, active)));
        foreach (var terms in _terms) terms.Narrow(_marked);
        foreach (var (accepted, isNot) in _dialects)
        {
            Marks? any = null;
            foreach (var (refset, acceptable, preferred) in accepted)
            {
                var found = system.DesignationsOf(refset, acceptable, preferred);
                if (any is null) any = found;
                else any.Add(found);
            }
            if (any is null && isNot) continue;
            if (any is null) _marked.Keep(static _ => false);
            else if (isNot) _marked.Remove(any);
            else _marked.Keep(any);
        }
        _kinds.Clear();
        _dialects.Clear();
        _terms.RemoveAll(static terms => terms.IsDecided);
    }

    /// <summary>Has the concept a description that fulfils them all?</summary>
    public bool Hold(ConceptOrdinal concept)
    {
        var range = system.Designations(concept);
        if (_marked is not null && _terms.Count + _views.Count == 0) return _marked.ContainsAny(range);
        for (var designation = range.Start; designation < range.End; designation++)
        {
            if (_marked?.Contains(designation) != false && Holds(designation)) return true;
        }
        return false;
    }

    private bool Holds(int designation)
    {
        foreach (var terms in _terms)
        {
            if (!terms.MayMatch(designation)) return false;
        }
        if (_kinds.Count + _views.Count > 0 && !HoldsView(designation)) return false;
        foreach (var (accepted, isNot) in _dialects)
        {
            if (IsAccepted(designation, accepted) == isNot) return false;
        }
        foreach (var terms in _terms)
        {
            if (!terms.Matches(designation)) return false;
        }
        return true;
    }

    private bool HoldsView(int designation)
    {
        var view = system.Designation(designation);
        foreach (var test in _kinds)
        {
            if (!test(view.Use, view.Language, view.Active)) return false;
        }
        foreach (var test in _views)
        {
            if (!test(view)) return false;
        }
        return true;
    }

    private bool IsAccepted(int designation, (string Refset, bool Acceptable, bool Preferred)[] dialects)
    {
        foreach (var (refset, acceptable, preferred) in dialects)
        {
            var standing = system.Acceptability(designation, refset);
            if (standing == Acceptability.Preferred ? preferred : standing == Acceptability.Acceptable && acceptable) return true;
        }
        return false;
    }
}

using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>Description filters: a concept stays when one of its descriptions fulfils all filters between the same braces.</summary>
internal sealed partial class EclEvaluator
{
    private ConceptSet WithDescription(IReadOnlyList<EclFilter> filters, ConceptSet set)
    {
        if (set.Count == 0) return set;
        foreach (var ids in filters.OfType<DescriptionIdFilter>().Where(filter => !filter.IsNot)) set = set.And(Described(ids.Ids));
        var anyState = filters.Any(filter => filter is ActiveFilter);
        var tests = new DescriptionTests(system);
        foreach (var filter in filters) Prepare(filter, tests, useIndex: !anyState && set.Count > FewConcepts);
        if (!anyState) tests.NeedActive();
        return Where(set, tests.Hold);
    }

    private ConceptSet Described(IReadOnlyList<string> ids)
    {
        var found = new List<int>();
        foreach (var id in ids)
        {
            budget.Spend(100_000);
            if (system.TryFindDesignation(System.Text.Encoding.UTF8.GetBytes(id), out var concept)) found.Add(concept.Value);
        }
        return ConceptSet.FromOrdinals(found.ToArray());
    }

    private void Prepare(EclFilter filter, DescriptionTests tests, bool useIndex)
    {
        switch (filter)
        {
            case TermFilter term:
                tests.Term([.. term.Value.Terms.Select(one => new IndexedTerm(system, one, useIndex, budget))], term.Value.Operator == ComparisonOperator.NotEqual);
                break;
            case LanguageFilter language:
                tests.View((in view) => language.Languages.Contains(Primary(view.Language)) != language.IsNot);
                break;
            case TypeFilter type:
                var types = Ids(type.Types);
                tests.View((in view) => types.Contains(view.Use.Code ?? "") != type.IsNot);
                break;
            case ModuleFilter module:
                var modules = Ids(module.Modules);
                tests.View((in view) => modules.Contains(view.Module) != module.IsNot);
                break;
            case EffectiveTimeFilter time:
                tests.View((in view) => Fits(view.EffectiveTime, time.Value));
                break;
            case ActiveFilter active:
                tests.View((in view) => active.Active is null || view.Active == active.Active);
                break;
            case DescriptionIdFilter id:
                var ids = id.Ids.Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
                tests.View((in view) => Contains(ids, view.Id) != id.IsNot);
                break;
            case DialectFilter dialect:
                var accepted = dialect.Dialects.SelectMany(Accepted).ToArray();
                tests.Designation(designation => IsAccepted(designation, accepted) != dialect.IsNot);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(filter));
        }
    }

    /// <summary>The reference sets of a dialect with the acceptability that is asked for.</summary>
    private IEnumerable<(string Refset, bool Acceptable, bool Preferred)> Accepted(Dialect dialect)
    {
        var refsets = Ids(dialect.Refsets);
        var any = dialect.Acceptabilities.Count == 0;
        var (acceptable, preferred) = (any || Names(EclConcepts.Acceptable), any || Names(EclConcepts.Preferred));
        return (system.Refsets?.All ?? []).Where(refset => refset.Type == RefsetType.Language && refsets.Contains(refset.Id)).Select(refset => (refset.Id, acceptable, preferred)).ToArray();

        bool Names(string id) => dialect.Acceptabilities.Any(reference => reference.Id == id);
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

    private static bool Contains(byte[][] ids, ReadOnlySpan<byte> id)
    {
        foreach (var one in ids)
        {
            if (id.SequenceEqual(one)) return true;
        }
        return false;
    }

    private static string Primary(string language) => language.IndexOf('-') is >= 0 and var dash ? language[..dash] : language;
}

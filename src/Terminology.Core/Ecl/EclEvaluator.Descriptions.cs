using System.Text;
using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>
/// Description filters: a concept stays when one of its descriptions fulfils all filters between the same braces. Of few concepts the descriptions are read; of many,
/// each filter gives the descriptions that fulfil it, and what is left is read.
/// </summary>
internal sealed partial class EclEvaluator
{
    /// <summary>From so many concepts on, all descriptions of a kind are marked at once.</summary>
    private const int ManyConcepts = 10_000;

    private ConceptSet WithDescription(IReadOnlyList<EclFilter> filters, ConceptSet set)
    {
        if (set.Count == 0) return set;
        foreach (var ids in filters.OfType<DescriptionIdFilter>().Where(filter => !filter.IsNot)) set = set.And(Described(ids.Ids));
        var anyState = filters.Any(filter => filter is ActiveFilter);
        var tests = new DescriptionTests(system);
        if (!anyState) tests.Kind(static (_, _, active) => active);
        foreach (var filter in filters) Prepare(filter, tests, useIndex: !anyState && set.Count > FewConcepts);
        if (set.Count > ManyConcepts)
        {
            budget.Spend(500_000);
            tests.Mark();
        }
        return Where(set, tests.Hold);
    }

    private ConceptSet Described(IReadOnlyList<string> ids)
    {
        var found = new List<int>();
        foreach (var id in ids)
        {
            budget.Spend(100_000);
            if (system.TryFindDesignation(Encoding.UTF8.GetBytes(id), out var concept)) found.Add(concept.Value);
        }
        return ConceptSet.FromOrdinals(found.ToArray());
    }

    private void Prepare(EclFilter filter, DescriptionTests tests, bool useIndex)
    {
        switch (filter)
        {
            case TermFilter term:
                tests.Term(new([.. term.Value.Terms.Select(one => new IndexedTerm(system, one, useIndex, budget))], term.Value.Operator == ComparisonOperator.NotEqual));
                break;
            case LanguageFilter language:
                tests.Kind((_, code, _) => language.Languages.Contains(Primary(code)) != language.IsNot);
                break;
            case TypeFilter type:
                var types = Ids(type.Types);
                tests.Kind((use, _, _) => types.Contains(use.Code ?? "") != type.IsNot);
                break;
            case ActiveFilter active:
                tests.Kind((_, _, state) => active.Active is null || state == active.Active);
                break;
            case ModuleFilter module:
                var modules = Ids(module.Modules);
                tests.View((in view) => modules.Contains(view.Module) != module.IsNot);
                break;
            case EffectiveTimeFilter time:
                tests.View((in view) => Fits(view.EffectiveTime, time.Value));
                break;
            case DescriptionIdFilter id:
                var ids = id.Ids.Select(Encoding.UTF8.GetBytes).ToArray();
                tests.View((in view) => Contains(ids, view.Id) != id.IsNot);
                break;
            case DialectFilter dialect:
                tests.Dialect([.. dialect.Dialects.SelectMany(Accepted)], dialect.IsNot);
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

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Terminology.CodeSystems;

namespace Terminology.ValueSets;

/// <summary>The enumerated concepts of rules as sets, so that a membership test does not read a list of thousands. Kept as long as the rule itself.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Enumerations
{
    private const int WorthASet = 8;
    private readonly ConditionalWeakTable<ConceptSetRule, ConcurrentDictionary<ICodeSystem, ConceptSet>> _sets = [];

    // Ordinals of composed codes hold for one request only; their codes hold for ever.
    private readonly ConditionalWeakTable<ConceptSetRule, HashSet<string>> _codes = [];

    /// <summary>Does the rule enumerate the concept?</summary>
    public bool Contains(ConceptSetRule rule, ICodeSystem system, ConceptOrdinal concept)
    {
        if (system is GrammarCodeSystem or Expressions.ExpressionCodeSystem && rule.Concepts.Count > WorthASet)
        {
            return _codes.GetValue(rule, static rule => rule.Concepts.Select(reference => reference.Code).ToHashSet(StringComparer.Ordinal)).Contains(TerminologyService.Text(system.Code(concept)));
        }
        if (rule.Concepts.Count > WorthASet) return _sets.GetOrCreateValue(rule).GetOrAdd(system, static (of, rule) => Set(rule, of), rule).Contains(concept);
        foreach (var reference in rule.Concepts)
        {
            if (TerminologyService.TryFind(system, reference.Code, out var found) && found == concept) return true;
        }
        return false;
    }

    private static ConceptSet Set(ConceptSetRule rule, ICodeSystem system)
    {
        var found = new List<int>(rule.Concepts.Count);
        foreach (var reference in rule.Concepts)
        {
            if (TerminologyService.TryFind(system, reference.Code, out var concept)) found.Add(concept.Value);
        }
        return ConceptSet.FromOrdinals(found.ToArray());
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Terminology.CodeSystems;

namespace Terminology.ValueSets;

/// <summary>The enumerated concepts of rules, found once in their code system: as members in order, and as sets. Kept as long as the rule itself.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Enumerations
{
    private const int WorthKeeping = 8;
    private readonly ConditionalWeakTable<ConceptSetRule, ConcurrentDictionary<ICodeSystem, MemberBlock>> _blocks = [];

    // Ordinals of composed codes hold for one request only; their codes hold for ever.
    private readonly ConditionalWeakTable<ConceptSetRule, HashSet<string>> _codes = [];

    /// <summary>Does the rule enumerate the concept?</summary>
    public bool Contains(ConceptSetRule rule, ICodeSystem system, ConceptOrdinal concept)
    {
        // Pairs are listed in whatever order and with whatever marks.
        var isPair = system is Icd10.DualCodeSystem dual && dual.PartsOf(concept) is not null;
        if (!isPair && IsOfOneRequest(system) && rule.Concepts.Count > WorthKeeping)
        {
            return _codes.GetValue(rule, static rule => rule.Concepts.Select(reference => reference.Code).ToHashSet(StringComparer.Ordinal)).Contains(TerminologyService.Text(system.Code(concept)));
        }
        if (!isPair && rule.Concepts.Count > WorthKeeping) return Block(rule, system).Set.Contains(concept);
        foreach (var reference in rule.Concepts)
        {
            if (TerminologyService.TryFind(system, reference.Code, out var found) && found == concept) return true;
        }
        return false;
    }

    /// <summary>The enumerated codes that the code system has, in the order of the rule, repetitions included.</summary>
    public MemberBlock Block(ConceptSetRule rule, ICodeSystem system)
        => rule.Concepts.Count <= WorthKeeping || IsOfOneRequest(system) ? Find(rule, system) : _blocks.GetOrCreateValue(rule).GetOrAdd(system, static (of, rule) => Find(rule, of), rule);

    private static bool IsOfOneRequest(ICodeSystem system) => system is GrammarCodeSystem or Expressions.ExpressionCodeSystem or Icd10.DualCodeSystem;

    private static MemberBlock Find(ConceptSetRule rule, ICodeSystem system)
    {
        var (concepts, references) = (new List<ConceptOrdinal>(rule.Concepts.Count), new List<ConceptReference>(rule.Concepts.Count));
        foreach (var reference in rule.Concepts)
        {
            if (!TerminologyService.TryFind(system, reference.Code, out var concept)) continue;
            concepts.Add(concept);
            references.Add(reference);
        }
        return new(system, [.. concepts], [.. references]);
    }
}

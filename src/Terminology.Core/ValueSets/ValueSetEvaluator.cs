using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.ValueSets;

/// <summary>Evaluates a value set against the code systems of one service, for one request: membership without expanding, and expansion as sets.</summary>
internal sealed class ValueSetEvaluator(TerminologyService service, RequestScope scope)
{
    private readonly Dictionary<(ICodeSystem, Filter), ConceptSet> _filters = [];
    private readonly List<string> _chain = [];

    /// <summary>Code systems that were used, in the order met.</summary>
    public List<ICodeSystem> UsedSystems { get; } = [];

    /// <summary>Value sets that were used, in the order met.</summary>
    public List<VersionedUrl> UsedValueSets { get; } = [];

    /// <summary>Is the concept a member? Only the rules that name its code system are evaluated.</summary>
    public bool Contains(ValueSet valueSet, ICodeSystem system, ConceptOrdinal concept)
    {
        if (valueSet.Compose is not { } compose)
        {
            var code = TerminologyService.Text(system.Code(concept));
            return valueSet.StoredExpansion?.Any(member => member.System == system.Info.Url.Value && member.Code == code) == true;
        }
        if (compose.Inactive == false && system.Flags(concept).HasFlag(ConceptFlags.Inactive)) return false;
        return Guarded(valueSet, () => compose.Includes.Any(rule => Contains(rule, system, concept)) && !compose.Excludes.Any(rule => Contains(rule, system, concept)));
    }

    /// <summary>The display that an enumeration gives a concept, or null.</summary>
    public static string? EnumeratedDisplay(ValueSet valueSet, ICodeSystem system, ConceptOrdinal concept)
    {
        var code = TerminologyService.Text(system.Code(concept));
        return valueSet.Compose?.Includes.Where(rule => rule.System == system.Info.Url.Value).SelectMany(rule => rule.Concepts).FirstOrDefault(reference => reference.Code == code)?.Display;
    }

    /// <summary>The members: enumerated ones in the order of their enumeration, then sets in hierarchy order.</summary>
    public IReadOnlyList<MemberBlock> Members(ValueSet valueSet)
    {
        if (valueSet.Compose is not { } compose) return Stored(valueSet);
        return Guarded(valueSet, () =>
        {
            var blocks = new List<MemberBlock>();
            foreach (var rule in compose.Includes) blocks.AddRange(Of(rule));
            foreach (var rule in compose.Excludes)
            {
                foreach (var excluded in Of(rule)) blocks = [.. blocks.Select(block => block.Minus(excluded)).Where(block => block.Count > 0)];
            }
            if (compose.Inactive == false) blocks = [.. blocks.Select(block => block.ActiveOnly()).Where(block => block.Count > 0)];
            return Distinct(blocks);
        });
    }

    private bool Contains(ConceptSetRule rule, ICodeSystem system, ConceptOrdinal concept)
    {
        if (rule.System is not null)
        {
            if (rule.System != system.Info.Url.Value || System(rule) != system) return false;
            if (rule.Concepts.Count > 0 && !rule.Concepts.Any(reference => TerminologyService.TryFind(system, reference.Code, out var found) && found == concept)) return false;
            if (rule.Filters.Any(filter => !Contains(filter, system, concept))) return false;
        }
        return rule.ValueSets.All(imported => Contains(Import(imported), system, concept));
    }

    private bool Contains(Filter filter, ICodeSystem system, ConceptOrdinal concept)
    {
        // The common ones without a set: subsumption is a look at an interval.
        if (filter.Property is "concept" or "code" && filter.Op is "is-a" or "descendent-of" && TerminologyService.TryFind(system, filter.Value, out var top))
        {
            return system.IsA(concept, top) && (filter.Op == "is-a" || concept != top);
        }
        return Set(system, filter).Contains(concept);
    }

    private List<MemberBlock> Of(ConceptSetRule rule)
    {
        var imported = rule.ValueSets.Select(Import).Select(Members).ToArray();
        if (rule.System is null) return imported.Length == 0 ? [] : imported.Aggregate((IReadOnlyList<MemberBlock> all, IReadOnlyList<MemberBlock> next) => And(all, next)).ToList();
        var system = System(rule);
        MemberBlock block;
        if (rule.Concepts.Count > 0)
        {
            var found = rule.Concepts.Select(reference => (Reference: reference, Concept: TerminologyService.TryFind(system, reference.Code, out var concept) ? concept : ConceptOrdinal.None))
                .Where(pair => pair.Concept.Exists).ToArray();
            block = new(system, [.. found.Select(pair => pair.Concept)], [.. found.Select(pair => pair.Reference)]);
        }
        else
        {
            block = new(system, rule.Filters.Select(filter => Set(system, filter)).Aggregate(system.All, (all, next) => all.And(next)));
        }
        return [.. imported.Aggregate((IReadOnlyList<MemberBlock>)[block], And)];
    }

    private ConceptSet Set(ICodeSystem system, Filter filter)
        => _filters.TryGetValue((system, filter), out var known) ? known : _filters[(system, filter)] = FilterEvaluator.Evaluate(system, filter, scope.Cancel);

    private ICodeSystem System(ConceptSetRule rule)
    {
        var system = service.CodeSystem(rule.System!, TerminologyService.WantedVersion(rule.System!, rule.Version, scope));
        if (!UsedSystems.Contains(system)) UsedSystems.Add(system);
        return system;
    }

    private ValueSet Import(VersionedUrl canonical)
    {
        var found = service.FindValueSet(canonical) ?? throw new UnknownValueSet(canonical, Messages.UnknownValueSet(canonical)) { TxIssueType = "not-found" };
        var used = new VersionedUrl(found.Url ?? canonical.Url, found.Version);
        if (!UsedValueSets.Contains(used)) UsedValueSets.Add(used);
        return found;
    }

    private T Guarded<T>(ValueSet valueSet, Func<T> evaluate)
    {
        scope.Cancel.ThrowIfCancellationRequested();
        var name = new VersionedUrl(valueSet.Url ?? "(inline)", valueSet.Version).ToString();
        if (valueSet.Url is not null && _chain.Contains(name))
        {
            throw new TerminologyException(IssueType.Processing, "VALUESET_CIRCULAR_REFERENCE", $"Cyclic reference detected when including {name} via {string.Join(" → ", _chain)}.") { TxIssueType = "vs-invalid" };
        }
        _chain.Add(name);
        try
        {
            return evaluate();
        }
        finally
        {
            _chain.RemoveAt(_chain.Count - 1);
        }
    }

    private List<MemberBlock> Stored(ValueSet valueSet)
    {
        var blocks = new List<MemberBlock>();
        foreach (var group in (valueSet.StoredExpansion ?? []).GroupBy(member => member.System ?? "", StringComparer.Ordinal))
        {
            if (service.FindCodeSystem(group.Key) is { } system)
            {
                var known = group.Select(member => (member, TerminologyService.TryFind(system, member.Code ?? "", out var concept) ? concept : ConceptOrdinal.None)).Where(pair => pair.Item2.Exists).ToArray();
                blocks.Add(new(system, [.. known.Select(pair => pair.Item2)], [.. known.Select(pair => new ConceptReference(pair.member.Code!, pair.member.Display))]));
            }
            else
            {
                blocks.Add(new([.. group]));
            }
        }
        return blocks;
    }

    private static List<MemberBlock> And(IReadOnlyList<MemberBlock> left, IReadOnlyList<MemberBlock> right)
    {
        var result = new List<MemberBlock>();
        foreach (var block in left)
        {
            var others = right.Where(other => other.System == block.System).ToArray();
            if (others.Length == 0) continue;
            var kept = block.And(others.Select(other => other.AsSet()).Aggregate((all, next) => all.Or(next)));
            if (kept.Count > 0) result.Add(kept);
        }
        return result;
    }

    private static List<MemberBlock> Distinct(List<MemberBlock> blocks)
    {
        var result = new List<MemberBlock>(blocks.Count);
        foreach (var block in blocks)
        {
            var rest = result.Aggregate(block, (left, earlier) => left.Minus(earlier));
            if (rest.Count > 0) result.Add(rest);
        }
        return result;
    }
}

/// <summary>Members of one code system: a set, or an enumeration in its own order; or codings of a system that is not loaded.</summary>
internal sealed class MemberBlock
{
    private readonly ConceptSet? _set;
    private readonly ConceptOrdinal[] _listed = [];
    private readonly ConceptReference[] _references = [];
    private readonly Coding[] _unknown = [];

    public MemberBlock(ICodeSystem system, ConceptSet set) => (System, _set) = (system, set);

    public MemberBlock(ICodeSystem system, ConceptOrdinal[] listed, ConceptReference[] references) => (System, _listed, _references) = (system, listed, references);

    public MemberBlock(Coding[] unknown) => _unknown = unknown;

    public ICodeSystem? System { get; }

    public int Count => _set?.Count ?? _listed.Length + _unknown.Length;

    public Terminology.Operations.ExpansionMember this[int index] => System is null
        ? new(null, ConceptOrdinal.None, null, _unknown[index])
        : _set is null ? new(System, _listed[index], _references[index]) : new(System, _set[index]);

    public ConceptSet AsSet() => _set ?? ConceptSet.FromOrdinals(global::System.Runtime.InteropServices.MemoryMarshal.Cast<ConceptOrdinal, int>(_listed));

    public MemberBlock And(ConceptSet set) => System is null ? this : _set is null ? Listed(set.Contains) : new(System, _set.And(set));

    public MemberBlock Minus(MemberBlock other)
    {
        if (System is null || other.System != System) return this;
        var set = other.AsSet();
        return _set is null ? Listed(concept => !set.Contains(concept)) : new(System, _set.Minus(set));
    }

    public MemberBlock ActiveOnly() => System is null ? this : And(System.Active);

    public MemberBlock Where(Func<ConceptOrdinal, bool> keep)
        => System is null ? this : _set is null ? Listed(keep) : new(System, ConceptSet.FromSorted(_set.Where(keep).Select(concept => concept.Value).ToArray()));

    private MemberBlock Listed(Func<ConceptOrdinal, bool> keep)
    {
        var kept = Enumerable.Range(0, _listed.Length).Where(i => keep(_listed[i])).ToArray();
        return new(System!, [.. kept.Select(i => _listed[i])], [.. kept.Select(i => _references[i])]);
    }
}

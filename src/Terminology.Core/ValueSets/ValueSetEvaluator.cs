using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.ValueSets;

/// <summary>Evaluates a value set against the code systems of one service, for one request: membership without expanding, and members as sets.</summary>
/// <remarks>Excludes win over includes. One use, one thread.</remarks>
internal sealed class ValueSetEvaluator(TerminologyService service, RequestScope scope)
{
    // Each level is some frames of the stack.
    private const int DeepestImports = 200;

    // To remember costs more than to ask again, up to here.
    private const int FewImports = 100;

    private readonly List<ValueSet> _chain = [];

    // What is imported over many ways is worked out once.
    private readonly Dictionary<ValueSet, IReadOnlyList<MemberBlock>> _imported = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, HashSet<string>> _versions = new(StringComparer.Ordinal);

    private readonly Dictionary<ValueSet, Dictionary<(ICodeSystem, ConceptOrdinal, bool), bool?>> _holding = new(ReferenceEqualityComparer.Instance);
    private int _asked;
    private (string System, string? Version) _missing = ("", null);

    /// <summary>Code systems that were used, in the order met.</summary>
    public List<ICodeSystem> UsedSystems { get; } = [];

    /// <summary>Value sets that were imported, in the order met.</summary>
    public List<ValueSet> UsedValueSets { get; } = [];

    /// <summary>Code systems with a grammar of which a rule wants all that there is, so that the members can only be a part: with the value set that stands for it, when there is one.</summary>
    public List<(GrammarCodeSystem System, ValueSet? By)> Unclosed { get; } = [];

    /// <summary>Was every such rule narrowed by filters?</summary>
    public bool UnclosedAreFiltered { get; private set; } = true;

    /// <summary>Code systems of which a rule takes what there is, rather than codes that it lists.</summary>
    public HashSet<ICodeSystem> OpenSystems { get; } = [];

    /// <summary>Do the rules name, or mean, more than one version of a code system?</summary>
    public bool UsesSeveralVersions => _versions.Values.Any(versions => versions.Count > 1) || UsedSystems.Select(system => system.Info.Url).Distinct().Count() < UsedSystems.Count;

    /// <summary>Was something excluded, or merged, over versions?</summary>
    public bool MatchedVersions { get; private set; }

    /// <summary>The parameters of the request that decided on a version, in the order met.</summary>
    public List<ExpansionParameter> UsedRules { get; } = [];

    /// <summary>The version that stands for a rule which names this version (or null for none) of its system: what a coding says of its own version.</summary>
    public (string? Version, ICodeSystem System)? Instead { get; set; }

    /// <summary>Is the concept a member? Only the rules that name its code system are looked at, and no set is built where an interval or the concept itself can tell.</summary>
    /// <param name="valueSet">The value set.</param>
    /// <param name="system">The code system version of the concept.</param>
    /// <param name="concept">The concept.</param>
    /// <param name="anyVersion">May a rule of another version of the code system hold for it, when its code is in that version too?</param>
    /// <exception cref="UnknownCodeSystem">A rule needs a version of the code system that is not loaded.</exception>
    public bool Contains(ValueSet valueSet, ICodeSystem system, ConceptOrdinal concept, bool anyVersion = false)
        => TryContains(valueSet, system, concept, anyVersion) ?? throw service.UnknownInExpansion(_missing.System, _missing.Version);

    /// <summary>As <see cref="Contains(ValueSet, ICodeSystem, ConceptOrdinal, bool)"/>; null when a rule needs a version of the code system that is not loaded.</summary>
    public bool? TryContains(ValueSet valueSet, ICodeSystem system, ConceptOrdinal concept, bool anyVersion = false)
    {
        if (valueSet.Compose is not { } compose) return IsStored(valueSet, system, concept);
        if (compose.Inactive == false && system.Flags(concept).HasFlag(ConceptFlags.Inactive)) return false;
        using var level = Enter(valueSet);
        foreach (var rule in compose.Includes)
        {
            if (Contains(rule, system, concept, anyVersion) is not { } isIncluded) return null;
            if (isIncluded) return IsExcluded(valueSet, compose.Excludes, system, concept, anyVersion) is { } isExcluded ? !isExcluded : null;
        }
        return false;
    }

    /// <summary>What the value set says of a concept when it enumerates it, or null.</summary>
    public static ConceptReference? Enumerated(ValueSet valueSet, ICodeSystem system, ConceptOrdinal concept)
    {
        foreach (var rule in valueSet.Compose?.Includes ?? [])
        {
            if (rule.Concepts.Count == 0 || rule.System != system.Info.Url.Value) continue;
            foreach (var reference in rule.Concepts)
            {
                if (TerminologyService.TryFind(system, reference.Code, out var found) && found == concept) return reference;
            }
        }
        return null;
    }

    /// <summary>The rules of a value set, and of those it imports, that include codes of a system.</summary>
    public List<ConceptSetRule> RulesOf(ValueSet valueSet, string system)
    {
        var rules = new List<ConceptSetRule>();
        Collect(valueSet, system, rules, []);
        return rules;
    }

    /// <summary>The code systems that a value set, and those it imports, include codes of, with the version that the rule names.</summary>
    public List<VersionedUrl> SystemsOf(ValueSet valueSet)
    {
        var rules = new List<ConceptSetRule>();
        Collect(valueSet, null, rules, []);
        var stored = valueSet.Compose is null ? (valueSet.StoredExpansion ?? []).Where(member => member.System is not null).Select(member => new VersionedUrl(member.System!, member.Version)) : [];
        return [.. rules.Select(rule => new VersionedUrl(service.Understand(rule.System!).System, rule.Version)).Concat(stored).Distinct()];
    }

    /// <summary>The members: enumerated ones in the order of their enumeration, then sets in hierarchy order; the order of the includes.</summary>
    /// <exception cref="TerminologyException">NotFound: a code system or value set that a rule names. Invalid: a filter. Processing: a value set that imports itself.</exception>
    public IReadOnlyList<MemberBlock> Members(ValueSet valueSet)
    {
        if (valueSet.Compose is not { } compose) return Stored(valueSet);
        using var level = Enter(valueSet);
        IReadOnlyList<MemberBlock> included = [.. compose.Includes.SelectMany((rule, index) => Of(rule, $"ValueSet.compose.include[{index}]"))];
        if (compose.Includes.All(rule => rule.Version is not null)) included = ValueSets.Members.NewestFirst(included);
        var blocks = ValueSets.Members.Union(valueSet.VersionsMatch == true ? ValueSets.Members.Merged(included) : included);
        if (compose.Excludes.Count > 0)
        {
            blocks = ValueSets.Members.Minus(blocks, [.. compose.Excludes.SelectMany((rule, index) => EveryVersion(rule, valueSet.VersionsMatch != false, blocks, Of(rule, $"ValueSet.compose.exclude[{index}]")))]);
        }
        return compose.Inactive == false ? Active(blocks) : blocks;
    }

    /// <summary>The members that are not inactive.</summary>
    public static List<MemberBlock> Active(IReadOnlyList<MemberBlock> blocks)
        => [.. blocks.Select(block => block.System is { } system ? block.And(system.Active) : block).Where(block => block.Count > 0)];

    /// <param name="valueSet">The value set.</param>
    /// <param name="system">Only rules of this system; null: of all.</param>
    /// <param name="rules">Where they go; null when they only have to be looked through for cycles.</param>
    /// <param name="seen">What was looked through, to either end: over a second way nothing new is found.</param>
    private void Collect(ValueSet valueSet, string? system, List<ConceptSetRule>? rules, HashSet<(ValueSet, bool)> seen)
    {
        using var level = Enter(valueSet);
        if (!seen.Add((valueSet, rules is not null))) return;
        foreach (var imported in (valueSet.Compose?.Excludes ?? []).SelectMany(rule => rule.ValueSets)) Collect(Import(imported), system, null, seen);
        foreach (var rule in valueSet.Compose?.Includes ?? [])
        {
            if (rule.System is not null && (system is null || rule.System == system || service.CanonicalSystem(rule.System) == system)) rules?.Add(rule);
            // Of a rule with a system the imports only narrow it.
            foreach (var imported in rule.ValueSets) Collect(Import(imported), system, rule.System is null ? rules : null, seen);
        }
    }

    private bool? IsExcluded(ValueSet valueSet, IReadOnlyList<ConceptSetRule> rules, ICodeSystem system, ConceptOrdinal concept, bool anyVersion)
    {
        foreach (var rule in rules)
        {
            if (Contains(rule, system, concept, anyVersion || rule.Version is null || valueSet.VersionsMatch != false) is not false and var isExcluded) return isExcluded;
        }
        return false;
    }

    private bool? Contains(ConceptSetRule rule, ICodeSystem system, ConceptOrdinal concept, bool anyVersion)
    {
        if (rule.System is not null)
        {
            if (rule.System != system.Info.Url.Value && !IsSameSystem(rule.System, system)) return false;
            if (FindSystem(rule) is not { } named) return null;
            if (named != system)
            {
                if (!anyVersion || !named.TryFind(system.Code(concept), out concept)) return false;
                system = named;
            }
            if (rule.Concepts.Count > 0 && !service.Enumerations.Contains(rule, system, concept)) return false;
            foreach (var filter in rule.Filters)
            {
                if (!Filters.Contains(system, filter, concept)) return false;
            }
        }
        else if (rule.ValueSets.Count == 0)
        {
            return false;
        }
        foreach (var imported in rule.ValueSets)
        {
            if (ContainsImported(imported, system, concept, anyVersion) is not true and var missed) return missed;
        }
        return true;
    }

    private bool? ContainsImported(VersionedUrl canonical, ICodeSystem system, ConceptOrdinal concept, bool anyVersion)
    {
        var valueSet = Import(canonical);
        if (++_asked <= FewImports || canonical.Url.StartsWith('#')) return TryContains(valueSet, system, concept, anyVersion);
        if (!_holding.TryGetValue(valueSet, out var known)) _holding[valueSet] = known = [];
        if (!known.TryGetValue((system, concept, anyVersion), out var holds)) known[(system, concept, anyVersion)] = holds = TryContains(valueSet, system, concept, anyVersion);
        return holds;
    }

    private IReadOnlyList<MemberBlock> Of(ConceptSetRule rule, string path)
    {
        IReadOnlyList<MemberBlock>? members = null;
        if (rule.System is not null)
        {
            var system = System(rule);
            if (rule.Concepts.Count == 0 && !rule.Filters.Any(filter => filter.Value == "false" && Filters.AreExpressions(system, filter))) OpenSystems.Add(system);
            members = [rule.Concepts.Count > 0 ? Listed(rule, system) : new(system, Filtered(rule, system, All(rule, system), path))];
        }
        foreach (var canonical in rule.ValueSets)
        {
            var imported = ImportedMembers(canonical);
            members = members is null ? imported : ValueSets.Members.And(members, imported);
        }
        return members ?? [];
    }

    private IReadOnlyList<MemberBlock> ImportedMembers(VersionedUrl canonical)
    {
        var valueSet = Import(canonical);
        // What is contained may mean something else elsewhere.
        if (canonical.Url.StartsWith('#')) return Members(valueSet);
        if (!_imported.TryGetValue(valueSet, out var members)) _imported[valueSet] = members = Members(valueSet);
        return members;
    }

    /// <summary>An exclude that names no version excludes its codes from every version that is included.</summary>
    private IEnumerable<MemberBlock> EveryVersion(ConceptSetRule rule, bool versionsMatch, List<MemberBlock> included, IReadOnlyList<MemberBlock> excluded)
    {
        if (rule.Version is not null && !versionsMatch) return excluded;
        var others = included.Select(block => block.System).OfType<ICodeSystem>().Distinct().ToArray();
        MatchedVersions |= rule.Version is not null && excluded.Any(block => block.System is { } system && Array.Exists(others, other => other != system && other.Info.Url == system.Info.Url));
        return excluded.Concat(
            from block in excluded
            where block.System is not null
            from other in others
            where other != block.System && other.Info.Url == block.System!.Info.Url
            select new MemberBlock(other, ConceptSet.FromOrdinals([.. block.Set.Select(concept => other.TryFind(block.System!.Code(concept), out var there) ? there.Value : -1).Where(ordinal => ordinal >= 0)])));
    }

    private MemberBlock Listed(ConceptSetRule rule, ICodeSystem system)
    {
        var block = service.Enumerations.Block(rule, system);
        return rule.Filters.Count == 0 ? block : block.And(Filtered(rule, system, block.Set, ""));
    }

    /// <summary>Every concept; of a code system with a grammar those that stand for it.</summary>
    private ConceptSet All(ConceptSetRule rule, ICodeSystem system)
    {
        if (system is not GrammarCodeSystem grammar) return system.All;
        if (rule.Filters.FirstOrDefault(Filters.NamesCodes) is { } naming) return Filters.Evaluate(system, naming, "", scope.Cancel);
        var by = grammar.Grammar.Representative is { } canonical ? service.FindValueSet(new(canonical)) : null;
        if (!Unclosed.Contains((grammar, by))) Unclosed.Add((grammar, by));
        UnclosedAreFiltered &= rule.Filters.Count > 0;
        var codes = by?.Compose?.Includes.Where(own => own.System == system.Info.Url.Value).SelectMany(own => own.Concepts).Select(reference => reference.Code).ToArray() ?? [];
        return codes.Length == 0 ? system.All : ConceptSet.FromOrdinals([.. codes.Select(code => TerminologyService.TryFind(system, code, out var concept) ? concept.Value : -1).Where(ordinal => ordinal >= 0)]);
    }

    private ConceptSet Filtered(ConceptSetRule rule, ICodeSystem system, ConceptSet set, string path)
    {
        for (var i = 0; i < rule.Filters.Count && set.Count > 0; i++) set = Filtered(rule.Filters[i], system, set, $"{path}.filter[{i}]");
        return set;
    }

    private ConceptSet Filtered(Filter filter, ICodeSystem system, ConceptSet set, string path)
    {
        // Of composed codes there is no index: each is asked.
        if (system is not GrammarCodeSystem) return set.And(FilterSets.Evaluate(system, filter, path, scope.Cancel));
        var (tested, kept) = (0, new List<int>());
        foreach (var concept in set)
        {
            if (++tested % 256 == 0) scope.Cancel.ThrowIfCancellationRequested();
            if (Filters.Contains(system, filter, concept)) kept.Add(concept.Value);
        }
        return ConceptSet.FromSorted(kept.ToArray());
    }

    private ICodeSystem System(ConceptSetRule rule) => FindSystem(rule) ?? throw service.UnknownInExpansion(_missing.System, _missing.Version);

    private ICodeSystem? FindSystem(ConceptSetRule rule)
    {
        if (Instead is { } instead && instead.Version == rule.Version && instead.System.Info.Url.Value == rule.System) return instead.System;
        if (rule.Version is { } named)
        {
            if (!_versions.TryGetValue(rule.System!, out var versions)) _versions[rule.System!] = versions = new(StringComparer.Ordinal);
            versions.Add(named);
        }
        NoteRule(rule);
        var wanted = TerminologyService.WantedVersion(rule.System!, rule.Version, scope);
        var name = service.Understand(rule.System!).System;
        if (service.FindCodeSystem(name, wanted) is not { } system)
        {
            _missing = (name, wanted);
            return null;
        }
        if (TerminologyService.Rule(scope.CheckSystemVersions, name) is { } required && !Versions.Match(required, system.Info.Version) && Instead is null)
        {
            throw new TerminologyException(IssueType.Exception, "VALUESET_VERSION_CHECK", Messages.VersionNotAllowed(system.Info.Version, name, required)) { TxIssueType = "version-error" };
        }
        if (!UsedSystems.Contains(system)) UsedSystems.Add(system);
        return system;
    }

    private void NoteRule(ConceptSetRule rule)
    {
        var (name, version) = TerminologyService.Rule(scope.ForceSystemVersions, rule.System!) is { } forced ? ("force-system-version", forced)
            : rule.Version is not null ? ("", null)
            : TerminologyService.Rule(scope.SystemVersions, rule.System!) is { } usual ? ("system-version", usual)
            : ("check-system-version", TerminologyService.Rule(scope.CheckSystemVersions, rule.System!));
        if (version is not null) Note(name, new(rule.System!, version));
    }

    private void Note(string name, VersionedUrl version)
    {
        var used = new ExpansionParameter(name, "Uri", version.ToString());
        if (!UsedRules.Contains(used)) UsedRules.Add(used);
    }

    /// <summary>A rule may name its system by OID or another alias.</summary>
    private bool IsSameSystem(string named, ICodeSystem system) => service.CanonicalSystem(named) == system.Info.Url.Value;

    private ValueSet Import(VersionedUrl canonical)
    {
        if (canonical.Url.StartsWith('#')) return Contained(canonical.Url[1..]);
        if (canonical.Version is null && TerminologyService.Rule(scope.ValueSetVersions, canonical.Url) is { } version)
        {
            canonical = canonical with { Version = version };
            Note("default-valueset-version", canonical);
        }
        var found = service.FindValueSet(canonical) ?? throw new UnknownValueSet(canonical, Messages.UnknownValueSet(canonical)) { TxIssueType = "not-found" };
        if (!UsedValueSets.Contains(found)) UsedValueSets.Add(found);
        return found;
    }

    /// <summary>A value set inside one of those that are being read, the innermost first.</summary>
    private ValueSet Contained(string id)
    {
        for (var i = _chain.Count - 1; i >= 0; i--)
        {
            if (_chain[i].Contained.FirstOrDefault(contained => contained.Id == id) is { } found) return found;
        }
        throw new UnknownValueSet(new($"#{id}"), Messages.UnknownValueSet(new($"#{id}"))) { TxIssueType = "not-found" };
    }

    /// <summary>A value set that imports itself, over whatever way, has no members to speak of.</summary>
    private Level Enter(ValueSet valueSet)
    {
        scope.Cancel.ThrowIfCancellationRequested();
        if (_chain.Count >= DeepestImports) throw new TooCostly(Messages.DeepImports(DeepestImports));
        foreach (var above in _chain)
        {
            if (ReferenceEquals(above, valueSet) || (above.Url is not null && above.Url == valueSet.Url && above.Version == valueSet.Version))
            {
                throw new TerminologyException(IssueType.Processing, "VALUESET_CIRCULAR_REFERENCE", Messages.CircularValueSet(Name(valueSet), [.. _chain.Select(Name)])) { TxIssueType = "vs-invalid" };
            }
        }
        _chain.Add(valueSet);
        return new(_chain);
    }

    private static string Name(ValueSet valueSet) => new VersionedUrl(valueSet.Url ?? "(unidentified)", valueSet.Version).ToString();

    private static bool IsStored(ValueSet valueSet, ICodeSystem system, ConceptOrdinal concept)
    {
        foreach (var member in valueSet.StoredExpansion ?? [])
        {
            if (member.System == system.Info.Url.Value && (member.Version is null || member.Version == system.Info.Version)
                && TerminologyService.TryFind(system, member.Code ?? "", out var found) && found == concept)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The members of an expansion that came with the resource, in its order; what no code system knows is kept as it is written.</summary>
    private List<MemberBlock> Stored(ValueSet valueSet)
    {
        var blocks = new List<MemberBlock>();
        foreach (var run in Runs(valueSet.StoredExpansion ?? []))
        {
            var system = run[0].System is { } url ? service.FindCodeSystem(url, TerminologyService.WantedVersion(url, run[0].Version, scope)) : null;
            if (system is null)
            {
                blocks.Add(new([.. run]));
                continue;
            }
            if (!UsedSystems.Contains(system)) UsedSystems.Add(system);
            blocks.Add(Listed(new(run[0].System, null, [.. run.Select(member => new ConceptReference(member.Code ?? "", member.Display))], [], []), system));
        }
        return ValueSets.Members.Union(blocks);
    }

    private static IEnumerable<List<Coding>> Runs(IReadOnlyList<Coding> members)
    {
        var run = new List<Coding>();
        foreach (var member in members)
        {
            if (run.Count > 0 && (run[0].System != member.System || run[0].Version != member.Version))
            {
                yield return run;
                run = [];
            }
            run.Add(member);
        }
        if (run.Count > 0) yield return run;
    }

    private readonly ref struct Level(List<ValueSet> chain)
    {
        public void Dispose() => chain.RemoveAt(chain.Count - 1);
    }
}

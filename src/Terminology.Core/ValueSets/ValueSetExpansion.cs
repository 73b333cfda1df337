using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;
using Terminology.Search;

namespace Terminology.ValueSets;

/// <summary>One <c>$expand</c>: members as sets, narrowed, searched, paged or nested.</summary>
/// <remarks>One use, one thread.</remarks>
internal sealed class ValueSetExpansion(TerminologyService service, ExpandRequest request, RequestScope scope)
{
    private const int MostNested = 10_000;
    private readonly ValueSetEvaluator _evaluator = new(service, scope);

    public ExpandResult Run()
    {
        if (request.Offset < 0 || request.Count < 0) throw new TerminologyException(IssueType.Value, "INVALID_PAGE", Messages.NegativePage()) { Expression = request.Offset < 0 ? "offset" : "count" };
        var valueSet = request.ValueSet ?? service.Required(request.Url);
        var supplements = Supplements.Asked(service, scope, valueSet);
        var language = scope.DisplayLanguage ?? valueSet.ExpansionParameters.GetValueOrDefault("displayLanguage");
        var blocks = Narrowed(Members(valueSet));
        var (members, total) = request.Filter is { } words && !string.IsNullOrWhiteSpace(words) ? Found(valueSet, blocks, words) : Listed(valueSet, blocks);
        // What is only a part of an endless whole has no total.
        if (!_evaluator.UnclosedAreFiltered) total = null;
        return new(valueSet, request, members, total)
        {
            UsedCodeSystems = [.. _evaluator.UsedSystems.Select(Name)],
            UsedValueSets = [.. _evaluator.UsedValueSets.Where(used => used.Url is not null).Select(Name)],
            UsedSupplements = _evaluator.UsedSystems.ToDictionary(system => system, IReadOnlyList<ICodeSystem> (system) => supplements.Of(system)),
            OnlyInLanguages = DisplayLanguages.ExcludesOthers(language),
            Languages = scope.DisplayLanguage is null ? DisplayLanguages.Parse(language) : scope.Languages,
            Parameters = [.. Parameters(valueSet, language), .. Used(supplements), .. Warnings(valueSet)],
            ShowVersions = _evaluator.UsesSeveralVersions,
            IsUnclosed = _evaluator.Unclosed.Count > 0 || _evaluator.OpenSystems.Any(system => system.Info.Content == "fragment" || system.Info.Compositional),
            Unclosed = [.. Unclosed(valueSet)],
        };
    }

    private IReadOnlyList<MemberBlock> Members(ValueSet valueSet)
    {
        try
        {
            return _evaluator.Members(valueSet);
        }
        catch (UnknownValueSet unknown) when (_evaluator.UsedRules.Exists(rule => rule.Name == "default-valueset-version" && rule.Value == unknown.ValueSet.ToString()))
        {
            throw new UnknownValueSet(unknown.ValueSet, Messages.UnknownPinnedValueSet(unknown.ValueSet), "VS_EXP_IMPORT_UNK_PINNED") { TxIssueType = "not-found" };
        }
    }

    private static VersionedUrl Name(ICodeSystem system) => new(system.Info.Url.Value, system.Info.Version);

    private static VersionedUrl Name(ValueSet valueSet) => new(valueSet.Url!, valueSet.Version);

    private IEnumerable<ExpansionParameter> Parameters(ValueSet valueSet, string? language)
    {
        foreach (var asked in request.Asked) yield return asked;
        if (language is not null) yield return new("displayLanguage", "Code", language);
        foreach (var used in _evaluator.UsedRules) yield return used;
        if (valueSet.VersionsMatch == true || _evaluator.MatchedVersions) yield return new("versionsMatch", "Boolean", "true");
    }

    private IEnumerable<ExpansionParameter> Used(Supplements supplements)
    {
        foreach (var system in _evaluator.UsedSystems) yield return new(system.Info.Content == "fragment" ? "used-fragment" : "used-codesystem", "Uri", Name(system).ToString());
        // A fragment is a code system too.
        foreach (var system in _evaluator.UsedSystems.Where(system => system.Info.Content == "fragment")) yield return new("used-codesystem", "Uri", Name(system).ToString());
        foreach (var used in _evaluator.UsedValueSets.Where(used => used.Url is not null)) yield return new("used-valueset", "Uri", Name(used).ToString());
        foreach (var supplement in _evaluator.UsedSystems.SelectMany(supplements.Of).Distinct()) yield return new("used-supplement", "Uri", Name(supplement).ToString());
    }

    /// <summary>Content that is not, or no longer, meant for use.</summary>
    private IEnumerable<ExpansionParameter> Warnings(ValueSet valueSet)
    {
        // What stands for all of an endless code system is experimental by nature.
        foreach (var standIn in _evaluator.UnclosedAreFiltered ? [] : _evaluator.Unclosed.Select(open => open.By).OfType<ValueSet>())
        {
            if (ContentStatus.Of(standIn) is { } status) yield return new($"warning-{status}", "Uri", Name(standIn).ToString());
        }
        var used = _evaluator.UsedSystems.Select(system => (Resource: (CanonicalResource)system.Info, Name: Name(system)))
            .Concat(_evaluator.UsedValueSets.Append(valueSet).Where(one => one.Url is not null).Select(one => (Resource: (CanonicalResource)one, Name: Name(one))));
        foreach (var (resource, name) in used)
        {
            if (ContentStatus.Of(resource) is { } status && (status is "withdrawn" or "deprecated" || (status == "draft" && resource is CodeSystemInfo && ContentStatus.Of(valueSet) != status))) yield return new($"warning-{status}", "Uri", name.ToString());
        }
    }

    /// <summary>Only enumerated codes are all there are: of a fragment more exist, of a code system with a grammar without end.</summary>
    private IEnumerable<string> Unclosed(ValueSet valueSet)
    {
        foreach (var open in _evaluator.Unclosed) yield return Messages.Unclosed(open.System.Info.Url.Value, open.By?.Url);
        foreach (var system in _evaluator.OpenSystems)
        {
            if (system.Info.Content == "fragment") yield return Messages.UnclosedFragment(system.Info.Url.Value);
            else if (system.Info.Compositional && IsWholeSystem(valueSet) && _evaluator.Unclosed.All(open => open.System != system)) yield return Messages.Unclosed(system.Info.Url.Value);
        }
    }

    private IReadOnlyList<MemberBlock> Narrowed(IReadOnlyList<MemberBlock> blocks)
    {
        if (request.ActiveOnly) blocks = ValueSetEvaluator.Active(blocks);
        if (request.ExcludeNotForUI) blocks = [.. blocks.Select(block => block.Where(concept => !block.System!.Flags(concept).HasFlag(ConceptFlags.Abstract))).Where(block => block.Count > 0)];
        return blocks;
    }

    private (IReadOnlyList<ExpansionMember> Members, int? Total) Listed(ValueSet valueSet, IReadOnlyList<MemberBlock> blocks)
    {
        var total = blocks.Sum(block => block.Count);
        var offset = request.Offset ?? 0;
        var wanted = Math.Min(request.Count ?? int.MaxValue, Math.Max(total - offset, 0));
        CheckSize(valueSet, wanted);
        if ((request.ExcludeNested ?? !IsWholeSystem(valueSet)) is false && request.Offset is null && request.Count is null && blocks is [{ IsList: false, System: { } system } whole] && total <= MostNested)
        {
            return (new Nesting(system, whole.Set).Members(), total);
        }
        return (Page(blocks, offset, wanted), total);
    }

    private static bool IsWholeSystem(ValueSet valueSet) => valueSet.Compose is { Includes: [{ Concepts.Count: 0, Filters.Count: 0, ValueSets.Count: 0 }], Excludes.Count: 0 };

    /// <summary>Members that match the words, best first. Several blocks are merged by score; equal scores keep the order of the blocks.</summary>
    private (IReadOnlyList<ExpansionMember> Members, int? Total) Found(ValueSet valueSet, IReadOnlyList<MemberBlock> blocks, string words)
    {
        var offset = request.Offset ?? 0;
        var last = (int)Math.Min((long)offset + (request.Count ?? scope.MaxExpansion), blocks.Sum(block => (long)block.Count));
        CheckSize(valueSet, Math.Max(last - offset, 0));
        var found = new List<(float Score, ExpansionMember Member)>();
        var (total, exact) = (0, true);
        foreach (var block in blocks)
        {
            scope.Cancel.ThrowIfCancellationRequested();
            if (block.System is not { } system)
            {
                var codings = block.Unknown.Where(coding => Matches(coding, words)).ToArray();
                total += codings.Length;
                found.AddRange(codings.Select(coding => (0.5f, new ExpansionMember(null, ConceptOrdinal.None, null, coding))));
                continue;
            }
            var hits = new TermHit[Math.Min(last, block.Count)];
            var result = system.Search.Search(new TermQuery { Text = words, Scope = block.Set, IncludeInactive = true }, hits);
            total += result.Total;
            exact &= result.TotalIsExact;
            foreach (var hit in hits.AsSpan(0, result.Written)) found.Add((hit.Score, new(system, hit.Concept, block.Reference(hit.Concept))));
        }
        var members = found.OrderByDescending(hit => hit.Score).Select(hit => hit.Member).Skip(offset).Take(request.Count ?? int.MaxValue).ToArray();
        return (members, exact ? total : null);
    }

    private void CheckSize(ValueSet valueSet, int members)
    {
        if (members > scope.MaxExpansion) throw new TooCostly(Messages.TooManyCodes(new VersionedUrl(valueSet.Url ?? "(unidentified)", request.ValueSet is null ? valueSet.Version : null).ToString(), scope.MaxExpansion), "VALUESET_TOO_COSTLY");
    }

    private static bool Matches(Coding coding, string words)
    {
        var text = TermFolding.Words($"{coding.Code} {coding.Display}");
        return TermMatch.Prefixes(TermFolding.Words(words), text) > 0;
    }

    private static List<ExpansionMember> Page(IReadOnlyList<MemberBlock> blocks, int offset, int count)
    {
        var page = new List<ExpansionMember>(count);
        foreach (var block in blocks)
        {
            for (var i = offset; i < block.Count && page.Count < count; i++) page.Add(block[i]);
            offset = Math.Max(0, offset - block.Count);
            if (page.Count >= count) break;
        }
        return page;
    }
}

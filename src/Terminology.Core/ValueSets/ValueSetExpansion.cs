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
        var blocks = Narrowed(_evaluator.Members(valueSet));
        var (members, total) = request.Filter is { } words && !string.IsNullOrWhiteSpace(words) ? Found(valueSet, blocks, words) : Listed(valueSet, blocks);
        // What is only a part of an endless whole has no total.
        if (!_evaluator.UnclosedAreFiltered) total = null;
        return new(valueSet, request, members, total)
        {
            Unclosed = [.. _evaluator.Unclosed.Select(open => Messages.Unclosed(open.System.Info.Url.Value, open.By?.Url))],
            StandIns = _evaluator.UnclosedAreFiltered ? [] : [.. _evaluator.Unclosed.Select(open => open.By).OfType<ValueSet>()],
            UsedCodeSystems = [.. _evaluator.UsedSystems.Select(system => new VersionedUrl(system.Info.Url.Value, system.Info.Version))],
            UsedValueSets = [.. _evaluator.UsedValueSets.Where(used => used.Url is not null).Select(used => new VersionedUrl(used.Url!, used.Version))],
            UsedSupplements = [.. _evaluator.UsedSystems.SelectMany(supplements.Of)],
            Languages = scope.Languages,
        };
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
        if (!request.ExcludeNested && request.Offset is null && request.Count is null && blocks is [{ IsList: false, System: { } system } whole] && total <= MostNested)
        {
            return (new Nesting(system, whole.Set).Members(), total);
        }
        return (Page(blocks, offset, wanted), total);
    }

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
        if (members > scope.MaxExpansion) throw new TooCostly(Messages.TooManyCodes(new VersionedUrl(valueSet.Url ?? "(unidentified)", valueSet.Version).ToString(), scope.MaxExpansion));
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

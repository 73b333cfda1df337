using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;
using Terminology.Search;
using Terminology.ValueSets;

namespace Terminology;

/// <summary><c>$expand</c>.</summary>
public sealed partial class TerminologyService
{
    private const int MaxFiltered = 10_000;

    /// <summary>A page of the members of a value set, in stable order.</summary>
    /// <exception cref="TerminologyException">Required: no value set. NotFound: unknown value set or code system. TooCostly: more than <see cref="RequestScope.MaxExpansion"/> members and no page asked for.</exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-operation-expand.html">$expand</see>.</remarks>
    public ExpandResult Expand(ExpandRequest request, RequestScope scope)
    {
        var valueSet = request.ValueSet ?? Required(request.Url);
        var evaluator = new ValueSetEvaluator(this, scope);
        IReadOnlyList<MemberBlock> blocks = evaluator.Members(valueSet);
        if (request.ActiveOnly) blocks = [.. blocks.Select(block => block.ActiveOnly())];
        if (request.ExcludeNotForUI) blocks = [.. blocks.Select(block => block.Where(concept => !block.System!.Flags(concept).HasFlag(ConceptFlags.Abstract)))];
        if (request.Filter is { Length: > 0 } words) return Filtered(request, scope, valueSet, evaluator, blocks, words);
        var total = blocks.Sum(block => block.Count);
        if (request.Count is null && total > scope.MaxExpansion)
        {
            throw new TooCostly($"The value set '{valueSet.Url}' has {total:N0} codes, more than the {scope.MaxExpansion:N0} that one answer may have; ask for pages with 'count' and 'offset', or filter.");
        }
        var members = Page(blocks, request.Offset ?? 0, request.Count ?? int.MaxValue);
        return Result(request, scope, valueSet, evaluator, members, total);
    }

    private ValueSet Required(VersionedUrl? url)
    {
        if (url is null) throw new TerminologyException(IssueType.Required, "MISSING_VALUESET", "No value set is given: send 'url', or the resource as 'valueSet'.") { Expression = "url" };
        return FindValueSet(url) ?? throw new UnknownValueSet(url, Messages.UnknownValueSet(url)) { TxIssueType = "not-found", Expression = "url" };
    }

    private static ExpandResult Filtered(ExpandRequest request, RequestScope scope, ValueSet valueSet, ValueSetEvaluator evaluator, IReadOnlyList<MemberBlock> blocks, string words)
    {
        var wanted = Math.Min((request.Offset ?? 0) + (request.Count ?? MaxFiltered), MaxFiltered);
        var found = new List<(float Score, ExpansionMember Member)>();
        var (total, exact) = (0, true);
        var hits = new TermHit[Math.Max(wanted, 1)];
        foreach (var block in blocks.Where(block => block.System is not null))
        {
            scope.Cancel.ThrowIfCancellationRequested();
            var result = block.System!.Search.Search(new TermQuery { Text = words, Scope = block.AsSet(), IncludeInactive = true }, hits);
            total += result.Total;
            exact &= result.TotalIsExact;
            foreach (var hit in hits.AsSpan(0, result.Written)) found.Add((hit.Score, new(block.System, hit.Concept)));
        }
        var members = found.OrderByDescending(hit => hit.Score).Select(hit => hit.Member).Skip(request.Offset ?? 0).Take(request.Count ?? int.MaxValue).ToArray();
        return Result(request, scope, valueSet, evaluator, members, exact ? total : null);
    }

    private static ExpandResult Result(ExpandRequest request, RequestScope scope, ValueSet valueSet, ValueSetEvaluator evaluator, IReadOnlyList<ExpansionMember> members, int? total)
        => new(valueSet, request, members, total)
        {
            UsedCodeSystems = [.. evaluator.UsedSystems.Select(system => new VersionedUrl(system.Info.Url.Value, system.Info.Version))],
            UsedValueSets = evaluator.UsedValueSets,
            Languages = scope.Languages,
        };

    private static List<ExpansionMember> Page(IReadOnlyList<MemberBlock> blocks, int offset, int count)
    {
        var page = new List<ExpansionMember>();
        foreach (var block in blocks)
        {
            if (offset >= block.Count)
            {
                offset -= block.Count;
                continue;
            }
            for (var i = offset; i < block.Count && page.Count < count; i++) page.Add(block[i]);
            offset = 0;
            if (page.Count >= count) break;
        }
        return page;
    }
}

using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.ValueSets;

/// <summary>One <c>$compare</c>: by definition where that is enough, else by expansion.</summary>
/// <remarks>One use, one thread.</remarks>
internal sealed class Comparison(TerminologyService service, ValueSet left, ValueSet right, VersionPolicy policy, RequestScope scope)
{
    /// <summary>Most members of a value set that are compared one by one.</summary>
    private const int MostExpanded = 10_000;

    public CompareResult Run()
    {
        if ((left.Compose is null ? left : right.Compose is null ? right : null) is { } bare) return new(SetRelation.Indeterminate, CompareMessages.NoCompose(Name(bare)));
        var definitions = new DefinitionComparison(service, policy, scope);
        if (definitions.Shares(left, right) is not { } shares) return Expanded();
        return Answer(shares) with { PerformedExpansion = false, Common = definitions.Common, Missing = definitions.Missing, Extra = definitions.Extra };
    }

    private CompareResult Expanded()
    {
        var (these, others) = (Expand(left), Expand(right));
        if (Fault(these, others) is { } fault) return new(SetRelation.Indeterminate, CompareMessages.NotComparable(Name(left), Name(right), fault)) { PerformedExpansion = true };
        var (common, missing, extra) = (These(these, others, shared: true), These(these, others, shared: false), These(others, these, shared: false));
        var shares = (common.Count > 0 ? Shares.Common : 0) | (missing.Count > 0 ? Shares.Missing : 0) | (extra.Count > 0 ? Shares.Extra : 0);
        return Answer(shares) with { PerformedExpansion = true, Common = shares == Shares.Common ? [] : common, Missing = missing, Extra = extra };
    }

    private CompareResult Answer(Shares shares) => shares switch
    {
        0 => new(SetRelation.Empty, CompareMessages.BothEmpty(Name(left), Name(right))),
        Shares.Common => new(SetRelation.Same, CompareMessages.SameCodes(Name(left), Name(right))),
        Shares.Common | Shares.Missing => new(SetRelation.Superset, CompareMessages.SuperSet(Name(left), Name(right))),
        Shares.Common | Shares.Extra => new(SetRelation.Subset, CompareMessages.SubSet(Name(left), Name(right))),
        Shares.Common | Shares.Missing | Shares.Extra => new(SetRelation.Overlapping, CompareMessages.Overlap(Name(left), Name(right))),
        _ => new(SetRelation.Disjoint, CompareMessages.NoSharedCodes(Name(left), Name(right))),
    };

    private static string? Fault(Expansion these, Expansion others) => (these.Error, others.Error) switch
    {
        (null, null) => (these.Unclosed, others.Unclosed) switch
        {
            (true, true) => CompareMessages.BothUnclosed(),
            (true, false) => CompareMessages.ThisUnclosed(),
            (false, true) => CompareMessages.OtherUnclosed(),
            _ => null,
        },
        ({ } fault, null) => CompareMessages.ThisFailed(fault),
        (null, { } fault) => CompareMessages.OtherFailed(fault),
        var (one, other) => one == other ? CompareMessages.BothFailed(one) : CompareMessages.BothFailed(one!, other!),
    };

    private Expansion Expand(ValueSet valueSet)
    {
        try
        {
            var request = new ExpandRequest { ValueSet = valueSet, ExcludeNested = true };
            var result = new ValueSetExpansion(service, request, scope with { MaxExpansion = Math.Min(scope.MaxExpansion, MostExpanded) }).Run();
            return new([.. result.Members.Select(Key).Distinct()], result.IsUnclosed, null);
        }
        catch (TerminologyException problem)
        {
            return new([], false, problem.Message);
        }
    }

    private (string? System, string? Version, string Code) Key(ExpansionMember member)
    {
        if (member.CodeSystem is not { } system) return (member.Unknown!.System, policy == VersionPolicy.Always ? member.Unknown.Version : null, member.Unknown.Code ?? "");
        var versioned = policy == VersionPolicy.Always || (policy == VersionPolicy.AsNeeded && system.Info.VersionNeeded);
        return (system.Info.Url.Value, versioned ? system.Info.Version : null, TerminologyService.Text(system.Code(member.Concept)));
    }

    private static List<string> These(Expansion of, Expansion against, bool shared) => [.. of.Keys.Where(key => against.Has.Contains(key) == shared).Select(key => key.Code)];

    private static string Name(ValueSet valueSet) => new VersionedUrl(valueSet.Url ?? "(unidentified)", valueSet.Version).ToString();

    /// <summary>The members in their order; or why there are none.</summary>
    private sealed record Expansion(IReadOnlyList<(string? System, string? Version, string Code)> Keys, bool Unclosed, string? Error)
    {
        public HashSet<(string? System, string? Version, string Code)> Has { get; } = [.. Keys];
    }
}

/// <summary>What two value sets have between them; none of it: both are empty.</summary>
[Flags]
internal enum Shares
{
    None = 0,
    Common = 1,
    Missing = 2,
    Extra = 4,
}

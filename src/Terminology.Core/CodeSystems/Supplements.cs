using Terminology.Issues;

namespace Terminology.CodeSystems;

/// <summary>The supplements that one request uses: those it names (useSupplement) and those its value set names. Others that are loaded stay out of its answer.</summary>
internal sealed class Supplements
{
    private static readonly Supplements None = new([]);
    private readonly ICodeSystem[] _all;

    private Supplements(ICodeSystem[] all) => _all = all;

    /// <exception cref="TerminologyException">NotFound: a supplement that is named is not loaded.</exception>
    public static Supplements Asked(TerminologyService service, RequestScope scope, ValueSets.ValueSet? valueSet)
    {
        var inSet = valueSet?.Supplements ?? [];
        return scope.Supplements.Count + inSet.Count == 0 ? None : new([.. scope.Supplements.Concat(inSet).Distinct().Select(named => Find(service, named))]);
    }

    /// <summary>Those of one code system version.</summary>
    public ICodeSystem[] Of(ICodeSystem system) => _all.Length == 0 ? [] : Array.FindAll(_all, supplement => IsOf(supplement, system));

    private static bool IsOf(ICodeSystem supplement, ICodeSystem system)
        => supplement.Info.Supplements is { } supplemented && supplemented.Url == system.Info.Url.Value
            && (supplemented.Version is null || Versions.Match(supplemented.Version, system.Info.Version));

    private static ICodeSystem Find(TerminologyService service, VersionedUrl named)
    {
        var versions = service.CodeSystemVersions(named.Url).Where(entry => entry.Supplements is not null && (named.Version is null || Versions.Match(named.Version, entry.Version)));
        return versions.FirstOrDefault()?.CodeSystem.Value
            ?? throw new TerminologyException(IssueType.NotFound, "VALUESET_SUPPLEMENT_MISSING", Messages.SupplementMissing(named)) { TxIssueType = "not-found" };
    }
}

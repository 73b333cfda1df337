using Terminology.Issues;
using Terminology.ValueSets;

namespace Terminology.Server.FhirApi;

/// <summary>Value sets that import each other in a circle have no members: the last one, which would close it, is refused.</summary>
internal static class ImportCycles
{
    /// <summary>What a value set imports, directly.</summary>
    public static IReadOnlyList<VersionedUrl> Imports(ValueSet valueSet) => valueSet.Compose is not { } compose ? []
        : [.. compose.Includes.Concat(compose.Excludes).SelectMany(rule => rule.ValueSets).Where(import => !import.Url.StartsWith('#')).Distinct()];

    /// <param name="own">Canonical of the value set to be stored.</param>
    /// <param name="imports">What it imports.</param>
    /// <param name="service">What is there.</param>
    /// <exception cref="TerminologyException">BusinessRule: an import leads back to it; the text names the way.</exception>
    public static void Refuse(VersionedUrl own, IReadOnlyList<VersionedUrl> imports, TerminologyService service)
    {
        var (seen, open) = (new HashSet<VersionedUrl>(), new Stack<(VersionedUrl Url, string Way)>(imports.Select(import => (import, $"{own} -> {import}"))));
        while (open.TryPop(out var at))
        {
            if (at.Url.Url == own.Url && (at.Url.Version is null || at.Url.Version == own.Version))
            {
                throw new TerminologyException(IssueType.BusinessRule, "VALUESET_CIRCULAR_REFERENCE", ResourceMessages.Circular(at.Way)) { Expression = "ValueSet.compose", TxIssueType = "vs-invalid" };
            }
            if (!seen.Add(at.Url) || service.FindValueSet(at.Url) is not { } valueSet) continue;
            foreach (var import in Imports(valueSet)) open.Push((import, $"{at.Way} -> {import}"));
        }
    }
}

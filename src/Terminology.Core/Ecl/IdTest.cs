using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>Identifiers that a filter compares with: those it names, whether the release has them or not, and those that a constraint answers.</summary>
/// <param name="system">Whose identifiers.</param>
/// <param name="all">Is it <c>*</c>?</param>
/// <param name="ids">Those that are named.</param>
/// <param name="concepts">Those that the release has.</param>
internal sealed class IdTest(ICodeSystem system, bool all, HashSet<string> ids, ConceptSet concepts)
{
    /// <summary>Those that the release has.</summary>
    public ConceptSet Concepts => concepts;

    /// <summary>Is it every identifier?</summary>
    public bool IsAll => all;

    /// <summary>Those that are named.</summary>
    public IReadOnlyCollection<string> Ids => ids;

    public bool Contains(string id) => all || ids.Contains(id) || (concepts.Count > 0 && TerminologyService.TryFind(system, id, out var concept) && concepts.Contains(concept));

    public bool Contains(ReadOnlySpan<byte> id)
    {
        if (all) return true;
        if (system.TryFind(id, out var concept)) return concepts.Contains(concept);
        return ids.Count > 0 && ids.Contains(TerminologyService.Text(id));
    }
}

using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Server.Import;

/// <summary>Counts what a release would change against the live one, concept by concept, and keeps nothing.</summary>
internal sealed class DifferenceSink(ICodeSystem? live) : IReleaseSink
{
    private readonly HashSet<int> _seen = [];

    public int Concepts { get; private set; }

    public int Added { get; private set; }

    public int Inactivated { get; private set; }

    public int Reactivated { get; private set; }

    public int Missing => live is null ? 0 : live.Count - _seen.Count;

    public int MapElements { get; private set; }

    public int Resources { get; private set; }

    public void Begin(ReleaseInfo release)
    {
    }

    public void Concept(in ConceptRecord concept)
    {
        if (live is null || !live.TryFind(concept.Code, out var known))
        {
            Concepts++;
            Added++;
            return;
        }
        if (!_seen.Add(known.Value)) return;
        Concepts++;
        var (was, becomes) = (live.Flags(known).HasFlag(ConceptFlags.Inactive), concept.Flags.HasFlag(ConceptFlags.Inactive));
        if (!was && becomes) Inactivated++;
        if (was && !becomes) Reactivated++;
    }

    public void Designation(in DesignationRecord designation)
    {
    }

    public void Relationship(in RelationshipRecord relationship)
    {
    }

    public void Property(in PropertyRecord property)
    {
    }

    public void Refset(RefsetInfo refset)
    {
    }

    public void Member(in MemberRecord member)
    {
    }

    public int Map(ConceptMapInfo map) => 0;

    public void MapElement(int map, int group, MapElement element) => MapElements++;

    public void Resource(ResourceRecord resource) => Resources++;

    public void Complete(LoadReport report, CancellationToken cancel)
    {
    }
}

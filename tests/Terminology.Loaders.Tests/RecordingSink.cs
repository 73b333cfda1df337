using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders;

/// <summary>Keeps resources and counts the rest.</summary>
internal sealed class RecordingSink : IReleaseSink
{
    public List<ResourceRecord> Resources { get; } = [];

    public int Concepts { get; private set; }

    public int Designations { get; private set; }

    public int Relationships { get; private set; }

    public int Properties { get; private set; }

    public void Begin(ReleaseInfo release)
    {
    }

    public void Concept(in ConceptRecord concept) => Concepts++;

    public void Designation(in DesignationRecord designation) => Designations++;

    public void Relationship(in RelationshipRecord relationship) => Relationships++;

    public void Property(in PropertyRecord property) => Properties++;

    public void Refset(RefsetInfo refset)
    {
    }

    public void Member(in MemberRecord member)
    {
    }

    public int Map(ConceptMapInfo map) => 0;

    public void MapElement(int map, int group, MapElement element)
    {
    }

    public void Resource(ResourceRecord resource) => Resources.Add(resource);

    public void Complete(LoadReport report, CancellationToken cancel)
    {
    }
}

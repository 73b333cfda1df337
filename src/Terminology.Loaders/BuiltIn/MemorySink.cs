using System.Text;
using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;
using Terminology.ValueSets;

namespace Terminology.Loaders.BuiltIn;

/// <summary>Keeps a small release of a code system in memory: what a loader pushes becomes the code system that the store would hold.</summary>
/// <remarks>Only concepts with designations and properties, each after its concept.</remarks>
internal sealed class MemorySink : IReleaseSink
{
    private readonly Dictionary<string, int> _handles = new(StringComparer.Ordinal);
    private InMemoryCodeSystemBuilder? _builder;

    public ICodeSystem CodeSystem => Builder.Build();

    private InMemoryCodeSystemBuilder Builder => _builder ?? throw new InvalidOperationException("Begin comes first.");

    public void Begin(ReleaseInfo release) => _builder = new(release.CodeSystem ?? throw new ArgumentException("The release has no code system.", nameof(release)));

    public void Concept(in ConceptRecord concept)
    {
        var code = Encoding.UTF8.GetString(concept.Code);
        _handles[code] = Builder.Add(code).Handle;
    }

    public void Designation(in DesignationRecord designation)
        => Builder.AddDesignation(Handle(designation.Concept), new DesignationText(designation.Language, designation.Use, Encoding.UTF8.GetString(designation.Value)));

    public void Property(in PropertyRecord property)
        => Builder.AddProperty(Handle(property.Concept), Encoding.UTF8.GetString(property.Property), property.Type, Encoding.UTF8.GetString(property.Value));

    public void Relationship(in RelationshipRecord relationship) => throw Other();

    public void Refset(RefsetInfo refset) => throw Other();

    public void Member(in MemberRecord member) => throw Other();

    public int Map(ConceptMapInfo map) => throw Other();

    public void MapElement(int map, int group, MapElement element) => throw Other();

    public void Resource(ResourceRecord resource) => throw Other();

    public void Complete(LoadReport report, CancellationToken cancel)
    {
    }

    private int Handle(ReadOnlySpan<byte> code) => _handles[Encoding.UTF8.GetString(code)];

    private static InvalidOperationException Other() => new("A code system in memory holds concepts, designations and properties.");
}

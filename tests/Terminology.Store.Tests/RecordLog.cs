using System.Text;
using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Store;

/// <summary>A sink that writes each record down as a line with every field, and can pass it on: what goes in and what a replay gives back are compared line by line.</summary>
internal sealed class RecordLog(IReleaseSink? next = null) : IReleaseSink
{
    private readonly List<string> _lines = [];

    public ReleaseInfo? Info { get; private set; }

    /// <summary>The lines, sorted: a replay has an order of its own.</summary>
    public string[] Sorted() => [.. _lines.Order(StringComparer.Ordinal)];

    public void Begin(ReleaseInfo release)
    {
        Info = release;
        next?.Begin(release);
    }

    public void Concept(in ConceptRecord concept)
    {
        Write($"concept {Text(concept.Code)} {concept.Flags} {concept.EffectiveTime} {Text(concept.Module)} {Text(concept.DefinitionStatus)}");
        next?.Concept(concept);
    }

    public void Designation(in DesignationRecord designation)
    {
        Write($"designation {Text(designation.Concept)} '{Text(designation.Value)}' {designation.Use.Code} {designation.Language} {Text(designation.Id)} {designation.Active} "
            + $"{designation.DisplayRank} {designation.CaseSignificance} {designation.EffectiveTime} {Text(designation.Module)}");
        next?.Designation(designation);
    }

    public void Relationship(in RelationshipRecord relationship)
    {
        Write($"relationship {Text(relationship.Source)} {Text(relationship.Type)} {Text(relationship.Target)} {relationship.Group} {Text(relationship.Id)} {relationship.Active} "
            + $"{relationship.EffectiveTime} {Text(relationship.Module)} {Text(relationship.CharacteristicType)}");
        next?.Relationship(relationship);
    }

    public void Property(in PropertyRecord property)
    {
        Write($"property {Text(property.Concept)} {Text(property.Property)} {property.Type} '{Text(property.Value)}' {property.Group} {Text(property.Id)} {property.Active} "
            + $"{property.EffectiveTime} {Text(property.Module)}");
        next?.Property(property);
    }

    public void Refset(RefsetInfo refset)
    {
        Write($"refset {refset.Id} {refset.Type} {refset.Pattern} {string.Join(',', refset.Columns)} {refset.MapTarget}");
        next?.Refset(refset);
    }

    public void Member(in MemberRecord member)
    {
        Write($"member {Text(member.Refset)} {Text(member.Id)} {member.Active} {member.EffectiveTime} {Text(member.Module)} {Text(member.ReferencedComponent)} '{Text(member.Fields)}'");
        next?.Member(member);
    }

    public int Map(ConceptMapInfo map)
    {
        Write($"map {map.Url}|{map.Version}");
        return next?.Map(map) ?? 0;
    }

    public void MapElement(int map, int group, MapElement element)
    {
        Write($"element {group} {element.Code} {string.Join(',', element.Targets.Select(target => target.Code))}");
        next?.MapElement(map, group, element);
    }

    public void Resource(ResourceRecord resource)
    {
        Write($"resource {resource.ResourceType} {resource.Url}|{resource.Version} {Text(resource.Json.Span)}");
        next?.Resource(resource);
    }

    public void Complete(LoadReport report, CancellationToken cancel) => next?.Complete(report, cancel);

    private void Write(string line) => _lines.Add(line);

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}

using System.Text.RegularExpressions;
using Terminology.Mapping.Exchange;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// Mappings in the CSV of Open Concept Lab: lines whose resource type is Mapping, from a concept's url or its source and id to another's. A map type that says no relationship
/// of ours (Q-AND-A, CONCEPT-SET) is related-to and stays as the original word.
/// </summary>
/// <remarks><see href="https://docs.openconceptlab.org/en/latest/oclapi/apireference/bulkimporting.html">Bulk importing</see>.</remarks>
internal sealed partial class OclMap : MapFormat
{
    public override string Name => "ocl";

    public override string Title => "OCL";

    public override IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature>
    {
        MapFeature.SourceSystem, MapFeature.SourceVersion, MapFeature.SourceDisplay, MapFeature.SeveralTargets, MapFeature.TargetSystem, MapFeature.TargetVersion, MapFeature.TargetDisplay, MapFeature.Relationship,
        MapFeature.OriginalRelationship, MapFeature.TargetProperties,
    };

    internal override bool Recognises(MapFileStart start) => start.HasColumns("map_type") && (start.HasColumns("from_concept_url") || start.HasColumns("map_from_concept_url") || start.HasColumns("map_from_concept_id"));

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var sheet = Sheet.OfText(stream, options, builder);
        var (type, map) = (sheet.Find("resource_type"), sheet.Needed("map_type"));
        var (fromUrl, fromId, fromSource, fromName) = (sheet.Find("from_concept_url", "map_from_concept_url"), sheet.Find("from_concept_code", "map_from_concept_id"), sheet.Find("from_source_url", "map_from_concept_source"), sheet.Find("from_concept_name", "map_from_concept_name"));
        var (toUrl, toId, toSource, toName) = (sheet.Find("to_concept_url", "map_to_concept_url"), sheet.Find("to_concept_code", "map_to_concept_id"), sheet.Find("to_source_url", "map_to_concept_source"), sheet.Find("to_concept_name", "map_to_concept_name"));
        var used = new HashSet<int> { type, map, fromUrl, fromId, fromSource, fromName, toUrl, toId, toSource, toName };
        sheet.ReadInto(builder, row =>
        {
            if (Sheet.Trimmed(row, type) is { } kind && !kind.Equals("Mapping", StringComparison.OrdinalIgnoreCase)) throw new CellFault($"the line is a {kind}, no Mapping; it is not of a map.", type);
            var (source, sourceVersion, code) = Concept(row, fromUrl, fromId, fromSource, options.SourceSystem);
            var (target, targetVersion, found) = Concept(row, toUrl, toId, toSource, options.TargetSystem);
            var word = Sheet.Trimmed(row, map) ?? throw new CellFault("the map type is missing.", map);
            if (!RelationshipWords.TryRead(word, options.Wider ?? WiderMeans.TargetMeansMore, out var relationship, out var original)) (relationship, original) = (MapRelationship.RelatedTo, word);
            return new()
            {
                System = source,
                SystemVersion = sourceVersion,
                Code = code,
                Display = Sheet.Trimmed(row, fromName),
                Content = new()
                {
                    Targets =
                    [
                        new()
                        {
                            System = target ?? throw new CellFault("the source of the target is not said.", toSource), Version = targetVersion, Code = found, Display = Sheet.Trimmed(row, toName),
                            Relationship = relationship, OriginalRelationship = original, Properties = sheet.Others(row, used),
                        },
                    ],
                },
                Line = row.Line,
            };
        });
        return builder.Done(new() { Lines = [] });
    }

    private static (string? System, string? Version, string Code) Concept(SheetRow row, int url, int id, int source, string? system)
    {
        if (Sheet.Trimmed(row, url) is not { } address) return (system ?? Sheet.Trimmed(row, source), null, Sheet.Trimmed(row, id) ?? throw new CellFault("neither the url of a concept nor its code is given.", url >= 0 ? url : id));
        var match = ConceptUrl().Match(address);
        return match.Success
            ? (system ?? match.Groups["source"].Value, match.Groups["version"].Success ? match.Groups["version"].Value : null, Uri.UnescapeDataString(match.Groups["code"].Value))
            : throw new CellFault($"'{address}' is no url of a concept, which is as /orgs/O/sources/S/concepts/C/.", url);
    }

    [GeneratedRegex("^(?<source>.*?/sources/[^/]+)/(?:(?<version>[^/]+)/)?concepts/(?<code>[^/]+)/?$")]
    private static partial Regex ConceptUrl();
}

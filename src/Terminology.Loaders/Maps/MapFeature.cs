using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;

namespace Terminology.Loaders.Maps;

/// <summary>What a map can say, one by one, so that a format can state which of it a file of its kind says.</summary>
public enum MapFeature
{
    /// <summary>Canonical url of the map.</summary>
    MapUrl,

    /// <summary>Version of the map.</summary>
    MapVersion,

    /// <summary>Title of the map.</summary>
    MapTitle,

    /// <summary>Licence notice of the map.</summary>
    MapCopyright,

    /// <summary>Properties of the map.</summary>
    MapProperties,

    /// <summary>Code system of a source code.</summary>
    SourceSystem,

    /// <summary>Its version.</summary>
    SourceVersion,

    /// <summary>Display of a source code.</summary>
    SourceDisplay,

    /// <summary>What stands beside a source code.</summary>
    Context,

    /// <summary>Source codes for which nothing was decided.</summary>
    Undecided,

    /// <summary>Decided: there is no target.</summary>
    NoMap,

    /// <summary>The word for why.</summary>
    NoMapReason,

    /// <summary>Why, in words.</summary>
    NoMapText,

    /// <summary>The request for a new code.</summary>
    NoMapRequest,

    /// <summary>More than one target of a source code.</summary>
    SeveralTargets,

    /// <summary>Code system of a target.</summary>
    TargetSystem,

    /// <summary>Its version.</summary>
    TargetVersion,

    /// <summary>Display of a target.</summary>
    TargetDisplay,

    /// <summary>How source stands to target.</summary>
    Relationship,

    /// <summary>The word of the source format.</summary>
    OriginalRelationship,

    /// <summary>Comment on a target.</summary>
    TargetComment,

    /// <summary>Conditions of a target.</summary>
    DependsOn,

    /// <summary>What else comes out with a target.</summary>
    Products,

    /// <summary>Rule group of a target.</summary>
    RuleGroup,

    /// <summary>Order of trial.</summary>
    Priority,

    /// <summary>SNOMED CT map rule.</summary>
    Rule,

    /// <summary>First day on which a target holds.</summary>
    EffectiveFrom,

    /// <summary>Last day on which it holds.</summary>
    EffectiveTo,

    /// <summary>Confidence in a target.</summary>
    Confidence,

    /// <summary>On what a target rests.</summary>
    Justification,

    /// <summary>Properties of a target.</summary>
    TargetProperties,

    /// <summary>State of a row.</summary>
    State,

    /// <summary>Who decided.</summary>
    Author,

    /// <summary>When.</summary>
    AuthoredAt,

    /// <summary>Who approved.</summary>
    Reviewer,

    /// <summary>When.</summary>
    ReviewedAt,

    /// <summary>Remark on a row.</summary>
    RowComment,
}

/// <summary>How often a map says each <see cref="MapFeature"/>.</summary>
public static class MapFeatures
{
    /// <summary>All of them.</summary>
    public static IReadOnlySet<MapFeature> All { get; } = Enum.GetValues<MapFeature>().ToHashSet();

    /// <summary>All but some.</summary>
    internal static IReadOnlySet<MapFeature> AllBut(params ReadOnlySpan<MapFeature> without)
    {
        var all = Enum.GetValues<MapFeature>().ToHashSet();
        foreach (var feature in without) all.Remove(feature);
        return all;
    }

    /// <summary>Those of the rows, without what is said of the map.</summary>
    internal static IReadOnlySet<MapFeature> OfRows { get; } = AllBut(MapFeature.MapUrl, MapFeature.MapVersion, MapFeature.MapTitle, MapFeature.MapCopyright, MapFeature.MapProperties);

    /// <summary>How often the map says it.</summary>
    public static int Count(MapTable map, MapFeature feature) => feature switch
    {
        MapFeature.MapUrl => One(map.Url),
        MapFeature.MapVersion => One(map.Version),
        MapFeature.MapTitle => One(map.Title),
        MapFeature.MapCopyright => One(map.Copyright),
        MapFeature.MapProperties => map.Properties.Count,
        _ => map.Lines.Sum(line => Count(line, feature)),
    };

    /// <summary>What of a map would be lost by a format that keeps only some features, one loss for each, in order of the features.</summary>
    internal static IEnumerable<Loss> Missing(MapTable map, MapFormat format)
    {
        foreach (var feature in Enum.GetValues<MapFeature>())
        {
            if (!format.Keeps.Contains(feature) && Count(map, feature) is > 0 and var count) yield return new(Name(feature), count, $"{format.Title} has no place for it.");
        }
    }

    /// <summary><c>targetVersion</c> for <see cref="MapFeature.TargetVersion"/>: what losses and the documentation call it.</summary>
    public static string Name(MapFeature feature)
    {
        var name = feature.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static int Count(MapLine line, MapFeature feature) => feature switch
    {
        MapFeature.SourceSystem => One(line.System),
        MapFeature.SourceVersion => One(line.SystemVersion),
        MapFeature.SourceDisplay => One(line.Display),
        MapFeature.Context => line.Context.Count,
        MapFeature.Undecided => line.Content.IsEmpty ? 1 : 0,
        MapFeature.NoMap => line.Content.NoMap is null ? 0 : 1,
        MapFeature.NoMapReason => One(line.Content.NoMap?.Reason),
        MapFeature.NoMapText => One(line.Content.NoMap?.Text),
        MapFeature.NoMapRequest => One(line.Content.NoMap?.Request),
        MapFeature.SeveralTargets => Math.Max(0, line.Content.Targets.Count - 1),
        MapFeature.State => line.State is null ? 0 : 1,
        MapFeature.Author => One(line.Author),
        MapFeature.AuthoredAt => line.AuthoredAt is null ? 0 : 1,
        MapFeature.Reviewer => One(line.Reviewer),
        MapFeature.ReviewedAt => line.ReviewedAt is null ? 0 : 1,
        MapFeature.RowComment => One(line.Comment),
        _ => line.Content.Targets.Sum(target => Count(target, feature)),
    };

    private static int Count(RowTarget target, MapFeature feature) => feature switch
    {
        MapFeature.TargetSystem => One(target.System),
        MapFeature.TargetVersion => One(target.Version),
        MapFeature.TargetDisplay => One(target.Display),
        MapFeature.Relationship => 1,
        MapFeature.OriginalRelationship => One(target.OriginalRelationship),
        MapFeature.TargetComment => One(target.Comment),
        MapFeature.DependsOn => target.DependsOn.Count,
        MapFeature.Products => target.Products.Count,
        MapFeature.RuleGroup => target.RuleGroup == 0 ? 0 : 1,
        MapFeature.Priority => target.Priority == 0 ? 0 : 1,
        MapFeature.Rule => One(target.Rule),
        MapFeature.EffectiveFrom => target.EffectiveFrom is null ? 0 : 1,
        MapFeature.EffectiveTo => target.EffectiveTo is null ? 0 : 1,
        MapFeature.Confidence => target.Confidence is null ? 0 : 1,
        MapFeature.Justification => One(target.Justification),
        MapFeature.TargetProperties => target.Properties.Count,
        _ => throw new ArgumentOutOfRangeException(nameof(feature)),
    };

    private static int One(string? text) => string.IsNullOrEmpty(text) ? 0 : 1;
}

using System.Globalization;
using System.Text.RegularExpressions;
using Terminology.Loaders.Gem;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>General equivalence mappings of the CMS as a map to work on: source, target and five flags, which stay with each target as properties. Which classifications it maps is seen from its codes.</summary>
internal sealed partial class GemMap : MapFormat
{
    public override string Name => "gem";

    public override string Title => "GEM";

    public override IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature>
    {
        MapFeature.SourceSystem, MapFeature.NoMap, MapFeature.SeveralTargets, MapFeature.TargetSystem, MapFeature.Relationship, MapFeature.RuleGroup, MapFeature.TargetProperties,
    };

    internal override bool Recognises(MapFileStart start) => start.Text.Split('\n').Select(line => line.TrimEnd('\r')).Take(5).SkipLast(1).ToArray() is { Length: > 0 } lines && lines.All(line => Row().IsMatch(line));

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var lines = MapText.Read(stream, options, builder).Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        if (!lines.Any(line => Row().IsMatch(line))) throw builder.Fault("no line is 'source target flags'; five flag digits are expected.", 1);
        var (source, target) = GemLoader.Sides([.. lines.Where(line => Row().IsMatch(line))]);
        for (var at = 0; at < lines.Length; at++)
        {
            if (string.IsNullOrWhiteSpace(lines[at])) continue;
            builder.Count();
            if (!Row().IsMatch(lines[at]))
            {
                builder.Reject(at + 1, "source code, target code and five flag digits are expected.");
                continue;
            }
            var parts = lines[at].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            builder.Add(new()
            {
                System = options.SourceSystem ?? source.Url,
                Code = source.CodeOf(parts[0]),
                Content = parts[2][1] == '1' ? new() { NoMap = new() } : new() { Targets = [Target(options.TargetSystem ?? target.Url, target.CodeOf(parts[1]), parts[2])] },
                Line = at + 1,
            });
        }
        return builder.Done(new() { Lines = [] });
    }

    private static RowTarget Target(string system, string code, string flags)
    {
        var (approximate, combination, scenario, choice) = (flags[0] == '1', flags[2] == '1', flags[3] - '0', flags[4] - '0');
        return new()
        {
            System = system,
            Code = code,
            // One code of a combination is a part of what the source means.
            Relationship = approximate || combination ? MapRelationship.RelatedTo : MapRelationship.Equivalent,
            RuleGroup = combination ? scenario * 10 + choice : 0,
            Properties =
            [
                new("approximate", approximate ? "true" : "false"), new("combination", combination ? "true" : "false"),
                .. combination ? new KeyValuePair<string, string>[] { new("scenario", scenario.ToString(CultureInfo.InvariantCulture)), new("choice-list", choice.ToString(CultureInfo.InvariantCulture)) } : [],
            ],
        };
    }

    [GeneratedRegex(@"^\S+\s+\S+\s+[01]{3}\d\d\s*$")]
    private static partial Regex Row();
}

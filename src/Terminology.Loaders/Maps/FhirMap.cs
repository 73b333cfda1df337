using Terminology.Fhir.Operations;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// FHIR ConceptMap, R4 or R5: JSON in and out, XML in. Whatever FHIR has no element for is in one documented extension on the map and on each element (<see cref="MapResource.FactsUrl"/>),
/// or is a property of the target whose code begins with <c>map-</c>. Where FHIR demands a comment (cmd-1) and there is none, a plain one is written, which is left out again when it is read.
/// </summary>
internal sealed class FhirMap(bool r5) : MapFormat
{
    private const string Ours = "map-", SupersededName = "superseded";

    public override string Name => r5 ? "fhir-r5" : "fhir-r4";

    public override string Title => r5 ? "FHIR R5 ConceptMap" : "FHIR R4 ConceptMap";

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps => MapFeatures.All;

    public override bool SaysSuperseded => true;

    internal override bool Recognises(MapFileStart start)
    {
        var text = start.Text.TrimStart();
        if (text.StartsWith('<')) return !r5 && text.Contains("<ConceptMap", StringComparison.Ordinal) && text.Contains("http://hl7.org/fhir", StringComparison.Ordinal);
        if (!text.StartsWith('{') || !text.Contains("\"ConceptMap\"", StringComparison.Ordinal)) return false;
        return r5 == (text.Contains("\"relationship\"", StringComparison.Ordinal) || text.Contains("ScopeUri\"", StringComparison.Ordinal) || text.Contains("ScopeCanonical\"", StringComparison.Ordinal) || text.Contains("\"noMap\"", StringComparison.Ordinal));
    }

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var bytes = MapText.Bytes(stream);
        var isXml = MapFileStart.Decode(bytes.AsSpan(0, Math.Min(bytes.Length, 200))).TrimStart().StartsWith('<');
        MapResource resource;
        try
        {
            resource = MapResource.Read(isXml ? XmlWire.ToJson(bytes) : bytes);
        }
        catch (TerminologyException fault) when (fault is not ReleaseFormat)
        {
            throw builder.Fault(fault.Message);
        }
        for (var i = 0; i < resource.WithoutCode; i++)
        {
            builder.Count();
            builder.RejectAt("ConceptMap.group.element", "It has no code, so that nobody can ask for it.");
        }
        for (var at = 0; at < resource.Groups.Count; at++)
        {
            var group = resource.Info.Groups[at];
            if (group.Unmapped is not null) builder.Lose("unmapped", "What is to be done for codes that have no row belongs to the server's map, not to its rows.");
            foreach (var element in resource.Groups[at]) Add(element, group, options, builder);
        }
        var info = resource.Info;
        return builder.Done(new()
        {
            Url = info.Url,
            Version = info.Version,
            Title = info.Title,
            Copyright = info.Copyright,
            Properties =
            [
                .. resource.Facts,
                .. new (string Name, string? Value)[]
                {
                    ("status", info.Status == PublicationStatus.Draft ? null : info.Status.ToString().ToLowerInvariant()), ("name", info.Name), ("date", info.Date), ("publisher", info.Publisher),
                    ("sourceScope", info.SourceScope), ("targetScope", info.TargetScope),
                }.Where(pair => pair.Value is not null).Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value!)),
            ],
            Lines = [],
        });
    }

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        var groups = new List<(VersionedUrl? Source, VersionedUrl? Target, List<MapResourceElement> Elements)>();
        var (moved, names) = (0, 0);
        foreach (var line in map.Lines)
        {
            var source = line.System is null ? null : new VersionedUrl(line.System, line.SystemVersion);
            var facts = Facts(line);
            if (line.Content.Targets.Count == 0)
            {
                // What has no target stands with the rows before it.
                var last = groups.FindLastIndex(group => group.Source == source);
                if (last < 0) groups.Add((source, null, []));
                groups[last < 0 ? ^1 : last].Elements.Add(new(new(line.Code, []) { Display = line.Display, NoMap = line.Content.NoMap is not null }, facts));
                continue;
            }
            var sets = line.Content.Targets.GroupBy(target => new VersionedUrl(target.System, target.Version)).ToArray();
            if (sets.Length > 1 && !line.Content.Targets.SequenceEqual(sets.SelectMany(set => set))) moved++;
            foreach (var set in sets)
            {
                var at = groups.FindIndex(group => group.Source == source && group.Target == set.Key);
                if (at < 0)
                {
                    // A group that began with rows without target takes the first that has one.
                    at = groups.FindIndex(group => group.Source == source && group.Target is null);
                    if (at < 0)
                    {
                        groups.Add((source, set.Key, []));
                        at = groups.Count - 1;
                    }
                    else groups[at] = (source, set.Key, groups[at].Elements);
                }
                names += set.Sum(target => target.Properties.Count(property => !MapResource.IsCode(property.Key)));
                groups[at].Elements.Add(new(new(line.Code, [.. set.Select(Target)]) { Display = line.Display }, facts));
            }
        }
        foreach (var old in map.Superseded) Add(old, groups);
        string? Property(string name) => map.Properties.FirstOrDefault(pair => pair.Key == name).Value;
        var status = Enum.TryParse<PublicationStatus>(Property("status"), ignoreCase: true, out var read) ? read : PublicationStatus.Draft;
        var resource = new MapResource(new()
        {
            Url = map.Url, Version = map.Version, Title = map.Title, Copyright = map.Copyright, Status = status, Name = Property("name"), Date = Property("date"), Publisher = Property("publisher"),
            SourceScope = Property("sourceScope"), TargetScope = Property("targetScope"), Groups = [.. groups.Select(group => new MapGroup(group.Source, group.Target))],
        }, [.. groups.Select(group => group.Elements)])
        {
            Facts = [.. map.Properties.Where(pair => pair.Key is not ("status" or "name" or "date" or "publisher" or "sourceScope" or "targetScope"))],
        };
        stream.Write(resource.Write(r5).Span);
        var rows = groups.SelectMany(group => group.Elements.Select(element => element.Element.Code)).Distinct().ToArray();
        var first = map.Lines.Select(line => line.Code).Distinct().ToArray();
        var losses = new List<Loss>();
        if (!rows.SequenceEqual(first)) losses.Add(new("order", rows.Zip(first).Count(pair => pair.First != pair.Second), "Rows stand in groups of one source and one target system."));
        if (moved > 0) losses.Add(new("order", moved, "Targets of one row stand in groups of one target system."));
        if (names > 0) losses.Add(new("targetProperties", names, "A name that is no FHIR code is written with an underscore for each blank."));
        return losses;
    }

    /// <summary>Old targets stand behind those of their code, where it has any in their group.</summary>
    private static void Add(SupersededLine old, List<(VersionedUrl? Source, VersionedUrl? Target, List<MapResourceElement> Elements)> groups)
    {
        var source = old.Line.System is null ? null : new VersionedUrl(old.Line.System, old.Line.SystemVersion);
        foreach (var set in old.Line.Content.Targets.GroupBy(target => new VersionedUrl(target.System, target.Version)))
        {
            var at = groups.FindIndex(group => group.Source == source && group.Target == set.Key);
            if (at < 0)
            {
                groups.Add((source, set.Key, []));
                at = groups.Count - 1;
            }
            var elements = groups[at].Elements;
            MapTarget[] targets = [.. set.Select(Target).Select(target => target with { Properties = [.. target.Properties, .. Superseded(old.Window)] })];
            var place = elements.FindIndex(element => element.Element.Code == old.Line.Code && !element.Element.NoMap);
            if (place < 0) elements.Add(new(new(old.Line.Code, targets) { Display = old.Line.Display }, Facts(old.Line)));
            else elements[place] = elements[place] with { Element = elements[place].Element with { Targets = [.. elements[place].Element.Targets, .. targets] } };
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Superseded(DeprecationWindow window)
    {
        yield return new(Ours + SupersededName, window.Until is { } until ? MapText.Day(until) : "true");
        if (window.Kind == WindowKind.OptIn) yield return new(Ours + SupersededName + "-for", "opt-in");
    }

    private static void Add(MapResourceElement element, MapGroup group, MapFormatOptions options, MapBuilder builder)
    {
        var facts = element.Facts.DistinctBy(fact => fact.Key).ToDictionary(fact => fact.Key, fact => fact.Value);
        var line = new MapLine
        {
            System = group.Source?.Url ?? options.SourceSystem,
            SystemVersion = group.Source?.Version,
            Code = element.Element.Code,
            Display = element.Element.Display,
            Context = facts.GetValueOrDefault("context") is { } context && PairsText.TryRead(context, out IReadOnlyList<KeyValuePair<string, string>> pairs, out _) ? pairs : [],
            State = facts.GetValueOrDefault("state") is { } word && StateWords.TryRead(word, out var state) ? state : null,
            Author = facts.GetValueOrDefault("author"),
            AuthoredAt = Sheet.TryMoment(facts.GetValueOrDefault("authoredAt"), out var at) ? at : null,
            Reviewer = facts.GetValueOrDefault("reviewer"),
            ReviewedAt = Sheet.TryMoment(facts.GetValueOrDefault("reviewedAt"), out at) ? at : null,
            Comment = facts.GetValueOrDefault("comment"),
        };
        if (element.Element.Targets.Count == 0)
        {
            builder.Count();
            var none = element.Element.NoMap ? new NoMap(facts.GetValueOrDefault("noMapReason"), facts.GetValueOrDefault("noMapText") ?? element.Element.Comment) { Request = facts.GetValueOrDefault("noMapRequest") } : null;
            builder.Add(line with { Content = new() { NoMap = none } });
            return;
        }
        foreach (var target in element.Element.Targets)
        {
            builder.Count();
            var system = group.Target?.Url ?? options.TargetSystem;
            if (target.Properties.Any(property => property.Key == Ours + SupersededName)) builder.RejectAt($"ConceptMap.group.element('{element.Element.Code}').target", FolderMessages.SupersededTarget(target.Code));
            else if (target.Code is null) builder.RejectAt($"ConceptMap.group.element('{element.Element.Code}').target", "A target without a code, beside others or under conditions, has no place in a row.");
            else if (system is null) builder.RejectAt($"ConceptMap.group.element('{element.Element.Code}').target", "The group does not name the code system of its targets; name it in group.target, or for the whole file.");
            else builder.Add(line with { Content = new() { Targets = [Target(target, system, group.Target?.Version)] } });
        }
    }

    private static RowTarget Target(MapTarget target, string system, string? version)
    {
        var ours = target.Properties.Where(property => property.Key.StartsWith(Ours, StringComparison.Ordinal)).DistinctBy(property => property.Key).ToDictionary(property => property.Key[Ours.Length..], property => property.Value);
        var generated = target.Comment is not null && (target.Comment == MapResource.Needed(target with { Comment = null }, true) || target.Comment == MapResource.Needed(target with { Comment = null }, false));
        return new()
        {
            System = system,
            Version = version,
            Code = target.Code!,
            Display = target.Display,
            Relationship = target.Relationship,
            OriginalRelationship = ours.GetValueOrDefault("original-relationship") ?? target.OriginalRelationship,
            Comment = generated ? null : target.Comment,
            DependsOn = target.DependsOn,
            Products = target.Products,
            RuleGroup = Sheet.TryInteger(ours.GetValueOrDefault("rule-group"), out var number) ? number : 0,
            Priority = Sheet.TryInteger(ours.GetValueOrDefault("priority"), out number) ? number : 0,
            Rule = ours.GetValueOrDefault("rule"),
            EffectiveFrom = Sheet.TryDay(ours.GetValueOrDefault("effective-from"), out var day) ? day : null,
            EffectiveTo = Sheet.TryDay(ours.GetValueOrDefault("effective-to"), out day) ? day : null,
            Confidence = Sheet.TryNumber(ours.GetValueOrDefault("confidence"), out var confidence) ? confidence : null,
            Justification = ours.GetValueOrDefault("justification"),
            Properties = [.. target.Properties.Where(property => !property.Key.StartsWith(Ours, StringComparison.Ordinal))],
        };
    }

    private static MapTarget Target(RowTarget target) => new()
    {
        Code = target.Code,
        Display = target.Display,
        Relationship = target.Relationship,
        OriginalRelationship = target.OriginalRelationship,
        Comment = target.Comment,
        DependsOn = target.DependsOn,
        Products = target.Products,
        Properties =
        [
            .. new (string Name, string? Value)[]
            {
                ("original-relationship", target.OriginalRelationship), ("rule-group", MapText.Number(target.RuleGroup)), ("priority", MapText.Number(target.Priority)), ("rule", target.Rule),
                ("effective-from", MapText.Day(target.EffectiveFrom)), ("effective-to", MapText.Day(target.EffectiveTo)), ("confidence", MapText.Number(target.Confidence)), ("justification", target.Justification),
            }.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => new KeyValuePair<string, string>(Ours + pair.Name, pair.Value!)),
            .. target.Properties.Select(property => new KeyValuePair<string, string>(MapResource.IsCode(property.Key) ? property.Key : string.Concat(property.Key.Select(letter => char.IsWhiteSpace(letter) ? '_' : letter)), property.Value)),
        ],
    };

    private static KeyValuePair<string, string>[] Facts(MapLine line) =>
    [
        .. new (string Name, string? Value)[]
        {
            ("context", PairsText.Write(line.Context)), ("state", line.State is { } state ? StateWords.Of(state) : null), ("author", line.Author), ("authoredAt", MapText.Moment(line.AuthoredAt)),
            ("reviewer", line.Reviewer), ("reviewedAt", MapText.Moment(line.ReviewedAt)), ("comment", line.Comment), ("noMapReason", line.Content.NoMap?.Reason), ("noMapText", line.Content.NoMap?.Text),
            ("noMapRequest", line.Content.NoMap?.Request),
        }.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value!)),
    ];
}

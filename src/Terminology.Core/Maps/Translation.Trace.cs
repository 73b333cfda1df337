using Terminology.Operations;

namespace Terminology.Maps;

/// <summary>Which maps, versions and rows were tried, and why each was or was not taken; only when the request asks.</summary>
internal sealed partial class Translation
{
    private readonly List<TranslateStep>? _trace = request.Trace ? [.. request.Ignored.Select(name => new TranslateStep("", false, $"The parameter '{name}' is not declared: it was ignored."))] : null;

    private void TraceChoice(Source source, IReadOnlyList<IConceptMap> chosen)
    {
        foreach (var entry in service.ConceptMapsOf(source.Coding.System!, asTarget: request.Reverse).Where(entry => !ImplicitMaps.IsPinned(entry.Url)))
        {
            var isTaken = chosen.Any(map => map == entry.Map.Value);
            _trace!.Add(new(NameOf(entry), isTaken, isTaken ? "Its groups fit." : WhyNot(entry, source.Coding.Version)));
        }
    }

    private static string NameOf(ConceptMapEntry entry) => entry.Url is { } url ? new VersionedUrl(url, entry.Version).ToString() : "sent along";

    private string WhyNot(ConceptMapEntry entry, string? version)
    {
        if (entry.Status == PublicationStatus.Retired) return "It is retired: it answers only when it is named.";
        if (!IsOffered(entry, version)) return "It is not live: another version of it is, or its release is not.";
        if (!Fits(entry)) return $"It leads {(request.Reverse ? "from" : "to")} {string.Join(", ", request.Reverse ? entry.SourceSystems : entry.TargetSystems)}.";
        return IsActive(entry) ? "A newer active version of it goes before." : "It is a draft, and an active map fits.";
    }

    private void TraceRows(IConceptMap map, int group, string code, IReadOnlyList<MapElement> elements)
    {
        if (_trace is null) return;
        var about = map.Info.Groups[group];
        var place = $"group {group + 1} ({about.Source?.ToString() ?? "?"} to {about.Target?.ToString() ?? "?"})";
        if (elements.Count == 0)
        {
            _trace.Add(new(Name(map), false, $"{place}: no row for '{code}'{(about.Unmapped is { } rule ? $"; for codes not listed: {rule.Mode}" : "")}."));
            return;
        }
        foreach (var element in elements)
        {
            if (element.NoMap) _trace.Add(new(Name(map), true, $"{place}: the row of '{code}' says that there is no target."));
            else if (element.Targets.Count == 0) _trace.Add(new(Name(map), true, $"{place}: the row of '{code}' has no target."));
        }
    }

    private void TraceSettled(IConceptMap map, MapElement element, IReadOnlyList<Row> settled)
    {
        if (_trace is null) return;
        foreach (var target in element.Targets)
        {
            var row = settled.FirstOrDefault(row => row.Target == target);
            var conditions = string.Join(" and ", target.DependsOn.Select(condition => $"{condition.Property} = {condition.Value}").Append(target.Rule).OfType<string>());
            _trace.Add(new(Name(map), row is not null, $"row '{element.Code}' to '{target.Code ?? "no target"}'{(conditions.Length == 0 ? "" : $" if {conditions}")}: " + row switch
            {
                null => conditions.Length == 0 ? "not taken." : "does not hold, or an earlier rule does.",
                { Open.Length: > 0 } => $"holds only if {string.Join(" and ", row.Open.Select(open => $"{open.Property} = {open.Value}"))}.",
                { NeedsPerson: true } => "a candidate for a person.",
                _ => "taken.",
            }));
        }
    }
}

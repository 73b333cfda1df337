using Terminology.Operations;

namespace Terminology.Maps;

/// <summary>Where no map leads from the source to the target system, maps may be put together, when the request asks for it: A to B, B to C.</summary>
internal sealed partial class Translation
{
    private void Chain(Source source, int from)
    {
        if (request.MaxLinks < 2 || request.Reverse || request.Url is not null || request.ConceptMap is not null || TargetSystem is not { } target) return;
        if (_hits.Skip(from).Any(hit => IsUsable(hit.Match))) return;
        var here = source.Coding.System!;
        var between = service.ConceptMapsOf(here, asTarget: false).Where(entry => entry.Live).SelectMany(entry => entry.TargetSystems).Select(service.CanonicalSystem).Distinct(StringComparer.Ordinal)
            .Where(system => system != here && system != target && !request.ChainedOver.Contains(system)).ToArray();
        foreach (var system in between)
        {
            scope.Cancel.ThrowIfCancellationRequested();
            var first = Linked(source.Coding, system, null, 1);
            foreach (var step in first.Matches.Where(match => IsUsable(match) && IsCurrent(match))) Continue(source, step, target);
        }
        if (_hits.Count == from && between.Length > 0) Reason($"No chain of maps leads from '{source.Sent.Code}' over {string.Join(", ", between)} to {target}.");
    }

    private void Continue(Source source, TranslateMatch step, string target)
    {
        var middle = step.Target! with { Display = null };
        var rest = Linked(middle, target, request.TargetScope, request.MaxLinks - 1);
        foreach (var last in rest.Matches.Where(match => IsUsable(match) && IsCurrent(match)))
        {
            var links = new List<ChainLink> { new(step.Target!, step.Relationship, step.MapUrl is null ? null : new(step.MapUrl, step.MapVersion)) };
            links.AddRange(last.Chain);
            var cautions = step.Cautions.Concat(last.Cautions).Aggregate(0u, (flags, caution) => flags | Flag(caution));
            var map = service.FindConceptMap(new(last.MapUrl!, last.MapVersion))!.Map.Value;
            var match = last with { Source = source.Coding, Relationship = step.Relationship.Then(last.Relationship), OriginalRelationship = null, Chain = links, Issues = [.. step.Issues, .. last.Issues] };
            if (!_hits.Exists(hit => hit.Match.Target == match.Target && hit.Match.Source == match.Source)) _hits.Add(new(match, target, map) { Cautions = cautions & ~Flag(Caution.NotEquivalent) });
        }
    }

    private TranslateResult Linked(Coding coding, string system, string? targetScope, int links) => new Translation(
        service, request with { Source = new([coding]), SourceScope = null, TargetSystem = system, TargetScope = targetScope, MaxLinks = links, ChainedOver = [.. request.ChainedOver, coding.System!], Trace = false }, scope).Run();

    private string? TargetSystem => _targetSystem ?? (request.TargetScope is { } asked ? Scope(asked).System : null);
}

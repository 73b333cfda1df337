using Terminology.Issues;
using Terminology.ValueSets;

namespace Terminology.Maps;

/// <summary>A scope of a translation: a value set, or a code system, which is read as all its codes.</summary>
/// <remarks>Three-valued: where membership cannot be told, it says so instead of guessing.</remarks>
internal sealed class MapScope
{
    private readonly TerminologyService _service;
    private readonly RequestScope _request;
    private readonly ValueSet? _valueSet;

    public MapScope(TerminologyService service, string url, RequestScope request, bool isSystem)
    {
        (_service, _request, Url) = (service, request, url);
        var canonical = VersionedUrl.Parse(url);
        _valueSet = service.FindValueSet(canonical);
        if (_valueSet is not null) return;
        var system = service.CanonicalSystem(canonical.Url);
        if (isSystem || system != canonical.Url || service.CodeSystemVersions(system).Count > 0) System = system;
    }

    /// <summary>As named.</summary>
    public string Url { get; }

    /// <summary>The code system that is meant, or null when a value set is.</summary>
    public string? System { get; }

    /// <summary>Is there such a value set or code system?</summary>
    public bool IsKnown => _valueSet is not null || System is not null;

    /// <summary>Is the code in it? Null when that cannot be told: the scope, or the code system that its rules need, is not loaded.</summary>
    public bool? Contains(Coding coding)
    {
        if (System is not null) return coding.System == System;
        if (_valueSet is null) return null;
        var found = _service.Resolve(coding, _request);
        if (found.CodeSystem is null) return Listed(_valueSet, coding);
        if (!found.Concept.Exists) return Listed(_valueSet, coding) ?? (found.CodeSystem.Info.Content == "complete" ? false : null);
        try
        {
            return new ValueSetEvaluator(_service, _request).TryContains(_valueSet, found.CodeSystem, found.Concept, anyVersion: coding.Version is null);
        }
        catch (TerminologyException)
        {
            return null;
        }
    }

    /// <summary>What the rules alone say of a code whose code system is not loaded.</summary>
    private static bool? Listed(ValueSet valueSet, Coding coding)
    {
        if (valueSet.Compose is not { } compose) return valueSet.StoredExpansion?.Any(member => member.System == coding.System && member.Code == coding.Code);
        if (compose.Excludes.Count > 0) return null;
        bool? answer = false;
        foreach (var include in compose.Includes)
        {
            if (include.ValueSets.Count > 0 || (include.System == coding.System && include.Filters.Count > 0)) answer = null;
            else if (include.System == coding.System && (include.Concepts.Count == 0 || include.Concepts.Any(concept => concept.Code == coding.Code))) return true;
        }
        return answer;
    }
}

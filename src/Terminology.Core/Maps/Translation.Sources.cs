using Terminology.CodeSystems;
using Terminology.Icd10;
using Terminology.Issues;

namespace Terminology.Maps;

/// <summary>What was sent, understood: system, version, and the codes that it can mean.</summary>
internal sealed partial class Translation
{
    /// <summary>A coding to translate.</summary>
    /// <param name="Sent">As sent.</param>
    /// <param name="Coding">With its canonical system and the code in its normal form.</param>
    /// <param name="Codes">The codes to look for: one, or the readings of a form that has several.</param>
    /// <param name="CodeSystem">The version that knows it, or null.</param>
    /// <param name="Concept">The concept, or None.</param>
    private sealed record Source(Coding Sent, Coding Coding, IReadOnlyList<string> Codes, ICodeSystem? CodeSystem, ConceptOrdinal Concept)
    {
        public bool IsInactive => CodeSystem is not null && Concept.Exists && CodeSystem.Flags(Concept).HasFlag(ConceptFlags.Inactive);

        /// <summary>Does the whole code system deny the code?</summary>
        public bool IsUnknown => CodeSystem is { Info.Content: "complete" } && !Concept.Exists;
    }

    private Source Understand(Coding sent)
    {
        var found = service.Resolve(sent, scope);
        foreach (var issue in found.Issues.Where(issue => !_issues.Contains(issue))) _issues.Add(issue);
        var system = found.System ?? sent.System!;
        var version = sent.Version ?? SystemAliases.VersionUri(sent.System!)?.Version;
        // A version rule of the request holds for the source as for any coding; what is not asked for stays open.
        version = TerminologyService.WantedVersion(system, version, scope);
        var coding = sent with { System = system, Version = version, Code = found.Code };
        IReadOnlyList<string> codes = found switch
        {
            { Readings.Count: > 0 } => [.. found.Readings.Select(reading => TerminologyService.Text(found.CodeSystem!.Code(reading)))],
            { Concept.Exists: true } when found.Code == sent.Code => [found.Code],
            { Concept.Exists: true } => [.. new[] { found.Code, sent.Code! }.Distinct(StringComparer.Ordinal)],
            // Not in a code system that is loaded: the maps decide which form of it exists.
            _ => [.. new[] { sent.Code! }.Concat(CodeForms.Readings(system, sent.Code!)).Distinct(StringComparer.Ordinal)],
        };
        return new(sent, coding, codes, found.CodeSystem, found.Concept);
    }

    /// <summary>A dual code in the form in which a map lists it.</summary>
    private Source AsListed(Source source, IReadOnlyList<IConceptMap> maps)
    {
        if (source.CodeSystem is not DualCodeSystem dual || dual.FormsOf(source.Concept) is not [var normal, ..] forms) return source;
        var listed = forms.FirstOrDefault(form => maps.Any(map => Groups(map, source.Coding).Any(group => Find(map, group, form).Count > 0)));
        return source with { Codes = [listed ?? normal] };
    }

    /// <summary>Of several readings of one written form that have rows, none is the right one by itself.</summary>
    private void Ambiguous(Source source, int from)
    {
        if (_hits.Count == from) return;
        var isWritten = true;
        for (var i = from; i < _hits.Count && isWritten; i++) isWritten = _hits[i].Match.Source!.Code == source.Sent.Code && _hits[i].Match.Via is null;
        if (isWritten) return;
        var readings = _hits.Skip(from).Where(hit => hit.Match.Via is null).Select(hit => hit.Match.Source!.Code!).Distinct(StringComparer.Ordinal).ToArray();
        var exact = readings.Contains(source.Sent.Code, StringComparer.Ordinal);
        if (exact || readings.Length == 0) return;
        if (source.Codes.Count > 1 && (readings.Length > 1 || (source.Concept.Exists && source.Codes.Count(code => code != source.Sent.Code) > 1)))
        {
            for (var i = from; i < _hits.Count; i++) _hits[i] = _hits[i] with { Match = _hits[i].Match with { NeedsPerson = true } };
            Warn(IssueType.MultipleMatches, "SEVERAL_READINGS", $"The code '{source.Sent.Code}' can be read in several ways ({string.Join(", ", source.Codes.Where(code => code != source.Sent.Code))}); those that have a row are answered, a person must choose.");
        }
        else if (!source.Concept.Exists)
        {
            Warn(IssueType.Value, "CODE_UNDERSTOOD", Messages.CodeUnderstood(source.Sent.Code!, readings[0]));
        }
    }

    /// <summary>Is it a map of a code system to itself: associations of SNOMED CT, replacements of LOINC, remaps of RxNorm? Inactive codes are what it is for.</summary>
    private static bool SaysWhatBecame(IConceptMap map) => map is RefsetConceptMap { IsHistory: true } || map.Info.Groups.All(group => group.Source is { } source && source.Url == group.Target?.Url);

    /// <summary>What to know of a source that a map does answer, or why none does.</summary>
    private void Remark(Source source, IReadOnlyList<IConceptMap> maps, int from)
    {
        if (_hits.Count > from)
        {
            if (source.IsUnknown) Warn(IssueType.CodeInvalid, "SOURCE_UNKNOWN", $"The code '{source.Sent.Code}' is not in {TerminologyService.VersionedName(source.CodeSystem!)}; it was translated all the same.");
            else if (source.IsInactive && _listed && !maps.All(SaysWhatBecame)) Warn(IssueType.BusinessRule, "SOURCE_INACTIVE", $"The code '{source.Sent.Code}' is inactive in {TerminologyService.VersionedName(source.CodeSystem!)}; the map lists it all the same.");
            return;
        }
        if (source.IsUnknown) Reason($"The code '{source.Sent.Code}' is not in {TerminologyService.VersionedName(source.CodeSystem!)}.");
        if (_listed || _isSilent) return;
        if (source.CodeSystem is DualCodeSystem dual && dual.PartsOf(source.Concept) is var (first, second)) Reason(IcdMessages.TranslateParts(first, second));
        else Reason(maps switch
        {
            [] => $"No map is loaded {(request.Reverse ? $"to {source.Coding.System}" : $"for {source.Coding.System}")}{((_targetSystem ?? request.TargetScope) is not { } to ? "" : request.Reverse ? $" from {to}" : $" to {to}")}.",
            [var only] => $"The map {Name(only)} does not list '{source.Sent.Code}'{(request.Reverse ? " as a target" : "")}.",
            _ => $"None of the {maps.Count} maps that fit lists '{source.Sent.Code}'{(request.Reverse ? " as a target" : "")}.",
        });
    }
}

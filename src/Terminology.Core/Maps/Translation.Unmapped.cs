using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Maps;

/// <summary>Codes that no row lists: the unmapped rule of a group, and the history of an inactive concept.</summary>
internal sealed partial class Translation
{
    /// <summary>
    /// The unmapped rules of groups, for target systems to which no explicit row leads. A code that its code system denies gets no fixed code; it may be used as
    /// it is where the target system knows it.
    /// </summary>
    private void Fallback(Source source, List<(IConceptMap Map, int Group, Coding Coding)> open, int from)
    {
        if (open.Count == 0) return;
        var answered = _hits.Skip(from).Select(hit => hit.TargetSystem).ToHashSet(StringComparer.Ordinal);
        foreach (var (map, group, coding) in open.Where(rule => rule.Coding.Code == source.Coding.Code))
        {
            if (!answered.Contains(map.Info.Groups[group].Target?.Url)) Unmapped(map, group, coding, source.IsUnknown, []);
        }
    }

    private void Unmapped(IConceptMap map, int group, Coding coding, bool isUnknown, List<string> path)
    {
        switch (map.Info.Groups[group].Unmapped)
        {
            case { Mode: UnmappedMode.UseSourceCode } rule:
                var same = new MapTarget { Code = coding.Code, Relationship = rule.Relationship ?? MapRelationship.Equivalent, Comment = "Not listed in the map: it says to use the source code." };
                var issues = new List<Issue>();
                Describe(new(map.Info.Groups[group].Target?.Url, coding.Code, map.Info.Groups[group].Target?.Version), issues);
                var isDenied = issues.Exists(issue => issue.MessageId == "TARGET_UNKNOWN");
                if (isUnknown && isDenied) break;
                AddUnlisted(map, group, coding, same, isDenied);
                break;
            case { Mode: UnmappedMode.Fixed, Code: { } code } rule when !isUnknown:
                AddUnlisted(map, group, coding, new() { Code = code, Display = rule.Display, Relationship = rule.Relationship ?? MapRelationship.RelatedTo, Comment = "Not listed in the map: this is its code for all others." }, needsPerson: false);
                break;
            case { Mode: UnmappedMode.OtherMap, OtherMap: { } other }:
                Other(map, VersionedUrl.Parse(other), coding, isUnknown, path);
                break;
        }
    }

    private void AddUnlisted(IConceptMap map, int group, Coding coding, MapTarget target, bool needsPerson)
    {
        var from = _hits.Count;
        Add(map, group, coding, target, [], needsPerson, []);
        for (var i = from; i < _hits.Count; i++) _hits[i].Cautions |= Flag(Caution.NotListed);
    }

    /// <summary>Goes on in the other map, for the groups with the same target; a circle of maps ends where it closes.</summary>
    private void Other(IConceptMap map, VersionedUrl other, Coding coding, bool isUnknown, List<string> path)
    {
        path = [.. path, map.Info.Url ?? ""];
        if (path.Contains(other.Url, StringComparer.Ordinal))
        {
            Reason($"The maps {string.Join(" → ", path)} → {other.Url} refer to each other for codes that they do not list, and none lists '{coding.Code}'.");
            return;
        }
        if (service.FindConceptMap(other) is not { } next)
        {
            Warn(IssueType.NotFound, "UNKNOWN_OTHER_MAP", $"{Messages.UnknownConceptMap(other)}; the map {Name(map)} names it for codes that it does not list.");
            return;
        }
        var rules = new List<(IConceptMap Map, int Group, Coding Coding)>();
        var from = _hits.Count;
        Apply(next.Map.Value, coding, rules);
        var answered = _hits.Skip(from).Select(hit => hit.TargetSystem).ToHashSet(StringComparer.Ordinal);
        foreach (var (found, group, _) in rules.Where(rule => !answered.Contains(rule.Map.Info.Groups[rule.Group].Target?.Url))) Unmapped(found, group, coding, isUnknown, path);
        if (_hits.Count == from && rules.Count == 0) Reason($"The map {Name(next.Map.Value)}, to which {Name(map)} refers, does not list '{coding.Code}'.");
    }

    /// <summary>
    /// An inactive concept is followed when all its associations name one active concept, as SAME AS or REPLACED BY. Any other history gives candidates, which a
    /// person must judge.
    /// </summary>
    private void FollowHistory(Source source, IReadOnlyList<IConceptMap> maps)
    {
        if (maps.Count == 0 || maps.All(map => map is RefsetConceptMap { IsHistory: true }) || source.CodeSystem is not { Refsets: not null } snomed) return;
        var history = History(snomed, source.Concept);
        if (history.Length == 0)
        {
            Reason($"The code '{source.Sent.Code}' is inactive in {TerminologyService.VersionedName(snomed)}, and the release does not say what became of it.");
            return;
        }
        var certain = IsCertain(snomed, history);
        foreach (var (target, associations) in history.Where(step => step.Reading.HasSuccessors).GroupBy(step => step.Target).Select(step => (step.Key, string.Join(", ", step.Select(row => row.Reading.Title).Distinct()))))
        {
            if (!TerminologyService.TryFind(snomed, target, out var successor)) continue;
            var via = new Coding(source.Coding.System, target, source.Coding.Version, DisplayChooser.Text(snomed, successor, scope.Languages));
            var note = new Issue(IssueSeverity.Warning, IssueType.BusinessRule, certain
                ? $"The code '{source.Sent.Code}' is inactive; it was translated as its successor {target} ({associations})."
                : $"The code '{source.Sent.Code}' is inactive; {target} ({associations}) may stand for it, a person must decide.")
            { MessageId = "SOURCE_INACTIVE", Expression = "code" };
            var from = _hits.Count;
            foreach (var map in maps.Where(map => map is not RefsetConceptMap { IsHistory: true })) Apply(map, via, []);
            for (var i = from; i < _hits.Count; i++)
            {
                var match = _hits[i].Match;
                _hits[i] = _hits[i] with { Match = match with { Source = source.Coding, Via = via, NeedsPerson = match.NeedsPerson || !certain, Issues = [note, .. match.Issues] } };
            }
            if (_hits.Count > from) _issues.Add(note);
            else Reason($"{note.Text} No map lists {target}.");
        }
        if (history.All(step => !step.Reading.HasSuccessors)) Reason($"The code '{source.Sent.Code}' is inactive: {string.Join(", ", history.Select(step => $"{step.Reading.Title} {step.Target}"))}; that names no successor.");
    }

    private static (ImplicitMaps.Reading Reading, string Refset, string Target)[] History(ICodeSystem snomed, ConceptOrdinal concept)
        => [.. snomed.Refsets!.Of(concept).Where(refset => ImplicitMaps.Association(refset) is not null)
            .SelectMany(refset => snomed.Refsets.Rows(refset.Id, concept).Where(row => row.Active).Select(row => (Reading: ImplicitMaps.Association(refset)!, refset.Id, row.Fields[0])))
            .OrderBy(step => step.Reading.Relationship != MapRelationship.Equivalent)];

    private static bool IsCertain(ICodeSystem snomed, (ImplicitMaps.Reading Reading, string Refset, string Target)[] history)
        => history.Select(step => step.Target).Distinct(StringComparer.Ordinal).Count() == 1
            && history.All(step => step.Refset is ImplicitMaps.SameAs or ImplicitMaps.ReplacedBy)
            && TerminologyService.TryFind(snomed, history[0].Target, out var successor) && !snomed.Flags(successor).HasFlag(ConceptFlags.Inactive);

    /// <summary>
    /// What became of a code is certain only when it is one thing: a historical association as <see cref="IsCertain"/> says, a LOINC replacement or RxNorm remap
    /// that names one successor.
    /// </summary>
    private void JudgeHistory(Source source, int from)
    {
        if (request.Reverse || !_hits.Exists(hit => ImplicitMaps.IsImplicit(hit.Map.Info.Url) && SaysWhatBecame(hit.Map))) return;
        var uncertain = _hits.Skip(from).Where(hit => SaysWhatBecame(hit.Map) && ImplicitMaps.IsImplicit(hit.Map.Info.Url)).GroupBy(hit => hit.Map).Where(map => !IsOneSuccessor(source, map.Key, [.. map])).Select(map => map.Key).ToHashSet();
        if (uncertain.Count == 0) return;
        for (var i = from; i < _hits.Count; i++)
        {
            if (uncertain.Contains(_hits[i].Map)) _hits[i] = _hits[i] with { Match = _hits[i].Match with { NeedsPerson = true } };
        }
        Warn(IssueType.BusinessRule, "HISTORY_NOT_CERTAIN", $"What became of '{source.Sent.Code}' is not one certain successor: a person must decide.");
    }

    private static bool IsOneSuccessor(Source source, IConceptMap map, Hit[] hits)
    {
        if (map is not RefsetConceptMap) return hits.Select(hit => hit.Match.Target?.Code).Distinct(StringComparer.Ordinal).Count() == 1;
        return source.CodeSystem is not { Refsets: not null } snomed || !source.Concept.Exists || IsCertain(snomed, History(snomed, source.Concept));
    }
}

using Terminology.CodeSystems;
using Terminology.Icd10;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Maps;

/// <summary>
/// One <c>$translate</c>: codings are understood, maps chosen, rows settled by their conditions, targets described, and what a person must know is said.
/// Explicit rows win over the <c>unmapped</c> rule of a group; an inactive source that no map lists is followed over its history.
/// </summary>
/// <remarks>House rules where FHIR is silent: decision 0010. One use, one thread.</remarks>
internal sealed partial class Translation(TerminologyService service, TranslateRequest request, RequestScope scope)
{
    private readonly List<Hit> _hits = [];
    private readonly List<Issue> _issues = [];
    private readonly List<string> _reasons = [];
    private readonly Dictionary<(string Url, bool IsSystem), MapScope> _scopes = [];
    private readonly string? _targetSystem = request.TargetSystem is { } named ? service.CanonicalSystem(named) : null;

    /// <summary>Does a map list the coding that is being translated, whatever comes of its rows?</summary>
    private bool _listed;

    /// <summary>A match with what is needed to compare it with others.</summary>
    /// <param name="Match">The match.</param>
    /// <param name="TargetSystem">Code system of the group's answers, also for "no target"; or null.</param>
    /// <param name="Map">The map it comes from.</param>
    private sealed record Hit(TranslateMatch Match, string? TargetSystem, IConceptMap Map)
    {
        /// <summary>Bits of <see cref="Maps.Caution"/>.</summary>
        public uint Cautions { get; set; }
    }

    public TranslateResult Run()
    {
        var codings = Codings();
        if (request.SourceScope is { } sources) Scope(sources);
        if (request.TargetScope is { } targets) Scope(targets);
        foreach (var coding in codings)
        {
            scope.Cancel.ThrowIfCancellationRequested();
            Translate(coding);
        }
        if (_hits.Exists(hit => hit.Map != _hits[0].Map)) Disagreements();
        var matches = Judged();
        return new(Array.Exists(matches, IsUsable), matches) { Reverse = request.Reverse, Issues = _issues, Message = Message(codings), Cautions = Summary(matches), Trace = _trace ?? [] };
    }

    private static bool IsUsable(TranslateMatch match) => match is { NoMap: false, NeedsPerson: false, Target: not null, Relationship: not MapRelationship.NotRelatedTo };

    /// <summary>What can be translated; a coding without system or code is passed over with a warning when others are left.</summary>
    private Coding[] Codings()
    {
        if (request.Source.Codings is [{ Code.Length: > 0, System.Length: > 0 } only]) return [only];
        var given = request.Source.Codings.Distinct().ToArray();
        if (!given.Any(coding => !string.IsNullOrEmpty(coding.Code)))
        {
            throw new TerminologyException(IssueType.Required, "MISSING_CODE", "No code is given to translate: send 'code' with 'system', 'coding' or 'codeableConcept'.") { Expression = "code" };
        }
        var complete = given.Where(coding => !string.IsNullOrEmpty(coding.Code) && !string.IsNullOrEmpty(coding.System)).ToArray();
        if (complete.Length == 0) throw new TerminologyException(IssueType.Required, "CODING_HAS_NO_SYSTEM", Messages.NoSystem()) { Expression = "system", TxIssueType = "invalid-data" };
        foreach (var coding in given.Except(complete))
        {
            Warn(IssueType.Required, "CODING_INCOMPLETE", string.IsNullOrEmpty(coding.System)
                ? $"The code '{coding.Code}' has no system and was not translated."
                : $"A coding of '{coding.System}' has no code and was not translated.");
        }
        return complete;
    }

    private void Translate(Coding sent)
    {
        var said = _issues.Count;
        var source = Understand(sent);
        var maps = Maps(source);
        source = AsListed(source, maps);
        if (request.SourceScope is { } asked && !InScope(Scope(asked), source.Coding, map: null))
        {
            Reason($"The code '{sent.Code}' is not in the {(request.Reverse ? "target" : "source")} scope '{asked}'.");
            return;
        }
        if (_trace is not null && request.Url is null && request.ConceptMap is null) TraceChoice(source, maps);
        var from = _hits.Count;
        var open = new List<(IConceptMap Map, int Group, Coding Coding)>();
        _listed = _isSilent = false;
        foreach (var code in source.Codes)
        {
            foreach (var map in maps) Apply(map, source.Coding with { Code = code }, open);
        }
        if (!_listed && source.IsInactive && !request.Reverse)
        {
            FollowHistory(source, maps);
            _listed = false;
        }
        Fallback(source, open, from);
        Ambiguous(source, from);
        JudgeHistory(source, from);
        Chain(source, from);
        SupersededLast(from);
        Remark(source, maps, from);
        Mark(from, said);
    }

    private void Apply(IConceptMap map, Coding coding, List<(IConceptMap Map, int Group, Coding Coding)> open)
    {
        if (!InScopeOf(map, coding)) return;
        var groups = Groups(map, coding);
        HashSet<(string? Source, string? Target)>? listed = null;
        List<int>? unlisted = null;
        foreach (var group in groups)
        {
            scope.Cancel.ThrowIfCancellationRequested();
            var elements = Find(map, group, coding.Code!);
            TraceRows(map, group, coding.Code!, elements);
            if (elements.Count == 0)
            {
                if (map.Info.Groups[group].Unmapped is not null) (unlisted ??= []).Add(group);
                continue;
            }
            _listed = true;
            (listed ??= []).Add(Systems(map, group));
            foreach (var element in elements) Add(map, group, coding, element);
        }
        if (request.Reverse || unlisted is null) return;
        foreach (var group in unlisted.Where(group => listed?.Contains(Systems(map, group)) != true)) open.Add((map, group, coding));
    }

    private static (string? Source, string? Target) Systems(IConceptMap map, int group) => (map.Info.Groups[group].Source?.Url, map.Info.Groups[group].Target?.Url);

    /// <summary>What the row of a code comes to.</summary>
    private void Add(IConceptMap map, int group, Coding coding, MapElement element)
    {
        if (element.NoMap)
        {
            if (!request.Reverse) AddNoMap(map, group, coding, new() { Code = null, Relationship = MapRelationship.NotRelatedTo, Comment = element.Comment }, [], needsPerson: false);
            return;
        }
        var from = _hits.Count;
        var settled = Settle(map, element, coding);
        TraceSettled(map, element, settled);
        foreach (var row in settled)
        {
            if (request.Reverse)
            {
                if (row.Target.Code == coding.Code) Add(map, group, coding, Turned(element, row.Target), row.Open, row.NeedsPerson, row.Issues);
            }
            else if (row.Target.Code is null)
            {
                AddNoMap(map, group, coding, row.Target, row.Open, row.NeedsPerson);
            }
            else
            {
                Add(map, group, coding, row.Target, row.Open, row.NeedsPerson, row.Issues);
            }
        }
        if (!request.Reverse) Combinations(coding, from);
    }

    private void AddNoMap(IConceptMap map, int group, Coding source, MapTarget target, MapDependency[] open, bool needsPerson)
    {
        var category = target.Properties.FirstOrDefault(property => property.Key == "category").Value;
        var why = category ?? target.Comment;
        if (open.Length == 0) Reason($"The map {Name(map)} says that '{source.Code}' has no target{(target.RuleGroup > 1 ? $" in group {target.RuleGroup}" : "")}{(why is null ? "" : $": {why}")}.");
        _hits.Add(new(
            new(MapRelationship.NotRelatedTo, null, map.Info.Url, map.Info.Version)
            {
                NoMap = true,
                Source = source,
                OriginalRelationship = "unmatched",
                DependsOn = open,
                Comment = target.Comment,
                Rule = target.Rule,
                RuleGroup = target.RuleGroup,
                Priority = target.Priority,
                Properties = target.Properties,
                IsGoverned = service.IsGoverned(map),
                NeedsPerson = needsPerson,
            },
            map.Info.Groups[group].Target?.Url, map));
    }

    private void Add(IConceptMap map, int group, Coding source, MapTarget target, MapDependency[] open, bool needsPerson, IReadOnlyList<Issue> issues)
    {
        var into = request.Reverse ? map.Info.Groups[group].Source : map.Info.Groups[group].Target;
        var coding = new Coding(into?.Url, target.Code, into?.Version, target.Display);
        var found = new List<Issue>(issues);
        coding = Describe(coding, found);
        if (request.TargetScope is { } asked)
        {
            var targetScope = Scope(asked);
            if (!InScope(targetScope, coding, map))
            {
                Reason($"The target '{target.Code}' is not in the target scope '{asked}'.");
                return;
            }
            if (targetScope.Contains(coding) is null && (request.Reverse ? map.Info.SourceScope : map.Info.TargetScope) != asked)
            {
                found.Add(new(IssueSeverity.Warning, IssueType.Incomplete, $"Whether the target '{target.Code}' is in '{asked}' cannot be told: a code system that it needs is not loaded.") { MessageId = "SCOPE_UNDECIDED" });
                needsPerson = true;
            }
        }
        if (_hits.Exists(hit => hit.Map == map && hit.Match.Source == source && hit.Match.Target == coding && Same(hit.Match, target, open))) return;
        foreach (var issue in found)
        {
            if (issue.Severity >= IssueSeverity.Warning && !_issues.Contains(issue)) _issues.Add(issue);
        }
        _hits.Add(new(
            new(target.Relationship, coding, map.Info.Url, map.Info.Version)
            {
                Source = source,
                OriginalRelationship = target.OriginalRelationship,
                DependsOn = open,
                Products = target.Products,
                Comment = target.Comment,
                Rule = target.Rule,
                RuleGroup = target.RuleGroup,
                Priority = target.Priority,
                Properties = target.Properties,
                IsSuperseded = IsSuperseded(map, target),
                IsGoverned = service.IsGoverned(map),
                NeedsPerson = needsPerson,
                Issues = found,
            },
            into?.Url, map));
    }

    /// <summary>The very same row twice is one match.</summary>
    private static bool Same(TranslateMatch match, MapTarget target, MapDependency[] open)
        => match.Relationship == target.Relationship && match.OriginalRelationship == target.OriginalRelationship && match.RuleGroup == target.RuleGroup && match.Rule == target.Rule
            && match.Comment == target.Comment && match.DependsOn.SequenceEqual(open) && match.Products.SequenceEqual(target.Products) && match.Properties.SequenceEqual(target.Properties);

    private static readonly Issue NotChecked = new(IssueSeverity.Information, IssueType.Incomplete, "The code system of the target is not loaded, or only in part: nobody looked whether the target exists.") { MessageId = "TARGET_NOT_CHECKED" };

    /// <summary>Display and standing of a target in the code system that is loaded.</summary>
    private Coding Describe(Coding coding, List<Issue> issues)
    {
        if (coding.System is null) return coding;
        if (service.FindCodeSystem(coding.System, coding.Version) is not { } system)
        {
            if (coding.Version is null || service.FindCodeSystem(coding.System) is not { } other)
            {
                issues.Add(NotChecked);
                return coding;
            }
            system = other;
        }
        system = DualCodeSystem.For(system, coding.Code!);
        if (!TerminologyService.TryFind(system, coding.Code!, out var concept))
        {
            issues.Add(system.Info.Content == "complete"
                ? new(IssueSeverity.Warning, IssueType.CodeInvalid, $"The target '{coding.Code}' is not in {TerminologyService.VersionedName(system)}; the map needs review.") { MessageId = "TARGET_UNKNOWN", TxIssueType = "invalid-code" }
                : NotChecked);
            return coding;
        }
        if (system.Flags(concept).HasFlag(ConceptFlags.Inactive))
        {
            issues.Add(new(IssueSeverity.Warning, IssueType.BusinessRule, $"The target '{coding.Code}' is inactive in {TerminologyService.VersionedName(system)}; the map needs review.") { MessageId = "TARGET_INACTIVE", TxIssueType = "code-comment" });
        }
        if (!request.FillDisplays && scope.DisplayLanguage is null) return coding;
        return coding with { Display = DisplayChooser.Text(system, concept, scope.Languages) ?? coding.Display };
    }

    private static MapTarget Turned(MapElement element, MapTarget target) => target with
    {
        Code = element.Code,
        Display = element.Display,
        Relationship = target.Relationship.Turn(),
        OriginalRelationship = TurnedRelationships.Turn(target.OriginalRelationship),
    };

    /// <summary>Maps that answer a code differently for one target system are never answered unmarked.</summary>
    private void Disagreements()
    {
        foreach (var code in _hits.Where(IsCurrent).GroupBy(hit => (hit.Match.Source?.System, hit.Match.Source?.Code, hit.TargetSystem)))
        {
            var answers = code.GroupBy(hit => hit.Map)
                .Select(map => (Name: Name(map.Key), Answer: string.Join('\n', map.Select(hit => $"{hit.Match.Target?.Code} {hit.Match.Relationship}").Distinct().Order(StringComparer.Ordinal)))).ToArray();
            if (answers.Select(answer => answer.Answer).Distinct(StringComparer.Ordinal).Count() < 2) continue;
            foreach (var hit in code) hit.Cautions |= Flag(Caution.MapsDisagree);
            Warn(IssueType.Conflict, "MAPS_DISAGREE", $"The maps {string.Join(" and ", answers.Select(answer => answer.Name))} disagree on '{code.Key.Code}': a person must choose, or the request names one with 'url'.");
        }
    }

    /// <summary>Why nothing was found, then everything that a person must know; null when there is nothing to say.</summary>
    private string? Message(Coding[] codings)
    {
        if (_hits.Count == 0 && _reasons.Count == 0) Reason($"No translation of '{string.Join("', '", codings.Select(coding => coding.Code))}' was found.");
        if (_reasons.Count == 0 && _issues.Count == 0) return null;
        var text = string.Join(' ', _reasons.Concat(_issues.Where(issue => issue.Severity >= IssueSeverity.Warning).Select(issue => issue.Text)).Distinct(StringComparer.Ordinal));
        return text.Length == 0 ? null : text;
    }

    private static string Name(IConceptMap map) => map.Info.Url is { } url ? new VersionedUrl(url, map.Info.Version).ToString() : "sent along";

    private void Reason(string text)
    {
        if (!_reasons.Contains(text)) _reasons.Add(text);
    }

    private void Warn(IssueType type, string id, string text) => Say(IssueSeverity.Warning, type, id, text);

    /// <summary>Worth knowing, and nothing to act on: not in the message.</summary>
    private void Note(IssueType type, string id, string text) => Say(IssueSeverity.Information, type, id, text);

    private void Say(IssueSeverity severity, IssueType type, string id, string text)
    {
        if (!_issues.Exists(issue => issue.Text == text)) _issues.Add(new(severity, type, text) { MessageId = id });
    }
}

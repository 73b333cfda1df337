using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Maps;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology;

/// <summary><c>$translate</c>.</summary>
public sealed partial class TerminologyService
{
    /// <summary>What a code is in another code system, by the maps that are loaded.</summary>
    /// <returns>Always an answer: no map row is <c>Result = false</c> with a message.</returns>
    /// <exception cref="TerminologyException">Required: nothing to translate. NotFound: the map, or a value set named as scope, is unknown.</exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-operation-translate.html">$translate</see>.</remarks>
    public TranslateResult Translate(TranslateRequest request, RequestScope scope) => new Translation(this, request, scope).Run();

    /// <summary>Is the coding in the scope: a value set, or a code system read as all its codes?</summary>
    private bool InScope(string scopeUrl, Coding coding, RequestScope scope)
    {
        var canonical = VersionedUrl.Parse(scopeUrl);
        if (FindValueSet(canonical) is not { } valueSet)
        {
            if (CodeSystemVersions(canonical.Url).Count > 0 || canonical.Url == coding.System) return coding.System == canonical.Url;
            throw new UnknownValueSet(canonical, Messages.UnknownValueSet(canonical)) { Expression = "scope" };
        }
        var found = Resolve(coding, scope);
        return found.Concept.Exists && new ValueSetEvaluator(this, scope).Contains(valueSet, found.CodeSystem!, found.Concept);
    }

    /// <summary>One translation: the maps tried, the matches found, what was noticed on the way.</summary>
    private sealed class Translation(TerminologyService service, TranslateRequest request, RequestScope scope)
    {
        private readonly List<TranslateMatch> _matches = [];
        private readonly List<Issue> _issues = [];
        private string? _reason;

        public TranslateResult Run()
        {
            var codings = request.Source.Codings.Where(coding => !string.IsNullOrEmpty(coding.Code)).ToArray();
            if (codings.Length == 0) throw new TerminologyException(IssueType.Required, "MISSING_CODE", "No code is given: send 'code' with 'system', 'coding' or 'codeableConcept'.") { Expression = "code" };
            foreach (var coding in codings) TranslateOne(coding);
            Disagreements();
            var usable = _matches.Any(match => !match.NoMap && match.Target is not null && match.Relationship != MapRelationship.NotRelatedTo && !match.NeedsPerson);
            return new(usable, _matches)
            {
                Reverse = request.Reverse,
                Issues = _issues,
                Message = Message(usable),
            };
        }

        private void TranslateOne(Coding coding)
        {
            var found = service.Resolve(coding, scope);
            _issues.AddRange(found.Issues);
            var system = found.System;
            var codes = found.Readings.Count > 0 ? found.Readings.Select(reading => Text(found.CodeSystem!.Code(reading))).ToArray() : [found.Code];
            if (found.CodeSystem is null && system is not null)
            {
                // The system is not loaded: its forms are still understood, the map decides which exists.
                codes = [coding.Code!, .. CodeForms.Readings(system, coding.Code!)];
            }
            var ambiguous = found.Readings.Count > 1;
            if (!request.Reverse && request.SourceScope is { } sourceScope && request.Url is null == false && !service.InScope(sourceScope, new(system, found.Code), scope))
            {
                _reason ??= $"The code '{coding.Code}' is not in the source scope '{sourceScope}'.";
                return;
            }
            if (!request.Reverse && request.SourceScope is { } any && request.Url is null && !service.InScope(any, new(system, found.Code), scope))
            {
                _reason ??= $"The code '{coding.Code}' is not in the source scope '{any}'.";
                return;
            }
            var before = _matches.Count;
            var maps = Maps(system).ToArray();
            foreach (var code in codes)
            {
                var sent = coding with { System = system, Code = code };
                foreach (var map in maps) Apply(map, sent, []);
            }
            if (ambiguous || (found.CodeSystem is null && _matches.Skip(before).Select(match => match.Source?.Code).Distinct().Count() > 1))
            {
                for (var i = before; i < _matches.Count; i++) _matches[i] = _matches[i] with { NeedsPerson = true };
                _reason ??= $"The code '{coding.Code}' can be read in several ways; each reading that exists is answered, a person must choose.";
            }
            if (_matches.Count == before && !request.Reverse && found is { CodeSystem: { Refsets: not null } snomed, Concept.Exists: true } && snomed.Flags(found.Concept).HasFlag(ConceptFlags.Inactive))
            {
                FollowHistory(coding, snomed, found.Concept, maps);
            }
        }

        /// <summary>An inactive source is followed over a single SAME AS or REPLACED BY; everything else needs a person.</summary>
        private void FollowHistory(Coding source, ICodeSystem snomed, ConceptOrdinal concept, IConceptMap[] maps)
        {
            var successors = snomed.Refsets!.All.Where(Terminology.Maps.ImplicitMaps.IsHistorical)
                .SelectMany(refset => snomed.Refsets.Rows(refset.Id, concept).Where(row => row.Active).Select(row => (Refset: refset.Id, Target: row.Fields[0]))).ToArray();
            if (successors.Length == 0)
            {
                _reason ??= $"The code '{source.Code}' is inactive, and the release does not say what became of it.";
                return;
            }
            var certain = successors.Length == 1 && successors[0].Refset is Terminology.Maps.ImplicitMaps.SameAs or Terminology.Maps.ImplicitMaps.ReplacedBy;
            foreach (var (refset, target) in successors)
            {
                var via = new Coding(snomed.Info.Url.Value, target, snomed.Info.Version, TryFind(snomed, target, out var found) ? DisplayChooser.Text(snomed, found, scope.Languages) : null);
                var title = Terminology.Maps.ImplicitMaps.Association(refset).Title;
                var note = new Issue(IssueSeverity.Warning, IssueType.BusinessRule, certain
                    ? $"The code '{source.Code}' is inactive; its successor {target} ({title}) was translated."
                    : $"The code '{source.Code}' is inactive; {target} ({title}) is a candidate for its successor, a person must decide.")
                { MessageId = "INACTIVE_SOURCE" };
                var before = _matches.Count;
                foreach (var map in maps) Apply(map, via, []);
                for (var i = before; i < _matches.Count; i++) _matches[i] = _matches[i] with { Via = via, Source = source, NeedsPerson = !certain, Issues = [.. _matches[i].Issues, note] };
                _issues.Add(note);
            }
        }

        private IEnumerable<IConceptMap> Maps(string? system)
        {
            if (request.ConceptMap is { } inline) return [inline];
            if (request.Url is { } url)
            {
                var entry = service.FindConceptMap(url) ?? throw new UnknownConceptMap(url, Messages.UnknownConceptMap(url)) { Expression = "url", TxIssueType = "not-found" };
                return [entry.Map.Value];
            }
            var (from, to) = request.Reverse ? (request.TargetSystem, system) : (system, request.TargetSystem);
            var fitting = service.AllConceptMaps.Where(entry => entry.Live && Fits(entry.SourceSystems, from) && Fits(entry.TargetSystems, to) && (entry.SourceSystems.Count > 0 || entry.TargetSystems.Count > 0))
                .GroupBy(entry => entry.Url ?? Guid.NewGuid().ToString(), StringComparer.Ordinal).Select(versions => versions.First()).ToArray();
            var active = fitting.Where(entry => entry.Status is PublicationStatus.Active or PublicationStatus.Unknown).ToArray();
            // Of historical associations only those that are asked for by name: what became of a concept is no translation.
            return (active.Length > 0 ? active : [.. fitting.Where(entry => entry.Status == PublicationStatus.Draft)])
                .Where(entry => request.TargetSystem is not null || !entry.SourceSystems.SequenceEqual(entry.TargetSystems) || entry.Release is null || entry.Resource is not null)
                .Where(entry => request.TargetScope is not { } scopeUrl || entry.TargetScope is null || entry.TargetScope == scopeUrl || entry.TargetSystems.Count > 0)
                .Select(entry => entry.Map.Value);
        }

        private static bool Fits(IReadOnlyList<string> systems, string? wanted) => wanted is null || systems.Count == 0 || systems.Contains(wanted);

        private void Apply(IConceptMap map, Coding coding, HashSet<string> visited)
        {
            for (var group = 0; group < map.Info.Groups.Count; group++)
            {
                scope.Cancel.ThrowIfCancellationRequested();
                var (from, to) = request.Reverse ? (map.Info.Groups[group].Target, map.Info.Groups[group].Source) : (map.Info.Groups[group].Source, map.Info.Groups[group].Target);
                if (from is not null && coding.System is not null && from.Url != coding.System) continue;
                if (from?.Version is { } version && coding.Version is { } sent && !Versions.Match(version, sent) && !Versions.Match(sent, version))
                {
                    _reason ??= $"The map {map.Info.Url} is for version {version} of {from.Url}, the code is of version {sent}.";
                    continue;
                }
                if (request.TargetSystem is { } wanted && to is not null && to.Url != wanted) continue;
                if (request.Reverse) ApplyReverse(map, group, coding);
                else ApplyGroup(map, group, coding, visited);
            }
        }

        private void ApplyGroup(IConceptMap map, int group, Coding coding, HashSet<string> visited)
        {
            var elements = map.Find(group, coding.Code!);
            if (elements.Count == 0)
            {
                ApplyUnmapped(map, group, coding, visited);
                return;
            }
            foreach (var element in elements)
            {
                if (element.NoMap || (element.Targets.Count > 0 && element.Targets.All(target => target.Code is null && target.Rule is null && target.DependsOn.Count == 0)))
                {
                    _matches.Add(new(MapRelationship.NotRelatedTo, null, map.Info.Url, map.Info.Version)
                    {
                        NoMap = true, Source = coding, OriginalRelationship = "unmatched", Comment = element.Comment ?? (element.Targets is [var first, ..] ? first.Comment : null),
                    });
                    _reason ??= $"The map says that '{coding.Code}' has no target{(element.Comment is null ? "" : $": {element.Comment}")}.";
                    continue;
                }
                if (element.Targets.Any(target => target.Rule is not null)) ApplyRules(map, group, coding, element);
                else ApplyTargets(map, group, coding, element);
            }
        }

        private void ApplyTargets(IConceptMap map, int group, Coding coding, MapElement element)
        {
            var open = new List<(MapTarget Target, IReadOnlyList<MapDependency> Missing)>();
            foreach (var target in element.Targets)
            {
                var verdicts = target.DependsOn.Select(dependency => (Dependency: dependency, Holds: Holds(dependency))).ToArray();
                if (verdicts.Any(verdict => verdict.Holds == false)) continue;
                open.Add((target, [.. verdicts.Where(verdict => verdict.Holds is null).Select(verdict => verdict.Dependency)]));
            }
            // The most specific row whose conditions all hold beats those with fewer conditions, and beats those that are not settled.
            var settled = open.Where(row => row.Missing.Count == 0).ToArray();
            if (settled.Any(row => row.Target.DependsOn.Count > 0))
            {
                var most = settled.Max(row => row.Target.DependsOn.Count);
                open = [.. settled.Where(row => row.Target.DependsOn.Count == most)];
            }
            foreach (var (target, missing) in open)
            {
                Add(map, group, coding, target, missing);
                if (missing.Count > 0) _reason ??= $"Which target holds depends on {string.Join(", ", missing.Select(dependency => dependency.Property).Distinct())}, which the request does not give; all candidates are returned.";
            }
            if (open.Count == 0 && element.Targets.Count > 0) _reason ??= $"The map lists '{coding.Code}', but none of its conditions holds.";
        }

        private bool? Holds(MapDependency wanted)
        {
            var given = request.Dependencies.Where(dependency => dependency.Element == wanted.Property).ToArray();
            if (given.Length == 0) return null;
            return given.Any(dependency =>
                dependency.Value.Text == wanted.Value
                || dependency.Value.Codings.Any(coding => coding.Code == wanted.Value && (wanted.System is null || coding.System is null || coding.System == VersionedUrl.Parse(wanted.System).Url)));
        }

        /// <summary>Per map group, by priority: the first row whose rule is true; when something is not known, every row that may still be it.</summary>
        private void ApplyRules(IConceptMap map, int group, Coding coding, MapElement element)
        {
            if (service.FindCodeSystem(CodeSystemUri.Snomed.Value) is not { } snomed) return;
            var context = new RuleContext(snomed, request.Dependencies);
            foreach (var rows in element.Targets.GroupBy(target => target.RuleGroup).OrderBy(rows => rows.Key))
            {
                var open = new List<(MapTarget Target, List<MapDependency> Missing)>();
                var decided = false;
                foreach (var row in rows.OrderBy(row => row.Priority))
                {
                    var rule = MapRule.Parse(row.Rule ?? "TRUE");
                    var verdicts = rule.Conditions.Select(condition => (Condition: condition, Holds: context.Evaluate(condition))).ToArray();
                    if (verdicts.Any(verdict => verdict.Holds == false)) continue;
                    var missing = verdicts.Where(verdict => verdict.Holds is null).Select(verdict => RuleContext.Missing(verdict.Condition)).ToList();
                    open.Add((row, missing));
                    if (missing.Count > 0) continue;
                    decided = true;
                    break;
                }
                var certain = decided && open.Count == 1;
                // Rows after an unsettled one hold only if that one does not.
                var unsettled = open.SelectMany(row => row.Missing).Distinct().ToArray();
                foreach (var (target, missing) in open)
                {
                    if (target.Code is null)
                    {
                        Unclassifiable(map, coding, target, certain);
                        continue;
                    }
                    Add(map, group, coding, target, certain ? [] : missing.Count > 0 ? missing : unsettled);
                }
                if (!certain && open.Count > 0) _reason ??= $"Which target holds depends on {string.Join(", ", unsettled.Select(dependency => dependency.Display ?? dependency.Property).Distinct())}, which the request does not give; all candidates are returned.";
            }
        }

        private void Unclassifiable(IConceptMap map, Coding coding, MapTarget target, bool certain)
        {
            var why = target.Properties.FirstOrDefault(property => property.Key == "category").Value ?? "no target";
            _matches.Add(new(MapRelationship.NotRelatedTo, null, map.Info.Url, map.Info.Version)
            {
                NoMap = true, Source = coding, OriginalRelationship = "unmatched", Comment = target.Comment, Rule = target.Rule, RuleGroup = target.RuleGroup, Priority = target.Priority, Properties = target.Properties,
            });
            if (certain) _reason ??= $"'{coding.Code}' has no target in this map: {why}.";
        }

        private void ApplyUnmapped(IConceptMap map, int group, Coding coding, HashSet<string> visited)
        {
            var into = map.Info.Groups[group];
            switch (into.Unmapped)
            {
                case { Mode: UnmappedMode.UseSourceCode }:
                    Add(map, group, coding, new() { Code = coding.Code, Display = coding.Display, Relationship = MapRelationship.Equivalent, Comment = "not listed in the map: the source code is used" }, []);
                    break;
                case { Mode: UnmappedMode.Fixed } unmapped:
                    Add(map, group, coding, new() { Code = unmapped.Code, Display = unmapped.Display, Relationship = unmapped.Relationship ?? MapRelationship.RelatedTo, Comment = "not listed in the map: the fixed code is used" }, []);
                    break;
                case { Mode: UnmappedMode.OtherMap, OtherMap: { } other }:
                    if (!visited.Add(map.Info.Url ?? "")) break;
                    var canonical = VersionedUrl.Parse(other);
                    if (visited.Contains(canonical.Url))
                    {
                        _reason ??= $"The maps {string.Join(" → ", visited)} → {canonical.Url} refer to each other; none lists '{coding.Code}'.";
                        break;
                    }
                    if (service.FindConceptMap(canonical) is { } next) Apply(next.Map.Value, coding, visited);
                    else _issues.Add(new(IssueSeverity.Warning, IssueType.NotFound, $"{Messages.UnknownConceptMap(canonical)}; {map.Info.Url} names it for codes that it does not list.") { MessageId = "UNKNOWN_OTHER_MAP" });
                    break;
            }
        }

        private void ApplyReverse(IConceptMap map, int group, Coding coding)
        {
            foreach (var element in map.FindByTarget(group, coding.Code!))
            {
                foreach (var target in element.Targets.Where(target => target.Code == coding.Code))
                {
                    var turned = target with
                    {
                        Code = element.Code,
                        Display = element.Display,
                        Relationship = Turn(target.Relationship),
                        OriginalRelationship = target.OriginalRelationship switch
                        {
                            "wider" => "narrower",
                            "narrower" => "wider",
                            "subsumes" => "specializes",
                            "specializes" => "subsumes",
                            var same => same,
                        },
                    };
                    Add(map, group, coding, turned, target.DependsOn);
                }
            }
        }

        private static MapRelationship Turn(MapRelationship relationship) => relationship switch
        {
            MapRelationship.SourceIsNarrowerThanTarget => MapRelationship.SourceIsBroaderThanTarget,
            MapRelationship.SourceIsBroaderThanTarget => MapRelationship.SourceIsNarrowerThanTarget,
            _ => relationship,
        };

        private void Add(IConceptMap map, int group, Coding source, MapTarget target, IReadOnlyList<MapDependency> missing)
        {
            var into = request.Reverse ? map.Info.Groups[group].Source : map.Info.Groups[group].Target;
            var coding = new Coding(into?.Url, target.Code, into?.Version, target.Display);
            if (request.TargetScope is { } targetScope && !service.InScope(targetScope, coding, scope))
            {
                _reason ??= $"The target '{target.Code}' is not in the target scope '{targetScope}'.";
                return;
            }
            var issues = new List<Issue>();
            coding = Describe(coding, issues);
            _issues.AddRange(issues);
            _matches.Add(new(target.Relationship, coding, map.Info.Url, map.Info.Version)
            {
                Source = source,
                OriginalRelationship = target.OriginalRelationship,
                DependsOn = missing,
                Products = target.Products,
                Comment = target.Comment,
                Rule = target.Rule,
                RuleGroup = target.RuleGroup,
                Priority = target.Priority,
                Properties = target.Properties,
                Issues = issues,
            });
        }

        /// <summary>Display and standing of a target in the code system that is loaded.</summary>
        private Coding Describe(Coding coding, List<Issue> issues)
        {
            if (coding.System is null || service.FindCodeSystem(coding.System, coding.Version) is not { } system) return coding;
            if (!TryFind(system, coding.Code!, out var concept))
            {
                if (system.Info.Content == "complete") issues.Add(new(IssueSeverity.Warning, IssueType.CodeInvalid, $"The target '{coding.Code}' is not in {VersionedName(system)}; review the map.") { MessageId = "TARGET_UNKNOWN" });
                return coding;
            }
            if (system.Flags(concept).HasFlag(ConceptFlags.Inactive)) issues.Add(new(IssueSeverity.Warning, IssueType.BusinessRule, $"The target '{coding.Code}' is inactive in {VersionedName(system)}; review the map.") { MessageId = "TARGET_INACTIVE" });
            return coding with { Version = coding.Version ?? system.Info.Version, Display = DisplayChooser.Text(system, concept, scope.Languages) ?? coding.Display };
        }

        /// <summary>Maps that answer the same code differently for one target system are never answered unmarked.</summary>
        private void Disagreements()
        {
            foreach (var code in _matches.Where(match => match.MapUrl is not null).GroupBy(match => (match.Source?.System, match.Source?.Code, match.Target?.System)))
            {
                var byMap = code.GroupBy(match => match.MapUrl, StringComparer.Ordinal)
                    .Select(matches => (Map: matches.Key, Answer: string.Join(",", matches.Select(match => $"{match.Target?.Code}:{match.Relationship}").Order(StringComparer.Ordinal)))).ToArray();
                if (byMap.Select(map => map.Answer).Distinct(StringComparer.Ordinal).Count() < 2) continue;
                _issues.Add(new(IssueSeverity.Warning, IssueType.Conflict, $"The maps {string.Join(" and ", byMap.Select(map => map.Map))} disagree on '{code.Key.Code}'; name the one that holds with 'url'.") { MessageId = "MAPS_DISAGREE" });
            }
        }

        private string? Message(bool usable)
        {
            var warnings = _issues.Where(issue => issue.Severity >= IssueSeverity.Warning).Select(issue => issue.Text).Distinct();
            var reason = usable ? _reason : _reason ?? (_matches.Count == 0 ? $"No map lists '{string.Join("', '", request.Source.Codings.Select(coding => coding.Code))}'{(request.Url is null ? "" : $" ({request.Url})")}." : null);
            var text = string.Join(" ", new[] { reason }.OfType<string>().Concat(warnings).Distinct());
            return text.Length == 0 ? null : text;
        }
    }
}

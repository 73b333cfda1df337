using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Maps;

/// <summary>Which rows of an element hold: conditions of FHIR maps, rules of SNOMED CT maps, combinations of GEMs.</summary>
internal sealed partial class Translation
{
    private IReadOnlyList<TranslateDependency>? _dependencies;

    /// <summary>A row that holds, or may hold.</summary>
    /// <param name="Target">The row.</param>
    /// <param name="Open">What must hold besides and is not known.</param>
    /// <param name="NeedsPerson">Must a person decide?</param>
    /// <param name="Issues">What to know of it.</param>
    private sealed record Row(MapTarget Target, MapDependency[] Open, bool NeedsPerson, IReadOnlyList<Issue> Issues);

    private List<Row> Settle(IConceptMap map, MapElement element, Coding coding)
        => element.Targets.Any(target => target.Rule is not null) ? SettleRules(map, element) : SettleConditions(map, element, coding);

    /// <summary>Rows whose conditions all hold, most specific first; then, marked, those of which something is not known.</summary>
    private List<Row> SettleConditions(IConceptMap map, MapElement element, Coding coding)
    {
        var rows = new List<Row>();
        foreach (var target in element.Targets)
        {
            if (target.DependsOn.Count == 0)
            {
                rows.Add(new(target, [], NeedsPerson: false, []));
                continue;
            }
            var verdicts = target.DependsOn.Select(condition => (Condition: condition, Holds: Holds(condition))).ToArray();
            if (verdicts.Any(verdict => verdict.Holds == false)) continue;
            rows.Add(new(target, [.. verdicts.Where(verdict => verdict.Holds is null).Select(verdict => verdict.Condition)], NeedsPerson: false, []));
        }
        if (rows.Count == 0 && element.Targets.Count > 0) Reason($"The map {Name(map)} lists '{coding.Code}', but the conditions of its rows do not hold.");
        Missing(element, rows);
        return rows.Count < 2 ? rows : [.. rows.OrderBy(row => row.Open.Length > 0).ThenByDescending(row => row.Open.Length > 0 ? 0 : row.Target.DependsOn.Count)];
    }

    /// <summary>Does a condition hold? Null when the request does not give a value for its property.</summary>
    private bool? Holds(MapDependency condition)
    {
        var given = Dependencies.Where(dependency => dependency.Element == condition.Property && (dependency.Value.Codings.Count > 0 || dependency.Value.Text is not null || dependency.Quantity is not null)).ToArray();
        return given.Length == 0 ? null : given.Any(dependency => Has(dependency, condition));
    }

    private bool Has(TranslateDependency dependency, MapDependency condition)
    {
        if (dependency.Quantity is var (value, unit) && Age.TryCreate(value, unit, out var measured)) return Age.TryParse(condition.Value, out var wanted) && measured == wanted;
        if (condition.System is null) return dependency.Value.Text == condition.Value || dependency.Value.Codings.Any(coding => coding.Code == condition.Value);
        var system = VersionedUrl.Parse(condition.System).Url;
        return dependency.Value.Codings.Any(coding => coding.Code == condition.Value && coding.System is { } given && IsSame(system, given));
    }

    /// <summary>
    /// Per map group, in the order of priority: a false rule is out, the first true one is the target. Before it, rules that are not settled leave their rows
    /// as candidates, and then the first true one is a candidate too: it holds only if they do not.
    /// </summary>
    private List<Row> SettleRules(IConceptMap map, MapElement element)
    {
        var context = new RuleContext(Snomed(map), Dependencies);
        var settled = new List<Row>();
        foreach (var group in element.Targets.GroupBy(target => target.RuleGroup).OrderBy(group => group.Key))
        {
            var candidates = new List<Row>();
            foreach (var target in group.OrderBy(target => target.Priority))
            {
                var (holds, open, faults) = Verdict(map, context, target);
                if (holds == false) continue;
                candidates.Add(new(target, open, NeedsPerson: true, faults));
                if (holds == true) break;
            }
            if (candidates.Count == 0) Reason($"The map {Name(map)} lists '{element.Code}', but no rule of its group {group.Key} holds.");
            if (candidates is [{ Open.Length: 0, Issues.Count: 0 } certain])
            {
                settled.Add(certain with { NeedsPerson = false });
                continue;
            }
            var unsettled = candidates.SelectMany(row => row.Open).Distinct().ToArray();
            candidates = [.. candidates.Select(row => row.Open.Length > 0 || row.Issues.Count > 0 ? row : row with { Open = unsettled })];
            Missing(element, candidates);
            settled.AddRange(candidates);
        }
        return settled;
    }

    private static (bool? Holds, MapDependency[] Open, Issue[] Faults) Verdict(IConceptMap map, RuleContext context, MapTarget target)
    {
        try
        {
            var verdict = context.Evaluate(MapRule.Parse(target.Rule ?? "TRUE"));
            return (verdict.Holds, [.. verdict.Open.Select(RuleContext.Missing).Distinct()], []);
        }
        catch (InvalidExpression fault)
        {
            return (null, [], [new(IssueSeverity.Warning, IssueType.Invalid, $"{fault.Message} A person must read it; it is a row of the map {Name(map)}.") { MessageId = fault.MessageId }]);
        }
    }

    private CodeSystems.ICodeSystem? Snomed(IConceptMap map)
    {
        foreach (var group in map.Info.Groups)
        {
            if (group.Source is { } source && IsSame(source.Url, CodeSystemUri.Snomed.Value) && service.FindCodeSystem(source.Url, source.Version) is { } release) return release;
        }
        return service.FindCodeSystem(CodeSystemUri.Snomed.Value);
    }

    private void Missing(MapElement element, IReadOnlyList<Row> rows)
    {
        if (rows.All(row => row.Open.Length == 0)) return;
        var open = rows.SelectMany(row => row.Open).Select(dependency => dependency.Display is { } term ? $"{term} ({dependency.Property})" : dependency.Property).Distinct(StringComparer.Ordinal).ToArray();
        if (open.Length > 0) Reason($"Which target of '{element.Code}' holds depends on {string.Join(", ", open)}, which the request does not give: the candidates are marked.");
    }

    /// <summary>What is known of the context, with systems as canonicals.</summary>
    private IReadOnlyList<TranslateDependency> Dependencies => _dependencies ??= [.. request.Dependencies.Select(dependency => dependency with
    {
        Value = dependency.Value with { Codings = [.. dependency.Value.Codings.Select(coding => coding.System is { } system ? coding with { System = service.CanonicalSystem(system) } : coding)] },
    })];

    /// <summary>Of a GEM combination one code of each choice list is needed; which, and of which scenario, is said where it is not clear.</summary>
    private void Combinations(Coding source, int from)
    {
        var rows = Enumerable.Range(from, _hits.Count - from).Where(i => Flag(_hits[i].Match, "combination") is "1" or "true").ToArray();
        if (rows.Length == 0) return;
        var scenarios = rows.GroupBy(i => Flag(_hits[i].Match, "scenario")).ToArray();
        var clear = scenarios.Length == 1 && rows.Length == _hits.Count - from && scenarios[0].GroupBy(i => Flag(_hits[i].Match, "choice-list")).All(list => list.Count() == 1);
        foreach (var scenario in scenarios)
        {
            var lists = scenario.GroupBy(i => Flag(_hits[i].Match, "choice-list")).OrderBy(list => list.Key, StringComparer.Ordinal).Select(list => string.Join(" or ", list.Select(i => _hits[i].Match.Target?.Code)));
            var text = $"'{source.Code}' needs a combination of codes{(scenarios.Length > 1 ? $" (scenario {scenario.Key})" : "")}: {string.Join(" and ", lists.Select(list => $"({list})"))}.";
            Warn(IssueType.MultipleMatches, "COMBINATION", text);
            foreach (var i in scenario)
            {
                _hits[i] = _hits[i] with { Match = _hits[i].Match with { NeedsPerson = !clear, Issues = [.. _hits[i].Match.Issues, new(IssueSeverity.Warning, IssueType.MultipleMatches, text) { MessageId = "COMBINATION" }] } };
            }
        }
    }

    private static string? Flag(TranslateMatch match, string name) => match.Properties.FirstOrDefault(property => property.Key == name).Value;
}

using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Maps;
using Terminology.ValueSets;

namespace Terminology.Validation;

/// <summary>The codes that a value set or concept map names and that the loaded code systems do not have: worth a warning to its author, no reason to refuse it.</summary>
/// <remarks>A code system that is not loaded, or is a fragment, says nothing.</remarks>
public static class DeadCodes
{
    private const int Most = 100;

    /// <summary>Of the rules of a value set; at most a hundred, lazily.</summary>
    public static IEnumerable<Issue> Of(ValueSet valueSet, TerminologyService service)
    {
        if (valueSet.Compose is not { } compose) return [];
        return Of(compose.Includes, "include", service).Concat(Of(compose.Excludes, "exclude", service)).Take(Most);
    }

    /// <summary>Of the sources and targets of a map; at most a hundred, lazily.</summary>
    public static IEnumerable<Issue> Of(IConceptMap map, TerminologyService service)
        => Enumerable.Range(0, map.Info.Groups.Count).SelectMany(group => Of(map, group, service)).Take(Most);

    private static IEnumerable<Issue> Of(IReadOnlyList<ConceptSetRule> rules, string name, TerminologyService service)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            if (Complete(rules[i].System, rules[i].Version, service) is not { } system) continue;
            for (var j = 0; j < rules[i].Concepts.Count; j++)
            {
                if (Check(system, rules[i].Concepts[j].Code, $"ValueSet.compose.{name}[{i}].concept[{j}].code") is { } issue) yield return issue;
            }
        }
    }

    private static IEnumerable<Issue> Of(IConceptMap map, int group, TerminologyService service)
    {
        var (from, to) = (map.Info.Groups[group].Source, map.Info.Groups[group].Target);
        var (source, target) = (Complete(from?.Url, from?.Version, service), Complete(to?.Url, to?.Version, service));
        if (source is null && target is null) yield break;
        var i = 0;
        foreach (var element in map.Elements(group))
        {
            var place = $"ConceptMap.group[{group}].element[{i++}]";
            if (Check(source, element.Code, $"{place}.code") is { } dead) yield return dead;
            for (var j = 0; j < element.Targets.Count; j++)
            {
                if (element.Targets[j].Code is { } code && Check(target, code, $"{place}.target[{j}].code") is { } issue) yield return issue;
            }
        }
    }

    private static ICodeSystem? Complete(string? url, string? version, TerminologyService service)
        => url is not null && service.FindCodeSystem(url, version) is { Info.Content: "complete" } system ? system : null;

    private static Issue? Check(ICodeSystem? system, string code, string place)
    {
        if (system is null) return null;
        system = Icd10.DualCodeSystem.For(system, code);
        if (!TerminologyService.TryFind(system, code, out var concept))
        {
            return new(IssueSeverity.Warning, IssueType.CodeInvalid, Messages.UnknownCode(code, system.Info.Url.Value, system.Info.Version)) { Expression = place, TxIssueType = "invalid-code" };
        }
        return !system.Flags(concept).HasFlag(ConceptFlags.Inactive) ? null : new(IssueSeverity.Warning, IssueType.BusinessRule, ResourceMessages.InactiveCode(code, system.Info.Url.Value, system.Info.Version)) { Expression = place, TxIssueType = "code-comment" };
    }
}

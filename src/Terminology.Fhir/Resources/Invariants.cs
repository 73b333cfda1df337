using Terminology.Fhir.Json;
using Terminology.Issues;

namespace Terminology.Fhir.Resources;

/// <summary>
/// The rules of R4 for terminology resources that the structure does not say, under the keys of their definitions, and two of our own: a resource has a
/// canonical, and only it can be asked for by one.
/// </summary>
/// <remarks>
/// FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem.html#invs">CodeSystem</see>, <see href="https://hl7.org/fhir/R4/valueset.html#invs">ValueSet</see>,
/// <see href="https://hl7.org/fhir/R4/conceptmap.html#invs">ConceptMap</see>, <see href="https://hl7.org/fhir/R4/namingsystem.html#invs">NamingSystem</see>.
/// </remarks>
internal static class Invariants
{
    public static IEnumerable<Issue> Check(JsonNode root)
    {
        if (root.ResourceType != "NamingSystem")
        {
            if (root.String("url") is not { } url) yield return Missing(root, "url", "is missing; without it nobody can ask for the resource");
            else if (root.ResourceType != "CodeSystem" && url.Contains('|')) yield return Broken(root, "url", null, $"is '{url}'; the version belongs into version");
        }
        if (root.String("name") is { } name && !IsName(name)) yield return Remark(root, "name", Key(root.ResourceType) + "-0", $"is '{name}'; programs can use a name of letters, digits and underscores that begins with a capital");
        var issues = root.ResourceType switch
        {
            "CodeSystem" => CodeSystem(root),
            "ValueSet" => ValueSet(root),
            "ConceptMap" => ConceptMap(root),
            _ => NamingSystem(root),
        };
        foreach (var issue in issues) yield return issue;
    }

    private static IEnumerable<Issue> CodeSystem(JsonNode root)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<JsonNode>(root.Objects("concept").Reverse());
        while (open.TryPop(out var concept))
        {
            if (concept.String("code") is { } code && !codes.Add(code)) yield return Broken(concept, "code", "csd-1", $"is '{code}' a second time; the codes of a code system are distinct");
            foreach (var child in concept.Objects("concept").Reverse()) open.Push(child);
        }
        if (root.String("content") == "supplement" && !root.Has("supplements")) yield return Missing(root, "supplements", "is missing; a supplement says what it supplements");
        var properties = root.Objects("property").Select(property => property.String("code")).GroupBy(code => code, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (properties is not null) yield return Broken(root, "property", null, $"defines '{properties.Key}' twice");
    }

    private static IEnumerable<Issue> ValueSet(JsonNode root)
    {
        if (root.Object("compose") is { } compose)
        {
            if (!compose.Objects("include").Any()) yield return Missing(compose, "include", "is missing; a value set includes something");
            foreach (var rule in compose.Objects("include").Concat(compose.Objects("exclude")))
            {
                foreach (var issue in Rule(rule)) yield return issue;
            }
        }
        if (root.Object("expansion") is not { } expansion) yield break;
        var open = new Stack<JsonNode>(expansion.Objects("contains").Reverse());
        while (open.TryPop(out var member))
        {
            if (!member.Has("code") && !member.Has("display")) yield return Broken(member, "code", "vsd-6", "is missing and so is display; a member has one of them");
            if (!member.Has("code") && member.Boolean("abstract") != true) yield return Broken(member, "code", "vsd-9", "is missing; only an abstract member goes without");
            if (member.Has("code") && !member.Has("system")) yield return Broken(member, "system", "vsd-10", "is missing; a code is of a system");
            foreach (var child in member.Objects("contains").Reverse()) open.Push(child);
        }
    }

    private static IEnumerable<Issue> Rule(JsonNode rule)
    {
        var (hasConcepts, hasFilters) = (rule.Objects("concept").Any(), rule.Objects("filter").Any());
        if (!rule.Has("system") && !rule.Strings("valueSet").Any()) yield return Broken(rule, "system", "vsd-1", "is missing and no valueSet is named; a rule names one of them");
        if (!rule.Has("system") && (hasConcepts || hasFilters)) yield return Broken(rule, "system", "vsd-2", "is missing; concepts and filters are of a system");
        if (hasConcepts && hasFilters) yield return Broken(rule, "filter", "vsd-3", "stands beside concept; a rule has one of them");
        if (rule.String("system") is { } system && system.Contains('|')) yield return Remark(rule, "system", null, $"is '{system}'; the version belongs into version");
    }

    private static IEnumerable<Issue> ConceptMap(JsonNode root)
    {
        foreach (var group in root.Objects("group"))
        {
            foreach (var target in group.Objects("element").SelectMany(element => element.Objects("target")))
            {
                if (target.String("equivalence") is "narrower" or "inexact" && !target.Has("comment")) yield return Remark(target, "comment", "cmd-1", "is missing; a target that is narrower or inexact says how");
            }
            if (group.Object("unmapped") is not { } unmapped) continue;
            if (unmapped.String("mode") == "fixed" && !unmapped.Has("code")) yield return Broken(unmapped, "code", "cmd-2", "is missing; the mode is fixed");
            if (unmapped.String("mode") == "other-map" && !unmapped.Has("url")) yield return Broken(unmapped, "url", "cmd-3", "is missing; the mode is other-map");
        }
    }

    private static IEnumerable<Issue> NamingSystem(JsonNode root)
    {
        var ids = root.Objects("uniqueId").ToArray();
        foreach (var id in ids.Where(id => root.String("kind") == "root" && id.String("type") == "uuid")) yield return Broken(id, "type", "nsd-1", "is uuid; a root has none");
        foreach (var type in ids.Where(id => id.Boolean("preferred") == true).GroupBy(id => id.String("type"), StringComparer.Ordinal).Where(type => type.Count() > 1))
        {
            yield return Broken(type.Last(), "preferred", "nsd-2", $"is true a second time for the type {type.Key}");
        }
        if (!Array.Exists(ids, id => id.String("type") is "uri" or "oid")) yield return Missing(root, "uniqueId", "has neither a uri nor an oid; it could not be asked for");
    }

    private static string Key(string type) => type switch { "CodeSystem" => "csd", "ValueSet" => "vsd", "ConceptMap" => "cmd", _ => "nsd" };

    private static bool IsName(string name) => char.IsAsciiLetterUpper(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static Issue Broken(JsonNode node, string member, string? key, string text) => New(IssueSeverity.Error, IssueType.Invariant, node, member, key, text);

    private static Issue Missing(JsonNode node, string member, string text) => New(IssueSeverity.Error, IssueType.Required, node, member, null, text);

    private static Issue Remark(JsonNode node, string member, string? key, string text) => New(IssueSeverity.Warning, IssueType.Invariant, node, member, key, text);

    private static Issue New(IssueSeverity severity, IssueType type, JsonNode node, string member, string? key, string text)
        => new(severity, type, $"{node.Path}.{member} {text}{(key is null ? "" : $" ({key})")}.") { Expression = $"{node.Path}.{member}", MessageId = key };
}

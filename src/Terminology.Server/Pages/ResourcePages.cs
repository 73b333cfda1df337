using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Fhir.Maps;
using Terminology.Issues;
using Terminology.Maps;
using Terminology.Search;
using Terminology.ValueSets;

namespace Terminology.Server.Pages;

/// <summary>Code systems, value sets, concept maps and naming systems for people.</summary>
internal static class ResourcePages
{
    private const int Most = 100, LongestJson = 200_000;

    public static HtmlPage Of(ICodeSystem system, string? words, RequestScope scope, Addresses at)
    {
        var info = system.Info;
        var page = Head(info, info.Url.Value, "Code system");
        page.Fact("Content", $"{info.Content}, {system.Count:N0} concepts").Fact("Hierarchy", info.HierarchyMeaning).Fact("Identifiers", string.Join(", ", info.Identifiers)).Fact("Description", info.Description).Markup("</table>");
        page.Markup("<form><input type=hidden name=url value=\"").Text(info.Url.Value).Markup("\">");
        if (info.Version is { } version) page.Markup("<input type=hidden name=version value=\"").Text(version).Markup("\">");
        page.Markup("<p><input name=words autofocus aria-label=\"Search this code system\" placeholder=\"Search this code system\" value=\"").Text(words).Markup("\"></p></form>");
        if (!string.IsNullOrWhiteSpace(words)) return Found(page, system, words, scope, at);
        page.Heading("At the top").Markup("<ul class=tree>");
        foreach (var root in system.Roots.Take(Most)) ConceptPage.Link(page.Markup("<li>"), system, root, scope, at).Markup("</li>");
        page.Markup("</ul>");
        if (info.Properties.Count > 0)
        {
            page.Heading("Properties").Markup("<table>");
            foreach (var property in info.Properties) page.Markup("<tr><td><code>").Text(property.Code).Markup("</code></td><td class=soft>").Text(property.Type.ToString()).Markup("</td><td>").Text(property.Description).Markup("</td></tr>");
            page.Markup("</table>");
        }
        return page;
    }

    private static HtmlPage Found(HtmlPage page, ICodeSystem system, string words, RequestScope scope, Addresses at)
    {
        var hits = new TermHit[Most];
        var result = system.Search.Search(new TermQuery { Text = words, IncludeInactive = true }, hits);
        page.Heading($"{(result.TotalIsExact ? "" : "more than ")}{result.Total:N0} found{(result.Misspelt ? ", with other spelling" : "")}").Markup("<ul>");
        foreach (var hit in hits.Take(result.Written)) ConceptPage.Link(page.Markup("<li>"), system, hit.Concept, scope, at).Markup("</li>");
        return page.Markup("</ul>");
    }

    public static HtmlPage Of(ValueSet valueSet, TerminologyService service, RequestScope scope, Addresses at)
    {
        var page = Head(valueSet, valueSet.Url, "Value set").Markup("</table>");
        page.Heading("Rules").Markup("<ul>");
        foreach (var rule in valueSet.Compose?.Includes ?? []) Rule(page, "include", rule, at);
        foreach (var rule in valueSet.Compose?.Excludes ?? []) Rule(page, "exclude", rule, at);
        page.Markup("</ul>");
        try
        {
            var expansion = service.Expand(new() { ValueSet = valueSet, Count = Most, Offset = 0 }, scope);
            page.Heading($"Members{(expansion.Total is { } total ? $": {total:N0}" : "")}{(expansion.Total > Most ? $", the first {Most}" : "")}").Markup("<ul>");
            foreach (var member in expansion.Members)
            {
                page.Markup("<li>");
                if (member.CodeSystem is { } system) ConceptPage.Link(page, system, member.Concept, scope, at);
                else page.Text($"{member.Unknown?.Display} {member.Unknown?.Code}");
                page.Markup("</li>");
            }
            page.Markup("</ul>");
        }
        catch (TerminologyException problem)
        {
            page.Heading("Members").Markup("<p class=bad>").Text(problem.Message).Markup("</p>");
        }
        return page;
    }

    private static void Rule(HtmlPage page, string word, ConceptSetRule rule, Addresses at)
    {
        page.Markup("<li>").Text($"{word} ");
        if (rule.System is { } system) page.Link(at.Canonical("CodeSystem", system, rule.Version), new VersionedUrl(system, rule.Version).ToString());
        if (rule.Concepts.Count > 0) page.Text($": {rule.Concepts.Count:N0} listed");
        foreach (var filter in rule.Filters) page.Markup(" <code>").Text($"{filter.Property} {filter.Op} {filter.Value}").Markup("</code>");
        foreach (var imported in rule.ValueSets) page.Text(" the members of ").Link(at.Canonical("ValueSet", imported.Url, imported.Version), imported.ToString());
        page.Markup("</li>");
    }

    public static HtmlPage Of(IConceptMap map, bool isGoverned, Addresses at)
    {
        var info = map.Info;
        var page = Head(info, info.Url, "Concept map").Fact("Governance", isGoverned ? null : DayMessages.Ungoverned()).Fact("Rows", $"{map.Count:N0}").Fact("Source scope", info.SourceScope).Fact("Target scope", info.TargetScope).Markup("</table>");
        for (var group = 0; group < info.Groups.Count; group++)
        {
            var (source, target) = (info.Groups[group].Source, info.Groups[group].Target);
            page.Heading($"{source?.ToString() ?? "?"} → {target?.ToString() ?? "?"}");
            if (info.Groups[group].Unmapped is { } unmapped) page.Markup("<p class=soft>").Text($"Codes that are not listed: {unmapped.Mode} {unmapped.Code ?? unmapped.OtherMap}").Markup("</p>");
            page.Markup("<table>");
            foreach (var element in map.Elements(group).Take(Most)) Row(page, element, source, target, info.Days is not null, at);
            page.Markup("</table>");
        }
        return page;
    }

    private static void Row(HtmlPage page, MapElement element, VersionedUrl? source, VersionedUrl? into, bool hasDays, Addresses at)
    {
        if (element.NoMap || element.Targets.Count == 0) page.Markup("<tr><td>").Link(at.Concept(source?.Url ?? "", null, element.Code), element.Code).Text($" {element.Display}").Markup("</td><td class=soft>no target</td><td></td></tr>");
        foreach (var target in element.Targets)
        {
            page.Markup("<tr><td>").Link(at.Concept(source?.Url ?? "", null, element.Code), element.Code).Text($" {element.Display}").Markup("</td><td class=soft>").Text(Equivalence.R5(target.Relationship)).Markup("</td><td>");
            if (target.Code is { } code) page.Link(at.Concept(into?.Url ?? "", null, code), code).Text($" {target.Display}");
            else page.Text("no target");
            if (hasDays && TargetDays.Of(target) is var days && days != default) page.Text(" ").Tag(DayMessages.Days(days.From, days.To, days.IsSuperseded), "warn");
            page.Markup("</td></tr>");
        }
    }

    /// <summary>A resource of which nothing more is known than what it says.</summary>
    public static HtmlPage Json(string title, ReadOnlyMemory<byte> json)
    {
        var page = new HtmlPage(title).Markup("<h1>").Text(title).Markup("</h1>");
        if (json.Length > LongestJson) return page.Markup("<p><a href=\"?_format=json\">FHIR JSON</a></p>");
        using var parsed = JsonDocument.Parse(json);
        return page.Markup("<pre>").Text(JsonSerializer.Serialize(parsed.RootElement, Indented)).Markup("</pre>");
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };

    private static HtmlPage Head(CanonicalResource resource, string? url, string kind)
    {
        var title = resource.Title ?? resource.Name ?? url ?? kind;
        var page = new HtmlPage(title).Markup("<p class=soft>").Text(kind).Markup("</p><h1>").Text(title).Markup("</h1><p>");
        page.Tag(resource.Status.ToString().ToLowerInvariant(), resource.Status == PublicationStatus.Active ? "good" : "warn");
        if (resource.Experimental == true) page.Tag("experimental", "warn");
        return page.Markup("</p><table>").Fact("Canonical", url).Fact("Version", resource.Version).Fact("Date", resource.Date).Fact("Publisher", resource.Publisher).Fact("Copyright", resource.Copyright);
    }
}

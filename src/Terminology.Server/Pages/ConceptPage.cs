using System.Text;
using Terminology.CodeSystems;
using Terminology.Fhir.Maps;

namespace Terminology.Server.Pages;

/// <summary>A concept for people: what it is called, where it stands, what is known of it, and what it is elsewhere.</summary>
internal static class ConceptPage
{
    private const int MostRelatives = 100, MostMatches = 50;

    public static HtmlPage Of(TerminologyService service, RequestScope scope, ICodeSystem system, ConceptOrdinal concept, Addresses at)
    {
        var (code, display, url, version) = (Code(system, concept), Name(system, concept, scope), system.Info.Url.Value, system.Info.Version);
        var page = new HtmlPage($"{display} · {code}");
        page.Markup("<p class=soft>").Link(at.Canonical("CodeSystem", url, version), system.Info.Title ?? system.Info.Name ?? url).Text(version is null ? "" : $" · {version}").Markup("</p><h1>").Text(display).Markup("</h1><p><code>").Text(code).Markup("</code> ");
        var flags = system.Flags(concept);
        if (flags.HasFlag(ConceptFlags.Inactive)) page.Tag("inactive", "bad");
        if (flags.HasFlag(ConceptFlags.Abstract)) page.Tag("abstract", "warn");
        if (flags.HasFlag(ConceptFlags.Deprecated)) page.Tag("deprecated", "warn");
        page.Markup("</p><div class=columns><section>");
        Hierarchy(page, system, concept, scope, at);
        page.Markup("</section><section>");
        Designations(page, system, concept);
        page.Markup("</section></div>");
        Properties(page, system, concept, scope, at);
        Matches(page, service, scope, system, code, at, reverse: false);
        Matches(page, service, scope, system, code, at, reverse: true);
        if (system.Info.Copyright is { } copyright) page.Markup("<p class=soft>").Text(copyright).Markup("</p>");
        return page;
    }

    public static HtmlPage Link(HtmlPage page, ICodeSystem system, ConceptOrdinal concept, RequestScope scope, Addresses at)
    {
        var code = Code(system, concept);
        return page.Link(at.Concept(system.Info.Url.Value, system.Info.Version, code), Name(system, concept, scope)).Markup(" <code class=soft>").Text(code).Markup("</code>");
    }

    private static string Code(ICodeSystem system, ConceptOrdinal concept) => Encoding.UTF8.GetString(system.Code(concept));

    private static string Name(ICodeSystem system, ConceptOrdinal concept, RequestScope scope) => DisplayChooser.Text(system, concept, scope.Languages) ?? Code(system, concept);

    private static void Hierarchy(HtmlPage page, ICodeSystem system, ConceptOrdinal concept, RequestScope scope, Addresses at)
    {
        var (parents, children) = (system.Parents(concept).ToArray(), system.Children(concept).ToArray());
        if (parents.Length + children.Length == 0) return;
        page.Heading($"Hierarchy: {parents.Length:N0} above, {system.DescendantsOrSelf(concept).Count - 1:N0} below").Markup("<ul class=tree>");
        foreach (var parent in parents) Link(page.Markup("<li>"), system, parent, scope, at).Markup("</li>");
        page.Markup("<li class=here>").Text(Name(system, concept, scope)).Markup("<ul class=tree>");
        foreach (var child in children.Take(MostRelatives)) Link(page.Markup("<li>"), system, child, scope, at).Markup("</li>");
        if (children.Length > MostRelatives) page.Markup("<li class=soft>").Text($"and {children.Length - MostRelatives:N0} more").Markup("</li>");
        page.Markup("</ul></li></ul>");
    }

    private static void Designations(HtmlPage page, ICodeSystem system, ConceptOrdinal concept)
    {
        var range = system.Designations(concept);
        if (range.Count == 0) return;
        page.Heading("Designations").Markup("<table>");
        for (var i = range.Start; i < range.End; i++)
        {
            var designation = system.Designation(i);
            if (!designation.Active) continue;
            page.Markup("<tr><td>").Text(designation.Language).Markup("</td><td>").Text(Encoding.UTF8.GetString(designation.Value)).Markup("</td><td class=soft>").Text(designation.Use.Display ?? designation.Use.Code).Markup("</td></tr>");
        }
        page.Markup("</table>");
    }

    private static void Properties(HtmlPage page, ICodeSystem system, ConceptOrdinal concept, RequestScope scope, Addresses at)
    {
        var range = system.Properties(concept);
        if (range.Count == 0) return;
        page.Heading("Properties").Markup("<table>");
        for (var i = range.Start; i < range.End; i++)
        {
            var property = system.Property(i);
            var definition = system.Info.Properties[property.Property];
            if (definition.IsDerived) continue;
            var name = system.TryFind(Encoding.UTF8.GetBytes(definition.Code), out var named) ? Name(system, named, scope) : definition.Description ?? definition.Code;
            page.Markup("<tr><th>").Text(property.Group > 0 ? $"{name} (group {property.Group})" : name).Markup("</th><td>");
            if (property.Concept.Exists) Link(page, system, property.Concept, scope, at);
            else page.Text(Encoding.UTF8.GetString(property.Value));
            page.Markup("</td></tr>");
        }
        page.Markup("</table>");
    }

    private static void Matches(HtmlPage page, TerminologyService service, RequestScope scope, ICodeSystem system, string code, Addresses at, bool reverse)
    {
        var found = service.Translate(new(new([new(system.Info.Url.Value, code)])) { Reverse = reverse }, scope).Matches.Where(match => match.Target is not null).ToArray();
        if (found.Length == 0) return;
        page.Heading(reverse ? "Mapped from" : "Maps to").Markup("<table>");
        foreach (var match in found.Take(MostMatches))
        {
            var target = match.Target!;
            page.Markup("<tr><td class=soft>").Text(Equivalence.R5(match.Relationship)).Markup("</td><td>").Link(at.Concept(target.System ?? "", null, target.Code ?? ""), target.Display ?? target.Code)
                .Markup(" <code class=soft>").Text(target.Code).Markup("</code> <span class=soft>").Text(target.System).Markup("</span></td><td>");
            if (match.Cautions.Count == 0) page.Tag("safe", "good");
            foreach (var caution in match.Cautions) page.Tag(Cautions.Code(caution), "warn");
            page.Markup("</td><td class=soft>");
            if (match.MapUrl is { } map) page.Link(at.Canonical("ConceptMap", map, match.MapVersion), new VersionedUrl(map, match.MapVersion).ToString());
            if (!match.IsGoverned) page.Markup("<br>").Text(Issues.DayMessages.Ungoverned());
            page.Markup("</td></tr>");
        }
        page.Markup("</table>");
    }
}

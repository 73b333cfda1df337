using Terminology.Search;
using Terminology.Server.Hosting;

namespace Terminology.Server.Pages;

/// <summary>What is loaded, and one box that finds concepts in all of it.</summary>
internal static class HomePage
{
    private const int MostOfASystem = 8;

    public static HtmlPage Of(World world, string? words, RequestScope scope, Addresses at)
    {
        var page = new HtmlPage("Terminology");
        if (string.IsNullOrWhiteSpace(words)) return Loaded(page, world, at);
        page.Markup("<h1>").Text(words).Markup("</h1>");
        var hits = new TermHit[MostOfASystem];
        var any = false;
        foreach (var entry in world.Service.CodeSystems.Where(entry => entry is { Live: true, Supplements: null, IsBuiltIn: false, Resource: null }))
        {
            var system = entry.CodeSystem.Value;
            var result = system.Search.Search(new TermQuery { Text = words, IncludeInactive = true }, hits);
            if (result.Written == 0) continue;
            any = true;
            page.Markup("<h2>").Link(at.Canonical("CodeSystem", entry.Url, entry.Version), system.Info.Title ?? entry.Url).Markup("</h2><ul>");
            foreach (var hit in hits.Take(result.Written)) ConceptPage.Link(page.Markup("<li>"), system, hit.Concept, scope, at).Markup("</li>");
            page.Markup("</ul>");
        }
        return any ? page : page.Markup("<p>Nothing that is loaded has these words, in any spelling close to them.</p>");
    }

    private static HtmlPage Loaded(HtmlPage page, World world, Addresses at)
    {
        page.Markup("<h1>What is loaded</h1><table><tr><th>System</th><th>Version</th><th>Concepts</th></tr>");
        foreach (var release in world.Releases.Releases.Where(release => release.Live && release.Content.CodeSystem is not null))
        {
            var info = release.Content.Info;
            page.Markup("<tr><td>").Link(at.Canonical("CodeSystem", info.Id.Url, info.Id.Version), info.Title).Markup("</td><td class=soft>").Text(info.Id.Version).Markup("</td><td>").Text($"{release.Content.CodeSystem!.Count:N0}").Markup("</td></tr>");
        }
        page.Markup("</table><h2>Also</h2><p>").Text($"{world.Service.ValueSets.Count:N0} value sets, {world.Service.ConceptMaps.Count:N0} concept maps, {world.Service.CodeSystems.Count:N0} code systems in all versions. ");
        return page.Link($"{at.Path}/fhir/metadata", "CapabilityStatement").Markup("</p>");
    }
}

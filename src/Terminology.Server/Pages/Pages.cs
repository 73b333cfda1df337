using System.Diagnostics;
using Terminology.Fhir.Operations;
using Terminology.Issues;
using Terminology.Server.Access;
using Terminology.Server.FhirApi;
using Terminology.Server.Hosting;
using Terminology.Server.Limits;

namespace Terminology.Server.Pages;

/// <summary>
/// The URLs of resources and concepts answer with a page when a browser asks: a person who pastes a canonical or follows a link reads, a program gets FHIR.
/// </summary>
internal sealed class Pages(LiveService live, FhirPipeline pipeline, HeavyWork heavy, ServeOptions options)
{
    private static readonly string[] Types = ["CodeSystem", "ValueSet", "ConceptMap", "NamingSystem"];

    public Task InvokeAsync(HttpContext context, RequestDelegate next) => IsForPeople(context) ? AnswerAsync(context, next) : next(context);

    /// <summary>Does a browser ask where something is read? What the API does not know as reading has no page, so that access is decided for both alike.</summary>
    private static bool IsForPeople(HttpContext context)
    {
        var request = context.Request;
        return HttpMethods.IsGet(request.Method) && ((string?)request.Headers.Accept)?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true && !request.Query.ContainsKey("_format")
            && (request.Path == "/" || (request.Path.StartsWithSegments("/fhir", StringComparison.Ordinal) && context.GetEndpoint()?.Metadata.GetMetadata<Needs>() is { Scope: Scope.Read }));
    }

    /// <summary>A page may search and expand as any operation may: in one of the places for that, and within the deadline.</summary>
    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var (world, began) = (live.World, Stopwatch.GetTimestamp());
        int status;
        HtmlPage? page;
        string? elsewhere = null;
        try
        {
            (status, page, elsewhere) = await heavy.RunAsync(() => Task.FromResult(Answer(world, context.Request, RequestDeadline.Of(context, options))), context.RequestAborted);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            status = pipeline.Failed(problem, context).Status;
            page = new HtmlPage("That did not work").Markup("<h1>That did not work</h1><p>").Text(problem is TerminologyException known ? known.Message : $"The request {context.TraceIdentifier} could not be answered.").Markup("</p>");
        }
        if (page is null && elsewhere is null)
        {
            await next(context);
            return;
        }
        if (elsewhere is not null) context.Response.Redirect(elsewhere);
        else await WriteAsync(context, status, page!);
        GC.KeepAlive(world);
        pipeline.Answered(context, Label(context.Request), SystemIn(context.Request), world, context.Response.StatusCode, began);
    }

    /// <summary>Its name in logs and figures.</summary>
    private static string Label(HttpRequest request) => request.Path == "/" ? "page" : request.Path.Value!.Split('/') is [_, _, var type, var operation] && operation.StartsWith('$') ? $"{type}/{operation} page" : $"{request.Path.Value!.Split('/')[2]} page";

    private static string? SystemIn(HttpRequest request) => (string?)request.Query["system"] ?? (request.Path == "/fhir/CodeSystem" ? (string?)request.Query["url"] : null);

    private static (int Status, HtmlPage? Page, string? Elsewhere) Answer(World world, HttpRequest request, CancellationToken cancel)
    {
        var at = new Addresses(request.PathBase);
        var scope = RequestScopeReader.Read(OperationInput.Empty, request.Headers.AcceptLanguage) with { Cancel = cancel, Day = world.Day };
        return request.Path == "/" ? Home(world, request, scope, at) : (StatusCodes.Status200OK, Page(world, request, scope, at), null);
    }

    private static (int, HtmlPage?, string?) Home(World world, HttpRequest request, RequestScope scope, Addresses at)
    {
        var words = ((string?)request.Query["q"])?.Trim();
        if (words is not null && (words.Contains("://", StringComparison.Ordinal) || words.StartsWith("urn:", StringComparison.Ordinal)))
        {
            var canonical = VersionedUrl.Parse(words);
            if (world.Service.FindCodeSystem(canonical.Url, canonical.Version) is not null) return (0, null, at.Canonical("CodeSystem", canonical.Url, canonical.Version));
            if (world.Service.FindConceptMap(canonical) is not null) return (0, null, at.Canonical("ConceptMap", canonical.Url, canonical.Version));
            if (world.Service.FindValueSet(canonical) is not null) return (0, null, at.Canonical("ValueSet", canonical.Url, canonical.Version));
        }
        return (StatusCodes.Status200OK, HomePage.Of(world, words, scope, at), null);
    }

    private static HtmlPage? Page(World world, HttpRequest request, RequestScope scope, Addresses at)
    {
        var path = request.Path.Value!["/fhir/".Length..].TrimEnd('/').Split('/');
        var (url, version) = ((string?)request.Query["url"], (string?)request.Query["version"]);
        switch (path)
        {
            case ["CodeSystem", "$lookup"] when request.Query["system"] is [{ } system] && request.Query["code"] is [{ } code]:
                var found = world.Service.Lookup(new(new(system, code, version), []), scope);
                return ConceptPage.Of(world.Service, scope, found.CodeSystem, found.Concept, at);
            case [var type] when Types.Contains(type) && url is not null:
                return Resource(world, type, url, version, request, scope, at);
            case [var type, var id] when Types.Contains(type) && !id.StartsWith('$') && id != "_history":
                var canonical = world.Stored.Find(type, id) is { } stored ? (stored.Url, stored.Version) : world.Ids.Find(type, id)?.Canonical;
                if (canonical is var (own, ofVersion)) return Resource(world, type, own, ofVersion, request, scope, at);
                return world.Ids.Find(type, id) is { } entry ? ResourcePages.Json($"{type}/{id}", entry.Json()) : null;
            default:
                return null;
        }
    }

    private static HtmlPage? Resource(World world, string type, string url, string? version, HttpRequest request, RequestScope scope, Addresses at) => type switch
    {
        "CodeSystem" when world.Service.FindCodeSystem(url, version) is { } system => ResourcePages.Of(system, request.Query["words"], scope, at),
        "ValueSet" when world.Service.FindValueSet(new(url, version)) is { } valueSet => ResourcePages.Of(valueSet, world.Service, scope, at),
        "ConceptMap" when world.Service.FindConceptMap(new(url, version)) is { } map => ResourcePages.Of(map.Map.Value, world.Service.IsGoverned(map.Map.Value), at),
        _ => null,
    };

    private static Task WriteAsync(HttpContext context, int status, HtmlPage page)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        // Nothing but our own style: a text in a resource can never become a script.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Accept";
        return response.WriteAsync(page.Html(context.Request.PathBase), context.RequestAborted);
    }
}

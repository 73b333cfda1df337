using Microsoft.AspNetCore.Http.Features;
using Terminology.Issues;
using Terminology.Loaders.Tables;
using Terminology.Server.Access;
using Terminology.Server.Hosting;
using Terminology.Server.Limits;
using Terminology.Server.MapApi;
using Terminology.Server.OpenApi;

namespace Terminology.Server.Bulk;

/// <summary>
/// <c>POST /api/translate</c>: lists of any length, CSV or NDJSON, answered while they come in, in the same order. Whoever reads slower than he writes is waited for; whoever
/// hangs up ends it. That an answer is whole is told by its last line (of NDJSON always, of CSV with <c>summary=true</c>), with the hash of all lines before it.
/// </summary>
internal static class BulkEndpoint
{
    private const string Csv = "text/csv", Lines = "application/x-ndjson";
    private static readonly string[] Known = ["url", "system", "target", "reverse", "context", "codeColumn", "systemColumn", "summary", "includeSuperseded", "columns"];

    private static Said Said() => new("Translates a list of any length")
    {
        More = "Answered while it comes in, in the same order: of CSV each row with what is appended to it, of NDJSON a line for each code and a summary at the end. The client must read while it sends.",
        Request = new(null, Csv, "code\r\nGLU\r\n") { Meaning = "The list: a table with a header, or a line of JSON for each code." },
        Answer = new(null, Csv) { Meaning = "The list with its answers. One that breaks off has no proper end." },
        AlsoAs = [Lines],
        Query =
        [
            new("url", "Canonical of the map, with `|version` if wanted; else every map from the system that goes to the target is asked.", "http://hospital.example/fhir/ConceptMap/lab"),
            new("system", "Code system of all codes.", "http://hospital.example/lab"),
            new("target", "Code system that is mapped to."),
            Asked.Flag("reverse", "Against the direction of the map."),
            new("context", "A column whose values a map may depend on; several times.") { Kind = "array" },
            new("codeColumn", "The column of the codes; `code` when not said."),
            new("systemColumn", "The column of the code system, where there are several."),
            Asked.Flag("summary", "Of CSV: a last line with the count of rows and the SHA-256 of all lines before it."),
            Asked.Flag("includeSuperseded", "Old targets too that are answered on request alone."),
            new("columns", $"Of CSV: the columns that are appended, separated by commas; all when not said: {string.Join(", ", BulkTranslate.Columns.Names)}.", "relationship,targetCode,safe,message"),
        ],
    };

    public static void MapBulk(this RouteGroupBuilder api, LiveService live, HeavyWork heavy)
    {
        Task Answer(HttpContext context) => Problems.AnswerAsync(context, () => heavy.WithoutPlaceAsync(() => AnswerAsync(context, live.World)));
        api.MapPost("/translate", Answer).WithMetadata(new Needs(Scope.Read)).Says(Said);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, World world)
    {
        var (request, aborted) = (context.Request, context.RequestAborted);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null; // it is never held as a whole
        var translate = Read(request, world);
        var type = request.ContentType?.Split(';')[0].Trim();
        if (type is not (Csv or Lines or "application/ndjson")) throw new TerminologyException(IssueType.NotSupported, "OTHER_CONTENT", BulkMessages.OtherContent(request.ContentType));
        using var table = type == Csv ? await CodeTable.OpenAsync(request.Body, "the table", aborted) : null;
        var columns = table is null ? [] : Columns(table, request.Query, translate);
        context.Response.ContentType = type;
        try
        {
            await RunAsync(context, translate, table, columns);
        }
        catch (TerminologyException problem) when (context.Response.HasStarted)
        {
            // What is wrong, and in which line; then no proper end, so that nobody takes it for the whole.
            await context.Response.WriteAsync(BulkMessages.BrokeOff(problem.Message), aborted);
            await context.Response.Body.FlushAsync(aborted);
            context.Abort();
        }
        GC.KeepAlive(world);
        return Results.Empty;
    }

    private static async Task RunAsync(HttpContext context, BulkTranslate translate, CodeTable? table, int[] columns)
    {
        var (request, aborted) = (context.Request, context.RequestAborted);
        if (table is null) await new BulkLines(translate).RunAsync(request.BodyReader, context.Response.Body, aborted);
        else
        {
            var counts = await new BulkTable(table, columns, BulkTranslate.Columns.Choose(request.Query["columns"]), parts => translate.AskForTable(Parts(parts, columns.Length, translate))).RunAsync(context.Response.Body, aborted);
            if (request.Query["summary"] == "true") await context.Response.WriteAsync($"# {counts.Rows} rows, {counts.NotFound} not found, sha256 {counts.Sha256}\r\n", aborted);
        }
    }

    private static BulkTranslate Read(HttpRequest request, World world)
    {
        var query = request.Query;
        if (query.Keys.FirstOrDefault(name => !Known.Contains(name)) is { } unknown) throw new TerminologyException(IssueType.Value, "UNKNOWN_PARAMETER", BulkMessages.UnknownParameter(unknown, string.Join(", ", Known))) { Expression = unknown };
        string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        var map = Text("url") is { } url ? VersionedUrl.Parse(url) : null;
        return new(world.Service, RequestScope.Default with { Day = world.Day })
        {
            Map = map, System = Text("system"), TargetSystem = Text("target"), Reverse = Text("reverse") == "true", IncludeSuperseded = Text("includeSuperseded") == "true", Context = [.. query["context"].Where(name => !string.IsNullOrEmpty(name)).Select(name => name!)],
        };
    }

    /// <summary>System when there is a column for it, code, context: a context is named as its column is.</summary>
    private static int[] Columns(CodeTable table, IQueryCollection query, BulkTranslate translate)
    {
        var code = table.Column(query.TryGetValue("codeColumn", out var named) ? named.ToString() : "code");
        int? system = query.TryGetValue("systemColumn", out var column) ? table.Column(column.ToString()) : translate.System is null ? table.Columns.Contains("system", StringComparer.OrdinalIgnoreCase) ? table.Column("system") : null : null;
        if (system is null && translate.System is null) throw new TerminologyException(IssueType.Required, "NO_SYSTEM", BulkMessages.NoSystem());
        var context = translate.Context.Select(table.Column);
        return system is { } known ? [known, code, .. context] : [code, .. context];
    }

    /// <summary>The parts of a question with the system before them, which may be that of all rows.</summary>
    private static string[] Parts(string[] parts, int columns, BulkTranslate translate) => columns == translate.Context.Count + 2 ? parts : ["", .. parts];
}

using Terminology.Server.Access;
using Terminology.Server.Hosting;

namespace Terminology.Server.FhirApi;

/// <summary>Every operation of the FHIR API, on one page, and how they are mounted.</summary>
internal static class FhirEndpoints
{
    public static IReadOnlyList<FhirOperation> All { get; } =
    [
        LookupEndpoint.Operation,
        ValidateCodeEndpoint.OnCodeSystem,
        ValidateCodeEndpoint.OnValueSet,
        ValidateCodeEndpoint.BatchOnCodeSystem,
        ValidateCodeEndpoint.BatchOnValueSet,
        SubsumesEndpoint.Operation,
        FindMatchesEndpoint.Operation,
        TranslateEndpoint.Operation,
        ClosureEndpoint.OnSystem,
        ClosureEndpoint.OnConceptMap,
        ExpandEndpoint.Operation,
        CompareEndpoint.Operation,
        SearchEndpoint.CodeSystems,
        SearchEndpoint.ValueSets,
        SearchEndpoint.ConceptMaps,
        SearchEndpoint.NamingSystems,
        MetadataEndpoint.Operation,
        MetadataEndpoint.Versions,
    ];

    public static IReadOnlyDictionary<(string Type, string Name), FhirOperation> ByName { get; } =
        All.ToDictionary(operation => (operation.ResourceType, operation.Name));

    public static void MapFhir(this IEndpointRouteBuilder app, FhirPipeline pipeline)
    {
        var group = app.MapGroup("/fhir");
        foreach (var operation in All)
        {
            var path = string.Join('/', new[] { operation.ResourceType, operation.Name }.Where(part => part.Length > 0));
            var needs = new Needs(operation.Needs);
            if (operation.Get) group.MapGet(path, context => pipeline.AnswerAsync(context, operation, id: null)).WithMetadata(needs);
            if (operation.Post) group.MapPost(path, context => pipeline.AnswerAsync(context, operation, id: null)).WithMetadata(needs);
            if (!operation.OnInstance) continue;
            var instance = $"{operation.ResourceType}/{{id}}/{operation.Name}";
            group.MapGet(instance, (HttpContext context, string id) => pipeline.AnswerAsync(context, operation, id)).WithMetadata(needs);
            group.MapPost(instance, (HttpContext context, string id) => pipeline.AnswerAsync(context, operation, id)).WithMetadata(needs);
        }
        foreach (var type in StoredResources.Types) MapResources(group, type, pipeline);
        // Its entries are checked one by one.
        group.MapPost("", context => pipeline.BatchAsync(context)).WithMetadata(new Needs(Scope.Read));
        group.MapFallback(context => FhirPipeline.WriteAsync(context, FhirErrors.Answer(
            Issues.IssueType.NotFound, $"There is no {context.Request.Method} {context.Request.Path} here; GET {context.Request.PathBase}/fhir/metadata lists what there is."))).WithMetadata(new Needs(Scope.None));
    }

    private static void MapResources(RouteGroupBuilder group, string type, FhirPipeline pipeline)
    {
        var (read, write) = (new Needs(Scope.Read), new Needs(Scope.Write));
        group.MapMethods(type, ["POST", "PUT", "DELETE"], context => pipeline.InteractAsync(context, type, id: null)).WithMetadata(write);
        group.MapPost($"{type}/_search", context => pipeline.AnswerAsync(context, ByName[(type, "")], id: null)).WithMetadata(read);
        group.MapGet($"{type}/_history", context => pipeline.InteractAsync(context, type, id: null, history: true)).WithMetadata(read);
        group.MapMethods($"{type}/{{id}}", ["GET", "HEAD"], (HttpContext context, string id) => pipeline.InteractAsync(context, type, id)).WithMetadata(read);
        group.MapMethods($"{type}/{{id}}", ["PUT", "DELETE"], (HttpContext context, string id) => pipeline.InteractAsync(context, type, id)).WithMetadata(write);
        group.MapGet($"{type}/{{id}}/_history", (HttpContext context, string id) => pipeline.InteractAsync(context, type, id, history: true)).WithMetadata(read);
        group.MapGet($"{type}/{{id}}/_history/{{version}}", (HttpContext context, string id, string version) => pipeline.InteractAsync(context, type, id, version)).WithMetadata(read);
    }
}

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
        TranslateEndpoint.Operation,
        ClosureEndpoint.OnSystem,
        ClosureEndpoint.OnConceptMap,
        ExpandEndpoint.Operation,
        CompareEndpoint.Operation,
        SearchEndpoint.CodeSystems,
        SearchEndpoint.ValueSets,
        SearchEndpoint.ConceptMaps,
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
            if (operation.Get) group.MapGet(path, context => pipeline.AnswerAsync(context, operation, id: null));
            if (operation.Post) group.MapPost(path, context => pipeline.AnswerAsync(context, operation, id: null));
            if (!operation.OnInstance) continue;
            var instance = $"{operation.ResourceType}/{{id}}/{operation.Name}";
            group.MapGet(instance, (HttpContext context, string id) => pipeline.AnswerAsync(context, operation, id));
            group.MapPost(instance, (HttpContext context, string id) => pipeline.AnswerAsync(context, operation, id));
        }
        foreach (var type in new[] { "CodeSystem", "ValueSet", "ConceptMap", "NamingSystem" })
        {
            var read = ReadEndpoint.Of(type);
            group.MapGet($"{type}/{{id}}", (HttpContext context, string id) => pipeline.AnswerAsync(context, read, id));
        }
        group.MapPost("", context => pipeline.BatchAsync(context));
        group.MapFallback(context => FhirPipeline.WriteAsync(context, FhirErrors.Answer(
            Issues.IssueType.NotFound, $"There is no {context.Request.Method} {context.Request.Path} here; GET {context.Request.PathBase}/fhir/metadata lists what there is.")));
    }
}

using System.Net.Mime;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;
using Terminology.Mapping;
using Terminology.Server.Access;

namespace Terminology.Server.OpenApi;

/// <summary>
/// <c>/api/openapi.json</c>, the document (<see href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1</see>) of everything under <c>/api</c>, and <c>/api/docs</c>, a page to read and try it.
/// The document is made when somebody first asks for it, and kept.
/// </summary>
internal static class ApiDocument
{
    private const string Name = "api";

    /// <summary>A page of our own files alone: they are embedded in the package that brings it.</summary>
    private const string OwnFilesAlone = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(json =>
        {
            MappingJson.Shape(json.SerializerOptions);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict; // as numbers are written
        });
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = _ => true;
            options.AddSchemaTransformer<WrittenShapes>();
            options.AddOperationTransformer<SaidOperations>();
            options.AddDocumentTransformer((document, _, _) => Task.FromResult(Introduce(document)));
        });
        services.Replace(ServiceDescriptor.Singleton<IApiDescriptionProvider, SaidDescriptions>());
    }

    public static void MapApiDocument(this WebApplication app)
    {
        var needs = new Needs(Access.Scope.Read);
        var document = new Lazy<Task<byte[]>>(() => WriteAsync(app.Services));
        app.MapGet("/api/openapi.json", async (HttpContext context) => await Results.Bytes(await document.Value, MediaTypeNames.Application.Json).ExecuteAsync(context)).WithMetadata(needs);
        app.MapSwaggerUI("api/docs", page =>
        {
            page.DocumentTitle = "Terminology: /api";
            page.SwaggerEndpoint("../openapi.json", "/api");
            page.EnablePersistAuthorization();
            page.EnableDeepLinking();
            page.EnableFilter();
            page.DisplayRequestDuration();
            page.DefaultModelsExpandDepth(0);
            page.DocExpansion(Swashbuckle.AspNetCore.SwaggerUI.DocExpansion.List);
        }).WithMetadata(needs).Add(Protect);
    }

    private static void Protect(EndpointBuilder page)
    {
        var answer = page.RequestDelegate!;
        page.RequestDelegate = context =>
        {
            context.Response.Headers.ContentSecurityPolicy = OwnFilesAlone;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return answer(context);
        };
    }

    private static async Task<byte[]> WriteAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        using var bytes = new MemoryStream();
        await document.SerializeAsJsonAsync(bytes, OpenApiSpecVersion.OpenApi3_1);
        return bytes.ToArray();
    }

    private static OpenApiDocument Introduce(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "Terminology: /api",
            Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3),
            Description = "Work on maps, lists as a whole, people, keys and backups. What is not here, `/fhir`, says what it can in its CapabilityStatement at `/fhir/metadata`.\n\nA token or key goes into the header `Authorization: Bearer …`. Members that are null and lists that are empty are left out of answers; members that are not known are errors.",
        };
        document.Tags = ApiPaths.Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Meaning }).ToHashSet();
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The token of a person (`terminology token create --user NAME`) or the key of a program (`terminology key create`)." },
        };
        document.Security = [new() { [new("bearer", document)] = [] }];
        return document;
    }
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Terminology.Server.Access;

namespace Terminology.Server.OpenApi;

/// <summary>Writes into an operation of the document what its endpoint <see cref="Said">says</see>: words, parameters, headers, examples, bodies that are no JSON.</summary>
internal sealed class SaidOperations : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, Asked> InPath = new()
    {
        ["map"] = new("map", "Id of the map.", "lab"),
        ["key"] = new("key", "Key of the row: its code, or the columns of its key joined. A slash in it is written `%2F`.", "GLU"),
        ["number"] = Asked.Number("number", "Number of the release, sample or question, from 1.", "1"),
        ["finding"] = new("finding", "Id of the finding that was waived.", "0"),
        ["name"] = new("name", "Name of the key or person.", "ada"),
        ["id"] = new("id", "Id of the token, as it was answered when it was made.", "0"),
    };

    private static readonly Dictionary<int, string> Meanings = new()
    {
        [StatusCodes.Status200OK] = "Done.",
        [StatusCodes.Status201Created] = "Made.",
        [StatusCodes.Status204NoContent] = "Done; there is nothing to say.",
        [StatusCodes.Status400BadRequest] = "Something in the request is not right; `errors` has the path of each field.",
        [StatusCodes.Status401Unauthorized] = "No token or key was shown, or one that is not known or has expired.",
        [StatusCodes.Status403Forbidden] = "The token or key does not go so far; `detail` says which roles do.",
        [StatusCodes.Status404NotFound] = "There is no such thing.",
        [StatusCodes.Status409Conflict] = "Not from where it stands; `detail` says what can be done.",
        [StatusCodes.Status412PreconditionFailed] = "Somebody was faster: it is not the version of `If-Match` any more. `current` is the newest.",
        [StatusCodes.Status422UnprocessableEntity] = "A rule does not hold; `detail` says which.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var (metadata, method, path) = (context.Description.ActionDescriptor.EndpointMetadata, context.Description.HttpMethod!, context.Description.RelativePath!);
        var said = metadata.OfType<Said>().Last();
        operation.Summary = said.Summary;
        operation.Description = string.Join("\n\n", new[] { said.More, RightsText.Of(metadata.OfType<Needs>().Last().Scope, said.Rights) }.OfType<string>());
        operation.OperationId = ApiPaths.OperationId(method, path);
        operation.Parameters = [.. ApiPaths.ParametersOf(path).Select(name => Parameter(InPath[name] with { IsRequired = true }, ParameterLocation.Path)), .. said.Query.Select(asked => Parameter(asked, ParameterLocation.Query)), .. Conditions(said)];
        if (said.Rights.Count > 0) (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>())["x-roles"] = new JsonNodeExtension(Roles(said));
        if (said.Request is { } request) operation.RequestBody = Body(request, said, operation.RequestBody as OpenApiRequestBody);
        foreach (var (status, response) in operation.Responses ?? []) Respond(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), (OpenApiResponse)response, said, context.Document!);
        return Task.CompletedTask;
    }

    private static JsonNode Roles(Said said) => said.Rights is [{ Step: null } one] ? Array(RightsText.Names(one))
        : new JsonObject(said.Rights.GroupBy(right => right.Step!).Select(step => KeyValuePair.Create<string, JsonNode?>(step.Key, Array(step.SelectMany(RightsText.Names).Distinct()))));

    private static JsonArray Array(IEnumerable<string> names) => [.. names.Select(name => JsonValue.Create(name))];

    private static IEnumerable<IOpenApiParameter> Conditions(Said said)
    {
        if (said.IsConditional) yield return new OpenApiParameter { Name = "If-Match", In = ParameterLocation.Header, Description = "The version that this is done to: the `ETag` of what was read.", Required = true, Schema = Text(), Example = "\"1\"" };
    }

    private static OpenApiParameter Parameter(Asked asked, ParameterLocation place)
        => new() { Name = asked.Name, In = place, Description = asked.Meaning, Required = asked.IsRequired, Schema = Schema(asked), Example = asked.Example is not { } example ? null : asked.Kind == "integer" ? JsonNode.Parse(example) : example };

    private static OpenApiSchema Schema(Asked asked) => asked.Kind switch
    {
        "integer" => new() { Type = JsonSchemaType.Integer, Format = "int32" },
        "boolean" => new() { Type = JsonSchemaType.Boolean },
        "array" => new() { Type = JsonSchemaType.Array, Items = Text() },
        "file" => new() { Type = JsonSchemaType.String, Format = "binary" },
        _ => new() { Type = JsonSchemaType.String, Enum = asked.Choices.Count > 0 ? [.. asked.Choices.Select(choice => JsonValue.Create(choice))] : null },
    };

    private static OpenApiSchema Text(string? meaning = null) => new() { Type = JsonSchemaType.String, Description = meaning };

    /// <summary>The schema of a record is there already; forms and texts have theirs made here.</summary>
    private static OpenApiRequestBody Body(SaidBody said, Said endpoint, OpenApiRequestBody? body)
    {
        body ??= new() { Content = new Dictionary<string, OpenApiMediaType>() };
        body.Required = !said.IsOptional;
        body.Description = said.Meaning;
        if (said.Shape is not null)
        {
            foreach (var media in body.Content!.Values) media.Example = said.Example is { } json ? JsonNode.Parse(json) : null;
            return body;
        }
        if (said.Fields.Count > 0)
        {
            var form = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = said.Fields.ToDictionary(field => field.Name, Field), Required = said.Fields.Where(field => field.IsRequired).Select(field => field.Name).ToHashSet() };
            body.Content![said.Media] = new OpenApiMediaType { Schema = form, Example = said.Example is { } fields ? JsonNode.Parse(fields) : null };
            return body;
        }
        foreach (var media in endpoint.AlsoAs.Prepend(said.Media)) body.Content![media] = new OpenApiMediaType { Schema = Text(said.Meaning), Example = media == said.Media ? said.Example : null };
        return body;
    }

    private static IOpenApiSchema Field(Asked field)
    {
        var schema = Schema(field);
        schema.Description = field.Meaning;
        return schema;
    }

    private static void Respond(int status, OpenApiResponse response, Said said, OpenApiDocument document)
    {
        response.Description = Meanings[status];
        if (status == StatusCodes.Status403Forbidden && !said.IsFhir) response.Content!["application/fhir+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(OperationOutcome), document) };
        if (status != said.Status) return;
        if (said.Answer is { Shape: null } answer)
        {
            response.Content ??= new Dictionary<string, OpenApiMediaType>();
            foreach (var media in said.AlsoAs.Prepend(answer.Media)) response.Content[media] = new OpenApiMediaType { Schema = Text(answer.Meaning) };
        }
        var headers = said.HasTag ? said.Headers.Prepend(("ETag", "The version, for `If-Match`.")) : said.Headers;
        foreach (var (name, meaning) in headers) (response.Headers ??= new Dictionary<string, IOpenApiHeader>())[name] = new OpenApiHeader { Description = meaning, Schema = Text() };
    }
}

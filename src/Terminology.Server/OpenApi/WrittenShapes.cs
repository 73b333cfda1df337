using System.Collections;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Terminology.Server.OpenApi;

/// <summary>Makes schemas of records say how they are really written: what is null and what is an empty list is left out, so that only what is always there is required.</summary>
internal sealed partial class WrittenShapes : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (schema.Required is { } required) required.ExceptWith(context.JsonTypeInfo.Properties.Where(MayBeAbsent).Select(property => property.Name));
        if (context.JsonTypeInfo.Type == typeof(object)) schema.Type = JsonSchemaType.Object;
        schema.Description = Plain(schema.Description);
        foreach (var property in (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Values) property.Description = Plain(property.Description);
        return Task.CompletedTask;
    }

    private static bool MayBeAbsent(JsonPropertyInfo property)
        => !property.IsRequired && (property.IsGetNullable || (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)));

    /// <summary>Links of documentation in code, as Markdown has them.</summary>
    private static string? Plain(string? text) => text is null ? null : Link().Replace(text, "[$2]($1)");

    [GeneratedRegex("<see href=\"([^\"]*)\">(.*?)</see>", RegexOptions.Singleline)]
    private static partial Regex Link();
}

using System.Collections;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Terminology.Mapping;

/// <summary>The records of this project as JSON, in <c>/api</c>, in the journal and in files alike: camelCase, words with hyphens (<c>source-is-narrower-than-target</c>), nothing for null and empty lists.</summary>
public static class MappingJson
{
    /// <summary>How. Members that are not known are errors, so that a mistyped name is told.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>How what others send is read: a null where there is none is an error as well, and so is what is missing. What is wrong is told by <see cref="JsonFaults"/>.</summary>
    public static JsonSerializerOptions Requests { get; } = new(Options) { RespectNullableAnnotations = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmptyLists, AskForParameters } } };

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Shape(options);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Gives options of the web the form that the records have here; for whoever describes them.</summary>
    public static void Shape(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmptyLists } };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    /// <summary>What a record takes first is needed, unless it may be null or has a value by itself.</summary>
    private static void AskForParameters(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.GetConstructors() is not [var constructor]) return;
        var nullability = new NullabilityInfoContext();
        foreach (var parameter in constructor.GetParameters().Where(parameter => !parameter.HasDefaultValue && nullability.Create(parameter).WriteState == NullabilityState.NotNull))
        {
            if (type.Properties.FirstOrDefault(property => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)) is { } property) property.IsRequired = true;
        }
    }

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)))
        {
            property.ShouldSerialize = (_, value) => value is not ICollection { Count: 0 };
        }
    }
}

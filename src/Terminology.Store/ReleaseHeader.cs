using System.Text.Json;
using System.Text.Json.Serialization;
using Terminology.CodeSystems;
using Terminology.Releases;

namespace Terminology.Store;

/// <summary>The small tables of a release file.</summary>
internal sealed record ReleaseHeader
{
    public required ReleaseInfo Info { get; init; }

    /// <summary>How many of the properties the loader declared; the rest came with the rows.</summary>
    public int DeclaredProperties { get; init; }

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<Coding> Uses { get; init; } = [];

    public IReadOnlyList<long> Modules { get; init; } = [];

    public IReadOnlyList<RefsetInfo> Refsets { get; init; } = [];
}

[JsonSerializable(typeof(ReleaseHeader))]
[JsonSerializable(typeof(Terminology.Maps.ConceptMapInfo))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, Converters = [typeof(CodeSystemUriConverter)])]
internal sealed partial class StoreJson : JsonSerializerContext;

internal sealed class CodeSystemUriConverter : JsonConverter<CodeSystemUri>
{
    public override CodeSystemUri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, CodeSystemUri value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

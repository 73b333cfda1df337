using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terminology.Store.Data;

/// <summary>What is loaded, what is live, and every change to it: the small file <c>manifest.json</c> of a data folder.</summary>
public sealed record Manifest
{
    /// <summary>Format of the file itself; a higher one is refused.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The releases, in order of loading.</summary>
    public IReadOnlyList<ReleaseEntry> Releases { get; init; } = [];

    /// <summary>Every import, activation and removal, oldest first; never shortened.</summary>
    public IReadOnlyList<ManifestEvent> Log { get; init; } = [];

    /// <summary>The entry with this id, or null.</summary>
    public ReleaseEntry? Find(VersionedUrl id) => Releases.FirstOrDefault(release => release.Id == id);

    /// <summary>The live release of a system, or null.</summary>
    public ReleaseEntry? Live(string url) => Releases.FirstOrDefault(release => release.Url == url && release.Live);

    internal Manifest With(ReleaseEntry entry, bool activate)
    {
        var replaced = Find(entry.Id);
        var live = activate || replaced is { Live: true } || Live(entry.Url) is null;
        var others = Releases.Where(release => release.Id != entry.Id)
            .Select(release => live && release.Url == entry.Url ? release with { Live = false } : release);
        return this with { Releases = [.. others, entry with { Live = live }] };
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.Manifest);

    internal static Manifest FromJson(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, ManifestJson.Default.Manifest) ?? new();
}

/// <summary>One loaded release.</summary>
/// <param name="Url">What it is a release of: a code system's canonical, a map's, a package id.</param>
/// <param name="Version">Its version.</param>
/// <param name="File">Name of the store file in <c>releases/</c>: format and content hash.</param>
/// <param name="Title">Name for people.</param>
/// <param name="SourceFormat">What it was read from.</param>
/// <param name="Bytes">Size of the store file.</param>
/// <param name="Concepts">Concepts in it.</param>
/// <param name="Loaded">When it was loaded.</param>
/// <param name="Live">Does it answer when no version is asked for?</param>
public sealed record ReleaseEntry(
    string Url, string Version, string File, string Title, string SourceFormat, long Bytes, int Concepts, DateTimeOffset Loaded, bool Live)
{
    /// <summary>Url and version together.</summary>
    [JsonIgnore]
    public VersionedUrl Id => new(Url, Version);

    /// <summary>Copyright and licence notice, or null.</summary>
    public string? Copyright { get; init; }
}

/// <summary>One change of the manifest.</summary>
/// <param name="Time">When.</param>
/// <param name="Actor">Who: user name of the process, or of the person behind the request.</param>
/// <param name="Action">import, activate or remove.</param>
/// <param name="Url">Of what.</param>
/// <param name="Version">In which version.</param>
/// <param name="Before">The version that was live before, when that changed; or null.</param>
public sealed record ManifestEvent(DateTimeOffset Time, string Actor, string Action, string Url, string Version, string? Before);

[JsonSerializable(typeof(Manifest))]
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ManifestJson : JsonSerializerContext;

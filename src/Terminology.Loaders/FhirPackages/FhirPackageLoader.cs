using System.Text;
using System.Text.Json;
using Terminology.Fhir.Operations;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.FhirPackages;

/// <summary>FHIR packages (package.json and resources), folders of resources, single resources and Bundles; JSON or XML.</summary>
/// <remarks>FHIR <see href="https://confluence.hl7.org/display/FHIR/NPM+Package+Specification">package specification</see>.</remarks>
internal sealed class FhirPackageLoader : IReleaseLoader
{
    private static readonly string[] Types = ["CodeSystem", "ValueSet", "ConceptMap", "NamingSystem", "Bundle"];

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var candidates = files.Files.Where(IsResource).ToArray();
        if (candidates.Length == 0) return [];
        var found = new List<RecognisedRelease>();
        var packages = files.Files.Where(file => file.Name == "package.json").Select(file => (Folder: file.Path[..^"package.json".Length], Manifest: Manifest(file), File: file)).ToArray();
        foreach (var package in packages)
        {
            var own = candidates.Where(file => file.Path.StartsWith(package.Folder, StringComparison.Ordinal) && !file.Path.Contains("/other/", StringComparison.Ordinal)).ToArray();
            if (own.Length > 0) found.Add(new FhirPackage(own) { Info = Package(package.Manifest.Name, package.Manifest.Version, options), Files = [.. own, package.File] });
        }
        foreach (var single in candidates.Where(file => packages.All(package => !file.Path.StartsWith(package.Folder, StringComparison.Ordinal))))
        {
            found.Add(new FhirPackage([single]) { Info = Single(single, options), Files = [single] });
        }
        return found;
    }

    private static bool IsResource(ReleaseFile file)
    {
        var name = file.UnpackedName;
        if (name is "package.json" or ".index.json" or "ig-r4.json" || name.StartsWith('.')) return false;
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var start = file.Start();
            return start.Contains("\"resourceType\"", StringComparison.Ordinal) && Types.Any(type => TypeIn(start) == type) || Types.Any(type => name.StartsWith(type + "-", StringComparison.Ordinal));
        }
        return name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && file.Start() is var xml && xml.Contains("http://hl7.org/fhir", StringComparison.Ordinal) && Types.Any(type => xml.Contains($"<{type} ", StringComparison.Ordinal) || xml.Contains($"<{type}\n", StringComparison.Ordinal));
    }

    private static string? TypeIn(string start)
    {
        var at = start.IndexOf("\"resourceType\"", StringComparison.Ordinal);
        var open = start.IndexOf('"', start.IndexOf(':', at) is > 0 and var colon ? colon : at);
        var close = open < 0 ? -1 : start.IndexOf('"', open + 1);
        return close < 0 ? null : start[(open + 1)..close];
    }

    private static (string Name, string? Version) Manifest(ReleaseFile file)
    {
        try
        {
            using var stream = file.Open();
            using var json = JsonDocument.Parse(stream);
            return (json.RootElement.TryGetProperty("name", out var name) ? name.GetString() ?? "package" : "package", json.RootElement.TryGetProperty("version", out var version) ? version.GetString() : null);
        }
        catch (JsonException problem)
        {
            throw new ReleaseFormat($"this is not valid JSON: {problem.Message}", file.Path, (problem.LineNumber ?? 0) + 1);
        }
    }

    private static ReleaseInfo Package(string name, string? version, ImportOptions options) => new()
    {
        Id = options.As ?? new(name, version), Title = $"FHIR package {name} {version}", Format = "fhir-package",
    };

    /// <summary>A single resource is a release under its own canonical; its date and content stand for a version it does not have.</summary>
    private static ReleaseInfo Single(ReleaseFile file, ImportOptions options)
    {
        var resource = FhirPackage.Resources(file, out _).FirstOrDefault();
        return new()
        {
            Id = options.As ?? (resource is null ? new(file.Path, "0") : new(resource.Url, resource.Version ?? resource.Date ?? "0")),
            Title = resource is null ? file.Path : $"{resource.ResourceType} {resource.Url}",
            Format = "fhir-resource",
            Date = resource?.Date,
        };
    }
}

/// <summary>Resources of one package, each read whole so that a broken one is named; what is not terminology is passed over.</summary>
internal sealed class FhirPackage(IReadOnlyList<ReleaseFile> files) : RecognisedRelease
{
    private static readonly FhirResourceReader Reader = new();

    public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        report.Progress.TotalBytes = files.Sum(file => file.Length);
        sink.Begin(info);
        var counts = files.Count > 1 ? report.Begin(files[0].Path.Split('/')[0]) : null;
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            report.Progress.Step = file.Path;
            report.Progress.Bytes += file.Length;
            var own = counts ?? report.Begin(file.Path);
            List<ResourceRecord> resources;
            try
            {
                resources = Resources(file, out var reasons);
                foreach (var reason in reasons)
                {
                    own.Row();
                    own.Reject(0, $"{file.Name}: {reason}");
                }
            }
            catch (TerminologyException problem)
            {
                own.Row();
                own.Reject(0, $"{file.Name}: {problem.Message}");
                continue;
            }
            foreach (var resource in resources)
            {
                own.Row();
                sink.Resource(resource);
            }
        }
    }

    /// <summary>The terminology resources of a file, a Bundle opened.</summary>
    /// <param name="file">JSON or XML.</param>
    /// <param name="reasons">What was wrong with resources that are left out.</param>
    /// <exception cref="TerminologyException">Structure: not a resource.</exception>
    public static List<ResourceRecord> Resources(ReleaseFile file, out List<string> reasons)
    {
        ReadOnlyMemory<byte> bytes;
        using (var stream = file.Open())
        using (var memory = new MemoryStream())
        {
            stream.CopyTo(memory);
            bytes = memory.ToArray();
        }
        if (file.UnpackedName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) bytes = XmlWire.ToJson(bytes);
        return Resources(bytes, out reasons);
    }

    internal static List<ResourceRecord> Resources(ReadOnlyMemory<byte> json, out List<string> reasons)
    {
        var problems = reasons = [];
        var found = new List<ResourceRecord>();
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException problem)
        {
            throw new TerminologyException(IssueType.Structure, "NOT_JSON", $"this is not valid JSON at line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}.");
        }
        using (document)
        {
            var root = document.RootElement;
            if (Text(root, "resourceType") != "Bundle")
            {
                Add(root, json);
                return found;
            }
            if (!root.TryGetProperty("entry", out var entries)) return found;
            foreach (var entry in entries.EnumerateArray())
            {
                if (entry.TryGetProperty("resource", out var resource)) Add(resource, Encoding.UTF8.GetBytes(resource.GetRawText()));
            }
        }
        return found;

        void Add(JsonElement resource, ReadOnlyMemory<byte> bytes)
        {
            try
            {
                if (Record(resource, bytes) is { } record) found.Add(record);
            }
            catch (Exception problem) when (problem is TerminologyException or ArgumentException)
            {
                problems.Add($"{Text(resource, "resourceType")} {Text(resource, "url") ?? Text(resource, "id")}: {problem.Message}");
            }
        }
    }

    private static ResourceRecord? Record(JsonElement resource, ReadOnlyMemory<byte> json)
    {
        var type = Text(resource, "resourceType");
        var index = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var url = Text(resource, "url");
        switch (type)
        {
            case "CodeSystem":
                _ = Reader.ReadCodeSystem(json);
                Put("content", Text(resource, "content"));
                Put("supplements", Text(resource, "supplements"));
                Put("identifier", [.. List(resource, "identifier").Select(identifier => Text(identifier, "value"))]);
                break;
            case "ValueSet":
                _ = Reader.ReadValueSet(json);
                break;
            case "ConceptMap":
                _ = Reader.ReadConceptMap(json);
                Put("group.source", [.. List(resource, "group").Select(group => Canonical(Text(group, "source"))).Distinct()]);
                Put("group.target", [.. List(resource, "group").Select(group => Canonical(Text(group, "target"))).Distinct()]);
                Put("sourceScope", Text(resource, "sourceUri") ?? Text(resource, "sourceCanonical") ?? Text(resource, "sourceScopeUri") ?? Text(resource, "sourceScopeCanonical"));
                Put("targetScope", Text(resource, "targetUri") ?? Text(resource, "targetCanonical") ?? Text(resource, "targetScopeUri") ?? Text(resource, "targetScopeCanonical"));
                break;
            case "NamingSystem":
                var ids = List(resource, "uniqueId").ToArray();
                url = ids.Where(id => Text(id, "type") == "uri").Select(id => Text(id, "value")).FirstOrDefault() ?? Text(resource, "name");
                Put("identifier", [.. ids.Select(id => Text(id, "type") == "oid" ? $"urn:oid:{Text(id, "value")}" : Text(id, "value"))]);
                break;
            default:
                return null;
        }
        if (string.IsNullOrEmpty(url)) throw new TerminologyException(IssueType.Structure, "NO_URL", $"{type}.url: it is missing; without a canonical nobody can ask for it.");
        var canonical = VersionedUrl.Parse(url);
        return new(type, canonical.Url, Text(resource, "version") ?? canonical.Version, Text(resource, "id"), Text(resource, "status") switch
        {
            "active" => PublicationStatus.Active,
            "draft" => PublicationStatus.Draft,
            "retired" => PublicationStatus.Retired,
            _ => PublicationStatus.Unknown,
        }, Text(resource, "date"), json) { Index = index };

        void Put(string name, params string?[] values)
        {
            var given = values.OfType<string>().ToArray();
            if (given.Length > 0) index[name] = given;
        }
    }

    private static string? Canonical(string? url) => url is null ? null : VersionedUrl.Parse(url).Url;

    private static string? Text(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement[] List(JsonElement element, string name) => element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
}

using System.Text.Json;
using Terminology.Fhir.Json;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.FhirPackages;

/// <summary>
/// FHIR packages (a folder with a <c>package.json</c>) and loose resources in JSON or XML. A package is one release; a loose resource is a release of its own,
/// so that it can be made live and taken back alone; many of them together are one release that needs a name.
/// </summary>
/// <remarks>FHIR <see href="https://hl7.org/fhir/packages.html">package format</see>.</remarks>
internal sealed class FhirPackageLoader : IReleaseLoader
{
    /// <summary>More loose resources than this are one release.</summary>
    internal const int MostAlone = 64;

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var releases = new List<RecognisedRelease>();
        var rest = files.Files.ToList();
        foreach (var manifest in files.Files.Where(file => file.Name == "package.json"))
        {
            var folder = manifest.Path[..^"package.json".Length];
            var members = rest.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal)).ToArray();
            if (Package(manifest, folder, members, options) is not { } package) continue;
            releases.Add(package);
            rest.RemoveAll(file => members.Contains(file));
        }
        releases.AddRange(Loose(rest, files.Root, options));
        return releases;
    }

    private static FhirResourcesRelease? Package(ReleaseFile manifest, string folder, ReleaseFile[] members, ImportOptions options)
    {
        using var document = Parse(manifest);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root || Text(root, "name") is not { } name || !IsFhir(root)) return null;
        // Examples and other material lie in folders below.
        var resources = members.Where(file => !file.Path.AsSpan(folder.Length).Contains('/') && HasResourceName(file) && file.Name is not ("package.json" or ".index.json")).ToArray();
        var version = options.As?.Version ?? Text(root, "version");
        return new(resources)
        {
            Info = new()
            {
                Id = new(name, version),
                Title = $"{Text(root, "title") ?? name} {version}",
                Format = "fhir-package",
                Date = Date(Text(root, "date")),
                Copyright = Text(root, "license") is { } license ? $"Licence: {license}" : null,
            },
            Files = members,
        };
    }

    private static List<FhirResourcesRelease> Loose(IReadOnlyList<ReleaseFile> files, string root, ImportOptions options)
    {
        var found = files.Where(HasResourceName).Select(file => (File: file, Type: TypeOf(file)))
            .Where(item => item.Type is "" or "Bundle" || (item.Type is not null && ResourceFile.Kept.Contains(item.Type))).ToArray();
        if (found.Length == 0) return [];
        var faulty = new List<(ReleaseFile File, TerminologyException Fault)>();
        var alone = found.Length <= MostAlone ? found.SelectMany(item => Alone(item.File, faulty)).ToArray() : [];
        if (alone.Length == 0 && faulty.Count > 0) throw ResourceFiles.Fault(faulty[0].File, faulty[0].Fault);
        if (alone.Length is 0 or > MostAlone) return [Together(found.Select(item => item.File).ToArray(), root, options)];
        if (alone.Length > 1 && options.As is not null) return [Together(found.Select(item => item.File).ToArray(), root, options)];
        return [.. alone.Select((item, index) => new FhirResourcesRelease([item.File], item.Place, index == 0 ? [.. faulty.Select(problem => problem.File).Distinct()] : [])
        {
            Info = new()
            {
                Id = new(options.As?.Url ?? item.Resource.Record.Url, options.As?.Version ?? item.Resource.Record.Version ?? item.Resource.Record.Date),
                Title = $"{item.Resource.Record.ResourceType} {item.Resource.Title}",
                Format = "fhir-resource",
                Date = Date(item.Resource.Record.Date),
                CodeSystem = NativeCodeSystem.InfoOf(item.Resource),
            },
            Files = [item.File],
        })];
    }

    private static FhirResourcesRelease Together(ReleaseFile[] files, string root, ImportOptions options) => new(files)
    {
        Info = new()
        {
            Id = options.As ?? new(Path.GetFileNameWithoutExtension(root.TrimEnd('/', '\\')) is { Length: > 0 } name ? name : "fhir-resources"),
            Title = $"FHIR resources of {root}",
            Format = "fhir-resource",
        },
        Files = files,
    };

    /// <summary>The resources of a file that can be read; those that cannot are noted.</summary>
    private static List<(ReleaseFile File, string Place, ReadResource Resource)> Alone(ReleaseFile file, List<(ReleaseFile, TerminologyException)> faulty)
    {
        var read = new List<(ReleaseFile, string, ReadResource)>();
        try
        {
            foreach (var text in ResourceFile.Read(ResourceFiles.Bytes(file)))
            {
                if (ResourceFiles.FaultOf(text, out var resource) is { } fault) faulty.Add((file, fault));
                else if (resource is not null) read.Add((file, text.Place, resource));
            }
        }
        catch (TerminologyException fault)
        {
            faulty.Add((file, fault));
        }
        return read;
    }

    private static bool HasResourceName(ReleaseFile file)
        => file.UnpackedName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || file.UnpackedName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    private static string? TypeOf(ReleaseFile file) => ResourceFile.TypeOf(file.UnpackedName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) ? ResourceFiles.Start(file) : ResourceFiles.Bytes(file));

    private static JsonDocument? Parse(ReleaseFile manifest)
    {
        try
        {
            return JsonDocument.Parse(ResourceFiles.Bytes(manifest));
        }
        catch (JsonException e)
        {
            throw new ReleaseFormat($"this is not JSON: {new JsonFormat(e).Message}", manifest.Path);
        }
    }

    /// <summary>An npm package of something else has a package.json too.</summary>
    private static bool IsFhir(JsonElement root)
        => root.TryGetProperty("fhirVersions", out _) || root.TryGetProperty("fhir-version-list", out _) || root.TryGetProperty("canonical", out _)
            || (root.TryGetProperty("dependencies", out var needs) && needs.ValueKind == JsonValueKind.Object && needs.EnumerateObject().Any(need => need.Name.StartsWith("hl7.fhir.", StringComparison.Ordinal)));

    private static string? Text(JsonElement root, string name)
        => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>Packages write 20251211215612, resources 2025-12-11T21:56:12Z.</summary>
    private static string? Date(string? text) => text switch
    {
        null => null,
        _ when text.Length >= 8 && text.AsSpan(0, 8).ContainsAnyExceptInRange('0', '9') is false => $"{text[..4]}-{text[4..6]}-{text[6..8]}",
        _ => text.Length >= 10 ? text[..10] : text,
    };
}

using System.Xml.Linq;
using Terminology.Issues;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.Icd10;

/// <summary>Classifications in ClaML 2 and 3: ICD-10 of the WHO and its national adaptations.</summary>
/// <remarks>EN 14463 <see href="https://www.who.int/standards/classifications/classification-of-diseases">ClaML</see>.</remarks>
internal sealed class ClamlLoader : IReleaseLoader
{
    /// <summary>What a title says it is, and the code system that is.</summary>
    private static readonly (string InTitle, string Url, string Publisher, string? Oid)[] Known =
    [
        ("ICD-10-GM", "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "BfArM", "urn:oid:1.2.276.0.76.5.409"),
        ("OPS", "http://fhir.de/CodeSystem/bfarm/ops", "BfArM", null),
        ("ICD-O-3", "http://terminology.hl7.org/CodeSystem/icd-o-3", "World Health Organization", "urn:oid:2.16.840.1.113883.6.43.1"),
        ("ICD", CodeSystemUri.Icd10.Value, "World Health Organization", "urn:oid:2.16.840.1.113883.6.3"),
        ("International", CodeSystemUri.Icd10.Value, "World Health Organization", "urn:oid:2.16.840.1.113883.6.3"),
    ];

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = new List<RecognisedRelease>();
        foreach (var file in files.Files)
        {
            if (SafeXml.Root(file) is not { Name.LocalName: "ClaML" } root) continue;
            var title = SafeXml.Head(file, "Title");
            var name = (string?)title?.Attribute("name") ?? title?.Value.Trim() ?? "";
            // A file whose title cannot be read is refused with the reason when it is loaded.
            var known = title is null ? Known.First(known => known.InTitle == "ICD") : Known.FirstOrDefault(known => name.Contains(known.InTitle, StringComparison.OrdinalIgnoreCase));
            var version = options.As?.Version ?? NotEmpty((string?)title?.Attribute("version"));
            var url = options.As?.Url ?? known.Url ?? throw new ReleaseFormat($"this is ClaML of '{name}', whose code system is not known here; name it: --as URL|VERSION.", file.Path);
            var date = NotEmpty((string?)title?.Attribute("date"));
            var copyright = known.Publisher is null ? null : $"© {known.Publisher}";
            found.Add(new ClamlRelease(file)
            {
                Info = new()
                {
                    Id = new(url, version),
                    Title = $"{name} {version}",
                    Format = "icd10-claml",
                    Date = date,
                    Copyright = copyright,
                    CodeSystem = new()
                    {
                        Url = new(url), Version = version, Name = (known.InTitle ?? name).Replace('-', '_').Replace(' ', '_'), Title = name, Date = date, Publisher = known.Publisher, Copyright = copyright,
                        Language = (string?)root.Attribute(XNamespace.Xml + "lang") ?? NotEmpty((string?)SafeXml.Head(file, "Meta")?.Attribute("lang")) ?? "en",
                        Identifiers = known.Oid is null || options.As is not null ? [] : [known.Oid],
                    },
                },
                Files = [file],
            });
        }
        return found;
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

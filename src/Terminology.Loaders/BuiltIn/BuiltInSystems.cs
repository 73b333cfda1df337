using System.Xml.Linq;
using Terminology.CodeSystems;
using Terminology.Fhir.Resources;
using Terminology.Loaders.Ucum;
using Terminology.Releases;
using Terminology.ValueSets;

namespace Terminology.Loaders.BuiltIn;

/// <summary>
/// Code systems that every server has without an import: those whose codes follow a grammar or a public registry. Their tables are inside this assembly and are read when the
/// first code is asked for; a release that is loaded goes before them.
/// </summary>
public static class BuiltInSystems
{
    private const string CountryVersion = "2018";

    private static readonly Lazy<(ICodeSystem System, ValueSet Common)> Languages = new(() =>
    {
        using var table = Table("language-subtags.tsv");
        return ComposedSystems.Languages(table);
    });

    /// <summary>The code systems, and the value set that stands for all languages.</summary>
    public static BuiltInContent Content { get; } = new(
        [
            Entry(CodeSystemUri.Ucum.Value, UcumEssenceFile.Version, Ucum, "http://unitsofmeasure.org/vs"),
            Entry(CodeSystemUri.Languages.Value, null, () => Languages.Value.System),
            Entry(CodeSystemUri.MediaTypes.Value, null, ComposedSystems.MediaTypes, "http://www.rfc-editor.org/bcp/bcp13.txt"),
            Entry(CodeSystemUri.Countries.Value, CountryVersion, Countries),
            Entry(CodeSystemUri.Currencies.Value, null, Currencies),
        ],
        [new("http://terminology.hl7.org/ValueSet/Languages", null, Live: true, Release: null) { Status = PublicationStatus.Active, ValueSet = new(() => Languages.Value.Common) }]);

    private static CodeSystemEntry Entry(string url, string? version, Func<ICodeSystem> open, string? valueSet = null) => new(url, version, Live: true, Release: null) { CodeSystem = new(open), IsBuiltIn = true, ValueSet = valueSet };

    private static ICodeSystem Ucum()
    {
        using var stream = UcumEssenceFile.Open();
        var root = XDocument.Load(stream).Root!;
        var (sink, report) = (new MemorySink(), new LoadReport());
        sink.Begin(UcumEssence.Info((string?)root.Attribute("version")));
        UcumEssence.Push(root, sink, report.Begin("ucum-essence.xml"));
        return ComposedSystems.Ucum(sink.CodeSystem);
    }

    /// <summary>Each country under its three codes, each of which says the other two; then those that are for users to assign.</summary>
    private static InMemoryCodeSystem Countries()
    {
        var builder = new InMemoryCodeSystemBuilder(new()
        {
            Url = CodeSystemUri.Countries, Version = CountryVersion, Name = "ISO3166", Title = "Country codes (ISO 3166-1)", Publisher = "ISO", Language = "en", HierarchyMeaning = null,
            Copyright = "Codes of ISO 3166-1, which may be used free of charge; names of HL7 FHIR R4 (CC0).",
        });
        var rows = Rows("countries.tsv");
        string[] kinds = ["alpha-2", "alpha-3", "numeric"];
        for (var kind = 0; kind < kinds.Length; kind++)
        {
            foreach (var row in rows.Where(row => row[kind].Length > 0))
            {
                var (concept, _) = builder.Add(row[kind], row[3]);
                for (var other = 0; other < kinds.Length; other++)
                {
                    if (other != kind && row[other].Length > 0) builder.AddProperty(concept, kinds[other], PropertyType.Code, row[other]);
                }
            }
        }
        return builder.Build();
    }

    private static InMemoryCodeSystem Currencies()
    {
        var builder = new InMemoryCodeSystemBuilder(new()
        {
            Url = CodeSystemUri.Currencies, Name = "ISO4217", Title = "Currency codes (ISO 4217)", Publisher = "ISO", Language = "en", HierarchyMeaning = null,
            Copyright = "Codes of ISO 4217; names of HL7 FHIR R4 (CC0).",
        });
        foreach (var row in Rows("currencies.tsv")) builder.Add(row[0], row[1]);
        return builder.Build();
    }

    private static string[][] Rows(string name)
    {
        using var table = Table(name);
        return [.. table.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split('\t'))];
    }

    private static StreamReader Table(string name) => new(Resource(name));

    private static Stream Resource(string name)
        => typeof(BuiltInSystems).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The table {name} is not in the assembly.");
}

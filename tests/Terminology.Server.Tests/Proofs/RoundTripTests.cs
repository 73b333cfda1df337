using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Terminology.Loaders.FhirPackages;
using Terminology.Server.Hosting;
using Terminology.Server.Verbs;
using Terminology.Store.Data;

namespace Terminology.Server.Proofs;

/// <summary>Every code system, value set, concept map and naming system that HL7 publishes with R4 comes back as it was sent, in JSON and in XML.</summary>
public sealed class RoundTripTests
{
    private static readonly XNamespace Fhir = "http://hl7.org/fhir";
    private static readonly string[] Members = ["valuesets.xml", "v2-tables.xml", "v3-codesystems.xml", "conceptmaps.xml", "namingsystem-registry.xml"];

    /// <summary>Not valid R4: an address that is none, an empty code.</summary>
    private static readonly string[] Invalid = ["CodeSystem snomedct", "CodeSystem v2-0550"];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("terminology-round-trip").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task PutAndGet_EverythingOfR4_ComesBackEqual()
    {
        var (faults, sent) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<string, string>());
        await WithServerAsync(async client => await Parallel.ForEachAsync(Resources(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (resource, cancel) =>
        {
            var type = resource.Name.LocalName;
            var name = $"{type} {(string?)resource.Element(Fhir + "id")?.Attribute("value")}";
            var (status, xml, location) = await SendAsync(client, type, resource.ToString(SaveOptions.DisableFormatting), "xml");
            if (Invalid.Contains(name))
            {
                Assert.That(status, Is.EqualTo(400), xml);
                return;
            }
            if (status != 201)
            {
                faults.Enqueue($"{name}: {status} {xml}");
                return;
            }
            sent[location] = name;
            if (Difference(resource, XElement.Parse(xml)) is { } inXml) faults.Enqueue($"{name} in XML: {inXml}");
            var json = await client.GetStringAsync(new Uri(location), cancel);
            (status, var second, _) = await SendAsync(client, type, json, "json");
            if (status != 201 || !JsonNode.DeepEquals(Bare(json), Bare(second))) faults.Enqueue($"{name} in JSON: {status} {second[..Math.Min(300, second.Length)]}");
            var again = await client.GetStringAsync(new Uri($"{location}?_format=xml"), cancel);
            if (Difference(resource, XElement.Parse(again)) is { } read) faults.Enqueue($"{name} read as XML: {read}");
        }));
        TestContext.Out.WriteLine($"{sent.Count} resources sent in both formats, {faults.Count} differences");
        Assert.That(faults, Is.Empty, string.Join('\n', faults.Select(fault => fault[..Math.Min(400, fault.Length)]).Take(40)));
        Assert.That(sent, Has.Count.GreaterThan(2000));
    }

    private async Task WithServerAsync(Func<HttpClient, Task> use)
    {
        await using var app = ServeVerb.Build(DataFolder.Open(_folder, TimeProvider.System), new ServeOptions { Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new($"{app.Urls.First()}/fhir/") };
        await use(client);
        await app.StopAsync();
    }

    private static async Task<(int Status, string Text, string Location)> SendAsync(HttpClient client, string type, string body, string format)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(type, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, $"application/fhir+{format}") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue($"application/fhir+{format}"));
        using var response = await client.SendAsync(request);
        var location = response.Headers.Location?.ToString().Split("/_history")[0] ?? "";
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), location);
    }

    private static IEnumerable<XElement> Resources()
    {
        using var archive = new ZipArchive(typeof(BuiltInR4).Assembly.GetManifestResourceStream("fhir-r4-definitions.zip")!);
        foreach (var name in Members)
        {
            using var stream = archive.GetEntry(name)!.Open();
            using var reader = XmlReader.Create(stream, new() { IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true, DtdProcessing = DtdProcessing.Prohibit });
            foreach (var resource in XElement.Load(reader).Elements(Fhir + "entry").Elements(Fhir + "resource").Elements().Where(element => StoredResources.Types.Contains(element.Name.LocalName)))
            {
                resource.Remove();
                yield return resource;
            }
        }
    }

    /// <summary>The first difference but for what the server says itself; null when there is none.</summary>
    private static string? Difference(XElement sent, XElement read)
    {
        var (one, other) = (Bare(sent), Bare(read));
        if (XNode.DeepEquals(one, other)) return null;
        foreach (var (left, right) in one.Descendants().Zip(other.Descendants()))
        {
            if (left.Name != right.Name || (string?)left.Attribute("value") != (string?)right.Attribute("value")) return $"{left} / {right}";
        }
        return $"{one.Descendants().Count()} elements / {other.Descendants().Count()}";
    }

    /// <summary>Without id, version and moment, and with nothing left of what has no meaning: declarations, blanks around narratives.</summary>
    private static XElement Bare(XElement resource)
    {
        var bare = new XElement(resource);
        bare.Elements(Fhir + "id").Remove();
        bare.Elements(Fhir + "meta").Elements().Where(element => element.Name.LocalName is "versionId" or "lastUpdated").Remove();
        bare.Elements(Fhir + "meta").Where(meta => !meta.HasElements).Remove();
        bare.DescendantsAndSelf().Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Remove();
        // "Leading and trailing whitespace is allowed, but SHOULD be removed when using the XML format": FHIR R4 datatypes.html#string.
        foreach (var value in bare.Descendants().Where(element => element.Name.Namespace == Fhir).Attributes("value")) value.Value = value.Value.Trim();
        return bare;
    }

    private static JsonObject Bare(string json)
    {
        var bare = JsonNode.Parse(json)!.AsObject();
        bare.Remove("id");
        if (bare["meta"] is JsonObject meta)
        {
            meta.Remove("versionId");
            meta.Remove("lastUpdated");
            if (meta.Count == 0) bare.Remove("meta");
        }
        return bare;
    }
}

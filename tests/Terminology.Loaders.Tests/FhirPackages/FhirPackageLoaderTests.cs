using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders.FhirPackages;

public sealed class FhirPackageLoaderTests
{
    private const string Manifest = """{"name":"example.package","version":"1.2.0","fhirVersions":["4.0.1"],"date":"20240102030405","title":"Example","license":"CC0-1.0"}""";

    private const string System = """
        {"resourceType":"CodeSystem","id":"cs","url":"http://example.org/cs","version":"1","status":"active","content":"complete","concept":[{"code":"a"},{"code":"b"}]}
        """;

    private const string Map = """
        {"resourceType":"ConceptMap","url":"http://example.org/map","version":"3","status":"draft","sourceUri":"http://example.org/vs1","group":[
          {"source":"http://example.org/cs","target":"http://example.org/t|1","element":[{"code":"a","target":[{"code":"x","equivalence":"equivalent"}]}]}]}
        """;

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("fhir").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Package_Unpacked_IsOneRelease()
    {
        Write("package/package.json", Manifest);
        Write("package/CodeSystem-cs.json", System);
        Write("package/ConceptMap-map.json", Map);
        Write("package/StructureDefinition-x.json", """{"resourceType":"StructureDefinition"}""");
        Write("package/example/CodeSystem-example.json", System.Replace("/cs", "/example", StringComparison.Ordinal));
        var (release, sink, report) = Load(_folder).Single();
        Assert.That(release.Info, Has.Property("Id").EqualTo(new VersionedUrl("example.package", "1.2.0")).And.Property("Date").EqualTo("2024-01-02").And.Property("Format").EqualTo("fhir-package"));
        Assert.That(sink.Resources.Select(record => record.Url), Is.EqualTo(new[] { "http://example.org/cs", "http://example.org/map" }));
        Assert.That(sink.Resources[0].Index["content"], Is.EqualTo(new[] { "complete" }));
        Assert.That(sink.Resources[1].Index["group.target"], Is.EqualTo(new[] { "http://example.org/t" }));
        Assert.That(sink.Resources[1].Index["sourceScope"], Is.EqualTo(new[] { "http://example.org/vs1" }));
        Assert.That((report.Read, report.Rejected, report.PassedOver), Is.EqualTo((2, 0, 1)));
    }

    [Test]
    public void Package_Tgz_IsOneRelease()
    {
        Write("package/package.json", Manifest);
        Write("package/CodeSystem-cs.json", System);
        var archive = Path.Combine(_folder, "example.tgz");
        using (var stream = new GZipStream(File.Create(archive), CompressionMode.Compress)) TarFile.CreateFromDirectory(Path.Combine(_folder, "package"), stream, includeBaseDirectory: true);
        Assert.That(Load(archive).Single().Sink.Resources, Has.Count.EqualTo(1));
    }

    [Test]
    public void Package_BrokenResources_AreNamedAndTheRestIsKept()
    {
        Write("package/package.json", Manifest);
        Write("package/CodeSystem-cs.json", System);
        Write("package/CodeSystem-broken.json", "{\n\"resourceType\":\"CodeSystem\",\n\"url\":}");
        Write("package/CodeSystem-nocode.json", """{"resourceType":"CodeSystem","url":"http://example.org/n","content":"complete","concept":[{"code":7}]}""");
        Write("package/ValueSet-again.json", """{"resourceType":"ValueSet","status":"active"}""");
        Write("package/CodeSystem-zwice.json", System);
        var (_, sink, report) = Load(_folder).Single();
        Assert.That(sink.Resources, Has.Count.EqualTo(1));
        Assert.That((report.Read, report.Rejected), Is.EqualTo((5, 4)));
        var problems = report.Problems.Select(problem => problem.ToString()).ToArray();
        Assert.That(problems, Has.Some.Contains("package/CodeSystem-broken.json:3:7: not JSON"));
        Assert.That(problems, Has.Some.EndsWith("package/CodeSystem-nocode.json: CodeSystem.concept[0].code is the number 7 and must be a string."));
        Assert.That(problems, Has.Some.Contains("ValueSet.url is missing"));
        Assert.That(problems, Has.Some.Contains("CodeSystem http://example.org/cs|1 is in this release already"));
    }

    [Test]
    public void Loose_Resources_AreReleasesOfTheirOwn()
    {
        Write("a.json", System);
        Write("b.json", Map);
        Write("other.json", """{"no":"resource"}""");
        var loaded = Load(_folder);
        Assert.That(loaded.Select(item => item.Release.Info.Id.ToString()), Is.EqualTo(new[] { "http://example.org/cs|1", "http://example.org/map|3" }));
        Assert.That(loaded.Select(item => item.Sink.Resources.Single().Url), Is.EqualTo(new[] { "http://example.org/cs", "http://example.org/map" }));
    }

    [Test]
    public void Loose_OneThatCannotBeRead_IsRejectedAndTheOthersLoad()
    {
        Write("a.json", System);
        Write("broken.json", "{\"resourceType\":\"CodeSystem\",\n\"url\": oops}");
        Write("nameless.json", """{"resourceType":"ValueSet","status":"active"}""");
        var loaded = Load(_folder);
        Assert.That(loaded.Select(item => item.Sink.Resources.Single().Url), Is.EqualTo(["http://example.org/cs"]));
        Assert.That(loaded.Single().Report.Problems.Select(problem => problem.ToString()), Has.Exactly(2).Items.And.Some.Contains("broken.json:2").And.Some.Contains("nameless.json"));
        Assert.That((loaded.Single().Report.Read, loaded.Single().Report.Rejected), Is.EqualTo((3L, 2L)));
    }

    [Test]
    public void Loose_WithoutVersion_IsAskedForOne()
    {
        Write("a.json", System.Replace("\"version\":\"1\",", "", StringComparison.Ordinal));
        Assert.That(Recognise(_folder).Single().Info.Id, Is.EqualTo(new VersionedUrl("http://example.org/cs")));
        Assert.That(Recognise(_folder, new() { As = new("http://example.org/cs", "9") }).Single().Info.Id.Version, Is.EqualTo("9"));
    }

    [Test]
    public void Loose_Many_AreOneReleaseThatNeedsAName()
    {
        for (var i = 0; i <= FhirPackageLoader.MostAlone; i++) Write($"{i}.json", System.Replace("/cs", $"/cs{i}", StringComparison.Ordinal));
        var release = Recognise(_folder).Single();
        Assert.That(release.Info.Id.Version, Is.Null);
        Assert.That(Recognise(_folder, new() { As = new("my-resources", "1") }).Single().Info.Id, Is.EqualTo(new VersionedUrl("my-resources", "1")));
    }

    [Test]
    public void Bundle_EntriesAreReadOneByOne()
    {
        Write("bundle.json", $$"""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{{System}} },{"resource":{"resourceType":"Patient"} },{"resource":{{Map}} }]}""");
        Assert.That(Load(_folder).Select(item => item.Sink.Resources.Single().Url), Is.EqualTo(new[] { "http://example.org/cs", "http://example.org/map" }));
    }

    [Test]
    public void Xml_IsKeptAsJson()
    {
        Write("map.xml", """
            <?xml version="1.0"?>
            <ConceptMap xmlns="http://hl7.org/fhir"><url value="http://example.org/map"/><version value="1"/><status value="active"/>
              <group><source value="s"/><target value="t"/><element><code value="a"/><target><code value="x"/><equivalence value="wider"/></target></element></group></ConceptMap>
            """);
        var record = Load(_folder).Single().Sink.Resources.Single();
        var map = new Fhir.Resources.FhirResourceReader().ReadConceptMap(record.Json);
        Assert.That(map.Find(0, "a")[0].Targets[0].Relationship, Is.EqualTo(MapRelationship.SourceIsNarrowerThanTarget));
    }

    [Test]
    public void Xml_Broken_NamesTheLine()
    {
        Write("map.xml", "<ConceptMap xmlns=\"http://hl7.org/fhir\">\n<url value=\"http://example.org/map\"/>\n</Wrong>");
        Assert.That(() => Recognise(_folder), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("map.xml:3:").And.Message.Contains("not XML"));
    }

    [Test]
    public void Xml_DocumentType_IsRefused()
    {
        Write("map.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<ConceptMap xmlns=\"http://hl7.org/fhir\"><url value=\"&e;\"/></ConceptMap>");
        Assert.That(() => Recognise(_folder), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("DTD"));
    }

    [Test]
    public void NamingSystem_IsFoundByItsUri()
    {
        Write("n.json", """{"resourceType":"NamingSystem","name":"N","status":"active","date":"2020-01-01","uniqueId":[{"type":"oid","value":"1.2.3"},{"type":"uri","value":"http://example.org/n","preferred":true}]}""");
        var record = Load(_folder).Single().Sink.Resources.Single();
        Assert.That(record.Url, Is.EqualTo("http://example.org/n"));
        Assert.That(record.Index["identifier"], Is.EqualTo(new[] { "urn:oid:1.2.3", "http://example.org/n" }));
    }

    [Test]
    public void CodeSystem_LargeAndAlone_BecomesANativeRelease()
    {
        var concepts = string.Join(',', Enumerable.Range(0, NativeCodeSystem.Large).Select(i => $$"""{"code":"c{{i}}","display":"D{{i}}","property":[{"code":"next","valueCode":"c{{i + 1}}"} ]}"""));
        Write("large.json", $$"""{"resourceType":"CodeSystem","url":"http://example.org/large","version":"1","status":"active","content":"complete","concept":[{{concepts}}]}""");
        var (release, sink, _) = Load(_folder).Single();
        Assert.That(release.Info.CodeSystem!.Url.Value, Is.EqualTo("http://example.org/large"));
        Assert.That((sink.Concepts, sink.Designations, sink.Relationships, sink.Properties), Is.EqualTo((NativeCodeSystem.Large, NativeCodeSystem.Large, NativeCodeSystem.Large - 1, 1)));
        Assert.That(sink.Resources, Is.Empty);
    }

    [Test]
    public void Package_OfSomethingElse_IsNotRecognised()
    {
        Write("package.json", """{"name":"left-pad","version":"1.0.0"}""");
        Assert.That(new FhirPackageLoader().Recognise(ReleaseFiles.Open(_folder, Path.Combine(_folder, "scratch")), new()), Is.Empty);
    }

    [Test]
    public void CcdaMaps_AllLoad()
    {
        var loaded = Load(Repository.Shared("data/maps/ccda-on-fhir-CF.zip"));
        Assert.That(loaded, Is.Not.Empty);
        Assert.That(loaded.Sum(item => item.Report.Rejected), Is.Zero);
    }

    [Test, Category("Slow")]
    public void BuiltInR4_LoadsEveryResource()
    {
        var (sink, report) = (new RecordingSink(), new LoadReport());
        BuiltInR4.Release.Load(BuiltInR4.Release.Info, null, sink, report, default);
        Assert.That(report.Rejected, Is.Zero, string.Join('\n', report.Problems.Where(problem => problem.Rejects)));
        Assert.That(sink.Resources.Select(record => record.Url), Does.Contain("http://hl7.org/fhir/administrative-gender").And.Contain("http://hl7.org/fhir/ValueSet/administrative-gender"));
    }

    private void Write(string path, string content)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content, new UTF8Encoding(false));
    }

    private static IReadOnlyList<RecognisedRelease> Recognise(string path, ImportOptions? options = null)
        => new FhirPackageLoader().Recognise(ReleaseFiles.Open(path, Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())), options ?? new());

    private static (RecognisedRelease Release, RecordingSink Sink, LoadReport Report)[] Load(string path)
        => [.. Recognise(path).Select(release =>
        {
            var (sink, report) = (new RecordingSink(), new LoadReport());
            release.Load(release.Info, null, sink, report, default);
            return (release, sink, report);
        })];
}

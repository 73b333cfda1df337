using System.Text;
using System.Text.Json;
using CsCheck;
using Terminology.Fhir.Operations;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

public sealed class FhirMapTests
{
    [Test]
    public void Write_Everything_ComesBackByTheServersOwnReaderToo([Values("fhir-r4", "fhir-r5")] string name)
    {
        var format = MapFormats.Find(name);
        // Both targets of the first row in one version of LOINC: FHIR says it once for a group.
        var map = SampleMap.Full with { Lines = [.. SampleMap.Full.Lines.Select(line => line with { SystemVersion = null, Content = line.Content with { Targets = [.. line.Content.Targets.Select(target => target with { Version = "2.80", Properties = [.. target.Properties] })] } })] };
        var (bytes, losses) = format.Write(map);
        var read = format.Read(bytes);
        Assert.That(losses, Is.Empty);
        Assert.That(read.Losses, Is.Empty);
        Assert.That(SampleMap.Text(read.Map), Is.EqualTo(SampleMap.Text(map)));
        Assert.That(format.Write(read.Map).Bytes, Is.EqualTo(bytes), "same map, same bytes");
        Assert.That(MapFormats.Sniff("x.json", bytes), Is.SameAs(format));
        Assert.That(new FhirResourceReader().ReadConceptMap(bytes).Count, Is.EqualTo(5));
        if (name == "fhir-r4") Assert.That(SampleMap.Text(format.Read(XmlWire.ToXml(bytes)).Map), Is.EqualTo(SampleMap.Text(map)), "the SDK's model reads all of it");
    }

    [Test]
    public void Write_SeveralVersionsAndSystems_AreGroups([Values("fhir-r4", "fhir-r5", "fsh")] string name)
    {
        var format = MapFormats.Find(name);
        var (bytes, losses) = format.Write(SampleMap.Full);
        Assert.That(losses.Select(loss => loss.What), Is.All.EqualTo("order"));
        static string[] Rows(MapTable map) => [.. SampleMap.Text(map).Split('\n').Order(StringComparer.Ordinal)];
        Assert.That(Rows(format.Read(bytes).Map), Is.EqualTo(Rows(SampleMap.Full)));
    }

    [Test]
    public void Write_AnyTexts_ComeBack([Values("fhir-r4", "fhir-r5", "fsh")] string name) => SampleMap.Any.Sample(map =>
    {
        var format = MapFormats.Find(name);
        return Facts(format.Read(format.Write(map).Bytes).Map).SequenceEqual(Facts(map));

        // Groups have an order of their own: each target is told with its row, and these are compared.
        static IEnumerable<string> Facts(MapTable table) => table.Lines
            .SelectMany(line => line.Content.Targets.Select(target => line with { Content = new() { Targets = [target] } }).DefaultIfEmpty(line))
            .Select(line => SampleMap.Text(new() { Lines = [line] })).Order(StringComparer.Ordinal);
    }, iter: 200);

    [TestCase("fhir-r4", "narrower")]
    [TestCase("fhir-r5", "source-is-broader-than-target")]
    public void Write_CommentThatFhirDemands_IsPlainAndGoesAgain(string name, string word)
    {
        var map = new MapTable
        {
            Lines =
            [
                new() { System = "s", Code = "A", Content = new() { Targets = [new() { System = "t", Code = "B", Relationship = MapRelationship.SourceIsBroaderThanTarget }, new() { System = "t", Code = "C", Relationship = MapRelationship.NotRelatedTo }] } },
                new() { System = "s", Code = "D", Content = new() { Targets = [new() { System = "t", Code = "B", Relationship = MapRelationship.RelatedTo, OriginalRelationship = "inexact" }] } },
            ],
        };
        var format = MapFormats.Find(name);
        var (bytes, _) = format.Write(map);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.That(text, Does.Contain(word).And.Contain("\"comment\": \"The source is broader than the target.\""));
        Assert.That(text.Contains("\"inexact\"", StringComparison.Ordinal) && text.Contains("related, but not the same", StringComparison.Ordinal), Is.EqualTo(name == "fhir-r4"));
        Assert.That(SampleMap.Text(format.Read(bytes).Map), Is.EqualTo(SampleMap.Text(map)));
        foreach (var target in JsonDocument.Parse(bytes).RootElement.GetProperty("group")[0].GetProperty("element").EnumerateArray().SelectMany(element => element.GetProperty("target").EnumerateArray()))
        {
            var needs = target.TryGetProperty("equivalence", out var r4) ? r4.GetString() is "narrower" or "inexact" : target.GetProperty("relationship").GetString() is "source-is-broader-than-target" or "not-related-to";
            Assert.That(!needs || target.TryGetProperty("comment", out _), "cmd-1");
        }
    }

    [Test]
    public void Read_R4_KeepsItsWordsAndSaysWhatHasNoPlace()
    {
        var read = SampleMap.ReadText("fhir-r4", """
            {"resourceType":"ConceptMap","url":"http://example.org/m","status":"active","publisher":"P","sourceUri":"http://example.org/vs",
             "group":[{"source":"http://s","sourceVersion":"1","target":"http://t","element":[
               {"code":"A","display":"a","target":[{"code":"X","equivalence":"specializes","dependsOn":[{"property":"p","value":"v"}]},{"equivalence":"unmatched","dependsOn":[{"property":"p","value":"w"}]}]},
               {"code":"B","target":[{"equivalence":"unmatched","comment":"nothing fits"}]},{"code":"C"},{"display":"no code"}],
               "unmapped":{"mode":"provided"}},
              {"source":"http://s","element":[{"code":"D","target":[{"code":"Y","equivalence":"equal"}]}]}]}
            """);
        Assert.That((read.Read, read.Kept), Is.EqualTo((6, 3)));
        Assert.That(read.Losses.Select(loss => loss.What), Is.EqualTo(new[] { "ConceptMap.group.element", "ConceptMap.group.element('A').target", "ConceptMap.group.element('D').target", "unmapped" }));
        Assert.That(read.Map.Lines.Select(line => (line.Code, line.SystemVersion, line.Content.NoMap)), Is.EqualTo(new (string, string?, NoMap?)[] { ("A", "1", null), ("B", "1", new(null, "nothing fits")), ("C", "1", null) }));
        Assert.That(read.Map.Lines[0].Content.Targets.Single().OriginalRelationship, Is.EqualTo("specializes"));
        Assert.That(read.Map.Properties.Select(pair => pair.Key), Is.EqualTo(new[] { "status", "publisher", "sourceScope" }));
    }

    [TestCase("{\"resourceType\":\"ValueSet\"}", "must be ConceptMap")]
    [TestCase("{\n\"resourceType\":", "line")]
    [TestCase("<ConceptMap xmlns=\"http://hl7.org/fhir\"><group></ConceptMap>", "not XML")]
    [TestCase("{\"resourceType\":\"ConceptMap\",\"group\":[{\"element\":[{\"code\":\"A\",\"target\":[{\"code\":\"B\",\"equivalence\":\"sameish\"}]}]}]}", "equivalence is 'sameish'")]
    public void Read_NoConceptMap_Throws(string text, string advice)
        => Assert.That(() => SampleMap.ReadText("fhir-r4", text, new() { File = "m.json" }), Throws.TypeOf<ReleaseFormat>().With.Message.StartsWith("m.json").And.Message.Contains(advice).IgnoreCase);
}

using System.Text;
using Terminology.CodeSystems;
using Terminology.Fhir.Json;
using Terminology.Issues;
using Terminology.Maps;

namespace Terminology.Fhir.Resources;

public sealed class FhirResourceReaderTests
{
    private static readonly FhirResourceReader Reader = new();

    [Test]
    public void ReadCodeSystem_EveryPart_IsThere()
    {
        var system = Reader.ReadCodeSystem(Utf8("""
            {"resourceType":"CodeSystem","id":"i","url":"http://example.org/cs","version":"1","language":"en","name":"N","status":"draft","caseSensitive":false,
             "content":"fragment","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.3"}],
             "property":[{"code":"weight","type":"decimal"}],
             "concept":[{"code":"a","display":"Ä","definition":"D","designation":[{"language":"de","use":{"system":"u","code":"c"},"value":"W"}],
               "property":[{"code":"weight","valueDecimal":1.50},{"code":"other","valueCoding":{"system":"s","code":"c","display":"d"}},{"code":"status","valueCode":"retired"}],
               "concept":[{"code":"b"}]}]}
            """));
        Assert.That(system.Info, Has.Property("Version").EqualTo("1").And.Property("Content").EqualTo("fragment").And.Property("CaseSensitive").False);
        Assert.That(system.Info.Identifiers, Is.EqualTo(new[] { "urn:oid:1.2.3" }));
        Assert.That(system.Info.Status, Is.EqualTo(PublicationStatus.Draft));
        Assert.That(system.TryFind("A"u8, out var a) && system.TryFind("b"u8, out _), Is.True);
        Assert.That(Encoding.UTF8.GetString(system.Display(a)), Is.EqualTo("Ä"));
        Assert.That(system.Designations(a).Count, Is.EqualTo(3));
        Assert.That(system.Flags(a), Is.EqualTo(ConceptFlags.Inactive));
        Assert.That(Enumerable.Range(0, 3).Select(i => Encoding.UTF8.GetString(system.Property(i).Value)), Is.EqualTo(new[] { "1.50", "s|c|d", "retired" }));
        Assert.That(system.Children(a).Length, Is.EqualTo(1));
    }

    [Test]
    public void ReadCodeSystem_DeepNesting_IsRead()
    {
        const int depth = 300;
        var open = string.Concat(Enumerable.Range(0, depth).Select(i => $$"""{"code":"c{{i}}","concept":["""));
        var json = $$"""{"resourceType":"CodeSystem","url":"http://example.org/cs","status":"active","content":"complete","concept":[{{open}}{"code":"last"}{{string.Concat(Enumerable.Repeat("]}", depth))}}]}""";
        Assert.That(Reader.ReadCodeSystem(Utf8(json)).Count, Is.EqualTo(depth + 1));
    }

    [TestCase("""{"resourceType":"CodeSystem","url":"u","content":"complete","concept":[{"code":"a","concept":[{"code":7}]}]}""", "CodeSystem.concept[0].concept[0].code is the number 7")]
    [TestCase("""{"resourceType":"CodeSystem","url":"u","content":"complete","concept":{"code":"a"}}""", "CodeSystem.concept is an object and must be an array")]
    [TestCase("""{"resourceType":"CodeSystem","url":"u","content":"complete","property":[{"code":"p","type":"blob"}]}""", "CodeSystem.property[0].type is 'blob'")]
    [TestCase("""{"resourceType":"CodeSystem","content":"complete"}""", "CodeSystem.url is missing")]
    [TestCase("""{"resourceType":"CodeSystem","url":"u"}""", "CodeSystem.content is missing")]
    [TestCase("""{"resourceType":"ValueSet"}""", "ValueSet.resourceType is 'ValueSet' and must be CodeSystem")]
    [TestCase("""[]""", "resource is an array and must be an object")]
    [TestCase("""{"resourceType":"CodeSystem","url":"u","content":"complete","experimental":"yes"}""", "CodeSystem.experimental is a string and must be true or false")]
    public void ReadCodeSystem_Faulty_NamesThePath(string json, string expected)
        => Assert.That(() => Reader.ReadCodeSystem(Utf8(json)), Throws.InstanceOf<TerminologyException>().With.Message.StartsWith(expected));

    [Test]
    public void ReadCodeSystem_ConceptWithoutCode_IsLeftOutAndNamed()
    {
        var system = (InMemoryCodeSystem)Reader.ReadCodeSystem(Utf8("""{"resourceType":"CodeSystem","url":"u","content":"complete","concept":[{"code":"a"},{"code":" ","concept":[{"code":"b"}]}]}"""));
        Assert.That(system.Count, Is.EqualTo(2));
        Assert.That(system.Warnings, Is.EqualTo(new[] { "CodeSystem.concept[1].code is missing; the concept is left out and those below it take its place." }));
    }

    [Test]
    public void ReadCodeSystem_VersionInUrl_IsTakenOut()
    {
        var system = (InMemoryCodeSystem)Reader.ReadCodeSystem(Utf8("""{"resourceType":"CodeSystem","url":"u|2.3.1","version":"0360","content":"complete"}"""));
        Assert.That((system.Info.Url.Value, system.Info.Version), Is.EqualTo(("u", "2.3.1")));
        Assert.That(system.Warnings, Has.Count.EqualTo(1));
    }

    [Test]
    public void ReadCodeSystem_NotJson_NamesTheLine()
    {
        var fault = Assert.Throws<JsonFormat>(() => Reader.ReadCodeSystem(Utf8("{\n  \"resourceType\": \"CodeSystem\",\n  oops }")))!;
        Assert.That(fault.Line, Is.EqualTo(3));
        Assert.That(fault.Message, Does.StartWith("not JSON at line 3, byte 3: 'o' is an invalid start of a property name"));
    }

    [Test]
    public void ReadCodeSystem_ByteOrderMark_IsSeenThrough()
        => Assert.That(Reader.ReadCodeSystem(new([0xEF, 0xBB, 0xBF, .. Utf8("""{"resourceType":"CodeSystem","url":"u","content":"complete"}""").Span])).Count, Is.Zero);

    [Test]
    public void ReadValueSet_Rules_AreRead()
    {
        var set = Reader.ReadValueSet(Utf8("""
            {"resourceType":"ValueSet","url":"http://example.org/vs","version":"2","status":"active","compose":{"inactive":false,
             "include":[{"system":"s","version":"1","concept":[{"code":"a","display":"A","designation":[{"language":"de","value":"Ah"}]}]},
               {"system":"s","filter":[{"property":"concept","op":"is-a","value":"a"},
                 {"property":"concept","_op":{"extension":[{"url":"http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.compose.include.filter.op","valueCode":"child-of"}]},"value":"b"}]},
               {"valueSet":["http://example.org/other|3"]}],
             "exclude":[{"system":"s","concept":[{"code":"z"}]}]}}
            """));
        Assert.That(set.Compose!.Inactive, Is.False);
        Assert.That(set.Compose.Includes, Has.Count.EqualTo(3));
        Assert.That(set.Compose.Includes[0].Concepts[0].Designations[0].Value, Is.EqualTo("Ah"));
        Assert.That(set.Compose.Includes[1].Filters.Select(filter => filter.Op), Is.EqualTo(new[] { "is-a", "child-of" }));
        Assert.That(set.Compose.Includes[2].ValueSets, Is.EqualTo(new[] { new VersionedUrl("http://example.org/other", "3") }));
        Assert.That(set.Compose.Excludes, Has.Count.EqualTo(1));
        Assert.That(set.StoredExpansion, Is.Null);
    }

    [Test]
    public void ReadValueSet_ExpansionAlone_IsKeptFlat()
    {
        var set = Reader.ReadValueSet(Utf8("""
            {"resourceType":"ValueSet","status":"active","expansion":{"timestamp":"2020-01-01","contains":[
              {"system":"s","code":"g","abstract":true,"contains":[{"system":"s","code":"a"}]},{"system":"s","code":"b","version":"1","display":"B"}]}}
            """));
        Assert.That(set.StoredExpansion, Is.EqualTo(new[] { new Coding("s", "a"), new Coding("s", "b", "1", "B") }));
    }

    [Test]
    public void ReadConceptMap_R4_IsRead()
    {
        var map = Reader.ReadConceptMap(Utf8("""
            {"resourceType":"ConceptMap","url":"http://example.org/map","version":"1","status":"active","sourceUri":"http://example.org/vs1","targetCanonical":"http://example.org/vs2",
             "group":[{"source":"s","sourceVersion":"7","target":"t|8","element":[
               {"code":"a","target":[{"code":"x","equivalence":"equal","comment":"C","dependsOn":[{"property":"p","system":"ps","value":"v"}]},{"code":"y","equivalence":"wider"}]},
               {"code":"b","target":[{"equivalence":"unmatched","comment":"none"}]},
               {"code":"c"}],
              "unmapped":{"mode":"fixed","code":"u","display":"U"}}]}
            """));
        Assert.That(map.Info, Has.Property("SourceScope").EqualTo("http://example.org/vs1").And.Property("TargetScope").EqualTo("http://example.org/vs2"));
        Assert.That(map.Info.Groups[0], Is.EqualTo(new MapGroup(new("s", "7"), new("t", "8")) { Unmapped = new(UnmappedMode.Fixed, "u", "U") }));
        var targets = map.Find(0, "a")[0].Targets;
        Assert.That(targets[0], Has.Property("Relationship").EqualTo(MapRelationship.Equivalent).And.Property("OriginalRelationship").EqualTo("equal"));
        Assert.That(targets[0].DependsOn, Is.EqualTo(new[] { new MapDependency("p", "ps", "v") }));
        Assert.That(targets[1], Has.Property("Relationship").EqualTo(MapRelationship.SourceIsNarrowerThanTarget).And.Property("OriginalRelationship").Null);
        Assert.That(map.Find(0, "b")[0], Has.Property("NoMap").True.And.Property("Comment").EqualTo("none"));
        Assert.That(map.Find(0, "c")[0], Has.Property("NoMap").False);
        Assert.That(map.FindByTarget(0, "y").Select(element => element.Code), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void ReadConceptMap_R5_IsRead()
    {
        var map = Reader.ReadConceptMap(Utf8("""
            {"resourceType":"ConceptMap","url":"http://example.org/map","status":"active","sourceScopeUri":"http://example.org/vs1","targetScopeCanonical":"http://example.org/vs2",
             "group":[{"source":"s","target":"t","element":[
               {"code":"a","target":[{"code":"x","relationship":"source-is-broader-than-target","dependsOn":[{"attribute":"p","valueCoding":{"system":"ps","code":"v"}},{"attribute":"q","valueBoolean":true}]}]},
               {"code":"b","noMap":true}],
              "unmapped":{"mode":"other-map","otherMap":"http://example.org/next"}}]}
            """));
        Assert.That(map.Info, Has.Property("SourceScope").EqualTo("http://example.org/vs1").And.Property("TargetScope").EqualTo("http://example.org/vs2"));
        Assert.That(map.Info.Groups[0].Unmapped!.OtherMap, Is.EqualTo("http://example.org/next"));
        Assert.That(map.Find(0, "a")[0].Targets[0].Relationship, Is.EqualTo(MapRelationship.SourceIsBroaderThanTarget));
        Assert.That(map.Find(0, "a")[0].Targets[0].DependsOn, Is.EqualTo(new[] { new MapDependency("p", "ps", "v"), new MapDependency("q", null, "true") }));
        Assert.That(map.Find(0, "b")[0].NoMap, Is.True);
    }

    [Test]
    public void ReadConceptMap_UnknownWord_NamesIt()
        => Assert.That(
            () => Reader.ReadConceptMap(Utf8("""{"resourceType":"ConceptMap","group":[{"element":[{"code":"a","target":[{"code":"x","equivalence":"same"}]}]}]}""")),
            Throws.InstanceOf<TerminologyException>().With.Message.StartsWith("ConceptMap.group[0].element[0].target[0].equivalence is 'same'"));

    [TestCase("translate-suite/content")]
    [TestCase("tx-ecosystem/tests", Category = "Slow")]
    public void Read_SharedResources_AllParse(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Shared(folder), "*.json", SearchOption.AllDirectories))
        {
            var name = Path.GetFileName(file);
            var json = File.ReadAllBytes(file);
            if (name.StartsWith("codesystem-", StringComparison.Ordinal)) Assert.That(() => Reader.ReadCodeSystem(json), Throws.Nothing, name);
            if (name.StartsWith("valueset-", StringComparison.Ordinal)) Assert.That(() => Reader.ReadValueSet(json), Throws.Nothing, name);
            if (name.StartsWith("conceptmap-", StringComparison.Ordinal)) Assert.That(() => Reader.ReadConceptMap(json), Throws.Nothing, name);
        }
    }

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

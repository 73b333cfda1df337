using System.Text;
using Terminology.Fhir.Operations;

namespace Terminology.Fhir.Resources;

/// <summary>R5 in, R4 out.</summary>
public sealed class R4FormTests
{
    private const string Metadata = """
        "versionAlgorithmCoding":{"system":"http://hl7.org/fhir/version-algorithm","code":"semver"},"copyrightLabel":"Ours","approvalDate":"2026-01-02","lastReviewDate":"2026-01",
        "effectivePeriod":{"start":"2026"},"topic":[{"text":"one"},{"text":"two"}],"author":[{"name":"A"}],"editor":[{"name":"E"}],"reviewer":[{"name":"R"}],"endorser":[{"name":"O"}],
        "relatedArtifact":[{"type":"cites","classifier":[{"text":"c"}],"label":"l","display":"d","citation":"**c**","document":{"url":"http://example.org/d"},"resource":"http://example.org/r|1",
          "resourceReference":{"reference":"ValueSet/x"},"publicationStatus":"active","publicationDate":"2026-01-01"}]
        """;

    private static readonly string[] Resources =
    [
        $$$"""
        {"resourceType":"CodeSystem","url":"http://example.org/cs","version":"1","status":"active","content":"complete",{{{Metadata}}},"filter":[{"code":"concept","operator":["is-a","child-of"],"value":"a code"},
         {"code":"leaf","operator":["descendent-leaf"],"value":"a code"}],"concept":[{"code":"a","concept":[{"code":"b","designation":[{"value":"B","use":{"code":"u"},"additionalUse":[{"code":"v"},{"code":"w"}]}]}]}]}
        """,
        $$$"""
        {"resourceType":"ValueSet","url":"http://example.org/vs","status":"active",{{{Metadata}}},"scope":{"inclusionCriteria":"in","exclusionCriteria":"out"},
         "compose":{"property":["p","q"],"include":[{"system":"http://example.org/cs","copyright":"theirs","filter":[{"property":"concept","op":"child-of","value":"a"}]},
          {"system":"http://example.org/cs","concept":[{"code":"a","designation":[{"value":"A","additionalUse":[{"code":"v"}]}]}]}]},
         "expansion":{"timestamp":"2026-01-01","next":"http://example.org/next","property":[{"code":"p","uri":"http://example.org/p"}],
          "contains":[{"code":"a","contains":[{"code":"b","property":[{"code":"p","valueDecimal":1.50,"subProperty":[{"code":"s","valueCode":"x"}]}]}]}] } }
        """,
        $$$"""
        {"resourceType":"ConceptMap","url":"http://example.org/cm","status":"active",{{{Metadata}}},"identifier":[{"value":"1"},{"value":"2"}],"sourceScopeUri":"http://example.org/vs","targetScopeCanonical":"http://example.org/vt|2",
         "property":[{"code":"p","uri":"http://example.org/p","description":"d","type":"string","system":"http://example.org/s"}],"additionalAttribute":[{"code":"a","uri":"http://example.org/a","description":"d","type":"Coding"}],
         "group":[{"source":"http://example.org/cs|1","target":"http://example.org/ct","element":[{"code":"a","target":[{"code":"x","relationship":"source-is-narrower-than-target","comment":"c",
           "property":[{"code":"p","valueString":"v"}],"dependsOn":[{"attribute":"age","valueQuantity":{"value":5,"unit":"a"}},{"attribute":"sex","valueCoding":{"system":"http://example.org/sex","code":"f","display":"F"}},
           {"attribute":"any","valueBoolean":true}],"product":[{"attribute":"side","valueSet":"http://example.org/sides"}]}]},{"code":"b","noMap":true},{"valueSet":"http://example.org/more","target":[{"valueSet":"http://example.org/less","relationship":"related-to"}]}],
          "unmapped":{"mode":"other-map","otherMap":"http://example.org/other","relationship":"equivalent"}},{"source":"http://example.org/cs","element":[{"code":"a"}],"unmapped":{"mode":"use-source-code","valueSet":"http://example.org/vs"} } ] }
        """,
        $$$"""
        {"resourceType":"NamingSystem","url":"http://example.org/ns","identifier":[{"value":"1"}],"version":"1","name":"N","title":"T","status":"active","kind":"identifier","experimental":true,"date":"2026","purpose":"p","copyright":"c",{{{Metadata}}},
         "uniqueId":[{"type":"iri-stem","value":"http://example.org/","authoritative":true,"preferred":true},{"type":"oid","value":"1.2.3"}]}
        """,
    ];

    private static IEnumerable<TestCaseData> Each => Resources.Select(json => new TestCaseData(json).SetArgDisplayNames(json.Split('"')[3]));

    [TestCaseSource(nameof(Each))]
    public void Of_R5_IsR4InJsonAndXml(string json)
    {
        Assert.That(Strict.Faults(Encoding.UTF8.GetBytes(json)), Is.Not.Empty, "it is not R4 yet");
        var r4 = R4Form.Of(Encoding.UTF8.GetBytes(json));
        Assert.That(Strict.Faults(r4), Is.Empty, Encoding.UTF8.GetString(r4.Span));
        Assert.That(Strict.XmlFaults(XmlWire.ToXml(r4)), Is.Empty);
        Assert.That(R4Form.Of(r4), Is.EqualTo(r4), "once is enough");
    }

    [TestCase(0, """{"url":"$extension-CodeSystem.versionAlgorithm","valueCoding":{"system":"http://hl7.org/fhir/version-algorithm","code":"semver"}}""")]
    [TestCase(0, """{"url":"$extension-CodeSystem.copyrightLabel","valueString":"Ours"}""")]
    [TestCase(0, """{"url":"$extension-CodeSystem.topic","valueCodeableConcept":{"text":"one"}},{"url":"$extension-CodeSystem.topic","valueCodeableConcept":{"text":"two"}}""")]
    [TestCase(0, """{"url":"$extension-CodeSystem.relatedArtifact","extension":[{"url":"type","valueCode":"cites"},{"url":"classifier","valueCodeableConcept":{"text":"c"}}""")]
    [TestCase(0, """{"value":"B","use":{"code":"u"},"extension":[{"url":"$extension-CodeSystem.concept.designation.additionalUse","valueCoding":{"code":"v"}}""")]
    [TestCase(0, """{"code":"concept","operator":["is-a"],"value":"a code","extension":[{"url":"$extension-CodeSystem.filter.operator","valueCode":"child-of"}]}""")]
    [TestCase(0, """{"code":"leaf","operator":["="],"value":"a code","extension":[{"url":"$extension-CodeSystem.filter.operator","valueCode":"descendent-leaf"}]}""")]
    [TestCase(1, """{"property":"concept","op":"=","value":"a","_op":{"extension":[{"url":"$extension-ValueSet.compose.include.filter.op","valueCode":"child-of"}]}}""")]
    [TestCase(1, """{"url":"$extension-ValueSet.scope","extension":[{"url":"inclusionCriteria","valueString":"in"},{"url":"exclusionCriteria","valueString":"out"}]}""")]
    [TestCase(1, """{"url":"$extension-ValueSet.expansion.contains.property","extension":[{"url":"code","valueCode":"p"},{"url":"value","valueDecimal":1.50},{"url":"subProperty","extension":[{"url":"code","valueCode":"s"},{"url":"value","valueCode":"x"}]}]}""")]
    [TestCase(2, "\"sourceUri\":\"http://example.org/vs\",\"targetCanonical\":\"http://example.org/vt|2\"")]
    [TestCase(2, "\"source\":\"http://example.org/cs\",\"target\":\"http://example.org/ct\"")]
    [TestCase(2, "\"sourceVersion\":\"1\"")]
    [TestCase(2, "\"equivalence\":\"wider\"")]
    [TestCase(2, """{"property":"age","value":"5 a"}""")]
    [TestCase(2, """{"property":"sex","system":"http://example.org/sex","value":"f","display":"F"}""")]
    [TestCase(2, """{"property":"any","value":"true"}""")]
    [TestCase(2, """{"code":"b","target":[{"equivalence":"unmatched"}]}""")]
    [TestCase(2, """{"mode":"other-map","url":"http://example.org/other","extension":[{"url":"$extension-ConceptMap.group.unmapped.relationship","valueCode":"equivalent"}]}""")]
    [TestCase(2, """{"mode":"provided",""")]
    [TestCase(3, """{"type":"other","value":"http://example.org/",""")]
    [TestCase(3, """{"url":"$extension-NamingSystem.url","valueUri":"http://example.org/ns"}""")]
    public void Of_R5_SaysItInR4(int resource, string expected)
        => Assert.That(Encoding.UTF8.GetString(R4Form.Of(Encoding.UTF8.GetBytes(Resources[resource])).Span), Does.Contain(expected.Replace("$", "http://hl7.org/fhir/5.0/StructureDefinition/", StringComparison.Ordinal)));

    [TestCaseSource(nameof(Each))]
    public void Of_R5_MeansTheSameToUs(string json)
    {
        if (json.Contains("NamingSystem", StringComparison.Ordinal)) return;
        var (before, after) = (Encoding.UTF8.GetBytes(json), R4Form.Of(Encoding.UTF8.GetBytes(json)));
        var reader = new FhirResourceReader();
        if (json.Contains("\"ConceptMap\"", StringComparison.Ordinal)) Assert.That(Text(reader.ReadConceptMap(after)), Is.EqualTo(Text(reader.ReadConceptMap(before))));
        else if (json.Contains("\"ValueSet\"", StringComparison.Ordinal)) Assert.That(Text(reader.ReadValueSet(after) with { Definition = null }), Is.EqualTo(Text(reader.ReadValueSet(before) with { Definition = null })));
    }

    [Test]
    public void Of_R4_IsTheSameBytes()
    {
        ReadOnlyMemory<byte> json = Encoding.UTF8.GetBytes("""{"resourceType":"ValueSet","identifier":[{"value":"1"}], "url":"http://example.org/vs","version":"1","title":"T","status":"active","compose":{"include":[{"valueSet":["http://example.org/a"]}]}}""");
        Assert.That(R4Form.Of(json), Is.EqualTo(json));
    }

    [Test]
    public void Of_AUriThatIsNone_IsLeftOut()
    {
        var json = Encoding.UTF8.GetBytes("""{"resourceType":"CodeSystem","status":"active","content":"complete","property":[{"code":"a","uri":"http://.........?","type":"code"},{"code":"b","uri":"urn:b","type":"code"}]}""");
        Assert.That(Strict.Faults(json), Is.Not.Empty);
        var r4 = R4Form.Of(json);
        Assert.That(Strict.Faults(r4), Is.Empty);
        Assert.That(Encoding.UTF8.GetString(r4.Span), Does.Contain("urn:b").And.Not.Contain("?"));
    }

    /// <summary>Every resource of real packages; TERMINOLOGY_PACKAGES names the folder where they are laid out, as <c>NAME#VERSION/package/*.json</c>.</summary>
    [Test]
    public void Of_RealPackages_AreR4()
    {
        if (Environment.GetEnvironmentVariable("TERMINOLOGY_PACKAGES") is not { Length: > 0 } folder) Assert.Ignore("needs TERMINOLOGY_PACKAGES");
        else
        {
            var (read, converted, faults) = (0, 0, new List<string>());
            foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
            {
                var name = Path.GetFileName(file);
                if (!name.StartsWith("CodeSystem-", StringComparison.Ordinal) && !name.StartsWith("ValueSet-", StringComparison.Ordinal) && !name.StartsWith("ConceptMap-", StringComparison.Ordinal) && !name.StartsWith("NamingSystem-", StringComparison.Ordinal)) continue;
                ReadOnlyMemory<byte> json = File.ReadAllBytes(file);
                var r4 = R4Form.Of(json);
                read++;
                if (!r4.Equals(json)) converted++;
                faults.AddRange(Strict.Faults(r4).Concat(Strict.XmlFaults(XmlWire.ToXml(r4))).Select(fault => $"{name}: {fault}"));
            }
            TestContext.Out.WriteLine($"{read} read, {converted} converted, {faults.Count} faults");
            foreach (var fault in faults.Take(60)) TestContext.Out.WriteLine(fault);
            Assert.That(faults, Is.Empty);
        }
    }

    private static string Text(object read) => System.Text.Json.JsonSerializer.Serialize(read, read.GetType());
}

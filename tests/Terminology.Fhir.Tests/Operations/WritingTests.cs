using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Maps;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Fhir.Operations;

/// <summary>Every answer is valid R4, checked by the SDK, and says what it should.</summary>
public sealed class WritingTests
{
    private const string Usage = "http://terminology.hl7.org/CodeSystem/designation-usage";

    private static readonly DateTimeOffset Now = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private static readonly Issue Warning = new(IssueSeverity.Warning, IssueType.CodeInvalid, "Mind the gap.")
    {
        TxIssueType = "invalid-display", Expression = "Coding.display", MessageId = "Display_Name_for__should_be_one_of__instead_of",
    };

    private static readonly InMemoryCodeSystem System = MakeSystem();

    [Test]
    public void Lookup_EverythingAsked_IsWritten()
    {
        Assert.That(System.TryFind("b"u8, out var concept), Is.True);
        var json = Wire.Checked(writer => LookupOperation.Write(writer, new(System, concept, ["*"], [], [Warning])));
        Assert.That(json, Does.Contain("""{"name":"display","valueString":"Bée"}""".Replace("é", "\\u00E9", StringComparison.Ordinal)));
        Assert.That(json, Does.Contain("""{"name":"designation","part":[{"name":"language","valueCode":"de"},{"name":"value","valueString":"Biene"}]}"""));
        Assert.That(json, Does.Contain("""{"name":"code","valueCode":"parent"},{"name":"value","valueCode":"a"},{"name":"description","valueString":"Ay"}"""));
        Assert.That(json, Does.Contain("""{"name":"code","valueCode":"weight"},{"name":"value","valueDecimal":1.50}"""));
        Assert.That(json, Does.Contain("""{"name":"code","valueCode":"next"},{"name":"value","valueCode":"a"},{"name":"description","valueString":"Ay"}"""));
        Assert.That(json, Does.Contain("""{"name":"value","valueCoding":{"system":"s","code":"c","display":"d"}}"""));
        Assert.That(json, Does.Contain("""{"name":"definition","valueString":"An insect."}"""));
    }

    [Test]
    public void Lookup_CodingOfTheSameSystem_HasSystemCodeAndDisplay_ATextHasItsDisplay()
    {
        var builder = new InMemoryCodeSystemBuilder(new() { Url = CodeSystemUri.Loinc });
        builder.Add("LP14635-4", "Glucose");
        var (term, _) = builder.Add("2345-7", "Glucose SerPl-mCnc");
        builder.AddProperty(term, "COMPONENT", PropertyType.Coding, "LP14635-4");
        builder.AddProperty(term, "CLASS", PropertyType.Coding, "CHEM");
        var loinc = builder.Build();
        Assert.That(loinc.TryFind("2345-7"u8, out var concept), Is.True);
        var json = Wire.Checked(writer => LookupOperation.Write(writer, new(loinc, concept, ["*"], [], [])));
        Assert.That(json, Does.Contain("""{"name":"value","valueCoding":{"system":"http://loinc.org","code":"LP14635-4","display":"Glucose"}}"""));
        Assert.That(json, Does.Contain("""{"name":"value","valueCoding":{"display":"CHEM"}}"""));
    }

    [Test]
    public void Lookup_Supplement_IsNamedAsSource()
    {
        var builder = new InMemoryCodeSystemBuilder(new() { Url = new("http://example.org/more"), Version = "2", Content = "supplement", Supplements = new("http://example.org/cs") });
        builder.AddDesignation(builder.Add("b").Handle, new("nl", null, "Bij"));
        Assert.That(System.TryFind("b"u8, out var concept), Is.True);
        var json = Wire.Checked(writer => LookupOperation.Write(writer, new(System, concept, [], [], []) { Supplements = [builder.Build()] }));
        Assert.That(json, Does.Contain("""{"name":"language","valueCode":"nl"},{"name":"value","valueString":"Bij"},{"name":"source","valueCanonical":"http://example.org/more|2"}"""));
        Assert.That(json, Does.Contain("""{"name":"used-supplement","valueCanonical":"http://example.org/more|2"}"""));
    }

    [Test]
    public void ValidateCode_CodeableConcept_ComesBack()
    {
        var request = new ValidateCodeRequest(new([new("s", "x"), new("s", "y") { UserSelected = true }], "Text"), CodeForm.CodeableConcept);
        var json = Wire.Checked(writer => ValidateCodeOperation.Write(writer, new(false, []) { Code = "x", System = "s" }, request));
        Assert.That(json, Does.Contain("""{"coding":[{"system":"s","code":"x"},{"system":"s","code":"y","userSelected":true}],"text":"Text"}""").And.Not.Contain("\"name\":\"code\""));
    }

    [Test]
    public void Expand_Parameters_EchoWhatWasAsked()
    {
        var json = Wire.Checked(writer => ExpandOperation.Write(writer, Expansion(new()) with { Parameters = [new("activeOnly", "Boolean", "false")] }, Now));
        Assert.That(json, Does.Contain("""{"name":"activeOnly","valueBoolean":false}""").And.Not.Contain("excludeNested"));
    }

    [Test]
    public void Lookup_OnePropertyAsked_OthersStayOut()
    {
        Assert.That(System.TryFind("b"u8, out var concept), Is.True);
        var json = Wire.Checked(writer => LookupOperation.Write(writer, new(System, concept, ["weight"], [], [])));
        Assert.That(json, Does.Contain("weight").And.Not.Contain("designation").And.Not.Contain("parent").And.Not.Contain("next"));
    }

    [Test]
    public void Subsumes_EveryOutcome_IsValid([Values] Subsumption outcome) => Wire.Checked(writer => SubsumesOperation.Write(writer, new(outcome, [])));

    [Test]
    public void ValidateCode_Everything_IsWritten()
    {
        var json = Wire.Checked(writer => ValidateCodeOperation.Write(writer, new(false, [Warning])
        {
            Message = "No.", Code = "b", System = "http://example.org/cs", Version = "1", Display = "B", Inactive = true, Status = "retired", NormalizedCode = "B",
            UnknownSystems = [new("http://example.org/other", "2")],
        }));
        Assert.That(json, Does.StartWith("""{"resourceType":"Parameters","parameter":[{"name":"result","valueBoolean":false}"""));
        Assert.That(json, Does.Contain("""{"name":"x-unknown-system","valueCanonical":"http://example.org/other|2"}"""));
        Assert.That(json, Does.Contain("""{"system":"http://hl7.org/fhir/tools/CodeSystem/tx-issue-type","code":"invalid-display"}"""));
    }

    [Test]
    public void Expand_Page_IsWritten()
    {
        var result = Expansion(new() { IncludeDesignations = true, Offset = 0, Count = 10, Filter = "b", Properties = ["weight", "definition"] });
        var json = Wire.Checked(writer => ExpandOperation.Write(writer, result, Now));
        Assert.That(json, Does.Contain("\"timestamp\":\"2024-05-06T07:08:09Z\"").And.Contain("\"total\":2").And.Contain("\"offset\":0"));
        Assert.That(json, Does.Contain("""{"name":"used-codesystem","valueUri":"http://example.org/cs|1"}"""));
        Assert.That(json, Does.Contain("\"abstract\":true"), "a is a grouper");
        Assert.That(json, Does.Contain("""{"language":"de","value":"Biene"}""").And.Not.Contain(Usage), "the display shown is no designation");
        Assert.That(json, Does.Contain("""{"url":"value","valueString":"An insect."}"""));
    }

    [Test]
    public void Expand_TwoVersionsOfOneSystem_NameTheirVersion()
    {
        var result = Expansion(new()) with { ShowVersions = true };
        Assert.That(Wire.Checked(writer => ExpandOperation.Write(writer, result, Now)), Does.Contain("\"version\":\"1\""));
    }

    [Test]
    public void Translate_R4_SpeaksR4()
    {
        var json = Wire.Checked(writer => TranslateOperation.Write(writer, Translation()));
        Assert.That(json, Does.Contain("""{"name":"equivalence","valueCode":"wider"}""").And.Contain("""{"name":"source","valueUri":"http://example.org/map|3"}"""));
        Assert.That(json, Does.Not.Contain("relationship").And.Not.Contain("originMap"));
        Assert.That(json, Does.Contain("""{"name":"product","part":[{"name":"element","valueUri":"http://example.org/p"},{"name":"concept","valueCoding":{"system":"ps","code":"v"}}]}"""));
        Assert.That(json, Does.Contain("""{"name":"equivalence","valueCode":"unmatched"}"""));
    }

    [Test]
    public void Translate_R5_SpeaksR5Too()
    {
        var json = Wire.Checked(writer => TranslateOperation.Write(writer, Translation(), r5Names: true));
        Assert.That(json, Does.Contain("""{"name":"relationship","valueCode":"source-is-narrower-than-target"}""").And.Contain("""{"name":"originMap","valueCanonical":"http://example.org/map|3"}"""));
    }

    [Test]
    public void Translate_ReverseInR5_KeepsTheDirectionOfTheMap()
    {
        var result = new TranslateResult(true, [new(MapRelationship.SourceIsNarrowerThanTarget, new("s", "found"), null, null) { Source = new("t", "asked") }]) { Reverse = true };
        var json = Wire.Checked(writer => TranslateOperation.Write(writer, result, r5Names: true));
        Assert.That(json, Does.Contain("""{"name":"concept","valueCoding":{"system":"t","code":"asked"}},{"name":"source","valueCoding":{"system":"s","code":"found"}}"""));
        Assert.That(json, Does.Contain("""{"name":"relationship","valueCode":"source-is-broader-than-target"}"""), "as the map has it");
        Assert.That(Wire.Checked(writer => TranslateOperation.Write(writer, result)), Does.Contain("""{"name":"concept","valueCoding":{"system":"s","code":"found"}}"""));
    }

    [Test]
    public void Outcome_EveryType_IsValid([Values] IssueType type, [Values] IssueSeverity severity)
        => Wire.Checked(writer => OutcomeWriter.Write(writer, [new(severity, type, "Text.") { Expression = "code" }]));

    [Test]
    public void Xml_AnswerOfOurs_ComesBackAsItWas()
    {
        var json = Wire.Write(writer => TranslateOperation.Write(writer, Translation()));
        var back = XmlWire.ToJson(XmlWire.ToXml(global::System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.That(global::System.Text.Json.Nodes.JsonNode.DeepEquals(
            global::System.Text.Json.Nodes.JsonNode.Parse(back.Span), global::System.Text.Json.Nodes.JsonNode.Parse(json)), Is.True);
    }

    [Test]
    public void Xml_BlanksAndOrder_AreNoFaults()
    {
        const string xml = "<ConceptMap xmlns=\"http://hl7.org/fhir\"><status value=\"active\"/><description value=\" blank\"/><contact><name value=\"x\"/></contact></ConceptMap>";
        Assert.That(() => XmlWire.ToJson(global::System.Text.Encoding.UTF8.GetBytes(xml)), Throws.Nothing);
    }

    [TestCase("<Parameters xmlns=\"http://hl7.org/fhir\"><parameter>", "not XML")]
    [TestCase("<Parameters xmlns=\"http://hl7.org/fhir\"><colour value=\"red\"/></Parameters>", "not valid FHIR R4 XML")]
    [TestCase("<!DOCTYPE x><Parameters xmlns=\"http://hl7.org/fhir\"/>", "DTD")]
    public void Xml_Faulty_IsRefused(string xml, string expected)
        => Assert.That(() => XmlWire.ToJson(global::System.Text.Encoding.UTF8.GetBytes(xml)), Throws.InstanceOf<TerminologyException>().With.Message.Contains(expected));

    private static ExpandResult Expansion(ExpandRequest request)
    {
        var set = new ValueSet { Url = "http://example.org/vs", Version = "1", Status = PublicationStatus.Active, Experimental = false };
        return new(set, request, [new(System, new(0)), new(System, new(1))], 2) { UsedCodeSystems = [new("http://example.org/cs", "1")], Parameters = [new("used-codesystem", "Uri", "http://example.org/cs|1")] };
    }

    private static TranslateResult Translation() => new(true,
    [
        new(MapRelationship.SourceIsNarrowerThanTarget, new("t", "x", "1", "X"), "http://example.org/map", "3")
        {
            Source = new("s", "a"), Comment = "Advice.", Rule = "IFA 445518008", RuleGroup = 1, Priority = 2, NeedsPerson = true, Via = new("s", "b"), Issues = [Warning],
            Products = [new("http://example.org/p", "ps", "v")], DependsOn = [new("http://example.org/d", null, "w")], Properties = [new("correlation", "447561005")],
        },
        new(MapRelationship.NotRelatedTo, null, "http://example.org/map", "3") { NoMap = true },
    ])
    { Message = "Look closely." };

    private static InMemoryCodeSystem MakeSystem()
    {
        var builder = new InMemoryCodeSystemBuilder(new() { Url = new("http://example.org/cs"), Version = "1", Name = "Example", Properties = [new("weight", PropertyType.Decimal, "http://example.org/weight")] });
        var (a, _) = builder.Add("a", "Ay");
        builder.AddProperty(a, "notSelectable", PropertyType.Boolean, "true");
        var (b, _) = builder.Add("b", "Bée", "An insect.", a);
        builder.AddDesignation(b, new("de", null, "Biene"));
        builder.AddProperty(b, "weight", PropertyType.Decimal, "1.50");
        builder.AddProperty(b, "next", PropertyType.Code, "a");
        builder.AddProperty(b, "kind", PropertyType.Coding, "s|c|d");
        builder.AddProperty(b, "since", PropertyType.DateTime, "2020-01-01");
        builder.AddProperty(b, "legs", PropertyType.Integer, "6");
        return builder.Build();
    }
}

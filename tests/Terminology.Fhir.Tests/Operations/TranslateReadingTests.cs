using Terminology.Issues;
using Terminology.Maps;
using Terminology.Operations;

namespace Terminology.Fhir.Operations;

/// <summary>Both parameter vocabularies mean the same.</summary>
public sealed class TranslateReadingTests
{
    private const string Concept = """{"coding":[{"system":"s","code":"c"},{"system":"s2","code":"c2"}],"text":"T"}""";

    [TestCase("""{"name":"code","valueCode":"c"},{"name":"system","valueUri":"s"}""", false)]
    [TestCase("""{"name":"coding","valueCoding":{"system":"s","code":"c"}}""", false)]
    [TestCase("""{"name":"codeableConcept","valueCodeableConcept":{"coding":[{"system":"s","code":"c"}]}}""", false)]
    [TestCase("""{"name":"sourceCode","valueCode":"c"},{"name":"system","valueUri":"s"}""", true)]
    [TestCase("""{"name":"sourceCode","valueCode":"c"},{"name":"sourceSystem","valueUri":"s"}""", true)]
    [TestCase("""{"name":"sourceCoding","valueCoding":{"system":"s","code":"c"}}""", true)]
    [TestCase("""{"name":"sourceCodeableConcept","valueCodeableConcept":{"coding":[{"system":"s","code":"c"}]}}""", true)]
    public void Read_EveryForm_MeansTheSame(string parameters, bool r5)
    {
        var request = TranslateOperation.Read(Wire.Parameters(parameters));
        Assert.That(request.Source.Codings, Is.EqualTo(new[] { new Coding("s", "c") }));
        Assert.That((request.R5Names, request.Reverse), Is.EqualTo((r5, false)));
    }

    [TestCase("""{"name":"targetCode","valueCode":"c"},{"name":"targetSystem","valueUri":"s"}""")]
    [TestCase("""{"name":"targetCoding","valueCoding":{"system":"s","code":"c"}}""")]
    [TestCase("""{"name":"targetCodeableConcept","valueCodeableConcept":{"coding":[{"system":"s","code":"c"}]}}""")]
    [TestCase("""{"name":"code","valueCode":"c"},{"name":"system","valueUri":"s"},{"name":"reverse","valueBoolean":true}""")]
    public void Read_Reverse_IsSeen(string parameters)
    {
        var request = TranslateOperation.Read(Wire.Parameters(parameters));
        Assert.That((request.Source.Codings[0], request.Reverse), Is.EqualTo((new Coding("s", "c"), true)));
    }

    [TestCase("""{"name":"url","valueUri":"m|1"},{"name":"source","valueUri":"vs1"},{"name":"target","valueUri":"vs2"},{"name":"targetsystem","valueUri":"t"}""")]
    [TestCase("""{"name":"url","valueUri":"m"},{"name":"conceptMapVersion","valueString":"1"},{"name":"sourceScope","valueUri":"vs1"},{"name":"targetScope","valueUri":"vs2"},{"name":"targetSystem","valueUri":"t"}""")]
    public void Read_Scopes_AreTheSameInBothDialects(string parameters)
    {
        var request = TranslateOperation.Read(Wire.Parameters($$$"""{{{parameters}}},{"name":"codeableConcept","valueCodeableConcept":{{{Concept}}} }"""));
        Assert.That((request.Url, request.SourceScope, request.TargetScope, request.TargetSystem), Is.EqualTo((new VersionedUrl("m", "1"), "vs1", "vs2", "t")));
        Assert.That((request.Source.Codings.Count, request.Source.Text), Is.EqualTo((2, "T")));
    }

    [TestCase("""{"name":"element","valueUri":"e"},{"name":"concept","valueCodeableConcept":{"coding":[{"system":"s","code":"v"}]}}""")]
    [TestCase("""{"name":"attribute","valueUri":"e"},{"name":"value","valueCoding":{"system":"s","code":"v"}}""")]
    public void Read_Dependency_IsTheSameInBothDialects(string parts)
    {
        var dependency = Dependency(parts);
        Assert.That((dependency.Element, dependency.Value.Codings[0]), Is.EqualTo(("e", new Coding("s", "v"))));
    }

    [Test]
    public void Read_Age_IsTextInR4AndQuantityInR5()
    {
        Assert.That(Dependency("""{"name":"element","valueUri":"http://snomed.info/id/445518008"},{"name":"concept","valueCodeableConcept":{"text":"17 a"}}""").Value.Text, Is.EqualTo("17 a"));
        Assert.That(Dependency("""{"name":"attribute","valueUri":"http://snomed.info/id/445518008"},{"name":"value","valueQuantity":{"value":17.5,"code":"a"}}""").Quantity, Is.EqualTo((17.5m, "a")));
    }

    [Test]
    public void Read_InlineMap_IsRead()
    {
        var request = TranslateOperation.Read(Wire.Parameters("""
            {"name":"code","valueCode":"c"},{"name":"system","valueUri":"s"},
            {"name":"conceptMap","resource":{"resourceType":"ConceptMap","status":"draft","group":[{"source":"s","target":"t","element":[{"code":"c","target":[{"code":"x","equivalence":"equal"}]}]}]}}
            """));
        Assert.That(request.ConceptMap!.Find(0, "c")[0].Targets[0].Relationship, Is.EqualTo(MapRelationship.Equivalent));
    }

    [TestCase("", "Nothing to translate")]
    [TestCase("""{"name":"code","valueCode":"c"}""", "'code' needs its code system")]
    [TestCase("""{"name":"code","valueInteger":7},{"name":"system","valueUri":"s"}""", "Parameter 'code': '7' is given where text is expected")]
    [TestCase("""{"name":"code","valueCode":""},{"name":"system","valueUri":"s"}""", "Parameter 'code': the value is empty")]
    [TestCase("""{"name":"coding","valueString":"s|c"}""", "Parameter 'coding': a Coding is expected")]
    [TestCase("""{"name":"coding","valueCoding":{"code":"c"}}""", "'coding' needs its code system")]
    [TestCase("""{"name":"coding","valueCoding":{"system":"s"}}""", "'coding' needs its code")]
    [TestCase("""{"name":"code","valueCode":"c"},{"name":"system","valueUri":"s"},{"name":"coding","valueCoding":{"system":"s","code":"d"}}""", "'code' and 'coding' are given")]
    [TestCase("""{"name":"code","valueCode":"c"},{"name":"code","valueCode":"d"},{"name":"system","valueUri":"s"}""", "'code' and 'code' are given")]
    [TestCase("""{"name":"code","valueCode":"c"},{"name":"system","valueUri":"s"},{"name":"reverse","valueString":"maybe"}""", "Parameter 'reverse': 'maybe' is neither true nor false")]
    [TestCase("""{"name":"code","valueCode":"c"},{"name":"system","valueUri":"s"},{"name":"dependency","part":[{"name":"concept","valueCodeableConcept":{}}]}""", "A dependency needs the part 'element'")]
    [TestCase("""{"name":"code","valueCode":"c"},{"name":"system","valueUri":"s"},{"name":"conceptMap","resource":{"resourceType":"ValueSet"}}""", "must be ConceptMap")]
    public void Read_Faulty_SaysWhatIsWrong(string parameters, string expected)
        => Assert.That(() => TranslateOperation.Read(Wire.Parameters(parameters)), Throws.InstanceOf<TerminologyException>().With.Message.Contains(expected));

    [Test]
    public void FromQuery_ReadsAsParametersDo()
    {
        var request = TranslateOperation.Read(OperationInput.FromQuery([new("code", "c"), new("system", "s"), new("reverse", "true"), new("url", "m|2"), new("empty", "")]));
        Assert.That((request.Source.Codings[0], request.Reverse, request.Url), Is.EqualTo((new Coding("s", "c"), true, new VersionedUrl("m", "2"))));
    }

    private static TranslateDependency Dependency(string parts)
        => TranslateOperation.Read(Wire.Parameters($$"""{"name":"code","valueCode":"c"},{"name":"system","valueUri":"s"},{"name":"dependency","part":[{{parts}}]}""")).Dependencies.Single();
}

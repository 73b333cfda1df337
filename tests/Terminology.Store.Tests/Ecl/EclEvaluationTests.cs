using Terminology.CodeSystems;
using Terminology.Ecl;
using Terminology.Issues;

namespace Terminology.Store.Ecl;

/// <summary>What single constraints answer, and what is said of those that have no answer.</summary>
public sealed class EclEvaluationTests
{
    private const string Site = "363698007", Morphology = "116676008", Strength = "1142135004", Finding = "404684003", Simple = "450970008", SameAs = "900000000000527005";
    private ReleaseFile _file = null!;

    /// <summary>Findings: 1000001 has site and morphology in one group, 1000002 in two, 1000003 ungrouped, 1000004 two sites in a group; 1000005 is inactive, the same as 1000001.</summary>
    [OneTimeSetUp]
    public void Build()
    {
        _file = new ReleaseFile(ReleaseFile.Snomed()).Concept("138875005");
        foreach (var concept in new[] { Finding, Site, Morphology, Strength, "2000001", "2000002", "3000001", "1000001", "1000002", "1000003", "1000004" }) _file.Concept(concept, module: "900000000000207008", time: 20250101);
        _file.Concept("1000005", ConceptFlags.Inactive).Concept("4000001");
        foreach (var concept in new[] { Finding, Site, Morphology, Strength, "2000001", "3000001" }) IsA(concept, "138875005");
        foreach (var concept in new[] { "1000001", "1000002", "1000003", "1000004" }) IsA(concept, Finding);
        IsA("2000002", "2000001");
        _file.Link("1000001", Site, "2000001", 1).Link("1000001", Morphology, "3000001", 1)
            .Link("1000002", Site, "2000002", 1).Link("1000002", Morphology, "3000001", 2)
            .Link("1000003", Site, "2000001").Link("1000003", Morphology, "3000001")
            .Link("1000004", Site, "2000001", 1).Link("1000004", Site, "2000002", 1)
            .Property("1000001", Strength, PropertyType.Decimal, "250.0", 1).Property("1000002", Strength, PropertyType.Decimal, "500", 1);
        _file.Designation("1000001", "Heart attack", id: "5000010").Designation("1000005", "Cardiac infarct", id: "5000028");
        _file.Sink.Refset(new(Simple, RefsetType.Simple, "", []));
        _file.Sink.Refset(new(SameAs, RefsetType.Association, "c", ["targetComponentId"]));
        _file.Member(Simple, "1000005").Member(Simple, "1000002").Member(SameAs, "1000005", "1000001");

        void IsA(string child, string parent) => _file.Link(child, "116680003", parent);
    }

    [OneTimeTearDown]
    public void Remove() => _file.Dispose();

    [TestCase($"< {Finding} : {Site} = 2000001", "1000001 1000003 1000004")]
    [TestCase($"< {Finding} : {Site} = << 2000001", "1000001 1000002 1000003 1000004")]
    [TestCase($"< {Finding} : {Site} = << 2000001, {Morphology} = *", "1000001 1000002 1000003")]
    [TestCase($"< {Finding} : {{ {Site} = << 2000001, {Morphology} = * }}", "1000001")]
    [TestCase($"< {Finding} : {{ {Site} = *, [0..0] {Morphology} = * }}", "1000002 1000003 1000004")]
    [TestCase($"< {Finding} : [0..0] {Morphology} = *", "1000004")]
    [TestCase($"< {Finding} : [2..2] {{ {Site} = * OR {Morphology} = * }}", "1000002 1000003")]
    [TestCase($"< {Finding} : [2..*] {Site} = *", "1000004")]
    [TestCase($"< {Finding} : {Site} != 2000001", "1000002 1000004")]
    [TestCase($"< {Finding} : [0..0] {Site} != 2000001", "1000001 1000003")]
    [TestCase($"* : {Strength} >= #250", "1000001 1000002")]
    [TestCase($"* : {Strength} = #250", "1000001")]
    [TestCase($"* : R {Site} = *", "2000001 2000002")]
    [TestCase($"* : [3..3] R {Site} = < {Finding}", "2000001")]
    [TestCase($"1000002 . {Site}", "2000002")]
    [TestCase($"< {Finding} . ({Site} OR {Morphology})", "2000001 2000002 3000001")]
    [TestCase("!!> (<< 2000001 OR 1000001)", "1000001 2000001")]
    [TestCase("!!< (<< 2000001)", "2000002")]
    [TestCase("1000005", "1000005")]
    [TestCase("<< 1000005", "")]
    [TestCase("* MINUS << 138875005", "")]
    [TestCase("4000001", "4000001")]
    [TestCase($"^ {Simple}", "1000002 1000005")]
    [TestCase($"^ {Simple} {{{{ C active = 1 }}}}", "1000002")]
    [TestCase("* {{ C active = 0 }}", "1000005")]
    [TestCase("^ *", "1000002 1000005")]
    [TestCase($"^ [targetComponentId] {SameAs}", "1000001")]
    [TestCase($"^ [targetComponentId] {SameAs} {{{{ M referencedComponentId = 1000005 }}}}", "1000001")]
    [TestCase("1000001 {{ +HISTORY-MIN }}", "1000001 1000005")]
    [TestCase("(1000001 {{ +HISTORY }}) {{ D term = \"infarct\" }}", "1000005")]
    [TestCase("* {{ D id = 5000010 }}", "1000001")]
    [TestCase("* {{ C effectiveTime = \"\", active = 0 }}", "1000005")]
    public void Evaluate_Constraint_HasTheseConcepts(string expression, string codes)
    {
        Assert.That(string.Join(' ', _file.Codes(EclQuery.Evaluate(_file.System, expression))), Is.EqualTo(codes));
        foreach (var concept in _file.System.All)
        {
            Assert.That(EclQuery.Evaluate(_file.System, expression, ConceptSet.Single(concept)).Count > 0, Is.EqualTo(codes.Contains(_file.Code(concept), StringComparison.Ordinal)), _file.Code(concept));
        }
    }

    [TestCase("< 99999999", 2, "the concept '99999999' is not in")]
    [TestCase($"{Finding} MINUS (* : {Site} = 99999999)", 33, "'99999999'")]
    [TestCase($"^ [mapTarget] {Simple}", 3, "no field 'mapTarget'; they have referencedComponentId")]
    public void Evaluate_UnknownNames_AreToldWithTheirPlace(string expression, int position, string told)
    {
        var problem = Assert.Throws<InvalidExpression>(() => EclQuery.Evaluate(_file.System, expression));
        Assert.That(problem!.Message, Does.Contain(told));
        Assert.That(problem.Position, Is.EqualTo(position));
    }

    [TestCase($"^ [referencedComponentId, targetComponentId] {SameAs}", "several fields")]
    [TestCase($"^ [*] {SameAs}", "several fields")]
    [TestCase($"* : {{ R {Site} = * }}", "within a group")]
    [TestCase($"* : R {Site} = #5", "a reverse attribute with a literal")]
    [TestCase($"* : 116680003 = {Finding}", "the hierarchy is asked by")]
    public void Evaluate_WithoutAnswer_SaysWhy(string expression, string told)
        => Assert.That(() => EclQuery.Evaluate(_file.System, expression), Throws.TypeOf<NotSupported>().With.Message.Contains(told));

    [Test]
    public void Evaluate_MoreThanTheBudget_IsTooCostly()
        => Assert.That(() => EclQuery.Evaluate(_file.System, "* : [2..*] * = *", budget: 20), Throws.TypeOf<TooCostly>().With.Message.Contains("narrow"));

    [Test]
    public void Evaluate_PastTheDeadline_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var expression = string.Join(" OR ", Enumerable.Repeat("< *", 2_000));
        Assert.That(() => EclQuery.Evaluate(_file.System, expression, cancel: cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}

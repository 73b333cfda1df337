using Terminology.Issues;
using Terminology.Operations;
using Terminology.ValueSets;
using static Terminology.Maps.TranslateWorld;

namespace Terminology.Maps;

public sealed class TranslationTests
{
    private static readonly InMemoryConceptMap Basic = Map("basic", Local, Std, Row("GLU", To("S1")), Row("NA", To("S2", MapRelationship.SourceIsNarrowerThanTarget), To("S3")));

    [Test]
    public void Translate_Listed_FillsInDisplayAndNamesTheMap()
    {
        var match = With(Basic).Translate(Ask(Local, "GLU"), RequestScope.Default).Matches.Single();
        Assert.That((match.Target!.Display, match.MapUrl, match.MapVersion), Is.EqualTo(("Glucose", Url("basic"), "1.0")));
    }

    [Test]
    public void Translate_NotListed_IsFalseWithMessage() => Refused(With(Basic).Translate(Ask(Local, "URE"), RequestScope.Default), "does not list 'URE'");

    [Test]
    public void Translate_UnknownToTheSystem_SaysSo() => Refused(With(Basic).Translate(Ask(Local, "NOPE"), RequestScope.Default), $"not in {Local}|1");

    [Test]
    public void Translate_NoMapForTheSystem_SaysSo() => Refused(With(Basic).Translate(Ask(Alt, "X1"), RequestScope.Default), "No map is loaded");

    [Test]
    public void Translate_UnknownMap_Throws()
        => Assert.That(() => With(Basic).Translate(Ask(Local, "GLU") with { Url = new(Url("nowhere")) }, RequestScope.Default), Throws.TypeOf<UnknownConceptMap>());

    [Test]
    public void Translate_UnknownVersion_ThrowsAndNamesTheKnownOnes()
        => Assert.That(() => With(Basic).Translate(Ask(Local, "GLU") with { Url = new(Url("basic"), "7") }, RequestScope.Default), Throws.TypeOf<UnknownConceptMap>().With.Message.Contains("1.0"));

    [Test]
    public void Translate_NothingGiven_Throws() => Assert.That(() => With(Basic).Translate(new(new([])), RequestScope.Default), Throws.TypeOf<TerminologyException>().With.Property("Type").EqualTo(IssueType.Required));

    [Test]
    public void Translate_CodingWithoutSystem_DoesNotSpoilTheOther()
    {
        var result = With(Basic).Translate(new(new([new(null, "GLU"), new(Local, "GLU")])), RequestScope.Default);
        Assert.That((Answer(result), result.Result), Is.EqualTo(("S1", true)));
        Assert.That(result.Message, Does.Contain("has no system"));
    }

    [Test]
    public void Translate_TwoCodings_TranslatesBoth() => Assert.That(Answer(With(Basic).Translate(new(new([new(Local, "NA"), new(Local, "GLU")])), RequestScope.Default)), Is.EqualTo("S2 S3 S1"));

    [Test]
    public void Translate_DecidedNoTarget_IsAMatchWithoutTarget()
    {
        var result = With(Map("basic", Local, Std, new MapElement("GLU", []) { NoMap = true, Comment = "not done any more" })).Translate(Ask(Local, "GLU"), RequestScope.Default);
        Assert.That(Answer(result), Is.EqualTo("-"));
        Refused(result, "not done any more");
    }

    [Test]
    public void Translate_NotRelated_IsNotUsable() => Assert.That(With(Map("m", Local, Std, Row("GLU", To("S1", MapRelationship.NotRelatedTo)))).Translate(Ask(Local, "GLU"), RequestScope.Default).Result, Is.False);

    [Test]
    public void Translate_InactiveTarget_IsAnsweredWithAWarning() => Warned(With(Map("m", Local, Std, Row("GLU", To("SX")))).Translate(Ask(Local, "GLU"), RequestScope.Default), "SX", "'SX' is inactive");

    [Test]
    public void Translate_MissingTarget_IsAnsweredWithAWarning() => Warned(With(Map("m", Local, Std, Row("GLU", To("S77")))).Translate(Ask(Local, "GLU"), RequestScope.Default), "S77", "'S77' is not in");

    [Test]
    public void Translate_Reverse_TurnsTheRelationship()
    {
        var match = With(Basic).Translate(Ask(Std, "S2") with { Reverse = true }, RequestScope.Default).Matches.Single();
        Assert.That((match.Target!.Code, match.Target.System, match.Relationship), Is.EqualTo(("NA", Local, MapRelationship.SourceIsBroaderThanTarget)));
    }

    [Test]
    public void Translate_Reverse_GivesAllSources()
        => Assert.That(Answer(With(Map("m", Local, Std, Row("GLU", To("S1")), Row("NA", To("S1")))).Translate(Ask(Std, "S1") with { Reverse = true }, RequestScope.Default)), Is.EqualTo("GLU NA"));

    [Test]
    public void Translate_ReverseNotAsked_IsNotDone() => Refused(With(Basic).Translate(Ask(Std, "S1"), RequestScope.Default), "No map is loaded");

    [Test]
    public void Translate_ReverseOfFixed_IsNotFollowed()
        => Assert.That(Answer(With(Map(Info("m", Local, Std, new(UnmappedMode.Fixed, "S9")), Row("GLU", To("S1")))).Translate(Ask(Std, "S9") with { Reverse = true }, RequestScope.Default)), Is.Empty);

    [TestCase("URE", "S9", Description = "not listed")]
    [TestCase("GLU", "S1", Description = "explicit rows win")]
    [TestCase("NOPE", "", Description = "a code that does not exist gets no fixed code")]
    public void Translate_Fixed_ServesCodesNotListed(string code, string expected)
    {
        var result = With(Map(Info("m", Local, Std, new(UnmappedMode.Fixed, "S9")), Row("GLU", To("S1")))).Translate(Ask(Local, code), RequestScope.Default);
        Assert.That(Answer(result), Is.EqualTo(expected));
        Assert.That(result.Matches.Where(match => match.Target!.Code == "S9").Select(match => match.Relationship), Is.All.EqualTo(MapRelationship.RelatedTo));
    }

    [Test]
    public void Translate_FixedBesideAnExplicitRowOfAnotherMap_IsSilent()
        => Assert.That(Answer(With(Map(Info("a", Local, Std, new(UnmappedMode.Fixed, "S9"))), Map("b", Local, Std, Row("GLU", To("S1")))).Translate(Ask(Local, "GLU"), RequestScope.Default)), Is.EqualTo("S1"));

    [Test]
    public void Translate_UseSourceCode_TargetDoesNotKnowIt_NeedsAPerson()
        => Assert.That(Answer(With(Map(Info("m", Local, Std, new(UnmappedMode.UseSourceCode)))).Translate(Ask(Local, "GLU"), RequestScope.Default)), Is.EqualTo("GLU?"));

    [Test]
    public void Translate_OtherMap_GoesOnThere()
    {
        var first = Map(Info("first", Local, Std, new(UnmappedMode.OtherMap, OtherMap: Url("second"))), Row("GLU", To("S1")));
        var second = Map(Info("second", Local, Std, new(UnmappedMode.Fixed, "S9")), Row("NA", To("S2")));
        var service = With(first, second);
        var asked = new VersionedUrl(Url("first"));
        Assert.That(new[] { "GLU", "NA", "K" }.Select(code => Answer(service.Translate(Ask(Local, code) with { Url = asked }, RequestScope.Default))), Is.EqualTo(new[] { "S1", "S2", "S9" }));
        Assert.That(service.Translate(Ask(Local, "NA") with { Url = asked }, RequestScope.Default).Matches.Single().MapUrl, Is.EqualTo(Url("second")));
    }

    [Test]
    public void Translate_OtherMapInACircle_Ends()
    {
        var x = Map(Info("x", Local, Std, new(UnmappedMode.OtherMap, OtherMap: Url("y"))));
        var y = Map(Info("y", Local, Std, new(UnmappedMode.OtherMap, OtherMap: Url("x"))));
        Refused(With(x, y).Translate(Ask(Local, "GLU") with { Url = new(Url("x")) }, RequestScope.Default), "refer to each other");
    }

    [Test]
    public void Translate_OtherMapUnknown_NamesIt()
        => Refused(With(Map(Info("x", Local, Std, new(UnmappedMode.OtherMap, OtherMap: Url("gone"))))).Translate(Ask(Local, "GLU"), RequestScope.Default), Url("gone"));

    [TestCase("specimen=ser", "S1 S9", Description = "the specific row first, the unconditional one behind it")]
    [TestCase("specimen=uri", "S3 S9")]
    [TestCase("specimen=csf", "S9", Description = "contradicted rows are out")]
    [TestCase("fasting=yes", "S9 S1 S3 S2", Description = "missing: candidates come last")]
    [TestCase("specimen=ser;fasting=yes", "S2 S1 S9")]
    public void Translate_DependsOn_OrdersBySpecificity(string known, string expected)
    {
        MapDependency Specimen(string value) => new("http://example.org/specimen", Alt, value);
        var map = Map("m", Local, Std, Row(
            "GLU", To("S9"), To("S1") with { DependsOn = [Specimen("ser")] }, To("S3") with { DependsOn = [Specimen("uri")] },
            To("S2") with { DependsOn = [Specimen("ser"), new("http://example.org/fasting", null, "yes")] }));
        var dependencies = known.Split(';').Select(item => item.Split('=')).Select(item => new TranslateDependency($"http://example.org/{item[0]}", new([new(item[0] == "specimen" ? Alt : null, item[1])], null)));
        var result = With(map).Translate(Ask(Local, "GLU") with { Dependencies = [.. dependencies] }, RequestScope.Default);
        var settled = result.Matches.Where(match => match.DependsOn.Count == 0).Select(match => match.Target!.Code);
        Assert.That(string.Join(' ', result.Matches.Select(match => match.Target!.Code)), Does.StartWith(expected));
        Assert.That(settled, Is.EqualTo(result.Matches.Take(settled.Count()).Select(match => match.Target!.Code)));
    }

    [Test]
    public void Translate_DependencyMissing_SaysOnWhatItDepends()
    {
        var map = Map("m", Local, Std, Row("GLU", To("S1") with { DependsOn = [new("http://example.org/specimen", null, "ser")] }));
        Warned(With(map).Translate(Ask(Local, "GLU"), RequestScope.Default), "S1", "http://example.org/specimen");
    }

    [Test]
    public void Translate_Products_ComeAlong()
    {
        var product = new MapDependency("http://example.org/specimen", Alt, "X1");
        Assert.That(With(Map("m", Local, Std, Row("GLU", To("S1") with { Products = [product] }))).Translate(Ask(Local, "GLU"), RequestScope.Default).Matches.Single().Products, Is.EqualTo(new[] { product }));
    }

    [Test]
    public void Translate_MapsThatDisagree_AreBothAnsweredAndNamed()
    {
        var result = With(Map("a", Local, Std, Row("GLU", To("S1"))), Map("b", Local, Std, Row("GLU", To("S2")))).Translate(Ask(Local, "GLU"), RequestScope.Default);
        Assert.That(Answer(result), Is.EqualTo("S1 S2"));
        Assert.That(result.Issues.Single().MessageId, Is.EqualTo("MAPS_DISAGREE"));
        Assert.That(result.Message, Does.Contain(Url("a")).And.Contain(Url("b")));
    }

    [Test]
    public void Translate_OneMapSaysNoTarget_Disagrees()
        => Assert.That(With(Map("a", Local, Std, new MapElement("GLU", []) { NoMap = true }), Basic).Translate(Ask(Local, "GLU"), RequestScope.Default).Issues.Select(issue => issue.MessageId), Does.Contain("MAPS_DISAGREE"));

    [Test]
    public void Translate_MapsThatAgree_AreNotFlagged()
        => Assert.That(With(Map("a", Local, Std, Row("GLU", To("S1"))), Map("b", Local, Std, Row("GLU", To("S1")))).Translate(Ask(Local, "GLU"), RequestScope.Default).Message, Is.Null);

    [TestCase(PublicationStatus.Draft, "S1")]
    [TestCase(PublicationStatus.Retired, "S1")]
    [TestCase(PublicationStatus.Active, "S2")]
    public void Translate_NewerVersion_CompetesOnlyWhenActive(PublicationStatus status, string expected)
    {
        var older = Map("m", Local, Std, Row("GLU", To("S1")));
        var newer = Map(Info("m", Local, Std) with { Version = "10.0", Status = status }, Row("GLU", To("S2")));
        var service = With(newer, older);
        Assert.That(Answer(service.Translate(Ask(Local, "GLU"), RequestScope.Default)), Is.EqualTo(expected), "without url");
        Assert.That(Answer(service.Translate(Ask(Local, "GLU") with { Url = new(Url("m")) }, RequestScope.Default)), Is.EqualTo(expected), "by url");
        Assert.That(Answer(service.Translate(Ask(Local, "GLU") with { Url = new(Url("m"), "10.0") }, RequestScope.Default)), Is.EqualTo("S2"), "by version");
    }

    [Test]
    public void Translate_DraftAlone_AnswersAndSaysSo()
    {
        var result = With(Map(Info("m", Local, Std) with { Status = PublicationStatus.Draft }, Row("GLU", To("S1")))).Translate(Ask(Local, "GLU"), RequestScope.Default);
        Assert.That(Answer(result), Is.EqualTo("S1"));
        Assert.That(result.Issues.Single().Text, Does.Contain("is a draft"));
    }

    [Test]
    public void Translate_RetiredAlone_AnswersByUrlOnly()
    {
        var service = With(Map(Info("m", Local, Std) with { Status = PublicationStatus.Retired }, Row("GLU", To("S1"))));
        Assert.That(Answer(service.Translate(Ask(Local, "GLU"), RequestScope.Default)), Is.Empty);
        Assert.That(Answer(service.Translate(Ask(Local, "GLU") with { Url = new(Url("m")) }, RequestScope.Default)), Is.EqualTo("S1"));
    }

    [Test]
    public void Translate_GroupForAnotherVersion_IsNotUsed()
        => Refused(With(Map("m", $"{Local}|2023", Std, Row("GLU", To("S1")))).Translate(new(new([new(Local, "GLU", "1")])), RequestScope.Default), "for version 2023");

    [Test]
    public void Translate_TargetSystem_LeavesTheOthersOut()
    {
        var service = With(Basic, Map("alt", Local, Alt, Row("GLU", To("X1"))));
        Assert.That(Answer(service.Translate(Ask(Local, "GLU") with { TargetSystem = Alt }, RequestScope.Default)), Is.EqualTo("X1"));
        Assert.That(Answer(service.Translate(Ask(Local, "GLU") with { TargetScope = Alt }, RequestScope.Default)), Is.EqualTo("X1"), "a scope that names a code system is read as that system");
        Assert.That(Answer(service.Translate(Ask(Local, "GLU"), RequestScope.Default)), Is.EqualTo("X1 S1"));
    }

    [Test]
    public void Translate_TargetScope_LeavesMembers()
        => Assert.That(Answer(With([Set("http://example.org/vs", Std, "S3")], Basic).Translate(Ask(Local, "NA") with { TargetScope = "http://example.org/vs" }, RequestScope.Default)), Is.EqualTo("S3"));

    [Test]
    public void Translate_NotInTheSourceScope_IsNotTranslated()
        => Refused(With([Set("http://example.org/vs", Local, "NA")], Basic).Translate(Ask(Local, "GLU") with { SourceScope = "http://example.org/vs" }, RequestScope.Default), "not in the source scope");

    [Test]
    public void Translate_UnknownScope_Throws()
        => Assert.That(() => With(Basic).Translate(Ask(Local, "GLU") with { TargetScope = "http://example.org/nowhere" }, RequestScope.Default), Throws.TypeOf<UnknownValueSet>());

    [Test]
    public void Translate_OutsideTheScopeOfTheMap_IsNotUsed()
        => Refused(With([Set("http://example.org/vs", Local, "NA")], Map(Info("m", Local, Std) with { SourceScope = "http://example.org/vs" }, Row("GLU", To("S1")))).Translate(Ask(Local, "GLU"), RequestScope.Default), "http://example.org/vs");

    [Test]
    public void Translate_InlineMapAndUrlOfAnother_Throws()
        => Assert.That(() => With(Basic).Translate(Ask(Local, "GLU") with { ConceptMap = Map("other", Local, Std), Url = new(Url("basic")) }, RequestScope.Default), Throws.TypeOf<TerminologyException>());

    [TestCase("1234567890", "A? B?", Description = "ten digits: 4-4-2 and 5-3-2 have rows")]
    [TestCase("01234567890", "A", Description = "eleven digits")]
    [TestCase("1234-5678-90", "A", Description = "hyphens say which part is short")]
    public void Translate_Ndc_EveryReadingWithARow(string code, string expected)
    {
        var map = Map("ndc", CodeSystemUri.Ndc.Value, CodeSystemUri.RxNorm.Value, Row("01234567890", To("A")), Row("12345067890", To("B")));
        Assert.That(Answer(With(map).Translate(Ask("urn:oid:2.16.840.1.113883.6.69", code), RequestScope.Default)), Is.EqualTo(expected));
    }

    [Test]
    public void Translate_IcdWithoutDot_IsUnderstoodWithAWarning()
        => Warned(With(Map("gem", CodeSystemUri.Icd10Cm.Value, Std, Row("E11.9", To("S1")))).Translate(Ask("I10C", "e119"), RequestScope.Default), "S1", "understood as 'E11.9'");

    [Test]
    public void Translate_GemCombination_OneCodePerListIsNeeded()
    {
        var clear = Combination(("A", "1", "1"), ("B", "1", "2"));
        var choice = Combination(("A", "1", "1"), ("B", "1", "2"), ("C", "1", "2"));
        Assert.That((Answer(clear), clear.Result, Answer(choice), choice.Result), Is.EqualTo(("A B", true, "A? B? C?", false)));
        Assert.That(choice.Message, Does.Contain("(A) and (B or C)"));
    }

    private static TranslateResult Combination(params (string Code, string Scenario, string List)[] rows)
        => With(Map("gem", Local, Icd, Row("GLU", [.. rows.Select(row => To(row.Code, MapRelationship.RelatedTo) with { Properties = [new("combination", "true"), new("scenario", row.Scenario), new("choice-list", row.List)] })])))
            .Translate(Ask(Local, "GLU"), RequestScope.Default);

    private static ValueSet Set(string url, string system, params string[] codes) => new() { Url = url, Compose = new([new(system, null, [.. codes.Select(code => new ConceptReference(code, null))], [], [])], []) };

    private static void Refused(TranslateResult result, string message)
    {
        Assert.That(result.Result, Is.False);
        Assert.That(result.Message, Does.Contain(message));
    }

    private static void Warned(TranslateResult result, string target, string message)
    {
        Assert.That((Answer(result), result.Result), Is.EqualTo((target, true)));
        Assert.That(result.Message, Does.Contain(message));
    }
}

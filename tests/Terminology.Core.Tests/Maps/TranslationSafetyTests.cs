using Terminology.Operations;
using static Terminology.Maps.TranslateWorld;

namespace Terminology.Maps;

public sealed class TranslationSafetyTests
{
    private static TranslateResult Translate(TerminologyService service, TranslateRequest request) => service.Translate(request, RequestScope.Default);

    private static readonly ConceptMapInfo Active = Info("m", Local, Std) with { Status = PublicationStatus.Active };

    [Test]
    public void Translate_EquivalentActiveTarget_IsSafe()
    {
        var result = Translate(With(Map(Active, Row("GLU", To("S1")))), Ask(Local, "GLU"));
        Assert.That(result.Result && result.Cautions.Count == 0 && result.Matches[0].Cautions.Count == 0);
    }

    [TestCase("S1", MapRelationship.SourceIsNarrowerThanTarget, Caution.NotEquivalent)]
    [TestCase("S1", MapRelationship.RelatedTo, Caution.NotEquivalent)]
    [TestCase("SX", MapRelationship.Equivalent, Caution.TargetInactive)]
    [TestCase("NOPE", MapRelationship.Equivalent, Caution.TargetUnknown)]
    [TestCase(null, MapRelationship.Equivalent, Caution.NoTarget)]
    public void Translate_RowWithADanger_NamesIt(string? target, MapRelationship relationship, Caution expected)
    {
        var result = Translate(With(Map(Active, Row("GLU", To(target, relationship)))), Ask(Local, "GLU"));
        Assert.That(result.Matches[0].Cautions, Does.Contain(expected));
        Assert.That(result.Cautions, Does.Contain(expected));
    }

    [Test]
    public void Translate_NothingMapped_IsNotSafe() => Assert.That(Translate(With(Map(Active)), Ask(Local, "GLU")).Cautions, Is.EqualTo(new[] { Caution.NotMapped }));

    [Test]
    public void Translate_TwoTargets_BothNeedAChoice()
    {
        var result = Translate(With(Map(Active, Row("GLU", To("S1"), To("S2")))), Ask(Local, "GLU"));
        Assert.That(result.Matches.Select(match => match.Cautions), Has.All.EqualTo(new[] { Caution.SeveralTargets }));
    }

    [Test]
    public void Translate_MapsThatDisagree_AreMarked()
    {
        var other = Info("n", Local, Std) with { Status = PublicationStatus.Active };
        var result = Translate(With(Map(Active, Row("GLU", To("S1"))), Map(other, Row("GLU", To("S2")))), Ask(Local, "GLU"));
        Assert.That(result.Matches.Select(match => match.Cautions), Has.All.Contains(Caution.MapsDisagree));
    }

    [Test]
    public void Translate_DraftMap_IsMarked()
        => Assert.That(Translate(With(Map(Active with { Status = PublicationStatus.Draft }, Row("GLU", To("S1")))), Ask(Local, "GLU")).Cautions, Is.EqualTo(new[] { Caution.DraftMap }));

    [Test]
    public void Translate_ByTheRuleForAllOthers_IsMarked()
    {
        var map = Map(Info("m", Local, Std, new(UnmappedMode.Fixed) { Code = "S9", Relationship = MapRelationship.Equivalent }) with { Status = PublicationStatus.Active }, Row("GLU", To("S1")));
        Assert.That(Translate(With(map), Ask(Local, "NA")).Cautions, Is.EqualTo(new[] { Caution.NotListed }));
    }

    [Test]
    public void Translate_TargetSystemNotLoaded_SaysThatNobodyLooked()
    {
        var map = Map(Info("m", Local, "http://example.org/elsewhere") with { Status = PublicationStatus.Active }, Row("GLU", To("E1")));
        var result = Translate(With(map), Ask(Local, "GLU"));
        Assert.That(result.Cautions, Is.EqualTo(new[] { Caution.TargetNotChecked }));
        Assert.That(result.Message, Is.Null);
    }

    [TestCase(MapRelationship.Equivalent, MapRelationship.Equivalent, MapRelationship.Equivalent)]
    [TestCase(MapRelationship.Equivalent, MapRelationship.SourceIsNarrowerThanTarget, MapRelationship.SourceIsNarrowerThanTarget)]
    [TestCase(MapRelationship.SourceIsNarrowerThanTarget, MapRelationship.SourceIsNarrowerThanTarget, MapRelationship.SourceIsNarrowerThanTarget)]
    [TestCase(MapRelationship.SourceIsNarrowerThanTarget, MapRelationship.SourceIsBroaderThanTarget, MapRelationship.RelatedTo)]
    [TestCase(MapRelationship.RelatedTo, MapRelationship.RelatedTo, MapRelationship.RelatedTo)]
    public void Translate_ChainAskedFor_ComposesRelationships(MapRelationship first, MapRelationship second, MapRelationship expected)
    {
        var service = With(Map("a", Local, Std, Row("GLU", To("S1", first))), Map("b", Std, Alt, Row("S1", To("X1", second))));
        var request = Ask(Local, "GLU") with { TargetSystem = Alt };
        Assert.That(Translate(service, request).Matches, Is.Empty);
        var match = Translate(service, request with { MaxLinks = 3 }).Matches.Single();
        Assert.That((match.Target!.Code, match.Relationship, match.MapUrl), Is.EqualTo(("X1", expected, Url("b"))));
        Assert.That(match.Chain.Select(link => (link.Concept.Code, link.Map!.Url)), Is.EqualTo(new[] { ("S1", Url("a")) }));
        Assert.That(match.Cautions, Does.Contain(Caution.Chained));
    }

    [Test]
    public void Translate_ChainInACircle_Ends()
    {
        var service = With(Map("a", Local, Std, Row("GLU", To("S1"))), Map("b", Std, Local, Row("S1", To("GLU"))));
        Assert.That(Translate(service, Ask(Local, "GLU") with { TargetSystem = Alt, MaxLinks = 3 }).Matches, Is.Empty);
    }

    [Test]
    public void Translate_Traced_SaysOfEachMapAndRowWhy()
    {
        var retired = Info("old", Local, Std) with { Status = PublicationStatus.Retired };
        var service = With(Map(Active, Row("GLU", To("S1"))), Map(retired, Row("GLU", To("S2"))), Map("other", Local, Alt, Row("NA", To("X1"))));
        var trace = Translate(service, Ask(Local, "GLU") with { Trace = true, TargetSystem = Std, Ignored = ["uuid"] }).Trace;
        var text = string.Join('\n', trace.Select(step => $"{step.Map} {step.Taken} {step.Why}"));
        Assert.That(text, Does.Contain("'uuid'").And.Contain($"{Url("old")}|1.0 False It is retired").And.Contain($"{Url("other")}|1.0 False It leads to {Alt}").And.Contain("row 'GLU' to 'S1': taken"));
    }
}

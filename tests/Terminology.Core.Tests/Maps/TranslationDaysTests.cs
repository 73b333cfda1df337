using Terminology.Operations;
using static Terminology.Maps.TranslateWorld;

namespace Terminology.Maps;

public sealed class TranslationDaysTests
{
    private static readonly DateOnly Last = new(2026, 3, 31);

    private static TranslateResult On(DateOnly? day, TranslateRequest request, params MapElement[] elements)
        => With(Map(Info("dated", Local, Std, new(UnmappedMode.Fixed, "S9")) with { Days = [] }, elements)).Translate(request with { Url = new(Url("dated")) }, RequestScope.Default with { Day = day });

    private static MapTarget Holding(string code, DateOnly? from, DateOnly? to) => To(code) with { Properties = [.. TargetDays.Effective(from, to)] };

    private static MapTarget Old(string code, DateOnly? until, bool isOptIn = false) => To(code) with { Properties = [.. TargetDays.Superseded(until, isOptIn)] };

    [TestCase(-1, "S1")]
    [TestCase(0, "S1")]
    [TestCase(1, "S2")]
    public void Translate_OnADay_AnswersWhatHoldsOnIt(int after, string expected)
        => Assert.That(Answer(On(Last.AddDays(after), Ask(Local, "GLU"), Row("GLU", Holding("S1", null, Last), Holding("S2", Last.AddDays(1), null)))), Is.EqualTo(expected));

    [Test]
    public void Translate_MapWhichDoesNotSayThatItHasDays_IsNotLookedAtForThem()
    {
        var result = With(Map("plain", Local, Std, Row("GLU", Holding("S1", null, Last)))).Translate(Ask(Local, "GLU"), RequestScope.Default with { Day = Last.AddDays(1) });
        Assert.That(Answer(result), Is.EqualTo("S1"));
    }

    [Test]
    public void Translate_AllOutsideOfTheirDays_SaysWhen_AndNothingElseAnswersInTheirPlace()
    {
        var result = On(Last, Ask(Local, "GLU"), Row("GLU", Holding("S1", Last.AddDays(1), null)));
        Assert.That((result.Result, result.Matches.Count, result.Message), Is.EqualTo((false, 0, $"The map {Url("dated")}|1.0 lists 'GLU', but no target of it answers: 'S1' holds from 2026-04-01.")));
    }

    [Test]
    public void Translate_SupersededAndOver_IsAsIfTheMapDidNotListIt()
        => Assert.That(Answer(On(Last.AddDays(1), Ask(Local, "GLU"), Row("GLU", Old("S1", Last)))), Is.EqualTo("S9"));

    [Test]
    public void Translate_Superseded_StandsBehindWhatHolds_AndLeavesItSafe()
    {
        var result = On(Last, Ask(Local, "GLU"), Row("GLU", Old("S1", Last)), Row("GLU", To("S2")));
        Assert.That(result.Matches.Select(match => (match.Target!.Code, match.IsSuperseded, string.Join(' ', match.Cautions))), Is.EqualTo(new[] { ("S2", false, ""), ("S1", true, "Superseded") }));
        Assert.That(result.Cautions, Is.Empty);
    }

    [Test]
    public void Translate_OnlySuperseded_IsUsable_AndSaysWhatItIs()
    {
        var result = On(Last, Ask(Local, "GLU"), Row("GLU", Old("S1", Last)));
        Assert.That((result.Result, string.Join(' ', result.Cautions)), Is.EqualTo((true, "Superseded")));
    }

    [Test]
    public void Translate_NewlyWithoutTarget_SaysBoth()
    {
        var result = On(Last, Ask(Local, "GLU"), Row("GLU") with { NoMap = true }, Row("GLU", Old("S1", Last)));
        Assert.That(result.Matches.Select(match => match.NoMap ? "none" : match.Target!.Code), Is.EqualTo(new[] { "none", "S1" }));
    }

    [Test]
    public void Translate_OldRules_DoNotCompeteWithNewOnes()
    {
        var result = On(Last, Ask(Local, "GLU"), Row("GLU", To("S2") with { RuleGroup = 1, Priority = 1, Rule = "TRUE" }), Row("GLU", Old("S1", Last) with { RuleGroup = 1, Priority = 1, Rule = "TRUE" }));
        Assert.That(Answer(result), Is.EqualTo("S2 S1"));
    }

    [TestCase(false, "S2")]
    [TestCase(true, "S2 S1")]
    public void Translate_OptIn_AnswersWhoAsks(bool asks, string expected)
        => Assert.That(Answer(On(Last, Ask(Local, "GLU") with { IncludeSuperseded = asks }, Row("GLU", To("S2")), Row("GLU", Old("S1", null, isOptIn: true)))), Is.EqualTo(expected));

    [Test]
    public void Translate_Traced_SaysWhyATargetIsNotTaken()
        => Assert.That(On(Last.AddDays(1), Ask(Local, "GLU") with { Trace = true }, Row("GLU", To("S2"), Holding("S1", null, Last))).Trace.Select(step => step.Why), Has.Some.EqualTo("row 'GLU': 'S1' held until 2026-03-31."));

    [Test]
    public void Translate_TwoMaps_OldTargetsDisagreeWithNobody()
    {
        var one = Map(Info("one", Local, Std) with { Days = [] }, Row("GLU", To("S2")), Row("GLU", Old("S1", Last)));
        var other = Map("other", Local, Std, Row("GLU", To("S2")));
        var result = With(one, other).Translate(Ask(Local, "GLU"), RequestScope.Default with { Day = Last });
        Assert.That((Answer(result), string.Join(' ', result.Cautions)), Is.EqualTo(("S2 S2 S1", "")));
    }

    [Test]
    public void IsGoverned_OfAMapThatWasSentAlong_Not()
        => Assert.That(On(Last, Ask(Local, "GLU"), Row("GLU", To("S2"))).Matches[0].IsGoverned, Is.False);
}

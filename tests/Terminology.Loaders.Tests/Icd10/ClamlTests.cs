using Terminology.Issues;

namespace Terminology.Loaders.Icd10;

public sealed class ClamlTests
{
    private const string Start = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE ClaML SYSTEM "ClaML.dtd"><ClaML version="2.0.0"><Meta name="lang" value="en"/><Title name="ICD-10" date="2030-01-01" version="2030">International Classification</Title>""";

    private const string Falls = """
        <Modifier code="S20_4"/><Modifier code="S20_5"/>
        <ModifierClass modifier="S20_4" code=".0"><Rubric kind="preferred"><Label>Home</Label></Rubric><Rubric kind="exclusion"><Label>prison</Label></Rubric></ModifierClass>
        <ModifierClass modifier="S20_4" code=".1"><Rubric kind="preferred"><Label>Street</Label></Rubric></ModifierClass>
        <ModifierClass modifier="S20_5" code="0"><Rubric kind="preferred"><Label>At sport</Label></Rubric></ModifierClass>
        <ModifierClass modifier="S20_5" code="1"><Rubric kind="preferred"><Label>At work</Label></Rubric></ModifierClass>
        <Class code="XX" kind="chapter"><SubClass code="W00-W01"/><Rubric kind="preferred"><Label>External causes</Label></Rubric></Class>
        <Class code="W00-W01" kind="block"><SuperClass code="XX"/><SubClass code="W00"/><SubClass code="W01"/><SubClass code="W02"/><ModifiedBy code="S20_4"/><ModifiedBy code="S20_5"/><Rubric kind="preferred"><Label>Falls</Label></Rubric></Class>
        <Class code="W00" kind="category"><SuperClass code="W00-W01"/><Rubric kind="preferred"><Label>Fall on ice</Label></Rubric></Class>
        <Class code="W01" kind="category"><SuperClass code="W00-W01"/><ExcludeModifier code="S20_5"/><Rubric kind="preferred"><Label>Slipping</Label></Rubric></Class>
        <Class code="W02" kind="category"><SuperClass code="W00-W01"/><SubClass code="W02.0"/><ExcludeModifier code="S20_4"/><Rubric kind="preferred"><Label>Skates</Label></Rubric></Class>
        <Class code="W02.0" kind="category"><SuperClass code="W02"/><Rubric kind="preferred"><Label>Ice-skates</Label></Rubric></Class>
        """;

    [Test]
    public void Modifiers_SeveralOfOneClass_GoOnAfterEachOther()
    {
        var release = Load(Falls);
        Assert.That(release.Codes.Where(code => code.StartsWith("W00", StringComparison.Ordinal) && !code.Contains('-')), Is.EquivalentTo(new[] { "W00", "W00.0", "W00.00", "W00.01", "W00.1", "W00.10", "W00.11" }));
        Assert.That(release["W00.01"].Display, Is.EqualTo("Fall on ice: Home: At work"));
        Assert.That(release["W00.01"].Parents, Is.EqualTo(["W00.0"]));
        Assert.That(release["W00.0"].Parents, Is.EqualTo(["W00"]));
        Assert.That(release["W00.0"].Values("exclusion"), Is.EqualTo(["prison"]), "what the modifier says holds for its codes");
    }

    [Test]
    public void Modifiers_Excluded_AreNotApplied_AndAClassWithSubclassesPassesThemOn()
    {
        var release = Load(Falls);
        Assert.That(release.Codes.Where(code => code.StartsWith("W01", StringComparison.Ordinal)), Is.EquivalentTo(new[] { "W01", "W01.0", "W01.1" }));
        Assert.That(release.Codes.Where(code => code.StartsWith("W02", StringComparison.Ordinal)), Is.EquivalentTo(new[] { "W02", "W02.0", "W02.00", "W02.01" }));
    }

    [Test]
    public void Modifiers_OnlyValidClasses_AndAClassOfItsOwnCountsMore()
    {
        var release = Load(Falls.Replace("<ModifiedBy code=\"S20_4\"/>", "<ModifiedBy code=\"S20_4\" all=\"false\"><ValidModifierClass code=\".1\"/></ModifiedBy>", StringComparison.Ordinal)
            + """<Class code="W00.1" kind="category"><SuperClass code="W00"/><Rubric kind="preferred"><Label>Ice on a street</Label></Rubric></Class>""");
        Assert.That(release.Has("W00.0"), Is.False);
        Assert.That(release["W00.1"].Display, Is.EqualTo("Ice on a street"));
        Assert.That(release.Report.Rejected, Is.Zero);
    }

    [Test]
    public void Labels_ParagraphsAndReferences_AreReadAsAPersonReadsThem()
    {
        var release = Load("""
            <Class code="A17" kind="category" usage="dagger"><Rubric kind="preferred"><Label>Meningitis<Reference class="in brackets" usage="aster" code="G01">G01</Reference></Label></Rubric>
            <Rubric kind="text"><Label><Para>First.</Para><Para>Second.</Para></Label></Rubric></Class>
            """);
        Assert.That(release["A17"].Display, Is.EqualTo("Meningitis (G01*)"));
        Assert.That(release["A17"].Values("aster"), Is.EqualTo(["G01"]));
        Assert.That(release["A17"].Values("usage"), Is.EqualTo(["dagger"]));
        Assert.That(release["A17"].Values("text"), Is.EqualTo(["First. Second."]));
    }

    [Test]
    public void References_OfAnyRubricButExclusions_MakePairsThatEitherCodeTells()
    {
        var release = Load("""
            <Modifier code="DIA"/><ModifierClass modifier="DIA" code=".4" usage="dagger"><Rubric kind="preferred"><Label>with nerve damage</Label></Rubric>
              <Rubric kind="inclusion"><Label>neuropathy <Reference class="in brackets" usage="aster">G63.2</Reference></Label></Rubric></ModifierClass>
            <Class code="B26.8" kind="category"><Rubric kind="preferred"><Label>Mumps, other</Label></Rubric>
              <Rubric kind="inclusion"><Label><Fragment type="item">Mumps arthritis</Fragment><Fragment type="item"><Reference usage="aster" code="M01.5">M01.5</Reference></Fragment></Label></Rubric>
              <Rubric kind="exclusion"><Label>nerves <Reference usage="aster" code="G63.2">G63.2</Reference></Label></Rubric></Class>
            <Class code="E10" kind="category"><ModifiedBy code="DIA"/><Rubric kind="preferred"><Label>Diabetes</Label></Rubric></Class>
            <Class code="G63" kind="category" usage="aster"><SubClass code="G63.2"/><Rubric kind="preferred"><Label>Neuropathy</Label></Rubric></Class>
            <Class code="G63.2" kind="category" usage="aster"><SuperClass code="G63"/><Rubric kind="preferred"><Label>Diabetic neuropathy</Label></Rubric>
              <Rubric kind="text"><Label>see <Reference usage="aster">G63</Reference>, <Reference usage="dagger">E14.4</Reference></Label></Rubric></Class>
            <Class code="M01.5" kind="category" usage="aster"><Rubric kind="preferred"><Label>Arthritis in virus diseases</Label></Rubric>
              <Rubric kind="inclusion"><Label>in neuropathy <Reference usage="dagger" code="E10.-">E10.-</Reference></Label></Rubric></Class>
            """);
        Assert.That(release["B26.8"].Values("aster"), Is.EqualTo(["M01.5"]), "inclusion terms name pairs, exclusions do not");
        Assert.That(release["M01.5"].Values("dagger"), Is.EqualTo(["B26.8", "E10"]));
        Assert.That(release["E10"].Values("aster"), Is.EqualTo(["M01.5"]));
        Assert.That(release["E10.4"].Values("aster"), Is.EqualTo(["G63.2"]), "what a modifier refers to holds for its codes");
        Assert.That(release["G63.2"].Values("dagger"), Is.EquivalentTo(new[] { "E10.4", "E14.4" }), "a code that is not in the file is kept");
        Assert.That(release["G63.2"].Values("aster"), Is.Empty, "an asterisk code is no pair of another");
    }

    [Test]
    public void Recognise_Utf16_IsReadInTheEncodingItDeclares()
    {
        using var folder = new TemporaryFiles();
        folder.Write("icd.xml", [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes((Start + Falls + "</ClaML>").Replace("utf-8", "utf-16", StringComparison.Ordinal))]);
        using var files = Input.ReleaseFiles.Open(folder.Path, folder.Scratch);
        Assert.That(KeptRelease.Load(ReleaseLoaders.Recognise(files, new()).Single()).Has("W00.01"), Is.True);
    }

    [Test]
    public void Recognise_ATitleThatIsNoKnownClassification_IsAskedFor()
    {
        Assert.That(() => KeptRelease.Load(new(), ("a.xml", (Start + "</ClaML>").Replace("name=\"ICD-10\"", "name=\"Fruit\"", StringComparison.Ordinal))),
            Throws.TypeOf<ReleaseFormat>().With.Message.Contains("--as URL|VERSION"));
    }

    [Test]
    public void Entities_AreNotRead_AndTheAdviceSaysWhatToWrite()
    {
        Assert.That(() => Load("""<Class code="A17" kind="category"><Rubric kind="preferred"><Label>a&nbsp;b</Label></Rubric></Class>"""),
            Throws.TypeOf<ReleaseFormat>().With.Message.Contains("nbsp").And.Message.Contains("write the character itself"));
    }

    private static KeptRelease Load(string classes) => KeptRelease.Load(new(), ("icd10.xml", Start + classes + "</ClaML>"));
}

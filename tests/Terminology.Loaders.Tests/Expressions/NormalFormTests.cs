using Terminology.Loaders.Rf2;

namespace Terminology.Loaders.Expressions;

/// <summary>The normal form of concepts and expressions, example by example.</summary>
public sealed class NormalFormTests
{
    private const string Site = "363698007", Morphology = "116676008";

    private static readonly string Disease = C(1), Wounded = C(2), StomachWound = C(3), Infection = C(4), Body = C(10), Stomach = C(11), Antrum = C(12), Wound = C(20), DeepWound = C(21), Laterality = C(30);

    private ImportedRelease _release = null!;

    [OneTimeSetUp]
    public void Load()
    {
        var tiny = new TinySnomed();
        foreach (var (name, code) in Codes) tiny.Concept(code, definitionStatus: name is "Wounded" or "StomachWound" ? ExpressionWorld.Defined : "900000000000074008").Term(code, name.ToLowerInvariant());
        tiny.Add(TinySnomed.Root, "root").Add("410662002", "attribute").IsA("410662002", TinySnomed.Root);
        foreach (var (child, parent) in new[]
        {
            (Site, "410662002"), (Morphology, "410662002"), (Laterality, "410662002"), (Disease, TinySnomed.Root), (Infection, Disease), (Wounded, Disease), (StomachWound, Wounded), (StomachWound, Infection),
            (Body, TinySnomed.Root), (Stomach, Body), (Antrum, Stomach), (Wound, TinySnomed.Root), (DeepWound, Wound),
        })
        {
            tiny.IsA(child, parent);
        }
        tiny.Link(Wounded, Morphology, Wound, 1).Link(StomachWound, Morphology, Wound, 1).Link(StomachWound, Site, Stomach, 1).Link(Infection, Site, Body, 1).Link(StomachWound, Site, Body, 2);
        tiny.InDomain(Laterality, Body, grouped: false);
        _release = tiny.Load();
    }

    [OneTimeTearDown]
    public void Close() => _release.Dispose();

    // Concepts: what defines them, down to primitive concepts.
    [TestCase("StomachWound", "===Infection:{Morphology=Wound,Site=Stomach}")]
    [TestCase("Wounded", "===Disease:{Morphology=Wound}")]
    [TestCase("Infection", "<<<Disease:{Site=Body}")]
    // Expressions: defined focus concepts are unfolded, primitive ones stay.
    [TestCase("Infection", "<<<Disease:{Site=Body}")]
    [TestCase("===Infection", "===Infection:{Site=Body}")]
    [TestCase("<<<Wounded", "<<<Disease:{Morphology=Wound}")]
    [TestCase("Wounded+Infection", "===Infection:{Morphology=Wound},{Site=Body}")]
    [TestCase("Infection+Disease", "===Infection:{Site=Body}")]
    [TestCase("StomachWound:Site=Antrum", "===Infection:{Morphology=Wound,Site=Stomach},{Site=Antrum}")]
    [TestCase("StomachWound:{Site=Antrum,Morphology=DeepWound}", "===Infection:{Morphology=DeepWound,Site=Antrum}")]
    // What is said twice is said once, the more exact; in one order.
    [TestCase("Disease:{Site=Antrum,Morphology=Wound,Site=Body}", "===Disease:{Morphology=Wound,Site=Antrum}")]
    [TestCase("Disease:{Site=Antrum},{Site=Stomach,Morphology=Wound},{Site=Stomach}", "===Disease:{Morphology=Wound,Site=Stomach},{Site=Antrum}")]
    [TestCase("Disease:Site=Antrum", "===Disease:{Site=Antrum}")]
    [TestCase("Disease:{Site=(Antrum)}", "===Disease:{Site=Antrum}")]
    [TestCase("Disease:Site=(Antrum+Body:Laterality=Stomach)", "===Disease:{Site=(Antrum:Laterality=Stomach)}")]
    [TestCase("Disease:{Laterality=Body,Site=Antrum}", "===Disease:Laterality=Body,{Site=Antrum}")]
    [TestCase("Disease:{Site=#5.00}", "===Disease:{Site=#5}")]
    public void NormalFormTerse_IsWorkedOut(string code, string normal) => Assert.That(Ask(code, "normalFormTerse"), Is.EqualTo(new[] { ("normalFormTerse", Coded(normal)) }));

    [Test]
    public void NormalForm_HasTerms() => Assert.That(Ask("StomachWound", "normalForm"), Is.EqualTo(new[] { ("normalForm", Coded("===Infection|infection|:{Morphology|morphology|=Wound|wound|,Site|site|=Stomach|stomach|}")) }));

    [Test]
    public void NormalForms_OnlyWhereAskedFor()
    {
        Assert.That(Ask("Wounded"), Is.Empty);
        Assert.That(Ask("Wounded", "parent"), Is.Empty);
        Assert.That(Ask("Wounded", "*").Select(form => form.Code), Is.EqualTo(new[] { "normalForm", "normalFormTerse" }));
    }

    [Test]
    public void NormalForms_AreDeclared() => Assert.That(_release.System.Info.Properties.Where(property => property.IsDerived).Select(property => property.Code), Does.Contain("normalForm").And.Contain("normalFormTerse"));

    private IReadOnlyList<(string Code, string Value)> Ask(string code, params string[] properties) => _release.Service.Lookup(new(new(CodeSystemUri.Snomed.Value, Coded(code)), properties), RequestScope.Default).Computed;

    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["Disease"] = Disease, ["Wounded"] = Wounded, ["StomachWound"] = StomachWound, ["Infection"] = Infection, ["Body"] = Body, ["Stomach"] = Stomach, ["Antrum"] = Antrum, ["Wound"] = Wound, ["DeepWound"] = DeepWound,
        ["Site"] = Site, ["Morphology"] = Morphology, ["Laterality"] = Laterality,
    };

    private static string Coded(string text) => System.Text.RegularExpressions.Regex.Replace(text, "[A-Z][A-Za-z]+", match => Codes.GetValueOrDefault(match.Value, match.Value));

    private static string C(int number) => TinySnomed.Concept(number);
}

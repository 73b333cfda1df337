using System.Text;
using Terminology.Issues;
using Terminology.Loaders.BuiltIn;
using Terminology.ValueSets;

namespace Terminology.Loaders.Ucum;

/// <summary>The operations over composed codes.</summary>
public sealed class UcumOperationsTests
{
    private const string Ucum = "http://unitsofmeasure.org";

    [Test]
    public void ValidateCode_WrongUnit_SaysWhatAndWhere()
    {
        var result = Ask.Validate(Ucum, "mg/DL");
        Assert.That(result.Result, Is.False);
        Assert.That(result.Issues.Select(issue => $"{issue.Severity} {issue.Text}"), Is.EqualTo(new[]
        {
            "Error Unknown code 'mg/DL' in the CodeSystem 'http://unitsofmeasure.org' version '1.9'",
            "Information Error processing unit 'mg/DL': The unit 'DL' is unknown at character 4: the UCUM code is 'dL'",
        }));
    }

    [Test]
    public void Lookup_WrongUnit_SaysWhatAndWhere()
        => Assert.That(() => Ask.Lookup(Ucum, "mmHg"), Throws.TypeOf<TerminologyException>().With.Message.EndsWith("at character 1: the UCUM code is 'mm[Hg]'"));

    [Test]
    public void Lookup_Composed()
    {
        var result = Ask.Lookup(Ucum, "10*3/uL{WBC}");
        Assert.That(Encoding.UTF8.GetString(result.CodeSystem.Display(result.Concept)), Is.EqualTo("10*3/uL{WBC}"));
        Assert.That(Ask.Properties(result.CodeSystem, result.Concept), Is.EqualTo(new[] { "canonical=m-3", "factor=1000000000000" }));
    }

    [TestCase("mL", true)]
    [TestCase("mg/dL", true)]
    [TestCase("mg/dl{x}", true)]
    [TestCase("cc", false)]
    [TestCase("prefix:m", false)]
    [TestCase("MG/ DL", false)]
    public void ValueSet_OfAll_HoldsEveryUnit(string code, bool isMember) => Assert.That(Ask.Validate(Ucum, code, Ask.Whole(Ucum)).Result, Is.EqualTo(isMember));

    [Test]
    public void ValueSet_OfAll_IsImplicit()
    {
        Assert.That(Ask.Service.FindValueSet(new("http://unitsofmeasure.org/vs")), Is.Not.Null);
        Assert.That(Ask.Service.FindValueSet(new("http://unitsofmeasure.org?fhir_vs")), Is.Not.Null);
    }

    [TestCase("g", "kg", true)]
    [TestCase("kg", "mg{creat}", true)]
    [TestCase("g.m-3", "mg/dL", true)]
    [TestCase("m-3.g", "mg/dL", true)]
    [TestCase("g/L", "mg/dL", true)]
    [TestCase("g", "mL", false)]
    [TestCase("K", "Cel", true)]
    public void Filter_Canonical(string canonical, string code, bool isMember) => Assert.That(Ask.IsMember(Ucum, code, ("canonical", "=", canonical)), Is.EqualTo(isMember));

    [Test]
    public void Filter_Canonical_SaysWhyNot()
        => Assert.That(Ask.Validate(Ucum, "mL", Ask.Whole(Ucum, ("canonical", "=", "g"))).Message, Does.StartWith("Code mL has canonical form m3, not g as required; "));

    [Test]
    public void Filter_Property() => Assert.That(Ask.IsMember(Ucum, "mm[Hg]", ("property", "=", "pressure")), Is.True);

    [Test]
    public void Filter_Expands_OverTheUnits()
    {
        var result = Ask.Expand(Ucum, ("property", "=", "temperature"));
        Assert.That(Ask.Codes(result), Is.SupersetOf(new[] { "K", "Cel", "[degF]" }));
        Assert.That(result.Unclosed, Has.Count.EqualTo(1));
        Assert.That(result.Total, Is.EqualTo(result.Members.Count));
    }

    [Test]
    public void ValueSet_Listed_ExpandsInItsOrder_WithoutWhatIsNoUnit()
    {
        var result = Ask.Expand(Ask.List(Ucum, "mg/dL", "mmol/L", "mgg", "kg", "mg/dL"));
        Assert.That(Ask.Codes(result), Is.EqualTo(new[] { "mg/dL", "mmol/L", "kg" }));
        Assert.That(result.Unclosed, Is.Empty);
    }

    [Test]
    public void ValueSet_Listed_Long_KeepsNothingOfTheRequest()
    {
        var units = Ask.List(Ucum, [.. Enumerable.Range(1, 50).Select(i => $"{i}.mL"), "mg/dL"]);
        for (var i = 0; i < 3; i++)
        {
            Assert.That(Ask.Validate(Ucum, $"{i + 1}.mL", units).Result, Is.True);
            Assert.That(Ask.Validate(Ucum, "mg/L", units).Result, Is.False);
        }
    }

    [Test]
    public void Exclude_TakesComposedCodesOut()
    {
        var units = new ValueSet { Url = "http://example.org/asked", Compose = new([new(Ucum, null, [], [], [])], [new(Ucum, null, [new("mg/dL", null)], [], [])]) };
        Assert.That(Ask.Validate(Ucum, "mg/dL", units).Result, Is.False);
        Assert.That(Ask.Validate(Ucum, "mg/L", units).Result, Is.True);
    }

    [TestCase("mg/mL", "g/L", Subsumption.Equivalent)]
    [TestCase("mL", "cm3", Subsumption.Equivalent)]
    [TestCase("m/s", "m.s-1", Subsumption.Equivalent)]
    [TestCase("mg", "g", Subsumption.NotSubsumed)]
    [TestCase("mg{a}", "mg{b}", Subsumption.NotSubsumed)]
    [TestCase("{cells}", "{copies}", Subsumption.NotSubsumed)]
    [TestCase("[iU]", "[IU]", Subsumption.Equivalent)]
    [TestCase("[iU]", "[arb'U]", Subsumption.NotSubsumed)]
    [TestCase("Cel", "K", Subsumption.NotSubsumed)]
    public void Subsumes_OnlyWhatMeansTheSame(string a, string b, Subsumption outcome) => Assert.That(Ask.Subsumes(Ucum, a, b), Is.EqualTo(outcome));

    [TestCase(1, "mg/dL", "g/L", 0.01)]
    [TestCase(5, "mmol/L", "umol/mL", 5)]
    [TestCase(37, "Cel", "[degF]", 98.6)]
    [TestCase(98.6, "[degF]", "Cel", 37)]
    [TestCase(0, "Cel", "K", 273.15)]
    [TestCase(25000, "mCel", "K", 298.15)]
    [TestCase(7.4, "[pH]", "nmol/L", 39.8107170553497)]
    [TestCase(1, "[lb_av]", "kg", 0.45359237)]
    [TestCase(760, "mm[Hg]", "atm", 0.999997236614853)]
    [TestCase(1, "h", "s", 3600)]
    [TestCase(20, "dB[V]", "V", 10)]
    [TestCase(3, "bit_s", "1", 8)]
    [TestCase(100, "%[slope]", "deg", 45)]
    [TestCase(-40, "Cel", "[degF]", -40)]
    [TestCase(1, "mol", "10*23", 6.0221367)]
    [TestCase(2, "k[iU]", "[IU]", 2000)]
    public void Convert_Commensurable(double value, string from, string to, double expected)
        => Assert.That((double)UcumWorld.Units.Convert((decimal)value, from, to), Is.EqualTo(expected).Within(1e-9 * Math.Max(1, Math.Abs(expected))));

    [TestCase("mg", "mL", "one is g in base units, the other m3")]
    [TestCase("[iU]", "mg", "one is [iU] in base units, the other g")]
    [TestCase("Cel/min", "K/min", "only a special unit alone can be converted")]
    public void Convert_Impossible_SaysWhy(string from, string to, string why)
        => Assert.That(() => UcumWorld.Units.Convert(1, from, to), Throws.TypeOf<TerminologyException>().With.Message.Contains(why));

    [Test]
    public void Convert_IsExact() => Assert.That(UcumWorld.Units.Convert(0.1m, "kg", "ug"), Is.EqualTo(100_000_000m));
}

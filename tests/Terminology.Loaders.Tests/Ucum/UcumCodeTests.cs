using Terminology.Ucum;

namespace Terminology.Loaders.Ucum;

/// <summary>Which texts are UCUM codes, and what is said of those that are none.</summary>
public sealed class UcumCodeTests
{
    [TestCase("m", "m")]
    [TestCase("kg", "g")]
    [TestCase("mg/dL", "g.m-3")]
    [TestCase("mg/dL{milligram per deciliter}", "g.m-3")]
    [TestCase("mL/min/{1.73_m2}", "m3.s-1")]
    [TestCase("10*3/uL", "m-3")]
    [TestCase("10^3/uL", "m-3")]
    [TestCase("10*-6.mol/L", "m-3")]
    [TestCase("/min", "s-1")]
    [TestCase("/10*6", "1")]
    [TestCase("/[HPF]", "1")]
    [TestCase("/(12.h)", "s-1")]
    [TestCase("%", "1")]
    [TestCase("%/100{WBC}", "1")]
    [TestCase("{Ehrlich'U}/100.g", "g")]
    [TestCase("{cells}/uL", "m-3")]
    [TestCase("{}", "1")]
    [TestCase("1", "1")]
    [TestCase("24.h", "s")]
    [TestCase("m2", "m2")]
    [TestCase("m+2", "m2")]
    [TestCase("m-2", "m-2")]
    [TestCase("kg.m/s2", "g.m.s-2")]
    [TestCase("N", "g.m.s-2")]
    [TestCase("J/(kg.K)", "K-1.m2.s-2")]
    [TestCase("((m))", "m")]
    [TestCase("(m/s)/(kg/d)", "g-1.m")]
    [TestCase("mm[Hg]", "g.m-1.s-2")]
    [TestCase("cm[H2O]/L/s", "g.m-4.s-3")]
    [TestCase("[in_i'H2O]", "g.m-1.s-2")]
    [TestCase("[in_i]", "m")]
    [TestCase("[lb_av]", "g")]
    [TestCase("[degF]", "K")]
    [TestCase("Cel", "K")]
    [TestCase("mCel", "K")]
    [TestCase("[pH]", "m-3")]
    [TestCase("B[10.nV]", "C-1.g.m2.s-2")]
    [TestCase("dB[SPL]", "g.m-1.s-2")]
    [TestCase("cal_[15]", "g.m2.s-2")]
    [TestCase("kcal_th", "g.m2.s-2")]
    [TestCase("a_j", "s")]
    [TestCase("mo", "s")]
    [TestCase("wk", "s")]
    [TestCase("[iU]/mL", "[iU].m-3")]
    [TestCase("m[IU]/L", "[iU].m-3")]
    [TestCase("k[iU]", "[iU]")]
    [TestCase("[USP'U]", "[USP'U]")]
    [TestCase("[arb'U]/mL", "[arb'U].m-3")]
    [TestCase("U/L", "m-3.s-1")]
    [TestCase("mmol/mol{creat}", "1")]
    [TestCase("meq/L", "m-3")]
    [TestCase("mosm/kg", "g-1")]
    [TestCase("ug/kg/h", "s-1")]
    [TestCase("MiBy", "1")]
    [TestCase("dar", "m2")]
    [TestCase("dag", "g")]
    [TestCase("[car_Au]", "1")]
    [TestCase("deg", "rad")]
    [TestCase("'", "rad")]
    [TestCase("''", "rad")]
    [TestCase("Ohm", "C-2.g.m2.s-1")]
    [TestCase("u[IU]/mL{remark}", "[iU].m-3")]
    [TestCase("%[slope]", "rad")]
    [TestCase("mg{albumin}/mmol{creat}", "g")]
    [TestCase("m.m-1", "1")]
    public void Valid_HasBaseTerm(string code, string canonical)
    {
        Assert.That(UcumWorld.Units.Explain(code), Is.Null);
        Assert.That(UcumWorld.Units.Canonical(code), Is.EqualTo(canonical));
    }

    [TestCase("", 1, "The unit is empty")]
    [TestCase("kgXX", 1, "The unit 'kgXX' is unknown at character 1$")]
    [TestCase("mgg", 1, "it is 'mg' followed by 'g'; a product is written 'mg.g'")]
    [TestCase("g/kgm", 3, "it is 'kg' followed by 'm'")]
    [TestCase("mh", 1, "The prefix 'm' (milli) cannot go before 'h' (hour) at character 1: only metric units take a prefix")]
    [TestCase("k%", 1, "The prefix 'k' (kilo) cannot go before '%' (percent)")]
    [TestCase("m[in_i]", 1, "cannot go before '[in_i]' (inch)")]
    [TestCase("mmHg", 1, "the UCUM code is 'mm[Hg]'")]
    [TestCase("KG", 1, "the UCUM code is 'kg'")]
    [TestCase("mg/DL", 4, "the UCUM code is 'dL'")]
    [TestCase("mcg/mL", 1, "the UCUM code is 'ug'")]
    [TestCase("µg", 1, "the UCUM code is 'ug'")]
    [TestCase("μmol/L", 1, "the UCUM code is 'umol'")]
    [TestCase("IU/L", 1, "the UCUM code is '[iU]'")]
    [TestCase("ppm", 1, "the UCUM code is '[ppm]'")]
    [TestCase("gram", 1, "the UCUM code is 'g'")]
    [TestCase("milligrams", 1, "the UCUM code is 'mg'")]
    [TestCase("°C", 1, "the UCUM code is 'Cel'")]
    [TestCase("hrs", 1, "the UCUM code is 'h'")]
    [TestCase("lb", 1, "the UCUM code is '[lb_av]'")]
    [TestCase("{AHG}eq/mL", 6, "put the remark behind its unit")]
    [TestCase("kDa", 1, "the UCUM code is 'ku'")]
    [TestCase("[score]", 1, "words of your own go in braces, as in '{score}'")]
    [TestCase("mg dL", 3, "Spaces are not allowed")]
    [TestCase("mg / dL", 3, "Spaces are not allowed")]
    [TestCase(" mg", 1, "The character ' '")]
    [TestCase("mg*dL", 3, "'*' is no operator")]
    [TestCase("mg/", 4, "After '/' a unit is missing")]
    [TestCase("mg.", 4, "After '.' a unit is missing")]
    [TestCase("/", 2, "After '/' a unit is missing")]
    [TestCase("mg//dL", 4, "After '/' a unit is missing")]
    [TestCase(".m", 1, "A unit cannot begin with '.'")]
    [TestCase("()", 2, "A unit is missing in the parentheses")]
    [TestCase("(m", 1, "The parenthesis '(' is never closed")]
    [TestCase("m)", 2, "The parenthesis ')' was never opened")]
    [TestCase(")", 1, "The parenthesis ')' was never opened")]
    [TestCase("(m/s)2", 6, "Parentheses take no exponent")]
    [TestCase("(/m)", 2, "Parentheses cannot begin with '/'")]
    [TestCase("m(s)", 2, "an operator is missing")]
    [TestCase("m{a", 2, "The brace '{' is never closed")]
    [TestCase("m{a{b}}", 4, "A remark in braces cannot hold another '{'")]
    [TestCase("m{a}{b}", 5, "one remark in braces")]
    [TestCase("m{a}s", 5, "After the remark 's' follows")]
    [TestCase("{é}", 2, "The character 'é' (U+00E9) is not allowed in a remark")]
    [TestCase("m}", 2, "an operator is missing")]
    [TestCase("}", 1, "The character '}' is not expected")]
    [TestCase("[in_i", 1, "The bracket '[' is never closed")]
    [TestCase("m2s", 3, "The exponent ends 'm2', and 's' follows")]
    [TestCase("m-", 2, "After '-' the digits of the exponent are missing")]
    [TestCase("m^2", 2, "an operator is missing")]
    [TestCase("m1000", 2, "The exponent is beyond ±99")]
    [TestCase("10mg", 3, "The number '10' is followed by 'm'")]
    [TestCase("2.0", 3, "The number zero is no unit")]
    [TestCase("1.5", 1, null)]
    [TestCase("0", 1, "The number zero is no unit")]
    [TestCase("123456789012345678901234567890", 1, "The number has more than 28 digits")]
    [TestCase("m\u0001", 2, "The character U+0001 is not allowed")]
    public void Invalid_IsExplained_WithItsPlace(string code, int position, string? part)
    {
        var text = UcumWorld.Units.Explain(code);
        if (part is null)
        {
            Assert.That(text, Is.Null);
            return;
        }
        Assert.That(text, Does.StartWith($"Error processing unit '{code}': "));
        Assert.That(text, Does.Contain($" at character {position}"));
        Assert.That(part.EndsWith('$') ? text![^(part.Length - 1)..] : text, part.EndsWith('$') ? Is.EqualTo(part[..^1]) : Does.Contain(part));
    }

    [Test]
    public void Nesting_HasALimit_AndDeepTextIsCheap()
    {
        Assert.That(UcumWorld.Units.IsValid(new string('(', 32) + "m" + new string(')', 32)), Is.True);
        Assert.That(UcumWorld.Units.Explain(new string('(', 33) + "m" + new string(')', 33)), Does.Contain("nested deeper than 32 at character 33"));
        Assert.That(UcumWorld.Units.Explain(new string('(', 100_000)), Does.Contain("more than 1000 characters"));
        Assert.That(UcumWorld.Units.Canonical(string.Join('.', Enumerable.Repeat("Ym99", 200))), Is.EqualTo(string.Join('.', Enumerable.Repeat("m99", 200))));
    }

    [Test]
    public void WrongCodes_AreCheap_AndSayNoMoreThanIsRead()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 20_000; i++) Assert.That(UcumWorld.Units.IsValid($"wrong{i}x"), Is.False);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(UcumWorld.Units.Explain(new string('m', 1_000_000)), Has.Length.LessThan(500));
        Assert.That(UcumWorld.Units.Explain($"(m{{a: b}})x"), Does.Contain("Between '(m{a: b})' and 'x' an operator is missing at character 10: write"));
    }

    [Test]
    public void LoadedEssence_AnswersAsTheBuiltInOne()
    {
        using var essence = new StreamReader(Fhir.Resources.UcumEssenceFile.Open());
        using var loaded = ImportedRelease.Load(new(), ("ucum-essence.xml", essence.ReadToEnd()));
        var units = CodeSystems.ComposedSystems.UnitsOf(loaded.Service.CodeSystem("http://unitsofmeasure.org"))!;
        Assert.That(units.Table.Units.Select(unit => unit.Code), Is.EquivalentTo(UcumWorld.Units.Table.Units.Select(unit => unit.Code)));
        foreach (var unit in units.Table.Units)
        {
            var (own, builtIn) = (units.CanonicalOf(units.Parse(unit.Code)), UcumWorld.Units.CanonicalOf(UcumWorld.Units.Parse(unit.Code)));
            Assert.That((own.Text, own.Factor), Is.EqualTo((builtIn.Text, builtIn.Factor)), unit.Code);
            Assert.That(UcumAnalysis.Of(units.Parse(unit.Code)), Is.EqualTo(UcumAnalysis.Of(UcumWorld.Units.Parse(unit.Code))));
        }
        Assert.That(units.Canonical("mg/dL"), Is.EqualTo("g.m-3"));
    }

    [Test]
    public void Essence_EveryUnitIsValid_AndComesBackAsWritten()
    {
        Assert.That(UcumWorld.Units.Table.Units, Has.Count.GreaterThan(300));
        foreach (var unit in UcumWorld.Units.Table.Units)
        {
            Assert.That(UcumWorld.Units.Parse(unit.Code).ToString(), Is.EqualTo(unit.Code));
            Assert.That(UcumWorld.Units.Canonical(unit.Code), Is.Not.Empty, unit.Code);
            if (unit.Definition.Length > 0) Assert.That(UcumWorld.Units.Explain(unit.Definition), Is.Null, unit.Code);
        }
    }

    [Test]
    public void BuiltIn_SaysItsVersion() => Assert.That(UcumWorld.System.Info.Version, Is.EqualTo("1.9"));

    [TestCase("mg/dL", "(milligram) / (deciliter)")]
    [TestCase("mg/dL{x}", "(milligram) / (deciliter) * 1")]
    [TestCase("/min", "/ (minute)")]
    [TestCase("10*3/uL", "(the number ten for arbitrary powers ^ 3) / (microliter)")]
    [TestCase("kg.(m/s2)", "(kilogram) * ((meter) / (second ^ 2))")]
    public void Analysis_IsInWords(string code, string words) => Assert.That(UcumAnalysis.Of(UcumWorld.Units.Parse(code)), Is.EqualTo(words));
}

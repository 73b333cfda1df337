using CsCheck;
using Terminology.Issues;

namespace Terminology.Maps;

public sealed class MapRuleTests
{
    [TestCase("TRUE")]
    [TestCase("OTHERWISE TRUE")]
    [TestCase("IFA 248152002 | Female (finding) |")]
    [TestCase("IFA 445518008 | Age at onset of clinical finding (observable entity) | < 19.0 years")]
    [TestCase("IFA 445518008 | Age at onset of clinical finding (observable entity) | >= 12.0 years AND IFA 445518008 | Age at onset of clinical finding (observable entity) | < 19.0 years")]
    [TestCase("IFA 445518008 | Age at onset of clinical finding (observable entity) | < 28 days AND IFA 248153007 | Male (finding) |")]
    [TestCase("IFA 73211009")]
    public void Parse_RuleOfARelease_PrintsAsItWas(string text) => Assert.That(MapRule.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase("  true ", "TRUE")]
    [TestCase("otherwise   True", "OTHERWISE TRUE")]
    [TestCase("ifa 248152002|Female (finding)|", "IFA 248152002 | Female (finding) |")]
    [TestCase("IFA 445518008 | Age |<1 year", "IFA 445518008 | Age | < 1 years")]
    [TestCase("IFA 445518008 | Age < 3 |≥ 12.0 mo", "IFA 445518008 | Age < 3 | >= 12.0 months")]
    public void Parse_OtherSpelling_PrintsTheUsualOne(string text, string expected) => Assert.That(MapRule.Parse(text).ToString(), Is.EqualTo(expected));

    [TestCase("", 0)]
    [TestCase("FALSE", 0)]
    [TestCase("OTHERWISE", 9)]
    [TestCase("TRUE TRUE", 5)]
    [TestCase("IFA", 3)]
    [TestCase("IFA 12 | too short |", 4)]
    [TestCase("IFA 248152002 | Female (finding)", 14)]
    [TestCase("IFA 248152002 | Female (finding) | AND", 38)]
    [TestCase("IFA 248152002 | Female (finding) | OR IFA 248153007 | Male (finding) |", 35)]
    [TestCase("IFA 445518008 | Age | < years", 24)]
    [TestCase("IFA 445518008 | Age | < 18.0", 28)]
    [TestCase("IFA 445518008 | Age | < 18.0 parsecs", 29)]
    public void Parse_BadRule_NamesThePosition(string text, int position)
        => Assert.That(() => MapRule.Parse(text), Throws.TypeOf<InvalidExpression>().With.Property(nameof(InvalidExpression.Position)).EqualTo(position));

    [Test]
    public void Parse_AnyPrintedRule_GivesItBack()
    {
        var terms = Gen.String[Gen.Char["abcXYZ ()<>=,AND12-é"], 0, 12].Select(term => term.Trim());
        var limits = Gen.Select(Gen.Enum<AgeOperator>(), Gen.Int[0, 12_000], Gen.Int[0, 2], Gen.Enum<AgeUnit>()).Select((kind, number, places, unit) => new AgeLimit(kind, new(number, 0, 0, false, (byte)places), unit));
        var conditions = Gen.Select(Gen.Long[100_000, 999_999_999_999_999_999], terms, Gen.OneOf(limits.Select(limit => (AgeLimit?)limit), Gen.Const((AgeLimit?)null)))
            .Select((id, term, limit) => new RuleCondition($"{id}", term, limit));
        Gen.Select(Gen.Bool, conditions.List[0, 4]).Sample((otherwise, list) =>
        {
            var rule = new MapRule(otherwise && list.Count == 0, list);
            var read = MapRule.Parse(rule.ToString());
            Assert.That(read.Otherwise, Is.EqualTo(rule.Otherwise));
            Assert.That(read.Conditions, Is.EqualTo(rule.Conditions));
            Assert.That(read.ToString(), Is.EqualTo(rule.ToString()));
        });
    }
}

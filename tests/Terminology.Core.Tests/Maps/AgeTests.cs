using CsCheck;
namespace Terminology.Maps;

public sealed class AgeTests
{
    [TestCase("17 a", "17 Year")]
    [TestCase("6 mo", "6 Month")]
    [TestCase("2 wk", "2 Week")]
    [TestCase("10 d", "10 Day")]
    [TestCase("5 h", "5 Hour")]
    [TestCase("90 min", "90 Minute")]
    [TestCase("17a", "17 Year")]
    [TestCase(" 0.5  a ", "0.5 Year")]
    [TestCase("17 years", "17 Year")]
    [TestCase("1 Month", "1 Month")]
    public void TryParse_AnAge_IsRead(string text, string expected)
    {
        Assert.That(Age.TryParse(text, out var age), Is.True);
        Assert.That(FormattableString.Invariant($"{age.Value} {age.Unit}"), Is.EqualTo(expected));
    }

    [TestCase("17")]
    [TestCase("")]
    [TestCase(null)]
    [TestCase("a")]
    [TestCase("-1 a")]
    [TestCase("17 kg")]
    [TestCase("seventeen years")]
    [TestCase("1,5 a")]
    [TestCase("1.2.3 a")]
    [TestCase("99999999999999999999999999999999 a")]
    public void TryParse_NoAge_IsRefused(string? text) => Assert.That(Age.TryParse(text, out _), Is.False);

    [TestCase("17 a", "< 18.0 years", true)]
    [TestCase("18 a", "< 18.0 years", false)]
    [TestCase("18 a", "<= 18.0 years", true)]
    [TestCase("18 a", "> 18.0 years", false)]
    [TestCase("18 a", ">= 18.0 years", true)]
    [TestCase("18 a", "= 18.0 years", true)]
    [TestCase("215 mo", "< 18.0 years", true)]
    [TestCase("216 mo", "< 18.0 years", false)]
    [TestCase("11 mo", "< 1.0 years", true)]
    [TestCase("12 mo", "< 1.0 years", false)]
    [TestCase("27 d", "< 28.0 days", true)]
    [TestCase("28 d", "< 28.0 days", false)]
    [TestCase("3 wk", "< 28.0 days", true)]
    [TestCase("4 wk", "< 28.0 days", false)]
    [TestCase("23 h", "< 1.0 days", true)]
    [TestCase("24 h", "< 1.0 days", false)]
    [TestCase("364 d", "< 1.0 years", true)]
    [TestCase("366 d", "< 1.0 years", false)]
    [TestCase("1 a", "< 28.0 days", false)]
    [TestCase("1 mo", "< 28.0 days", false)]
    [TestCase("0.5 a", "< 183.0 days", true)]
    [TestCase("0.5 a", "< 182.0 days", false)]
    [TestCase("2 a", "< 18.0 months", false)]
    public void Keeps_ClearCase_IsDecided(string age, string limit, bool expected) => Assert.That(Keeps(age, limit), Is.EqualTo(expected));

    [TestCase("0 a", "< 28.0 days", Description = "an infant of six months is 0 years old too")]
    [TestCase("0 mo", "< 28.0 days")]
    [TestCase("1 a", "< 18.0 months")]
    [TestCase("365 d", "< 1.0 years", Description = "a leap year or not")]
    [TestCase("30 d", ">= 1.0 months")]
    [TestCase("17 a", "< 17.5 years")]
    public void Keeps_AgeTooCoarseForTheLimit_IsOpen(string age, string limit) => Assert.That(Keeps(age, limit), Is.Null);

    [Test]
    public void Keeps_AnyAge_LessAndGreaterOrEqualAreOpposites()
        => Gen.Select(Gen.Int[0, 2000], Gen.Enum<AgeUnit>(), Gen.Int[0, 2000], Gen.Enum<AgeUnit>()).Sample((value, unit, limit, limitUnit) =>
        {
            var age = new Age(value, unit);
            var less = age.Keeps(new(AgeOperator.Less, limit, limitUnit));
            Assert.That(age.Keeps(new(AgeOperator.GreaterOrEqual, limit, limitUnit)), Is.EqualTo(!less));
        });

    private static bool? Keeps(string age, string limit)
    {
        Assert.That(Age.TryParse(age, out var parsed), Is.True);
        return parsed.Keeps(MapRule.Parse($"IFA 445518008 | Age at onset | {limit}").Conditions[0].Limit!);
    }
}

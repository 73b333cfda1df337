namespace Terminology.Mapping.Lists;

public sealed class UnitReaderTests
{
    [TestCase("mEq/L", "meq/L")]
    [TestCase("x10^9/L", "10*9/L")]
    [TestCase("e12/l", "10*12/L")]
    [TestCase("10E9/L", "10*9/L")]
    [TestCase("K/uL", "10*3/uL")]
    [TestCase("µmol/L", "umol/L")]
    [TestCase("mIU/L", "m[IU]/L")]
    [TestCase("mmHg", "mm[Hg]")]
    [TestCase("MG/DL", "mg/dL")]
    [TestCase("sec", "s")]
    [TestCase(" mg/dL\u00A0", "mg/dL")]
    [TestCase("Serum", null)]
    [TestCase("", null)]
    public void Read_CustomaryWriting_IsUcum(string text, string? code) => Assert.That(TestLists.Units.Read(text), Is.EqualTo(code));

    [Test]
    public void Dimension_EqualForComparableUnits()
    {
        Assert.That(TestLists.Units.Dimension("mg/dl".ToUpperInvariant()), Is.EqualTo(TestLists.Units.Dimension("g/L")));
        Assert.That(TestLists.Units.Dimension("mg/dL"), Is.Not.EqualTo(TestLists.Units.Dimension("mmol/L")));
        Assert.That((TestLists.Units.Dimension("Foo"), TestLists.Units.Dimension(" ")), Is.EqualTo(("?foo", "")));
    }
}

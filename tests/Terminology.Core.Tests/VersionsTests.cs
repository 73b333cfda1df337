namespace Terminology;

/// <summary>Matching and ordering of business versions.</summary>
public sealed class VersionsTests
{
    [TestCase("1.0.0", "1.0.0", true)]
    [TestCase("1.0.0", "1.0.1", false)]
    [TestCase("1", "1.0.0", false)]
    [TestCase("1.x", "1.0.0", true)]
    [TestCase("1.x", "1.2", true)]
    [TestCase("1.x", "1", false)]
    [TestCase("1.x", "10.1", false)]
    [TestCase("1.x.x", "1.2.0", true)]
    [TestCase("1.x.3", "1.2.3", false, Description = "only a pattern at the end is one")]
    [TestCase("2.0.*", "2.0.7", true)]
    [TestCase("2.0.*", "2.1.7", false)]
    [TestCase("*", "anything", true)]
    [TestCase("1.0.x", null, false)]
    [TestCase("http://snomed.info/sct/900000000000207008", "http://snomed.info/sct/900000000000207008/version/20260101", true)]
    [TestCase("http://snomed.info/sct/900000000000207008/", "http://snomed.info/sct/900000000000207008/version/20260101", true)]
    [TestCase("http://snomed.info/xsct/900000000000207008", "http://snomed.info/sct/900000000000207008/version/20260101", true)]
    [TestCase("http://snomed.info/sct/90000000000020700", "http://snomed.info/sct/900000000000207008/version/20260101", false)]
    [TestCase("http://snomed.info/sct/900000000000207008/version/2026", "http://snomed.info/sct/900000000000207008/version/20260101", false)]
    [TestCase("http://snomed.info/sct", "http://snomed.info/sct/900000000000207008/version/20260101", false)]
    public void Match_Table(string wanted, string? version, bool expected) => Assert.That(Versions.Match(wanted, version), Is.EqualTo(expected));

    [TestCase("1.9", "1.10")]
    [TestCase("5.0.0-ballot", "5.0.0")]
    [TestCase("5.0.0-ballot", "5.0.0-snapshot1")]
    [TestCase("2.0", "2.0.1")]
    [TestCase("", "1")]
    [TestCase("2.77", "2.78")]
    [TestCase("http://snomed.info/sct/45991000052106/version/20250531", "http://snomed.info/sct/45991000052106/version/20260531")]
    public void Comparer_Order_LowerFirst(string lower, string higher)
    {
        Assert.That(Versions.Comparer.Compare(lower, higher), Is.Negative);
        Assert.That(Versions.Comparer.Compare(higher, lower), Is.Positive);
        Assert.That(Versions.Comparer.Compare(lower, lower), Is.Zero);
    }
}

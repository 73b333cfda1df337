namespace Terminology.Mapping.Lists;

public sealed class ValueReaderTests
{
    [TestCase("1234", 1234L)]
    [TestCase("1,234", 1234L)]
    [TestCase("1.234.567", 1234567L)]
    [TestCase("1 234", 1234L)]
    [TestCase("1'234", 1234L)]
    [TestCase("1\u00A0234", 1234L)]
    [TestCase("12.0", 12L)]
    [TestCase("1,23", null)]
    [TestCase("-5", null)]
    [TestCase("many", null)]
    [TestCase("99999999999999999999", null)]
    public void Count_Writings_AreOneNumber(string text, long? count) => Assert.That(ValueReader.Count(text), Is.EqualTo(count));

    [TestCase("2025-10-01", "2025-10-01")]
    [TestCase("1.10.2025", "2025-10-01")]
    [TestCase("2025-10-01 13:30:00", "2025-10-01")]
    [TestCase("25/12/2025", "2025-12-25")]
    [TestCase("12/25/2025", "2025-12-25")]
    [TestCase("5/5/2025", "2025-05-05")]
    [TestCase("3/4/2025", null)]
    [TestCase("31.02.2025", null)]
    [TestCase("soon", null)]
    public void Date_Writings_AreOneDay(string text, string? day) => Assert.That(ValueReader.Date(text)?.ToString("O", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(day));

    [TestCase("3,5 - 5,0", true)]
    [TestCase("< 10", true)]
    [TestCase("70–100 mg/dL", true)]
    [TestCase("Serum", false)]
    public void IsRange_RangesAndBounds(string text, bool expected) => Assert.That(ValueReader.IsRange(text), Is.EqualTo(expected));

    [TestCase("[ 0, 84, 86, 88, _ ]", true)]
    [TestCase("4.1; 4.3; 5", true)]
    [TestCase("3,5", false)]
    [TestCase("1,234", false)]
    public void IsSamples_SeriesOfNumbers(string text, bool expected) => Assert.That(ValueReader.IsSamples(text), Is.EqualTo(expected));
}

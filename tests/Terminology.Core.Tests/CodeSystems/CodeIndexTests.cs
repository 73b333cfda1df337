using System.Text;

namespace Terminology.CodeSystems;

public sealed class CodeIndexTests
{
    // Letters whose cases are of different length in UTF-8, or of another script, or none.
    private static readonly string[] Letters = ["a", "A", "é", "É", "ß", "ẞ", "ı", "İ", "i", "I", "K", "k", "ſ", "s", "S", "µ", "Μ", "μ", "Ω", "ω", "1", "-", "ⅷ", "Ⅷ", "𐐀", "𐐨"];

    [Test]
    public void TryFind_AnyCodes_FindsThoseThatAStringComparerFinds([Values] bool isCaseSensitive, [Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var index = new CodeIndex(new(), isCaseSensitive);
        var naive = new Dictionary<string, int>(isCaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < 2000; i++)
        {
            var code = Code(random);
            var isNew = naive.TryAdd(code, naive.Count);
            Assert.That(index.Add(code), Is.EqualTo((naive[code], isNew)), code);
        }
        for (var i = 0; i < 2000; i++)
        {
            var code = Code(random);
            var isKnown = naive.TryGetValue(code, out var number);
            Assert.That(index.TryFind(Encoding.UTF8.GetBytes(code), out var found), Is.EqualTo(isKnown), code);
            if (isKnown) Assert.That(found, Is.EqualTo(number), code);
        }
    }

    [Test]
    public void TryFind_LongCodes_FindsThem()
    {
        var index = new CodeIndex(new(), isCaseSensitive: false);
        index.Add(new string('a', 5000));
        Assert.That(index.TryFind(Encoding.UTF8.GetBytes(new string('A', 5000)), out _));
    }

    private static string Code(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Letters[random.Next(Letters.Length)]));
}

using CsCheck;

namespace Terminology.Search;

public sealed class TermFoldingTests
{
    [TestCase("Sjögren's syndrome", "sjogrens syndrome")]
    [TestCase("Ménière disease", "meniere disease")]
    [TestCase("Ångström", "angstrom")]
    [TestCase("ÜBELKEIT, chronisch", "ubelkeit chronisch")]
    [TestCase("Straße", "strasse")]
    [TestCase("cafe\u0301", "cafe")]
    [TestCase("Sérum ou plasma", "serum ou plasma")]
    [TestCase("český, łódź, ñandú, Ţ", "cesky lodz nandu t")]
    [TestCase("Αλφα-φετοπρωτεΐνη", "αλφα φετοπρωτεινη")]
    [TestCase("йод", "иод")]
    [TestCase("50mg", "50 mg")]
    [TestCase("10⁹/L", "10 l")]
    [TestCase("µg", "ug")]
    [TestCase("½", "")]
    [TestCase("", "")]
    public void Words_Text_AreFolded(string text, string expected) => Assert.That(string.Join(' ', TermFolding.Words(text)), Is.EqualTo(expected));

    [Test]
    public void Words_EveryCharacterFoldedAgain_IsTheSame()
    {
        for (var i = 0x20; i <= char.MaxValue; i++)
        {
            if (char.IsSurrogate((char)i)) continue;
            var once = string.Join(' ', TermFolding.Words($"a{(char)i}b {(char)i}"));
            Assert.That(string.Join(' ', TermFolding.Words(once)), Is.EqualTo(once), $"U+{i:X4}");
        }
    }

    [Test]
    public void Words_FoldedAgain_AreTheSame()
        => Gen.String[Gen.Char['\u0020', '\u2100'], 0, 40].Sample(text => string.Join(' ', TermFolding.Words(text)) is var once && string.Join(' ', TermFolding.Words(once)) == once);
}

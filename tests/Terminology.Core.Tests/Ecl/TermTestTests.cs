using System.Text;

namespace Terminology.Ecl;

/// <summary>How texts are compared: words, wildcards, case and marks, as the specification shows them.</summary>
public sealed class TermTestTests
{
    [TestCase("heart att", "Heart attack", true)]
    [TestCase("att heart", "heart ATTACK", true)]
    [TestCase("eart", "heart", false)]
    [TestCase("heart heart", "heart", true)]
    [TestCase("50mg", "Paracetamol 50 mg tablet", true)]
    [TestCase("crohn's", "Crohn's disease", true)]
    [TestCase("RÉSUMÉ", "résumé", true)]
    [TestCase("résumé", "resume", false)]
    [TestCase("sjogren", "sjøgren", true)]
    [TestCase("sjögren", "sjøgren", false)]
    [TestCase("sjögren", "SJÖGREN syndrome", true)]
    [TestCase("hjärt", "Ischemisk hjärtsjukdom", true)]
    [TestCase("+", "a + b", false)]
    public void Matches_Words_EachBeginsAWord(string wanted, string text, bool expected) => Check(new(SearchTermKind.Match, wanted), text, expected);

    [TestCase("cardi*opathy", "Cardiopathy", true)]
    [TestCase("cardi*opathy", "cardiac channelopathy", true)]
    [TestCase("cardi*opathy", "atrial cardiopathy", false)]
    [TestCase("cardi*opathy", "Cardiomyopathy (disorder)", false)]
    [TestCase("cardiopathy", "Cardiopathy", true)]
    [TestCase("*itis", "Tonsillitis", true)]
    [TestCase("*", "", true)]
    [TestCase("a*a", "a", false)]
    [TestCase("*a*b*", "xxaxxbxx", true)]
    [TestCase("*ab*ab", "abab", true)]
    [TestCase("*ab*ab", "xaab", false)]
    [TestCase("5\\*", "5*", true)]
    [TestCase("5\\*", "50", false)]
    [TestCase("*\\\"a\\\"", "say \"A\"", true)]
    [TestCase("*sjo*", "sjøgren", true)]
    [TestCase("*sjö*", "Sjogren", false)]
    public void Matches_Wildcards_TheWholeText(string pattern, string text, bool expected) => Check(new(SearchTermKind.Wild, pattern), text, expected);

    [Test, CancelAfter(5_000)]
    public void Matches_ManyStars_TakesNoTime(CancellationToken cancel)
        => Check(new(SearchTermKind.Wild, string.Concat(Enumerable.Repeat("*a", 2_000)) + "*b"), new string('a', 20_000), false);

    private static void Check(SearchTerm term, string text, bool expected)
    {
        Assert.That(TermTest.Of(term).Matches(Encoding.UTF8.GetBytes(text)), Is.EqualTo(expected));
        if (term.Kind != SearchTermKind.Wild || !expected) return;
        var folded = Search.TermFolding.Words(text);
        Assert.That(((WildTest)TermTest.Of(term)).Words, Has.All.Matches<string>(word => folded.Any(token => token.Contains(word!, StringComparison.Ordinal))), "the index would lose it");
    }
}

using System.Text;
using Terminology.CodeSystems;
using Terminology.Loaders.Ucum;

namespace Terminology.Loaders.BuiltIn;

public sealed class LanguageTagTests
{
    private static readonly ICodeSystem Languages = UcumWorld.Service.CodeSystem("urn:ietf:bcp:47");

    [TestCase("en", "English")]
    [TestCase("en-US", "English (United States)")]
    [TestCase("de-AT", "German (Austria)")]
    [TestCase("zh-Hant-TW", "Chinese (Han (Traditional variant), Taiwan, Province of China)")]
    [TestCase("sr-Latn", "Serbian (Latin)")]
    [TestCase("es-419", "Spanish (Latin America and the Caribbean)")]
    [TestCase("zh-cmn", "Chinese (Mandarin Chinese)")]
    [TestCase("zh-yue-HK", "Chinese (Yue Chinese, Hong Kong)")]
    [TestCase("sl-rozaj", "Slovenian (Resian)")]
    [TestCase("de-CH-1996", "German (Switzerland, German orthography of 1996)")]
    [TestCase("ca-valencia", "Catalan (Valencian)")]
    [TestCase("de-DE-u-co-phonebk", "German (Germany, u-co-phonebk)")]
    [TestCase("en-x-sctlang-9000000-00000508-004", "English (x-sctlang-9000000-00000508-004)")]
    [TestCase("x-local", "Private use (local)")]
    [TestCase("qaa", "Private use")]
    [TestCase("qtz-Qaaa-QM", "Private use (Private use, Private use)")]
    [TestCase("i-klingon", "Klingon")]
    [TestCase("und", "Undetermined")]
    [TestCase("zxx", "No linguistic content")]
    [TestCase("cu", "Church Slavic")]
    [TestCase("yue", "Yue Chinese")]
    public void Valid_HasDisplay(string tag, string display)
    {
        Assert.That(Languages.TryFind(Encoding.UTF8.GetBytes(tag), out var concept), Is.True);
        Assert.That(Encoding.UTF8.GetString(Languages.Display(concept)), Is.EqualTo(display));
    }

    [TestCase("", "The tag is empty")]
    [TestCase("xx", "'xx' at character 1 is no registered language subtag")]
    [TestCase("english", "'english' at character 1 is no registered language subtag")]
    [TestCase("en-UK", "'UK' at character 4 is no registered region subtag")]
    [TestCase("en-Xxxx", "'Xxxx' at character 4 is no registered script subtag")]
    [TestCase("en-cmn", "goes after zh only")]
    [TestCase("en-xxx", "'xxx' at character 4 is no registered extended language subtag")]
    [TestCase("en-US-Latn", "'Latn' at character 7 is not expected")]
    [TestCase("en-US-GB", "'GB' at character 7 is not expected")]
    [TestCase("sl-rozaj-rozaj", "'rozaj' at character 10 comes twice")]
    [TestCase("en-us", "write 'en-US'")]
    [TestCase("EN", "write 'en'")]
    [TestCase("ZH-hant-tw", "write 'zh-Hant-TW'")]
    [TestCase("I-KLINGON", "write 'i-klingon'")]
    [TestCase("en_US", "'en_US' at character 1 is no subtag")]
    [TestCase("en-", "'' at character 4 is no subtag")]
    [TestCase("-en", "'' at character 1 is no subtag")]
    [TestCase("en-u", "After 'u' at character 4 a subtag is missing")]
    [TestCase("en-x", "After 'x' at character 4 a subtag is missing")]
    [TestCase("x", "After 'x' at character 1 a subtag is missing")]
    [TestCase("en-u-ca-gregory-u-co-x", "'u' at character 17 comes twice")]
    [TestCase("en-toolongsubtag", "'toolongsubtag' at character 4 is no subtag")]
    public void Invalid_IsExplained(string tag, string part)
    {
        Assert.That(Languages.TryFind(Encoding.UTF8.GetBytes(tag), out _), Is.False);
        Assert.That(((GrammarCodeSystem)Languages).Explain(tag), Does.StartWith($"Error processing language tag '{tag}': ").And.Contain(part));
    }

    [Test]
    public void Deprecated_SaysWhatIsPreferred()
    {
        Assert.That(Languages.TryFind("iw"u8, out var concept), Is.True);
        Assert.That(Languages.Flags(concept), Is.EqualTo(ConceptFlags.Deprecated));
        Assert.That(Ask.Properties(Languages, concept), Does.Contain("preferred=he"));
    }

    [Test]
    public void Expand_All_AreTheCommonLanguages_AndSaysSo()
    {
        var result = Ask.Expand("urn:ietf:bcp:47");
        Assert.That(Ask.Codes(result), Has.Length.EqualTo(485).And.Contains("en").And.Contains("zza").And.None.EqualTo("yue"));
        Assert.That(result.Total, Is.Null);
        Assert.That(result.Unclosed.Single(), Does.EndWith("based on http://terminology.hl7.org/ValueSet/Languages"));
    }

    [Test]
    public void Filters_OfTheParts()
    {
        Assert.That(Ask.IsMember("urn:ietf:bcp:47", "en-US", ("script", "exists", "false"), ("extension", "exists", "false")), Is.True);
        Assert.That(Ask.IsMember("urn:ietf:bcp:47", "zh-Hant-TW", ("script", "exists", "false")), Is.False);
        Assert.That(Ask.IsMember("urn:ietf:bcp:47", "de-AT", ("region", "=", "AT")), Is.True);
    }

    [TestCase("en", "en-US", Subsumption.Subsumes)]
    [TestCase("en-US", "en", Subsumption.SubsumedBy)]
    [TestCase("en-US", "en-GB", Subsumption.NotSubsumed)]
    [TestCase("en", "enm", Subsumption.NotSubsumed)]
    [TestCase("en", "en", Subsumption.Equivalent)]
    public void Subsumes_IsByPrefix(string a, string b, Subsumption outcome) => Assert.That(Ask.Subsumes("urn:ietf:bcp:47", a, b), Is.EqualTo(outcome));

    [Test]
    public void Search_FindsLanguagesThatAreNotCommon()
        => Assert.That(Ask.Codes(Ask.Service.Expand(new() { ValueSet = Ask.Whole("urn:ietf:bcp:47"), Filter = "swahili" }, RequestScope.Default)), Is.EqualTo(new[] { "sw" }));
}

using Terminology.CodeSystems;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Validation;

/// <summary>Displays: right and wrong, in languages, in supplements, in value sets.</summary>
public sealed class ValidateDisplayTests
{
    private const string D = "http://example.org/d";

    private static readonly TerminologyService Service = Worlds.Service(
        Worlds.CodeSystem(new CodeSystemInfo { Url = new(D), Version = "1", Language = "en" }, "a:Heart attack;@de=Herzinfarkt;@en=Cardiac infarction", "b:Only English"),
        Worlds.CodeSystem(new CodeSystemInfo { Url = new("http://example.org/plain"), Version = "1" }, "a:Plain"),
        Worlds.CodeSystem(new CodeSystemInfo { Url = new("http://example.org/nl"), Version = "1", Content = "supplement", Supplements = new(D), Language = "nl" }, "a:Hartaanval"));

    [TestCase("a", "Heart attack", "", null)]
    [TestCase("a", "HEART attack", "", null, Description = "case does not matter")]
    [TestCase("a", "Herzinfarkt", "", null)]
    [TestCase("a", "Herzinfarkt", "de", null)]
    [TestCase("a", "Herzinfarkt", "de-AT", null)]
    [TestCase("a", "Herzinfarkt", "en,de", null)]
    [TestCase("a", "Heart  attack", "en", "Display_Name_WS_for__should_be_one_of__instead_of Wrong whitespace in Display Name 'Heart  attack' for http://example.org/d#a. Valid display is one of 2 choices: 'Heart attack' (en) or 'Cardiac infarction' (en) (for the language(s) 'en')")]
    [TestCase("a", "Herzinfarkt", "en", "Display_Name_for__should_be_one_of__instead_of Wrong Display Name 'Herzinfarkt' for http://example.org/d#a. Valid display is one of 2 choices: 'Heart attack' (en) or 'Cardiac infarction' (en) (for the language(s) 'en')")]
    [TestCase("a", "Stroke", "de", "Display_Name_for__should_be_one_of__instead_of Wrong Display Name 'Stroke' for http://example.org/d#a. Valid display is 'Herzinfarkt' (de) (for the language(s) 'de')")]
    [TestCase("b", "Stroke", "", "Display_Name_for__should_be_one_of__instead_of Wrong Display Name 'Stroke' for http://example.org/d#b. Valid display is 'Only English' (en) (for the language(s) '--')")]
    [TestCase("b", "Stroke", "de", "NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_ERR Wrong Display Name 'Stroke' for http://example.org/d#b. There are no valid display names found for language(s) 'de'. Default display is 'Only English'")]
    public void ValidateCode_Display_Table(string code, string display, string languages, string? problem)
    {
        var answer = Ask(new(D, code, null, display), languages);
        Assert.That(answer.Result, Is.EqualTo(problem is null));
        Assert.That(answer.Issues.Select(issue => $"{issue.MessageId} {issue.Text}"), Is.EqualTo(problem is null ? [] : new[] { problem }));
        var lenient = Service.ValidateCode(new(new([new(D, code, null, display)]), CodeForm.Code) { LenientDisplay = true }, Scope(languages));
        Assert.That(lenient.Result);
        Assert.That(lenient.Issues.Select(issue => issue.Text), Is.EqualTo(answer.Issues.Select(issue => issue.Text)));
    }

    [Test]
    public void ValidateCode_DisplayOfTheDefaultLanguage_IsSaidButRight()
    {
        var answer = Ask(new(D, "b", null, "Only English"), "de");
        Assert.That(answer.Result);
        Assert.That(answer.Issues.Single().Text, Is.EqualTo("There are no valid display names found for the code http://example.org/d#b for language(s) 'de'. The display is 'Only English' which is a valid display for the default language"));
        Assert.That(answer.Issues.Single().Expression, Is.EqualTo("display"));
    }

    [Test]
    public void ValidateCode_NoLanguageSaid_FitsAnyLanguage() => Assert.That(Ask(new("http://example.org/plain", "a", null, "Plain"), "fr").Issues, Is.Empty);

    [Test]
    public void ValidateCode_Display_IsInTheLanguageAskedFor()
    {
        Assert.That(Ask(new(D, "a"), "").Display, Is.EqualTo("Heart attack"));
        Assert.That(Ask(new(D, "a"), "de").Display, Is.EqualTo("Herzinfarkt"));
        Assert.That(Ask(new(D, "a"), "fr,de").Display, Is.EqualTo("Herzinfarkt"));
        Assert.That(Ask(new(D, "b"), "de").Display, Is.EqualTo("Only English"));
    }

    [Test]
    public void ValidateCode_Supplement_CountsWhenAskedFor()
    {
        var coding = new Coding(D, "a", null, "Hartaanval");
        Assert.That(Ask(coding, "").Result, Is.False);
        var scope = new RequestScope { Supplements = [new("http://example.org/nl")], Languages = ["nl"] };
        var answer = Service.ValidateCode(new(new([coding]), CodeForm.Code), scope);
        Assert.That(answer.Result);
        Assert.That(answer.Display, Is.EqualTo("Hartaanval"));
        var valueSet = Worlds.ValueSet("v", Worlds.All(D)) with { Supplements = [new("http://example.org/nl", "1")] };
        Assert.That(Service.ValidateCode(new(new([coding]), CodeForm.Code) { ValueSet = valueSet }, RequestScope.Default).Result);
        Assert.That(
            () => Service.ValidateCode(new(new([coding]), CodeForm.Code) { ValueSet = valueSet with { Supplements = [new("http://example.org/nl", "2")] } }, RequestScope.Default),
            Throws.InstanceOf<Issues.TerminologyException>().With.Message.EqualTo("Required supplement not found: http://example.org/nl|2"));
    }

    [Test]
    public void ValidateCode_DisplayOfTheValueSet_IsRightToo()
    {
        var rule = new ConceptSetRule(D, null, [new("a", "MI") { Designations = [new("en", null, "Coronary")] }], [], []);
        foreach (var (display, result) in new[] { ("MI", true), ("Coronary", true), ("Heart attack", true), ("Nothing", false) })
        {
            Assert.That(Service.ValidateCode(new(new([new(D, "a", null, display)]), CodeForm.Code) { ValueSet = Worlds.ValueSet("v", rule) }, RequestScope.Default).Result, Is.EqualTo(result), display);
        }
    }

    [Test]
    public void ValidateCode_LanguageOfTheValueSet_CountsWhenNoneIsAskedFor()
    {
        var german = Worlds.ValueSet("v", Worlds.All(D)) with { Language = "de" };
        Assert.That(Service.ValidateCode(new(new([new(D, "a", null, "Heart attack")]), CodeForm.Code) { ValueSet = german }, RequestScope.Default).Result, Is.False);
        Assert.That(Service.ValidateCode(new(new([new(D, "a", null, "Heart attack")]), CodeForm.Code) { ValueSet = german }, Scope("en")).Result);
    }

    private static ValidateCodeResult Ask(Coding coding, string languages) => Service.ValidateCode(new(new([coding]), CodeForm.Code), Scope(languages));

    private static RequestScope Scope(string languages) => new() { Languages = languages.Split(',', StringSplitOptions.RemoveEmptyEntries) };
}

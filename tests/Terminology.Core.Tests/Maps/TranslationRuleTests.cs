using Terminology.Operations;
using static Terminology.Maps.TranslateWorld;

namespace Terminology.Maps;

/// <summary>SNOMED CT map rules in <c>$translate</c>: the rows of a map, what is known, and which target comes out.</summary>
public sealed class TranslationRuleTests
{
    private const string Onset = "IFA 445518008 | Age at onset of clinical finding (observable entity) |", Current = "IFA 424144002 | Current chronological age (observable entity) |";

    // Rows: groups are separated by '/', rows by ';', rule and target by ':'. Answer: '?' a person must decide, '-' no target.
    [TestCase("true: A", "", "A")]
    [TestCase("true: A", "onset=17 a; female", "A")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "onset=17 a", "A")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "onset=18 a", "B")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "onset=215 mo", "A")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "onset=216 mo", "B")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "quantity=17 a", "A")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "quantity=18 a", "B")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "", "A? B?")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "current=17 a", "A? B?", Description = "how old he is does not say how old he was")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "onset=17", "A? B?", Description = "no unit")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "onset=17 a; onset=40 a", "A? B?", Description = "two ages: neither is believed")]
    [TestCase("onset < 18.0 years: A; otherwise: B", "onset=17 a; onset=17 a", "A")]
    [TestCase("onset < 28.0 days: A; onset < 1.0 years: B; otherwise: C", "onset=27 d", "A")]
    [TestCase("onset < 28.0 days: A; onset < 1.0 years: B; otherwise: C", "onset=28 d", "B")]
    [TestCase("onset < 28.0 days: A; onset < 1.0 years: B; otherwise: C", "onset=4 wk", "B")]
    [TestCase("onset < 28.0 days: A; onset < 1.0 years: B; otherwise: C", "onset=11 mo", "B")]
    [TestCase("onset < 28.0 days: A; onset < 1.0 years: B; otherwise: C", "onset=12 mo", "C")]
    [TestCase("onset < 28.0 days: A; onset < 1.0 years: B; otherwise: C", "onset=0 a", "A? B?", Description = "below one year: the second row is certain, the first is not ruled out")]
    [TestCase("onset < 28.0 days: A; onset < 1.0 years: B; otherwise: C", "", "A? B? C?")]
    [TestCase("onset >= 12.0 years and onset < 19.0 years: A; otherwise: B", "onset=11 a", "B")]
    [TestCase("onset >= 12.0 years and onset < 19.0 years: A; otherwise: B", "onset=12 a", "A")]
    [TestCase("onset >= 12.0 years and onset < 19.0 years: A; otherwise: B", "onset=18 a", "A")]
    [TestCase("onset >= 12.0 years and onset < 19.0 years: A; otherwise: B", "onset=19 a", "B")]
    [TestCase("current >= 65.0 years: A; otherwise: B", "current=65 a", "A")]
    [TestCase("current >= 65.0 years: A; otherwise: B", "current=64 a", "B")]
    [TestCase("current > 65.0 years: A; otherwise: B", "current=65 a", "B")]
    [TestCase("current <= 65.0 years: A; otherwise: B", "current=65 a", "A")]
    [TestCase("female: A; male: B; otherwise: C", "female", "A")]
    [TestCase("female: A; male: B; otherwise: C", "male", "B")]
    [TestCase("female: A; male: B; otherwise: C", "gender=female", "A")]
    [TestCase("female: A; male: B; otherwise: C", "gender=male", "B")]
    [TestCase("female: A; male: B; otherwise: C", "gender=other", "A? B? C?")]
    [TestCase("female: A; male: B; otherwise: C", "gender=unknown", "A? B? C?")]
    [TestCase("female: A; male: B; otherwise: C", "female; male", "A? B? C?", Description = "contradicting: not known")]
    [TestCase("female: A; otherwise: B", "male", "B")]
    [TestCase("female and onset < 18.0 years: A; otherwise: B", "male", "B", Description = "false whatever the age")]
    [TestCase("female and onset < 18.0 years: A; otherwise: B", "female", "A? B?")]
    [TestCase("female and onset < 18.0 years: A; otherwise: B", "female; onset=3 a", "A")]
    [TestCase("female and onset < 18.0 years: A; otherwise: B", "onset=30 a", "B")]
    [TestCase("diabetes: A; otherwise: B", "finding=73211009", "A")]
    [TestCase("diabetes: A; otherwise: B", "finding=44054006", "A", Description = "a descendant")]
    [TestCase("diabetes: A; otherwise: B", "finding=64572001", "A? B?", Description = "an ancestor says nothing")]
    [TestCase("diabetes: A; otherwise: B", "finding=22298006", "A? B?", Description = "another finding does not deny it")]
    [TestCase("diabetes: A; otherwise: B", "diabetes=false", "B")]
    [TestCase("diabetes: A; otherwise: B", "diabetes=true", "A")]
    [TestCase("diabetes: A; otherwise: B", "", "A? B?")]
    [TestCase("true: A/true: B", "", "A B", Description = "both groups are needed")]
    [TestCase("onset < 18.0 years: A; otherwise: B/female: C; otherwise: D", "onset=17 a; male", "A D")]
    [TestCase("onset < 18.0 years: A; otherwise: B/female: C; otherwise: D", "onset=18 a; female", "B C")]
    [TestCase("onset < 18.0 years: A; otherwise: B/female: C; otherwise: D", "onset=17 a", "A C? D?", Description = "one group settled, the other open")]
    [TestCase("onset < 18.0 years: A; otherwise: B/female: C; otherwise: D", "", "A? B? C? D?")]
    [TestCase("true: A/onset < 1.0 years: B; otherwise: ", "onset=2 a", "A -", Description = "the second code is not needed")]
    [TestCase("onset < 1.0 years: A", "onset=2 a", "", Description = "no rule holds")]
    [TestCase("true: ", "", "-")]
    [TestCase("onset < 18.0 years: A; otherwise: ", "", "A? -?")]
    [TestCase("nonsense: A; otherwise: B", "", "A? B?", Description = "a rule that does not read is for a person")]
    public void Translate_RuleAndContext_GivesTheTarget(string rows, string context, string expected) => Assert.That(Answer(Translate(rows, context)), Is.EqualTo(expected));

    [Test]
    public void Translate_ContextMissing_SaysWhatTheCandidatesDependOn()
    {
        var result = Translate("onset < 18.0 years: A; otherwise: B", "");
        Assert.Multiple(() =>
        {
            Assert.That(result.Result, Is.False);
            Assert.That(result.Message, Does.Contain("http://snomed.info/id/445518008"));
            Assert.That(result.Matches.Select(match => match.DependsOn.Single().Property), Is.All.EqualTo("http://snomed.info/id/445518008"));
            Assert.That(result.Matches.Select(match => match.Rule), Is.EqualTo(new[] { $"{Onset} < 18.0 years", "OTHERWISE TRUE" }));
        });
    }

    [Test]
    public void Translate_SettledRule_IsUsableAndNamesGroupAndPriority()
    {
        var result = Translate("onset < 18.0 years: A; otherwise: B/true: C", "onset=40 a");
        Assert.That(result.Result, Is.True);
        Assert.That(result.Matches.Select(match => (match.RuleGroup, match.Priority)), Is.EqualTo(new[] { (1, 2), (2, 1) }));
        Assert.That(result.Matches.SelectMany(match => match.DependsOn), Is.Empty);
    }

    [Test]
    public void Translate_CannotBeClassified_IsNoMatchWithMessage()
    {
        var result = Translate("true: ", "");
        Assert.That(result.Result, Is.False);
        Assert.That(result.Matches.Single().NoMap, Is.True);
        Assert.That(result.Message, Does.Contain("no target"));
    }

    [Test]
    public void Translate_BadRule_NamesThePosition() => Assert.That(Translate("nonsense: A", "").Message, Does.Contain("position 0"));

    [Test]
    public void Translate_Reverse_RuleOfTheRowIsACondition()
    {
        var service = With(RuleMap("onset < 18.0 years: A; otherwise: B"));
        var open = service.Translate(Ask(Icd, "A") with { Reverse = true }, RequestScope.Default);
        var settled = service.Translate(Ask(Icd, "A") with { Reverse = true, Dependencies = Context("onset=3 a") }, RequestScope.Default);
        var contradicted = service.Translate(Ask(Icd, "A") with { Reverse = true, Dependencies = Context("onset=30 a") }, RequestScope.Default);
        Assert.That((Answer(open), Answer(settled), Answer(contradicted)), Is.EqualTo(("22298006?", "22298006", "")));
    }

    private static TranslateResult Translate(string rows, string context)
        => With(RuleMap(rows)).Translate(Ask(Sct, "22298006") with { Dependencies = Context(context) }, RequestScope.Default);

    private static InMemoryConceptMap RuleMap(string rows) => Map("rules", Sct, Icd, Row("22298006",
        [.. rows.Split('/').SelectMany((group, groupIndex) => group.Split(';').Select((row, rowIndex) => new MapTarget
        {
            Code = row[(row.IndexOf(':') + 1)..].Trim() is { Length: > 0 } code ? code : null,
            Relationship = MapRelationship.RelatedTo,
            RuleGroup = groupIndex + 1,
            Priority = rowIndex + 1,
            Rule = string.Join(" AND ", row[..row.IndexOf(':')].Split(" and ").Select(Rule)),
        }))]));

    private static string Rule(string shorthand) => shorthand.Trim() switch
    {
        "true" => "TRUE",
        "otherwise" => "OTHERWISE TRUE",
        "female" => "IFA 248152002 | Female (finding) |",
        "male" => "IFA 248153007 | Male (finding) |",
        "diabetes" => "IFA 73211009 | Diabetes mellitus (disorder) |",
        var age when age.StartsWith("onset", StringComparison.Ordinal) => Onset + age[5..],
        var age when age.StartsWith("current", StringComparison.Ordinal) => Current + age[7..],
        var other => other,
    };

    private static TranslateDependency[] Context(string context) => [.. context.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(known => known.Split('=')).Select(known => known switch
    {
        ["onset", var age] => new TranslateDependency("http://snomed.info/id/445518008", new([], age)),
        ["current", var age] => new TranslateDependency("424144002", new([], age)),
        ["quantity", var age] => new TranslateDependency("http://snomed.info/sct|445518008", new([])) { Quantity = (decimal.Parse(age.Split(' ')[0]), age.Split(' ')[1]) },
        ["gender", var gender] => new TranslateDependency("gender", new([new("http://hl7.org/fhir/administrative-gender", gender)])),
        ["finding", var code] => new TranslateDependency("http://snomed.info/id/404684003", new([new(Sct, code)])),
        ["diabetes", var value] => new TranslateDependency("http://snomed.info/id/73211009", new([new(null, value)], value)),
        ["female"] => new TranslateDependency("http://snomed.info/id/263495000", new([new(Sct, "248152002")])),
        ["male"] => new TranslateDependency("http://snomed.info/id/263495000", new([new("urn:oid:2.16.840.1.113883.6.96", "248153007")])),
        _ => throw new ArgumentException(string.Join('=', known)),
    })];
}

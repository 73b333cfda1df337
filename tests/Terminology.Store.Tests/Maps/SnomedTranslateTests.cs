using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Maps;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Store.Maps;

/// <summary><c>$translate</c> over the implicit maps of a SNOMED CT release in the store: map reference sets, historical associations, inactive sources.</summary>
public sealed class SnomedTranslateTests
{
    private const string Snomed = "http://snomed.info/sct", Icd = "http://hl7.org/fhir/sid/icd-10", Version = "http://snomed.info/sct/900000000000207008/version/20260101";
    private const string IcdMap = "447562003", SameAs = "900000000000527005", ReplacedBy = "900000000000526001", Possibly = "900000000000523009", WasA = "900000000000528000", MovedTo = "900000000000524003";
    private const string Classified = "447637006", CannotBeClassified = "447638001", ContextDependent = "447639009", NotSpecified = "447561005";

    // Active concepts with a map row; inactive ones with their history.
    private const string Asthma = "195967001", Infarction = "22298006", Unclassifiable = "64572001", Syndrome = "73211009";
    private const string OldSame = "100001", OldReplaced = "100002", OldPossibly = "100003", OldTwo = "100004", OldNone = "100005", OldMoved = "100006", OldChain = "100007", OldWas = "100008", OldListed = "100009";

    private string _folder = "";
    private StoredRelease _release = null!;
    private TerminologyService _service = null!;

    [OneTimeSetUp]
    public void Build()
    {
        _folder = Directory.CreateTempSubdirectory("snomed-translate").FullName;
        var path = Path.Combine(_folder, "snomed.store");
        using (var builder = new StoreBuilder(path))
        {
            Fill(builder);
            builder.Complete(new(), CancellationToken.None);
        }
        _release = StoredRelease.Open(path);
        _service = TerminologyService.Create([new(_release, true)], new NoResources());
    }

    [OneTimeTearDown]
    public void Remove()
    {
        _release.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase($"{Snomed}?fhir_cm={IcdMap}")]
    [TestCase($"{Version}?fhir_cm={IcdMap}")]
    [TestCase($"{Snomed}/900000000000207008?fhir_cm={IcdMap}")]
    public void Translate_ByImplicitMap_NamesTheMapWithItsVersion(string url)
    {
        var match = Translate(Asthma, url).Matches.Single();
        Assert.That((match.Target!.System, match.Target.Code, match.MapUrl, match.MapVersion), Is.EqualTo((Icd, "J45.9", $"{Snomed}?fhir_cm={IcdMap}", Version)));
        Assert.That((match.Comment, match.Rule, match.RuleGroup, match.Priority), Is.EqualTo(("ALWAYS J45.9", "TRUE", 1, 1)));
        Assert.That(match.Properties.Select(property => property.Key), Is.EqualTo(new[] { "correlation", "category" }));
    }

    [Test]
    public void Translate_WithoutUrl_UsesTheMapOnce() => Assert.That(Answer(Translate(Asthma)), Is.EqualTo("J45.9"));

    [Test]
    public void Translate_InactiveRowOfTheRefset_IsNoRow() => Assert.That(Answer(Translate(Syndrome)), Is.EqualTo("E10? E14?"));

    [Test]
    public void Translate_CannotBeClassified_IsNoMatchWithMessage()
    {
        var result = Translate(Unclassifiable);
        Assert.That((Answer(result), result.Result), Is.EqualTo(("-", false)));
        Assert.That(result.Message, Does.Contain("cannot be classified"));
    }

    [Test]
    public void Translate_Reverse_FindsTheSources()
    {
        var result = _service.Translate(new(new([new(Icd, "I21.9")])) { Reverse = true }, RequestScope.Default);
        Assert.That(result.Matches.Select(match => match.Target!.Code), Is.EqualTo(new[] { Infarction, OldListed }));
        Assert.That(result.Matches.Select(match => match.Target!.Display), Is.EqualTo(new[] { $"Concept {Infarction}", $"Concept {OldListed}" }));
    }

    [TestCase(OldSame, "J45.9", true, Description = "a single SAME AS is followed")]
    [TestCase(OldReplaced, "I21.9", true, Description = "a single REPLACED BY is followed")]
    [TestCase(OldPossibly, "J45.9?", false, Description = "POSSIBLY EQUIVALENT TO is for a person")]
    [TestCase(OldTwo, "J45.9? I21.9?", false, Description = "two associations: for a person, though one is SAME AS")]
    [TestCase(OldWas, "J45.9?", false, Description = "WAS A is for a person")]
    [TestCase(OldNone, "", false, Description = "no history")]
    [TestCase(OldMoved, "", false, Description = "a namespace is no successor")]
    [TestCase(OldChain, "", false, Description = "the successor is inactive itself: not followed twice")]
    [TestCase(OldListed, "I21.9", true, Description = "the map lists the inactive concept itself")]
    public void Translate_InactiveSource_IsFollowedOnlyOverOneCertainSuccessor(string code, string expected, bool usable)
    {
        var result = Translate(code);
        Assert.That((Answer(result), result.Result), Is.EqualTo((expected, usable)));
        Assert.That(result.Message, Does.Contain("inactive"));
        Assert.That(result.Message!.Contains("lists it all the same"), Is.EqualTo(code == OldListed));
    }

    [Test]
    public void Translate_FollowedSource_SaysOverWhichConcept()
    {
        var match = Translate(OldSame).Matches.Single();
        Assert.That((match.Source!.Code, match.Via!.Code, match.Via.Display), Is.EqualTo((OldSame, Asthma, $"Concept {Asthma}")));
        Assert.That(match.Issues.Single(issue => issue.Severity >= Terminology.Issues.IssueSeverity.Warning).Text, Does.Contain(OldSame).And.Contain("SAME AS"));
    }

    [TestCase(SameAs, OldSame, Asthma, true, "equal")]
    [TestCase(ReplacedBy, OldReplaced, Infarction, true, null)]
    [TestCase(Possibly, OldPossibly, Asthma + "?", false, "inexact")]
    [TestCase(SameAs, OldTwo, Asthma + "?", false, "equal", Description = "another association names another concept")]
    [TestCase(WasA, OldWas, Asthma + "?", false, null)]
    public void Translate_HistoryByUrl_IsCertainOnlyForOneSuccessor(string refset, string code, string expected, bool usable, string? original)
    {
        var result = Translate(code, $"{Snomed}?fhir_cm={refset}");
        Assert.That((Answer(result), result.Result, result.Matches.Single().OriginalRelationship), Is.EqualTo((expected, usable, original)));
    }

    [Test]
    public void Translate_HistoryWithTargetSnomed_IsFoundWithoutUrl()
        => Assert.That(Answer(_service.Translate(new(new([new(Snomed, OldSame)])) { TargetSystem = "SCT" }, RequestScope.Default)), Is.EqualTo(Asthma));

    [Test]
    public void Translate_UnknownRefset_Throws() => Assert.That(() => Translate(Asthma, $"{Snomed}?fhir_cm=446608001"), Throws.TypeOf<UnknownConceptMap>());

    private TranslateResult Translate(string code, string? url = null)
        => _service.Translate(new(new([new(Snomed, code)])) { Url = url is null ? null : new(url) }, RequestScope.Default);

    private static string Answer(TranslateResult result) => string.Join(' ', result.Matches.Select(match => (match.Target?.Code ?? "-") + (match.NeedsPerson ? "?" : "")));

    private static void Fill(StoreBuilder sink)
    {
        sink.Begin(new()
        {
            Id = new(Snomed, Version), Title = "SNOMED CT test", Format = "snomed-rf2", HierarchyType = "116680003", NumericCodes = true,
            CodeSystem = new() { Url = CodeSystemUri.Snomed, Version = Version },
        });
        foreach (var code in new[] { Asthma, Infarction, Unclassifiable, Syndrome }) Concept(sink, code, ConceptFlags.None);
        foreach (var code in new[] { OldSame, OldReplaced, OldPossibly, OldTwo, OldNone, OldMoved, OldChain, OldWas, OldListed }) Concept(sink, code, ConceptFlags.Inactive);
        sink.Refset(new(IcdMap, RefsetType.ExtendedMap, "iisssccc", ["mapGroup", "mapPriority", "mapRule", "mapAdvice", "mapTarget", "correlationId", "mapCategoryId"]) { MapTarget = Icd });
        MapRow(sink, Asthma, 1, "TRUE", "ALWAYS J45.9", "J45.9", Classified);
        MapRow(sink, Infarction, 1, "TRUE", "ALWAYS I21.9", "I21.9", Classified);
        MapRow(sink, OldListed, 1, "TRUE", "ALWAYS I21.9", "I21.9", Classified);
        MapRow(sink, Unclassifiable, 1, "TRUE", "MAP SOURCE CONCEPT CANNOT BE CLASSIFIED WITH AVAILABLE DATA", "", CannotBeClassified);
        // Out of order, with an inactive row between.
        MapRow(sink, Syndrome, 3, "OTHERWISE TRUE", "MAP OF SOURCE CONCEPT IS CONTEXT DEPENDENT", "E14", ContextDependent);
        MapRow(sink, Syndrome, 2, "IFA 248153007 | Male (finding) |", "no longer", "E11", ContextDependent, active: false);
        MapRow(sink, Syndrome, 1, "IFA 248152002 | Female (finding) |", "IF FEMALE CHOOSE E10", "E10", ContextDependent);
        foreach (var refset in new[] { SameAs, ReplacedBy, Possibly, WasA, MovedTo }) sink.Refset(new(refset, RefsetType.Association, "c", ["targetComponentId"]));
        Member(sink, SameAs, OldSame, Asthma);
        Member(sink, ReplacedBy, OldReplaced, Infarction);
        Member(sink, Possibly, OldPossibly, Asthma);
        Member(sink, SameAs, OldTwo, Asthma);
        Member(sink, Possibly, OldTwo, Infarction);
        Member(sink, MovedTo, OldMoved, "370136006");
        Member(sink, SameAs, OldChain, OldSame);
        Member(sink, WasA, OldWas, Asthma);
    }

    private static void Concept(StoreBuilder sink, string code, ConceptFlags flags)
    {
        sink.Concept(new() { Code = Utf8(code), Flags = flags });
        sink.Designation(new() { Concept = Utf8(code), Value = Utf8($"Concept {code}"), Use = DesignationUses.Synonym, Language = "en", Active = true });
    }

    private static void MapRow(StoreBuilder sink, string code, int priority, string rule, string advice, string target, string category, bool active = true)
        => Member(sink, IcdMap, code, string.Join('\t', "1", $"{priority}", rule, advice, target, NotSpecified, category), active);

    private static void Member(StoreBuilder sink, string refset, string code, string fields, bool active = true) => sink.Member(new()
    {
        Refset = Utf8(refset), Id = Utf8(Guid.NewGuid().ToString()), Active = active, EffectiveTime = new(20260101), Module = "900000000000207008"u8, ReferencedComponent = Utf8(code), Fields = Utf8(fields),
    });

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class NoResources : IResourceReader
    {
        public ICodeSystem ReadCodeSystem(ReadOnlyMemory<byte> json) => throw new InvalidOperationException("There is none.");

        public ValueSet ReadValueSet(ReadOnlyMemory<byte> json) => throw new InvalidOperationException("There is none.");

        public IConceptMap ReadConceptMap(ReadOnlyMemory<byte> json) => throw new InvalidOperationException("There is none.");
    }
}

using System.Text;
using Terminology.CodeSystems;

namespace Terminology;

/// <summary>Who answers for a canonical, with and without version.</summary>
public sealed class CatalogueTests
{
    private const string Thing = "http://example.org/thing", Tho = "http://terminology.hl7.org/CodeSystem/x", Core = "http://hl7.org/fhir/x";

    [Test]
    public void FindCodeSystem_SeveralNatives_OnlyTheLiveOneAnswersWithoutVersion()
    {
        var (old, live) = (Worlds.CodeSystem(Thing, "2", "A:old"), Worlds.CodeSystem(Thing, "1", "A:live"));
        var service = Worlds.Loaded(Worlds.Native(old, false), Worlds.Native(live, true));
        Assert.That(service.FindCodeSystem(Thing), Is.SameAs(live));
        Assert.That(service.FindCodeSystem(Thing, "2"), Is.SameAs(old));
        Assert.That(service.FindCodeSystem(Thing, "3"), Is.Null);
        Assert.That(service.CodeSystemVersions(Thing).Select(entry => entry.Version), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void FindCodeSystem_NoNativeLive_NothingAnswersWithoutVersion()
    {
        var service = Worlds.Loaded(Worlds.Native(Worlds.CodeSystem(Thing, "1", "A"), false), Worlds.Package("p", ("CodeSystem", Thing, "9", "2030")));
        Assert.That(service.FindCodeSystem(Thing), Is.Null);
        Assert.That(service.FindCodeSystem(Thing, "9"), Is.Not.Null);
    }

    [Test]
    public void FindCodeSystem_PackageOfNativeSystem_AnswersOnlyByItsVersion()
    {
        var native = Worlds.CodeSystem(Thing, "1", "A:native");
        var service = Worlds.Loaded(Worlds.Package("p", ("CodeSystem", Thing, "2", "2030-01-01")), Worlds.Native(native, true));
        Assert.That(service.FindCodeSystem(Thing), Is.SameAs(native));
        Assert.That(Package(service, Thing, "2"), Is.EqualTo("p"));
    }

    [TestCase(Tho, "1.0", "2019", "4.0", "2021", "hl7.terminology")]
    [TestCase(Core, "9.0", "2030", "4.0", "2019", "hl7.fhir.r4.core")]
    [TestCase(Thing, "1.0", "2022", "2.0", "2021", "hl7.terminology", TestName = "Elsewhere the later date")]
    [TestCase(Thing, "2.10", "2022", "2.9", "2022", "hl7.terminology", TestName = "Same date: the higher version")]
    [TestCase(Thing, "2.0.0-ballot", "2022", "2.0.0", "2022", "hl7.fhir.r4.core", TestName = "A ballot is lower")]
    public void FindCodeSystem_TwoPackages_TheOwnerThenDateThenVersion(string url, string thoVersion, string thoDate, string coreVersion, string coreDate, string expected)
    {
        var (tho, core) = (Worlds.Package("hl7.terminology", ("CodeSystem", url, thoVersion, thoDate)), Worlds.Package("hl7.fhir.r4.core", ("CodeSystem", url, coreVersion, coreDate)));
        foreach (var service in new[] { Worlds.Loaded(tho, core), Worlds.Loaded(core, tho) })
        {
            Assert.That(Package(service, url, null), Is.EqualTo(expected));
            Assert.That(Package(service, url, thoVersion), Is.EqualTo("hl7.terminology"));
            Assert.That(Package(service, url, coreVersion), Is.EqualTo("hl7.fhir.r4.core"));
            Assert.That(service.CodeSystems.Count(entry => entry.Live), Is.EqualTo(1));
        }
    }

    [Test]
    public void FindValueSet_TwoPackages_AsForCodeSystems()
    {
        var service = Worlds.Loaded(Worlds.Package("hl7.fhir.r4.core", ("ValueSet", Tho, "4.0.1", "2030")), Worlds.Package("hl7.terminology", ("ValueSet", Tho, "1.0.0", "2020")));
        Assert.That(service.FindValueSet(new(Tho))!.Title, Is.EqualTo("hl7.terminology"));
        Assert.That(service.FindValueSet(new(Tho, "4.0.1"))!.Title, Is.EqualTo("hl7.fhir.r4.core"));
        Assert.That(service.FindValueSet(new(Tho, "4.0.2")), Is.Null);
    }

    [Test]
    public void With_Overlay_WinsOverWhatIsLoadedAndLeavesTheRest()
    {
        var (loaded, other) = (Worlds.CodeSystem(Thing, "1", "A:loaded"), Worlds.CodeSystem(Tho, "1", "B"));
        var below = Worlds.Loaded(Worlds.Native(loaded, true), Worlds.Native(other, true));
        var mine = Worlds.CodeSystem(Thing, "1", "A:mine");
        var service = below.With(new([mine], [], []));
        Assert.That(service.FindCodeSystem(Thing), Is.SameAs(mine));
        Assert.That(service.FindCodeSystem(Thing, "1"), Is.SameAs(mine));
        Assert.That(service.FindCodeSystem(Tho), Is.SameAs(other));
        Assert.That(below.FindCodeSystem(Thing), Is.SameAs(loaded));
        Assert.That(service.CodeSystems.Select(entry => entry.CodeSystem.Value), Is.EquivalentTo(new[] { mine, other }));
    }

    [Test]
    public void With_OtherVersion_AnswersFirstAndTheLoadedOneByVersion()
    {
        var loaded = Worlds.CodeSystem(Thing, "2", "A");
        var mine = Worlds.CodeSystem(Thing, "1", "A");
        var service = Worlds.Loaded(Worlds.Native(loaded, true)).With(new([mine], [], []));
        Assert.That(service.FindCodeSystem(Thing), Is.SameAs(mine));
        Assert.That(service.FindCodeSystem(Thing, "2"), Is.SameAs(loaded));
        Assert.That(service.CodeSystemVersions(Thing).Select(entry => entry.Version), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void With_SeveralVersions_TheHighestAnswers()
    {
        var service = Worlds.Service(Worlds.CodeSystem(Thing, "1.2.0", "A"), Worlds.CodeSystem(Thing, "1.10.0", "A"), Worlds.CodeSystem(Thing, "1.9.0", "A"));
        Assert.That(service.FindCodeSystem(Thing)!.Info.Version, Is.EqualTo("1.10.0"));
        Assert.That(service.FindCodeSystem(Thing, "1.x")!.Info.Version, Is.EqualTo("1.10.0"));
        Assert.That(service.FindCodeSystem(Thing, "1.2.x")!.Info.Version, Is.EqualTo("1.2.0"));
    }

    [TestCase("not-present")]
    [TestCase("supplement")]
    public void FindCodeSystem_WithoutContent_IsNoCodeSystemToAnswer(string content)
    {
        var info = new CodeSystemInfo { Url = new(Thing), Version = "1", Content = content, Supplements = content == "supplement" ? new(Tho) : null };
        var service = Worlds.Service(Worlds.CodeSystem(info, "A"));
        Assert.That(service.FindCodeSystem(Thing), Is.Null);
        Assert.That(service.CodeSystemVersions(Thing), Has.Count.EqualTo(1));
    }

    [Test]
    public void CodeSystem_Unknown_NamesTheVersionsThatAreLoaded()
    {
        var service = Worlds.Service(Worlds.CodeSystem(Thing, "2.0", "A"), Worlds.CodeSystem(Thing, "1.0", "A"));
        Assert.That(() => service.CodeSystem(Thing, "3.0"), Throws.TypeOf<Issues.UnknownCodeSystem>().With.Message.EndsWith("Valid versions: 1.0 or 2.0"));
        Assert.That(() => service.CodeSystem("http://example.org/other"), Throws.TypeOf<Issues.UnknownCodeSystem>().With.Message.Contains("http://example.org/other"));
    }

    [Test]
    public void FindCodeSystem_SnomedEditions_ByEditionByVersionAndByUriAlone()
    {
        const string International = "http://snomed.info/sct/900000000000207008/version/";
        var (january, july, swedish) = (Snomed(International + "20260101"), Snomed(International + "20260701"), Snomed("http://snomed.info/sct/45991000052106/version/20260531"));
        var service = Worlds.Loaded(Worlds.Native(january, true), Worlds.Native(july, false), Worlds.Native(swedish, false));
        Assert.That(service.FindCodeSystem("http://snomed.info/sct"), Is.SameAs(january));
        Assert.That(service.FindCodeSystem("http://snomed.info/sct", "http://snomed.info/sct/900000000000207008"), Is.SameAs(january), "the live one of the edition");
        Assert.That(service.FindCodeSystem("http://snomed.info/sct", "http://snomed.info/sct/45991000052106"), Is.SameAs(swedish));
        Assert.That(service.FindCodeSystem("http://snomed.info/sct", International + "20260701"), Is.SameAs(july));
        Assert.That(service.FindCodeSystem(International + "20260701"), Is.SameAs(july));
        Assert.That(service.FindCodeSystem("http://snomed.info/sct", "http://snomed.info/sct/4599100005210"), Is.Null, "no prefix of a module");
        Assert.That(service.FindCodeSystem("http://snomed.info/sct", "http://snomed.info/xsct/45991000052106/version/20260531"), Is.SameAs(swedish));

        static InMemoryCodeSystem Snomed(string version) => Worlds.CodeSystem("http://snomed.info/sct", version, "138875005:SNOMED CT Concept");
    }

    [Test]
    public void FindCodeSystem_NewestOfEdition_WhenNoneIsLive()
    {
        const string Swedish = "http://snomed.info/sct/45991000052106/version/";
        var (old, newer) = (Worlds.CodeSystem("http://snomed.info/sct", Swedish + "20250531", "1"), Worlds.CodeSystem("http://snomed.info/sct", Swedish + "20260531", "1"));
        foreach (var service in new[] { Worlds.Loaded(Worlds.Native(old, false), Worlds.Native(newer, false)), Worlds.Loaded(Worlds.Native(newer, false), Worlds.Native(old, false)) })
        {
            Assert.That(service.FindCodeSystem("http://snomed.info/sct", "http://snomed.info/sct/45991000052106"), Is.SameAs(newer));
        }
    }

    [Test]
    public void FindCodeSystem_Known_AllocatesNothing()
    {
        var service = Worlds.Loaded(Worlds.Native(Worlds.CodeSystem(Thing, "1", "A"), true)).With(new([], [], []));
        service.FindCodeSystem(Thing);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) service.FindCodeSystem(Thing);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static string Package(TerminologyService service, string url, string? version)
    {
        var system = service.FindCodeSystem(url, version)!;
        return Encoding.UTF8.GetString(system.Display(new ConceptOrdinal(0)));
    }
}

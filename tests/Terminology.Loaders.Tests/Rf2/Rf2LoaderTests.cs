using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Maps;

namespace Terminology.Loaders.Rf2;

public sealed class Rf2LoaderTests
{
    private static readonly string Disease = TinySnomed.Concept(1), Fracture = TinySnomed.Concept(2), Femur = TinySnomed.Concept(3), Old = TinySnomed.Concept(4);
    private static readonly string Site = TinySnomed.Concept(10), Morphology = TinySnomed.Concept(11), Strength = TinySnomed.Concept(12);
    private static readonly string ListRefset = TinySnomed.Concept(20), MapRefset = TinySnomed.Concept(21);

    [Test]
    public void Packages_OfTwoDates_AreTwoReleases()
    {
        using var files = new TemporaryFiles();
        new TinySnomed("20260701").Add(TinySnomed.Root, "SNOMED CT Concept").Write(Path.Combine(files.Path, "b"));
        new TinySnomed("20260101").Add(TinySnomed.Root, "SNOMED CT Concept").Write(Path.Combine(files.Path, "a"));
        using var opened = ReleaseFiles.Open([files.Path], Path.Combine(files.Path, "scratch"));
        Assert.That(ReleaseLoaders.Recognise(opened, new()).Select(release => release.Info.Id.Version), Is.EqualTo(new[]
        {
            "http://snomed.info/sct/900000000000207008/version/20260101", "http://snomed.info/sct/900000000000207008/version/20260701",
        }));
    }

    [Test]
    public void Snapshot_Whole_AnswersThroughTheStore()
    {
        using var loaded = Tiny().Load();
        Assert.That(loaded.Problems, Is.Empty);
        Assert.That(loaded.System.Count, Is.EqualTo(8));
        Assert.That(loaded.Parents(Fracture), Is.EqualTo(new[] { Disease }));
        Assert.That(loaded.System.IsA(loaded.Find(Femur), loaded.Find(TinySnomed.Root)), Is.True);
        Assert.That(loaded.Properties(Fracture), Does.Contain((1, Site, Femur, true)));
        Assert.That(loaded.Report.Read, Is.EqualTo(loaded.Report.Kept + loaded.Report.Rejected));
    }

    [Test]
    public void Snapshot_InactiveConcept_IsKeptAsInactive()
    {
        using var loaded = Tiny().Add(Old, "Broken bone (disorder)", active: false, time: "20200131").Load();
        Assert.That(loaded.Flags(Old), Is.EqualTo(ConceptFlags.Inactive));
        Assert.That(loaded.Display(Old), Is.EqualTo("Broken bone (disorder)"));
        Assert.That(loaded.Values(Old, "inactive"), Is.EqualTo(new[] { "true" }));
        Assert.That(loaded.Values(Old, "effectiveTime"), Is.EqualTo(new[] { "2020-01-31" }));
    }

    [Test]
    public void Snapshot_InactiveRows_AreKeptAndAnswerNothing()
    {
        using var loaded = Tiny()
            .Term(Fracture, "Broken femur", id: TinySnomed.Description(7), active: false)
            .IsA(Fracture, Femur, id: TinySnomed.Relationship(7), active: false)
            .Value(Fracture, Strength, "#5", id: TinySnomed.Relationship(8), active: false)
            .Member("Refset/Content/der2_Refset_Simple{0}_{1}", "", ListRefset, Fracture, active: false)
            .Load();
        Assert.That(loaded.Designations(Fracture), Does.Contain($"-en {TinySnomed.Synonym}: Broken femur").Or.Contain("-en 900000000000013009: Broken femur"));
        Assert.That(loaded.Parents(Fracture), Is.EqualTo(new[] { Disease }));
        Assert.That(loaded.Values(Fracture, Strength), Is.Empty);
        Assert.That(loaded.System.Refsets!.Members(ListRefset).Count, Is.Zero);
        Assert.That(loaded.System.Refsets!.Rows(ListRefset).Single().Active, Is.False);
        Assert.That(loaded.Records(), Has.Some.Contains(TinySnomed.Relationship(7)).And.Some.Contains(TinySnomed.Relationship(8)));
    }

    [Test]
    public void Snapshot_StatedRelationships_MakeNoHierarchy()
    {
        using var loaded = Tiny().Link(Femur, TinySnomed.IsAType, Disease, kind: "900000000000010007").Load();
        Assert.That(loaded.Parents(Femur), Is.EqualTo(new[] { TinySnomed.Root }));
    }

    [Test]
    public void Full_LatestEffectiveTimeWins_WhateverTheOrder()
    {
        var id = TinySnomed.Description(7);
        using var loaded = Tiny()
            .Add(Old, "Old (disorder)", active: false, time: "20240101")
            .Add(Old, "Old (disorder)", time: "20200101")
            .Term(Fracture, "Third", id: id, time: "20250101")
            .Term(Fracture, "First", id: id, time: "20190101")
            .Term(Fracture, "Second", id: id, time: "20220101", active: false)
            .Load("Full");
        Assert.That(loaded.Flags(Old), Is.EqualTo(ConceptFlags.Inactive));
        Assert.That(loaded.Designations(Fracture).Where(text => text.EndsWith("First", StringComparison.Ordinal) || text.EndsWith("Second", StringComparison.Ordinal)), Is.Empty);
        Assert.That(loaded.Designations(Fracture), Has.Some.EndsWith("Third"));
    }

    [Test]
    public void Full_BesideSnapshot_TheSnapshotIsRead()
    {
        using var folder = new TemporaryFiles();
        Tiny().Write(folder.Path, "Full");
        var package = Tiny().Write(folder.Path);
        using var loaded = ImportedRelease.Load(package);
        Assert.That(loaded.Report.Files.Select(file => file.File), Has.All.Contains("/Snapshot/"));
    }

    [Test]
    public void Packages_OneWithSnapshotTheOtherWithFull_AreBothRead()
    {
        using var folder = new TemporaryFiles();
        var international = Tiny().Write(folder.Path);
        var extension = Extension().Write(folder.Path, "Full", "XX");
        using var loaded = ImportedRelease.Load([international, extension]);
        Assert.That(loaded.Has(TinySnomed.Concept(30)), Is.True);
        Assert.That(loaded.Has(Fracture), Is.True);
    }

    [Test]
    public void Packages_InternationalAndExtension_MakeTheEditionOfTheExtension()
    {
        using var folder = new TemporaryFiles();
        var international = Tiny().DependsOn(TinySnomed.Metadata, "20260101").Write(folder.Path);
        var extension = Extension().Write(folder.Path, name: "XX");
        using var loaded = ImportedRelease.Load([international, extension]);
        Assert.That(loaded.Info.Id.Version, Is.EqualTo($"http://snomed.info/sct/{TinySnomed.Concept(40)}/version/20260301"));
        Assert.That(loaded.Display(Fracture), Is.EqualTo("Fracture of femur, revised (disorder)"), "the extension's later row wins");
        Assert.That(loaded.Designations(Fracture), Has.Some.EndsWith(": Lårbensbrott"));
        Assert.That(loaded.Values(TinySnomed.Concept(30), "moduleId"), Is.EqualTo(new[] { TinySnomed.Concept(40) }));
    }

    [Test]
    public void Packages_EarlierRowOfTheExtension_DoesNotWin()
    {
        using var folder = new TemporaryFiles();
        var name = TinySnomed.Description(1);
        var international = new TinySnomed().Add(TinySnomed.Root, "Root").Term(TinySnomed.Root, "Newer", id: name).Write(folder.Path);
        var extension = new TinySnomed("20250101", TinySnomed.Concept(40)).Term(TinySnomed.Root, "Older", id: name).Write(folder.Path, name: "XX");
        using var loaded = ImportedRelease.Load([international, extension]);
        Assert.That(loaded.Designations(TinySnomed.Root), Has.Some.EndsWith("Newer").And.None.EndsWith("Older"));
    }

    [Test]
    public void Version_Unpublished_IsXsct()
    {
        using var folder = new TemporaryFiles();
        var package = Tiny().Write(folder.Path);
        foreach (var file in Directory.GetFiles(package, "*.txt", SearchOption.AllDirectories)) File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, "x" + Path.GetFileName(file)));
        using var loaded = ImportedRelease.Load(package);
        Assert.That(loaded.Info.Id.Version, Is.EqualTo($"http://snomed.info/xsct/{TinySnomed.Core}/version/20260101"));
    }

    [Test]
    public void Recognise_RenamedAndNestedFiles_FollowsTheHeader()
    {
        using var folder = new TemporaryFiles();
        var package = Tiny().Write(folder.Path);
        var flat = Directory.CreateDirectory(Path.Combine(folder.Path, "flat")).FullName;
        var count = 0;
        foreach (var file in Directory.GetFiles(package, "*.txt", SearchOption.AllDirectories)) File.Move(file, Path.Combine(flat, $"part{count++}.txt"));
        using var loaded = ImportedRelease.Load(flat);
        Assert.That(loaded.Parents(Fracture), Is.EqualTo(new[] { Disease }));
        Assert.That(loaded.Info.Id.Version, Does.EndWith("/version/20260101"));
    }

    [Test]
    public void Delta_OnALoadedRelease_ChangesWhatItNames()
    {
        using var basis = Tiny().Add(Old, "Old (disorder)").IsA(Old, Disease, id: TinySnomed.Relationship(7)).Load();
        using var loaded = new TinySnomed("20260701")
            .Add(Old, "Old (disorder)", active: false)
            .IsA(Old, Disease, id: TinySnomed.Relationship(7), active: false)
            .Add(TinySnomed.Concept(50), "New (disorder)").IsA(TinySnomed.Concept(50), Fracture)
            .Load("Delta", basis: basis.Release);
        Assert.That(loaded.Info.Id.Version, Is.EqualTo($"http://snomed.info/sct/{TinySnomed.Core}/version/20260701"));
        Assert.That(loaded.Flags(Old), Is.EqualTo(ConceptFlags.Inactive));
        Assert.That(loaded.Parents(Old), Is.Empty);
        Assert.That(loaded.System.IsA(loaded.Find(TinySnomed.Concept(50)), loaded.Find(Disease)), Is.True);
        Assert.That(loaded.Display(Fracture), Is.EqualTo(basis.Display(Fracture)));
    }

    [Test]
    public void Delta_SaysWhatItIsAppliedTo()
    {
        using var folder = new TemporaryFiles();
        using var files = ReleaseFiles.Open(Tiny().Write(folder.Path, "Delta"), folder.Scratch);
        Assert.That(ReleaseLoaders.Recognise(files, new()).Single().Base, Is.EqualTo(new VersionedUrl("http://snomed.info/sct")));
    }

    [Test]
    public void Descriptions_AllLanguages_TextDefinitions_CaseRules_AreKept()
    {
        using var loaded = Tiny()
            .Term(Fracture, "Lårbensbrott", language: "sv", rule: TinySnomed.InitialCharacter)
            .Term(Fracture, "FX femur", rule: TinySnomed.CaseSensitive)
            .Term(Fracture, "A break in the thigh bone.", TinySnomed.TextDefinition)
            .Load();
        var (swedish, abbreviation) = (loaded.Designation(Fracture, "Lårbensbrott"), loaded.Designation(Fracture, "FX femur"));
        Assert.That(loaded.System.Designation(swedish).Language, Is.EqualTo("sv"));
        Assert.That(loaded.System.Designation(swedish).CaseSignificance, Is.EqualTo(CaseSignificance.InitialCharacterCaseInsensitive));
        Assert.That(loaded.System.Designation(abbreviation).CaseSignificance, Is.EqualTo(CaseSignificance.EntireTermCaseSensitive));
        Assert.That(loaded.Designations(Fracture), Has.Some.EqualTo($"en {DesignationUses.TextDefinition.Code}: A break in the thigh bone."));
    }

    [Test]
    public void LanguageRefset_SaysAcceptability_AndChoosesTheDisplay()
    {
        var (plain, preferred) = (TinySnomed.Description(70), TinySnomed.Description(71));
        using var loaded = Tiny()
            .Term(Fracture, "Thigh bone fracture", id: plain).Term(Fracture, "Femoral fracture", id: preferred)
            .Acceptability(plain, TinySnomed.Acceptable).Acceptability(preferred, TinySnomed.Preferred)
            .Load();
        Assert.That(loaded.System.Acceptability(loaded.Designation(Fracture, "Thigh bone fracture"), TinySnomed.UsEnglish), Is.EqualTo(Acceptability.Acceptable));
        Assert.That(loaded.System.Acceptability(loaded.Designation(Fracture, "Femoral fracture"), TinySnomed.UsEnglish), Is.EqualTo(Acceptability.Preferred));
        Assert.That(loaded.System.Acceptability(loaded.Designation(Fracture, "Fracture of femur (disorder)"), TinySnomed.UsEnglish), Is.EqualTo(Acceptability.None));
        Assert.That(loaded.Display(Fracture), Is.EqualTo("Femoral fracture"));
    }

    [Test]
    public void Term_WithQuotesInside_IsKeptAsItIs()
    {
        using var loaded = Tiny().Term(Fracture, "So-called \"hip\" fracture").Term(Fracture, "\"Bumper").Load();
        Assert.That(loaded.Problems, Is.Empty);
        Assert.That(loaded.Designations(Fracture), Has.Some.EndsWith(": So-called \"hip\" fracture").And.Some.EndsWith(": \"Bumper"));
    }

    [TestCase("#10.5", PropertyType.Decimal, "10.5")]
    [TestCase("#-3", PropertyType.Decimal, "-3")]
    [TestCase("\"red\"", PropertyType.String, "red")]
    [TestCase("true", PropertyType.Boolean, "true")]
    public void ConcreteValue_EachKind_IsAProperty(string written, PropertyType type, string value)
    {
        using var loaded = Tiny().Value(Fracture, Strength, written, group: 2).Load();
        Assert.That(loaded.Properties(Fracture), Does.Contain((2, Strength, value, false)));
        Assert.That(loaded.System.Info.Properties.Single(property => property.Code == Strength).Type, Is.EqualTo(type));
    }

    [Test]
    public void ConcreteValue_OfNoKind_IsRejected()
    {
        using var loaded = Tiny().Value(Fracture, Strength, "10").Load();
        Assert.That(loaded.Problems, Has.Exactly(1).Items.And.Some.Contains("neither #number nor \"text\""));
    }

    [Test]
    public void Identifier_IsAPropertyOfItsConcept()
    {
        using var loaded = Tiny().Identifier("24648-8", Strength, Fracture).Load();
        Assert.That(loaded.Values(Fracture, Strength), Is.EqualTo(new[] { "24648-8" }));
    }

    [Test]
    public void OwlExpression_IsAReferenceSetRow()
    {
        const string Axiom = "SubClassOf(:1 ObjectIntersectionOf(:2 :3))";
        using var loaded = Tiny().Member("Terminology/sct2_sRefset_OWLExpression{0}_{1}", "owlExpression", "733073007", Fracture, [Axiom]).Load();
        var refset = loaded.System.Refsets!.All.Single(item => item.Id == "733073007");
        Assert.That(refset.Type, Is.EqualTo(RefsetType.OwlExpression));
        Assert.That(loaded.System.Refsets.Rows("733073007", loaded.Find(Fracture)).Single().Fields, Is.EqualTo(new[] { Axiom }));
    }

    [TestCase("", RefsetType.Simple, "")]
    [TestCase("targetComponentId", RefsetType.Association, "c")]
    [TestCase("valueId", RefsetType.AttributeValue, "c")]
    [TestCase("order\tlinkedToId", RefsetType.Ordered, "ic")]
    [TestCase("domainId\tgrouped\tattributeCardinality\tattributeInGroupCardinality\truleStrengthId\tcontentTypeId", RefsetType.Mrcm, "csssc" + "c")]
    [TestCase("attributeDescription\tattributeType\tattributeOrder", RefsetType.RefsetDescriptor, null)]
    [TestCase("favouriteColour\tweightId\tmapBlock", RefsetType.Other, "sci")]
    public void Refset_AnyHeader_IsKeptWithItsColumns(string columns, RefsetType type, string? pattern)
    {
        string[] fields = [.. columns.Split('\t', StringSplitOptions.RemoveEmptyEntries).Select((_, index) => $"value {index}")];
        using var loaded = Tiny().Member("Refset/Content/der2_Refset_Invented{0}_{1}", columns, ListRefset, Fracture, fields).Load();
        var refset = loaded.System.Refsets!.All.Single(item => item.Id == ListRefset);
        Assert.That((refset.Type, string.Join('\t', refset.Columns)), Is.EqualTo((type, columns)));
        if (pattern is not null) Assert.That(refset.Pattern, Is.EqualTo(pattern));
        Assert.That(loaded.System.Refsets.Rows(ListRefset).Single().Fields, Is.EqualTo(fields));
        Assert.That(loaded.System.Refsets.Members(ListRefset).Contains(loaded.Find(Fracture)), Is.True);
    }

    [Test]
    public void MapRefset_UnknownTarget_StaysAReferenceSet()
    {
        using var loaded = Mapped().Load();
        Assert.That(loaded.System.Refsets!.All.Single(refset => refset.Id == MapRefset).MapTarget, Is.Null);
        Assert.That(ImplicitMaps.Of(loaded.Release, live: true), Is.Empty);
        Assert.That(loaded.System.Refsets.RowsWith(MapRefset, 0, "S72").Single().ReferencedComponent, Is.EqualTo(Fracture));
    }

    [Test]
    public void MapRefset_WithTarget_IsAMap()
    {
        using var loaded = Mapped().Load(options: new() { MapTargets = new Dictionary<string, string> { [MapRefset] = "http://example.org/local" } });
        var map = ImplicitMaps.Of(loaded.Release, live: true).First();
        Assert.That(map.Url, Is.EqualTo($"http://snomed.info/sct?fhir_cm={MapRefset}"));
        Assert.That(loaded.System.Refsets!.All.Single(refset => refset.Id == MapRefset).MapTarget, Is.EqualTo("http://example.org/local"));
    }

    [TestCase("447562003", "http://hl7.org/fhir/sid/icd-10")]
    [TestCase("6011000124106", "http://hl7.org/fhir/sid/icd-10-cm")]
    public void MapRefset_Known_IsAMapWithoutBeingTold(string refset, string target)
    {
        using var loaded = Tiny().Member("Refset/Map/der2_iisssccRefset_ExtendedMap{0}_{1}", "mapGroup\tmapPriority\tmapRule\tmapAdvice\tmapTarget\tcorrelationId\tmapCategoryId", refset, Fracture,
            ["1", "1", "TRUE", "ALWAYS S72.9", "S72.9", "447561005", "447637006"]).Load();
        var known = loaded.System.Refsets!.All.Single(item => item.Id == refset);
        Assert.That((known.Type, known.MapTarget, known.Pattern), Is.EqualTo((RefsetType.ExtendedMap, target, "iissscc")));
    }

    [TestCase("22298007\t20260101\t1\t900000000000207008\t900000000000074008", "check digit is wrong")]
    [TestCase("101013\t20260101\t1\t900000000000207008\t900000000000074008", "its partition says description")]
    [TestCase("22298006\t20260230\t1\t900000000000207008\t900000000000074008", "is no date")]
    public void Row_Wrong_IsRejectedWithFileAndLine(string row, string reason)
    {
        using var loaded = Tiny().Raw("Terminology/sct2_Concept_{0}_{1}", row).Load();
        Assert.That(loaded.Problems, Has.Exactly(1).Items);
        Assert.That(loaded.Problems[0], Does.Contain("sct2_Concept_Snapshot_INT_20260101.txt:10:").And.Contain(reason));
        Assert.That(loaded.Report.Rejected, Is.EqualTo(1));
    }

    [Test]
    public void Hierarchy_WithACycle_IsRefusedByName()
        => Assert.That(() => Tiny().IsA(TinySnomed.Root, Fracture).Load().Dispose(), Throws.TypeOf<ReleaseFormat>().With.Message.Contains(Fracture).And.Message.Contains("cycle"));

    private static TinySnomed Tiny() => new TinySnomed()
        .Add(TinySnomed.Root, "SNOMED CT Concept (SNOMED RT+CTV3)").Add(Disease, "Disease (disorder)").Add(Fracture, "Fracture of femur (disorder)").Add(Femur, "Femur (body structure)")
        .Add(Site, "Finding site (attribute)").Add(Morphology, "Associated morphology (attribute)").Add(Strength, "Has strength (attribute)").Add(ListRefset, "Invented reference set (foundation metadata concept)")
        .IsA(Disease, TinySnomed.Root).IsA(Fracture, Disease).IsA(Femur, TinySnomed.Root).Link(Fracture, Site, Femur, group: 1);

    private static TinySnomed Extension()
    {
        var module = TinySnomed.Concept(40);
        return new TinySnomed("20260301", module)
            .Add(module, "Extension module (core metadata concept)").Add(TinySnomed.Concept(30), "National fracture (disorder)").IsA(TinySnomed.Concept(30), Fracture)
            .Term(Fracture, "Fracture of femur, revised (disorder)", TinySnomed.FullySpecifiedName, id: TinySnomed.Description(1002)).Term(Fracture, "Lårbensbrott", language: "sv")
            .DependsOn(TinySnomed.Core, "20260101").DependsOn(TinySnomed.Metadata, "20260101");
    }

    private static TinySnomed Mapped() => Tiny().Member("Refset/Map/der2_sRefset_SimpleMap{0}_{1}", "mapTarget", MapRefset, Fracture, ["S72"]);
}

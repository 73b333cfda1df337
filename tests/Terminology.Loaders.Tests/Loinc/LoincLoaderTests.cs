using Terminology.CodeSystems;
using static Terminology.Loaders.Loinc.TinyLoinc;

namespace Terminology.Loaders.Loinc;

public sealed class LoincLoaderTests
{
    private const string GlucosePart = "LP14635-4", MassPart = "LP6827-2", SodiumPart = "LP15099-2", Chemistry = "LP7786-9", Document = "LP7753-9";
    private const string Severity = "LL100-1", Mild = "LA6752-5", Moderate = "LA6751-7", Severe = "LA6750-9";

    [Test]
    public void Table_WithoutParts_KeepsTheAxesAsText()
    {
        using var loaded = Tiny().Load();
        Assert.That(loaded.Problems, Is.Empty);
        Assert.That(loaded.Info.Id, Is.EqualTo(new VersionedUrl("http://loinc.org", "2.82")));
        Assert.That(loaded.Display(Glucose), Is.EqualTo("Glucose [Mass/volume] in Serum or Plasma"));
        Assert.That(loaded.Values(Glucose, "COMPONENT"), Is.EqualTo(new[] { "Glucose" }));
        Assert.That(loaded.Values(Glucose, "CLASS"), Is.EqualTo(new[] { "CHEM" }));
        Assert.That(Type(loaded, "COMPONENT"), Is.EqualTo(PropertyType.String));
        Assert.That(loaded.Designations(Glucose), Does.Contain("en FullySpecifiedName: Glucose:MCnc:Pt:Ser/Plas:Qn").And.Contain("en SHORTNAME: Glucose [Mass/volume] in Serum or Plasma short"));
    }

    [Test]
    public void Table_ColumnsInAnyOrder_ForeignOnesPassedOver_OptionalOnesMissing()
    {
        using var loaded = ImportedRelease.Load(new() { As = new("http://loinc.org", "2.50") },
            ("whatever.csv", "T_JOB_ID,long_common_name,\"Status\",LOINC_NUM\n1,Glucose,ACTIVE,2345-7\n2,\"Sodium, serum\",DEPRECATED,2951-2\n"));
        Assert.That(loaded.Problems, Is.Empty);
        Assert.That((loaded.Display(Glucose), loaded.Display(Sodium)), Is.EqualTo(("Glucose", "Sodium, serum")));
        Assert.That(loaded.Flags(Sodium), Is.EqualTo(ConceptFlags.Inactive | ConceptFlags.Deprecated));
    }

    [Test]
    public void Table_OfPanelsBesideTheWholeOne_IsNotTheTable()
    {
        const string Header = "LOINC_NUM,COMPONENT,PROPERTY,TIME_ASPCT,SYSTEM,SCALE_TYP,METHOD_TYP,CLASS,STATUS,RELATEDNAMES2,SHORTNAME,EXTERNAL_COPYRIGHT_NOTICE,LONG_COMMON_NAME,STATUS_TEXT";
        using var loaded = Tiny().Row("AccessoryFiles/PanelsAndForms/Loinc.csv", Header, [Panel, .. Enumerable.Repeat("", 13)]).Row("LoincTableCore/LoincTableCore.csv", "LOINC_NUM,LONG_COMMON_NAME", Glucose, "Core").Load();
        Assert.That(loaded.Display(Glucose), Is.EqualTo("Glucose [Mass/volume] in Serum or Plasma"));
        Assert.That(loaded.Report.Files.Select(file => file.File), Has.None.Contains("Core").And.None.Contains("PanelsAndForms"));
    }

    [TestCase("ACTIVE", ConceptFlags.None)]
    [TestCase("TRIAL", ConceptFlags.None)]
    [TestCase("DISCOURAGED", ConceptFlags.Deprecated)]
    [TestCase("DEPRECATED", ConceptFlags.Deprecated | ConceptFlags.Inactive)]
    public void Status_OfEachKind_IsFlagAndProperty(string status, ConceptFlags flags)
    {
        using var loaded = Tiny().Term("1007-4", "Direct antiglobulin", status: status, statusText: "Said why.", copyright: "© Somebody").Load();
        Assert.That(loaded.Flags("1007-4"), Is.EqualTo(flags));
        Assert.That(loaded.Values("1007-4", "STATUS"), Is.EqualTo(new[] { status }));
        Assert.That(loaded.Values("1007-4", "STATUS_TEXT"), Is.EqualTo(new[] { "Said why." }));
        Assert.That(loaded.Values("1007-4", "EXTERNAL_COPYRIGHT_NOTICE"), Is.EqualTo(new[] { "© Somebody" }));
        Assert.That(loaded.Info.Copyright, Does.Contain("Regenstrief"));
    }

    [Test]
    public void Parts_AreConcepts_AndAxesAreCodingsOfThem()
    {
        using var loaded = WithParts().Load();
        Assert.That(loaded.Problems, Is.Empty);
        Assert.That(loaded.Display(GlucosePart), Is.EqualTo("Glucose"));
        Assert.That(loaded.Values(GlucosePart, "PartTypeName"), Is.EqualTo(new[] { "COMPONENT" }));
        Assert.That(loaded.Properties(Glucose).Where(value => value.Property == "COMPONENT"), Is.EqualTo(new[] { (0, "COMPONENT", GlucosePart, true) }));
        Assert.That(Type(loaded, "COMPONENT"), Is.EqualTo(PropertyType.Coding));
        var component = loaded.System.Info.Properties.ToList().FindIndex(property => property.Code == "COMPONENT");
        Assert.That(loaded.System.WithProperty(component, loaded.Find(GlucosePart)).Contains(loaded.Find(Glucose)), Is.True);
        Assert.That(loaded.System.Info.Properties.Single(property => property.Code == "COMPONENT").Uri, Is.EqualTo("http://loinc.org/property/COMPONENT"));
    }

    [Test]
    public void Parts_OfTheDetailedModel_HaveTheirOwnProperties_AndAxesStandOnce()
    {
        using var loaded = WithParts().Link(Glucose, GlucosePart, "analyte-core", "SyntaxEnhancement").Link(Glucose, MassPart, "PROPERTY", "DetailedModel").Link(Glucose, Chemistry, "category", "Metadata").Load();
        Assert.That(loaded.Values(Glucose, "analyte-core"), Is.EqualTo(new[] { GlucosePart }));
        Assert.That(loaded.Values(Glucose, "category"), Is.EqualTo(new[] { Chemistry }));
        Assert.That(loaded.Values(Glucose, "PROPERTY"), Is.EqualTo(new[] { MassPart }));
    }

    [Test]
    public void Class_IsThePartOfItsName()
    {
        using var loaded = WithParts().Load();
        Assert.That(loaded.Values(Glucose, "CLASS"), Is.EqualTo(new[] { Chemistry }));
        Assert.That(loaded.Values(Smoking, "CLASS"), Is.EqualTo(new[] { "SOCIAL" }));
    }

    [Test]
    public void OtherFilesThatNameParts_AreNoPartFiles()
    {
        using var loaded = WithParts()
            .Row("AccessoryFiles/DocumentOntology/DocumentOntology.csv", "LoincNumber,PartNumber,PartTypeName,PartSequenceOrder,PartName", Glucose, GlucosePart, "Document.Kind", "1", "Something else")
            .Row("AccessoryFiles/PartFile/PartRelatedCodeMapping.csv", "PartNumber,PartName,PartTypeName,ExtCodeId", GlucosePart, "Other", "COMPONENT", "67079006")
            .Row("AccessoryFiles/GroupFile/GroupAttributes.csv", "ParentGroupId,GroupId,Type,Value", "LG1-8", "LG2-6", "Usage Notes", "x")
            .Load();
        Assert.That(loaded.Designations(GlucosePart), Is.EqualTo(new[] { $"en {DesignationUses.Display.Code}: Glucose" }));
        Assert.That(loaded.Has("LG2-6"), Is.False);
    }

    [Test]
    public void AnswerList_SequenceNumber_DecidesTheOrder_NotTheFile()
    {
        using var loaded = Tiny().Answer(Severity, Severe, "3", "Severe", "2").Answer(Severity, Mild, "1", "Mild", "0").Answer(Severity, Moderate, "2", "Moderate", "1").Load();
        Assert.That(loaded.Values(Severity, "answer"), Is.EqualTo(new[] { Mild, Moderate, Severe }));
        Assert.That(loaded.Values(Severity, "AnswerScore"), Is.EqualTo(new[] { "0", "1", "2" }));
        Assert.That(loaded.Display(Severity), Is.EqualTo("Severity"));
        Assert.That(loaded.Flags(Severity), Is.EqualTo(ConceptFlags.Abstract));
        Assert.That(loaded.Display(Mild), Is.EqualTo("Mild"));
        Assert.That(loaded.Children(Severity), Is.EquivalentTo(new[] { Mild, Moderate, Severe }));
        Assert.That(loaded.Values(Mild, "ExtCode"), Is.EqualTo(new[] { "http://snomed.info/sct|255604002|Mild (qualifier value)" }));
    }

    [Test]
    public void AnswerList_OrderOfTwoLists_IsEachTheirOwn_AndARepeatedFileAddsNothing()
    {
        using var loaded = Tiny().Answer(Severity, Mild, "1", "Mild").Answer(Severity, Severe, "2", "Severe").Answer("LL200-9", Severe, "1", "Severe").Answer("LL200-9", Mild, "2", "Mild")
            .Answer(Severity, Mild, "1", "Mild", file: "AccessoryFiles/PanelsAndForms/AnswerList.csv").Load();
        Assert.That(loaded.Values(Severity, "answer"), Is.EqualTo(new[] { Mild, Severe }));
        Assert.That(loaded.Values("LL200-9", "answer"), Is.EqualTo(new[] { Severe, Mild }));
        Assert.That(loaded.Designations(Mild), Has.Length.EqualTo(1));
        Assert.That(loaded.Parents(Mild), Is.EquivalentTo(new[] { Severity, "LL200-9" }));
    }

    [Test]
    public void AnswerList_AsValueSet_IsInItsOrder()
    {
        using var loaded = Tiny().Answer(Severity, Severe, "3", "Severe").Answer(Severity, Mild, "1", "Mild").Answer(Severity, Moderate, "2", "Moderate").Answer("LL200-9", Severe, "1", "Severe").Answer("LL200-9", Mild, "2", "Mild").Load();
        Assert.That(loaded.Expand($"http://loinc.org/vs/{Severity}"), Is.EqualTo(new[] { Mild, Moderate, Severe }));
        Assert.That(loaded.Expand("http://loinc.org/vs/LL200-9"), Is.EqualTo(new[] { Severe, Mild }));
    }

    [TestCase("SCALE_TYP", "=", "DOC", Smoking)]
    [TestCase("SCALE_TYP", "=", "Document", Smoking)]
    [TestCase("SCALE_TYP", "=", Document, Smoking)]
    [TestCase("SCALE_TYP", "in", "doc,x", Smoking)]
    [TestCase("COMPONENT", "=", "glucose", Glucose)]
    [TestCase("CLASS", "=", "SOCIAL", Smoking)]
    public void Filter_ByPart_TakesCodeAndName(string property, string op, string value, string code)
    {
        using var loaded = WithParts().Load();
        Assert.That(loaded.Where(property, op, value), Is.EqualTo(new[] { code }));
    }

    [Test]
    public void AnswerListLinks_BothWays_SayHowBinding()
    {
        using var loaded = Tiny().Answer(Severity, Mild, "1", "Mild").Answer("LL200-9", Mild, "1", "Mild").AnswerLink(Smoking, Severity, "NORMATIVE").AnswerLink(Smoking, "LL200-9", "EXAMPLE").Load();
        Assert.That(loaded.Properties(Smoking).Where(value => value.Group > 0).Select(value => (value.Group, value.Property, value.Value)),
            Is.EqualTo(new[] { (1, "answer-list", Severity), (1, "AnswerListLinkType", "NORMATIVE"), (2, "answer-list", "LL200-9"), (2, "AnswerListLinkType", "EXAMPLE") }));
        Assert.That(loaded.Values(Severity, "answers-for"), Is.EqualTo(new[] { Smoking }));
    }

    [Test]
    public void Panels_MembersInSequence_NestedOnce_BothWays()
    {
        using var loaded = Tiny().Term(Panel, "Comprehensive metabolic panel")
            .Member("1", Panel, "1", Panel).Member("1", Panel, "3", Glucose, "O").Member("1", Panel, "2", Sodium)
            .Member("7", Panel, "2", Sodium).Load();
        Assert.That(loaded.Values(Panel, "has-member"), Is.EqualTo(new[] { Sodium, Glucose }));
        Assert.That(loaded.Values(Panel, "ObservationRequiredInPanel"), Is.EqualTo(new[] { "R", "O" }));
        Assert.That(loaded.Values(Glucose, "member-of"), Is.EqualTo(new[] { Panel }));
    }

    [Test]
    public void Groups_AreConceptsBelowTheirParents_AndTermsNameThem()
    {
        using var loaded = Tiny()
            .Row("AccessoryFiles/GroupFile/ParentGroup.csv", "ParentGroupId,ParentGroup,Status", "LG1-8", "Mass or moles", "Active")
            .Row("AccessoryFiles/GroupFile/Group.csv", "ParentGroupId,GroupId,Group,Archetype,Status,VersionFirstReleased", "LG1-8", "LG2-6", "Glucose|Ser/Plas", Glucose, "Active", "2.60")
            .Row("AccessoryFiles/GroupFile/GroupLoincTerms.csv", "Category,GroupId,LoincNumber,LongCommonName", "Flowsheet", "LG2-6", Glucose, "")
            .Row("AccessoryFiles/GroupFile/GroupLoincTerms.csv", "Category,GroupId,LoincNumber,LongCommonName", "Flowsheet", "LG2-6", GlucoseMoles, "").Load();
        Assert.That(loaded.Display("LG1-8"), Is.EqualTo("Mass or moles"));
        Assert.That(loaded.Parents("LG2-6"), Is.EqualTo(new[] { "LG1-8" }));
        Assert.That(loaded.Values(GlucoseMoles, "group"), Is.EqualTo(new[] { "LG2-6" }));
        Assert.That(loaded.Values("LG2-6", "Archetype"), Is.EqualTo(new[] { Glucose }));
        Assert.That(loaded.Values("LG2-6", "Category"), Is.EqualTo(new[] { "Flowsheet" }));
        Assert.That(loaded.Expand("http://loinc.org/vs/LG2-6"), Is.EquivalentTo(new[] { Glucose, GlucoseMoles }));
        Assert.That(loaded.Expand("http://loinc.org/vs/LG1-8"), Is.EquivalentTo(new[] { Glucose, GlucoseMoles }));
    }

    [TestCase("AccessoryFiles/ComponentHierarchyBySystem/ComponentHierarchyBySystem.csv")]
    [TestCase("AccessoryFiles/MultiAxialHierarchy/MultiAxialHierarchy.csv")]
    public void Hierarchy_NewOrOld_MakesParentsAndChildren(string file)
    {
        const string Header = "PATH_TO_ROOT,SEQUENCE,IMMEDIATE_PARENT,CODE,CODE_TEXT";
        using var loaded = Tiny().Row(file, Header, "", "1", "", "LP432695-7", "{component}").Row(file, Header, "LP432695-7", "1", "LP432695-7", GlucosePart, "Glucose")
            .Row(file, Header, $"LP432695-7.{GlucosePart}", "1", GlucosePart, Glucose, "Glucose SerPl-mCnc").Load();
        Assert.That(loaded.Parents(Glucose), Is.EqualTo(new[] { GlucosePart }));
        Assert.That(loaded.System.IsA(loaded.Find(Glucose), loaded.Find("LP432695-7")), Is.True);
        Assert.That(loaded.Display("LP432695-7"), Is.EqualTo("{component}"));
        Assert.That(loaded.Display(Glucose), Is.EqualTo("Glucose [Mass/volume] in Serum or Plasma"));
    }

    [Test]
    public void LinguisticVariants_AllColumns_InTheLanguageThatTheListSays()
    {
        const string Header = "LOINC_NUM,COMPONENT,PROPERTY,TIME_ASPCT,SYSTEM,SCALE_TYP,METHOD_TYP,CLASS,SHORTNAME,LONG_COMMON_NAME,RELATEDNAMES2,LinguisticVariantDisplayName";
        using var loaded = Tiny()
            .Row("AccessoryFiles/LinguisticVariants/LinguisticVariants.csv", "ID,ISO_LANGUAGE,ISO_COUNTRY,LANGUAGE_NAME,PRODUCER", "15", "de", "DE", "German", "x")
            .Row("AccessoryFiles/LinguisticVariants/deDE15LinguisticVariant.csv", Header, Glucose, "Glukose", "Masse", "Zeitpunkt", "Serum", "Quantitativ", "", "Klinische Chemie", "Glu", "Glukose in Serum", "Zucker; Traubenzucker", "Glukose S")
            .Row("AccessoryFiles/LinguisticVariants/frCA8LinguisticVariant.csv", Header, Glucose, "", "", "", "", "", "", "", "", "Glucose sérique", "", "").Load();
        Assert.That(loaded.Designations(Glucose), Is.SupersetOf(new[]
        {
            "de-DE LONG_COMMON_NAME: Glukose in Serum", "de-DE SHORTNAME: Glu", "de-DE LinguisticVariant: Glukose S", "de-DE FullySpecifiedName: Glukose:Masse:Zeitpunkt:Serum:Quantitativ",
            "de-DE CLASS: Klinische Chemie", "de-DE RELATEDNAMES2: Zucker", "de-DE RELATEDNAMES2: Traubenzucker", "fr-CA LONG_COMMON_NAME: Glucose sérique",
        }));
        Assert.That(loaded.Display(Glucose), Does.StartWith("Glucose [Mass"));
    }

    [Test]
    public void ConsumerNames_AndRelatedNames_AreDesignations()
    {
        using var loaded = Tiny().Row("AccessoryFiles/ConsumerName/ConsumerName.csv", "LoincNumber,ConsumerName", Glucose, "Blood sugar").Load();
        Assert.That(loaded.Designations(Glucose), Does.Contain("en ConsumerName: Blood sugar").And.Contain("en RELATEDNAMES2: Glu").And.Contain("en RELATEDNAMES2: Sugar"));
    }

    [Test]
    public void MapTo_OneReplacement_IsEquivalent_SeveralOrConditional_NeedAPerson()
    {
        const string Header = "LOINC,MAP_TO,COMMENT";
        using var loaded = Tiny().Term("1007-4", "One").Term("1008-2", "Two")
            .Row("LoincTable/MapTo.csv", Header, OldGlucose, Glucose, "")
            .Row("LoincTable/MapTo.csv", Header, "1007-4", Glucose, "").Row("LoincTable/MapTo.csv", Header, "1007-4", GlucoseMoles, "")
            .Row("LoincTable/MapTo.csv", Header, "1008-2", Glucose, "If mass is meant").Row("LoincTable/MapTo.csv", Header, "1008-2", "", "").Load();
        const string Map = "http://loinc.org?fhir_cm=map-to";
        Assert.That(loaded.Targets(Map, OldGlucose), Is.EqualTo(new[] { $"{Glucose} Equivalent" }));
        Assert.That(loaded.Targets(Map, "1007-4"), Is.EqualTo(new[] { $"{Glucose} RelatedTo", $"{GlucoseMoles} RelatedTo" }));
        Assert.That(loaded.Map(Map).Find(0, "1008-2").Single().Targets.Single(), Has.Property("Comment").EqualTo("If mass is meant").And.Property("Relationship").EqualTo(global::Terminology.Maps.MapRelationship.RelatedTo));
        Assert.That(loaded.Values(OldGlucose, "MAP_TO"), Is.EqualTo(new[] { Glucose }));
        Assert.That(loaded.Problems.Single(), Does.Contain("MapTo.csv:6").And.Contain("MAP_TO is empty"));
        var answer = loaded.Service.Translate(new(new([new("http://loinc.org", OldGlucose)])) { Url = new(Map) }, RequestScope.Default);
        Assert.That((answer.Result, answer.Issues.Count), Is.EqualTo((true, 0)), "deprecated codes are what the map is for");
    }

    [Test]
    public void Code_InAnyCase_IsFound()
    {
        using var loaded = WithParts().Load();
        Assert.That(loaded.Has(GlucosePart.ToLowerInvariant()), Is.True);
    }

    [Test]
    public void Code_ThatASpreadsheetDamaged_GivesWayToTheSoundRow()
    {
        using var loaded = new TinyLoinc().Term("1-Sep", "From the damaged row").Term("9-1", "From the sound row").Load();
        Assert.That(loaded.Display("9-1"), Is.EqualTo("From the sound row"));
        Assert.That(loaded.Problems.Single(), Does.Contain(":2:1: '1-Sep' is a LOINC code that a spreadsheet turned into a date; its check digit proves 9-1, which stands in line 3 already"));
        Assert.That((loaded.Report.Read, loaded.Report.Rejected), Is.EqualTo((2, 1)));
    }

    private static PropertyType Type(ImportedRelease loaded, string property) => loaded.System.Info.Properties.Single(definition => definition.Code == property).Type;

    private static TinyLoinc Tiny() => new TinyLoinc()
        .Term(Glucose, "Glucose [Mass/volume] in Serum or Plasma", "Glucose:MCnc:Pt:Ser/Plas:Qn", related: "Glu; Sugar")
        .Term(GlucoseMoles, "Glucose [Moles/volume] in Serum or Plasma", "Glucose:SCnc:Pt:Ser/Plas:Qn")
        .Term(Sodium, "Sodium [Moles/volume] in Serum or Plasma", "Sodium:SCnc:Pt:Ser/Plas:Qn")
        .Term(OldGlucose, "Old glucose", status: "DEPRECATED").Term(Smoking, "Tobacco smoking status", @class: "SOCIAL");

    private static TinyLoinc WithParts() => Tiny()
        .Part(GlucosePart, "COMPONENT", "Glucose").Part(SodiumPart, "COMPONENT", "Sodium").Part(MassPart, "PROPERTY", "MCnc", "Mass Concentration").Part(Chemistry, "CLASS", "CHEM", "Chemistry").Part(Document, "SCALE", "Doc", "Document")
        .Link(Glucose, GlucosePart, "COMPONENT").Link(Glucose, MassPart, "PROPERTY").Link(Sodium, SodiumPart, "COMPONENT").Link(Smoking, Document, "SCALE_TYP");
}

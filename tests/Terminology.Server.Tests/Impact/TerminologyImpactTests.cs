using Terminology.Loaders;
using Terminology.Loaders.Icd10;
using Terminology.Loaders.Loinc;
using Terminology.Loaders.Rf2;
using Terminology.Loaders.RxNorm;
using Terminology.Mapping.Impact;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Server.Impact;

/// <summary>What each terminology says of a code that changed, read by the real loaders.</summary>
public sealed class TerminologyImpactTests
{
    [Test]
    public void Snomed_AssociationsNamesDefinitionsAndModules_AreClasses()
    {
        const string SameAs = "900000000000527005", Possibly = "900000000000523009", Extension = "900000000000012004", Defined = "900000000000073002";
        string Code(int number) => TinySnomed.Concept(number);
        TinySnomed Release(string date, bool isNew)
        {
            var release = new TinySnomed(date).Add(TinySnomed.Root, "SNOMED CT Concept").Add(TinySnomed.Core, "SNOMED CT core module").Add(Extension, "Other module").Add(SameAs, "SAME AS").Add(Possibly, "POSSIBLY EQUIVALENT TO");
            foreach (var number in Enumerable.Range(1, 9)) release.Add(Code(number), $"Finding {number}{(isNew && number == 4 ? " of the left hand" : "")} (finding)", active: !(isNew && number is 1 or 2), of: isNew && number == 5 ? Extension : null, definitionStatus: isNew && number == 8 ? Defined : "900000000000074008");
            release.Link(Code(6), Code(9), Code(isNew ? 4 : 7), group: 1);
            if (!isNew) return release;
            return release.Member("Refset/Content/der2_cRefset_Association{0}_{1}", "targetComponentId", SameAs, Code(1), [Code(3)])
                .Member("Refset/Content/der2_cRefset_Association{0}_{1}", "targetComponentId", Possibly, Code(2), [Code(3)]).Member("Refset/Content/der2_cRefset_Association{0}_{1}", "targetComponentId", Possibly, Code(2), [Code(7)]);
        }
        using var compared = new Compared(Release("20250101", isNew: false).Load(), Release("20260101", isNew: true).Load());
        Assert.That(compared.Classes(Code(1)), Is.EqualTo(new[] { ImpactClass.Inactive, ImpactClass.Replaced }));
        Assert.That(compared.Repairs(Code(1)), Is.EqualTo(new[] { $"same-as {Code(3)} Equivalent" }));
        Assert.That(compared.Classes(Code(2)), Is.EqualTo(new[] { ImpactClass.Inactive, ImpactClass.Ambiguous }));
        Assert.That(compared.Repairs(Code(2)), Is.EquivalentTo(new[] { $"possibly-equivalent-to {Code(3)} RelatedTo?", $"possibly-equivalent-to {Code(7)} RelatedTo?" }));
        Assert.That(compared.Classes(Code(3)), Is.Empty);
        Assert.That(compared.Classes(Code(4)), Does.Contain(ImpactClass.MeaningChanged), "the full name says something else");
        Assert.That(compared.Classes(Code(5)), Is.EqualTo(new[] { ImpactClass.ModuleMoved }));
        Assert.That(compared.Classes(Code(6)), Is.EqualTo(new[] { ImpactClass.MeaningChanged }), "an attribute has another value");
        Assert.That(compared.Text(Code(6)), Does.Contain(Code(7)).And.Contain(Code(4)));
        Assert.That(compared.Classes(Code(8)), Is.EqualTo(new[] { ImpactClass.MeaningChanged }), "primitive before, sufficiently defined now");
    }

    [Test]
    public void Loinc_StatusMapToAxesAndNames_AreClasses()
    {
        const string Header = "LOINC,MAP_TO,COMMENT", Axes = "Glucose:MCnc:Pt:Ser/Plas:Qn";
        TinyLoinc Release(bool isNew) => new TinyLoinc()
            .Term(TinyLoinc.OldGlucose, "Old glucose", Axes, isNew ? "DEPRECATED" : "ACTIVE").Term(TinyLoinc.Glucose, isNew ? "Glucose in serum" : "Glucose", Axes)
            .Term(TinyLoinc.GlucoseMoles, "Glucose moles", isNew ? "Glucose:SCnc:Pt:Ser/Plas:Qn" : Axes).Term(TinyLoinc.Sodium, "Sodium", "Sodium:SCnc:Pt:Ser/Plas:Qn", isNew ? "DISCOURAGED" : "ACTIVE").Term(TinyLoinc.Smoking, "Smoking", Axes)
            .Row("LoincTable/MapTo.csv", Header, isNew ? TinyLoinc.OldGlucose : "1000-9", TinyLoinc.Glucose, "");
        using var compared = new Compared(Release(isNew: false).Load(new() { As = new("http://loinc.org", "2.81") }), Release(isNew: true).Load());
        Assert.That(compared.Classes(TinyLoinc.OldGlucose), Is.EqualTo(new[] { ImpactClass.Inactive, ImpactClass.Replaced }));
        Assert.That(compared.Repairs(TinyLoinc.OldGlucose), Is.EqualTo(new[] { $"map-to {TinyLoinc.Glucose} Equivalent" }));
        Assert.That(compared.Classes(TinyLoinc.Glucose), Is.EqualTo(new[] { ImpactClass.Renamed }));
        Assert.That(compared.Repairs(TinyLoinc.Glucose), Is.EqualTo(new[] { $"new-name {TinyLoinc.Glucose} Equivalent" }));
        Assert.That(compared.Classes(TinyLoinc.GlucoseMoles), Is.EqualTo(new[] { ImpactClass.MeaningChanged }));
        Assert.That(compared.Text(TinyLoinc.GlucoseMoles), Does.Contain("PROPERTY: MCnc → SCnc"));
        Assert.That(compared.Classes(TinyLoinc.Sodium), Is.EqualTo(new[] { ImpactClass.Discouraged }));
        Assert.That(compared.Classes(TinyLoinc.Smoking), Is.Empty);
    }

    [Test]
    public void Snomed_NewSynonymOfTheKindOfTheTarget_IsCloser()
    {
        string Code(int number) => TinySnomed.Concept(number);
        TinySnomed Release(string date, bool isNew)
        {
            var release = new TinySnomed(date).Add(TinySnomed.Root, "SNOMED CT Concept").Add(TinySnomed.Core, "SNOMED CT core module").Add(Code(1), "Injury of hand (disorder)").Add(Code(2), "Sore thumb (situation)");
            return isNew ? release.Add(Code(3), "Thumb injury of farmers (disorder)").Term(Code(3), "Farmer's thumb").Add(Code(4), "Farmer's finger (procedure)").Term(Code(4), "Farmer's finger") : release;
        }
        using var compared = new Compared(Release("20250101", isNew: false).Load(), Release("20260101", isNew: true).Load());
        MapRow Row(string key, string display) => new() { Key = key, Code = key, Display = display, Content = new() { Targets = [new() { System = CodeSystemUri.Snomed.Value, Code = Code(1), Relationship = MapRelationship.SourceIsNarrowerThanTarget }] } };
        var report = compared.Report([Row("A", "thumb of a farmer"), Row("B", "FARMER'S THUMB"), Row("C", "Farmer's finger"), Row("D", "Sore thumb")]);
        Assert.That(report.List.Select(row => $"{row.Key} {string.Join(',', row.Codes.Single().Classes)} {string.Join(',', row.Codes.Single().Repairs)}"), Is.EqualTo(new[] { $"B CloserTarget closer {Code(3)}", "C CloserTarget " }));
    }

    [Test]
    public void Loinc_NewTermWithTheAxesOfARowWithoutATarget_IsCloser()
    {
        const string Axes = "Glucose:MCnc:Pt:Ser/Plas:Qn";
        TinyLoinc Release(bool isNew) => isNew ? new TinyLoinc().Term(TinyLoinc.Glucose, "Glucose", Axes).Term(TinyLoinc.Sodium, "Sodium in serum", "Sodium:SCnc:Pt:Ser/Plas:Qn") : new TinyLoinc().Term(TinyLoinc.Glucose, "Glucose", Axes);
        using var compared = new Compared(Release(isNew: false).Load(new() { As = new("http://loinc.org", "2.81") }), Release(isNew: true).Load());
        MapRow Row(string key, string component) => new() { Key = key, Code = key, Context = [new("component", component), new("property", "SCnc"), new("time", "Pt"), new("system", "Ser/Plas"), new("scale", "Qn")] };
        var report = compared.Report([Row("NA", "Sodium"), Row("K", "Potassium"), Row("GLU", "Glucose")]);
        Assert.That(report.List.Select(row => $"{row.Key} {string.Join(',', row.Codes.Single().Repairs)}"), Is.EqualTo(new[] { $"NA closer {TinyLoinc.Sodium}" }));
    }

    [Test]
    public void RxNorm_RemappedObsoleteAndOtherIngredients_AreClasses()
    {
        TinyRxNorm Release(bool isNew)
        {
            var release = new TinyRxNorm($"RxNorm_full_0{(isNew ? 2 : 1)}052026/rrf/").Atom(10, "aspirin", "IN").Atom(11, "ibuprofen", "IN").Atom(20, "aspirin 81 MG Oral Tablet", "SCD").Atom(21, "other tablet", "SCD").Atom(22, "obsolete tablet", "SCD", suppress: isNew ? "O" : "N");
            release.Relation(21, "has_ingredient", isNew ? 11 : 10, "ingredient_of").Relation(20, "has_ingredient", 10, "ingredient_of");
            return isNew ? release.Archived(30, "aspirin tablet", 20) : release.Atom(30, "aspirin tablet", "SCD");
        }
        using var compared = new Compared(Release(isNew: false).Load(), Release(isNew: true).Load());
        Assert.That(compared.Classes("30"), Does.Contain(ImpactClass.Inactive).And.Contain(ImpactClass.Replaced));
        Assert.That(compared.Repairs("30"), Is.EqualTo(new[] { "remap 20 Equivalent" }));
        Assert.That(compared.Classes("21"), Is.EqualTo(new[] { ImpactClass.MeaningChanged }));
        Assert.That(compared.Text("21"), Does.Contain("has_ingredient: 10 aspirin → 11 ibuprofen"));
        Assert.That(compared.Classes("22"), Is.EqualTo(new[] { ImpactClass.Inactive }));
        Assert.That(compared.Classes("20"), Is.Empty);
    }

    [Test]
    public void Icd_DeletedRevisedHeadingAndNewBelow_AreClasses()
    {
        ImportedRelease Release(int year, params (string Code, bool Billable, string Short, string Long)[] rows) => ImportedRelease.Load(new ImportOptions(), ($"icd10cm_order_{year}.txt", TinyIcd.Order(rows)));
        using var compared = new Compared(
            Release(2030, ("S09", false, "Other", "Other injuries"), ("S090", true, "Zero", "Injury zero"), ("S091", true, "One", "Injury one"), ("S092", true, "Two", "Injury two"), ("S093", true, "Three", "Injury three")),
            Release(2031, ("S09", false, "Other", "Other injuries"), ("S090", false, "Zero", "Injury zero"), ("S0901", true, "Zero one", "Injury zero one"), ("S091", true, "One", "Injury of one"), ("S093", true, "Three", "Injury three"), ("S094", true, "Four", "Injury four")));
        Assert.That(compared.Classes("S09"), Is.EqualTo(new[] { ImpactClass.NarrowerCodes }));
        Assert.That(compared.Classes("S09.0"), Is.EqualTo(new[] { ImpactClass.BecameHeader }));
        Assert.That(compared.Repairs("S09.0"), Is.EqualTo(new[] { "narrower S09.01 SourceIsBroaderThanTarget?" }));
        Assert.That(compared.Classes("S09.1"), Is.EqualTo(new[] { ImpactClass.MeaningChanged }), "the title is the meaning");
        Assert.That(compared.Classes("S09.2"), Is.EqualTo(new[] { ImpactClass.Gone }));
        Assert.That(compared.Repairs("S09.2"), Is.EqualTo(new[] { "added-beside S09.01 RelatedTo?", "added-beside S09.4 RelatedTo?" }));
        Assert.That(compared.Classes("S09.3"), Is.Empty);
    }
}

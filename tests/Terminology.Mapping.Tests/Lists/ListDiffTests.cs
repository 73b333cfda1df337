using CsCheck;
using Terminology.Mapping.Lists.Damage;
using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists;

public sealed class ListDiffTests
{
    private const string Header = "code|display|unit|specimen|method|frequency";

    [TestCase("A|Glucose|mg/dL|Serum|HK|10", RowClass.Unchanged)]
    [TestCase("A|Glucose|mg/dL|Serum|HK|12", RowClass.Unchanged)]
    [TestCase("A|Glucose|mg/dL|Serum|HK|1000", RowClass.VolumeShift)]
    [TestCase("A|GLUCOSE|mg/dL|Serum|HK|10", RowClass.WordingOnly)]
    [TestCase("A|glucose.|mg/dL|ser|HK|10", RowClass.WordingOnly)]
    [TestCase("A|Glucose|MG/DL|Serum|HK|10", RowClass.WordingOnly)]
    [TestCase("A|Glucose|g/L|Serum|HK|10", RowClass.ContextChanged)]
    [TestCase("A|Glucose|mg/dL|Serum|GOD|10", RowClass.ContextChanged)]
    [TestCase("A|Glucose|mmol/L|Serum|HK|10", RowClass.MeaningChanged)]
    [TestCase("A|Glucose|mg/dL|Urine|HK|10", RowClass.MeaningChanged)]
    [TestCase("A|Lactate|mg/dL|Serum|HK|10", RowClass.MeaningChanged)]
    [TestCase("A|Glucose %|mg/dL|Serum|HK|10", RowClass.MeaningChanged)]
    public void Between_OneChange_HasItsClass(string after, RowClass expected)
    {
        var diff = Diff(Header, ["A|Glucose|mg/dL|Serum|HK|10"], [after]);
        Assert.That(diff.Changes.Single().Class, Is.EqualTo(expected));
        Assert.That(diff.Count(expected), Is.EqualTo(1));
    }

    [Test]
    public void Between_AddedWithdrawnAndBackAgain()
    {
        var earlier = TestLists.List(Header, "C|Sodium|mmol/L|Serum||", "D|Urea|mg/dL|Serum||").Rows.ToDictionary(row => row.Key);
        var diff = ListDiff.Between(TestLists.List(Header, "A|x||||"), TestLists.List(Header, "B|y||||", "C|Sodium|mmol/L|Serum||", "D|Zinc|mg/L|Serum||"), TestLists.Units, earlier);
        Assert.That(diff.Changes.Select(change => (change.Class, change.MeansOther)), Is.EqualTo(new[] { (RowClass.Added, false), (RowClass.BackAgain, false), (RowClass.BackAgain, true), (RowClass.Withdrawn, false) }));
        var finding = ReusedCode.Find(diff).Single();
        Assert.That((finding.RuleId, finding.Severity, finding.RowKeys.Single()), Is.EqualTo(("MQ-008", FindingSeverity.Error, "D")));
        Assert.That(finding.Text, Is.EqualTo("The code 'D' in line 4 was withdrawn as 'Urea' and is back as 'Zinc'; split the row by date."));
    }

    [Test]
    public void ChangedMeaning_OfADiff_ShowsBothSides()
    {
        var finding = DamageScan.Between(Diff(Header, ["A|Glucose|mg/dL|Serum||", "B|x||||"], ["A|Lactate|mmol/L|Serum||", "B|X||||"])).Single();
        Assert.That((finding.RuleId, finding.Severity), Is.EqualTo(("MQ-007", FindingSeverity.Error)));
        Assert.That(finding.Text, Is.EqualTo("The code 'A' in line 2 means something else than in the last list: display 'Glucose' became 'Lactate', unit 'mg/dL' became 'mmol/L'."));
    }

    [Test]
    public void Between_LongerKey_SplitsAndMerges()
    {
        var one = TestLists.List(Header, "A|Glucose|mg/dL|Serum||", "B|Sodium|mmol/L|Serum||");
        var other = TestLists.List(Header, ["code", "unit"], "A|Glucose|mg/dL|Serum||", "A|Glucose|mmol/L|Serum||", "B|Sodium|mmol/L|Serum||");
        var split = ListDiff.Between(one, other, TestLists.Units);
        Assert.That(split.Changes.Select(change => (change.Class, change.Before.Count, change.After.Count)), Is.EqualTo(new[] { (RowClass.KeySplit, 1, 2), (RowClass.WordingOnly, 1, 1) }).Or.EqualTo(new[] { (RowClass.KeySplit, 1, 2), (RowClass.ContextChanged, 1, 1) }));
        var merged = ListDiff.Between(other, one, TestLists.Units);
        Assert.That(merged.Changes[0].Class, Is.EqualTo(RowClass.KeyMerged));
        Assert.That((merged.Changes[0].Before.Count, merged.Changes[0].After.Count), Is.EqualTo((2, 1)));
    }

    [Test]
    public void Policy_ByDefault_RechecksWhatMayMeanOther()
    {
        Assert.That(Enum.GetValues<RowClass>().Where(item => DiffPolicy.Default[item] == RowPolicy.Recheck), Is.EquivalentTo(new[] { RowClass.BackAgain, RowClass.MeaningChanged, RowClass.KeySplit, RowClass.KeyMerged }));
        Assert.That(DiffPolicy.Default[RowClass.Withdrawn], Is.EqualTo(RowPolicy.Retire));
        var policy = new DiffPolicy { Changed = new Dictionary<RowClass, RowPolicy> { [RowClass.WordingOnly] = RowPolicy.Recheck } };
        var diff = Diff(Header, ["A|Glucose|mg/dL|Serum||"], ["A|GLUCOSE|mg/dL|Serum||"]);
        Assert.That((diff.Touched(DiffPolicy.Default).Count(), diff.Touched(policy).Count()), Is.EqualTo((0, 1)));
    }

    private static Gen<string> One(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static readonly Gen<string> Rows = Gen.Select(One("A", "B", "C", "D", "E"), One("x", "X", "y", ""), One("mg/dL", "g/L", "mmol/L", ""), One("Serum", "Urine"), Gen.Int[0, 100],
        (code, display, unit, specimen, frequency) => $"{code}|{display}|{unit}|{specimen}|m|{frequency}");

    private static readonly Gen<SourceList> Lists = Gen.Select(Rows.Array[0, 12], One("", "unit", "unit+specimen"), (rows, key) => TestLists.List(Header, key.Length == 0 ? [] : [.. $"code+{key}".Split('+')], rows));

    [Test]
    public void Between_ItselfAgain_IsAllUnchanged()
        => Lists.Sample(list => ListDiff.Between(list, list, TestLists.Units).Count(RowClass.Unchanged) == list.Rows.Count);

    [Test]
    public void Between_RandomLists_EachRowIsInOneClassAndSidesSwap() => Gen.Select(Lists, Lists).Sample((one, other) =>
    {
        var (there, back) = (ListDiff.Between(one, other, TestLists.Units), ListDiff.Between(other, one, TestLists.Units));
        Assert.That(there.Changes.SelectMany(change => change.Before), Is.EquivalentTo(one.Rows));
        Assert.That(there.Changes.SelectMany(change => change.After), Is.EquivalentTo(other.Rows));
        var sum = Enum.GetValues<RowClass>().Where(item => item != RowClass.Withdrawn).Sum(there.Count);
        Assert.That(sum + other.Duplicates.Count + other.Rejected.Count, Is.EqualTo(other.Input));
        Assert.That(there.Count(RowClass.Added), Is.EqualTo(back.Count(RowClass.Withdrawn)));
        Assert.That(there.Count(RowClass.Withdrawn), Is.EqualTo(back.Count(RowClass.Added)));
        Assert.That(there.Changes.Count(change => change.Class == RowClass.KeySplit), Is.EqualTo(back.Changes.Count(change => change.Class == RowClass.KeyMerged)));
        foreach (var item in new[] { RowClass.Unchanged, RowClass.WordingOnly, RowClass.ContextChanged, RowClass.MeaningChanged, RowClass.VolumeShift }) Assert.That(there.Count(item), Is.EqualTo(back.Count(item)), item.ToString());
    });

    [Test]
    public void Of_ReadableFingerprint_AndItsHash()
    {
        var fingerprint = MeaningFingerprint.Of(TestLists.List("code|display|unit|specimen|valueType|panel", "A|Glucose, fasting|mg/dL|Suero|Numeric|Metabolic").Rows[0], TestLists.Units);
        Assert.That(fingerprint.Text, Is.EqualTo("f1|glucose fasting|g.m-3|serum|numeric|metabolic"));
        Assert.That(fingerprint.Hash, Has.Length.EqualTo(32).And.Match("^[0-9a-f]+$"));
    }

    [TestCase("Lymphocytes %", "Lymphocytes #")]
    [TestCase("Rh +", "Rh -")]
    [TestCase("Type 1 with 2", "Type 2 with 1")]
    public void Of_SignsAndOrder_AreMeaning(string one, string other)
        => Assert.That(Print(one), Is.Not.EqualTo(Print(other)));

    [TestCase("Beta-2 Microglobulin", "beta 2 microglobulin")]
    [TestCase("Glucose – serum", "Glucose serum")]
    [TestCase("Hämoglobin", "HAMOGLOBIN")]
    [TestCase("HÃ¤moglobin", "Hämoglobin")]
    public void Of_WritingsOfOneName_AreEqual(string one, string other)
        => Assert.That(Print(one), Is.EqualTo(Print(other)));

    private static MeaningFingerprint Print(string display) => MeaningFingerprint.Of(TestLists.List("code|display", $"A|{display}").Rows[0], null);

    private static ListDiff Diff(string header, string[] before, string[] after) => ListDiff.Between(TestLists.List(header, before), TestLists.List(header, after), TestLists.Units);
}

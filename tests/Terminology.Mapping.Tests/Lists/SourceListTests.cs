namespace Terminology.Mapping.Lists;

public sealed class SourceListTests
{
    [Test]
    public void From_AllRoles_FillsTheRow()
    {
        var row = TestLists.List("code|display:en|display:fi|synonym|unit|specimen|frequency|lastUsed|samples|targetCode|targetSystem|colour", "NA|Sodium|Natrium|Na+|mmol/L|Serum|1,234|01.10.2025|1; 2|2951-2|LN|red").Rows.Single();
        Assert.Multiple(() =>
        {
            Assert.That((row.Key, row.Code, row.Display, row.Line), Is.EqualTo(("NA", "NA", "Sodium", 2)));
            Assert.That(row.Displays, Is.EqualTo(new LanguageText[] { new("en", "Sodium"), new("fi", "Natrium") }));
            Assert.That((row.In("unit"), row.In("specimen"), row.In("method")), Is.EqualTo(("mmol/L", "Serum", "")));
            Assert.That((row.Frequency, row.LastUsed, row.Samples), Is.EqualTo(((long?)1234, (DateOnly?)new DateOnly(2025, 10, 1), "1; 2")));
            Assert.That(row.Target, Is.EqualTo(new ExistingTarget("LN", "2951-2", "", "", "", "")));
            Assert.That(row.Extra, Is.EqualTo(new[] { KeyValuePair.Create("colour", "red") }));
        });
    }

    [Test]
    public void From_CountsAndDatesThatCannotBeRead_StayInExtra()
    {
        var row = TestLists.List("code|frequency|lastUsed", "NA|often|3/4/2025").Rows.Single();
        Assert.That((row.Frequency, row.LastUsed), Is.EqualTo(((long?)null, (DateOnly?)null)));
        Assert.That(row.Extra, Is.EqualTo(new[] { KeyValuePair.Create("frequency", "often"), KeyValuePair.Create("lastUsed", "3/4/2025") }));
    }

    [Test]
    public void From_DuplicatesAndMissingCodes_AreCounted()
    {
        var list = TestLists.List("code|display", "A|x", "A|x", "A|y", " |z", "B|w", "A |x");
        Assert.That((list.Input, list.Rows.Count, list.Duplicates.Count, list.Rejected.Count), Is.EqualTo((6, 2, 3, 1)));
        Assert.That(list.Rejected[0].Reason, Is.EqualTo("Line 5 has no code."));
        Assert.That(list.Duplicates.Select(duplicate => duplicate.First.Line), Has.All.EqualTo(2));
    }

    [Test]
    public void KeyOf_SeveralValues_StaysDistinct()
    {
        Assert.That(SourceRow.KeyOf(["a|b", "c"]), Is.Not.EqualTo(SourceRow.KeyOf(["a", "b|c"])));
        Assert.That(SourceRow.KeyOf(["a\\", "b"]), Is.Not.EqualTo(SourceRow.KeyOf(["a", "\\b"])));
        Assert.That(SourceRow.KeyOf(["A|17"]), Is.EqualTo("A|17"));
        Assert.That(SourceRow.KeyOf(["", " "]), Is.Empty);
    }

    [TestCase("name", "does not say which column holds the code")]
    [TestCase("code|missing", "no column 'missing'")]
    public void From_RecipeThatDoesNotFit_NamesWhatIsMissing(string columns, string says)
    {
        var recipe = new ListRecipe { Columns = [.. columns.Split('|').Select(name => new RecipeColumn(name, name == "code" ? ColumnRole.Code : ColumnRole.Display))] };
        Assert.That(() => SourceList.From(TestLists.Table("code|name", "A|x"), recipe), Throws.ArgumentException.With.Message.Contains(says));
    }

    [Test]
    public void MissingFrom_RecipeOfTheLastFile_NamesTheColumn()
        => Assert.That((TestLists.Recipe("code|display") with { KeyColumns = ["code", "unit"] }).MissingFrom(["code", "unit"]), Is.EqualTo(new[] { "display" }));

    [TestCase("code|unit|specimen", "A|mg|S\nB|mg|S", "code", 0)]
    [TestCase("code|unit|specimen", "A|mg|S\nA|g|S\nB|mg|S", "code + unit", 0)]
    [TestCase("code|unit|specimen", "A|mg|S\nA|mg|U\nB|mg|S", "code + specimen", 0)]
    [TestCase("code|unit|specimen", "A|mg|S\nA|mg|U\nA|g|S\nB|mg|S", "code + unit + specimen", 0)]
    [TestCase("code|unit|colour", "A|mg|red\nA|mg|blue", "code", 1)]
    [TestCase("code|unit|specimen", "A|mg|S\nA|mg|S", "code", 0)]
    public void For_CodesThatRepeat_ProposesTheSmallestKey(string header, string rows, string key, int repeated)
    {
        var proposal = KeyProposal.For(TestLists.Table(header, rows.Split('\n')), TestLists.Recipe(header));
        Assert.That((string.Join(" + ", proposal.Columns), proposal.Repeated), Is.EqualTo((key, repeated)), proposal.Reason);
    }
}

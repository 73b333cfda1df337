using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Store.Terms;

/// <summary>Codes, designations and the choice of the display.</summary>
public sealed class TermsTests
{
    private const string UsEnglish = "900000000000509007", Danish = "554461000005103", Preferred = "900000000000548007", Acceptable = "900000000000549004";

    [Test]
    public void TryFind_CaseSensitive_FindsExactlyWhatWasWritten()
    {
        using var file = new ReleaseFile().Concept("a").Concept("A").Concept("É").Concept("0123");
        Assert.That(file.Code(file.Find("a")), Is.EqualTo("a"));
        Assert.That(file.Code(file.Find("A")), Is.EqualTo("A"));
        Assert.That(file.Code(file.Find("0123")), Is.EqualTo("0123"));
        Assert.That(new[] { "é", "b", "", "123", "00123" }.Select(code => file.Find(code).Exists), Has.All.False);
    }

    [Test]
    public void TryFind_IgnoringCase_PrefersTheExactCode()
    {
        using var file = new ReleaseFile(ReleaseFile.Info(caseSensitive: false)).Concept("j45").Concept("J45").Concept("K20.x");
        Assert.That(file.Code(file.Find("j45")), Is.EqualTo("j45"));
        Assert.That(file.Code(file.Find("J45")), Is.EqualTo("J45"));
        Assert.That(file.Code(file.Find("k20.X")), Is.EqualTo("K20.x"));
        Assert.That(file.Find("K20").Exists, Is.False);
    }

    [TestCase("22298006", true)]
    [TestCase("022298006", false)]
    [TestCase("22298006 ", false)]
    [TestCase("2229800x", false)]
    [TestCase("-22298006", false)]
    [TestCase("99999999999999999999999", false)]
    [TestCase("", false)]
    public void TryFind_Numeric_TakesTheNumberInItsOneForm(string code, bool found)
    {
        using var file = new ReleaseFile(ReleaseFile.Snomed()).Concept("22298006");
        Assert.That(file.Find(code).Exists, Is.EqualTo(found));
    }

    [Test]
    public void Complete_NumericWithACodeThatIsNone_NamesIt()
    {
        using var file = new ReleaseFile(ReleaseFile.Snomed()).Concept("A1");
        Assert.That(() => file.Release, Throws.TypeOf<ReleaseFormat>().With.Message.Contains("'A1'"));
    }

    [Test]
    public void Members_OutOfRange_AreRefused()
    {
        using var file = new ReleaseFile().Concept("a").Designation("a", "Apple").Property("a", "p", PropertyType.String, "v");
        var system = file.System;
        foreach (var wrong in new[] { -1, 1, 2, int.MaxValue, int.MinValue })
        {
            var concept = new ConceptOrdinal(wrong);
            Assert.That(() => system.Code(concept).Length, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.Flags(concept), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.Display(concept).Length, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.Designations(concept), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.Designation(wrong).Active, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.Properties(concept), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.Property(wrong).Group, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.Parents(concept).Length, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.Children(concept).Length, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.IsA(concept, new(0)), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.IsA(new(0), concept), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.DescendantsOrSelf(concept), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => system.AncestorsOrSelf(concept), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }

    [Test]
    public void Designations_AllFields_ComeBack()
    {
        using var file = new ReleaseFile().Concept("a")
            .Designation("a", "Pomme", 100, "77", language: "fr", time: 20250131)
            .Designation("a", "Apple", 0)
            .Designation("a", "Æble", 100, "x-1", active: false, use: DesignationUses.Synonym, language: "da");
        var range = file.System.Designations(file.Find("a"));
        var texts = Enumerable.Range(range.Start, range.Count).Select(Describe).ToArray();
        Assert.That(texts, Is.EqualTo(new[] { "Apple|en|display||True|", "Pomme|fr|display|77|True|20250131", "Æble|da|900000000000013009|x-1|False|" }));

        string Describe(int index)
        {
            var view = file.System.Designation(index);
            return $"{ReleaseFile.Text(view.Value)}|{view.Language}|{view.Use.Code}|{ReleaseFile.Text(view.Id)}|{view.Active}|{view.EffectiveTime}";
        }
    }

    [Test]
    public void Display_WithoutLanguageRefsets_IsTheLowestRankFirstPushed()
    {
        using var file = new ReleaseFile()
            .Concept("a").Designation("a", "Synonym", 100).Designation("a", "First", 5).Designation("a", "Second", 5).Designation("a", "Old", 0, active: false)
            .Concept("b").Designation("b", "What it means", 255, use: DesignationUses.Definition).Designation("b", "Name", 100)
            .Concept("c").Designation("c", "Only a definition", 255, use: DesignationUses.Definition)
            .Concept("d");
        Assert.That(file.Display("a"), Is.EqualTo("First"));
        Assert.That(file.Display("b"), Is.EqualTo("Name"));
        Assert.That(file.Display("c"), Is.Empty, "a definition is never a display");
        Assert.That(file.Display("d"), Is.Empty);
    }

    [Test]
    public void Display_Snomed_IsThePreferredSynonymOfUsEnglish()
    {
        using var file = Snomed("en")
            .Concept("100005")
            .Designation("100005", "Myocardial infarction (disorder)", 10, "1013", use: DesignationUses.FullySpecifiedName)
            .Designation("100005", "Heart attack", 100, "2010", use: DesignationUses.Synonym)
            .Designation("100005", "Myocardial infarction", 100, "3018", use: DesignationUses.Synonym)
            .Designation("100005", "Cardiac infarction", 100, "4015", use: DesignationUses.Synonym, active: false)
            .Member(UsEnglish, "1013", Preferred).Member(UsEnglish, "2010", Acceptable).Member(UsEnglish, "3018", Preferred).Member(UsEnglish, "4015", Preferred);
        Assert.That(file.Display("100005"), Is.EqualTo("Myocardial infarction"));
        var range = file.System.Designations(file.Find("100005"));
        var standing = Enumerable.Range(range.Start, range.Count)
            .ToDictionary(index => ReleaseFile.Text(file.System.Designation(index).Id), index => file.System.Acceptability(index, UsEnglish));
        Assert.That(standing["3018"], Is.EqualTo(Acceptability.Preferred));
        Assert.That(standing["2010"], Is.EqualTo(Acceptability.Acceptable));
        Assert.That(file.System.Acceptability(range.Start, Danish), Is.EqualTo(Acceptability.None));
        Assert.That(file.System.Acceptability(range.Start, "unknown"), Is.EqualTo(Acceptability.None));
    }

    [Test]
    public void Display_SnomedWithoutUsEnglish_PrefersTheLanguageOfTheRelease()
    {
        using var file = Snomed("da")
            .Concept("100005")
            .Designation("100005", "Heart attack", 100, "2010", use: DesignationUses.Synonym, language: "en")
            .Designation("100005", "Hjerteanfald", 100, "3018", use: DesignationUses.Synonym, language: "da")
            .Member("900000000000508004", "2010", Preferred).Member(Danish, "3018", Preferred);
        Assert.That(file.Display("100005"), Is.EqualTo("Hjerteanfald"));
    }

    [Test]
    public void Acceptability_InactiveMember_CountsNot()
    {
        using var file = Snomed("en")
            .Concept("100005")
            .Designation("100005", "Heart attack", 100, "2010", use: DesignationUses.Synonym)
            .Designation("100005", "Coronary", 100, "3018", use: DesignationUses.Synonym)
            .Member(UsEnglish, "2010", Preferred, active: false).Member(UsEnglish, "3018", Preferred);
        Assert.That(file.Display("100005"), Is.EqualTo("Coronary"));
    }

    [Test]
    public void Duplicates_LaterEffectiveTimeWins_EqualTimesTheLaterPushed()
    {
        using var file = new ReleaseFile()
            .Concept("a", ConceptFlags.Inactive, 20250101).Concept("a", ConceptFlags.None, 20240101)
            .Concept("b", ConceptFlags.None, 20250101).Concept("b", ConceptFlags.Deprecated, 20250101)
            .Designation("a", "new", id: "1", time: 20250101).Designation("a", "old", id: "1", time: 20240101)
            .Designation("b", "first", id: "2", time: 20250101).Designation("b", "second", id: "2", time: 20250101);
        Assert.That(file.System.Count, Is.EqualTo(2));
        Assert.That(file.System.Flags(file.Find("a")), Is.EqualTo(ConceptFlags.Inactive));
        Assert.That(file.System.Flags(file.Find("b")), Is.EqualTo(ConceptFlags.Deprecated));
        Assert.That(file.Display("a"), Is.EqualTo("new"));
        Assert.That(file.Display("b"), Is.EqualTo("second"));
        Assert.That(file.System.Designations(file.Find("a")).Count, Is.EqualTo(1));
    }

    [Test]
    public void Duplicates_MoveBetweenConcepts_WithTheLaterRow()
    {
        using var file = new ReleaseFile().Concept("a").Concept("b")
            .Designation("a", "Apple", id: "1", time: 20240101).Designation("b", "Apple", id: "1", time: 20250101)
            .Link("a", "parent", "b", id: "9", time: 20240101).Link("a", "parent", "b", id: "9", active: false, time: 20250101);
        Assert.That(file.Display("a"), Is.Empty);
        Assert.That(file.Display("b"), Is.EqualTo("Apple"));
        Assert.That(file.System.Parents(file.Find("a")).Length, Is.Zero);
    }

    [Test]
    public void Dangling_Rows_AreReportedAndNotAnswered()
    {
        using var file = new ReleaseFile().Concept("a").Designation("zz", "Ghost").Property("zz", "p", PropertyType.String, "v").Parent("a", "zz");
        Assert.That(file.System.Count, Is.EqualTo(1));
        Assert.That(file.System.Parents(file.Find("a")).Length, Is.Zero);
        Assert.That(file.Report.Warnings, Is.EqualTo(3));
    }

    private static ReleaseFile Snomed(string language)
    {
        var file = new ReleaseFile(ReleaseFile.Snomed(language));
        foreach (var refset in new[] { UsEnglish, Danish, "900000000000508004" }) file.Sink.Refset(new(refset, RefsetType.Language, "c", ["acceptabilityId"]));
        return file;
    }
}

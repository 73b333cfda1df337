using Terminology.Mapping.Maps;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Review;

/// <summary>Two authors on a share of the rows, drawn by their keys.</summary>
public sealed class BlindShareTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 2000).Select(i => $"R{i}")];

    private static MapProject Map(int share) => Folk.Map with { Policy = new() { Review = ReviewMode.DualOnSample, DualShare = share } };

    [TestCase(5)]
    [TestCase(20)]
    [TestCase(80)]
    public void NeedsTwo_AShare_IsAboutThatShare_AndALargerOneKeepsIt(int share)
    {
        var drawn = Keys.Where(key => BlindShare.NeedsTwo(Map(share), key)).ToArray();
        Assert.That(drawn, Has.Length.EqualTo(Keys.Length * share / 100).Within(70));
        Assert.That(drawn.All(key => BlindShare.NeedsTwo(Map(share + 10), key)));
        Assert.That(Keys.Count(key => BlindShare.NeedsTwo(Map(share) with { Id = "other" }, key) != BlindShare.NeedsTwo(Map(share), key)), Is.GreaterThan(50), "another map draws others");
    }

    [Test]
    public void NeedsTwo_AllOrNone_AreAllOrNone()
    {
        Assert.That(Keys.All(key => BlindShare.NeedsTwo(Map(100), key)));
        Assert.That(Keys.Any(key => BlindShare.NeedsTwo(Map(0), key)), Is.False);
        Assert.That(Keys.Any(key => BlindShare.NeedsTwo(Folk.Map, key)), Is.False);
        Assert.That(Keys.All(key => BlindShare.NeedsTwo(Folk.Dual.Map, key)));
    }

    [Test]
    public void Take_DrawnRow_NeedsTwoAuthors_AndAnotherRowOne()
    {
        var situation = new RowSituation(Map(50), Folk.Noon);
        var (two, one) = (Keys.First(key => BlindShare.NeedsTwo(Map(50), key)), Keys.First(key => !BlindShare.NeedsTwo(Map(50), key)));
        RowCommand propose = new(RowVerb.Propose);
        Assert.That(Folk.After(Folk.Row(one), situation, (Folk.Decide("1-8"), Folk.Ada), (propose, Folk.Ada)).State, Is.EqualTo(MapRowState.Proposed));
        var half = Folk.After(Folk.Row(two), situation, (Folk.Decide("1-8"), Folk.Ada), (propose, Folk.Ada));
        Assert.That((half.State, half.Blind.Count), Is.EqualTo((MapRowState.Draft, 1)));
        Assert.That(Folk.After(half, situation, (Folk.Decide("2-6"), Folk.Ben), (propose, Folk.Ben)).State, Is.EqualTo(MapRowState.Conflict));
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(100, true)]
    [TestCase(101, false)]
    public void Rules_ShareOutOfRange_IsRefused(int share, bool isValid) => Assert.That(new MapProjectRules().Validate(Map(share)).IsValid, Is.EqualTo(isValid));
}

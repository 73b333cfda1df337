using Terminology.Maps;

namespace Terminology.Loaders.Gem;

public sealed class GemTests
{
    [Test]
    public void Flags_StayWithTheirTarget_AndACombinationIsNeverEquivalent()
    {
        var (_, elements) = Load("0010  A000    00000\n", "4280  I509    10000\n", "80700 S129XXA 00111\n", "80700 S14101A 00112\n");
        Assert.That(elements.Select(element => (element.Code, element.Targets[0].Code, element.Targets[0].Relationship)), Is.EqualTo(
        [
            ("001.0", "A00.0", MapRelationship.Equivalent), ("428.0", "I50.9", MapRelationship.RelatedTo), ("807.00", "S12.9XXA", MapRelationship.RelatedTo),
        ]));
        Assert.That(elements[2].Targets.Select(target => target.RuleGroup), Is.EqualTo([11, 12]));
        Assert.That(elements[2].Targets[1].Properties, Is.SupersetOf(new KeyValuePair<string, string>[] { new("combination", "true"), new("scenario", "1"), new("choice-list", "2") }));
    }

    [Test]
    public void NoMap_IsDecided_AndSaysSo()
    {
        var (_, elements) = Load("0010  A000    00000\n", "E0000 NoDx    11000\n");
        Assert.That(elements[1], Is.EqualTo(new MapElement("E000.0", elements[1].Targets) { NoMap = true, Comment = "The GEM says that there is no map." }));
        Assert.That(elements[1].Targets, Is.Empty);
    }

    private static (ConceptMapInfo Info, List<MapElement> Elements) Load(params string[] rows) => KeptRelease.Load(new(), ("2018_I9gem.txt", string.Concat(rows))).Maps.Single();
}

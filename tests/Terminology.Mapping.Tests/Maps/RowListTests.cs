using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Maps;

public sealed class RowListTests
{
    private static readonly MapRowState[] States = Enum.GetValues<MapRowState>();

    [Test]
    public void Changes_ManyRandomOnes_AreThoseOfAList()
    {
        var (random, list, expected) = (new Random(5), RowList.Empty, new List<RowEntry>());
        var earlier = new List<(RowList List, RowEntry[] Expected)>();
        for (var i = 0; i < 6_000; i++)
        {
            var entry = Entry(i, States[random.Next(States.Length)], i);
            if (expected.Count == 0 || random.Next(2) == 0)
            {
                list = list.Add(entry);
                expected.Add(entry);
            }
            else
            {
                var place = random.Next(expected.Count);
                list = list.Set(place, entry);
                expected[place] = entry;
            }
            if (i % 500 == 0) earlier.Add((list, [.. expected]));
        }
        earlier.Add((list, [.. expected]));
        foreach (var (then, was) in earlier)
        {
            Assert.That(then, Is.EqualTo(was), "a later change leaves it as it was");
            Assert.That(RowList.Of(was), Is.EqualTo(was));
            foreach (var state in States)
            {
                Assert.That(then.CountOf(state), Is.EqualTo(was.Count(entry => entry.Row.State == state)));
                var start = random.Next(was.Length);
                Assert.That(then.From(start, state), Is.EqualTo(was.Skip(start).Where(entry => entry.Row.State == state)), $"{state} from {start}");
            }
            Assert.That(list.OtherThan(then), Is.EqualTo(expected.Where((entry, place) => place >= was.Length || !ReferenceEquals(entry, was[place]))));
        }
    }

    [Test]
    public void From_BehindTheEnd_IsNothing() => Assert.That(RowList.Of([Entry(0, MapRowState.Draft, 1)]).From(7, MapRowState.Draft), Is.Empty);

    private static RowEntry Entry(int number, MapRowState state, int version) => new(new() { Key = $"K{number}", Code = $"K{number}", Number = number, State = state }, version);
}

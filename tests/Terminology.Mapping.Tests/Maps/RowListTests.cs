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
    public void Stored_ManyRandomChanges_AreThoseOfAListAndLittleIsRead()
    {
        var (random, read) = (new Random(11), 0);
        var expected = Enumerable.Range(0, 5_000).Select(i => Entry(i, States[i % 97 == 0 ? 3 : random.Next(3)], i)).ToList();
        RowEntry[] kept = [.. expected];
        var list = RowList.Of(new StoredRows(KeyTable.Of(kept.Select(entry => entry.Row.Key)), [.. kept.Select(entry => (byte)entry.Row.State)], [.. kept.Select(entry => entry.Stamp)], places =>
        {
            read += places.Count;
            return [.. places.Select(place => kept[place - 1].Row)];
        }));
        Assert.That(list.CountOf(States[3]), Is.EqualTo(expected.Count(entry => entry.Row.State == States[3])));
        Assert.That(list.From(2_000, null).Take(100), Is.EqualTo(expected.Skip(2_000).Take(100)));
        Assert.That(read, Is.LessThanOrEqualTo(256), "a page reads no more than it needs");
        var first = list;
        for (var i = 0; i < 300; i++)
        {
            var (place, before) = (random.Next(expected.Count), read);
            var entry = Entry(place, States[random.Next(States.Length)], 10_000 + i);
            list = list.Set(place, entry);
            Assert.That(read, Is.EqualTo(before), "what is replaced is not read");
            expected[place] = entry;
        }
        foreach (var state in States) Assert.That(list.From(0, state), Is.EqualTo(expected.Where(entry => entry.Row.State == state)));
        Assert.That(list, Is.EqualTo(expected));
        Assert.That(list.OtherThan(first), Is.EqualTo(expected.Where((entry, place) => entry.Stamp != kept[place].Stamp)));
        Assert.That(first, Is.EqualTo(kept), "the first is as it was");
    }

    [Test]
    public void From_BehindTheEnd_IsNothing() => Assert.That(RowList.Of([Entry(0, MapRowState.Draft, 1)]).From(7, MapRowState.Draft), Is.Empty);

    private static RowEntry Entry(int number, MapRowState state, int version) => new(new() { Key = $"K{number}", Code = $"K{number}", Number = number, State = state }, new(version, version + 1));
}

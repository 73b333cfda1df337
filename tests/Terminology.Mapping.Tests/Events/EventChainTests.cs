using Terminology.Mapping.People;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Events;

public sealed class EventChainTests
{
    private static List<ReadOnlyMemory<byte>> Chain(int count)
    {
        var (kept, previous) = (new List<ReadOnlyMemory<byte>>(), EventChain.Beginning);
        for (var i = 1; i <= count; i++)
        {
            var (bytes, hash) = EventChain.Write(new() { Map = "lab", Sequence = i, Actor = "ada", Kind = ActorKind.Person, At = Folk.Noon.AddMinutes(i), Verb = "decide", Row = Folk.Row($"K{i}") with { Content = Folk.To("2345-7"), State = MapRowState.Draft }, Previous = previous });
            kept.Add(bytes);
            previous = hash;
        }
        return kept;
    }

    [Test]
    public void Write_Read_IsTheSameEvent()
    {
        var bytes = Chain(1)[0];
        var (happened, hash) = EventChain.Read(bytes.Span);
        Assert.That(happened.Row!.Content, Is.EqualTo(Folk.To("2345-7")));
        Assert.That((happened.Row.State, happened.Sequence, happened.At), Is.EqualTo((MapRowState.Draft, 1L, Folk.Noon.AddMinutes(1))));
        Assert.That(EventChain.Write(happened).Hash, Is.EqualTo(hash), "what is read is written as it was");
    }

    [Test]
    public void Verify_AsWritten_HasNoFault() => Assert.That(EventChain.Verify(Chain(20)), Is.Empty);

    [Test]
    public void Verify_FlippedByte_IsNamed()
    {
        var kept = Chain(5);
        for (var place = 0; place < kept[2].Length; place += 7)
        {
            if (place == 64) continue;
            var broken = kept[2].ToArray();
            broken[place] ^= 1;
            List<ReadOnlyMemory<byte>> damaged = [kept[0], kept[1], broken, kept[3], kept[4]];
            Assert.That(EventChain.Verify(damaged), Has.Some.Contains("Event 3"), $"byte {place}");
        }
    }

    [Test]
    public void Verify_Deleted_IsNamed()
    {
        var kept = Chain(6);
        Assert.That(EventChain.Verify([kept[0], kept[1], kept[3], kept[4], kept[5]]), Is.EqualTo(new[] { "Event 3 is missing." }));
        Assert.That(EventChain.Verify([kept[0], kept[4], kept[5]]), Is.EqualTo(new[] { "Events 2 to 4 are missing." }));
    }

    [Test]
    public void Verify_Reordered_IsNamed()
    {
        var kept = Chain(4);
        Assert.That(EventChain.Verify([kept[0], kept[2], kept[1], kept[3]]), Has.Some.Contains("Event 2 stands where"));
    }

    [Test]
    public void Verify_CutOff_IsFoundByItsHead()
    {
        var kept = Chain(4);
        var head = EventChain.Read(kept[3].Span).Hash;
        Assert.That(EventChain.Verify(kept, head), Is.Empty);
        Assert.That(EventChain.Verify(kept.Take(3), head).Single(), Does.Contain(head));
    }
}

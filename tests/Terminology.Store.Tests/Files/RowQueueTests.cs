namespace Terminology.Store.Files;

public sealed class RowQueueTests
{
    [TestCase(0)]
    [TestCase(5)]
    [TestCase(100_000)]
    public void Drain_RowsOfTwoLanes_AllFiledInOrder(int count)
    {
        using var queue = new RowQueue();
        var (numbers, halves) = (new List<int>(), new List<double>());
        var (first, second) = (queue.Open((in int row) => numbers.Add(row)), queue.Open((in double row) => halves.Add(row)));
        for (var i = 0; i < count; i++)
        {
            first.Add(i);
            second.Add(i / 2.0);
        }
        queue.Drain();
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(0, count)));
        Assert.That(halves, Is.EqualTo(Enumerable.Range(0, count).Select(i => i / 2.0)));
    }

    [Test]
    [CancelAfter(60_000)]
    public void Add_FilingFails_SaysWhyAndNeverWaits()
    {
        using var queue = new RowQueue();
        var lane = queue.Open((in int row) =>
        {
            if (row == 5_000) throw new InvalidDataException("row 5000");
        });
        Assert.That(
            () =>
            {
                for (var i = 0; i < 10_000_000; i++) lane.Add(i);
                queue.Drain();
            },
            Throws.InstanceOf<InvalidDataException>().With.Message.EqualTo("row 5000"));
    }

    [Test]
    public void Dispose_RowsWaiting_FilesNoMore()
    {
        var filed = 0;
        using (var queue = new RowQueue())
        {
            var lane = queue.Open((in int _) => filed++);
            for (var i = 0; i < 100; i++) lane.Add(i);
        }
        Assert.That(filed, Is.Zero);
    }
}

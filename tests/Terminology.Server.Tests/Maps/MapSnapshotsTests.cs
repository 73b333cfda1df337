using System.Security.Cryptography;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Questions;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;

namespace Terminology.Server.Maps;

/// <summary>What is there after a start is what was there before, with a snapshot, without one, and whatever is wrong with it.</summary>
public sealed class MapSnapshotsTests
{
    private static readonly Person Ann = new("ann", ActorKind.Person, new Dictionary<string, MapRole> { ["lab"] = MapRole.Author });
    private string _data = "";

    private string Snapshot => Path.Combine(_data, "journal", "maps.snapshot");

    [SetUp]
    public void MakeFolder() => _data = Directory.CreateTempSubdirectory("terminology-maps").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_data, recursive: true);

    [Test]
    public async Task Start_BehindASnapshotAndMore_IsWhatWasThere()
    {
        string[] first = await WorkAsync(book => PutAsync(book, "one", 0, 700), book => PutAsync(book, "two", 0, 20));
        Assert.That(File.Exists(Snapshot), "written at the end");
        var old = await File.ReadAllBytesAsync(Snapshot);
        Assert.That(await WorkAsync(), Is.EqualTo(first));
        Assert.That(await File.ReadAllBytesAsync(Snapshot), Is.EqualTo(old), "nothing happened, nothing is written");
        var second = await WorkAsync(book => PutAsync(book, "one", 690, 30), book => PutAsync(book, "three", 0, 5), book => book.ChangeAsync(turn => turn.Put("one", new SettingsProposal { Policy = new(), By = "ann", At = turn.Now, Reason = "less" }, Ann, "propose-settings", "less")));
        Assert.That(second, Has.Some.Contains("less"));
        await File.WriteAllBytesAsync(Snapshot, old); // as after kill -9: events behind it
        Assert.That(await WorkAsync(), Is.EqualTo(second));
        File.Delete(Snapshot);
        Assert.That(await WorkAsync(), Is.EqualTo(second));
    }

    [Test]
    public async Task Start_WithADamagedSnapshot_DoesNotBelieveIt()
    {
        var there = await WorkAsync(book => PutAsync(book, "one", 0, 300));
        var good = await File.ReadAllBytesAsync(Snapshot);
        var random = new Random(3);
        for (var i = 0; i < 20; i++)
        {
            var bad = (byte[])good.Clone();
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(Snapshot, i % 3 == 0 ? bad[..random.Next(bad.Length)] : bad);
            Assert.That(await WorkAsync(), Is.EqualTo(there));
        }
    }

    /// <summary>The journal was put back to another day, and went on otherwise.</summary>
    [Test]
    public async Task Start_WithTheSnapshotOfAnotherJournal_DoesNotBelieveIt()
    {
        await WorkAsync(book => PutAsync(book, "one", 0, 40));
        var other = await File.ReadAllBytesAsync(Snapshot);
        Directory.Delete(Path.Combine(_data, "journal"), recursive: true);
        var there = await WorkAsync(book => PutAsync(book, "one", 5, 50));
        await File.WriteAllBytesAsync(Snapshot, other);
        Assert.That(await WorkAsync(), Is.EqualTo(there));
    }

    /// <summary>A snapshot with a right hash that says it is of a later day than the journal.</summary>
    [Test]
    public async Task Start_WithASnapshotAheadOfTheJournal_DoesNotBelieveIt()
    {
        var there = await WorkAsync(book => PutAsync(book, "one", 0, 10));
        var bytes = (await File.ReadAllBytesAsync(Snapshot))[..^SHA256.HashSizeInBytes];
        var place = BitConverter.GetBytes(16L);
        var at = bytes.AsSpan().IndexOf(place);
        BitConverter.GetBytes(17L).CopyTo(bytes, at);
        await File.WriteAllBytesAsync(Snapshot, [.. bytes, .. SHA256.HashData(bytes)]);
        Assert.That(await WorkAsync(), Is.EqualTo(there));
    }

    [Test]
    public async Task Write_WithManyEvents_ComesWithoutAnEnd()
    {
        using var journal = MapJournal.Open(_data, TimeProvider.System);
        var book = new MapBook(journal, new(_data), new(_data));
        for (var i = 0; i < 11; i++) await PutAsync(book, "one", i * 1000, 1000);
        for (var i = 0; i < 200 && !File.Exists(Snapshot); i++) await Task.Delay(20);
        Assert.That(File.Exists(Snapshot));
        using var again = new MapBook(journal, new(_data), new(_data));
        Assert.That(Seen(again), Is.EqualTo(Seen(book)));
    }

    private async Task<string[]> WorkAsync(params IEnumerable<Func<MapBook, Task>> work)
    {
        using var journal = MapJournal.Open(_data, TimeProvider.System);
        using var book = new MapBook(journal, new(_data), new(_data));
        foreach (var step in work) await step(book);
        return Seen(book);
    }

    private static Task<MapState> PutAsync(MapBook book, string map, int first, int count) => book.ChangeAsync(turn =>
    {
        if (!turn.Maps.ContainsKey(map)) turn.Create(new() { Id = map, Url = $"http://hospital.example/{map}", Title = map, SourceSystem = "http://hospital.example/local", TargetSystems = ["http://loinc.org"], Domain = "lab", Steward = "sue" }, Ann);
        for (var i = first; i < first + count; i++)
        {
            var row = turn.Find(map).Find($"K{i}")?.Row ?? new MapRow { Key = $"K{i}", Code = $"K{i}", Number = turn.Find(map).Rows.Count + 1 };
            turn.Put(map, row with { Display = $"{row.Display}again ", State = i % 3 == 0 ? MapRowState.Draft : row.State }, Ann, new(RowVerb.Enter), []);
        }
        var number = turn.Find(map).Samples.Count + 1;
        var sample = turn.Put(map, new() { Number = number, By = "ann", At = turn.Now, Seed = "s", Wanted = 0.05, Bound = SamplingBound.Of(1, 1, 0), Rows = [new($"K{first}", 1, "m")] }, new(number, [new($"K{first}", 1, "m")]), Ann);
        turn.Put(map, new Question { Number = turn.Find(map).Questions.Count + 1, Rows = [$"K{first}"], Text = "t", To = new() { Sender = "s" }, By = "ann", At = turn.Now }, Ann);
        turn.Put(map, sample with { State = SampleState.Withdrawn, Cause = "c" }, Ann, SampleVerb.Withdraw);
        return turn.Put(turn.Find(map).Project with { Title = $"{map} {first}" }, Ann);
    });

    private static string[] Seen(MapBook book) =>
    [
        .. book.All.SelectMany(map => map.Rows.Select(entry => $"{map.Project.Id} {map.Project.Title} {map.Sequence} {map.Head} {entry.Stamp} {entry.Row.Key} {entry.Row.Number} {entry.Row.State} {entry.Row.Display} {map.Find(entry.Row.Key)!.Version}")),
        .. book.All.SelectMany(map => map.Samples, (map, sample) => $"{map.Project.Id} {sample.Number} {sample.State} {sample.Rows[0].Key} {map.GroupOf(sample.Number).Rows[0].Key}"),
        .. book.All.SelectMany(map => map.Questions, (map, question) => $"{map.Project.Id} {question.Number} {question.State} {question.Rows[0]} {question.To}"),
        .. book.All.Select(map => $"{map.Project.Id} {map.CountOf(MapRowState.Draft)} {map.CountOf(MapRowState.Unmapped)} {map.Settings?.Reason} {string.Join("; ", book.Verify(map.Project.Id))}"),
    ];
}

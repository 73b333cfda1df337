using Terminology.Closure;
using Terminology.Journal;

namespace Terminology.Server.Hosting;

/// <summary>Closure tables after a restart.</summary>
public sealed class KeptClosureTablesTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("terminology-closure").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Replace_Reopened_IsTheSameTable()
    {
        var table = ClosureTable.Start("t", null);
        using (var journal = Open())
        {
            var tables = new KeptClosureTables(journal);
            Assert.That(await tables.ReplaceAsync(null, table));
            for (var version = 1; version <= 12; version++)
            {
                var next = Entered(table, version, "a", "b");
                Assert.That(await tables.ReplaceAsync(table, next));
                table = next;
            }
        }
        using var again = Open();
        var found = new KeptClosureTables(again).Find("t")!;
        Assert.That((found.Started, found.Version), Is.EqualTo((0, 12)));
        Assert.That(found.Concepts, Is.EqualTo(table.Concepts), "in the order entered");
        Assert.That(found.Systems, Is.EqualTo(table.Systems));
    }

    [Test]
    public async Task Replace_StartedAnew_ForgetsAfterARestartToo()
    {
        var table = ClosureTable.Start("t", null);
        using (var journal = Open())
        {
            var tables = new KeptClosureTables(journal);
            await tables.ReplaceAsync(null, table);
            var full = Entered(table, 1, "a");
            await tables.ReplaceAsync(table, full);
            var anew = ClosureTable.Start("t", full);
            await tables.ReplaceAsync(full, anew);
            await tables.ReplaceAsync(anew, Entered(anew, 3, "b"));
        }
        using var again = Open();
        Assert.That(new KeptClosureTables(again).Find("t")!.Concepts, Is.EqualTo(new[] { new ClosureConcept("http://example.org/s", "b", 3) }));
    }

    [Test]
    public async Task Replace_ToldInAnotherOrderThanDecided_KeepsTheLast()
    {
        using var journal = new LateJournal(Open());
        var tables = new KeptClosureTables(journal);
        var start = ClosureTable.Start("t", null);
        await tables.ReplaceAsync(null, start);
        var first = Entered(start, 1, "a");
        journal.Late = new();
        var late = tables.ReplaceAsync(start, first);
        var release = journal.Late;
        journal.Late = null;
        Assert.That(await tables.ReplaceAsync(first, Entered(first, 2, "b")));
        release.SetResult();
        Assert.That(await late);
        Assert.That(tables.Find("t")!.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task Replace_AnotherCameBetween_IsRefused()
    {
        using var journal = Open();
        var tables = new KeptClosureTables(journal);
        var table = ClosureTable.Start("t", null);
        await tables.ReplaceAsync(null, table);
        Assert.That(await tables.ReplaceAsync(null, table), Is.False);
        Assert.That(await tables.ReplaceAsync(table, Entered(table, 1, "a")));
        Assert.That(await tables.ReplaceAsync(table, Entered(table, 1, "b")), Is.False);
        Assert.That(tables.Find("t")!.Concepts.Single().Code, Is.EqualTo("a"));
    }

    private static ClosureTable Entered(ClosureTable table, int version, params string[] codes) => table with
    {
        Version = version,
        Systems = [new("http://example.org/s", null, "1")],
        Concepts = table.Concepts.AddRange(codes.Select(code => new ClosureConcept("http://example.org/s", code, version))),
    };

    private LiteJournal Open() => LiteJournal.Open(_folder, TimeProvider.System, Store.Data.DataFolder.SyncFolder);

    /// <summary>Tells who has written only when it is allowed to.</summary>
    private sealed class LateJournal(IJournal journal) : IJournal
    {
        public TaskCompletionSource? Late { get; set; }

        public JournalState Current => journal.Current;

        public event Action<IReadOnlyList<JournalDocument>>? Committed
        {
            add => journal.Committed += value;
            remove => journal.Committed -= value;
        }

        public async Task<T> ChangeAsync<T>(Func<JournalTurn, T> decide)
        {
            var late = Late;
            var changed = await journal.ChangeAsync(decide);
            if (late is not null) await late.Task;
            return changed;
        }

        public Task<JournalDocument?> VersionAsync(string collection, string id, int version) => journal.VersionAsync(collection, id, version);

        public Task<IReadOnlyList<JournalDocument>> HistoryAsync(string collection, string? id, long before, int count) => journal.HistoryAsync(collection, id, before, count);

        public IReadOnlyList<JournalDocument> Read(string collection, IReadOnlyList<long> sequences) => journal.Read(collection, sequences);

        public IReadOnlyList<JournalDocument> ReadBack(string collection, long sequence, int count) => journal.ReadBack(collection, sequence, count);

        public IReadOnlyList<JournalDocument> ReadOn(string collection, long after, int count) => journal.ReadOn(collection, after, count);

        public Task CopyToAsync(string folder) => journal.CopyToAsync(folder);

        public void Dispose() => journal.Dispose();
    }
}

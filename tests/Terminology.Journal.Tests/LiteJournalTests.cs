using System.Text;
using Terminology.Issues;

namespace Terminology.Journal;

/// <summary>What goes in comes out, in order, after a restart too.</summary>
public sealed class LiteJournalTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("terminology-journal").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Write_Reopened_IsThere()
    {
        using (var journal = Open())
        {
            await WriteAsync(journal, "ValueSet", "a", "one");
            await WriteAsync(journal, "ValueSet", "a", "two");
            await WriteAsync(journal, "Key", "a", "other");
            await journal.ChangeAsync(turn => turn.Delete("Key", "a", "me"));
        }
        using var again = Open();
        var found = again.Current.Find("ValueSet", "a")!;
        Assert.That((found.Version, found.Author, Text(found)), Is.EqualTo((2, "me", "two")));
        Assert.That(again.Current.Find("Key", "a"), Has.Property("Deleted").True.And.Property("Version").EqualTo(2));
        Assert.That(again.Current.TryFind("Key", "a", out _), Is.False);
        Assert.That(Text((await again.VersionAsync("ValueSet", "a", 1))!), Is.EqualTo("one"));
        Assert.That(await again.VersionAsync("ValueSet", "a", 3), Is.Null);
        var next = await WriteAsync(again, "Key", "a", "again");
        Assert.That((next.Version, next.Sequence), Is.EqualTo((3, 5L)));
    }

    /// <summary>LiteDB's defaults would trim and compare without case.</summary>
    [Test]
    public async Task Write_IdsAndTextsThatDefaultsWouldAlter_StayAsTheyAre()
    {
        string[] ids = [" a ", "A", "a", "ä", "\u0061\u0308", "a\tb", "ß", "ss", "ﬁ", "I", "ı", "\U0001F600"];
        using (var journal = Open())
        {
            foreach (var id in ids) await journal.ChangeAsync(turn => turn.Write("Codes", id, " me ", Encoding.UTF8.GetBytes(id)));
            await journal.ChangeAsync(turn => turn.Write("Codes", "empty", "me", ReadOnlyMemory<byte>.Empty));
        }
        using var again = Open();
        Assert.That(again.Current.Count("Codes"), Is.EqualTo(ids.Length + 1));
        foreach (var id in ids)
        {
            var found = again.Current.Find("Codes", id)!;
            Assert.That((found.Id, found.Author, Text(found), found.Version), Is.EqualTo((id, " me ", id, 1)));
        }
        Assert.That(again.Current.Find("Codes", "empty")!.Body.IsEmpty);
    }

    [TestCase(8 << 20)]
    [TestCase((8 << 20) + 1)]
    [TestCase(40_000_000)]
    public async Task Write_LongBody_ComesBackWhole(int length)
    {
        var body = new byte[length];
        new Random(7).NextBytes(body);
        using (var journal = Open()) await journal.ChangeAsync(turn => turn.Write("Big", "one", "me", body));
        using var again = Open();
        Assert.That(again.Current.Find("Big", "one")!.Body.Span.SequenceEqual(body));
    }

    [Test]
    public async Task Change_Throws_NothingOfItIsWritten()
    {
        using var journal = Open();
        await Assert.ThatAsync(() => journal.ChangeAsync<int>(turn =>
        {
            turn.Write("X", "a", "me", "one"u8.ToArray());
            throw new TerminologyException(IssueType.Conflict, "NO", "no");
        }), Throws.TypeOf<TerminologyException>());
        Assert.That(journal.Current.Find("X", "a"), Is.Null);
        Assert.That((await WriteAsync(journal, "X", "a", "two")).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Change_ManyAtOnce_EachSeesTheOthersAndFewFlushesServeAll()
    {
        using var journal = Open();
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(() => journal.ChangeAsync(turn =>
        {
            var before = turn.State.Find("Counter", "one") is { } found ? int.Parse(Text(found), System.Globalization.CultureInfo.InvariantCulture) : 0;
            return turn.Write("Counter", "one", "me", Encoding.UTF8.GetBytes($"{before + 1}"));
        }))));
        Assert.That(Text(journal.Current.Find("Counter", "one")!), Is.EqualTo("2000"));
        Assert.That(journal.Flushes, Is.InRange(1, 1999));
        TestContext.Out.WriteLine($"2000 changes, {journal.Flushes} flushes");
        var history = await journal.HistoryAsync("Counter", "one", long.MaxValue, 3);
        Assert.That(history.Select(Text), Is.EqualTo(new[] { "2000", "1999", "1998" }));
        Assert.That((await journal.HistoryAsync("Counter", null, history[^1].Sequence, 1)).Select(Text), Is.EqualTo(new[] { "1997" }));
    }

    [Test]
    public async Task History_OfOneAmongMany_IsItsOwnAndGoesOverDeletions()
    {
        using var journal = Open();
        await WriteAsync(journal, "X", "one", "1");
        for (var i = 0; i < 300; i++) await journal.ChangeAsync(turn => turn.Write("X", $"other{i % 7}", "me", "other"u8.ToArray()));
        await journal.ChangeAsync(turn => turn.Delete("X", "one", "me"));
        await WriteAsync(journal, "X", "one", "3");
        var history = await journal.HistoryAsync("X", "one", long.MaxValue, 10);
        Assert.That(history.Select(document => (document.Version, document.Deleted)), Is.EqualTo(new[] { (3, false), (2, true), (1, false) }));
        Assert.That((await journal.HistoryAsync("X", "one", history[0].Sequence, 1)).Single().Version, Is.EqualTo(2));
        Assert.That(Text((await journal.VersionAsync("X", "one", 1))!), Is.EqualTo("1"));
        Assert.That(await journal.HistoryAsync("X", "nobody", long.MaxValue, 10), Is.Empty);
        Assert.That((await journal.HistoryAsync("X", null, long.MaxValue, 1000)).Select(document => document.Sequence), Is.EqualTo(Enumerable.Range(1, 303).Reverse()));
    }

    [Test]
    public async Task Committed_IsRaised_BeforeTheWriterIsTold()
    {
        using var journal = Open();
        var shown = 0;
        journal.Committed += documents =>
        {
            Thread.Sleep(20);
            shown += documents.Count;
        };
        await WriteAsync(journal, "X", "a", "one");
        Assert.That(shown, Is.EqualTo(1));
    }

    [Test]
    public void Open_ByAnother_IsRefusedWithTheReason()
    {
        using var journal = Open();
        Assert.That(Assert.Throws<TerminologyException>(() => Open())!.Message, Does.Contain("Another process"));
    }

    [Test]
    public async Task CopyTo_UnderWriting_IsAJournalOfOneMoment()
    {
        var copy = Path.Combine(_folder, "copy");
        int atLeast;
        using (var journal = Open())
        {
            for (var i = 0; i < 50; i++) await WriteAsync(journal, "X", "a", $"{i}");
            var writing = Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => WriteAsync(journal, "X", "a", "more"))));
            atLeast = journal.Current.Find("X", "a")!.Version;
            await journal.CopyToAsync(copy);
            await writing;
            Assert.That(journal.Current.Find("X", "a")!.Version, Is.EqualTo(250));
        }
        using var opened = LiteJournal.Open(copy, TimeProvider.System, _ => { });
        Assert.That(opened.Current.Find("X", "a")!.Version, Is.InRange(atLeast, 250));
        Assert.That((await opened.HistoryAsync("X", "a", long.MaxValue, 1000)).Count, Is.EqualTo(opened.Current.Find("X", "a")!.Version));
    }

    [Test]
    public async Task Log_Reopened_IsReadWhereItIsAskedForAndKnownByNobodyElse()
    {
        using (var journal = Open())
        {
            JournalPlace[] newest = [default, default];
            for (var i = 0; i < 60; i++) newest[i % 2] = (await AppendAsync(journal, $"row {i % 2}", $"{i}", newest[i % 2])).Place;
            Assert.That(newest[1], Is.EqualTo(new JournalPlace(30, 60)));
        }
        using var again = Open();
        Assert.That(again.Current.Sequence, Is.EqualTo(60));
        Assert.That(again.Current.Count("Log"), Is.Zero);
        Assert.Throws<InvalidOperationException>(() => again.Current.Find("Log", "row 1"));
        await Assert.ThatAsync(() => WriteAsync(again, "Log", "row 1", "no"), Throws.InvalidOperationException);
        await Assert.ThatAsync(() => again.ChangeAsync(turn => turn.Append("X", "a", "me", default, default)), Throws.InvalidOperationException);
        Assert.That(again.Read("Log", [60, 1, 31]).Select(Text), Is.EqualTo(new[] { "59", "0", "30" }));
        Assert.That(again.Read("Log", [3, 5, 4]).Select(Text), Is.EqualTo(new[] { "2", "4", "3" }));
        Assert.Throws<ArgumentException>(() => again.Read("Log", [60, 61]));
        Assert.That(again.ReadBack("Log", 60, 3).Select(Text), Is.EqualTo(new[] { "59", "57", "55" }));
        Assert.That(again.ReadBack("Log", 60, int.MaxValue), Has.Count.EqualTo(30));
        Assert.That(again.ReadBack("Log", 0, 3), Is.Empty);
        Assert.That(again.ReadOn("Log", 0, 2).Select(Text), Is.EqualTo(new[] { "0", "1" }));
        Assert.That(again.ReadOn("Log", 58, 10).Select(Text), Is.EqualTo(new[] { "58", "59" }));
        Assert.That((await again.HistoryAsync("Log", null, long.MaxValue, 1)).Select(Text), Is.EqualTo(new[] { "59" }));
        Assert.That(again.ReadOn("Nothing", 0, 10), Is.Empty);
    }

    /// <summary>Whoever reads may hold what a change is waiting for, and a change may read.</summary>
    [Test]
    public async Task Read_WhileAChangeWaits_IsAnswered()
    {
        using var journal = Open();
        var first = await AppendAsync(journal, "row", "one", default);
        using var reached = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var change = journal.ChangeAsync(_ =>
        {
            reached.Set();
            release.Wait();
            return Text(journal.Read("Log", [first.Sequence]).Single());
        });
        reached.Wait();
        Assert.That(Text(journal.Read("Log", [first.Sequence]).Single()), Is.EqualTo("one"));
        release.Set();
        Assert.That(await change, Is.EqualTo("one"));
    }

    /// <summary>LiteDB itself answers wrongly when several threads read at once.</summary>
    [Test]
    public async Task Read_ByManyWhileOthersWrite_IsWhatWasWritten()
    {
        const int Writers = 4, Each = 60;
        using var journal = Open();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++) await journal.ChangeAsync(turn => turn.Append("Log", $"row {writer}", "me", Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Repeat(turn.State.Sequence + 1, 100))), default));
        })));
        var reading = Enumerable.Range(0, 4).Select(reader => Task.Run(() =>
        {
            var (random, looks) = (new Random(reader), 0);
            while (!writing.IsCompleted || looks == 0)
            {
                var durable = (int)journal.Current.Sequence;
                if (durable == 0) continue;
                long[] places = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => (long)random.Next(1, durable + 1))];
                foreach (var (document, place) in journal.Read("Log", places).Zip(places)) Assert.That(Text(document), Is.EqualTo(string.Join(' ', Enumerable.Repeat(place, 100))));
                foreach (var document in journal.ReadOn("Log", random.Next(durable), 60)) Assert.That(document.Sequence, Is.LessThanOrEqualTo(journal.Current.Sequence), "what is not durable is shown to nobody");
                looks++;
            }
        })).ToArray();
        await writing;
        await Task.WhenAll(reading);
        Assert.That(journal.ReadOn("Log", 0, int.MaxValue).Select(document => document.Sequence), Is.EqualTo(Enumerable.Range(1, Writers * Each)));
    }

    [Test]
    public async Task Read_AfterTheEnd_SaysSo()
    {
        var journal = Open();
        await AppendAsync(journal, "row", "one", default);
        journal.Dispose();
        Assert.That(Assert.Throws<TerminologyException>(() => journal.Read("Log", [1]))!.MessageId, Is.EqualTo("JOURNAL_CLOSED"));
        await Assert.ThatAsync(() => WriteAsync(journal, "X", "a", "one"), Throws.TypeOf<TerminologyException>());
    }

    [Test]
    public async Task Instant_ClockGoesBack_NeverDoes()
    {
        var clock = new Clock { Now = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero) };
        using var journal = LiteJournal.Open(Path.Combine(_folder, "journal"), clock, _ => { });
        await WriteAsync(journal, "X", "a", "one");
        clock.Now = clock.Now.AddDays(-1);
        Assert.That((await WriteAsync(journal, "X", "a", "two")).Instant, Is.EqualTo(clock.Now.AddDays(1)));
    }

    private LiteJournal Open() => LiteJournal.Open(Path.Combine(_folder, "journal"), TimeProvider.System, _ => { }, "Log");

    private static Task<JournalDocument> AppendAsync(LiteJournal journal, string id, string text, JournalPlace newest)
        => journal.ChangeAsync(turn => turn.Append("Log", id, "me", Encoding.UTF8.GetBytes(text), newest));

    private static Task<JournalDocument> WriteAsync(LiteJournal journal, string collection, string id, string text)
        => journal.ChangeAsync(turn => turn.Write(collection, id, "me", Encoding.UTF8.GetBytes(text)));

    private static string Text(JournalDocument document) => Encoding.UTF8.GetString(document.Body.Span);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

using System.Threading.Channels;
using LiteDB;
using Terminology.Issues;

namespace Terminology.Journal;

/// <summary>
/// The journal in a LiteDB file, under three rules: one process (<see cref="OwnerLock"/>), one thread at a time that touches the database, and a flush of its log to the disk before
/// anyone is told that something was written. All changes that wait are decided by one thread, and are one transaction and one flush.
/// </summary>
/// <remarks>LiteDB 5.0.21 hands its log to the system without a flush; docs/decisions/0014.</remarks>
public sealed class LiteJournal : IJournal
{
    private const string FileName = "journal.db", LogName = "journal-log.db";
    private const int LargestGroup = 1000;
    private const int PagesOfLog = 250; // so many of 8 KB go into the data file at once, and changes wait for them: 10 to 20 ms
    private readonly Channel<Change> _changes = Channel.CreateUnbounded<Change>(new() { SingleReader = true, AllowSynchronousContinuations = true });
    private readonly Lock _one = new(); // LiteDB answers wrongly when several threads read at once
    private readonly ManualResetEventSlim _noChangeWaits = new(initialState: true);
    private readonly Thread _decider;
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly Action<string> _syncFolder;
    private readonly FileStream _lock;
    private readonly LiteDatabase _database;
    private readonly Rows _rows;
    private volatile JournalState _current;
    private string? _broken;
    private long _flushes;
    private bool _isClosed;

    private LiteJournal(string folder, TimeProvider clock, Action<string> syncFolder, IReadOnlyList<string> logs)
    {
        (_folder, _clock, _syncFolder) = (folder, clock, syncFolder);
        _lock = OwnerLock.Take(folder);
        try
        {
            ((_database, _rows), _current) = Begin(logs);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
        _decider = new(Run) { Name = "journal", IsBackground = true };
        _decider.Start();
    }

    /// <summary>A change that waits to be decided.</summary>
    /// <param name="Decide">Runs it over the state.</param>
    /// <param name="Done">Tells the caller that all is durable.</param>
    /// <param name="Fail">Tells the caller what went wrong.</param>
    private sealed record Change(Action<JournalTurn> Decide, Action Done, Action<Exception> Fail);

    /// <inheritdoc/>
    public event Action<IReadOnlyList<JournalDocument>>? Committed;

    /// <inheritdoc/>
    public JournalState Current => _current;

    /// <summary>How often the log was flushed to the disk.</summary>
    internal long Flushes => Interlocked.Read(ref _flushes);

    /// <summary>Opens a journal, or begins one; reads all of it but the logs.</summary>
    /// <param name="folder">Of its own, for nothing else.</param>
    /// <param name="clock">Dates the documents.</param>
    /// <param name="syncFolder">Makes the names of files in a folder durable.</param>
    /// <param name="logs">The collections that are logs, see <see cref="JournalState.Without"/>.</param>
    /// <exception cref="TerminologyException">Conflict: another process has it open. Exception: the file is damaged.</exception>
    public static LiteJournal Open(string folder, TimeProvider clock, Action<string> syncFolder, params IReadOnlyList<string> logs)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new(folder, clock, syncFolder, logs);
        }
        catch (LiteException problem)
        {
            throw new StoreFormat(Path.Combine(folder, FileName), $"the journal cannot be opened: {problem.Message} Restore it from a backup.");
        }
    }

    /// <inheritdoc/>
    public Task<T> ChangeAsync<T>(Func<JournalTurn, T> decide)
    {
        var promise = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = default(T);
        var change = new Change(turn => result = decide(turn), () => promise.SetResult(result!), promise.SetException);
        if (!_changes.Writer.TryWrite(change)) promise.SetException(Closed("the server is stopping"));
        return promise.Task;
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournalDocument> Read(string collection, IReadOnlyList<long> sequences) => Alone(() => _rows.Read(collection, sequences));

    /// <inheritdoc/>
    public IReadOnlyList<JournalDocument> ReadBack(string collection, long sequence, int count) => Alone<IReadOnlyList<JournalDocument>>(() => [.. _rows.Back(collection, sequence).Take(count)]);

    /// <inheritdoc/>
    public IReadOnlyList<JournalDocument> ReadOn(string collection, long after, int count)
        => Alone<IReadOnlyList<JournalDocument>>(() => [.. _rows.Read(collection, after + 1, Current.Sequence, newestFirst: false).Take(count)]);

    /// <inheritdoc/>
    public Task<JournalDocument?> VersionAsync(string collection, string id, int version)
    {
        if (Current.Find(collection, id) is not { } newest || version < 1 || version > newest.Version) return Task.FromResult<JournalDocument?>(null);
        if (version == newest.Version) return Task.FromResult<JournalDocument?>(newest);
        return AloneAsync(() => _rows.Back(collection, newest.Previous).FirstOrDefault(document => document.Version == version));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalDocument>> HistoryAsync(string collection, string? id, long before, int count)
    {
        if (id is not null)
        {
            return Current.Find(collection, id) is { } newest
                ? AloneAsync<IReadOnlyList<JournalDocument>>(() => [.. _rows.Back(collection, newest.Sequence).SkipWhile(document => document.Sequence >= before).Take(count)])
                : Task.FromResult<IReadOnlyList<JournalDocument>>([]);
        }
        var last = Math.Min(before - 1, Current.Sequence);
        return AloneAsync<IReadOnlyList<JournalDocument>>(() => [.. _rows.Read(collection, 0, last, newestFirst: true).Take(count)]);
    }

    /// <inheritdoc/>
    public Task CopyToAsync(string folder) => AloneAsync(() =>
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any()) throw new IOException($"{folder} is not empty.");
        // With an empty log the data file is the whole journal, and nobody else is here.
        _database.Checkpoint();
        var copy = Path.Combine(folder, FileName);
        File.Copy(Path.Combine(_folder, FileName), copy);
        Flush(copy);
        _syncFolder(folder);
        return true;
    });

    /// <summary>Finishes what waits, then closes.</summary>
    public void Dispose()
    {
        if (!_changes.Writer.TryComplete()) return;
        _decider.Join();
        Alone(() => _isClosed = true);
        _database.Dispose();
        _lock.Dispose();
    }

    private ((LiteDatabase, Rows), JournalState) Begin(IReadOnlyList<string> logs)
    {
        var (database, rows) = OpenDatabase(_folder);
        Flush(FileName);
        _syncFolder(_folder);
        // Of a log its last document says how far the journal has come.
        var documents = rows.Collections.SelectMany(collection => logs.Contains(collection) ? rows.Read(collection, 0, long.MaxValue, newestFirst: true).Take(1) : rows.Read(collection, 0, long.MaxValue, newestFirst: false));
        return ((database, rows), JournalState.Without(logs).With(documents));
    }

    private void Run()
    {
        var group = new List<Change>();
        while (_changes.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < LargestGroup && _changes.Reader.TryRead(out var change)) group.Add(change);
            Write(group);
            group.Clear();
        }
    }

    /// <summary>Decides all, writes what they decided in one transaction, flushes it, shows it, and only then tells them.</summary>
    private void Write(IReadOnlyList<Change> changes)
    {
        var (state, documents, decided) = (_current, new List<JournalDocument>(), new List<Change>());
        foreach (var change in changes)
        {
            var turn = new JournalTurn(state, _clock.GetUtcNow());
            try
            {
                if (_broken is not null) throw Closed(_broken);
                change.Decide(turn);
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                change.Fail(problem);
                continue;
            }
            state = turn.State;
            documents.AddRange(turn.Written);
            decided.Add(change);
        }
        if (documents.Count > 0 && !TryPersist(documents, decided)) return;
        _current = state;
        if (documents.Count > 0) Committed?.Invoke(documents);
        foreach (var change in decided) change.Done();
    }

    private bool TryPersist(List<JournalDocument> documents, List<Change> decided)
    {
        try
        {
            Alone(() => Insert(documents));
            Flush(LogName); // while others read; of what is not durable yet nobody knows
            Interlocked.Increment(ref _flushes);
            return true;
        }
        catch (Exception problem) when (problem is LiteException or IOException or UnauthorizedAccessException)
        {
            // After a failed flush nobody knows what is on the disk: only a new start, which reads it, may go on.
            _broken = $"its last write failed: {problem.Message}";
            foreach (var change in decided) change.Fail(Closed(_broken));
            return false;
        }
    }

    /// <summary>Touches the database while nobody else does. What changes need goes before what is only read, however many read.</summary>
    private T Alone<T>(Func<T> work)
    {
        var isChange = Thread.CurrentThread == _decider;
        if (isChange) _noChangeWaits.Reset();
        else _noChangeWaits.Wait();
        try
        {
            lock (_one)
            {
                return _isClosed ? throw Closed("the server is stopping") : work();
            }
        }
        finally
        {
            if (isChange) _noChangeWaits.Set();
        }
    }

    private Task<T> AloneAsync<T>(Func<T> work) => Task.Run(() => Alone(work));

    private bool Insert(List<JournalDocument> documents)
    {
        _database.BeginTrans();
        foreach (var document in documents) _rows.Insert(document);
        return _database.Commit();
    }

    private void Flush(string name)
    {
        using var file = File.OpenHandle(Path.Combine(_folder, name), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }

    internal static TerminologyException Closed(string reason) => new(IssueType.Transient, "JOURNAL_CLOSED", $"The journal is closed: {reason}. What was acknowledged is kept.");

    private static (LiteDatabase Database, Rows Rows) OpenDatabase(string folder)
    {
        // Ordinal order, and texts as they are: LiteDB would trim them, take empty ones for null and compare without case.
        var database = new LiteDatabase(
            new ConnectionString { Filename = Path.Combine(folder, FileName), Collation = Collation.Binary, Connection = ConnectionType.Direct },
            new BsonMapper { TrimWhitespace = false, EmptyStringToNull = false, SerializeNullValues = true })
        {
            CheckpointSize = PagesOfLog,
        };
        return (database, new(database));
    }
}

using System.Collections.Concurrent;

namespace Terminology.Journal;

/// <summary>
/// The one thread that touches the database. It waits for nothing but the disk, so whoever holds a lock may wait for it. What changes need goes before what is only read.
/// </summary>
/// <remarks>LiteDB answers wrongly when several threads read; docs/decisions/0014.</remarks>
internal sealed class DatabaseThread : IDisposable
{
    private readonly ConcurrentQueue<Action> _first = [], _then = [];
    private readonly BlockingCollection<bool> _waiting = []; // an entry for each that waits in one of both
    private readonly Thread _thread;

    public DatabaseThread()
    {
        _thread = new(Run) { Name = "journal database", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Does something there.</summary>
    /// <param name="work">What.</param>
    /// <param name="isFirst">Before what only reads?</param>
    /// <exception cref="Issues.TerminologyException">Transient: it has ended.</exception>
    public Task<T> AskAsync<T>(Func<T> work, bool isFirst = false)
    {
        var promise = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Work()
        {
            try
            {
                promise.TrySetResult(work());
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                promise.TrySetException(problem);
            }
        }
        (isFirst ? _first : _then).Enqueue(Work);
        try
        {
            _waiting.Add(isFirst);
        }
        catch (InvalidOperationException)
        {
            promise.TrySetException(LiteJournal.Closed("the server is stopping"));
        }
        return promise.Task;
    }

    /// <summary>Does something there, and waits for it.</summary>
    public T Ask<T>(Func<T> work, bool isFirst = false) => AskAsync(work, isFirst).GetAwaiter().GetResult();

    /// <summary>Finishes what waits.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
    }

    private void Run()
    {
        foreach (var _ in _waiting.GetConsumingEnumerable()) Next();
        while (Next()) // of those who were told that it has ended, some may have taken the turn of another
        {
        }
    }

    private bool Next()
    {
        if (!_first.TryDequeue(out var work) && !_then.TryDequeue(out work)) return false;
        work();
        return true;
    }
}

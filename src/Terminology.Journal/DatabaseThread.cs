using System.Collections.Concurrent;

namespace Terminology.Journal;

/// <summary>The one thread that touches the database. It waits for nothing but the disk, so whoever holds a lock may wait for it.</summary>
/// <remarks>LiteDB answers wrongly when several threads read; docs/decisions/0014.</remarks>
internal sealed class DatabaseThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public DatabaseThread()
    {
        _thread = new(() =>
        {
            foreach (var work in _work.GetConsumingEnumerable()) work();
        })
        { Name = "journal database", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Does something there, after what was asked for before.</summary>
    /// <exception cref="Issues.TerminologyException">Transient: it has ended.</exception>
    public Task<T> AskAsync<T>(Func<T> work)
    {
        var promise = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Work()
        {
            try
            {
                promise.SetResult(work());
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                promise.SetException(problem);
            }
        }
        try
        {
            _work.Add(Work);
        }
        catch (InvalidOperationException)
        {
            promise.SetException(LiteJournal.Closed("the server is stopping"));
        }
        return promise.Task;
    }

    /// <summary>Does something there, and waits for it.</summary>
    public T Ask<T>(Func<T> work) => AskAsync(work).GetAwaiter().GetResult();

    /// <summary>Finishes what waits.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }
}

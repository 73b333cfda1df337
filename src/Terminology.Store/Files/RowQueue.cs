using System.Buffers;
using System.Collections.Concurrent;

namespace Terminology.Store.Files;

/// <summary>
/// Takes rows from the thread that reads a release and files them on a second one, in the order given: parsing and filing then cost the longer of the two,
/// not their sum. A release too small to fill a batch never starts that thread.
/// </summary>
internal sealed class RowQueue : IDisposable
{
    private const int BatchLength = 2048, BatchesWaiting = 64;
    private readonly BlockingCollection<Action> _waiting = new(BatchesWaiting);
    private readonly List<Action> _flushes = [];
    private Task? _filing;

    /// <summary>A lane for rows of one type. Rows of one lane keep their order; lanes share nothing.</summary>
    public Lane<T> Open<T>(Filing<T> file)
        where T : struct
    {
        var lane = new Lane<T>(this, file);
        _flushes.Add(lane.Flush);
        return lane;
    }

    /// <summary>Returns when all rows are filed; none may follow.</summary>
    public void Drain()
    {
        foreach (var flush in _flushes) flush();
        _waiting.CompleteAdding();
        _filing?.GetAwaiter().GetResult();
        _filing = null;
    }

    /// <summary>Stops without filing what waits.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        while (_waiting.TryTake(out _))
        {
        }
        if (_filing is { } filing) Task.WaitAny(filing);
        _waiting.Dispose();
    }

    private void Enqueue(Action batch)
    {
        _filing ??= Task.Factory.StartNew(File, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (_filing.IsFaulted) _filing.GetAwaiter().GetResult();
        _waiting.Add(batch);
    }

    private void File()
    {
        try
        {
            foreach (var batch in _waiting.GetConsumingEnumerable()) batch();
        }
        catch
        {
            // The reader must not wait for room that never comes.
            while (_waiting.TryTake(out _))
            {
            }
            throw;
        }
    }

    /// <summary>How a row is filed.</summary>
    public delegate void Filing<T>(in T row);

    /// <summary>Rows of one type on their way.</summary>
    internal sealed class Lane<T>(RowQueue queue, Filing<T> file)
        where T : struct
    {
        private T[]? _batch;
        private int _count;
        private bool _fullBefore;

        public void Add(in T row)
        {
            _batch ??= ArrayPool<T>.Shared.Rent(BatchLength);
            _batch[_count++] = row;
            if (_count < BatchLength) return;
            var (batch, count) = (_batch, _count);
            (_batch, _count, _fullBefore) = (null, 0, true);
            queue.Enqueue(() => FileAll(batch, count));
        }

        public void Flush()
        {
            if (_batch is not { } batch) return;
            var count = _count;
            (_batch, _count) = (null, 0);
            if (_fullBefore) queue.Enqueue(() => FileAll(batch, count));
            else FileAll(batch, count);
        }

        private void FileAll(T[] batch, int count)
        {
            for (var i = 0; i < count; i++) file(batch[i]);
            ArrayPool<T>.Shared.Return(batch);
        }
    }
}

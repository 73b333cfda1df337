using System.Runtime.ExceptionServices;
using Terminology.Bulk;
using Terminology.Issues;
using Terminology.Loaders.Tables;

namespace Terminology.Server.Bulk;

/// <summary>
/// A CSV table of codes through a question: rows keep their order and what is in them, the answer is appended. Equal rows are asked once. Blocks of rows are answered at the same
/// time, so many as there are cores, and written in their order; a few are under way, whatever the length of the table.
/// </summary>
/// <param name="table">The rows.</param>
/// <param name="question">The columns that make the question, in the order in which <paramref name="workOut"/> wants them.</param>
/// <param name="appended">The columns that are appended.</param>
/// <param name="workOut">The answers to a question: whether it counts as found, and the fields of each line. Called by several threads.</param>
/// <remarks>Everything runs where <see cref="RunAsync"/> is called: on the threads of heavy work at most on half of them.</remarks>
internal sealed class BulkTable(CodeTable table, IReadOnlyList<int> question, BulkColumns appended, Func<string[], (bool Found, IReadOnlyList<IReadOnlyList<string>> Lines)> workOut)
{
    private readonly int[] _question = [.. question];
    private readonly BulkAnswers _answers = new();
    private readonly Queue<Task<BulkBlock>> _underWay = new();
    private readonly Stack<BulkBlock> _free = new();
    private Task _reading = Task.CompletedTask;
    private BulkBlock? _handedOn;
    private long _rows, _missed;

    /// <summary>Called for each question that is not found, once for each block that asks it, in order.</summary>
    public Action<BulkMiss>? Missed { get; init; }

    /// <summary>Called with rows read and not found, each time a block is written.</summary>
    public Action<long, long>? Progress { get; init; }

    /// <summary>Bytes of a block, before a row that is longer.</summary>
    public int BlockSize { get; init; } = 1 << 15;

    /// <summary>Reads all rows.</summary>
    /// <exception cref="ReleaseFormat">The table is not CSV; names file and line. The rows before it are written.</exception>
    public async Task<BulkCounts> RunAsync(Stream stream, CancellationToken aborted)
    {
        var atOnce = Math.Clamp(TaskScheduler.Current.MaximumConcurrencyLevel / 2, 1, Environment.ProcessorCount);
        await using var output = new BulkOutput(stream);
        try
        {
            await output.HandOnAsync(AppendedFields.Of(table.Separator, [.. table.Columns, .. appended.Names]).AsMemory(1), aborted);
            while (await ReadAsync(output, aborted) is { } block)
            {
                _underWay.Enqueue(Task.Factory.StartNew(() => Answered(block, aborted), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current));
                if (_underWay.Count > atOnce) await WriteOldestAsync(output, aborted);
            }
            while (_underWay.Count > 0) await WriteOldestAsync(output, aborted);
            await output.CompleteAsync();
        }
        finally
        {
            Task all = Task.WhenAll([.. _underWay, _reading]);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        return new(_rows, _missed, output.Sha256());
    }

    private static BulkBlock Answered(BulkBlock block, CancellationToken aborted)
    {
        block.Answer(aborted);
        return block;
    }

    /// <summary>The next block. While it comes in, what is answered is written.</summary>
    private async ValueTask<BulkBlock?> ReadAsync(BulkOutput output, CancellationToken aborted)
    {
        if (_answers.IsFull)
        {
            await Task.WhenAll(_underWay);
            _answers.Forget();
        }
        if (!_free.TryPop(out var block)) block = new(table, _question, appended, workOut, _answers, BlockSize) { KeepsMisses = Missed is not null };
        var reading = table.ReadAsync(block.Rows, aborted).AsTask();
        _reading = reading;
        while (!reading.IsCompleted && _underWay.TryPeek(out var oldest))
        {
            if (await Task.WhenAny(reading, oldest) == oldest) await WriteOldestAsync(output, aborted);
        }
        try
        {
            return await reading ? block : null;
        }
        catch (ReleaseFormat)
        {
            while (_underWay.Count > 0) await WriteOldestAsync(output, aborted);
            throw;
        }
    }

    private async ValueTask WriteOldestAsync(BulkOutput output, CancellationToken aborted)
    {
        var block = await _underWay.Dequeue();
        await output.HandOnAsync(block.Output.Written, aborted);
        if (_handedOn is not null) _free.Push(_handedOn);
        _handedOn = block;
        _rows += block.Count;
        _missed += block.NotFound;
        if (Missed is not null)
        {
            foreach (var miss in block.Misses.Values) Missed(miss);
        }
        if (block.Problem is { } problem)
        {
            await output.CompleteAsync();
            ExceptionDispatchInfo.Throw(problem);
        }
        Progress?.Invoke(_rows, _missed);
    }
}

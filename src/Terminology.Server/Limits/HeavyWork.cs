using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Terminology.Issues;

namespace Terminology.Server.Limits;

/// <summary>
/// Work that takes longer than a moment, on threads of its own, which the operating system lets run when no other wants to: whoever asks for a single code never waits for
/// it. So many run at once; others wait a moment in a short queue, and are told to come again when it is full.
/// </summary>
/// <remarks>
/// What is awaited in such work goes on there too. On Linux the threads have the policy of idle work (<see href="https://man7.org/linux/man-pages/man7/sched.7.html">sched(7)</see>),
/// on Windows they are below normal; elsewhere they are as all are.
/// </remarks>
internal sealed class HeavyWork : TaskScheduler, IDisposable
{
    private const int IdlePolicy = 5;

    [ThreadStatic]
    private static HeavyWork? t_here;

    private readonly int _atOnce, _waitingAtMost;
    private readonly TimeSpan _patience;
    private readonly SemaphoreSlim _places;
    private readonly BlockingCollection<Task> _tasks = [];
    private int _waiting;

    /// <param name="atOnce">How many run at once.</param>
    /// <param name="waiting">How many may wait.</param>
    /// <param name="patience">How long one waits.</param>
    public HeavyWork(int atOnce, int waiting, TimeSpan patience)
    {
        (_atOnce, _waitingAtMost, _patience, _places) = (atOnce, waiting, patience, new(atOnce));
        for (var i = 0; i < atOnce; i++) new Thread(Work) { IsBackground = true, Name = "heavy work", Priority = ThreadPriority.BelowNormal }.Start();
    }

    public override int MaximumConcurrencyLevel => _atOnce;

    /// <summary>Does this thread do such work now? What it begins runs at once.</summary>
    public bool IsHere => t_here == this;

    /// <summary>Takes a place and runs there.</summary>
    /// <exception cref="TerminologyException">Transient: all places are taken, and so is the queue.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken aborted)
    {
        if (IsHere) return await work();
        await EnterAsync(aborted);
        try
        {
            return await WithoutPlaceAsync(work);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Runs on these threads, but takes no place: for what mostly waits for somebody else.</summary>
    public Task<T> WithoutPlaceAsync<T>(Func<Task<T>> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public void Dispose()
    {
        _tasks.CompleteAdding();
        _places.Dispose();
    }

    protected override void QueueTask(Task task) => _tasks.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => IsHere && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    private async ValueTask EnterAsync(CancellationToken aborted)
    {
        if (_places.Wait(0, CancellationToken.None)) return;
        try
        {
            if (Interlocked.Increment(ref _waiting) > _waitingAtMost || !await _places.WaitAsync(_patience, aborted)) throw new TerminologyException(IssueType.Transient, "BUSY", LimitMessages.Busy());
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void Work()
    {
        t_here = this;
        if (OperatingSystem.IsLinux()) _ = SetScheduler(thread: 0, IdlePolicy, new()); // of this thread; one that may not stays as it is
        foreach (var task in _tasks.GetConsumingEnumerable()) TryExecuteTask(task);
    }

    [DllImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetScheduler(int thread, int policy, in SchedulerParameters parameters);

    private readonly record struct SchedulerParameters(int Priority);
}

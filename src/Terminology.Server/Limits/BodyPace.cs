namespace Terminology.Server.Limits;

/// <summary>
/// How fast long bodies are read, all of them together: half of what a gigabit line brings. Clients on the same machine, or on a faster line, would otherwise keep the threads
/// that read from the network busy with copying, and these are the threads that answer everybody.
/// </summary>
/// <remarks>Thread-safe. What is read first goes first; nobody is refused.</remarks>
internal sealed class BodyPace(TimeProvider time, long bytesPerSecond = 64_000_000)
{
    // Shorter than a timer can wait for.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    private readonly Lock _turn = new();
    private long _free = time.GetTimestamp();

    /// <summary>Counts what was read and waits until more may be.</summary>
    public Task ReadAsync(int bytes, CancellationToken aborted)
    {
        var wait = WaitFor(bytes);
        return wait < Least ? Task.CompletedTask : Task.Delay(wait, time, aborted);
    }

    private TimeSpan WaitFor(int bytes)
    {
        lock (_turn)
        {
            var now = time.GetTimestamp();
            _free = Math.Max(now, _free) + (bytes * time.TimestampFrequency / bytesPerSecond);
            return time.GetElapsedTime(now, _free);
        }
    }
}

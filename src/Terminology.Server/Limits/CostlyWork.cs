using Terminology.Issues;

namespace Terminology.Server.Limits;

/// <summary>How many questions over whole code systems run at once; others wait a moment in a short queue, and are told to come again when it is full.</summary>
/// <param name="atOnce">How many run at once.</param>
/// <param name="waiting">How many may wait.</param>
/// <param name="patience">How long one waits.</param>
internal sealed class CostlyWork(int atOnce, int waiting, TimeSpan patience) : IDisposable
{
    private readonly SemaphoreSlim _places = new(atOnce);
    private int _waiting;

    /// <summary>Takes a place; <see cref="Leave"/> gives it back.</summary>
    /// <exception cref="TerminologyException">Transient: all places are taken, and so is the queue.</exception>
    public ValueTask EnterAsync(CancellationToken aborted) => _places.Wait(0, CancellationToken.None) ? default : QueueAsync(aborted);

    public void Leave() => _places.Release();

    public void Dispose() => _places.Dispose();

    private async ValueTask QueueAsync(CancellationToken aborted)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > waiting || !await _places.WaitAsync(patience, aborted)) throw new TerminologyException(IssueType.Transient, "BUSY", LimitMessages.Busy());
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}

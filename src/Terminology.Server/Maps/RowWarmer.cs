using Terminology.Issues;
using Terminology.Mapping.Maps;

namespace Terminology.Server.Maps;

/// <summary>
/// Reads the rows of a map once somebody has looked at one of them, so that work on it soon waits for the disk no more. One map after the other, a little at a time.
/// </summary>
/// <param name="find">A map as it is now.</param>
internal sealed class RowWarmer(Func<string, MapState> find) : IDisposable
{
    private const int AtOnce = 128;
    private readonly HashSet<string> _looked = new(StringComparer.Ordinal);
    private Task _reading = Task.CompletedTask;
    private volatile bool _ends;

    /// <summary>Somebody looks at a row that was not read yet. Returns at once.</summary>
    public void Looked(string map)
    {
        lock (_looked)
        {
            if (!_ends && _looked.Add(map)) _reading = _reading.ContinueWith(_ => ReadAll(map), CancellationToken.None, TaskContinuationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Stops reading.</summary>
    public void Dispose()
    {
        lock (_looked) _ends = true;
        _reading.Wait();
    }

    private void ReadAll(string map)
    {
        try
        {
            for (var start = 0; !_ends && find(map) is var state && start < state.Rows.Count; start += AtOnce)
            {
                foreach (var _ in state.RowsFrom(start, null).Take(AtOnce))
                {
                }
            }
        }
        catch (TerminologyException)
        {
            // The journal is closed: nobody looks any more.
        }
    }
}

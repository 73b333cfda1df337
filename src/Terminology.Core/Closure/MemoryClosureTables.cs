using System.Collections.Concurrent;

namespace Terminology.Closure;

/// <summary>Closure tables that last as long as the process.</summary>
public sealed class MemoryClosureTables : IClosureTables
{
    private readonly ConcurrentDictionary<string, ClosureTable> _tables = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ClosureTable? Find(string name) => _tables.GetValueOrDefault(name);

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(ClosureTable? before, ClosureTable after)
    {
        ArgumentNullException.ThrowIfNull(after);
        return Task.FromResult(before is null ? _tables.TryAdd(after.Name, after) : _tables.TryUpdate(after.Name, after, before));
    }
}

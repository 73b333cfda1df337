namespace Terminology.Closure;

/// <summary>Keeps closure tables by name.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IClosureTables
{
    /// <summary>The table of a name; null when none was started.</summary>
    ClosureTable? Find(string name);

    /// <summary>Puts a table in place of the one it was made from.</summary>
    /// <returns>When it is kept as safely as it will be: true; false when another change came between.</returns>
    Task<bool> ReplaceAsync(ClosureTable? before, ClosureTable after);
}

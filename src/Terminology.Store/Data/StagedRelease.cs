namespace Terminology.Store.Data;

/// <summary>A folder of its own for a release under construction, held by a lock so that a leftover of a killed process can be told from work in progress.</summary>
public sealed class StagedRelease : IDisposable
{
    // Somebody who looks for leftovers may hold it for a moment.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly FileLock _lock;

    internal StagedRelease(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        _lock = FileLock.Take(LockPath(folder), Patience);
    }

    /// <summary>Where to build the release file.</summary>
    public string FilePath => Path.Combine(_folder, "release");

    /// <summary>A folder for unpacked archive members; not made yet.</summary>
    public string Scratch => Path.Combine(_folder, "scratch");

    /// <summary>Removes everything that was not published.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        Remove(_folder);
    }

    /// <summary>Removes those folders that nobody works in.</summary>
    internal static void RemoveAbandoned(IEnumerable<string> folders)
    {
        string[] free = [.. folders.Where(IsFree)];
        if (free.Length == 0) return;
        // A folder is made before its lock is taken; whoever is between the two has it by then.
        Thread.Sleep(TimeSpan.FromSeconds(1));
        foreach (var folder in free.Where(IsFree)) Remove(folder);
    }

    private static bool IsFree(string folder)
    {
        if (!FileLock.TryTake(LockPath(folder), out var held)) return false;
        held.Dispose();
        return true;
    }

    /// <summary>Another process that opens the data folder may be removing the same one.</summary>
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    private static string LockPath(string folder) => Path.Combine(folder, "lock");
}

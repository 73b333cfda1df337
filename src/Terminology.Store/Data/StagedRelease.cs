namespace Terminology.Store.Data;

/// <summary>A folder of its own for a release under construction, held by a lock so that a leftover of a killed process can be told from work in progress.</summary>
public sealed class StagedRelease : IDisposable
{
    private readonly string _folder;
    private readonly FileLock _lock;

    internal StagedRelease(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        _lock = FileLock.Take(LockPath(folder), TimeSpan.Zero);
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

    internal static void RemoveIfAbandoned(string folder)
    {
        // A folder is made before its lock; give a process that is between the two a moment.
        if (!File.Exists(LockPath(folder))) Thread.Sleep(100);
        if (!FileLock.TryTake(LockPath(folder), out var held)) return;
        held.Dispose();
        Remove(folder);
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

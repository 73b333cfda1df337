using System.Diagnostics.CodeAnalysis;
using Terminology.Issues;

namespace Terminology.Store.Data;

/// <summary>An exclusive lock between processes: flock on Unix, share mode on Windows. The system releases it when the process dies.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    public static bool TryTake(string path, [NotNullWhen(true)] out FileLock? taken)
    {
        try
        {
            taken = new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            return true;
        }
        catch (IOException problem) when (problem is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            taken = null;
            return false;
        }
        catch (DirectoryNotFoundException)
        {
            taken = null;
            return false;
        }
    }

    /// <exception cref="TerminologyException">Transient: somebody else kept it for longer than the patience.</exception>
    public static FileLock Take(string path, TimeSpan patience)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(20))
        {
            if (TryTake(path, out var taken)) return taken;
            if (waited >= patience) throw new TerminologyException(IssueType.Transient, "DATA_FOLDER_BUSY", $"{path} is held by another process; try again when it is done.");
            Thread.Sleep(20);
        }
    }

    public void Dispose() => _file.Dispose();
}

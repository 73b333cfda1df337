using Terminology.Issues;

namespace Terminology.Journal;

/// <summary>Makes this process the one that may open the database: LiteDB lets a second process write into the same file, and writes are lost.</summary>
/// <remarks>flock on Unix, share mode on Windows; the system releases it when the process dies.</remarks>
internal static class OwnerLock
{
    /// <exception cref="TerminologyException">Conflict: another process has it.</exception>
    public static FileStream Take(string folder)
    {
        var path = Path.Combine(folder, "owner.lock");
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new TerminologyException(
                IssueType.Conflict, "JOURNAL_OWNED", $"Another process serves this data folder ({path} is locked). Stop it first, or use another folder with --data.");
        }
    }
}

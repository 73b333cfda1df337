namespace Terminology.Server.Hosting;

/// <summary>
/// Brings release files into the memory that the operating system keeps for files, before anybody asks for them. A thread that waits for the disk in the midst of a mapped
/// file holds up the garbage collector, and with it every request: after a restart of the machine the first large questions cost all others most of a second.
/// </summary>
internal static class ReadAhead
{
    private const int Piece = 1 << 20;

    /// <summary>Reads files from beginning to end, unless they are more than half of the memory there is: then reading one would drive out another.</summary>
    /// <param name="paths">The files; one that is gone is passed over.</param>
    /// <param name="memory">Bytes of memory there are.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Bytes read.</returns>
    public static long Read(IReadOnlyCollection<string> paths, long memory, CancellationToken cancel)
    {
        var files = paths.Select(path => new FileInfo(path)).Where(file => file.Exists).ToArray();
        if (files.Sum(file => file.Length) > memory / 2) return 0;
        var (buffer, read) = (new byte[Piece], 0L);
        foreach (var file in files)
        {
            try
            {
                using var handle = File.OpenHandle(file.FullName, share: FileShare.Read | FileShare.Delete, options: FileOptions.SequentialScan);
                int count;
                for (var at = 0L; !cancel.IsCancellationRequested && (count = RandomAccess.Read(handle, buffer, at)) > 0; at += count) read += count;
            }
            catch (IOException)
            {
                // The map of it answers, or says what is wrong, when it is asked.
            }
        }
        return read;
    }
}

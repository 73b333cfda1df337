using System.Runtime.InteropServices;

namespace Terminology.Store.Data;

/// <summary>Writes that survive a power cut: file and folder are flushed to the disk before the call returns.</summary>
internal static partial class Durably
{
    /// <summary>Writes aside, flushes, renames over the old file.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var aside = path + ".new";
        using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes renames in a folder durable. Windows does it with the rename.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = NativeMethods.Open(folder, 0);
        if (descriptor < 0) throw new IOException($"{folder} cannot be opened for flushing (errno {Marshal.GetLastPInvokeError()}).");
        var result = NativeMethods.Fsync(descriptor);
        _ = NativeMethods.Close(descriptor);
        if (result != 0) throw new IOException($"{folder} cannot be flushed to the disk.");
    }

    private static partial class NativeMethods
    {
        [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        public static partial int Open(string path, int flags);

        [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
        public static partial int Fsync(int descriptor);

        [LibraryImport("libc", EntryPoint = "close")]
        public static partial int Close(int descriptor);
    }
}

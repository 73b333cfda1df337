using System.IO.Compression;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Server.Maps;
using Terminology.Store.Data;

namespace Terminology.Server.Backup;

/// <summary>
/// A backup: a zip file with the journal, the content of released maps and the manifest. Releases are not in it; they never change under their name, and are copied as files or imported again.
/// </summary>
internal static class BackupFile
{
    private const string Journal = "journal/", Maps = "maps/", Manifest = "manifest.json";
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>Writes a consistent copy of all that is durable now.</summary>
    public static async Task WriteAsync(DataFolder folder, IJournal journal, Stream target)
    {
        var aside = Path.Combine(folder.Path, "backup.new");
        await OneAtATime.WaitAsync();
        try
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true); // of a process that was killed
            var copy = Path.Combine(aside, Journal);
            // Before the journal, which may go on meanwhile: no head is noted of what is not in it.
            var (heads, noted) = (Path.Combine(aside, MapAnchors.FileName), Path.Combine(folder.Path, Maps, MapAnchors.FileName));
            Directory.CreateDirectory(aside);
            if (File.Exists(noted)) File.Copy(noted, heads);
            await journal.CopyToAsync(copy);
            await using var whole = new FileStream(Path.Combine(aside, "backup.zip"), FileMode.CreateNew);
            Zip(copy, heads, folder.Path, whole);
            whole.Position = 0;
            await whole.CopyToAsync(target);
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
            OneAtATime.Release();
        }
    }

    private static void Zip(string journal, string heads, string data, Stream target)
    {
        var (manifest, maps) = (Path.Combine(data, Manifest), Path.Combine(data, Maps));
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var file in Directory.EnumerateFiles(journal)) zip.CreateEntryFromFile(file, Journal + Path.GetFileName(file), CompressionLevel.Fastest);
        if (File.Exists(manifest)) zip.CreateEntryFromFile(manifest, Manifest);
        if (File.Exists(heads)) zip.CreateEntryFromFile(heads, Maps + MapAnchors.FileName, CompressionLevel.Fastest);
        if (Directory.Exists(maps)) foreach (var file in Directory.EnumerateFiles(maps).Where(file => Path.GetFileName(file) != MapAnchors.FileName)) zip.CreateEntryFromFile(file, Maps + Path.GetFileName(file), CompressionLevel.Fastest);
    }

    /// <summary>Makes a data folder of it, or nothing: what is there already is not touched.</summary>
    /// <returns>The releases of the manifest whose files are not in the folder; they were left out of it.</returns>
    /// <exception cref="TerminologyException">Conflict: the folder has a journal or a manifest. Invalid: no backup.</exception>
    public static IReadOnlyList<ReleaseEntry> Restore(string file, string data)
    {
        if (File.Exists(Path.Combine(data, Manifest)) || Directory.Exists(Path.Combine(data, Journal)))
        {
            throw new TerminologyException(IssueType.Conflict, "NOT_EMPTY", $"{data} is in use; a backup is restored into a new folder. Move this one away, or name another with --data.");
        }
        using var zip = Open(file);
        var aside = Path.Combine(data, "journal.new");
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        Directory.CreateDirectory(aside);
        foreach (var entry in zip.Entries.Where(entry => entry.FullName == Journal + entry.Name)) Extract(entry, Path.Combine(aside, entry.Name));
        DataFolder.SyncFolder(aside);
        // What the copy holds is read once before it is put in place.
        LiteJournal.Open(aside, TimeProvider.System, DataFolder.SyncFolder).Dispose();
        var missing = zip.GetEntry(Manifest) is { } manifest ? DataFolder.Restore(data, Bytes(manifest)) : [];
        RestoreMaps(zip, Path.Combine(data, Maps));
        Directory.Move(aside, Path.Combine(data, Journal));
        DataFolder.SyncFolder(data);
        return missing;
    }

    private static void RestoreMaps(ZipArchive zip, string maps)
    {
        if (Directory.Exists(maps)) Directory.Delete(maps, recursive: true); // of a restoring that was killed
        foreach (var entry in zip.Entries.Where(entry => entry.FullName == Maps + entry.Name && entry.Name.Length > 0))
        {
            Directory.CreateDirectory(maps);
            Extract(entry, Path.Combine(maps, entry.Name));
        }
        if (Directory.Exists(maps)) DataFolder.SyncFolder(maps);
    }

    private static ZipArchive Open(string file)
    {
        try
        {
            var zip = ZipFile.OpenRead(file);
            return zip.GetEntry(Journal + "journal.db") is not null ? zip : throw new InvalidDataException("It has no journal.");
        }
        catch (InvalidDataException problem)
        {
            throw new TerminologyException(IssueType.Invalid, "NO_BACKUP", $"{file} is no backup, or a damaged one: {problem.Message}");
        }
    }

    private static void Extract(ZipArchiveEntry entry, string path)
    {
        using var from = entry.Open();
        using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        from.CopyTo(to);
        to.Flush(flushToDisk: true);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using var from = entry.Open();
        from.CopyTo(content);
        return content.ToArray();
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using Terminology.Issues;

namespace Terminology.Loaders.Input;

/// <summary>What an archive may hold. The defaults take the largest real releases and refuse bombs.</summary>
public sealed record ArchiveLimits
{
    /// <summary>Bytes of all members, unpacked.</summary>
    public long TotalBytes { get; init; } = 40L << 30;

    /// <summary>Members.</summary>
    public int Members { get; init; } = 200_000;

    /// <summary>Unpacked bytes for each packed byte, once a member is larger than 100 MB.</summary>
    public int Ratio { get; init; } = 200;
}

/// <summary>
/// The files below some paths: folders, .zip, .tgz or .tar.gz, .gz, single files, seen alike; archives inside folders are opened too. Members are unpacked to
/// a temporary folder under limits; what operating systems leave behind (<c>__MACOSX</c>, <c>.DS_Store</c>, <c>._*</c>) is left out.
/// </summary>
public sealed class ReleaseFiles : IDisposable
{
    private readonly string? _scratch;

    private ReleaseFiles(string root, IReadOnlyList<ReleaseFile> files, string? scratch) => (Root, Files, _scratch) = (root, files, scratch);

    /// <summary>The path as given; several are separated by commas.</summary>
    public string Root { get; }

    /// <summary>The files, by path ordinally.</summary>
    public IReadOnlyList<ReleaseFile> Files { get; }

    /// <summary>Opens one path.</summary>
    /// <param name="path">Folder, archive or file.</param>
    /// <param name="scratch">Folder for unpacked members; made when needed, removed on dispose.</param>
    /// <param name="limits">What archives may hold; null: the defaults.</param>
    /// <exception cref="ReleaseFormat">No such path, a truncated or hostile archive: says which member and why.</exception>
    public static ReleaseFiles Open(string path, string scratch, ArchiveLimits? limits = null) => Open([path], scratch, limits);

    /// <summary>Opens several paths as one: packages that are composed.</summary>
    /// <param name="paths">Folders, archives or files.</param>
    /// <param name="scratch">Folder for unpacked members; made when needed, removed on dispose.</param>
    /// <param name="limits">What archives may hold; null: the defaults.</param>
    /// <exception cref="ReleaseFormat">No such path, a truncated or hostile archive: says which member and why.</exception>
    public static ReleaseFiles Open(IReadOnlyList<string> paths, string scratch, ArchiveLimits? limits = null)
    {
        var files = new List<ReleaseFile>();
        try
        {
            foreach (var path in paths) Collect(path, scratch, limits ?? new(), files);
        }
        catch
        {
            if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
            throw;
        }
        if (files.Count == 0) throw new ReleaseFormat("there is no file to import.", string.Join(", ", paths));
        return new(string.Join(", ", paths), [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)], scratch);
    }

    /// <summary>The same without some files: those that another loader has claimed.</summary>
    internal ReleaseFiles Without(IReadOnlySet<ReleaseFile> claimed) => new(Root, [.. Files.Where(file => !claimed.Contains(file))], null);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_scratch is not null && Directory.Exists(_scratch)) Directory.Delete(_scratch, recursive: true);
    }

    private static void Collect(string path, string scratch, ArchiveLimits limits, List<ReleaseFile> files)
    {
        if (Directory.Exists(path))
        {
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            {
                Add(file, Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path, Path.GetFullPath(file)).Replace('\\', '/'));
            }
        }
        else if (File.Exists(path))
        {
            Add(path, Path.GetFileName(path));
        }
        else
        {
            throw new ReleaseFormat("there is no such file or folder.", path);
        }

        void Add(string file, string name)
        {
            if (IsLitter(name)) return;
            if (IsZip(name) || IsTar(name))
            {
                var folder = Path.Combine(scratch, files.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) + Path.GetRandomFileName());
                if (IsZip(name)) Archives.Unzip(file, name, folder, limits);
                else Archives.Untar(file, name, folder, limits);
                foreach (var member in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                {
                    var inside = Path.GetRelativePath(folder, member).Replace('\\', '/');
                    if (!IsLitter(inside)) files.Add(new($"{name}/{inside}", member));
                }
            }
            else
            {
                files.Add(new(name, file));
            }
        }
    }

    private static bool IsZip(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static bool IsTar(string name) => name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase);

    private static bool IsLitter(string path)
        => path.Split('/').Any(part => part is "__MACOSX" or ".DS_Store" or "Thumbs.db" or ".git" || part.StartsWith("._", StringComparison.Ordinal));
}

/// <summary>Unpacks archives to a folder: no member outside it, none beyond the limits.</summary>
internal static class Archives
{
    private const long RatioMatters = 100L << 20;

    public static void Unzip(string path, string name, string folder, ArchiveLimits limits)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.Entries.Count > limits.Members) throw new ReleaseFormat($"{archive.Entries.Count:N0} members, more than {limits.Members:N0}; unpack it yourself if that is right.", name);
            var total = 0L;
            foreach (var entry in archive.Entries)
            {
                if (entry.FullName.EndsWith('/')) continue;
                using var member = entry.Open();
                total += Extract(member, entry.FullName, name, folder, limits, total, entry.CompressedLength);
            }
        }
        catch (InvalidDataException)
        {
            throw new ReleaseFormat("the archive breaks off or is damaged; fetch it again.", name);
        }
    }

    public static void Untar(string path, string name, string folder, ArchiveLimits limits)
    {
        try
        {
            using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var archive = new TarReader(stream);
            var (total, members, packed) = (0L, 0, new FileInfo(path).Length);
            while (archive.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.DataStream is null) continue;
                if (++members > limits.Members) throw new ReleaseFormat($"more than {limits.Members:N0} members; unpack it yourself if that is right.", name);
                total += Extract(entry.DataStream, entry.Name, name, folder, limits, total, packed);
            }
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw new ReleaseFormat("the archive breaks off or is damaged; fetch it again.", name);
        }
    }

    private static long Extract(Stream member, string inside, string archive, string folder, ArchiveLimits limits, long before, long packed)
    {
        var target = Path.GetFullPath(Path.Combine(folder, inside));
        if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ReleaseFormat($"the member '{inside}' points outside the archive; such an archive is hostile and is not opened.", archive);
        }
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var file = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        var buffer = new byte[1 << 17];
        var length = 0L;
        for (int read; (read = member.Read(buffer)) > 0;)
        {
            length += read;
            if (before + length > limits.TotalBytes) throw new ReleaseFormat($"unpacks to more than {limits.TotalBytes >> 30} GB; unpack it yourself if that is right.", $"{archive}/{inside}");
            if (length > RatioMatters && length / Math.Max(packed, 1) > limits.Ratio) throw new ReleaseFormat($"unpacks to more than {limits.Ratio} times its size: an archive bomb is not opened.", $"{archive}/{inside}");
            file.Write(buffer, 0, read);
        }
        return length;
    }
}

/// <summary>One file of a release.</summary>
/// <param name="Path">Path inside the release with <c>/</c>, for messages and recognition.</param>
/// <param name="FullPath">Where it is on disk now.</param>
public sealed record ReleaseFile(string Path, string FullPath)
{
    /// <summary>The last part of the path.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The last part of the path without <c>.gz</c>.</summary>
    public string UnpackedName => IsGzip ? Name[..^3] : Name;

    /// <summary>Size in bytes on disk.</summary>
    public long Length => new FileInfo(FullPath).Length;

    private bool IsGzip => FullPath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens it for reading from the start, unpacked (a .gz is seen through).</summary>
    public Stream Open()
    {
        var stream = new FileStream(FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan);
        return IsGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>The first line, at most this many bytes, without BOM and line end; for recognition.</summary>
    internal string FirstLine(int most = 16_384)
    {
        var start = Start(most);
        var end = start.IndexOf('\n');
        return (end < 0 ? start : start[..end]).TrimEnd('\r');
    }

    /// <summary>The beginning as text, without BOM; bytes that are no UTF-8 are replaced.</summary>
    internal string Start(int most = 16_384)
    {
        var buffer = new byte[most];
        int length;
        try
        {
            using var stream = Open();
            length = stream.ReadAtLeast(buffer, most, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            return "";
        }
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length).TrimStart('\uFEFF');
    }
}

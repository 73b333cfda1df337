using System.IO.Compression;

namespace Terminology.Loaders.Input;

/// <summary>
/// The files below a path: a folder, a .zip, a .tgz or tar.gz, a .gz or a single file, seen alike. Archive members are unpacked to a temporary folder
/// under limits; <c>__MACOSX</c>, <c>.DS_Store</c> and the like are left out.
/// </summary>
public sealed class ReleaseFiles : IDisposable
{
    private readonly string? _scratch;

    private ReleaseFiles(string root, IReadOnlyList<ReleaseFile> files, string? scratch) => (Root, Files, _scratch) = (root, files, scratch);

    /// <summary>The path as given.</summary>
    public string Root { get; }

    /// <summary>The files, by path ordinally.</summary>
    public IReadOnlyList<ReleaseFile> Files { get; }

    /// <summary>Opens a path.</summary>
    /// <param name="path">Folder, archive or file.</param>
    /// <param name="scratch">Folder for unpacked members; made when needed, removed on dispose.</param>
    /// <exception cref="Issues.ReleaseFormat">No such path, a truncated or hostile archive: says which member and why.</exception>
    public static ReleaseFiles Open(string path, string scratch)
    {
        var unpacked = path;
        if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            ZipFile.ExtractToDirectory(path, scratch);
            unpacked = scratch;
        }
        var files = File.Exists(unpacked)
            ? [new ReleaseFile(Path.GetFileName(unpacked), unpacked)]
            : Directory.EnumerateFiles(unpacked, "*", SearchOption.AllDirectories)
                .Select(file => new ReleaseFile(Path.GetRelativePath(unpacked, file).Replace('\\', '/'), file))
                .Where(file => !file.Path.Contains("__MACOSX", StringComparison.Ordinal))
                .OrderBy(file => file.Path, StringComparer.Ordinal).ToArray();
        return new(path, files, unpacked == scratch ? scratch : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_scratch is not null && Directory.Exists(_scratch)) Directory.Delete(_scratch, recursive: true);
    }
}

/// <summary>One file of a release.</summary>
/// <param name="Path">Path inside the release with <c>/</c>, for messages and recognition.</param>
/// <param name="FullPath">Where it is on disk now.</param>
public sealed record ReleaseFile(string Path, string FullPath)
{
    /// <summary>The last part of the path.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Size in bytes, unpacked.</summary>
    public long Length => new FileInfo(FullPath).Length;

    /// <summary>Opens it for reading from the start, unpacked (a .gz is seen through).</summary>
    public Stream Open()
    {
        var stream = new FileStream(FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        return FullPath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}

using System.IO.Hashing;
using System.Text.Json;
using Terminology.Issues;

namespace Terminology.Store.Data;

/// <summary>
/// A folder with releases: <c>manifest.json</c>, <c>releases/</c> with immutable files named by content, <c>staging/</c> for files under construction.
/// Every change is one rename of the manifest under a lock, so that a reader or a killed writer sees the state before or after it, never between.
/// </summary>
/// <remarks>Any number of processes may read; writers take turns through <c>manifest.lock</c> (flock). Thread-safe.</remarks>
public sealed class DataFolder
{
    private const int SupportedFormat = 1;

    private DataFolder(string path, TimeProvider clock) => (Path, Clock) = (path, clock);

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>By which changes are dated; whoever serves the folder goes by the same.</summary>
    public TimeProvider Clock { get; }

    private string ManifestPath => System.IO.Path.Combine(Path, "manifest.json");

    private string Releases => System.IO.Path.Combine(Path, "releases");

    private string Staging => System.IO.Path.Combine(Path, "staging");

    /// <summary>Opens a folder, makes it when it is not there, and removes what killed imports left behind.</summary>
    /// <exception cref="StoreFormat">The manifest is damaged or of a newer format.</exception>
    public static DataFolder Open(string path, TimeProvider clock)
    {
        var folder = new DataFolder(System.IO.Path.GetFullPath(path), clock);
        Directory.CreateDirectory(folder.Releases);
        Directory.CreateDirectory(folder.Staging);
        folder.RemoveLeftovers();
        return folder;
    }

    /// <summary>The manifest as it is now.</summary>
    /// <exception cref="StoreFormat">It is damaged or of a newer format.</exception>
    public Manifest Read()
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(ManifestPath);
        }
        catch (FileNotFoundException)
        {
            return new();
        }
        return Parse(json);
    }

    private Manifest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var manifest = Manifest.FromJson(json);
            return manifest.Format <= SupportedFormat
                ? manifest
                : throw new StoreFormat(ManifestPath, $"format {manifest.Format} is newer than this program knows ({SupportedFormat}); use a newer program.");
        }
        catch (JsonException problem)
        {
            throw new StoreFormat(ManifestPath, $"damaged at line {problem.LineNumber + 1}; restore it from a backup, or move it away and import again.");
        }
    }

    /// <summary>Changes whenever the manifest does; cheap, for watching.</summary>
    public (DateTime Written, long Length) Stamp()
    {
        var file = new FileInfo(ManifestPath);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    /// <summary>Where the file of a release is.</summary>
    public string FilePath(ReleaseEntry release) => System.IO.Path.Combine(Releases, release.File);

    /// <summary>Opens every release that is loaded, in order of loading: what a <see cref="TerminologyService"/> is created from. The files stay mapped as long as anything refers to them.</summary>
    /// <exception cref="StoreFormat">A file is damaged or of another format.</exception>
    public IReadOnlyList<LoadedRelease> OpenReleases() => [.. Read().Releases.Select(entry => new LoadedRelease(StoredRelease.Open(FilePath(entry)), entry.Live))];

    /// <summary>A place to build a release; disposing it removes what was not published.</summary>
    public StagedRelease Stage() => new(System.IO.Path.Combine(Staging, Guid.NewGuid().ToString("N")));

    /// <summary>
    /// Puts a finished, verified file in service: renames it into <c>releases/</c> and the manifest over the old one. A release with the same id is replaced.
    /// The first release of a system makes itself live, later ones when <paramref name="activate"/> says so.
    /// </summary>
    /// <returns>The entry as published.</returns>
    public ReleaseEntry Publish(StagedRelease staged, string sourceFormat, VersionedUrl id, string title, string? copyright, int concepts, bool activate, string actor)
    {
        using var turn = TakeTurn();
        var manifest = Read();
        var name = $"{sourceFormat}-{ContentHash(staged.FilePath)}.release";
        var target = System.IO.Path.Combine(Releases, name);
        var bytes = new FileInfo(staged.FilePath).Length;
        File.Move(staged.FilePath, target, overwrite: true);
        Durably.SyncFolder(Releases);
        var version = id.Version ?? throw new ArgumentException("A release has a version.", nameof(id));
        var entry = new ReleaseEntry(id.Url, version, name, title, sourceFormat, bytes, concepts, Clock.GetUtcNow(), Live: false) { Copyright = copyright };
        var before = manifest.Live(id.Url);
        var after = manifest.With(entry, activate);
        entry = after.Find(id)!;
        Write(after, "import", id, actor, entry.Live ? before?.Version : null);
        if (manifest.Find(id) is { } replaced && replaced.File != name) DeleteUnused(replaced, after);
        return entry;
    }

    /// <summary>Makes a loaded release the one that answers without version; going back is activating the old one.</summary>
    /// <returns>The entry as it is now.</returns>
    /// <exception cref="TerminologyException">NotFound: no such release; names those that are loaded.</exception>
    public ReleaseEntry Activate(VersionedUrl id, string actor)
    {
        using var turn = TakeTurn();
        var manifest = Read();
        var entry = Find(manifest, id);
        var before = manifest.Live(entry.Url);
        if (before?.Id == entry.Id) return entry;
        var after = manifest with
        {
            Releases = [.. manifest.Releases.Select(release => release.Url == entry.Url ? release with { Live = release.Id == entry.Id } : release)],
        };
        Write(after, "activate", entry.Id, actor, before?.Version);
        return after.Find(entry.Id)!;
    }

    /// <summary>Takes a release away. A live one may only go when it is the last of its system.</summary>
    /// <exception cref="TerminologyException">NotFound: no such release. BusinessRule: it is live and others of its system are loaded: activate one of them first.</exception>
    public void Remove(VersionedUrl id, string actor)
    {
        using var turn = TakeTurn();
        var manifest = Read();
        var entry = Find(manifest, id);
        if (entry.Live && manifest.Releases.Any(release => release.Url == entry.Url && release.Id != entry.Id))
        {
            throw new TerminologyException(IssueType.BusinessRule, "RELEASE_IS_LIVE", $"{entry.Id} is live; activate another version of {entry.Url} first.");
        }
        var after = manifest with { Releases = [.. manifest.Releases.Where(release => release.Id != entry.Id)] };
        Write(after, "remove", entry.Id, actor, entry.Live ? entry.Version : null);
        DeleteUnused(entry, after);
    }

    private static ReleaseEntry Find(Manifest manifest, VersionedUrl id)
    {
        var found = id.Version is null
            ? manifest.Releases.Where(release => release.Url == id.Url).ToArray()
            : [.. manifest.Releases.Where(release => release.Id == id)];
        if (found.Length == 1) return found[0];
        var loaded = manifest.Releases.Where(release => release.Url == id.Url).Select(release => release.Version).ToArray();
        throw new TerminologyException(IssueType.NotFound, "UNKNOWN_RELEASE", (found.Length, loaded.Length) switch
        {
            ( > 1, _) => $"{id.Url} is loaded in several versions: name one of {string.Join(", ", loaded)}.",
            (_, 0) => $"{id.Url} is not loaded; 'terminology status' lists what is.",
            _ => $"{id} is not loaded; versions that are: {string.Join(", ", loaded)}.",
        });
    }

    private void Write(Manifest manifest, string action, VersionedUrl id, string actor, string? before)
    {
        var logged = new ManifestEvent(Clock.GetUtcNow(), actor, action, id.Url, id.Version!, before);
        Durably.Replace(ManifestPath, (manifest with { Log = [.. manifest.Log, logged] }).ToJson());
    }

    private void DeleteUnused(ReleaseEntry entry, Manifest manifest)
    {
        if (manifest.Releases.All(release => release.File != entry.File)) TryDelete(FilePath(entry));
    }

    private void RemoveLeftovers()
    {
        StagedRelease.RemoveAbandoned(Directory.EnumerateDirectories(Staging));
        using var turn = TakeTurn();
        var used = Read().Releases.Select(release => release.File).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Releases))
        {
            if (!used.Contains(System.IO.Path.GetFileName(file))) TryDelete(file);
        }
    }

    /// <summary>A file that is still mapped stays on some platforms; the next start removes it.</summary>
    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (IOException)
        {
        }
        catch (UnauthorizedAccessException)
        {
        }
    }

    private static string ContentHash(string file)
    {
        var hash = new XxHash128();
        using var stream = File.OpenRead(file);
        hash.Append(stream);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Gives a folder that has none the manifest of another, with those releases whose files are in its <c>releases/</c>.</summary>
    /// <returns>The releases whose files are not; they are left out.</returns>
    /// <exception cref="StoreFormat">The manifest is damaged.</exception>
    public static IReadOnlyList<ReleaseEntry> Restore(string path, ReadOnlySpan<byte> json)
    {
        var folder = new DataFolder(System.IO.Path.GetFullPath(path), TimeProvider.System);
        Directory.CreateDirectory(folder.Releases);
        var manifest = folder.Parse(json);
        using var turn = folder.TakeTurn();
        var there = manifest.Releases.ToLookup(release => File.Exists(folder.FilePath(release)));
        Durably.Replace(folder.ManifestPath, (manifest with { Releases = [.. there[true]] }).ToJson());
        return [.. there[false]];
    }

    /// <summary>Makes the names of files in a folder durable, for whoever keeps files of its own in a data folder.</summary>
    public static void SyncFolder(string path) => Durably.SyncFolder(path);

    private FileLock TakeTurn() => FileLock.Take(System.IO.Path.Combine(Path, "manifest.lock"), TimeSpan.FromSeconds(30));
}

using System.Security.Cryptography;
using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Releases;
using Terminology.Releases;
using Terminology.Store;
using Terminology.Store.Data;

namespace Terminology.Server.Maps;

/// <summary>
/// The files of maps: lists as they came in and the content of releases, kept in <c>maps/</c> of the data folder under their hashes, never changed. A release is one of the
/// store too, which answers.
/// </summary>
internal sealed class ReleasedMaps(DataFolder folder)
{
    private string Folder => Path.Combine(folder.Path, "maps");

    /// <summary>Nothing else may be stored or loaded under the canonical of a map.</summary>
    public void Own(MapProject map)
    {
        if (OwnedCanonicals.Read(folder.Path).GetValueOrDefault(map.Url) is null) OwnedCanonicals.Add(folder.Path, map.Url, map.Id);
    }

    /// <summary>Makes content durable.</summary>
    public void Keep(ReleaseContent content) => Keep(content.Sha256, content.Bytes);

    /// <summary>Makes bytes durable under their hash.</summary>
    public void Keep(string sha256, byte[] bytes)
    {
        Directory.CreateDirectory(Folder);
        var (path, aside) = (PathOf(sha256), Path.Combine(Folder, $".{Guid.NewGuid():N}"));
        if (File.Exists(path)) return;
        using (var file = new FileStream(aside, FileMode.CreateNew))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: true);
        DataFolder.SyncFolder(Folder);
        DataFolder.SyncFolder(folder.Path);
    }

    /// <summary>The content of a release.</summary>
    /// <exception cref="TerminologyException">It is gone, or not as it was frozen.</exception>
    public ReleaseContent Read(MapRelease release) => ReleaseContent.Read(Read(release.Sha256));

    /// <summary>What was kept under a hash.</summary>
    /// <exception cref="TerminologyException">It is gone, or not what it was.</exception>
    public byte[] Read(string sha256)
    {
        var path = PathOf(sha256);
        if (!File.Exists(path)) throw new StoreFormat(path, "a file of a map is gone; restore it from a backup.");
        var bytes = File.ReadAllBytes(path);
        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return found == sha256 ? bytes : throw new StoreFormat(path, $"the content has the hash {found} and not that of its name; restore it from a backup.");
    }

    /// <summary>Lets a release answer; the first time it is built as a release of the store.</summary>
    public void Activate(MapProject map, MapRelease release, string actor)
    {
        var id = IdOf(map, release);
        if (folder.Read().Find(id) is null) Publish(map, release, id, actor);
        else folder.Activate(id, actor);
    }

    /// <summary>Takes a release away from those that answer, also by its number; its content stays.</summary>
    public void Withdraw(MapProject map, MapRelease release, string actor)
    {
        if (folder.Read().Find(IdOf(map, release)) is not null) folder.Remove(IdOf(map, release), actor);
    }

    /// <summary>Is this release one of the store?</summary>
    public bool IsLoaded(MapProject map, MapRelease release) => folder.Read().Find(IdOf(map, release)) is not null;

    /// <summary>Is this release the one that answers?</summary>
    public bool IsLive(MapProject map, MapRelease release) => folder.Read().Live(map.Url)?.Id == IdOf(map, release);

    private void Publish(MapProject map, MapRelease release, VersionedUrl id, string actor)
    {
        var (info, elements) = Read(release).ToConceptMap(id.Version!);
        using var staged = folder.Stage();
        using (var builder = new StoreBuilder(staged.FilePath))
        {
            builder.Begin(new() { Id = id, Title = map.Title, Format = ReleaseInfo.MapWork, Copyright = map.Copyright, Date = release.FrozenAt.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });
            var handle = builder.Map(info);
            foreach (var (group, element) in elements) builder.MapElement(handle, group, element);
            builder.Complete(new(), CancellationToken.None);
        }
        folder.Publish(staged, ReleaseInfo.MapWork, id, map.Title, map.Copyright, 0, activate: true, actor);
    }

    private static VersionedUrl IdOf(MapProject map, MapRelease release) => new(map.Url, release.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private string PathOf(string sha256) => Path.Combine(Folder, sha256);
}

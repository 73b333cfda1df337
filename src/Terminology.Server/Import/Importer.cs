using System.Diagnostics;
using Terminology.Issues;
using Terminology.Loaders;
using Terminology.Loaders.Input;
using Terminology.Releases;
using Terminology.Server.Maps;
using Terminology.Store;
using Terminology.Store.Data;

namespace Terminology.Server.Import;

/// <summary>Plugs loaders into the store: recognise, show, load aside, verify, publish. Until a release is published whole, the old content serves.</summary>
internal sealed class Importer(DataFolder folder, ImportConsole console)
{
    public bool Activate { get; init; }

    public bool DryRun { get; init; }

    public bool Strict { get; init; }

    public VersionedUrl? Base { get; init; }

    /// <returns>False when something was refused: a version to be asked for, rejected rows under --strict.</returns>
    /// <exception cref="ReleaseFormat">A path that cannot be read or is of no known format; nothing was changed.</exception>
    public bool Import(IReadOnlyList<string> paths, ImportOptions options, CancellationToken cancel)
    {
        using var workplace = folder.Stage();
        using var files = ReleaseFiles.Open(paths, workplace.Scratch);
        var found = ReleaseLoaders.Recognise(files, options);
        console.Plan(found);
        if (found.FirstOrDefault(release => release.Info.Id.Version is null) is { } unnamed)
        {
            console.Error($"The version of {unnamed.Info.Title} is neither in the content nor in the names of its files. Name it: --as '{unnamed.Info.Id.Url}|VERSION'");
            return false;
        }
        if (options.As is not null && found.Count > 1)
        {
            console.Error($"--as names one release, and there are {found.Count} here; import them one by one: {string.Join(", ", found.Select(release => release.Files[0].Path))}");
            return false;
        }
        foreach (var release in found)
        {
            cancel.ThrowIfCancellationRequested();
            if (!(DryRun ? Compare(release, cancel) : Load(release, cancel))) return false;
        }
        return true;
    }

    private bool Load(RecognisedRelease release, CancellationToken cancel)
    {
        var report = new LoadReport();
        var watch = Stopwatch.StartNew();
        using var staged = folder.Stage();
        using (var basis = OpenBase(release))
        using (var builder = new StoreBuilder(staged.FilePath))
        using (console.Watch(report, release.Info.Title))
        {
            release.Load(release.Info, basis, builder, report, cancel);
            if (!(Strict && report.Rejected > 0)) builder.Complete(report, cancel);
        }
        console.Problems(report);
        if (Strict && report.Rejected > 0)
        {
            console.Error($"{report.Rejected:N0} rows were rejected and --strict was said: nothing was loaded.");
            return false;
        }
        int concepts;
        ReleaseInfo info;
        using (var built = StoredRelease.Open(staged.FilePath))
        {
            (concepts, info) = (built.CodeSystem?.Count ?? 0, built.Info);
            OwnedCanonicals.Refuse(folder.Path, [info.Id.Url, .. built.Maps.Select(map => map.Info.Url), .. built.Resources.Select(resource => resource.Url)]);
        }
        var entry = folder.Publish(staged, info.Format, info.Id, info.Title, info.Copyright, concepts, Activate, Environment.UserName);
        console.Report(entry, report, watch.Elapsed);
        return true;
    }

    private bool Compare(RecognisedRelease release, CancellationToken cancel)
    {
        var report = new LoadReport();
        using var basis = OpenBase(release);
        using var live = OpenLive(release.Info.Id.Url);
        var difference = new DifferenceSink(live?.CodeSystem);
        using (console.Watch(report, release.Info.Title)) release.Load(release.Info, basis, difference, report, cancel);
        console.Problems(report);
        console.Difference(release.Info, folder.Read(), difference, report, Activate);
        return !(Strict && report.Rejected > 0);
    }

    private StoredRelease? OpenBase(RecognisedRelease release)
    {
        if (release.Base is null) return null;
        var id = Base ?? release.Base;
        var manifest = folder.Read();
        var entry = id.Version is null ? manifest.Live(id.Url) : manifest.Find(id);
        return entry is null
            ? throw new ReleaseFormat($"this is a delta, and {id} is not loaded to apply it to. Import the snapshot first, or name the base with --base.", release.Files[0].Path)
            : StoredRelease.Open(folder.FilePath(entry));
    }

    private StoredRelease? OpenLive(string url) => folder.Read().Live(url) is { } entry ? StoredRelease.Open(folder.FilePath(entry)) : null;

}

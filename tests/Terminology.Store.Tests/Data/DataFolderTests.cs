using Terminology.Issues;

namespace Terminology.Store.Data;

public sealed class DataFolderTests
{
    private string _path = "";

    [SetUp]
    public void MakeFolder() => _path = Directory.CreateTempSubdirectory("terminology-test").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_path, recursive: true);

    [Test]
    public void Publish_FirstVersion_IsLive_LaterOnesOnlyWhenSaid()
    {
        var folder = Open();
        Assert.That(Publish(folder, "1").Live, Is.True);
        Assert.That(Publish(folder, "2").Live, Is.False);
        Assert.That(Publish(folder, "3", activate: true).Live, Is.True);
        Assert.That(folder.Read().Releases.Where(release => release.Live).Select(release => release.Version), Is.EqualTo(new[] { "3" }));
    }

    [Test]
    public void Publish_SameIdAgain_ReplacesAndStaysLive()
    {
        var folder = Open();
        var first = Publish(folder, "1", content: "old");
        var second = Publish(folder, "1", content: "new");
        Assert.That(second.Live, Is.True);
        Assert.That(folder.Read().Releases, Has.Count.EqualTo(1));
        Assert.That(File.Exists(folder.FilePath(first)), Is.False);
        Assert.That(File.ReadAllText(folder.FilePath(second)), Is.EqualTo("new"));
    }

    [Test]
    public void Activate_GoingBack_IsLoggedWithActorAndBefore()
    {
        var folder = Open();
        Publish(folder, "1");
        Publish(folder, "2", activate: true);
        folder.Activate(new("http://example.org/cs", "1"), "ada");
        var last = folder.Read().Log[^1];
        Assert.That((last.Action, last.Actor, last.Version, last.Before), Is.EqualTo(("activate", "ada", "1", "2")));
    }

    [Test]
    public void Activate_UnknownVersion_NamesThoseLoaded()
    {
        var folder = Open();
        Publish(folder, "1");
        var problem = Assert.Throws<TerminologyException>(() => folder.Activate(new("http://example.org/cs", "9"), "ada"));
        Assert.That(problem!.Type, Is.EqualTo(IssueType.NotFound));
        Assert.That(problem.Message, Does.Contain("1"));
    }

    [Test]
    public void Remove_LiveWithOthersLoaded_IsRefused()
    {
        var folder = Open();
        Publish(folder, "1");
        Publish(folder, "2");
        Assert.That(() => folder.Remove(new("http://example.org/cs", "1"), "ada"), Throws.TypeOf<TerminologyException>().With.Message.Contains("activate another"));
        folder.Remove(new("http://example.org/cs", "2"), "ada");
        folder.Remove(new("http://example.org/cs", "1"), "ada");
        Assert.That(folder.Read().Releases, Is.Empty);
        Assert.That(Directory.EnumerateFiles(Path.Combine(_path, "releases")), Is.Empty);
    }

    [Test]
    public void Open_LeftoverOfAKilledImport_IsRemoved_WorkInProgressStays()
    {
        var folder = Open();
        using var working = folder.Stage();
        File.WriteAllText(working.FilePath, "half");
        var abandoned = Path.Combine(_path, "staging", "dead");
        Directory.CreateDirectory(abandoned);
        File.WriteAllText(Path.Combine(abandoned, "release"), "half");
        File.WriteAllText(Path.Combine(_path, "releases", "never-published.release"), "moved, not named");
        Open();
        Assert.That(Directory.Exists(abandoned), Is.False);
        Assert.That(File.Exists(working.FilePath), Is.True);
        Assert.That(Directory.EnumerateFiles(Path.Combine(_path, "releases")), Is.Empty);
    }

    [Test]
    public void Read_DamagedManifest_SaysSo()
    {
        Open();
        File.WriteAllText(Path.Combine(_path, "manifest.json"), "{ \"releases\": [ ");
        Assert.That(() => Open(), Throws.TypeOf<StoreFormat>().With.Message.Contains("manifest.json"));
    }

    [Test]
    public void Publish_FromManyThreads_LosesNothing()
    {
        var folder = Open();
        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => Publish(DataFolder.Open(_path, TimeProvider.System), $"{i}"));
        var manifest = folder.Read();
        Assert.That(manifest.Releases, Has.Count.EqualTo(12));
        Assert.That(manifest.Log, Has.Count.EqualTo(12));
        Assert.That(manifest.Releases.Count(release => release.Live), Is.EqualTo(1));
    }

    private DataFolder Open() => DataFolder.Open(_path, TimeProvider.System);

    private static ReleaseEntry Publish(DataFolder folder, string version, bool activate = false, string? content = null)
    {
        using var staged = folder.Stage();
        File.WriteAllText(staged.FilePath, content ?? $"content of {version}");
        return folder.Publish(staged, "csv", new("http://example.org/cs", version), "Example", null, 0, activate, "grace");
    }
}

using System.Diagnostics;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;
using Terminology.ValueSets;

namespace Terminology;

/// <summary>Who answers when people stored resources beside what is loaded, and what a change costs.</summary>
public sealed class StoredContentTests
{
    private const string Thing = "http://example.org/thing";

    private static StoredContent Nothing { get; } = new(new Reader());

    [Test]
    public void Find_StoredBesideAPackage_TheStoredOneAnswersFirst()
    {
        var loaded = Worlds.Loaded(Worlds.Package("p", ("ValueSet", Thing, "9", "2030"), ("CodeSystem", Thing, "9", "2030")));
        var service = loaded.WithStored(Nothing.With(Record("ValueSet", "v", Thing, "1")).With(Record("CodeSystem", "c", Thing, "1")));
        Assert.That(service.FindValueSet(new(Thing))!.Version, Is.EqualTo("1"));
        Assert.That(service.FindValueSet(new(Thing, "9"))!.Title, Is.EqualTo("p"));
        Assert.That(service.FindCodeSystem(Thing)!.Info.Version, Is.EqualTo("1"));
        Assert.That(service.FindCodeSystem(Thing, "9")!.Info.Version, Is.EqualTo("9"));
        Assert.That(service.CodeSystemVersions(Thing).Select(entry => entry.Version), Is.EqualTo(new[] { "1", "9" }));
    }

    [Test]
    public void Find_SeveralStored_TheNewestActiveOne()
    {
        var stored = Nothing.With(Record("ValueSet", "a", Thing, "1")).With(Record("ValueSet", "b", Thing, "10")).With(Record("ValueSet", "c", Thing, "9")).With(Record("ValueSet", "d", Thing, "11", PublicationStatus.Draft));
        Assert.That(Version(stored), Is.EqualTo("10"));
        Assert.That(Version(stored.Without("ValueSet", "b")), Is.EqualTo("9"));
        Assert.That(Version(stored.Without("ValueSet", "b").Without("ValueSet", "a").Without("ValueSet", "c")), Is.EqualTo("11"));
        Assert.That(Version(stored.With(Record("ValueSet", "b", Thing, "8"))), Is.EqualTo("9"), "replaced");
        Assert.That(Worlds.Empty.WithStored(stored.Without("ValueSet", "b")).FindValueSet(new(Thing, "10")), Is.Null);
    }

    [Test]
    public void Find_StoredDraftBesideAnActivePackage_ThePackageAnswers()
    {
        var service = Worlds.Loaded(Worlds.Package("p", ("ValueSet", Thing, "1", "2020"))).WithStored(Nothing.With(Record("ValueSet", "v", Thing, "2", PublicationStatus.Draft)));
        Assert.That(service.FindValueSet(new(Thing))!.Title, Is.EqualTo("p"));
        Assert.That(service.FindValueSet(new(Thing, "2"))!.Version, Is.EqualTo("2"));
    }

    [Test]
    public void Find_StoredBesideANativeRelease_TheNativeOneAnswers()
    {
        var native = Worlds.CodeSystem(Thing, "1", "A:native");
        var service = Worlds.Loaded(Worlds.Native(native, true)).WithStored(Nothing.With(Record("CodeSystem", "c", Thing, "2")));
        Assert.That(service.FindCodeSystem(Thing), Is.SameAs(native));
        Assert.That(service.FindCodeSystem(Thing, "2")!.Info.Version, Is.EqualTo("2"));
    }

    [Test]
    public void Maps_AreReadOnceForEachVersion_WhateverElseChanges()
    {
        var reader = new CountingReader();
        var stored = new StoredContent(reader).With(Map("m", "a", "b"));
        Read(stored, "m");
        stored = stored.With(Record("ValueSet", "v", Thing, "1")).With(Map("n", "a", "c"));
        Read(stored, "m");
        Read(stored.Without("ValueSet", "v"), "m");
        Assert.That(reader.Read, Is.EqualTo(1));
        Read(stored.With(Map("m", "a", "b")), "m");
        Assert.That(reader.Read, Is.EqualTo(2), "another version is another map");
        var record = Map("p", "a", "b");
        _ = CatalogueEntries.ConceptMap(record, null, reader).Map.Value;
        _ = CatalogueEntries.ConceptMap(record, null, reader).Map.Value;
        Assert.That(reader.Read, Is.EqualTo(3), "the catalogue is built anew when a release is activated, its packages stay");
    }

    private static void Read(StoredContent stored, string id) => _ = ((ConceptMapEntry)stored.EntryOf(stored.Find("ConceptMap", id)!)!).Map.Value;

    private sealed class CountingReader : IResourceReader
    {
        private readonly Reader _reader = new();

        public int Read { get; private set; }

        public ICodeSystem ReadCodeSystem(ReadOnlyMemory<byte> json) => _reader.ReadCodeSystem(json);

        public ValueSet ReadValueSet(ReadOnlyMemory<byte> json) => _reader.ReadValueSet(json);

        public IConceptMap ReadConceptMap(ReadOnlyMemory<byte> json)
        {
            Read++;
            return _reader.ReadConceptMap(json);
        }
    }

    [Test]
    public void Without_TheLast_IsEmptyAgain()
    {
        var stored = Nothing.With(Record("CodeSystem", "c", Thing, "1")).With(Map("m", "a", "b"));
        Assert.That(stored.Count, Is.EqualTo(2));
        stored = stored.Without("CodeSystem", "c").Without("ConceptMap", "m").Without("ConceptMap", "m");
        Assert.That(stored.IsEmpty);
        Assert.That(Worlds.Empty.WithStored(stored), Is.SameAs(Worlds.Empty));
    }

    [Test]
    public void With_Names_AreUnderstood()
    {
        var record = Record("CodeSystem", "c", Thing, "1") with { Index = new Dictionary<string, IReadOnlyList<string>> { ["identifier"] = ["urn:oid:1.2.3.4.5"] } };
        var stored = Nothing.With(record);
        Assert.That(Worlds.Empty.WithStored(stored).CodeSystem("urn:oid:1.2.3.4.5").Info.Url.Value, Is.EqualTo(Thing));
        Assert.That(Worlds.Empty.WithStored(stored.Without("CodeSystem", "c").With(Map("m", "a", "b"))).FindCodeSystem(Thing), Is.Null);
    }

    [Test]
    public void Translate_StoredMap_ReplacedAndRemoved_IsSeenAtOnce()
    {
        var stored = Nothing.With(Map("m", "s", "one"));
        Assert.That(Targets(stored), Is.EqualTo(new[] { "one" }));
        stored = stored.With(Map("m", "s", "two")).With(Map("n", "s", "three"));
        Assert.That(Targets(stored), Is.EquivalentTo(new[] { "two", "three" }));
        Assert.That(Targets(stored.Without("ConceptMap", "n")), Is.EqualTo(new[] { "two" }));
        Assert.That(Targets(stored.With(Map("m", "other", "two"))), Is.EqualTo(new[] { "three" }));
    }

    /// <summary>A change costs what it changes: a thousand of them over ten thousand stored maps, each seen by a translation.</summary>
    [Test]
    public void With_TenThousandStored_StaysCheap()
    {
        var stored = Nothing;
        for (var i = 0; i < 10_000; i++) stored = stored.With(Map($"m{i}", $"s{i % 500}", "t"));
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
        {
            stored = stored.With(Map($"m{i}", "s", $"t{i}"));
            if (i % 100 == 0) Assert.That(Targets(stored), Does.Contain($"t{i}"));
        }
        TestContext.Out.WriteLine($"{watch.Elapsed.TotalMicroseconds / 1000:N0} µs a change over 10,000 stored maps");
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), "a loose ceiling: 10 ms a change");
    }

    private static string? Version(StoredContent stored) => Worlds.Empty.WithStored(stored).FindValueSet(new(Thing))?.Version;

    private static IEnumerable<string?> Targets(StoredContent stored)
        => Worlds.Empty.WithStored(stored).Translate(new(new([new("s", "a")])), RequestScope.Default).Matches.Select(match => match.Target?.Code);

    private static ResourceRecord Record(string type, string id, string url, string version, PublicationStatus status = PublicationStatus.Active)
        => new(type, url, version, id, status, null, Encoding.UTF8.GetBytes($"{url}\n{version}"));

    private static ResourceRecord Map(string id, string system, string target) => new("ConceptMap", $"http://example.org/map/{id}", null, id, PublicationStatus.Active, null, Encoding.UTF8.GetBytes($"{id}\n{system}\n{target}"))
    {
        Index = new Dictionary<string, IReadOnlyList<string>> { ["group.source"] = [system], ["group.target"] = ["t"] },
    };

    private sealed class Reader : IResourceReader
    {
        public ICodeSystem ReadCodeSystem(ReadOnlyMemory<byte> json) => Worlds.CodeSystem(Parts(json)[0], Parts(json)[1], "A");

        public ValueSet ReadValueSet(ReadOnlyMemory<byte> json) => new() { Url = Parts(json)[0], Version = Parts(json)[1] };

        public IConceptMap ReadConceptMap(ReadOnlyMemory<byte> json) => new InMemoryConceptMap(
            new() { Url = $"http://example.org/map/{Parts(json)[0]}", Groups = [new(new(Parts(json)[1]), new("t"))] },
            [[new("a", [new() { Code = Parts(json)[2], Relationship = MapRelationship.Equivalent }])]]);

        private static string[] Parts(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span).Split('\n');
    }
}

using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Maps;

namespace Terminology.Store.Files;

/// <summary>A file that is not what was written is an error that names the place, never a crash.</summary>
public sealed class DamageTests
{
    private static readonly string[] Written = [.. Sections().Select(section => section.ToString())];

    [TestCaseSource(nameof(Written))]
    public void Verify_OneByteFlipped_NamesTheSection(string section)
    {
        using var file = Full();
        file.Release.Dispose();
        var bytes = File.ReadAllBytes(file.Path);
        var (offset, length) = Place(bytes, Enum.Parse<SectionId>(section));
        Assume.That(length, Is.Positive, "an empty section cannot be damaged");
        bytes[offset + length / 2] ^= 0x40;
        var damaged = file.Path + ".damaged";
        File.WriteAllBytes(damaged, bytes);
        Assert.That(StoredRelease.Verify(file.Path), Is.Empty);
        Assert.That(StoredRelease.Verify(damaged), Has.Some.Contains(section));
    }

    [TestCaseSource(nameof(Written))]
    public void Open_OneSectionOfNoise_AnswersOrRefuses(string section)
    {
        using var file = Full();
        file.Release.Dispose();
        var bytes = File.ReadAllBytes(file.Path);
        var (offset, length) = Place(bytes, Enum.Parse<SectionId>(section));
        new Random(17).NextBytes(bytes.AsSpan((int)offset, (int)length));
        var damaged = file.Path + ".damaged";
        File.WriteAllBytes(damaged, bytes);
        try
        {
            using var release = StoredRelease.Open(damaged);
            AskEverything(release);
        }
        catch (Exception refused) when (refused is StoreFormat or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            Assert.That(refused.Message, Is.Not.Empty);
        }
    }

    [TestCase(0)]
    [TestCase(100)]
    [TestCase(4096)]
    [TestCase(5000)]
    public void Open_Truncated_IsRefused(int length)
    {
        using var file = Full();
        file.Release.Dispose();
        var cut = file.Path + ".cut";
        File.WriteAllBytes(cut, File.ReadAllBytes(file.Path)[..length]);
        Assert.That(() => StoredRelease.Open(cut), Throws.TypeOf<StoreFormat>().With.Message.Contains(cut));
        Assert.That(StoredRelease.Verify(cut), Has.Count.EqualTo(1));
    }

    [Test]
    public void Open_OneByteShort_IsRefused()
    {
        using var file = Full();
        file.Release.Dispose();
        var cut = file.Path + ".cut";
        File.WriteAllBytes(cut, File.ReadAllBytes(file.Path)[..^1]);
        Assert.That(() => StoredRelease.Open(cut), Throws.TypeOf<StoreFormat>());
    }

    [Test]
    public void Open_ForeignFile_SaysSo()
    {
        using var file = new ReleaseFile();
        File.WriteAllText(file.Path + ".txt", new string('x', 10_000));
        Assert.That(() => StoredRelease.Open(file.Path + ".txt"), Throws.TypeOf<StoreFormat>().With.Message.Contains("not a release file"));
    }

    [Test]
    public void Open_OtherFormatVersion_NamesBoth()
    {
        using var file = Full();
        file.Release.Dispose();
        var bytes = File.ReadAllBytes(file.Path);
        bytes[SectionWriter.Magic.Length] = 99;
        File.WriteAllBytes(file.Path + ".old", bytes);
        Assert.That(() => StoredRelease.Open(file.Path + ".old"), Throws.TypeOf<StoreFormat>().With.Message.Contains("format 99").And.Message.Contains("import"));
    }

    [Test]
    public void Open_EveryByteOfTheHeaderFlipped_IsRefusedOrHarmless()
    {
        using var file = Full();
        file.Release.Dispose();
        var bytes = File.ReadAllBytes(file.Path);
        for (var i = 0; i < 64; i++)
        {
            var copy = bytes.ToArray();
            copy[i] ^= 0x10;
            File.WriteAllBytes(file.Path + ".damaged", copy);
            if (i < FileHeader.Length + 8) Assert.That(() => StoredRelease.Open(file.Path + ".damaged"), Throws.TypeOf<StoreFormat>(), $"byte {i}");
        }
    }

    [Test]
    public void Dispose_BeforeComplete_LeavesNoFile()
    {
        using var file = new ReleaseFile().Concept("a");
        file.Sink.Dispose();
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(file.Path)!), Is.Empty);
    }

    [Test]
    public void Unreferenced_Release_IsUnmapped()
    {
        Assume.That(OperatingSystem.IsLinux(), "asks the kernel for the maps of this process");
        using var file = Full();
        file.Release.Dispose();
        OpenAndForget(file.Path);
        for (var i = 0; i < 10 && IsMapped(file.Path); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.That(IsMapped(file.Path), Is.False);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void OpenAndForget(string path)
    {
        var release = StoredRelease.Open(path);
        Assert.That(release.CodeSystem!.Count, Is.Positive);
        Assert.That(IsMapped(path), Is.True);
    }

    private static bool IsMapped(string path) => File.ReadLines("/proc/self/maps").Any(line => line.Contains(path, StringComparison.Ordinal));

    private static void AskEverything(StoredRelease release)
    {
        var system = release.CodeSystem!;
        for (var i = 0; i < Math.Min(system.Count, 100); i++)
        {
            var concept = new ConceptOrdinal(i);
            system.TryFind(system.Code(concept), out _);
            _ = system.Display(concept).Length + system.Parents(concept).Length + system.Children(concept).Length;
            _ = system.DescendantsOrSelf(concept).Count;
            foreach (var refset in system.Refsets?.All ?? []) _ = system.Refsets!.Rows(refset.Id, concept).Count();
        }
        release.Replay(new RecordLog(), CancellationToken.None);
    }

    /// <summary>A release with something in each section.</summary>
    private static ReleaseFile Full()
    {
        var file = new ReleaseFile(ReleaseFile.Info(caseSensitive: false));
        file.Sink.Refset(new("900000000000509007", RefsetType.Language, "c", ["acceptabilityId"]));
        file.Sink.Refset(new("900000000000527005", RefsetType.Association, "c", ["targetComponentId"]));
        for (var i = 0; i < 20; i++)
        {
            file.Concept($"c{i}", time: 20250101, module: "m").Designation($"c{i}", $"Concept {i}", id: $"{i}1").Member("900000000000509007", $"{i}1", "900000000000548007");
            if (i > 0) file.Parent($"c{i}", $"c{i / 2}");
            if (i > 3) file.Parent($"c{i}", $"c{i / 2 - 1}").Link($"c{i}", "like", $"c{i - 1}", id: $"{i}2").Property($"c{i}", "note", PropertyType.String, $"n{i % 3}", id: $"{i}3").Member("900000000000527005", $"c{i}", $"c{i - 1}");
        }
        var map = file.Sink.Map(new ConceptMapInfo { Url = "http://example.org/map", Groups = [new(new("http://example.org/fruit"), new("http://example.org/other"))] });
        file.Sink.MapElement(map, 0, new("c1", [new() { Code = "x", Relationship = MapRelationship.Equivalent }]));
        file.Sink.Resource(new("ValueSet", "http://example.org/vs", "1", "vs", PublicationStatus.Active, null, "{\"resourceType\":\"ValueSet\"}"u8.ToArray()));
        return file;
    }

    private static IEnumerable<SectionId> Sections()
    {
        using var file = Full();
        file.Release.Dispose();
        return [.. Table(File.ReadAllBytes(file.Path)).Where(section => section.Length > 0).Select(section => (SectionId)section.Id)];
    }

    private static (long Offset, long Length) Place(byte[] bytes, SectionId id)
    {
        var section = Table(bytes).Single(section => section.Id == (int)id);
        return (section.Offset, section.Length);
    }

    private static SectionEntry[] Table(byte[] bytes)
    {
        var header = FileHeader.Read(bytes);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, SectionEntry>(bytes.AsSpan((int)header.TableOffset))[..header.Sections].ToArray();
    }
}

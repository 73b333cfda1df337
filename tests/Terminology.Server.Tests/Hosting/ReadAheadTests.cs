namespace Terminology.Server.Hosting;

public sealed class ReadAheadTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("terminology-ahead").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Read_FilesOfAnySize_ReadsEveryByte()
        => Assert.That(ReadAhead.Read([Write("a", 0), Write("b", 1), Write("c", 3_000_001), Path.Combine(_folder, "gone")], long.MaxValue, CancellationToken.None), Is.EqualTo(3_000_002));

    [TestCase(1999, 0)]
    [TestCase(2000, 1000)]
    public void Read_MoreThanHalfOfMemory_ReadsNothing(long memory, long read)
        => Assert.That(ReadAhead.Read([Write("a", 400), Write("b", 600)], memory, CancellationToken.None), Is.EqualTo(read));

    [Test]
    public void Read_Cancelled_Ends() => Assert.That(ReadAhead.Read([Write("a", 3_000_000)], long.MaxValue, new(canceled: true)), Is.Zero);

    private string Write(string name, int length)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, new byte[length]);
        return path;
    }
}

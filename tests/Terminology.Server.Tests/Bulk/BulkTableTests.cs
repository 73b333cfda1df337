using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Terminology.Issues;
using Terminology.Loaders.Tables;

namespace Terminology.Server.Bulk;

/// <summary>Blocks of a table answered at the same time: whatever their size, the same bytes in the same order.</summary>
public sealed class BulkTableTests
{
    private static readonly BulkColumns Appended = BulkColumns.All("result", "message");

    [Test]
    public async Task RunAsync_AnyBlockSize_WritesTheSameBytesAndTellsTheSameMisses()
    {
        var table = Table(300);
        var expected = await RunAsync(table, 1 << 20);
        Assert.That(Encoding.UTF8.GetString(expected.Written), Does.StartWith("id,code,note,result,message\r\n0,").And.Contain("\"two\nlines, 7\",x,true,\"answer to two\nlines, 7\"\r\n"));
        foreach (var size in new[] { 1, 2, 3, 5, 7, 11, 16, 31, 64, 100, 255, 1000, 4096 })
        {
            var ran = await RunAsync(table, size);
            Assert.That(ran.Written, Is.EqualTo(expected.Written), $"{size}");
            Assert.That((ran.Counts, ran.Misses), Is.EqualTo((expected.Counts, expected.Misses)), $"{size}");
        }
        Assert.That(expected.Counts.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(expected.Written))));
    }

    [Test]
    public async Task RunAsync_RowWithTooManyFields_WritesTheRowsBeforeIt()
    {
        var good = string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},c{i % 40},\n"));
        var text = "id,code,note\n" + good + "x,\"a\nb\",y,too many\n" + good;
        foreach (var size in new[] { 1, 50, 999, 1 << 17 })
        {
            using var written = new MemoryStream();
            using var table = CodeTable.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv");
            var problem = (await Assert.ThrowsAsync<ReleaseFormat>(() => Of(table, size).RunAsync(written, CancellationToken.None)))!;
            Assert.That(problem.Message, Does.Contain("502").And.Contain("4 fields, the header has 3"));
            Assert.That(Encoding.UTF8.GetString(written.ToArray()).Split("\r\n"), Has.Length.EqualTo(762), $"{size}: the header, the 760 lines of 500 rows, nothing behind them");
        }
    }

    [Test]
    public async Task RunAsync_EachQuestion_IsWorkedOutHardlyMoreThanOnce()
    {
        var asked = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using var table = CodeTable.Open(new MemoryStream(Encoding.UTF8.GetBytes("code\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"c{i % 50}\n")))), "t");
        var run = new BulkTable(table, [0], Appended, parts =>
        {
            asked.AddOrUpdate(parts[0], 1, (_, count) => count + 1);
            return (true, [["true", ""]]);
        })
        { BlockSize = 512 };
        var counts = await run.RunAsync(Stream.Null, CancellationToken.None);
        Assert.That((counts.Rows, counts.NotFound, asked.Count), Is.EqualTo((100_000L, 0L, 50)));
        Assert.That(asked.Values, Has.All.LessThanOrEqualTo(Environment.ProcessorCount + 1), "blocks that are under way at the same time may ask the same");
    }

    [Test]
    public async Task RunAsync_ReaderThatGoesAway_EndsItAndNothingIsReadAnyMore()
    {
        using var endless = new EndlessTable();
        using var table = CodeTable.Open(endless, "t");
        using var gone = new CancellationTokenSource();
        var run = new BulkTable(table, [1], Appended, _ => (true, [["true", ""]]));
        await Assert.ThrowsAsync<IOException>(() => run.RunAsync(new FullDisk(1 << 20), gone.Token));
        var read = endless.Given;
        Assert.That(read, Is.LessThan(20 << 20), "what is under way is bounded");
        await Task.Delay(20);
        Assert.That(endless.Given, Is.EqualTo(read));
    }

    [Test]
    public void RunAsync_Cancelled_Ends()
    {
        using var endless = new EndlessTable();
        using var table = CodeTable.Open(endless, "t");
        using var stop = new CancellationTokenSource();
        var rows = 0L;
        var run = new BulkTable(table, [1], Appended, _ => (true, [["true", ""]])) { Progress = (read, _) => { if ((rows = read) > 100_000) stop.Cancel(); } };
        Assert.That(async () => await run.RunAsync(Stream.Null, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(rows, Is.GreaterThan(100_000));
    }

    [Test]
    public async Task RunAsync_MoreAnswersThanThereIsRoomFor_GoesOn()
    {
        var text = "code\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"c{i}\n"));
        using var table = CodeTable.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t");
        using var written = new MemoryStream();
        var longText = new string('m', 1 << 19);
        var counts = await new BulkTable(table, [0], Appended, parts => (true, [[parts[0], longText]])) { BlockSize = 16 }.RunAsync(written, CancellationToken.None);
        Assert.That(counts.Rows, Is.EqualTo(300));
        written.Position = 0;
        using var reader = new StreamReader(written);
        await reader.ReadLineAsync();
        for (var i = 0; i < 300; i++) Assert.That((await reader.ReadLineAsync())![..(2 * $"c{i}".Length + 2)], Is.EqualTo($"c{i},c{i},"));
    }

    private static BulkTable Of(CodeTable table, int size, List<BulkMiss>? misses = null) => new(table, [1], Appended, parts => parts[0].StartsWith('X')
        ? (false, [["false", $"no answer to {parts[0]}"]])
        : (true, [.. Enumerable.Repeat<IReadOnlyList<string>>(["true", $"answer to {parts[0]}"], parts[0].Length % 3 + 1)]))
    { BlockSize = size, Missed = misses is null ? null : misses.Add };

    private static async Task<(byte[] Written, BulkCounts Counts, string Misses)> RunAsync(byte[] table, int size)
    {
        using var rows = CodeTable.Open(new MemoryStream(table), "t");
        using var written = new MemoryStream();
        var misses = new List<BulkMiss>();
        var counts = await Of(rows, size, misses).RunAsync(written, CancellationToken.None);
        var told = misses.GroupBy(miss => miss.Parts[0], StringComparer.Ordinal).Select(code => $"{code.Key} {code.Sum(miss => miss.Count)} {code.First().Line}");
        return (written.ToArray(), counts, string.Join('\n', told));
    }

    private static byte[] Table(int rows)
    {
        var random = new Random(9);
        string[] codes = ["a", "bb", "ccc", "\"two\nlines, 7\"", "\"q\"\"q\"", "X1", "X2", "\"X,3\"", "", "é"];
        string[] notes = ["x", "", "\"n\r\n\r\nm\"", new('y', 300)];
        string[] ends = ["\n", "\r\n", "\n\n", "\r"];
        var text = new StringBuilder("id,code,note\r\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append(i).Append(',').Append(codes[random.Next(codes.Length)]);
            if (random.Next(5) > 0) text.Append(',').Append(notes[random.Next(notes.Length)]);
            text.Append(i == rows - 1 ? "" : ends[random.Next(ends.Length)]);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Rows without end.</summary>
    private sealed class EndlessTable : MemoryStream
    {
        private static readonly byte[] s_row = "1,GLU\n"u8.ToArray();

        private long _given;

        public long Given => Volatile.Read(ref _given);

        public override int Read(Span<byte> buffer)
        {
            if (Given == 0) "id,code\n"u8.CopyTo(buffer);
            for (var i = Given == 0 ? 8 : 0; i < buffer.Length; i++) buffer[i] = s_row[(Given == 0 ? i - 8 : Given - 8 + i) % s_row.Length];
            Interlocked.Add(ref _given, buffer.Length);
            return buffer.Length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));
    }

    /// <summary>A stream that breaks behind so many bytes.</summary>
    private sealed class FullDisk(int room) : MemoryStream
    {
        private int _written;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            => Interlocked.Add(ref _written, buffer.Length) > room ? ValueTask.FromException(new IOException("the disk is full")) : ValueTask.CompletedTask;
    }
}

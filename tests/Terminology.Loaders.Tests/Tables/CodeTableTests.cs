using System.Text;
using CsvHelper;
using Terminology.Issues;

namespace Terminology.Loaders.Tables;

public sealed class CodeTableTests
{
    private const string Awkward = "id,code,note\r\n1,\"a\r\nb,\"\"c\"\"\",x\r\n\r\n2,GLU,\n3,\"very long " + "0123456789012345678901234567890123456789012345678901234567890123456789" + "\",\r4\n\n5,\"q\"tail\"x,é\r\n6,last,";

    [Test]
    public async Task ReadAsync_AnyBlockSize_GivesTheSameRowsAndLines()
    {
        var expected = Expected(Encoding.UTF8.GetBytes(Awkward));
        for (var size = 1; size <= Awkward.Length + 2; size++)
        {
            Assert.That(await RowsAsync(Encoding.UTF8.GetBytes(Awkward), size), Is.EqualTo(expected), $"{size}");
            Assert.That(await RowsAsync(Encoding.UTF8.GetBytes(Awkward), size, most: 1), Is.EqualTo(expected), $"{size}, byte by byte");
        }
    }

    [Test]
    public async Task ReadAsync_RandomText_ReadsAsCsvHelperDoes()
    {
        var random = new Random(17);
        for (var i = 0; i < 20_000; i++)
        {
            var text = "a,b,c,d,e,f,g,h,i,j,k,l\n" + string.Concat(Enumerable.Range(0, random.Next(25)).Select(_ => "\"\",\r\nxé"[random.Next(7)]));
            var bytes = Encoding.UTF8.GetBytes(text);
            var expected = Expected(bytes);
            Assert.That(await RowsAsync(bytes, 1 + random.Next(40)), Is.EqualTo(expected), text.ReplaceLineEndings("|"));
        }
    }

    [Test]
    public void Open_HeadersOfAllKinds_AreReadAsCsvHelperDoes()
    {
        string[] texts = ["a,b", "a,b\n", "\n\r\n\"a \"\"x\"\"\",b\n1,2\n", "\n", "\"a\nb\",c\r\n", "a;b\n", "a\tb\r1\t2\r", new string('x', 10_000) + ",b\n1,2"];
        Encoding[] encodings = [new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true), new UTF32Encoding(false, true), new UTF32Encoding(true, true)];
        foreach (var text in texts)
        {
            foreach (var encoding in encodings)
            {
                byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
                using var table = CodeTable.Open(new MemoryStream(bytes), "t");
                using var reader = CsvReader.Create(new MemoryStream(bytes), new CsvReaderOptions { Separator = table.Separator, HasHeader = true }, false);
                reader.ReadHeader();
                Assert.That(table.Columns, Is.EqualTo([.. reader.Headers]), $"{encoding.WebName}: {text}");
            }
        }
    }

    [Test]
    public async Task ReadAsync_OtherUnicode_GivesUtf8()
    {
        var encoding = new UnicodeEncoding(bigEndian: true, byteOrderMark: true);
        Assert.That(await RowsAsync([.. encoding.GetPreamble(), .. encoding.GetBytes("a,b\nä,2\n")], 3), Is.EqualTo(["2 [ä=ä] [2=2] <ä,2>"]));
    }

    [TestCase("a,b\n1,2\n\n1,\"x\ny\"\n1,2,3\n4,5\n", 6)]
    [TestCase("a,b\r\n1,2\r\n1,2,3", 3)]
    public async Task Read_TooManyFields_NamesTheLineWhateverTheBlocks(string text, int line)
    {
        for (var size = 1; size < 40; size++)
        {
            using var table = CodeTable.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv");
            var problem = (await Assert.ThrowsAsync<ReleaseFormat>(() => ReadAllAsync(table, size)))!;
            Assert.That(problem.Message, Does.Contain($"t.csv:{line}").Or.Contain($"line {line}").Or.Contain($"{line}:"));
            Assert.That(problem.Message, Does.Contain("3 fields, the header has 2"));
        }
    }

    [Test]
    public async Task ReadAsync_QuoteThatNeverCloses_NamesTheLineAndHoldsAFewMegabytes()
    {
        var text = "a,b\n1,2\n3,\"" + new string('x', 20 << 20);
        using var table = CodeTable.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv");
        var problem = (await Assert.ThrowsAsync<ReleaseFormat>(() => ReadAllAsync(table, 1 << 16)))!;
        Assert.That(problem.Message, Does.Contain("a row is longer than 16,777,216 bytes; is a quote not closed?").And.Contain("3"));
    }

    [Test]
    public async Task Return_EarlierRow_IsTheRowAgainAndTheNextStays()
    {
        using var table = CodeTable.Open(new MemoryStream("a,b\n1,2\n\"3\n\",4\n5,6\n"u8.ToArray()), "t");
        var block = new TableBlock(table);
        await table.ReadAsync(block, CancellationToken.None);
        Assert.That(block.Read() && block.Read());
        var second = block.At;
        Assert.That(block.Read());
        var third = block.At;
        block.Return(second);
        Assert.That((block[0], block[1], block.Line), Is.EqualTo(("3\n", "4", 3L)));
        block.Return(third);
        Assert.That((block[0], block.Line, block.Read()), Is.EqualTo(("5", 5L, false)));
    }

    [Test]
    public void Of_RandomFields_AreWrittenAsCsvHelperDoes()
    {
        var random = new Random(5);
        for (var i = 0; i < 5_000; i++)
        {
            var separator = ",;\t|"[random.Next(4)];
            string[] fields = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "\",;\t|\r\n xé=#'"[random.Next(13)])))];
            using var stream = new MemoryStream();
            using (var writer = CsvWriter.Create(stream, new CsvWriterOptions { Separator = separator }, true))
            {
                writer.WriteField("");
                foreach (var field in fields) writer.WriteField(field);
                writer.EndRecord();
            }
            Assert.That(AppendedFields.Of(separator, fields), Is.EqualTo(stream.ToArray()), string.Join('~', fields));
        }
    }

    /// <summary>Line, each field as it stands and as it reads, and the row as it stands.</summary>
    private static List<string> Expected(byte[] bytes)
    {
        var rows = new List<string>();
        using var reader = CsvReader.Create(new MemoryStream(bytes), new CsvReaderOptions { Separator = ',', HasHeader = true, TrackLineNumbers = true }, false);
        reader.ReadHeader();
        while (reader.Read())
        {
            var fields = Enumerable.Range(0, reader.FieldCount).Select(i => $"[{Encoding.UTF8.GetString(reader.GetRawSpan(i))}={reader.GetString(i)}]").ToArray();
            rows.Add($"{reader.LineNumber} {string.Join(' ', fields)} <{Encoding.UTF8.GetString(reader.RawRecord)}>");
            if (reader.FieldCount > 12) break;
        }
        return rows;
    }

    private static async Task<List<string>> RowsAsync(byte[] bytes, int size, int most = int.MaxValue)
    {
        using var table = await CodeTable.OpenAsync(new Trickle(bytes, most), "t", CancellationToken.None);
        return await ReadAllAsync(table, size);
    }

    private static async Task<List<string>> ReadAllAsync(CodeTable table, int size)
    {
        var rows = new List<string>();
        var block = new TableBlock(table, size);
        while (await table.ReadAsync(block, CancellationToken.None))
        {
            while (block.Read())
            {
                var fields = Enumerable.Range(0, block.FieldCount).Select(i => $"[{Encoding.UTF8.GetString(block.Raw(i))}={block[i]}]").ToArray();
                rows.Add($"{block.Line} {string.Join(' ', fields)} <{Encoding.UTF8.GetString(block.Record)}>");
            }
        }
        return rows;
    }

    /// <summary>A stream that gives so many bytes at once.</summary>
    private sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}

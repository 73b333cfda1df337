using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Terminology.Store.Files;

/// <summary>Writes a release file: header, sections aligned to 64 bytes, section table; fsynced when finished.</summary>
/// <remarks>
/// Header (4 KB): magic, format version, file length, table offset, table count, table hash, header hash. Table entry: id, offset, length, XXH3 of the bytes.
/// All numbers little-endian.
/// </remarks>
internal sealed class SectionWriter : IDisposable
{
    public const int HeaderLength = 4096, Alignment = 64, Format = 2;

    private readonly FileStream _file;
    private readonly List<SectionEntry> _sections = [];

    public SectionWriter(string path)
    {
        _file = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20);
        _file.Write(new byte[HeaderLength]);
    }

    public static ReadOnlySpan<byte> Magic => "TERMREL\n"u8;

    /// <summary>Writes a whole column.</summary>
    public void Add<T>(SectionId id, ReadOnlySpan<T> column)
        where T : unmanaged
    {
        using var stream = Begin(id);
        while (column.Length > 0)
        {
            var part = column[..Math.Min(column.Length, 1 << 20)];
            stream.Write(MemoryMarshal.AsBytes(part));
            column = column[part.Length..];
        }
    }

    /// <summary>Writes a section piece by piece; disposing the stream ends it.</summary>
    public SectionStream Begin(SectionId id)
    {
        if (_sections.Any(section => section.Id == (int)id)) throw new InvalidOperationException($"Section {id} is already written.");
        var padding = (int)((Alignment - _file.Position % Alignment) % Alignment);
        _file.Write(stackalloc byte[padding]);
        return new(_file, _file.Position, (offset, length, hash) => _sections.Add(new((int)id, 0, offset, length, hash)));
    }

    /// <summary>Writes table and header and flushes to the disk.</summary>
    public void Finish()
    {
        var table = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_sections)).ToArray();
        var tableOffset = _file.Position;
        _file.Write(table);
        var header = new FileHeader(Format, _sections.Count, _file.Position, tableOffset, XxHash3.HashToUInt64(table));
        _file.Position = 0;
        _file.Write(header.ToBytes());
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>One section under construction; small pieces are gathered before they are hashed and written.</summary>
internal sealed class SectionStream(FileStream file, long offset, Action<long, long, ulong> done) : IDisposable
{
    private readonly XxHash3 _hash = new();
    private readonly byte[] _gathered = new byte[1 << 14];
    private int _count;

    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (bytes.Length > _gathered.Length - _count)
        {
            Flush(_gathered.AsSpan(0, _count));
            _count = 0;
            if (bytes.Length > _gathered.Length)
            {
                Flush(bytes);
                return;
            }
        }
        bytes.CopyTo(_gathered.AsSpan(_count));
        _count += bytes.Length;
    }

    public void Write<T>(in T value)
        where T : unmanaged
        => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    public void Dispose()
    {
        Flush(_gathered.AsSpan(0, _count));
        _count = 0;
        done(offset, Length, _hash.GetCurrentHashAsUInt64());
    }

    private void Flush(ReadOnlySpan<byte> bytes)
    {
        _hash.Append(bytes);
        file.Write(bytes);
    }
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SectionEntry(int Id, int Reserved, long Offset, long Length, ulong Hash);

/// <summary>The first bytes of a release file.</summary>
internal readonly record struct FileHeader(int Format, int Sections, long FileLength, long TableOffset, ulong TableHash)
{
    public byte[] ToBytes()
    {
        var bytes = new byte[SectionWriter.HeaderLength];
        using var writer = new BinaryWriter(new MemoryStream(bytes), Encoding.UTF8);
        writer.Write(SectionWriter.Magic);
        writer.Write(Format);
        writer.Write(Sections);
        writer.Write(FileLength);
        writer.Write(TableOffset);
        writer.Write(TableHash);
        writer.Write(XxHash3.HashToUInt64(bytes.AsSpan(0, Length)));
        return bytes;
    }

    /// <summary>Bytes before the header's own hash.</summary>
    public static int Length => SectionWriter.Magic.Length + 4 + 4 + 8 + 8 + 8;

    public static FileHeader Read(ReadOnlySpan<byte> bytes)
    {
        var at = SectionWriter.Magic.Length;
        return new(
            BitConverter.ToInt32(bytes[at..]), BitConverter.ToInt32(bytes[(at + 4)..]), BitConverter.ToInt64(bytes[(at + 8)..]),
            BitConverter.ToInt64(bytes[(at + 16)..]), BitConverter.ToUInt64(bytes[(at + 24)..]));
    }

    public static ulong HashOf(ReadOnlySpan<byte> bytes) => BitConverter.ToUInt64(bytes[Length..]);
}

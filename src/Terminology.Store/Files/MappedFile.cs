using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Terminology.Issues;

namespace Terminology.Store.Files;

/// <summary>
/// The fence around raw memory: a release file, mapped. Header, table and the place of every section are checked when it is opened; columns check every index.
/// It stays mapped until it is disposed of, or until the last reference to it is gone.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly long _length;
    private readonly Dictionary<int, SectionEntry> _sections = [];
    private bool _unreferenced, _unmapped;

    private MappedFile(string path, MemoryMappedFile file, long length)
    {
        Path = path;
        _file = file;
        _length = length;
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _start = pointer + _view.PointerOffset;
    }

    public string Path { get; }

    /// <exception cref="StoreFormat">Not a release file, another format, truncated or with a damaged header.</exception>
    public static MappedFile Open(string path)
    {
        var length = new FileInfo(path).Length;
        if (length < SectionWriter.HeaderLength) throw new StoreFormat(path, "too short to be a release file; import the release again.");
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
        var mapped = new MappedFile(path, MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false), length);
        try
        {
            mapped.ReadTable();
            return mapped;
        }
        catch
        {
            mapped.Dispose();
            throw;
        }
    }

    public bool Has(SectionId id) => _sections.ContainsKey((int)id);

    /// <summary>A column; empty when the file has no such section.</summary>
    /// <exception cref="StoreFormat">The section is no whole number of elements.</exception>
    public Column<T> Column<T>(SectionId id)
        where T : unmanaged
    {
        if (!_sections.TryGetValue((int)id, out var section)) return default;
        if (section.Length % sizeof(T) != 0) throw new StoreFormat(Path, $"section {id} has {section.Length} bytes, no whole number of elements; import the release again.");
        return new((T*)(_start + section.Offset), section.Length / sizeof(T));
    }

    /// <summary>Reads every byte; names each section whose checksum is wrong. Reads the file, not the map: resident memory stays small.</summary>
    public IReadOnlyList<string> Verify()
    {
        var findings = new List<string>();
        using var handle = File.OpenHandle(Path, options: FileOptions.SequentialScan);
        var buffer = new byte[1 << 20];
        foreach (var section in _sections.Values)
        {
            var hash = new XxHash3();
            for (long at = 0; at < section.Length;)
            {
                var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(section.Length - at, buffer.Length)), section.Offset + at);
                if (read == 0) break;
                hash.Append(buffer.AsSpan(0, read));
                at += read;
            }
            if (hash.GetCurrentHashAsUInt64() != section.Hash) findings.Add($"section {(SectionId)section.Id} is damaged ({section.Length:N0} bytes at {section.Offset:N0})");
        }
        return findings;
    }

    /// <summary>Unmaps at once: only for an owner who knows that nobody reads any more. Without it the collector unmaps.</summary>
    public void Dispose()
    {
        Unmap();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Unmaps at the second collection that finds the file unreferenced: a span read from it may outlive the last reference by the rest of a method.
    /// </summary>
    ~MappedFile()
    {
        if (_unreferenced)
        {
            Unmap();
            return;
        }
        _unreferenced = true;
        GC.ReRegisterForFinalize(this);
    }

    /// <summary>The view handle never closes while it lends its pointer, not even when it is collected.</summary>
    private void Unmap()
    {
        if (_start == null || Interlocked.Exchange(ref _unmapped, true)) return;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private void ReadTable()
    {
        var header = new ReadOnlySpan<byte>(_start, SectionWriter.HeaderLength);
        if (!header.StartsWith(SectionWriter.Magic)) throw new StoreFormat(Path, "not a release file; import the release again.");
        var read = FileHeader.Read(header);
        if (read.Format != SectionWriter.Format) throw new StoreFormat(Path, $"format {read.Format}, this program reads {SectionWriter.Format}; import the release again.");
        if (FileHeader.HashOf(header) != XxHash3.HashToUInt64(header[..FileHeader.Length])) throw new StoreFormat(Path, "the header is damaged; import the release again.");
        if (read.FileLength != _length) throw new StoreFormat(Path, $"{_length:N0} bytes, should be {read.FileLength:N0}: truncated; import the release again.");
        var tableLength = (long)read.Sections * sizeof(SectionEntry);
        if (read.Sections < 0 || read.TableOffset < 0 || read.TableOffset + tableLength > _length) throw new StoreFormat(Path, "the section table is damaged; import the release again.");
        var table = new ReadOnlySpan<byte>(_start + read.TableOffset, (int)tableLength);
        if (XxHash3.HashToUInt64(table) != read.TableHash) throw new StoreFormat(Path, "the section table is damaged; import the release again.");
        foreach (var section in MemoryMarshal.Cast<byte, SectionEntry>(table))
        {
            if (section.Offset < SectionWriter.HeaderLength || section.Length < 0 || section.Offset + section.Length > read.TableOffset)
            {
                throw new StoreFormat(Path, $"section {(SectionId)section.Id} lies outside the file; import the release again.");
            }
            _sections[section.Id] = section;
        }
    }
}

/// <summary>A column of a mapped file. Lives as long as its <see cref="MappedFile"/>, which its user keeps.</summary>
internal readonly unsafe struct Column<T>
    where T : unmanaged
{
    private readonly T* _start;
    private readonly long _length;

    public Column(T* start, long length)
    {
        _start = start;
        _length = length;
    }

    public long Length => _length;

    public ref readonly T this[long index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((ulong)index >= (ulong)_length) Outside();
            return ref _start[index];
        }
    }

    /// <summary>A run of elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Slice(long start, int length)
    {
        if ((ulong)start > (ulong)_length || (ulong)length > (ulong)(_length - start)) Outside();
        return new(_start + start, length);
    }

    /// <summary>All of it; for columns below 2^31 elements.</summary>
    public ReadOnlySpan<T> Span => new(_start, checked((int)_length));

    /// <summary>A piece as memory that keeps the file mapped.</summary>
    public ReadOnlyMemory<byte> Memory(MappedFile owner, long start, int length)
    {
        _ = Slice(start, length);
        return new MappedMemory(owner, (byte*)(_start + start), length).Memory;
    }

    private static void Outside() => throw new ArgumentOutOfRangeException("index", "No such element.");
}

/// <summary>A piece of a mapped file as <see cref="Memory{T}"/>.</summary>
internal sealed unsafe class MappedMemory(MappedFile owner, byte* start, int length) : System.Buffers.MemoryManager<byte>
{
    private readonly MappedFile _owner = owner;

    public override Span<byte> GetSpan()
    {
        GC.KeepAlive(_owner);
        return new(start, length);
    }

    public override System.Buffers.MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}

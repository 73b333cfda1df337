using System.Text;
using Terminology.Issues;
using Terminology.Mapping.Exchange;

namespace Terminology.Loaders.Maps;

/// <summary>
/// One file format of maps. It reads into <see cref="MapTable"/>, accounting for every line, and writes one, stating what it cannot say.
/// The same map gives the same bytes.
/// </summary>
/// <remarks>Formats hold no state and are thread-safe. Maps are files of people and fit in memory: a whole one is read before the first line is given.</remarks>
public abstract class MapFormat
{
    /// <summary>What it is asked for by, lower case, for example <c>usagi</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What people call it.</summary>
    public abstract string Title { get; }

    /// <summary>Can it be read?</summary>
    public virtual bool Reads => true;

    /// <summary>Can it be written?</summary>
    public virtual bool Writes => false;

    /// <summary>What comes back when a map is written and read again; of what is only read, what can come out of a file.</summary>
    public abstract IReadOnlySet<MapFeature> Keeps { get; }

    /// <summary>Does a file say which old targets a release answers besides (<see cref="MapTable.Superseded"/>)?</summary>
    public virtual bool SaysSuperseded => false;

    /// <summary>Does a file begin as this format does? Only what is sure says yes.</summary>
    internal virtual bool Recognises(MapFileStart start) => false;

    /// <summary>Reads a map.</summary>
    /// <param name="stream">The file from its start; it is not closed.</param>
    /// <param name="options">What the file does not say of itself.</param>
    /// <exception cref="ReleaseFormat">The file is not what it claims to be: names line and column, and how to mend it.</exception>
    /// <exception cref="NotSupported">The format is only written.</exception>
    public virtual ReadMap Read(Stream stream, MapFormatOptions options) => throw new NotSupported($"{Title} is written, but not read.");

    /// <summary>Writes a map.</summary>
    /// <param name="map">What to write.</param>
    /// <param name="stream">Where to; it is not closed.</param>
    /// <param name="options">What the format needs and a map does not say.</param>
    /// <returns>What of this map the file does not say; empty when it says all.</returns>
    /// <exception cref="NotSupported">The format is only read.</exception>
    public virtual IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options) => throw new NotSupported($"{Title} is read, but not written.");

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>How a file begins, for recognising its format.</summary>
/// <param name="Name">Name of the file, without folders.</param>
/// <param name="Bytes">Its first bytes; a few thousand are enough.</param>
internal sealed record MapFileStart(string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The bytes as text, without a mark of byte order.</summary>
    public string Text { get; } = Decode(Bytes.Span);

    /// <summary>The first line.</summary>
    public string FirstLine => Text.Split('\n', 2)[0].TrimEnd('\r');

    /// <summary>Column names of the first line, whatever separates them.</summary>
    public IReadOnlyList<string> Columns => [.. FirstLine.Split(CsvText.SeparatorOf(FirstLine)).Select(column => Sheet.Normal(column.Trim('"')))];

    /// <summary>Are all of these columns there, whatever their case and spacing?</summary>
    public bool HasColumns(params ReadOnlySpan<string> names)
    {
        var columns = Columns;
        foreach (var name in names)
        {
            if (!columns.Contains(Sheet.Normal(name))) return false;
        }
        return true;
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith<byte>([0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        return Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
    }
}

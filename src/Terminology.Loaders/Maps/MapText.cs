using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.Maps;

/// <summary>Text of whole files in and out, and how values are written.</summary>
internal static class MapText
{
    /// <summary>All of a file, its encoding named, marked, or seen from its bytes: what no UTF-8 has is read as Windows-1252, which is said.</summary>
    public static string Read(Stream stream, MapFormatOptions options, MapBuilder builder)
    {
        var bytes = Bytes(stream);
        if (options.Encoding is { } name) return Encodings.Named(name, options.File).GetString(bytes).TrimStart('\uFEFF');
        if (bytes.AsSpan().StartsWith<byte>([0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes.AsSpan(2));
        if (bytes.AsSpan().StartsWith<byte>([0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? bytes.AsSpan(3) : bytes);
        builder.Lose("encoding", "The text is not UTF-8; it was read as windows-1252. Name another encoding if letters look wrong.");
        return Encodings.Windows1252.GetString(bytes);
    }

    /// <summary>All bytes of a file.</summary>
    public static byte[] Bytes(Stream stream)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>A writer of UTF-8 that leaves the stream open and ends lines as it is told to, the same everywhere.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="mark">Write a mark of byte order, by which spreadsheets know UTF-8?</param>
    public static StreamWriter Writer(Stream stream, bool mark = false) => new(stream, new UTF8Encoding(mark, throwOnInvalidBytes: true), leaveOpen: true) { NewLine = "\n" };

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static string Moment(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture) ?? "";

    public static string Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    public static string Number(int number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);
}

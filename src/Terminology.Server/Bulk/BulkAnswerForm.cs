using System.Buffers.Binary;

namespace Terminology.Server.Bulk;

/// <summary>An answer as it is kept: whether it was found, and what is appended, once for each line to write.</summary>
internal static class BulkAnswerForm
{
    /// <summary>The bytes of an answer.</summary>
    public static byte[] Write(bool found, IReadOnlyList<byte[]> lines)
    {
        var bytes = new byte[1 + lines.Sum(line => 4 + line.Length)];
        bytes[0] = found ? (byte)1 : (byte)0;
        var at = 1;
        foreach (var line in lines)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), line.Length);
            line.CopyTo(bytes, at + 4);
            at += 4 + line.Length;
        }
        return bytes;
    }

    public static bool IsFound(ReadOnlySpan<byte> answer) => answer[0] == 1;

    /// <summary>The next line; the first after <see cref="Lines"/>.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> lines, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (lines.IsEmpty) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(lines);
        line = lines.Slice(4, length);
        lines = lines[(4 + length)..];
        return true;
    }

    public static ReadOnlySpan<byte> Lines(ReadOnlySpan<byte> answer) => answer[1..];
}

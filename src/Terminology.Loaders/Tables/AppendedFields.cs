using CsvHelper;

namespace Terminology.Loaders.Tables;

/// <summary>Fields that are appended to a row, as they are written: quoted as RFC 4180, UTF-8.</summary>
public static class AppendedFields
{
    /// <summary>The bytes of the fields, each with the separator before it, and the end of the line.</summary>
    public static byte[] Of(char separator, IEnumerable<string> fields)
    {
        using var stream = new MemoryStream();
        using (var writer = CsvWriter.Create(stream, new CsvWriterOptions { Separator = separator }, true))
        {
            writer.WriteField(""); // what stands before them
            foreach (var field in fields) writer.WriteField(field);
            writer.EndRecord();
        }
        var bytes = stream.ToArray();
        return bytes[bytes.AsSpan().IndexOf((byte)separator)..];
    }
}

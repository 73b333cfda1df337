using System.Text;

namespace Terminology.Loaders.Tables;

/// <summary>Fields that are appended to a row, as they are written: quoted as RFC 4180, UTF-8.</summary>
public static class AppendedFields
{
    /// <summary>The bytes of the fields, each with the separator before it, and the end of the line.</summary>
    public static byte[] Of(char separator, IEnumerable<string> fields)
    {
        var text = new StringBuilder();
        foreach (var field in fields)
        {
            text.Append(separator);
            if (field.AsSpan().IndexOfAny(separator, '"') < 0 && field.AsSpan().IndexOfAny('\r', '\n') < 0) text.Append(field);
            else text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        return Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }
}

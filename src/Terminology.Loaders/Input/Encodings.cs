using System.Text;
using Terminology.Issues;

namespace Terminology.Loaders.Input;

/// <summary>Encodings by the names people use.</summary>
internal static class Encodings
{
    static Encodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Windows1252 => Encoding.GetEncoding(1252);

    /// <exception cref="ReleaseFormat">No such encoding.</exception>
    public static Encoding Named(string name, string file)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            throw new ReleaseFormat($"'{name}' is no encoding; windows-1252, iso-8859-1 and utf-16 are some.", file);
        }
    }
}

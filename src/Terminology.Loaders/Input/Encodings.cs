using System.Text;
using Terminology.Issues;

namespace Terminology.Loaders.Input;

/// <summary>Encodings by the names people use.</summary>
internal static class Encodings
{
    private static readonly Encoding? Registered = Register();

    public static Encoding Windows1252 { get; } = Registered ?? Encoding.GetEncoding(1252);

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

    private static Encoding? Register()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return null;
    }
}

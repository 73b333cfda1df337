using System.Text.Json;
using Terminology.Server.Access;

namespace Terminology.Server.Hosting;

/// <summary><c>server.json</c> in the data folder: where the process that has the journal listens, and what the verbs of this machine show it. There while it runs.</summary>
/// <param name="Url">Where it can be reached from this machine.</param>
/// <param name="Secret">See <see cref="OwnerSecret"/>.</param>
/// <param name="Certificate">SHA-256 of its TLS certificate; null without TLS.</param>
internal sealed record ServerFile(string Url, string Secret, string? Certificate)
{
    private static string PathIn(string data) => Path.Combine(data, "server.json");

    /// <summary>Writes it, readable by the owner of the process alone.</summary>
    public static void Write(string data, IEnumerable<string> urls, OwnerSecret secret, string? certificate)
    {
        var file = new ServerFile(FromHere(urls.First()), secret.Value, certificate);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Remove(data); // one that a killed server left keeps its rights
        using var stream = new FileStream(PathIn(data), options);
        JsonSerializer.Serialize(stream, file);
    }

    public static void Remove(string data) => File.Delete(PathIn(data));

    /// <summary>The file of the server that runs, or was killed; null when there is none.</summary>
    public static ServerFile? Read(string data)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerFile>(File.ReadAllBytes(PathIn(data)));
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    private static string FromHere(string url)
    {
        var address = new UriBuilder(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal));
        if (address.Host is "0.0.0.0" or "[::]") address.Host = "127.0.0.1";
        return address.Uri.GetLeftPart(UriPartial.Authority);
    }
}

using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Terminology.Issues;
using Terminology.Mapping;
using Terminology.Mapping.Releases;
using Terminology.Server.Maps;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology map sign | verify</c>: a release signed with a key from a file, and checked without any server.</summary>
internal static class MapSignVerbs
{
    public static Command Sign()
    {
        var map = new Argument<string>("MAP") { Description = "Id of the map." };
        var number = new Argument<int>("N") { Description = "Number of the release; it has passed its gates." };
        var key = new Option<FileInfo>("--key") { Description = "PEM of a private key (elliptic curve or RSA, not encrypted). It stays here.", HelpName = "FILE", Required = true };
        var command = MapVerbs.Asking("sign", "Signs a release with a key from a file: over the bytes of its content, in the name of the token.", "terminology map sign lab 2 --key kim.pem --token $TOKEN", map, number, key);
        command.SetAction(parsed => MapDesk.AskAsync(parsed, async client =>
        {
            var (id, release) = (parsed.GetValue(map)!, parsed.GetValue(number));
            var content = await client.ContentAsync(id, release);
            var signed = await client.StepAsync(id, release, "sign", new ReleaseCommand { Signature = Signature(parsed.GetValue(key)!, content) });
            Console.WriteLine($"Release {release} of '{id}', {Convert.ToHexStringLower(SHA256.HashData(content))}, is signed by {string.Join(", ", signed.Signatures.Select(signature => signature.By))}; it is {signed.State.ToString().ToLowerInvariant()}.");
            return CommandLine.Done;
        }));
        return command;
    }

    public static Command Verify()
    {
        var content = new Argument<FileInfo>("CONTENT") { Description = "What /api/maps/MAP/releases/N/content gives." };
        var release = new Argument<FileInfo>("RELEASE") { Description = "What /api/maps/MAP/releases/N gives: hash, gates, signatures." };
        var key = new Option<FileInfo?>("--key") { Description = "PEM of a public key that must have signed.", HelpName = "FILE" };
        var command = CommandLine.Verb(
            "verify", "Checks the content of a release against its hash and its signatures; needs no server.\nExit code 0: all hold; 1: one does not.",
            "terminology map verify content.ndjson release.json --key kim.pub.pem");
        foreach (var argument in new Argument[] { content, release }) command.Arguments.Add(argument);
        command.Options.Add(key);
        command.SetAction(parsed =>
        {
            var bytes = File.ReadAllBytes(parsed.GetValue(content)!.FullName);
            var told = Read(parsed.GetValue(release)!);
            var faults = Faults(told, bytes, parsed.GetValue(key)).ToArray();
            foreach (var fault in faults) Console.WriteLine(fault);
            if (faults.Length == 0) Console.WriteLine($"Release {told.Number}: {told.Rows:N0} rows, {told.Sha256}; signed by {(told.Signatures.Count == 0 ? "nobody" : string.Join(", ", told.Signatures.Select(signature => $"{signature.By} ({(signature.Key is null ? "by name" : "with a key")}, {signature.At:yyyy-MM-dd})")))}.");
            return faults.Length == 0 ? CommandLine.Done : CommandLine.Finding;
        });
        return command;
    }

    private static IEnumerable<string> Faults(MapRelease release, byte[] bytes, FileInfo? key)
    {
        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (found != release.Sha256) yield return $"The content has the hash {found}, the release {release.Sha256}: it is another one, or was changed.";
        foreach (var signature in release.Signatures)
        {
            if (signature.Sha256 != release.Sha256) yield return $"{signature.By} signed the hash {signature.Sha256}.";
            if (signature.Key is { } one && ReleaseSignature.Fault(one, bytes) is { } fault) yield return $"The signature of {signature.By} does not hold: {fault}";
        }
        if (key is not null && !release.Signatures.Any(signature => signature.Key is { } one && Same(one.PublicKey, File.ReadAllText(key.FullName)))) yield return $"Nobody signed with the key of {key.Name}.";
    }

    private static bool Same(string one, string other) => string.Concat(one.Where(character => !char.IsWhiteSpace(character))) == string.Concat(other.Where(character => !char.IsWhiteSpace(character)));

    private static KeySignature Signature(FileInfo key, byte[] content)
    {
        try
        {
            return ReleaseSignature.Sign(File.ReadAllText(key.FullName), content);
        }
        catch (CryptographicException problem)
        {
            throw new TerminologyException(IssueType.Value, "WRONG_USAGE", $"{key.Name} is no private key that can sign: {problem.Message} Make one with: openssl ecparam -name prime256v1 -genkey -noout.");
        }
    }

    private static MapRelease Read(FileInfo file)
    {
        try
        {
            return JsonSerializer.Deserialize<MapRelease>(File.ReadAllText(file.FullName), MappingJson.Options)!;
        }
        catch (JsonException problem)
        {
            throw new TerminologyException(IssueType.Value, "WRONG_USAGE", $"{file.Name} is no release: {problem.Message}");
        }
    }
}

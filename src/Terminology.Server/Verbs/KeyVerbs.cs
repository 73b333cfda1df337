using System.CommandLine;
using System.Text.Json;
using Terminology.Server.Access;
using Terminology.Server.Api;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology key create | list | revoke</c>: the keys of programs that use the server.</summary>
internal static class KeyVerbs
{
    private const string Me = "owner";

    public static Command Command() => new("key", "The API keys that let programs in: create, list, revoke.") { Create(), List(), Revoke() };

    private static Command Create()
    {
        var name = new Option<string>("--name") { Description = "Whose it is; the author of what is written with it.", Required = true };
        var scopes = new Option<string[]>("--scope") { Description = $"What it allows; repeat it for several. One of {Scopes.Known}.", Required = true, AllowMultipleArgumentsPerToken = true };
        var expires = new Option<string?>("--expires") { Description = "From this date or moment on (UTC) it is refused. Default: never." };
        var command = CommandLine.Verb("create", "Makes a key and prints it. It is shown this once.", "terminology key create --name lab-interface --scope write --expires 2030-01-31");
        foreach (var option in new Option[] { name, scopes, expires }) command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            var request = new KeyRequest(parsed.GetValue(name)!, parsed.GetValue(scopes)!, parsed.GetValue(expires));
            var key = await AskAsync(parsed, keys => keys.CreateAsync(request, Me));
            await Console.Error.WriteLineAsync($"The key '{key.Name}' ({Described(key)}) is shown this once; only its hash is kept:");
            Console.WriteLine(key.Key);
            return CommandLine.Done;
        });
        return command;
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = CommandLine.Verb("list", "Lists the keys that were not revoked, without the keys themselves.", "terminology key list");
        command.Options.Add(json);
        command.SetAction(async parsed =>
        {
            var keys = await AskAsync(parsed, keys => keys.ListAsync());
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(keys, Asking.Indented));
            else if (keys.Count == 0) Console.WriteLine("There are no keys.");
            else foreach (var key in keys) Console.WriteLine($"{key.Name}  {Described(key)}  created {key.Created:yyyy-MM-dd HH:mm}Z");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Revoke()
    {
        var name = new Argument<string>("NAME") { Description = "The key's name." };
        var command = CommandLine.Verb("revoke", "Takes a key back; it is refused from then on.", "terminology key revoke lab-interface");
        command.Arguments.Add(name);
        command.SetAction(async parsed =>
        {
            var which = parsed.GetValue(name)!;
            await AskAsync(parsed, async keys =>
            {
                await keys.RevokeAsync(which, Me);
                return true;
            });
            Console.WriteLine($"The key '{which}' is revoked.");
            return CommandLine.Done;
        });
        return command;
    }

    private static string Described(KeyInfo key) => $"{string.Join(' ', key.Scopes)}, {(key.Expires is { } end ? $"until {end.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "no expiry")}";

    private static Task<T> AskAsync<T>(ParseResult parsed, Func<IKeyring, Task<T>> ask)
        => Owner.AskAsync(parsed.GetValue(CommandLine.Data)!, journal => ask(new ApiKeys(journal, TimeProvider.System)), server => ask(new RemoteKeyring(server)));
}

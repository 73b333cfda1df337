using System.CommandLine;
using System.Globalization;
using Terminology.Issues;
using Terminology.Mapping.People;
using Terminology.Server.Access;
using Terminology.Server.Api;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology user add | list</c> and <c>terminology token create | revoke</c>: the people who work on maps.</summary>
internal static class PeopleVerbs
{
    private const string Me = "owner";

    public static Command Users() => new("user", "The people who work on maps: add, list.") { Add(), List() };

    public static Command Tokens() => new("token", "The personal tokens by which people are known: create, revoke.") { Create(), Revoke() };

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "1 to 64 letters, digits, hyphens, underscores and dots." };
        var roles = new Option<string[]>("--role") { Description = $"What she may do; repeat it for several. One of {MapRoles.Known}.", Required = true, AllowMultipleArgumentsPerToken = true };
        var domains = new Option<string[]>("--domain") { Description = "In which domain of maps (lab, drug …); default: in all.", AllowMultipleArgumentsPerToken = true };
        var command = CommandLine.Verb("add", "Adds a person, or gives one other roles.", "terminology user add ada --role author --domain lab");
        command.Arguments.Add(name);
        command.Options.Add(roles);
        command.Options.Add(domains);
        command.SetAction(async parsed =>
        {
            string[] where = parsed.GetValue(domains) is { Length: > 0 } named ? named : ["*"];
            var user = await AskAsync(parsed, people => people.PutAsync(new(parsed.GetValue(name)!, where.Distinct().ToDictionary(domain => domain, _ => parsed.GetValue(roles)!)), Me));
            Console.WriteLine($"{user.Name}: {Described(user)}. Make a token for her with 'terminology token create --user {user.Name}'.");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command List()
    {
        var command = CommandLine.Verb("list", "Lists the people and their roles.", "terminology user list");
        command.SetAction(async parsed =>
        {
            foreach (var user in await AskAsync(parsed, people => Task.FromResult(people.All.ToArray()))) Console.WriteLine($"{user.Name}  {Described(user)}");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Create()
    {
        var user = new Option<string>("--user") { Description = "Whose it is.", Required = true };
        var expires = new Option<string?>("--expires") { Description = "From this date or moment on (UTC) it is refused. Default: never." };
        var command = CommandLine.Verb("create", "Makes a token and prints it. It is shown this once.", "terminology token create --user ada --expires 2030-01-31");
        command.Options.Add(user);
        command.Options.Add(expires);
        command.SetAction(async parsed =>
        {
            var end = parsed.GetValue(expires) is not { } text ? (DateTimeOffset?)null
                : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
                : throw new TerminologyException(IssueType.Value, "INVALID_EXPIRY", AccessMessages.InvalidExpiry(text));
            var token = await AskAsync(parsed, people => people.IssueAsync(parsed.GetValue(user)!, end, Me));
            await Console.Error.WriteLineAsync($"The token {token.Id} of {token.User} is shown this once; only its hash is kept:");
            Console.WriteLine(token.Token);
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("ID") { Description = "The id that was told when it was made." };
        var command = CommandLine.Verb("revoke", "Takes a token back; it is refused from then on.", "terminology token revoke 1f2e3d4c5b6a");
        command.Arguments.Add(id);
        command.SetAction(async parsed =>
        {
            await AskAsync(parsed, async people =>
            {
                await people.RevokeAsync(parsed.GetValue(id)!, Me);
                return true;
            });
            Console.WriteLine($"The token {parsed.GetValue(id)} is revoked.");
            return CommandLine.Done;
        });
        return command;
    }

    private static string Described(UserInfo user) => string.Join("; ", user.Roles.Select(pair => $"{string.Join(' ', pair.Value)} {(pair.Key == "*" ? "everywhere" : $"for {pair.Key}")}"));

    private static Task<T> AskAsync<T>(ParseResult parsed, Func<IPeople, Task<T>> ask)
        => Owner.AskAsync(parsed.GetValue(CommandLine.Data)!, journal => ask(new People(journal)), server => ask(new RemotePeople(server)));
}

using System.Text.RegularExpressions;

namespace Terminology.Loaders.Maps.Fsh;

/// <summary>Rules of FSH that others put in, with the names of their parameters.</summary>
/// <param name="Parameters">Names, as they stand in braces in the rules.</param>
/// <param name="Rules">In their order.</param>
internal sealed partial record FshRuleSet(IReadOnlyList<string> Parameters, IReadOnlyList<FshStatement> Rules)
{
    /// <summary>All of a text, by name.</summary>
    public static Dictionary<string, FshRuleSet> Of(IEnumerable<FshStatement> statements)
    {
        var (found, open) = (new Dictionary<string, FshRuleSet>(StringComparer.Ordinal), (List<FshStatement>?)null);
        foreach (var statement in statements)
        {
            if (statement.IsRule) open?.Add(statement);
            else if (Header().Match(statement.Text) is not { Success: true } header) open = null;
            else found[header.Groups["name"].Value] = new(Arguments(header.Groups["list"].Value), open = []);
        }
        return found;
    }

    /// <summary>What a rule puts in; null when it is another rule.</summary>
    public static FshInsertion? Inserted(string rule)
        => Insert().Match(rule) is { Success: true } match ? new(match.Groups["path"].Success ? match.Groups["path"].Value : null, match.Groups["name"].Value, Arguments(match.Groups["list"].Value)) : null;

    /// <summary>The rules with values for the parameters.</summary>
    public IEnumerable<FshStatement> With(IReadOnlyList<string> arguments)
        => Rules.Select(rule => rule with { Text = Parameters.Zip(arguments).Aggregate(rule.Text, (text, pair) => text.Replace($"{{{pair.First}}}", pair.Second, StringComparison.Ordinal)) });

    /// <summary>Separated by commas; one that belongs to a text has a backslash before it.</summary>
    private static string[] Arguments(string list) => list.Length == 0 ? [] : [.. Comma().Split(list).Select(argument => argument.Trim().Replace("\\,", ",", StringComparison.Ordinal).Replace("\\)", ")", StringComparison.Ordinal))];

    [GeneratedRegex(@"^RuleSet:\s*(?<name>[^\s(]+)\s*(\((?<list>.*)\))?\s*$", RegexOptions.Singleline)]
    private static partial Regex Header();

    [GeneratedRegex(@"^((?<path>\S+)\s+)?insert\s+(?<name>[^\s(]+)\s*(\((?<list>.*)\))?\s*$", RegexOptions.Singleline)]
    private static partial Regex Insert();

    [GeneratedRegex(@"(?<!\\),")]
    private static partial Regex Comma();
}

/// <summary>A rule that puts others in.</summary>
/// <param name="Path">Below which path, or null.</param>
/// <param name="Name">Name of the RuleSet.</param>
/// <param name="Arguments">Values for its parameters.</param>
internal sealed record FshInsertion(string? Path, string Name, IReadOnlyList<string> Arguments);

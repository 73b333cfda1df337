using System.Text.RegularExpressions;

namespace Terminology.Server.OpenApi;

/// <summary>What the path of an endpoint of <c>/api</c> tells of it.</summary>
internal static partial class ApiPaths
{
    /// <summary>Groups of endpoints, in the order in which they are shown.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Tags { get; } =
    [
        ("Maps", "Maps that people work on: what they are, what happened to them."),
        ("Lists and files", "Codes that come in: rows, lists, files of maps."),
        ("Rows", "What a source code maps to, and the steps by which that is decided."),
        ("Questions", "What people ask of one another and of senders about rows, and what was answered."),
        ("Quality", "What rules find, and what of it may stand."),
        ("Tests", "What a map must answer."),
        ("Releases", "What was approved, frozen, signed and answers."),
        ("Impact", "What a new release of a code system does to a map."),
        ("Translate", "Lists as a whole."),
        ("People and keys", "Who is known to the server."),
        ("Backup", "What people wrote, as a file."),
    ];

    private static readonly (string Part, string Tag)[] ByPart =
    [
        ("rows:import", "Lists and files"), ("lists", "Lists and files"), ("files", "Lists and files"), ("rows", "Rows"), ("questions", "Questions"), ("agreement", "Rows"), ("findings", "Quality"), ("waivers", "Quality"), ("tests", "Tests"),
        ("releases", "Releases"), ("impact", "Impact"), ("api/translate", "Translate"), ("api/keys", "People and keys"), ("api/users", "People and keys"), ("api/tokens", "People and keys"), ("api/backup", "Backup"), ("api/maps", "Maps"),
    ];

    /// <summary>The group of an endpoint.</summary>
    public static string TagOf(string path)
    {
        var below = path.StartsWith("api/maps/{map}/", StringComparison.Ordinal) ? path["api/maps/{map}/".Length..] : path;
        return ByPart.FirstOrDefault(entry => below.StartsWith(entry.Part, StringComparison.Ordinal)).Tag ?? "Maps";
    }

    /// <summary>The parameters of a path, in order.</summary>
    public static IEnumerable<string> ParametersOf(string path) => InBraces().Matches(path).Select(match => match.Groups[1].Value);

    /// <summary>A name for programs, unique in the document: <c>getMapsMapRows</c>.</summary>
    public static string OperationId(string method, string path)
        => method.ToLowerInvariant() + string.Concat(Words().Matches(InBraces().Replace(path, "$1")["api/".Length..]).Select(word => char.ToUpperInvariant(word.Value[0]) + word.Value[1..]));

    [GeneratedRegex(@"\{\*{0,2}([^}:]+)[^}]*\}")]
    private static partial Regex InBraces();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Words();
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Terminology.Loaders.Maps.Fsh;

/// <summary>The JSON that the rules of an instance make, path by path: <c>group[0].element[+].target[=].code</c>; <c>[+]</c> is the next of a list, <c>[=]</c> the same again.</summary>
internal sealed partial class FshTree
{
    /// <summary>Lists of a ConceptMap, which a path may name without an index.</summary>
    private static readonly HashSet<string> Lists = ["group", "element", "extension", "modifierExtension", "dependsOn", "product", "identifier", "contact", "telecom", "useContext", "jurisdiction", "coding", "additionalAttribute"];

    private const int Deepest = 32;

    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    public JsonObject Root { get; } = [];

    /// <summary>The path with its indexes as numbers, by which indented rules go on.</summary>
    /// <exception cref="FormatException">It is no path, or leaves a gap in a list.</exception>
    public string Resolve(string path)
    {
        var resolved = "";
        var parent = "";
        var segments = path.Split('.');
        if (segments.Length > Deepest) throw new FormatException($"a path has at most {Deepest} parts.");
        for (var i = 0; i < segments.Length; i++)
        {
            if (Segment().Match(segments[i]) is not { Success: true } match) throw new FormatException($"'{segments[i]}' is no part of a path; expected is name, name[0], name[+] or name[=].");
            var (name, index) = (match.Groups["name"].Value, match.Groups["index"].Value);
            resolved = resolved.Length == 0 ? name : $"{resolved}.{name}";
            if (index.Length > 0 || IsList(name, parent, i + 1 < segments.Length)) resolved = $"{resolved}[{Index(resolved, index)}]";
            parent = name;
        }
        return resolved;
    }

    /// <summary>Puts a value at a resolved path.</summary>
    /// <exception cref="FormatException">Something else stands there, or a list has a gap.</exception>
    public void Set(string path, JsonNode value)
    {
        JsonNode at = Root;
        var segments = path.Split('.').Select(segment => Segment().Match(segment)).ToArray();
        for (var i = 0; i < segments.Length; i++)
        {
            var (name, index, isLast) = (segments[i].Groups["name"].Value, segments[i].Groups["index"].Value, i == segments.Length - 1);
            if (at is not JsonObject parent) throw new FormatException($"'{name}' stands below a value; only elements have parts.");
            if (index.Length == 0)
            {
                if (isLast) parent[name] = value;
                else at = parent[name] ??= new JsonObject();
                continue;
            }
            var list = (parent[name] ??= new JsonArray()) as JsonArray ?? throw new FormatException($"'{name}' is a value above and a list here.");
            var place = int.Parse(index, CultureInfo.InvariantCulture);
            if (place > list.Count) throw new FormatException($"{name}[{place}] leaves a gap: {list.Count} stand there before it.");
            if (place == list.Count) list.Add(isLast ? value : new JsonObject());
            else if (isLast) list[place] = value;
            at = list[place]!;
        }
    }

    private int Index(string list, string index)
    {
        var place = index switch
        {
            "" => 0,
            "+" => _last.TryGetValue(list, out var last) ? last + 1 : 0,
            "=" => _last.TryGetValue(list, out var same) ? same : throw new FormatException($"[=] of '{list}' stands before the first of the list."),
            _ => int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{index}' is no index; expected is a number, + or =."),
        };
        return _last[list] = place;
    }

    private static bool IsList(string name, string parent, bool hasParts)
        => Lists.Contains(name) || (name == "target" && parent == "element") || (name == "property" && parent is "" or "target" && hasParts);

    [GeneratedRegex(@"^(?<name>_?[A-Za-z][A-Za-z0-9]*)(\[(?<index>[^\]]*)\])?$")]
    private static partial Regex Segment();
}

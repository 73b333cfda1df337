using System.Text;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// Names and values in one cell: <c>unit=mg/dL; specimen=Serum</c>. A backslash goes before <c>\ ; = |</c> and blanks at either end where they belong to a text.
/// A dependency is <c>property=value</c>, or <c>property=system|value</c> and <c>property=system|value|display</c>.
/// </summary>
internal static class PairsText
{
    public static string Write(IReadOnlyList<KeyValuePair<string, string>> pairs) => string.Join("; ", pairs.Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value)}"));

    public static string Write(IReadOnlyList<MapDependency> dependencies) => string.Join("; ", dependencies.Select(dependency => (dependency.System, dependency.Display) switch
    {
        (null, null) => $"{Escape(dependency.Property)}={Escape(dependency.Value)}",
        (_, null) => $"{Escape(dependency.Property)}={Escape(dependency.System)}|{Escape(dependency.Value)}",
        _ => $"{Escape(dependency.Property)}={Escape(dependency.System ?? "")}|{Escape(dependency.Value)}|{Escape(dependency.Display)}",
    }));

    /// <summary>The pairs; false with what is wrong when a part has no name.</summary>
    public static bool TryRead(string text, out IReadOnlyList<KeyValuePair<string, string>> pairs, out string problem)
    {
        var read = new List<KeyValuePair<string, string>>();
        (pairs, problem) = (read, "");
        foreach (var part in Split(text, ';'))
        {
            var sides = Split(part, '=');
            if (sides.Count != 2 || Unescape(sides[0]).Length == 0)
            {
                problem = $"'{part.Trim()}' is not name=value; several are separated by ';', and a backslash goes before ; and = inside a text";
                return false;
            }
            read.Add(new(Unescape(sides[0]), Unescape(sides[1])));
        }
        return true;
    }

    /// <summary>The dependencies; false with what is wrong when a part is none.</summary>
    public static bool TryRead(string text, out IReadOnlyList<MapDependency> dependencies, out string problem)
    {
        var read = new List<MapDependency>();
        (dependencies, problem) = (read, "");
        foreach (var part in Split(text, ';'))
        {
            var sides = Split(part, '=');
            var values = sides.Count == 2 ? Split(sides[1], '|') : [];
            if (values.Count is 0 or > 3 || Unescape(sides[0]).Length == 0)
            {
                problem = $"'{part.Trim()}' is not property=value or property=system|value|display; a backslash goes before ; = | inside a text";
                return false;
            }
            var texts = values.Select(Unescape).ToArray();
            read.Add(texts.Length == 1 ? new(Unescape(sides[0]), null, texts[0]) : new(Unescape(sides[0]), texts[0].Length == 0 ? null : texts[0], texts[1], texts.Length == 3 ? texts[2] : null));
        }
        return true;
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\\' or ';' or '=' or '|' || (char.IsWhiteSpace(text[i]) && (i == 0 || i == text.Length - 1))) escaped.Append('\\');
            escaped.Append(text[i]);
        }
        return escaped.ToString();
    }

    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == separator)
            {
                parts.Add(text[from..i]);
                from = i + 1;
            }
        }
        parts.Add(text[from..]);
        if (separator == ';') parts.RemoveAll(string.IsNullOrWhiteSpace);
        return parts;
    }

    private static string Unescape(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]) && !IsEscaped(text, end - 1)) end--;
        var plain = new StringBuilder(end - start);
        for (var i = start; i < end; i++)
        {
            if (text[i] == '\\' && i + 1 < end) i++;
            plain.Append(text[i]);
        }
        return plain.ToString();
    }

    private static bool IsEscaped(string text, int at)
    {
        var slashes = 0;
        while (at - slashes > 0 && text[at - slashes - 1] == '\\') slashes++;
        return slashes % 2 == 1;
    }
}

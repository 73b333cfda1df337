using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Terminology.Loaders.Maps.Fsh;

/// <summary>A value of FSH: string, code, coding, number, boolean, date, alias; as JSON of FHIR, both ways.</summary>
internal static class FshValue
{
    /// <summary>The value that a text is.</summary>
    /// <exception cref="FormatException">It is none: says what is expected.</exception>
    public static JsonNode Read(string text, IReadOnlyDictionary<string, string> aliases)
    {
        if (text.StartsWith("\"\"\"", StringComparison.Ordinal)) return JsonValue.Create(Dedented(text[3..^3]));
        if (text.StartsWith('"')) return JsonValue.Create(Unescaped(text[1..^1]));
        if (text is "true" or "false") return JsonValue.Create(text == "true");
        if (text.StartsWith('#') && Code(text, out var rest) is { } code && rest.Length == 0) return JsonValue.Create(code);
        if (text.IndexOf('#') is > 0 and var hash && !text[..hash].Contains(' ', StringComparison.Ordinal)) return Coding(text, hash, aliases);
        if (aliases.TryGetValue(text, out var url)) return JsonValue.Create(url);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return JsonValue.Create(number);
        if (text.Length >= 4 && text[..4].All(char.IsAsciiDigit) && text.IndexOf(' ') < 0) return JsonValue.Create(text);
        throw new FormatException($"'{text}' is no value that can be read; strings in quotes, codes (#code), codings (system#code \"display\"), numbers, true, false, dates and aliases can.");
    }

    /// <summary>A string in quotes.</summary>
    public static string String(string text)
    {
        var escaped = new StringBuilder(text.Length + 2).Append('"');
        foreach (var letter in text) escaped.Append(letter switch { '"' => "\\\"", '\\' => @"\\", '\n' => @"\n", '\r' => @"\r", '\t' => @"\t", _ => letter.ToString() });
        return escaped.Append('"').ToString();
    }

    /// <summary>A code; in quotes where it has blanks or what would end it.</summary>
    public static string Code(string code) => code.Length > 0 && code.All(letter => !char.IsWhiteSpace(letter) && letter is not ('"' or '\\')) ? $"#{code}" : $"#{String(code)}";

    private static JsonObject Coding(string text, int hash, IReadOnlyDictionary<string, string> aliases)
    {
        var system = aliases.GetValueOrDefault(text[..hash]) ?? text[..hash];
        var coding = new JsonObject { ["system"] = system.Split('|')[0] };
        if (system.Contains('|', StringComparison.Ordinal)) coding["version"] = system[(system.IndexOf('|') + 1)..];
        coding["code"] = Code(text[hash..], out var rest);
        if (rest.StartsWith('"')) coding["display"] = Unescaped(rest[1..^1]);
        else if (rest.Length > 0) throw new FormatException($"behind a code only its display in quotes can stand, not '{rest}'.");
        return coding;
    }

    private static string Code(string text, out string rest)
    {
        var end = 1;
        if (text.Length > 1 && text[1] == '"')
        {
            for (end = 2; end < text.Length && text[end] != '"'; end++)
            {
                if (text[end] == '\\') end++;
            }
            if (end >= text.Length) throw new FormatException("the quote of a code is not closed.");
            rest = text[(end + 1)..].Trim();
            return Unescaped(text[2..end]);
        }
        while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
        rest = text[end..].Trim();
        return text[1..end];
    }

    private static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) plain.Append(text[i]);
            else plain.Append(text[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        }
        return plain.ToString();
    }

    /// <summary>A string of several lines: what all lines have of blanks before them is form, as are a first and a last line without text.</summary>
    private static string Dedented(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').ToList();
        if (lines.Count > 1 && string.IsNullOrWhiteSpace(lines[0])) lines.RemoveAt(0);
        if (lines.Count > 1 && string.IsNullOrWhiteSpace(lines[^1])) lines.RemoveAt(lines.Count - 1);
        var common = lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Length - line.TrimStart(' ').Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length >= common ? line[common..] : ""));
    }
}

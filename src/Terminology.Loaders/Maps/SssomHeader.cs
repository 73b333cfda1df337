namespace Terminology.Loaders.Maps;

/// <summary>
/// What stands above a SSSOM table in commented YAML: <c>key: value</c>, lists of <c>- value</c> and one level of <c>key: value</c> below a key, as SSSOM uses it. Values may be quoted.
/// </summary>
internal sealed class SssomHeader
{
    private readonly List<(string Key, List<KeyValuePair<string, string>> Values)> _slots = [];

    /// <summary>Slots in order; a plain value and the items of a list have no name.</summary>
    public IReadOnlyList<(string Key, List<KeyValuePair<string, string>> Values)> Slots => _slots;

    /// <summary>The first value of a slot, or null.</summary>
    public string? this[string key] => _slots.FirstOrDefault(slot => slot.Key == key).Values?.FirstOrDefault(pair => pair.Key.Length == 0).Value;

    /// <summary>Named values below a slot.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Map(string key) => _slots.FirstOrDefault(slot => slot.Key == key).Values ?? [];

    /// <summary>Reads the lines, without their <c>#</c>.</summary>
    /// <exception cref="Issues.ReleaseFormat">A line is none of these: names it.</exception>
    public static SssomHeader Read(IReadOnlyList<string> lines, MapBuilder builder)
    {
        var header = new SssomHeader();
        for (var i = 0; i < lines.Count; i++)
        {
            var text = lines[i].Trim();
            if (text.Length == 0 || text == "---" || text.StartsWith("# ", StringComparison.Ordinal)) continue;
            // YAML lets the items of a list stand under their key without indentation.
            if (text.StartsWith("- ", StringComparison.Ordinal) && header._slots.Count > 0)
            {
                header._slots[^1].Values.Add(new("", Plain(text[2..].Trim())));
                continue;
            }
            var colon = text.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var found ? found : text.EndsWith(':') ? text.Length - 1 : -1;
            if (colon < 0) throw builder.Fault($"'{text}' is not 'key: value'; the lines that begin with # say what the map is, in YAML.", i + 1);
            var (key, value) = (Plain(text[..colon]), Plain(text[(colon + 1)..].Trim()));
            if (header._slots.Count > 0 && Indent(lines[i]) > 1) header._slots[^1].Values.Add(new(key, value));
            else header._slots.Add((key, value.Length == 0 ? [] : [new("", value)]));
        }
        return header;
    }

    /// <summary>A value as YAML, quoted where it must be.</summary>
    public static string Quoted(string value)
        => value.Length > 0 && !IsOther(value) && !value.Contains(": ", StringComparison.Ordinal) && !value.EndsWith(':') && !value.Any(character => character is '"' or '\\' or '#' || char.IsControl(character)) && char.IsLetterOrDigit(value[0]) && !char.IsWhiteSpace(value[^1])
            ? value
            : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)}\"";

    /// <summary>Would YAML take the text for a number, a truth or nothing?</summary>
    private static bool IsOther(string value)
        => double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _) || value.ToLowerInvariant() is "true" or "false" or "null" or "yes" or "no" or "on" or "off";

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static string Plain(string value)
    {
        if (value.Length < 2) return value;
        if (value[0] == '\'' && value[^1] == '\'') return value[1..^1].Replace("''", "'", StringComparison.Ordinal);
        if (value[0] != '"' || value[^1] != '"') return value;
        var plain = new System.Text.StringBuilder(value.Length);
        for (var i = 1; i < value.Length - 1; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length - 1)
            {
                plain.Append(value[i]);
                continue;
            }
            plain.Append(value[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        }
        return plain.ToString();
    }
}

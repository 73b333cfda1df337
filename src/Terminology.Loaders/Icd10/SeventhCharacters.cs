using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Terminology.Loaders.Icd10;

/// <summary>Which seventh characters the codes below a class take: the nearest definition counts, restrictions of all notes above hold.</summary>
/// <remarks>ICD-10-CM guidelines, section I.A.5: shorter codes are filled with the placeholder X up to the sixth character.</remarks>
internal sealed partial class SeventhCharacters
{
    private readonly IReadOnlyList<(string Character, string Text)> _characters;
    private readonly IReadOnlyList<Restriction> _restrictions;

    private SeventhCharacters(IReadOnlyList<(string Character, string Text)> characters, IReadOnlyList<Restriction> restrictions) => (_characters, _restrictions) = (characters, restrictions);

    /// <summary>No seventh characters.</summary>
    public static SeventhCharacters None { get; } = new([], []);

    /// <summary>What holds inside a class: its own definition, else that from above; with the restrictions of its notes.</summary>
    /// <param name="diag">The class.</param>
    /// <param name="notUnderstood">Is told of a note that restricts in words unknown here.</param>
    public SeventhCharacters Below(XElement diag, Action<string> notUnderstood)
    {
        var own = diag.Elements("sevenChrDef").Elements("extension").Select(extension => (((string?)extension.Attribute("char") ?? "").Trim(), extension.Value.Trim())).Where(extension => extension.Item1.Length == 1).ToArray();
        var restrictions = new List<Restriction>();
        foreach (var note in diag.Elements("sevenChrNote").Concat(diag.Elements("notes")).Elements("note").Select(note => note.Value.Trim()).Where(note => Restricts().IsMatch(note)))
        {
            if (Restriction.Parse(note) is { } restriction) restrictions.Add(restriction);
            else notUnderstood(note);
        }
        return own.Length == 0 && restrictions.Count == 0 ? this : new(own.Length == 0 ? _characters : own, [.. _restrictions, .. restrictions]);
    }

    /// <summary>The valid codes of a class that has none below it, with the text of their seventh character.</summary>
    public IEnumerable<(string Code, string Text)> Of(string code)
    {
        var stem = code.Replace(".", "", StringComparison.Ordinal).PadRight(6, 'X');
        if (stem.Length > 6) return [];
        return _characters.Where(extension => !_restrictions.Any(restriction => restriction.Forbids(stem, extension.Character[0]))).Select(extension => (IcdCode.Cm10(stem + extension.Character), extension.Text));
    }

    [GeneratedRegex(@"7th\s+characters?\b.*\bnot\s+appl", RegexOptions.IgnoreCase)]
    private static partial Regex Restricts();

    [GeneratedRegex(@"7th\s+characters?\s+(?<seventh>.+?)\s+do(?:es)?\s+not\s+apply\s+to\s+codes?\s+(?:in|from|under)\s+(?:sub)?categor(?:y|ies)\s+(?<code>[A-Z][0-9A-Z.]+)-?(?:\s+with\s+6th\s+characters?\s+(?<sixth>.+))?", RegexOptions.IgnoreCase)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9A-Z](?![0-9A-Za-z])")]
    private static partial Regex Single();

    /// <summary>"7th characters D and S do not apply to codes in category S06 with 6th character 7 - …, or 8 - …".</summary>
    private sealed record Restriction(string Category, string Seventh, string Sixth)
    {
        public static Restriction? Parse(string note)
        {
            var match = Sentence().Match(note);
            var seventh = Characters(match.Groups["seventh"].Value);
            return match.Success && seventh.Length > 0 && (!match.Groups["sixth"].Success || Characters(match.Groups["sixth"].Value).Length > 0)
                ? new(match.Groups["code"].Value.TrimEnd('.').Replace(".", "", StringComparison.Ordinal), seventh, Characters(match.Groups["sixth"].Value))
                : null;
        }

        public bool Forbids(string stem, char seventh) => stem.StartsWith(Category, StringComparison.Ordinal) && Seventh.Contains(seventh) && (Sixth.Length == 0 || Sixth.Contains(stem[5]));

        private static string Characters(string text) => string.Concat(Single().Matches(text).Select(match => match.Value));
    }
}

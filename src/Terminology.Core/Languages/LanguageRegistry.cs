using System.Collections.Frozen;
using Terminology.Issues;

namespace Terminology.Languages;

/// <summary>What a subtag of the IANA registry is.</summary>
internal enum SubtagType
{
    Language,
    Extlang,
    Script,
    Region,
    Variant,
}

/// <summary>A subtag, or a whole tag that the registry kept from before the grammar.</summary>
/// <param name="Text">In its conventional case.</param>
/// <param name="Descriptions">At least one; a line break stands where the registry begins a new line.</param>
/// <param name="IsDeprecated">Not to be used any more.</param>
/// <param name="Preferred">What to use instead, or null.</param>
/// <param name="Prefixes">Tags that an extlang or variant goes after; empty: any.</param>
internal sealed record Subtag(string Text, IReadOnlyList<string> Descriptions, bool IsDeprecated, string? Preferred, IReadOnlyList<string> Prefixes)
{
    /// <summary>The first description as one line.</summary>
    public string Name => Descriptions[0].Replace('\n', ' ');
}

/// <summary>The subtags of languages, scripts, regions and variants. RFC 5646 <see href="https://www.rfc-editor.org/rfc/rfc5646#section-3.1">language subtag registry</see>.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
internal sealed class LanguageRegistry
{
    private const char NewLine = '¶';
    private readonly FrozenDictionary<(SubtagType, string), Subtag> _subtags;
    private readonly FrozenDictionary<string, Subtag> _wholeTags;
    private readonly (SubtagType Type, string First, string Last, Subtag Subtag)[] _ranges;

    private LanguageRegistry(
        Dictionary<(SubtagType, string), Subtag> subtags, Dictionary<string, Subtag> wholeTags, List<(SubtagType, string, string, Subtag)> ranges, List<string> languages, List<string> common)
    {
        (_subtags, _wholeTags, _ranges) = (subtags.ToFrozenDictionary(new BySubtag()), wholeTags.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), [.. ranges]);
        (Languages, Common) = (languages, common);
    }

    /// <summary>All language subtags, in the order of the registry; ranges for private use are left out.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Those of ISO 639-1 and ISO 639-2 that are not deprecated.</summary>
    public IReadOnlyList<string> Common { get; }

    /// <summary>Reads the registry as a table: type, subtag, flags (d deprecated, i in ISO 639-1 or -2), preferred value, prefixes, descriptions; lines with # are remarks.</summary>
    /// <exception cref="ReleaseFormat">A line has too few columns.</exception>
    public static LanguageRegistry Read(TextReader table)
    {
        var (subtags, wholeTags, ranges, languages, common) = (
            new Dictionary<(SubtagType, string), Subtag>(), new Dictionary<string, Subtag>(), new List<(SubtagType, string, string, Subtag)>(), new List<string>(), new List<string>());
        for (var number = 1; table.ReadLine() is { } line; number++)
        {
            if (line.StartsWith('#') || line.Length == 0) continue;
            var cells = line.Split('\t');
            if (cells.Length < 6) throw new ReleaseFormat("there are fewer than six columns.", "language-subtags", number);
            var subtag = new Subtag(cells[1], [.. cells[5..].Select(text => text.Replace(NewLine, '\n'))], cells[2].Contains('d'), cells[3].Length == 0 ? null : cells[3], cells[4].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            if (!Enum.TryParse<SubtagType>(cells[0], ignoreCase: true, out var type))
            {
                // Redundant tags follow the grammar anyway.
                if (cells[0] == "grandfathered") wholeTags[subtag.Text] = subtag;
                continue;
            }
            if (subtag.Text.IndexOf("..", StringComparison.Ordinal) is > 0 and var dots)
            {
                ranges.Add((type, subtag.Text[..dots], subtag.Text[(dots + 2)..], subtag));
                continue;
            }
            subtags[(type, subtag.Text.ToLowerInvariant())] = subtag;
            if (type != SubtagType.Language) continue;
            languages.Add(subtag.Text);
            if (cells[2].Contains('i')) common.Add(subtag.Text);
        }
        return new(subtags, wholeTags, ranges, languages, common);
    }

    /// <summary>A subtag whatever its case, or null; of a range for private use a subtag of its own.</summary>
    public Subtag? Find(SubtagType type, string text)
    {
        var lower = text.ToLowerInvariant();
        if (_subtags.TryGetValue((type, lower), out var known)) return known;
        foreach (var range in _ranges)
        {
            if (range.Type != type || lower.Length != range.First.Length) continue;
            if (string.Compare(lower, range.First, StringComparison.OrdinalIgnoreCase) >= 0 && string.Compare(lower, range.Last, StringComparison.OrdinalIgnoreCase) <= 0)
            {
                return range.Subtag with { Text = LanguageTag.Cased(type, lower) };
            }
        }
        return null;
    }

    /// <summary>A tag from before the grammar, whatever its case, or null.</summary>
    public Subtag? WholeTag(string tag) => _wholeTags.GetValueOrDefault(tag);

    private sealed class BySubtag : IEqualityComparer<(SubtagType Type, string Text)>
    {
        public bool Equals((SubtagType Type, string Text) left, (SubtagType Type, string Text) right) => left.Type == right.Type && string.Equals(left.Text, right.Text, StringComparison.Ordinal);

        public int GetHashCode((SubtagType Type, string Text) of) => HashCode.Combine(of.Type, string.GetHashCode(of.Text, StringComparison.Ordinal));
    }
}

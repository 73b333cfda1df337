using Terminology.Issues;

namespace Terminology.Languages;

/// <summary>A language tag taken apart. RFC 5646 <see href="https://www.rfc-editor.org/rfc/rfc5646#section-2.1">syntax</see>.</summary>
internal sealed class LanguageTag
{
    private const int MostCharacters = 255;
    private readonly List<Subtag> _variants = [];
    private readonly List<string> _extensions = [];

    private LanguageTag(string text) => Text = text;

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Null only in a tag that is private use alone, or older than the grammar.</summary>
    public Subtag? Language { get; private set; }

    public Subtag? Extlang { get; private set; }

    public Subtag? Script { get; private set; }

    public Subtag? Region { get; private set; }

    public IReadOnlyList<Subtag> Variants => _variants;

    /// <summary>Each with its singleton: <c>u-ca-gregory</c>.</summary>
    public IReadOnlyList<string> Extensions => _extensions;

    /// <summary>What follows <c>x-</c>, or null.</summary>
    public string? PrivateUse { get; private set; }

    /// <summary>The entry of a tag that is older than the grammar, or null.</summary>
    public Subtag? WholeTag { get; private set; }

    /// <summary>Its parts in order that have an entry in the registry.</summary>
    public IEnumerable<Subtag> Parts => new[] { WholeTag, Language, Extlang, Script, Region }.OfType<Subtag>().Concat(_variants);

    /// <summary>The conventional case: <c>zh-Hant-TW</c>.</summary>
    public static string Cased(SubtagType type, string text) => type switch
    {
        SubtagType.Script => char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant(),
        SubtagType.Region => text.ToUpperInvariant(),
        _ => text.ToLowerInvariant(),
    };

    /// <summary>The tag in its conventional case, or what is wrong with it; exactly one is null.</summary>
    public static (LanguageTag? Tag, string? Problem) Parse(LanguageRegistry registry, string text)
    {
        if (text.Length == 0) return (null, LanguageMessages.Empty());
        if (text.Length > MostCharacters) return (null, LanguageMessages.TooLong(MostCharacters));
        if (registry.WholeTag(text) is { } whole) return whole.Text == text ? (new(text) { WholeTag = whole }, null) : (null, LanguageMessages.Case(text, whole.Text));
        var tag = new LanguageTag(text);
        var parts = text.Split('-');
        if (tag.Read(registry, parts) is { } problem) return (null, problem);
        var conventional = string.Join('-', parts);
        return conventional == text ? (tag, null) : (null, LanguageMessages.Case(text, conventional));
    }

    /// <summary>Takes the parts and brings them to their conventional case; null when all is well.</summary>
    private string? Read(LanguageRegistry registry, string[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length is 0 or > 8 || parts[i].AsSpan().ContainsAnyExcept(Alphanumeric)) return LanguageMessages.Malformed(parts[i], At(parts, i));
        }
        var at = 0;
        if (!IsSingleton(parts, 0))
        {
            Language = registry.Find(SubtagType.Language, parts[0]);
            if (Language is null) return LanguageMessages.Unknown("language", parts[0], 1);
            parts[at++] = Language.Text;
            if (at < parts.Length && parts[at].Length == 3 && char.IsAsciiLetter(parts[at][0]))
            {
                Extlang = registry.Find(SubtagType.Extlang, parts[at]);
                if (Extlang is null) return LanguageMessages.Unknown("extended language", parts[at], At(parts, at));
                if (!Extlang.Prefixes.Contains(Language.Text)) return LanguageMessages.WrongPrefix(Extlang.Text, string.Join(", ", Extlang.Prefixes), At(parts, at));
                parts[at++] = Extlang.Text;
            }
            if (at < parts.Length && parts[at].Length == 4 && char.IsAsciiLetter(parts[at][0]))
            {
                Script = registry.Find(SubtagType.Script, parts[at]);
                if (Script is null) return LanguageMessages.Unknown("script", parts[at], At(parts, at));
                parts[at++] = Script.Text;
            }
            if (at < parts.Length && (parts[at].Length == 2 || (parts[at].Length == 3 && char.IsAsciiDigit(parts[at][0]))))
            {
                Region = registry.Find(SubtagType.Region, parts[at]);
                if (Region is null) return LanguageMessages.Unknown("region", parts[at], At(parts, at));
                parts[at++] = Region.Text;
            }
            for (; at < parts.Length && !IsSingleton(parts, at); at++)
            {
                if (registry.Find(SubtagType.Variant, parts[at]) is not { } variant) return LanguageMessages.Unexpected(parts[at], At(parts, at));
                if (_variants.Contains(variant)) return LanguageMessages.Twice(parts[at], At(parts, at));
                _variants.Add(variant);
                parts[at] = variant.Text;
            }
        }
        return Tail(parts, at);
    }

    private string? Tail(string[] parts, int at)
    {
        while (at < parts.Length)
        {
            var start = at;
            parts[at] = parts[at].ToLowerInvariant();
            var isPrivate = parts[at] == "x";
            for (at++; at < parts.Length && (isPrivate || !IsSingleton(parts, at)); at++) parts[at] = parts[at].ToLowerInvariant();
            if (at == start + 1) return LanguageMessages.NothingAfter(parts[start], At(parts, start));
            var text = string.Join('-', parts[start..at]);
            if (isPrivate) PrivateUse = text[2..];
            else if (_extensions.Exists(known => known[0] == text[0])) return LanguageMessages.Twice(parts[start], At(parts, start));
            else _extensions.Add(text);
        }
        return null;
    }

    private static readonly System.Buffers.SearchValues<char> Alphanumeric = System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static bool IsSingleton(string[] parts, int at) => parts[at].Length == 1;

    /// <summary>One-based character where a part begins.</summary>
    private static int At(string[] parts, int index) => parts.Take(index).Sum(part => part.Length + 1) + 1;
}

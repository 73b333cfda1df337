using System.Text.RegularExpressions;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Quality.Meaning;
using Terminology.Mapping.Rows;
using Terminology.Search;

namespace Terminology.Mapping.Quality;

/// <summary>A row as rules see it: what its list says, read once.</summary>
public sealed partial class RowFacts
{
    private readonly Lazy<string[]> _words;
    private readonly Lazy<SourceSpecimen?> _specimen;
    private IReadOnlyList<(string Method, string Word)>? _methods;
    private IReadOnlyList<(string Group, string Meaning, string Word)>? _qualifiers;
    private bool? _isOfDay;

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row, with the content to be looked at.</param>
    /// <param name="units">Reads its unit; null: units are not read.</param>
    public RowFacts(MapRow row, UnitReader? units)
    {
        Row = row;
        Unit = TextRepair.Visible(In("unit"));
        if (Unit is "N/A" or "n/a" or "-" or "none") Unit = "";
        UnitCode = Unit.Length > 0 ? units?.Read(Unit) : null;
        Dimension = Unit.Length == 0 ? "" : units?.Dimension(Unit) ?? Unit.ToLowerInvariant();
        _words = new(() => TermFolding.Words(Name));
        _specimen = new(() => SourceSpecimen.Of(this));
    }

    /// <summary>The row.</summary>
    public MapRow Row { get; }

    /// <summary>Its key.</summary>
    public string Key => Row.Key;

    /// <summary>What is said of it.</summary>
    public RowContent Content => Row.Content;

    /// <summary>Its display, empty when it has none.</summary>
    public string Name => Row.Display ?? "";

    /// <summary>The words of its display, folded.</summary>
    public IReadOnlyList<string> Words => _words.Value;

    /// <summary>Its display, displays in other languages and synonyms.</summary>
    public IEnumerable<string> Names => Row.Context.Where(pair => pair.Key == "synonym" || pair.Key.StartsWith("display[", StringComparison.Ordinal)).Select(pair => pair.Value).Prepend(Name).Where(name => name.Length > 0);

    /// <summary>Its unit as written, empty when there is none.</summary>
    public string Unit { get; }

    /// <summary>The UCUM code that its unit means; null when there is none or it is not read.</summary>
    public string? UnitCode { get; }

    /// <summary>What its unit measures (<see cref="UnitReader.Dimension"/>); empty without unit.</summary>
    public string Dimension { get; }

    /// <summary>Its specimen, as the list or the name says; null when neither does.</summary>
    public SourceSpecimen? Specimen => _specimen.Value;

    /// <summary>How often it was used; null when not said.</summary>
    public long? Frequency => long.TryParse(In("frequency"), out var count) ? count : null;

    /// <summary>The methods that it states, with the words that say so.</summary>
    internal IReadOnlyList<(string Method, string Word)> Methods => _methods ??= [.. MethodWords.Of(this)];

    /// <summary>What its name says that changes a meaning.</summary>
    internal IReadOnlyList<(string Group, string Meaning, string Word)> Qualifiers => _qualifiers ??= QualifierWords.Of(TermFolding.Words(Examples().Replace(Name, " ")));

    /// <summary>What stands in parentheses as examples: (i.e. bleeding, infection, etc.), (acute epiglottitis, foreign body, etc.).</summary>
    [GeneratedRegex(@"\([^()]*\b(etc|i\.e|e\.g|bijv|zoals)\b[^()]*\)?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Examples();

    /// <summary>Does it say that a whole day was collected?</summary>
    internal bool IsOfDay => _isOfDay ??= TimeWords.IsDay(this);

    /// <summary>Is there something to look at: a decision about a code that is in use?</summary>
    public bool IsDecided => Row.State != MapRowState.Retired && !Content.IsEmpty;

    /// <summary>How sentences name it: the display in quotes, else the code.</summary>
    public string Quoted => Name.Length > 0 ? $"'{Name}'" : $"'{Row.Code}'";

    /// <summary>A value of its context, empty when the list does not say.</summary>
    public string In(string context)
    {
        foreach (var (name, value) in Row.Context)
        {
            if (name == context) return value;
        }
        return "";
    }

    /// <summary>Has the name one of these words, folded?</summary>
    public bool HasWord(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (_words.Value.Contains(word, StringComparer.Ordinal)) return true;
        }
        return false;
    }
}

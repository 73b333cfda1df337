using System.Text;

namespace Terminology.Mapping.Lists;

/// <summary>One source code of a list with all that stands beside it.</summary>
public sealed record SourceRow
{
    /// <summary>Stable id within the list, see <see cref="KeyOf"/>; never empty.</summary>
    public required string Key { get; init; }

    /// <summary>The code as written.</summary>
    public required string Code { get; init; }

    /// <summary>Names by language, in order of the columns; the first is the one shown. Empty texts are left out.</summary>
    public IReadOnlyList<LanguageText> Displays { get; init; } = [];

    /// <summary>Further names, in order.</summary>
    public IReadOnlyList<LanguageText> Synonyms { get; init; } = [];

    /// <summary>What narrows the meaning: <c>unit</c>, <c>specimen</c>, <c>method</c>, <c>panel</c>, <c>valueType</c>, <c>referenceRange</c>, <c>department</c>, <c>sender</c>; empty values are left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Context { get; init; } = [];

    /// <summary>All other columns by name; empty values are left out. A frequency or date that cannot be read is here too.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Extra { get; init; } = [];

    /// <summary>How often it was used; null when not said.</summary>
    public long? Frequency { get; init; }

    /// <summary>When it was used last; null when not said.</summary>
    public DateOnly? LastUsed { get; init; }

    /// <summary>Example results, as written; empty when not said.</summary>
    public string Samples { get; init; } = "";

    /// <summary>The target that the file itself names; null when it names none.</summary>
    public ExistingTarget? Target { get; init; }

    /// <summary>One-based line of the file.</summary>
    public int Line { get; init; }

    /// <summary>The display shown, empty when there is none.</summary>
    public string Display => Displays.Count > 0 ? Displays[0].Text : "";

    /// <summary>A value of the context, empty when it does not say.</summary>
    public string In(string context)
    {
        foreach (var (name, value) in Context)
        {
            if (name == context) return value;
        }
        return "";
    }

    /// <summary>
    /// The key that some values make: their text without invisible characters and outer blanks, joined by <c>|</c>; a <c>|</c> or <c>\</c> within a value of several
    /// stands behind a <c>\</c>. One value is its own key. Empty when all values are.
    /// </summary>
    public static string KeyOf(IReadOnlyList<string> values)
    {
        if (values.Count == 1) return TextRepair.Visible(values[0]);
        var key = new StringBuilder();
        var any = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) key.Append('|');
            foreach (var character in TextRepair.Visible(values[i]))
            {
                any = true;
                if (character is '|' or '\\') key.Append('\\');
                key.Append(character);
            }
        }
        return any ? key.ToString() : "";
    }

    /// <summary>Does another row say the same, wherever it stands? Its line is not compared.</summary>
    public bool SaysTheSame(SourceRow other) => (Key, Code, Frequency, LastUsed, Samples, Target) == (other.Key, other.Code, other.Frequency, other.LastUsed, other.Samples, other.Target)
        && Displays.SequenceEqual(other.Displays) && Synonyms.SequenceEqual(other.Synonyms) && Context.SequenceEqual(other.Context) && Extra.SequenceEqual(other.Extra);

    /// <summary>Equal when all that is said is, the line included: lists are compared item by item.</summary>
    public bool Equals(SourceRow? other) => other is not null && Line == other.Line && SaysTheSame(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Key, Line);
}

/// <summary>A text in a language.</summary>
/// <param name="Language">BCP 47; empty when not known.</param>
/// <param name="Text">Never empty.</param>
public readonly record struct LanguageText(string Language, string Text);

/// <summary>What a file says of a map that there is already; empty texts where it does not say.</summary>
/// <param name="System">Code system as written.</param>
/// <param name="Code">Code as written.</param>
/// <param name="Display">Its name as written.</param>
/// <param name="Relationship">Relationship as written.</param>
/// <param name="Status">State as written.</param>
/// <param name="Comment">Remark.</param>
public sealed record ExistingTarget(string System, string Code, string Display, string Relationship, string Status, string Comment);

using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>All rules about a list as it came in, MQ-001 to MQ-006 and MQ-009; MQ-007 and MQ-008 need the version before, see <see cref="Between"/>.</summary>
public static class DamageScan
{
    /// <summary>What is wrong with a list by itself: by rule, then in order of the file.</summary>
    /// <param name="table">The file.</param>
    /// <param name="recipe">What its columns hold.</param>
    /// <param name="list">Its rows.</param>
    /// <param name="known">Looks codes up in loaded code systems; null: only check digits are used.</param>
    public static IReadOnlyList<Finding> Of(ListTable table, ListRecipe recipe, SourceList list, KnownCodes? known = null) =>
    [
        .. BrokenInput.Find(table, list), .. DuplicateKeys.Find(table, recipe, list), .. SpreadsheetDamage.Find(list.Rows), .. DamagedText.Find(list.Rows), .. SilentDisplay.Find(list.Rows),
        .. StandardCode.Find(list.Rows, known), .. OtherLanguage.Find(list.Rows),
    ];

    /// <summary>What is wrong with a list against the version before: MQ-007, then MQ-008.</summary>
    public static IReadOnlyList<Finding> Between(ListDiff diff) => [.. ChangedMeaning.Find(diff), .. ReusedCode.Find(diff)];

    /// <summary>A value as sentences quote it: in quotes, cut after 60 characters, what does not show written out.</summary>
    internal static string Quoted(string value)
    {
        var text = new System.Text.StringBuilder("'");
        foreach (var character in value.Length > 60 ? value[..60] : value)
        {
            if (character == ' ' || (!char.IsControl(character) && TextRepair.Visible(character.ToString()).Length == 1)) text.Append(character);
            else text.Append(System.Globalization.CultureInfo.InvariantCulture, $"[U+{(int)character:X4}]");
        }
        return text.Append(value.Length > 60 ? "…'" : "'").ToString();
    }

    /// <summary>Texts of a row that people read, with the names of their fields.</summary>
    internal static IEnumerable<(string Field, string Text)> Texts(SourceRow row)
    {
        foreach (var (language, text) in row.Displays) yield return (language.Length == 0 ? "display" : $"display[{language}]", text);
    }
}

namespace Terminology.Mapping.Lists;

/// <summary>
/// How a list is read: kept with the list and applied to its next version. What is null is found out from the file; a person confirms or corrects what was found.
/// </summary>
public sealed record ListRecipe
{
    /// <summary>Name of the character encoding (<c>utf-8</c>, <c>utf-16</c>, <c>windows-1252</c> …); null: found out. Of no meaning for workbooks and FHIR.</summary>
    public string? Encoding { get; init; }

    /// <summary>Character between fields; null: found out.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Character around fields, <c>'\0'</c> for none; null: found out.</summary>
    public char? Quote { get; init; }

    /// <summary>Header lines: 0, 1 or 2; null: found out.</summary>
    public int? HeaderLines { get; init; }

    /// <summary>Sheet of a workbook; null: the first that looks like a table.</summary>
    public string? Sheet { get; init; }

    /// <summary>What the columns hold, by name; columns not named here are carried along as <see cref="ColumnRole.Other"/>. A column named here must be in the file.</summary>
    public IReadOnlyList<RecipeColumn> Columns { get; init; } = [];

    /// <summary>Names of the columns that make the key of a row, in order; empty: the code column alone.</summary>
    public IReadOnlyList<string> KeyColumns { get; init; } = [];

    /// <summary>BCP 47 language of displays whose column does not say; null: not known.</summary>
    public string? Language { get; init; }

    /// <summary>Columns that this recipe needs and a file does not have; empty when it fits.</summary>
    /// <param name="columns">Names of the columns of the file.</param>
    public IReadOnlyList<string> MissingFrom(IReadOnlyCollection<string> columns)
        => [.. Columns.Select(column => column.Name).Concat(KeyColumns).Distinct(StringComparer.Ordinal).Where(name => !columns.Contains(name))];

    /// <summary>The same with the roles of the guesses, all but <see cref="ColumnRole.Other"/>.</summary>
    public ListRecipe With(IEnumerable<ColumnGuess> guesses)
        => this with { Columns = [.. guesses.Where(guess => guess.Role != ColumnRole.Other).Select(guess => new RecipeColumn(guess.Name, guess.Role, guess.Language))] };

    /// <summary>Equal when all that is said is: lists are compared item by item.</summary>
    public bool Equals(ListRecipe? other) => other is not null
        && (Encoding, Delimiter, Quote, HeaderLines, Sheet, Language) == (other.Encoding, other.Delimiter, other.Quote, other.HeaderLines, other.Sheet, other.Language)
        && Columns.SequenceEqual(other.Columns) && KeyColumns.SequenceEqual(other.KeyColumns);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Encoding, Delimiter, Quote, HeaderLines, Sheet, Language, Columns.Count);
}

/// <summary>What one column holds.</summary>
/// <param name="Name">Its name in the file, exactly.</param>
/// <param name="Role">What it holds.</param>
/// <param name="Language">BCP 47 language of a display or synonym; null: that of the list.</param>
public sealed record RecipeColumn(string Name, ColumnRole Role, string? Language = null);

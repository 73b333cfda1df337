namespace Terminology.Mapping.Lists;

/// <summary>What a column probably holds; a person confirms it.</summary>
/// <param name="Column">Index of the column.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it probably holds.</param>
/// <param name="Language">BCP 47 language of a display or synonym, from the name or from the words; null when neither says.</param>
/// <param name="Confidence">0 to 1; not a probability, but comparable between columns.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record ColumnGuess(int Column, string Name, ColumnRole Role, string? Language, double Confidence, string Reason)
{
    /// <summary>Guesses the role of every column, by its name and by what stands in it.</summary>
    /// <param name="table">The list.</param>
    /// <param name="units">Reads units; null: units are told by the name of the column alone.</param>
    /// <returns>One guess for each column, in their order; a role that may not repeat is given once, to the column that has most for it.</returns>
    public static IReadOnlyList<ColumnGuess> Of(ListTable table, UnitReader? units) => new ColumnGuessing(table, units).Guesses();
}

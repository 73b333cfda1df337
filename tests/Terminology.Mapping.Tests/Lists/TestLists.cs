namespace Terminology.Mapping.Lists;

/// <summary>Small lists, written as text with a bar between fields.</summary>
internal static class TestLists
{
    private static readonly Dictionary<string, string> Bases = new(StringComparer.Ordinal)
    {
        ["mg/dL"] = "g.m-3", ["g/L"] = "g.m-3", ["mmol/L"] = "m-3", ["meq/L"] = "m-3", ["10*9/L"] = "m-3", ["10*12/L"] = "m-3", ["10*3/uL"] = "m-3", ["%"] = "1", ["U/L"] = "U.m-3", ["fL"] = "m3", ["m[IU]/L"] = "[iU].m-3",
        ["mm[Hg]"] = "g.m-1.s-2", ["s"] = "s", ["umol/L"] = "m-3", ["mg/L"] = "g.m-3",
    };

    /// <summary>A handful of units; the whole of UCUM is tested where it is carried.</summary>
    public static UnitReader Units { get; } = new(Bases.GetValueOrDefault);

    public static ListTable Table(string header, params string[] rows)
        => new() { Columns = header.Split('|'), Lines = [.. rows.Select((row, index) => new ListLine(index + 2, row.Split('|')))], HeaderLines = 1 };

    public static SourceList List(string header, params string[] rows) => List(header, [], rows);

    /// <summary>Columns named after their roles: <c>code</c>, <c>display</c>, <c>display:fi</c>, <c>unit</c> …</summary>
    public static SourceList List(string header, string[] key, params string[] rows) => SourceList.From(Table(header, rows), Recipe(header) with { KeyColumns = key });

    public static ListRecipe Recipe(string header) => new()
    {
        Columns = [.. header.Split('|').Select(name => (Name: name, Parts: name.Split(':'))).Where(column => Enum.TryParse<ColumnRole>(column.Parts[0], ignoreCase: true, out _))
            .Select(column => new RecipeColumn(column.Name, Enum.Parse<ColumnRole>(column.Parts[0], ignoreCase: true), column.Parts.Length > 1 ? column.Parts[1] : null))],
    };
}

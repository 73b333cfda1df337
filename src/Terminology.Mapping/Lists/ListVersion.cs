namespace Terminology.Mapping.Lists;

/// <summary>One version of the list of a map, as it was brought in. The file itself is kept under its hash, and can be read again by its recipe.</summary>
public sealed record ListVersion
{
    /// <summary>From 1 in its map.</summary>
    public required int Number { get; init; }

    /// <summary>Name of the file, without folders.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file in hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How it was read.</summary>
    public required ListRecipe Recipe { get; init; }

    /// <summary>Who brought it in.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Rows of the file: the sum of its classes (but withdrawn), duplicates and rejected rows.</summary>
    public required int Input { get; init; }

    /// <summary>Rows by what they are against the version before; withdrawn ones are of that.</summary>
    public required IReadOnlyDictionary<RowClass, int> Classes { get; init; }

    /// <summary>Rows whose key an earlier one has.</summary>
    public int Duplicates { get; init; }

    /// <summary>Rows that were left out.</summary>
    public int Rejected { get; init; }
}

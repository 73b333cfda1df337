namespace Terminology.Loaders.Maps;

/// <summary>What a file of a map does not say of itself; every property may be left out.</summary>
public sealed record MapFormatOptions
{
    /// <summary>Nothing said.</summary>
    public static MapFormatOptions None { get; } = new();

    /// <summary>Name of the file, for messages and for formats that say something by it.</summary>
    public string File { get; init; } = "map";

    /// <summary>Encoding of text that is not UTF-8, for example <c>windows-1252</c>; null: seen from the bytes.</summary>
    public string? Encoding { get; init; }

    /// <summary>What separates fields of a text table; null: seen from its first line.</summary>
    public char? Separator { get; init; }

    /// <summary>Code system of source codes for which the file names none; where the file names one by a word of its own, this stands for it.</summary>
    public string? SourceSystem { get; init; }

    /// <summary>Code system of target codes, likewise.</summary>
    public string? TargetSystem { get; init; }

    /// <summary>Which column of the file stands for one of ours, for example <c>sourceCode</c> to <c>ma_number</c>; names as in the documentation of the format.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>What the file means by wider and broader; null: what the format documents.</summary>
    public WiderMeans? Wider { get; init; }

    /// <summary>One line for each source code instead of one for each target, where a format has both.</summary>
    public bool Wide { get; init; }

    /// <summary>Prefix to the canonical that it stands for, beside those known; for CURIEs.</summary>
    public IReadOnlyDictionary<string, string> Prefixes { get; init; } = new Dictionary<string, string>();

    /// <summary>Identifier of the map refset, where RF2 is written.</summary>
    public string? RefsetId { get; init; }

    /// <summary>Module of its members, where RF2 is written.</summary>
    public string? ModuleId { get; init; }

    /// <summary>Their effective time as yyyyMMdd, where RF2 is written; null: unpublished, which is written empty.</summary>
    public string? EffectiveTime { get; init; }

    /// <summary>Name of the table, where SQL or an interface engine's table is written.</summary>
    public string TableName { get; init; } = "concept_map";
}

/// <summary>What a source format means by <c>wider</c> or <c>broader</c>, and the opposite by <c>narrower</c>. Formats disagree, and files disagree with their format.</summary>
public enum WiderMeans
{
    /// <summary>The target has the wider meaning: the source is narrower. FHIR R4 and SKOS.</summary>
    TargetMeansMore,

    /// <summary>The target contains more information: the source is broader. As Usagi documents it.</summary>
    TargetSaysMore,
}

namespace Terminology.Mapping.Impact;

/// <summary>Which repairs are to become drafts: some by name, or kinds of them wherever there is one alone.</summary>
public sealed record ImpactAcceptance
{
    /// <summary>Canonical of the code system.</summary>
    public string? System { get; init; }

    /// <summary>Version of the new release.</summary>
    public string? Version { get; init; }

    /// <summary>Version to compare with; null: that which the rows name, else the one that is live, else the one before.</summary>
    public string? From { get; init; }

    /// <summary>Repairs by name.</summary>
    public IReadOnlyList<ImpactChoice> Choices { get; init; } = [];

    /// <summary>Kinds, for example <c>same-as</c>: taken of every touched code for which there is exactly one repair of these kinds.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Only say what would become of the rows.</summary>
    public bool DryRun { get; init; }
}

/// <summary>One repair by name.</summary>
/// <param name="Key">Of the row.</param>
/// <param name="Code">The touched code.</param>
/// <param name="Kind">Kind of the repair.</param>
/// <param name="With">The code to use instead; may be left out where the kind has one alone.</param>
public sealed record ImpactChoice(string Key, string Code, string Kind, string? With = null);

/// <summary>Which rows are to be looked at again.</summary>
public sealed record ImpactRecheck
{
    /// <summary>Canonical of the code system.</summary>
    public string? System { get; init; }

    /// <summary>Version of the new release.</summary>
    public string? Version { get; init; }

    /// <summary>Version to compare with, or null.</summary>
    public string? From { get; init; }

    /// <summary>Rows; empty: all that are touched.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Classes; empty: those that ask for it (<see cref="ImpactRule.AsksForRecheck"/>).</summary>
    public IReadOnlyList<ImpactClass> Classes { get; init; } = [];

    /// <summary>Only say what would become of the rows.</summary>
    public bool DryRun { get; init; }
}

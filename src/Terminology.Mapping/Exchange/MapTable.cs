using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Exchange;

/// <summary>A map as files carry it: what is said of the whole, and its lines in their order. Formats read and write this; what a format cannot say is reported, never dropped unseen.</summary>
public sealed record MapTable
{
    /// <summary>Canonical url of the map, or null.</summary>
    public string? Url { get; init; }

    /// <summary>Version of the map, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Name for people, or null.</summary>
    public string? Title { get; init; }

    /// <summary>Licence notice, or null.</summary>
    public string? Copyright { get; init; }

    /// <summary>What else the format says of the whole; name to value, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>The lines, in order of the file.</summary>
    public required IReadOnlyList<MapLine> Lines { get; init; }

    /// <summary>Of a release: old targets that it answers besides. They belong to the release and to no row: formats that say them do not read them back.</summary>
    public IReadOnlyList<SupersededLine> Superseded { get; init; } = [];
}

/// <summary>Old targets of a source code.</summary>
/// <param name="Line">The code with what is superseded, as it was approved.</param>
/// <param name="Window">For how long it is answered, and to whom.</param>
public sealed record SupersededLine(MapLine Line, DeprecationWindow Window);

/// <summary>One source code as a file carries it.</summary>
public sealed record MapLine
{
    /// <summary>Code system of the source code; null when the file does not say.</summary>
    public string? System { get; init; }

    /// <summary>Its version, or null.</summary>
    public string? SystemVersion { get; init; }

    /// <summary>The source code; never empty.</summary>
    public required string Code { get; init; }

    /// <summary>Its display, or null.</summary>
    public string? Display { get; init; }

    /// <summary>What stands beside the code: unit, specimen, frequency and the like; name to value, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Context { get; init; } = [];

    /// <summary>What is said of it.</summary>
    public RowContent Content { get; init; } = RowContent.Empty;

    /// <summary>State as the file has it, in our words; null when it does not say.</summary>
    public MapRowState? State { get; init; }

    /// <summary>Who decided, or null.</summary>
    public string? Author { get; init; }

    /// <summary>When it was decided, or null.</summary>
    public DateTimeOffset? AuthoredAt { get; init; }

    /// <summary>Who approved, or null.</summary>
    public string? Reviewer { get; init; }

    /// <summary>When it was approved, or null.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Remark on the line as a whole, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Where in the file, from 1; 0 when there is no such place.</summary>
    public int Line { get; init; }
}

/// <summary>What did not come through, and why.</summary>
/// <param name="What">The field or line, for example <c>dependsOn</c> or <c>line 12</c>.</param>
/// <param name="Count">How often.</param>
/// <param name="Why">One sentence.</param>
public sealed record Loss(string What, int Count, string Why);

/// <summary>A map read from a file, with an account of every line of it.</summary>
/// <param name="Map">What was read.</param>
/// <param name="Read">Lines or entries in the file, headers apart; the sum of what was kept and what was rejected.</param>
/// <param name="Kept">Those that are in <paramref name="Map"/>: several may be targets of one line of it.</param>
/// <param name="Losses">What did not come through; empty when all did.</param>
public sealed record ReadMap(MapTable Map, int Read, int Kept, IReadOnlyList<Loss> Losses)
{
    /// <summary>Lines that are not in the map; each is named in <see cref="Losses"/>.</summary>
    public int Rejected => Read - Kept;
}

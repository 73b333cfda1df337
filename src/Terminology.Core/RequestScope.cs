namespace Terminology;

/// <summary>What holds for a whole request: languages, version rules, limits. Read once at the edge and passed on; no ambient state.</summary>
public sealed record RequestScope
{
    /// <summary>Nothing asked for, no limit.</summary>
    public static RequestScope Default { get; } = new();

    /// <summary>
    /// Languages for displays, best first (displayLanguage, else Accept-Language by weight); empty: the default display. <c>*</c> is never in it.
    /// </summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The languages as they were asked for, weights and <c>*</c> included; or null. Answers echo it.</summary>
    public string? DisplayLanguage { get; init; }

    /// <summary>Versions for code systems that nothing else pins (system-version).</summary>
    public IReadOnlyList<VersionedUrl> SystemVersions { get; init; } = [];

    /// <summary>Versions that must come out, else error (check-system-version).</summary>
    public IReadOnlyList<VersionedUrl> CheckSystemVersions { get; init; } = [];

    /// <summary>Versions that override every pin (force-system-version).</summary>
    public IReadOnlyList<VersionedUrl> ForceSystemVersions { get; init; } = [];

    /// <summary>Versions for value sets that nothing else pins (default-valueset-version).</summary>
    public IReadOnlyList<VersionedUrl> ValueSetVersions { get; init; } = [];

    /// <summary>Supplements whose designations and properties are to be used (useSupplement); one that is not loaded is an error.</summary>
    public IReadOnlyList<VersionedUrl> Supplements { get; init; } = [];

    /// <summary>Most codes an expansion may have when no page is asked for; above it the answer is <see cref="Issues.TooCostly"/>.</summary>
    public int MaxExpansion { get; init; } = 100_000;

    /// <summary>The day for which is asked, in UTC: targets of maps are answered on their days. Null: days are not looked at.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Asked for by long loops; cancelled at the deadline of the request.</summary>
    public CancellationToken Cancel { get; init; }
}

using System.Collections.Frozen;
using Terminology.Server.FhirApi;

namespace Terminology.Server.Hosting;

/// <summary>All that answers at one moment: what is loaded, what is stored, both as one service, and the day, which decides what maps with days answer.</summary>
/// <param name="Service">Answers operations.</param>
/// <param name="Releases">What is loaded, without what is stored.</param>
/// <param name="Ids">The logical ids of what is loaded.</param>
/// <param name="Stored">What is stored.</param>
/// <param name="Day">The day for which it answers, in UTC: all of a request, batch or list, however long it takes.</param>
internal sealed record World(TerminologyService Service, TerminologyService Releases, InstanceIds Ids, StoredContent Stored, DateOnly Day)
{
    private static readonly string Run = Guid.NewGuid().ToString("N")[..8];
    private static int s_count;
    private FrozenSet<string>? _systems;

    /// <summary>A weak ETag that no other state has, of this server or another.</summary>
    public string Tag { get; } = $"W/\"{Run}-{Interlocked.Increment(ref s_count):x}\"";

    /// <summary>What it was asked, with its answers.</summary>
    public KeptAnswers Answers { get; } = new();

    /// <summary>The first moment at which targets of maps begin or cease to hold, and another world answers; the end of time when there is none, as nearly always.</summary>
    public DateTimeOffset Until { get; } = Releases.NextChange(Day) is { } day ? new(day, TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MaxValue;

    public static World Of(TerminologyService releases, InstanceIds ids, StoredContent stored, DateOnly day) => new(releases.WithStored(stored), releases, ids, stored, day);

    /// <summary>The same for another day.</summary>
    public World On(DateOnly day) => new(Service, Releases, Ids, Stored, day);

    /// <summary>The canonical as it may stand in logs and figures: what is not loaded is "other", so that nobody can fill them.</summary>
    public string Known(string? system)
    {
        if (system is null) return "none";
        _systems ??= Releases.Releases.Select(release => release.Content.Info.Id.Url).ToFrozenSet(StringComparer.Ordinal);
        return _systems.TryGetValue(system, out var known) ? known : "other";
    }

    /// <summary>The version as it may stand in logs: one that is loaded, else "-".</summary>
    public string Known(string? system, string? version)
        => version is not null && Releases.Releases.Any(release => release.Content.Info.Id is var id && id.Url == system && id.Version == version) ? version : "-";
}

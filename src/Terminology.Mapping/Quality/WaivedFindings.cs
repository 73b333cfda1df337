using Terminology.Mapping.Quality.Governance;

namespace Terminology.Mapping.Quality;

/// <summary>Findings and the waivers that cover them on a day.</summary>
public static class WaivedFindings
{
    /// <summary>The findings with their waivers; those whose waiver has ended are errors of their own beside (MQ-406).</summary>
    /// <param name="found">What stands.</param>
    /// <param name="waivers">All waivers of the map, by the ids of findings.</param>
    /// <param name="today">The day.</param>
    public static IEnumerable<StandingFinding> Of(IEnumerable<StandingFinding> found, IReadOnlyDictionary<string, Waiver> waivers, DateOnly today)
    {
        foreach (var finding in found)
        {
            if (!waivers.TryGetValue(finding.Id, out var waiver) || waiver.IsWithdrawn)
            {
                yield return finding;
                continue;
            }
            yield return finding with { Waiver = waiver, IsWaived = waiver.Holds(today) };
            if (waiver.IsComplete && today > waiver.Until) yield return ExpiredWaiver.Of(finding, waiver);
        }
    }
}

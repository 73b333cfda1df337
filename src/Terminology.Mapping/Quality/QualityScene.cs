using Terminology.Mapping.Lists;
using Terminology.Mapping.Maps;

namespace Terminology.Mapping.Quality;

/// <summary>What surrounds the rows of a map when they are looked at.</summary>
/// <param name="Map">The map with its rules.</param>
/// <param name="Targets">What is known of targets.</param>
/// <param name="Units">Reads units; null: no release of UCUM is loaded, and rules about units have nothing to say.</param>
public sealed record QualityScene(MapProject Map, ITargetFacts Targets, UnitReader? Units)
{
    /// <summary>What is known of the map as a whole; for rules of <see cref="RuleScope.Map"/> and those that look at other maps.</summary>
    public MapFacts Whole { get; init; } = MapFacts.None;
}

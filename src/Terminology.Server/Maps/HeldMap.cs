using System.Collections.Immutable;
using Terminology.Journal;
using Terminology.Mapping.Maps;

namespace Terminology.Server.Maps;

/// <summary>A map, and where the newest documents are that are not of rows: of the map itself, its releases, lists, waivers, samples, questions and proposed rules, by their ids.</summary>
/// <param name="State">The map.</param>
/// <param name="Others">The places.</param>
internal sealed record HeldMap(MapState State, ImmutableDictionary<string, JournalPlace> Others)
{
    public static ImmutableDictionary<string, JournalPlace> Nothing { get; } = ImmutableDictionary.Create<string, JournalPlace>(StringComparer.Ordinal);
}

using System.Collections.Immutable;
using Terminology.Mapping.Events;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Questions;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Review;

namespace Terminology.Mapping.Maps;

/// <summary>What there is of a map besides its rows. The newest event of each part makes it, in whatever order they are taken.</summary>
/// <param name="Project">The map itself.</param>
public sealed record MapParts(MapProject Project)
{
    /// <summary>Its releases, in order of their numbers.</summary>
    public ImmutableList<MapRelease> Releases { get; init; } = [];

    /// <summary>The versions of its list, in order of their numbers.</summary>
    public ImmutableList<ListVersion> Lists { get; init; } = [];

    /// <summary>Findings that were set aside, by their ids; those taken back and ended are among them.</summary>
    public ImmutableDictionary<string, Waiver> Waivers { get; init; } = ImmutableDictionary.Create<string, Waiver>(StringComparer.Ordinal);

    /// <summary>Its samples, in order of their numbers.</summary>
    public ImmutableList<Sample> Samples { get; init; } = [];

    /// <summary>What the samples were drawn from, by their numbers.</summary>
    public ImmutableDictionary<int, SampleGroup> Groups { get; init; } = ImmutableDictionary<int, SampleGroup>.Empty;

    /// <summary>Its questions, in order of their numbers.</summary>
    public ImmutableList<Question> Questions { get; init; } = [];

    /// <summary>The last proposal of other rules, open or decided on; null when there never was one.</summary>
    public SettingsProposal? Settings { get; init; }

    /// <summary>The parts after an event; the same when it was one of a row.</summary>
    public MapParts With(MapEvent happened) => happened.Row is not null ? this : this with
    {
        Project = happened.Project ?? Project,
        Releases = Put(Releases, happened.Release, one => one.Number),
        Lists = Put(Lists, happened.List, one => one.Number),
        Waivers = happened.Waiver is { } waiver ? Waivers.SetItem(waiver.Finding, waiver) : Waivers,
        Samples = Put(Samples, happened.Sample, one => one.Number),
        Groups = happened.Group is { } group ? Groups.SetItem(group.Sample, group) : Groups,
        Questions = Put(Questions, happened.Question, one => one.Number),
        Settings = happened.Settings ?? Settings,
    };

    private static ImmutableList<T> Put<T>(ImmutableList<T> list, T? part, Func<T, int> number)
        where T : class
    {
        if (part is null) return list;
        var place = list.FindLastIndex(other => number(other) <= number(part));
        return place >= 0 && number(list[place]) == number(part) ? list.SetItem(place, part) : list.Insert(place + 1, part);
    }
}

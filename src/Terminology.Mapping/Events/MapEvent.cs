using Terminology.Mapping.Lists;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Questions;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Events;

/// <summary>One thing that happened to a map: never changed, never taken away. Each carries the hash of the one before it in its map.</summary>
public sealed record MapEvent
{
    /// <summary>Which map.</summary>
    public required string Map { get; init; }

    /// <summary>Place in its map, from 1 without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>Who did it.</summary>
    public required string Actor { get; init; }

    /// <summary>What the actor is.</summary>
    public required ActorKind Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was done: a verb of rows or releases, or <c>create</c> and <c>change</c> of the map itself.</summary>
    public required string Verb { get; init; }

    /// <summary>Why, in words, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>On what it rested: candidates shown, engine, the command as it was given; name to value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Evidence { get; init; } = [];

    /// <summary>The releases that were live then of the systems the map goes to; <c>system|version</c>.</summary>
    public IReadOnlyList<string> Against { get; init; } = [];

    /// <summary>The map after it, where it changed.</summary>
    public MapProject? Project { get; init; }

    /// <summary>The row after it, where one changed.</summary>
    public MapRow? Row { get; init; }

    /// <summary>The release after it, where one changed.</summary>
    public MapRelease? Release { get; init; }

    /// <summary>The version of the list that was brought in, where one was.</summary>
    public ListVersion? List { get; init; }

    /// <summary>The waiver after it, where one was asked for, agreed to or taken back.</summary>
    public Waiver? Waiver { get; init; }

    /// <summary>The sample after it, where one was drawn, judged, used or given up.</summary>
    public Sample? Sample { get; init; }

    /// <summary>The rows that a sample is drawn from, before it is.</summary>
    public SampleGroup? Group { get; init; }

    /// <summary>The question after it, where one was asked, answered or withdrawn.</summary>
    public Question? Question { get; init; }

    /// <summary>The proposal of other rules after it, where one was made or decided on.</summary>
    public SettingsProposal? Settings { get; init; }

    /// <summary>Hash of the event before it in its map; 64 zeros for the first.</summary>
    public required string Previous { get; init; }
}

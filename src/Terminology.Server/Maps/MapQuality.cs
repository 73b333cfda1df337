using System.Collections.Concurrent;
using Terminology.Issues;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;
using Terminology.Mapping.Tests;
using Terminology.Server.Access;
using Terminology.Server.Hosting;

namespace Terminology.Server.Maps;

/// <summary>
/// The findings of the maps, in memory beside them: built when somebody first asks, then brought up to the state at hand by the rows that are not the same any more. Another
/// release among those that answer makes everything be looked at again.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class MapQuality(MapBook maps, ReleasedMaps files, LiveService live, People people, TimeProvider clock)
{
    private const int AtOnce = 1000;

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly Lock _facts = new();
    private (TerminologyService Service, TargetFacts Targets)? _known;

    /// <summary>What stands in a map now, with its waivers; by rule, then subject.</summary>
    public IReadOnlyList<StandingFinding> Findings(MapState state)
    {
        var now = clock.GetUtcNow();
        while (Use(state, book => book.LookFurther(AtOnce))) // whoever takes a step meanwhile gets in between
        {
        }
        var whole = Whole(state, now) with { RedTests = RedTests(state) };
        return Use(state, book => WaivedFindings.Of(book.All(whole), state.Waivers, DateOnly.FromDateTime(now.UtcDateTime)).ToArray());
    }

    /// <summary>What stands about one row, with its waivers; at once, however many rows there are.</summary>
    public IReadOnlyList<StandingFinding> Of(MapState state, string key)
        => Use(state, book => WaivedFindings.Of(book.Of(key), state.Waivers, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).ToArray());

    /// <summary>A finding as it stands in another state of its map; null when it does not any more.</summary>
    public StandingFinding? Again(MapState state, StandingFinding found)
        => (found.Finding.RowKeys is [var key, ..] ? Of(state, key) : Findings(state)).FirstOrDefault(one => one.Id == found.Id);

    /// <summary>What stands in the way of a step with a row, a sentence each.</summary>
    public IReadOnlyList<string> OpenErrors(MapState state, MapRow row, RowCommand command, Person who)
        => Mapping.Quality.OpenErrors.AreAsked(command.Verb) ? Use(state, book => Mapping.Quality.OpenErrors.Of(book, row, command, who.Name, state.Waivers, clock.GetUtcNow())) : [];

    /// <summary>What the gates of a release say that look at quality.</summary>
    /// <remarks>Tests have a gate of their own, which runs them over the very content.</remarks>
    public IReadOnlyList<GateResult> Gates(MapState state, ReleaseContent content, DateTimeOffset now)
    {
        var whole = Whole(state, now);
        return [Use(state, book => QualityGate.Of(book, state, content, whole))];
    }

    /// <summary>What is known of targets, and the units.</summary>
    public (ITargetFacts Targets, UnitReader? Units) Facts()
    {
        var known = Known();
        return (known, known.Units);
    }

    /// <summary>Takes the rows of a map in before its thread of changes is held: the first time that takes some seconds for a million of them.</summary>
    public void Prepare(MapState state) => Use(state, book => book.Count);

    private T Use<T>(MapState state, Func<QualityBook, T> ask)
    {
        var known = Known();
        var kept = _kept.GetOrAdd(state.Project.Id, _ => new());
        lock (kept)
        {
            kept.Bring(state, new(state.Project, known, known.Units) { Whole = new() { Elsewhere = code => Elsewhere(state, code) } });
            return ask(kept.Book!);
        }
    }

    private TargetFacts Known()
    {
        lock (_facts)
        {
            var service = live.Current;
            if (_known is not { } known || known.Service != service) _known = known = (service, new(service));
            return known.Targets;
        }
    }

    /// <summary>What the other maps from the same system have approved for a code, to a system that both go to.</summary>
    private IEnumerable<(string Map, RowContent Content)> Elsewhere(MapState state, string code)
        => maps.All.Where(other => other.Project.Id != state.Project.Id && other.Project.SourceSystem == state.Project.SourceSystem && other.Project.TargetSystems.Intersect(state.Project.TargetSystems).Any())
            .Select(other => (Map: other.Project.Title, other.Find(code)?.Row.Approved)).Where(pair => pair.Approved is not null).Select(pair => (pair.Map, pair.Approved!.Content));

    private MapFacts Whole(MapState state, DateTimeOffset now) => new()
    {
        Now = now,
        Active = Active(state),
        Windows = state.Releases.Find(release => release.State is ReleaseState.Frozen or ReleaseState.Checked or ReleaseState.Signed or ReleaseState.Scheduled)?.Windows,
        HasSteward = !people.Any ? null : people.All.Any(user => user.Name == state.Project.Steward && user.Roles.Where(pair => pair.Key == state.Project.Domain || pair.Key == "*").Any(pair => pair.Value.Contains("steward"))),
        ErrorBound = SampledErrors.Bound(state),
        Elsewhere = code => Elsewhere(state, code),
    };

    /// <summary>Tests of the map that do not pass over what is approved now; run once for each state.</summary>
    private IReadOnlyList<string> RedTests(MapState state)
    {
        if (state.Project.Tests.Count == 0) return [];
        var kept = _kept.GetOrAdd(state.Project.Id, _ => new());
        if (kept.Tested is { } tested && tested.State == state) return tested.Red;
        var content = ReleaseContent.Of(state.Project, state.Rows.Select(entry => entry.Row));
        string[] red = [.. MapTestRun.Of(content).Where(result => !result.Passed).Select(result => $"{result.Id}: {result.Text}")];
        kept.Tested = new(state, red);
        return red;
    }

    private ReleaseContent? Active(MapState state)
    {
        try
        {
            return state.Active is { } active ? files.Read(active) : null;
        }
        catch (TerminologyException)
        {
            return null; // that its file is gone is told where it is served
        }
    }

    /// <summary>The findings of one map, and the state that they are of.</summary>
    private sealed class Kept
    {
        private MapState? _seen;

        public QualityBook? Book { get; private set; }

        /// <summary>What the tests said last, and of which state.</summary>
        public Result? Tested { get; set; }

        public sealed record Result(MapState State, IReadOnlyList<string> Red);

        public void Bring(MapState state, QualityScene scene)
        {
            if (Book is null || !ReferenceEquals(Book.Scene.Targets, scene.Targets) || !ReferenceEquals(Book.Scene.Map, scene.Map))
            {
                Book = new(scene);
                _seen = null;
            }
            if (ReferenceEquals(_seen, state)) return;
            // Entries are shared between states: what is another object has changed. A state older than the one seen goes back the same way.
            MapRow[] changed = [.. (_seen is null ? state.Rows : state.RowsOtherThan(_seen)).Select(entry => entry.Row)];
            foreach (var gone in _seen is null || _seen.Rows.Count <= state.Rows.Count ? [] : _seen.Rows.Skip(state.Rows.Count)) Book.Remove(gone.Row.Key);
            Book.Put(changed);
            _seen = state;
        }
    }
}

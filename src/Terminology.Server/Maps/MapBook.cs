using System.Collections.Immutable;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Mapping.Events;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Questions;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;

namespace Terminology.Server.Maps;

/// <summary>
/// The maps people work on. Each event is a document of a log of the journal, and the newest version of a document is what its row, release or map is now: the history of a row is
/// the history of its document, and nothing has to be folded to see the present. Readers see the last durable state, changes are decided on the thread of the journal.
/// </summary>
/// <remarks>Thread-safe. Rows are read from the journal when somebody first looks at them; which there are is known from a <see cref="MapSnapshots">snapshot</see>.</remarks>
internal sealed class MapBook : IDisposable
{
    internal const string Collection = "MapEvent";
    private const int AtOnce = 1_000;
    private readonly IJournal _journal;
    private readonly MapAnchors _anchors;
    private readonly MapSnapshots _snapshots;
    private readonly RowWarmer _warmer;
    private ImmutableDictionary<string, HeldMap> _decided;
    private ImmutableList<MapWatch> _watches = [];
    private volatile ImmutableDictionary<string, HeldMap> _current;

    public MapBook(IJournal journal, MapAnchors anchors, MapSnapshots snapshots)
    {
        (_journal, _anchors, _snapshots) = (journal, anchors, snapshots);
        _warmer = new(Find);
        _decided = _current = snapshots.Restore(journal, _warmer.Looked);
        journal.Committed += documents =>
        {
            JournalDocument[] events = [.. documents.Where(document => document.Collection == Collection)];
            if (events.Length == 0) return;
            _current = _decided;
            _snapshots.Saw(events, _current);
            Tell(events);
        };
    }

    /// <summary>All maps as they are durable, by id.</summary>
    public IEnumerable<MapState> All => _current.Values.Select(held => held.State).OrderBy(map => map.Project.Id, StringComparer.Ordinal);

    /// <summary>A map.</summary>
    /// <exception cref="TerminologyException">NotFound.</exception>
    public MapState Find(string id) => Find(_current, id).State;

    /// <summary>The map that owns a canonical, or null.</summary>
    public MapState? Owning(string url) => _current.Values.FirstOrDefault(held => held.State.Project.Url == url)?.State;

    /// <summary>Decides and writes one change, all of it or nothing.</summary>
    public Task<T> ChangeAsync<T>(Func<Turn, T> decide) => _journal.ChangeAsync(journal =>
    {
        var turn = new Turn(journal, _decided);
        var result = decide(turn);
        _decided = turn.Maps;
        return result;
    });

    /// <summary>What happens to a map from now on, as it becomes durable. Ends when it is not read as fast as it happens; the reader then begins anew behind what it has.</summary>
    public MapWatch Watch(string map)
    {
        MapWatch watch = new(map, gone => ImmutableInterlocked.Update(ref _watches, watches => watches.Remove(gone)));
        ImmutableInterlocked.Update(ref _watches, watches => watches.Add(watch));
        return watch;
    }

    /// <summary>What happened to a map behind an event, in order; lazy.</summary>
    public IEnumerable<MapNote> Since(string map, long sequence)
        => Find(map).Sequence <= sequence ? [] : Documents(map, sequence).Select(MapNote.Of).Where(note => note.Sequence > sequence);

    /// <summary>What happened to a map, the newest first, each with its place in the journal; lazy.</summary>
    /// <param name="map">Which.</param>
    /// <param name="before">Only what has an earlier place.</param>
    public async IAsyncEnumerable<(long Place, MapEvent Happened)> BackwardsAsync(string map, long before)
    {
        while (await _journal.HistoryAsync(Collection, null, before, AtOnce) is { Count: > 0 } documents)
        {
            foreach (var document in documents.Where(document => IsOf(document, map))) yield return (document.Sequence, EventChain.Read(document.Body.Span).Happened);
            before = documents[^1].Sequence;
        }
    }

    /// <summary>What happened to a row and to the questions about it, the newest first.</summary>
    public IReadOnlyList<MapEvent> History(string map, string key)
    {
        var (state, others) = Find(_current, map);
        var questions = state.Questions.Where(question => question.Rows.Contains(key)).Select(question => others[Turn.IdOf(map, question)].Sequence);
        return [.. questions.Prepend(state.StampOf(key)?.Place ?? 0).SelectMany(place => _journal.ReadBack(Collection, place, int.MaxValue)).Select(document => EventChain.Read(document.Body.Span).Happened).OrderByDescending(happened => happened.Sequence)];
    }

    /// <summary>The row before one of its versions; null when that was its first.</summary>
    public MapRow? Before(string map, string key, int version)
        => _journal.ReadBack(Collection, Find(map).StampOf(key)?.Place ?? 0, int.MaxValue).FirstOrDefault(document => document.Version == version - 1) is { } before ? EventChain.Read(before.Body.Span).Happened.Row : null;

    /// <summary>Notes the head of a map outside the journal, so that its log cannot be cut off unseen.</summary>
    public void Anchor(string map)
    {
        var state = Find(map);
        _anchors.Add(map, state.Sequence, state.Head);
    }

    /// <summary>Checks the chain of a map, event by event, and against the heads that were noted.</summary>
    /// <returns>A sentence for each fault; empty when it holds.</returns>
    public IReadOnlyList<string> Verify(string map)
    {
        var anchors = _anchors.Of(map); // before the state, which may go on meanwhile
        var state = Find(map);
        return EventChain.Verify(Documents(map, 0).Select(document => document.Body).Take((int)state.Sequence), state.Head, anchors);
    }

    /// <summary>Writes a snapshot, where there is something to be written.</summary>
    public void Dispose()
    {
        _warmer.Dispose();
        _snapshots.Close();
    }

    /// <summary>The events of a map, in order. An event is never earlier in the journal than in its map.</summary>
    private IEnumerable<JournalDocument> Documents(string map, long after)
    {
        while (_journal.ReadOn(Collection, after, AtOnce) is { Count: > 0 } documents)
        {
            foreach (var document in documents.Where(document => IsOf(document, map))) yield return document;
            after = documents[^1].Sequence;
        }
    }

    private void Tell(IReadOnlyList<JournalDocument> events)
    {
        var watches = _watches;
        if (watches.Count == 0) return;
        foreach (var document in events)
        {
            MapNote? note = null; // read once, however many watch
            foreach (var watch in watches.Where(watch => IsOf(document, watch.Map))) watch.Tell(note ??= MapNote.Of(document));
        }
    }

    private static bool IsOf(JournalDocument document, string map) => document.Id == map || document.Id.StartsWith(map + '/', StringComparison.Ordinal);

    private static HeldMap Find(ImmutableDictionary<string, HeldMap> maps, string id)
        => maps.GetValueOrDefault(id) ?? throw new TerminologyException(IssueType.NotFound, "UNKNOWN_MAP", MappingMessages.NoSuchMap(id, string.Join(", ", maps.Keys.Order(StringComparer.Ordinal).Take(10))));

    /// <summary>One change being decided; it sees all that was decided before it.</summary>
    internal sealed class Turn(JournalTurn journal, ImmutableDictionary<string, HeldMap> maps)
    {
        public ImmutableDictionary<string, HeldMap> Maps { get; private set; } = maps;

        public DateTimeOffset Now => journal.Instant;

        public MapState Find(string id) => MapBook.Find(Maps, id).State;

        /// <summary>A new map.</summary>
        /// <exception cref="TerminologyException">Conflict: the id or the canonical is taken.</exception>
        public MapState Create(MapProject project, Person who)
        {
            if (Maps.ContainsKey(project.Id)) throw new TerminologyException(IssueType.Conflict, "MAP_EXISTS", MappingMessages.MapExists(project.Id)) { Expression = "id" };
            if (Maps.Values.FirstOrDefault(map => map.State.Project.Url == project.Url)?.State is { } owner) throw new TerminologyException(IssueType.Conflict, "URL_TAKEN", MappingMessages.UrlTaken(project.Url, owner.Project.Id)) { Expression = "url" };
            var happened = Event(project.Id, 1, EventChain.Beginning, who, "create") with { Project = project };
            var (kept, hash) = EventChain.Write(happened);
            var document = journal.Append(Collection, project.Id, who.Name, kept, default);
            var held = new HeldMap(MapState.Begin(project, 1, hash), HeldMap.Nothing.Add(project.Id, document.Place));
            Maps = Maps.Add(project.Id, held);
            return held.State;
        }

        /// <summary>The map itself, as a step left it.</summary>
        public MapState Put(MapProject project, Person who, string? reason = null) => Append(Event(project.Id, who, "change") with { Project = project, Reason = reason }, project.Id);

        /// <summary>Other rules of the map as they were proposed or decided on.</summary>
        public MapState Put(string map, SettingsProposal proposal, Person who, string verb, string? reason) => Append(Event(map, who, verb) with { Settings = proposal, Reason = reason }, $"{map}/settings");

        /// <summary>A row as a step left it.</summary>
        public RowEntry Put(string map, MapRow row, Person who, RowCommand command, IReadOnlyList<string> against)
            => Append(Event(map, who, Name(command.Verb)) with { Row = row, Reason = command.Reason, Evidence = command.Evidence, Against = against }, $"{map}/row/{row.Key}").Find(row.Key)!;

        /// <summary>A row that was assigned; who, stands in it.</summary>
        public RowEntry PutAssigned(string map, MapRow row, Person who) => Append(Event(map, who, "assign") with { Row = row }, $"{map}/row/{row.Key}").Find(row.Key)!;

        /// <summary>A release as a step left it.</summary>
        public MapRelease Put(string map, MapRelease release, Person who, ReleaseVerb verb, string? reason = null)
        {
            Append(Event(map, who, Name(verb)) with { Release = release, Reason = reason }, $"{map}/release/{release.Number}");
            return release;
        }

        /// <summary>A version of the list.</summary>
        public ListVersion Put(string map, ListVersion list, Person who)
        {
            Append(Event(map, who, "import-list") with { List = list }, $"{map}/list/{list.Number}");
            return list;
        }

        /// <summary>A waiver as somebody asked for it, agreed to it or took it back.</summary>
        public Waiver Put(string map, Waiver waiver, Person who)
        {
            Append(Event(map, who, waiver.IsWithdrawn ? "withdraw-waiver" : "waive") with { Waiver = waiver, Reason = waiver.Reason }, $"{map}/waiver/{waiver.Finding}");
            return waiver;
        }

        /// <summary>A question as somebody asked, answered or withdrew it.</summary>
        public Question Put(string map, Question question, Person who)
        {
            var verb = question.State switch { QuestionState.Open => "ask", QuestionState.Answered => "answer", _ => "withdraw-question" };
            Append(Event(map, who, verb) with { Question = question }, IdOf(map, question));
            return question;
        }

        internal static string IdOf(string map, Question question) => $"{map}/question/{question.Number}";

        /// <summary>A sample that is drawn from a group.</summary>
        public Sample Put(string map, Sample sample, SampleGroup group, Person who)
        {
            Append(Event(map, who, "note-group") with { Group = group }, $"{map}/group/{group.Sample}");
            return Put(map, sample, who, "draw-sample");
        }

        /// <summary>A sample as a step left it.</summary>
        public Sample Put(string map, Sample sample, Person who, SampleVerb verb) => Put(map, sample, who, Name(verb) + "-sample");

        private Sample Put(string map, Sample sample, Person who, string verb)
        {
            Append(Event(map, who, verb) with { Sample = sample, Reason = sample.Cause }, $"{map}/sample/{sample.Number}");
            return sample;
        }

        private MapState Append(MapEvent happened, string id)
        {
            var (kept, hash) = EventChain.Write(happened);
            var (state, others) = MapBook.Find(Maps, happened.Map);
            var newest = happened.Row is { } row ? state.StampOf(row.Key) is { } stamp ? new(stamp.Version, stamp.Place) : default : others.GetValueOrDefault(id);
            var place = journal.Append(Collection, id, happened.Actor, kept, newest).Place;
            state = state.With(happened, hash, new(place.Version, place.Sequence));
            Maps = Maps.SetItem(happened.Map, new(state, happened.Row is null ? others.SetItem(id, place) : others));
            return state;
        }

        private MapEvent Event(string map, Person who, string verb) => Find(map) is var state ? Event(map, state.Sequence + 1, state.Head, who, verb) : throw new InvalidOperationException();

        private MapEvent Event(string map, long sequence, string previous, Person who, string verb)
            => new() { Map = map, Sequence = sequence, Previous = previous, Actor = who.Name, Kind = who.Kind, At = Now, Verb = verb };

        private static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
    }
}

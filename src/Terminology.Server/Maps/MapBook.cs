using System.Collections.Immutable;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Mapping.Events;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Server.Maps;

/// <summary>
/// The maps people work on. Each event is a document of the journal, and the newest version of a document is what its row, release or map is now: the history of a row is
/// the history of its document, and nothing has to be folded to see the present. Readers see the last durable state, changes are decided on the thread of the journal.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class MapBook
{
    internal const string Collection = "MapEvent";
    private readonly IJournal _journal;
    private readonly MapAnchors _anchors;
    private ImmutableDictionary<string, MapState> _decided;
    private ImmutableList<MapWatch> _watches = [];
    private volatile ImmutableDictionary<string, MapState> _current;

    public MapBook(IJournal journal, MapAnchors anchors)
    {
        (_journal, _anchors) = (journal, anchors);
        _decided = _current = Restore(journal.Current.All(Collection));
        journal.Committed += documents =>
        {
            if (!documents.Any(document => document.Collection == Collection)) return;
            _current = _decided;
            Tell(documents);
        };
    }

    /// <summary>All maps as they are durable, by id.</summary>
    public IEnumerable<MapState> All => _current.Values.OrderBy(map => map.Project.Id, StringComparer.Ordinal);

    /// <summary>A map.</summary>
    /// <exception cref="TerminologyException">NotFound.</exception>
    public MapState Find(string id) => Find(_current, id);

    /// <summary>The map that owns a canonical, or null.</summary>
    public MapState? Owning(string url) => _current.Values.FirstOrDefault(map => map.Project.Url == url);

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

    /// <summary>What happened to a map behind an event, in order.</summary>
    public async Task<IReadOnlyList<MapNote>> SinceAsync(string map, long sequence)
    {
        if (Find(map).Sequence <= sequence) return [];
        var all = await _journal.HistoryAsync(Collection, null, long.MaxValue, int.MaxValue);
        return [.. all.Reverse().Where(document => IsOf(document, map)).Select(MapNote.Of).Where(note => note.Sequence > sequence)];
    }

    /// <summary>What happened to a row, the newest first.</summary>
    public async Task<IReadOnlyList<MapEvent>> HistoryAsync(string map, string key)
        => [.. (await _journal.HistoryAsync(Collection, RowId(map, key), long.MaxValue, int.MaxValue)).Select(document => EventChain.Read(document.Body.Span).Happened)];

    /// <summary>The row before its last event; null when that was its first.</summary>
    public async Task<MapRow?> BeforeAsync(string map, string key, int version)
        => await _journal.VersionAsync(Collection, RowId(map, key), version - 1) is { } before ? EventChain.Read(before.Body.Span).Happened.Row : null;

    /// <summary>Notes the head of a map outside the journal, so that its log cannot be cut off unseen.</summary>
    public void Anchor(string map)
    {
        var state = Find(map);
        _anchors.Add(map, state.Sequence, state.Head);
    }

    /// <summary>Checks the chain of a map, event by event, and against the heads that were noted.</summary>
    /// <returns>A sentence for each fault; empty when it holds.</returns>
    public async Task<IReadOnlyList<string>> VerifyAsync(string map)
    {
        var anchors = _anchors.Of(map); // before the state, which may go on meanwhile
        var state = Find(map);
        var all = await _journal.HistoryAsync(Collection, null, long.MaxValue, int.MaxValue);
        return EventChain.Verify(all.Reverse().Where(document => IsOf(document, map)).Select(document => document.Body).Take((int)state.Sequence), state.Head, anchors);
    }

    private void Tell(IReadOnlyList<JournalDocument> documents)
    {
        var watches = _watches;
        if (watches.Count == 0) return;
        foreach (var document in documents.Where(document => document.Collection == Collection))
        {
            MapNote? note = null; // read once, however many watch
            foreach (var watch in watches.Where(watch => IsOf(document, watch.Map))) watch.Tell(note ??= MapNote.Of(document));
        }
    }

    private static bool IsOf(JournalDocument document, string map) => document.Id == map || document.Id.StartsWith(map + '/', StringComparison.Ordinal);

    private static string RowId(string map, string key) => $"{map}/row/{key}";

    private static MapState Find(ImmutableDictionary<string, MapState> maps, string id)
        => maps.GetValueOrDefault(id) ?? throw new TerminologyException(IssueType.NotFound, "UNKNOWN_MAP", MappingMessages.NoSuchMap(id, string.Join(", ", maps.Keys.Order(StringComparer.Ordinal).Take(10))));

    private static ImmutableDictionary<string, MapState> Restore(IEnumerable<JournalDocument> documents)
    {
        var maps = ImmutableDictionary.CreateBuilder<string, MapState>(StringComparer.Ordinal);
        foreach (var map in documents.Where(document => !document.Deleted).GroupBy(document => document.Id.Split('/')[0], StringComparer.Ordinal))
        {
            MapProject? project = null;
            var (rows, releases, lists, waivers, last, head) = (new List<RowEntry>(), new List<MapRelease>(), new List<ListVersion>(), new List<Waiver>(), 0L, EventChain.Beginning);
            foreach (var document in map)
            {
                var (happened, hash) = EventChain.Read(document.Body.Span);
                if (happened.Project is not null) project = happened.Project;
                if (happened.Row is { } row) rows.Add(new(row, document.Version));
                if (happened.Release is { } release) releases.Add(release);
                if (happened.List is { } list) lists.Add(list);
                if (happened.Waiver is { } waiver) waivers.Add(waiver);
                if (happened.Sequence > last) (last, head) = (happened.Sequence, hash);
            }
            if (project is not null) maps[map.Key] = MapState.Restore(project, rows, releases, lists, waivers, last, head);
        }
        return maps.ToImmutable();
    }

    /// <summary>One change being decided; it sees all that was decided before it.</summary>
    internal sealed class Turn(JournalTurn journal, ImmutableDictionary<string, MapState> maps)
    {
        public ImmutableDictionary<string, MapState> Maps { get; private set; } = maps;

        public DateTimeOffset Now => journal.Instant;

        public MapState Find(string id) => MapBook.Find(Maps, id);

        /// <summary>A new map.</summary>
        /// <exception cref="TerminologyException">Conflict: the id or the canonical is taken.</exception>
        public MapState Create(MapProject project, Person who)
        {
            if (Maps.ContainsKey(project.Id)) throw new TerminologyException(IssueType.Conflict, "MAP_EXISTS", MappingMessages.MapExists(project.Id)) { Expression = "id" };
            if (Maps.Values.FirstOrDefault(map => map.Project.Url == project.Url) is { } owner) throw new TerminologyException(IssueType.Conflict, "URL_TAKEN", MappingMessages.UrlTaken(project.Url, owner.Project.Id)) { Expression = "url" };
            var happened = Event(project.Id, 1, EventChain.Beginning, who, "create") with { Project = project };
            var (kept, hash) = EventChain.Write(happened);
            journal.Write(Collection, project.Id, who.Name, kept);
            var state = MapState.Begin(project, 1, hash);
            Maps = Maps.Add(project.Id, state);
            return state;
        }

        /// <summary>The map itself, as a step left it.</summary>
        public MapState Put(MapProject project, Person who) => Append(Event(project.Id, who, "change") with { Project = project }, project.Id);

        /// <summary>A row as a step left it.</summary>
        public RowEntry Put(string map, MapRow row, Person who, RowCommand command, IReadOnlyList<string> against)
            => Append(Event(map, who, Name(command.Verb)) with { Row = row, Reason = command.Reason, Evidence = command.Evidence, Against = against }, RowId(map, row.Key)).Find(row.Key)!;

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

        private MapState Append(MapEvent happened, string id)
        {
            var (kept, hash) = EventChain.Write(happened);
            var document = journal.Write(Collection, id, happened.Actor, kept);
            var state = Find(happened.Map).With(happened, hash, document.Version);
            Maps = Maps.SetItem(happened.Map, state);
            return state;
        }

        private MapEvent Event(string map, Person who, string verb) => Find(map) is var state ? Event(map, state.Sequence + 1, state.Head, who, verb) : throw new InvalidOperationException();

        private MapEvent Event(string map, long sequence, string previous, Person who, string verb)
            => new() { Map = map, Sequence = sequence, Previous = previous, Actor = who.Name, Kind = who.Kind, At = Now, Verb = verb };

        private static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
    }
}

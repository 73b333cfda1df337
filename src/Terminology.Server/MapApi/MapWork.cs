using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;
using Terminology.Server.Hosting;
using Terminology.Server.Maps;

namespace Terminology.Server.MapApi;

/// <summary>The verbs of map work over the book: rights are checked here and in the rules, once for API, bulk and import.</summary>
internal sealed partial class MapWork(MapBook book, ReleasedMaps files, MapQuality quality, LiveService live, TimeProvider clock, ILogger<MapWork> log)
{
    /// <summary>A map that somebody may do something with.</summary>
    /// <exception cref="TerminologyException">NotFound, Forbidden.</exception>
    public MapState Find(string id, Person who, MapAction action)
    {
        var map = book.Find(id);
        Authorize(map.Project, who, action);
        return map;
    }

    public IEnumerable<MapState> All(Person who) => book.All.Where(map => Permissions.Allow(who, MapAction.ReadDrafts, map.Project.Domain));

    public async Task<MapState> CreateAsync(MapProject map, Person who)
    {
        Authorize(map, who, MapAction.Import);
        if (live.Current.ConceptMaps.Any(known => known.Url == map.Url) || live.Current.Releases.Any(release => release.Content.Info.Id.Url == map.Url)) throw new TerminologyException(IssueType.Conflict, "URL_TAKEN", MappingMessages.UrlLoaded(map.Url)) { Expression = "url" };
        var isTaken = book.All.Any(other => other.Project.Id == map.Id || other.Project.Url == map.Url); // what is refused must own nothing
        if (!isTaken) files.Own(map);
        return await book.ChangeAsync(turn => turn.Create(map, who));
    }

    /// <summary>Brings rows in: new ones enter, known ones take display and context, and what they say becomes a draft of who sends it.</summary>
    public Task<RowImportResult> ImportAsync(string id, RowImport list, Person who)
    {
        Find(id, who, MapAction.Import);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in list.Rows)
        {
            if (string.IsNullOrWhiteSpace(row.Code)) throw new TerminologyException(IssueType.Required, "NO_CODE", "Every row needs a code.") { Expression = "rows.code" };
            if (!keys.Add(row.Key ?? row.Code)) throw new TerminologyException(IssueType.Duplicate, "KEY_TWICE", MappingMessages.KeyTwice(row.Key ?? row.Code)) { Expression = "rows.key" };
        }
        return book.ChangeAsync(turn =>
        {
            var (entered, changed, unchanged, drafted, back, withdrawn, refused) = (0, 0, 0, 0, 0, 0, new List<BulkRefusal>());
            var (situation, against) = (new RowSituation(turn.Find(id).Project, turn.Now), Against(turn.Find(id).Project));
            foreach (var input in list.Rows)
            {
                var known = turn.Find(id).Find(input.Key ?? input.Code);
                var row = known?.Row ?? new MapRow { Key = input.Key ?? input.Code, Code = input.Code, Number = turn.Find(id).Rows.Count + 1 };
                if (row.State == MapRowState.Retired)
                {
                    row = RowDecision.Take(row, new(RowVerb.Restore), who, situation);
                    back++;
                }
                else if (known is null) entered++;
                else if (row.Display == input.Display && row.Context.SequenceEqual(input.Context)) unchanged++;
                else changed++;
                var isSame = known is not null && row == known.Row && row.Display == input.Display && row.Context.SequenceEqual(input.Context);
                row = row with { Display = input.Display, Context = input.Context };
                if (!isSame) turn.Put(id, row, who, new(RowVerb.Enter), against);
                if (input.Content is not { IsEmpty: false } content || content.Equals(row.Content)) continue;
                var command = new RowCommand(RowVerb.Decide) { Content = content, Reason = "came with the list", Evidence = input.Evidence };
                if (Try(row, command, who, situation, refused) is not { } next) continue;
                turn.Put(id, next, who, command, against);
                drafted++;
            }
            if (list.IsWhole)
            {
                foreach (var entry in turn.Find(id).Rows.Where(entry => entry.Row.State != MapRowState.Retired && !keys.Contains(entry.Row.Key)).ToArray())
                {
                    var command = new RowCommand(RowVerb.Retire) { Reason = "not in the list any more" };
                    turn.Put(id, RowDecision.Take(entry.Row, command, who, situation), who, command, against);
                    withdrawn++;
                }
            }
            return new RowImportResult(list.Rows.Count, entered, changed, unchanged, drafted, back, withdrawn, refused);
        });
    }

    /// <summary>One step with one row.</summary>
    /// <param name="id">Map.</param>
    /// <param name="key">Row.</param>
    /// <param name="version">The version that was seen; null: whatever it is, for bulk.</param>
    /// <param name="command">The step.</param>
    /// <param name="who">Who takes it.</param>
    public async Task<RowEntry> StepAsync(string id, string key, int? version, RowCommand command, Person who)
    {
        Find(id, who, MapAction.ReadReleased); // what the step itself needs is in the table of moves
        // What was before can be read from the journal alone, which is not for its own thread: it is read first, and must still be the one before.
        var seen = Row(book.Find(id), key);
        if (Mapping.Quality.OpenErrors.AreAsked(command.Verb)) quality.Prepare(book.Find(id));
        var before = command.Verb == RowVerb.Undo ? book.Before(id, key, seen.Version) : null;
        return await book.ChangeAsync(turn =>
        {
            var map = turn.Find(id);
            var entry = Row(map, key);
            if ((version ?? seen.Version) != entry.Version) throw new Outdated(MappingMessages.RowChanged(key, entry.Row.LastBy ?? "the list", entry.Version), RowView.Of(entry, who, map.Project));
            var next = command.Verb == RowVerb.Undo ? RowDecision.Undo(entry.Row, before, who) : RowDecision.Take(entry.Row, command, who, new(map.Project, turn.Now) { OpenErrors = quality.OpenErrors(map, entry.Row, command, who) });
            return turn.Put(id, next, who, command, Against(map.Project));
        });
    }

    /// <summary>One step with many rows: each by itself, those that cannot take it are named.</summary>
    public Task<BulkResult> BulkAsync(string id, BulkRequest request, Person who)
    {
        quality.Prepare(Find(id, who, MapAction.ReadDrafts));
        BulkResult Go(MapState map, DateTimeOffset now, Action<MapRow>? put)
        {
            var (done, refused, situation) = (0, new List<BulkRefusal>(), new RowSituation(map.Project, now));
            var entries = request.Keys.Count > 0 ? request.Keys.Distinct(StringComparer.Ordinal).Select(key => Row(map, key)) : map.Rows.Where(entry => request.State is null || entry.Row.State == request.State);
            foreach (var entry in entries.ToArray())
            {
                // Of the rows together the state before the first step is looked at, and of each row itself the row as it is.
                if (Try(entry.Row, request.Command, who, situation with { OpenErrors = quality.OpenErrors(map, entry.Row, request.Command, who) }, refused) is not { } next) continue;
                put?.Invoke(next);
                done++;
            }
            return new(done, refused, request.DryRun);
        }
        if (request.DryRun) return Task.FromResult(Go(book.Find(id), DateTimeOffset.UnixEpoch, null));
        return book.ChangeAsync(turn => Go(turn.Find(id), turn.Now, row => turn.Put(id, row, who, request.Command, Against(turn.Find(id).Project))));
    }

    /// <summary>The row after a step; null, and a line more in the list, when it cannot take it.</summary>
    private static MapRow? Try(MapRow row, RowCommand command, Person who, RowSituation situation, List<BulkRefusal> refused)
    {
        try
        {
            return RowDecision.Take(row, command, who, situation);
        }
        catch (TerminologyException problem)
        {
            refused.Add(new(row.Key, problem.MessageId, problem.Message));
            return null;
        }
    }

    /// <summary>Fixes what is approved now as a release, with the old targets that are answered besides for a while.</summary>
    public async Task<MapRelease> FreezeAsync(string id, FreezeRequest request, Person who)
    {
        var map = Find(id, who, MapAction.Freeze);
        var (windows, notes, today) = (request.Windows ?? ReleaseWindows.None, request.Notes, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        if (new ReleaseWindowsRules(today).Validate(windows) is { IsValid: false } wrong) throw new InvalidFields([.. wrong.Errors.Select(error => new FieldProblem($"windows.{error.PropertyName}", error.ErrorMessage))]);
        FieldProblem[] unknown = [.. windows.Rows.Keys.Where(key => map.Find(key) is null).Select(key => new FieldProblem($"windows.rows['{key}']", MappingMessages.NoSuchRow(key, id)))];
        if (unknown.Length > 0) throw new InvalidFields(unknown);
        var former = Before(map);
        var before = former is null ? null : files.Read(former);
        ReleaseContent Content(MapState state) => ReleaseContent.After(state.Project, state.Rows.Select(entry => entry.Row), before, former?.Number ?? 0, windows, today);
        var content = Content(map);
        if (content.Rows.Count == 0) throw new TerminologyException(IssueType.BusinessRule, "NOTHING_APPROVED", MappingMessages.NothingApproved(id));
        files.Keep(content); // durable before anything speaks of it
        var difference = ReleaseComparison.Compare(before, content);
        var frozen = await book.ChangeAsync(turn =>
        {
            var now = turn.Find(id);
            if (now.Releases.Find(release => release.State is ReleaseState.Frozen or ReleaseState.Checked or ReleaseState.Signed or ReleaseState.Scheduled) is { } open) throw new TerminologyException(IssueType.Conflict, "RELEASE_UNDER_WAY", MappingMessages.ReleaseUnderWay(open.Number, open.State.ToString().ToLowerInvariant()));
            if (Before(now)?.Number != former?.Number || Content(now).Sha256 != content.Sha256) throw new TerminologyException(IssueType.Conflict, "CHANGED_WHILE_FROZEN", MappingMessages.ChangedWhileFrozen(id));
            return turn.Put(id, new MapRelease
            {
                Number = now.Releases.Count + 1, Sha256 = content.Sha256, Head = now.Head, Rows = content.Rows.Count, State = ReleaseState.Frozen, FrozenBy = who.Name, FrozenAt = turn.Now,
                Authors = content.Authors, Difference = difference, Windows = request.Windows, Notes = notes,
            }, who, ReleaseVerb.Freeze, notes);
        });
        book.Anchor(id);
        return frozen;
    }

    /// <summary>One step with a release. Activating one, for the first time or again, supersedes the one that answered; the answer comes when it answers.</summary>
    public Task<MapRelease> StepAsync(string id, int number, ReleaseVerb verb, Person who, ReleaseCommand command)
    {
        Find(id, who, MapAction.ReadDrafts);
        return TakeAsync(id, number, verb, who, command);
    }

    /// <summary>Lets every release answer whose moment has come; one that cannot keeps no other from it, and is tried again.</summary>
    public async Task ActivateDueAsync(DateTimeOffset now)
    {
        foreach (var (map, release) in book.All.SelectMany(map => map.Releases, (map, release) => (map.Project.Id, Release: release)).Where(pair => pair.Release.State == ReleaseState.Scheduled && pair.Release.ScheduledFor <= now).ToArray())
        {
            try
            {
                await TakeAsync(map, release.Number, ReleaseVerb.Activate, Person.System, new() { Reason = "scheduled" });
            }
            catch (Exception problem) when (problem is IOException or TerminologyException)
            {
                LogNotServed(map, release.Number, problem.Message);
            }
        }
    }

    private async Task<MapRelease> TakeAsync(string id, int number, ReleaseVerb verb, Person who, ReleaseCommand command)
    {
        var content = files.Read(Release(book.Find(id), number));
        if (command.Signature is { } key && ReleaseSignature.Fault(key, content.Bytes) is { } fault) throw new TerminologyException(IssueType.Value, "BAD_SIGNATURE", MappingMessages.BadSignature(fault)) { Expression = "signature" };
        if (verb == ReleaseVerb.Check) quality.Findings(book.Find(id)); // most of the looking is done before the thread of changes is held
        var taken = await book.ChangeAsync(turn =>
        {
            var map = turn.Find(id);
            var next = ReleaseMoves.Take(Release(map, number), verb, who, map.Project, content, [.. map.Rows.Select(entry => entry.Row)], turn.Now, verb == ReleaseVerb.Check ? quality.Gates(map, content, turn.Now) : [], command);
            if (verb == ReleaseVerb.Activate && map.Active is { } former) turn.Put(id, ReleaseMoves.Take(former, ReleaseVerb.Supersede, Person.System, map.Project, files.Read(former), [], turn.Now), Person.System, ReleaseVerb.Supersede);
            var put = turn.Put(id, next, who, verb, command.Reason);
            if (next.Withdrawal is { ReviewedBy: null } && Former(map, number) is { } before) turn.Put(id, ReleaseMoves.Take(before, ReleaseVerb.Activate, who, map.Project, files.Read(before), [], turn.Now), who, ReleaseVerb.Activate);
            return put;
        });
        book.Anchor(id);
        if (verb is ReleaseVerb.Activate or ReleaseVerb.Withdraw) Serve(book.Find(id), who.Name);
        return taken;
    }

    /// <summary>Lets what was decided answer, where it does not: after a crash between the decision and the store.</summary>
    public void ServeAll()
    {
        foreach (var map in book.All.Where(map => (map.Active is { } active && !files.IsLive(map.Project, active)) || map.Releases.Exists(release => release.State == ReleaseState.Withdrawn && files.IsLoaded(map.Project, release))))
        {
            try
            {
                Serve(map, Person.System.Name);
            }
            catch (Exception problem) when (problem is IOException or TerminologyException)
            {
                LogNotServed(map.Project.Id, map.Active?.Number ?? 0, problem.Message); // everything else is served
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Release {Release} of the map {Map} is active and cannot answer: {Reason}")]
    private partial void LogNotServed(string map, int release, string reason);

    public static RowEntry Row(MapState map, string key) => map.Find(key) ?? throw new TerminologyException(IssueType.NotFound, "UNKNOWN_ROW", MappingMessages.NoSuchRow(key, map.Project.Id));

    public static MapRelease Release(MapState map, int number) => map.Releases.Find(release => release.Number == number) ?? throw new TerminologyException(IssueType.NotFound, "UNKNOWN_RELEASE", MappingMessages.NoSuchRelease(number, map.Project.Id));

    /// <summary>The release that the next one is compared with: that which answers, or the last that did.</summary>
    private static MapRelease? Before(MapState map) => map.Active ?? map.Releases.LastOrDefault(release => release.State == ReleaseState.Superseded);

    /// <summary>The release that answered before one that is withdrawn.</summary>
    private static MapRelease? Former(MapState map, int number) => map.Releases.Where(release => release.State == ReleaseState.Superseded && release.Number != number).MaxBy(release => release.ActiveFrom);

    private void Serve(MapState map, string actor)
    {
        if (map.Active is { } active) files.Activate(map.Project, active, actor);
        foreach (var gone in map.Releases.Where(release => release.State == ReleaseState.Withdrawn)) files.Withdraw(map.Project, gone, actor);
        live.Look();
    }

    /// <summary>The releases that are live of the systems a map goes to.</summary>
    public string[] Against(MapProject map)
        => [.. live.Current.Releases.Where(release => release.Live && map.TargetSystems.Contains(release.Content.Info.Id.Url)).Select(release => release.Content.Info.Id.ToString())];

    private static void Authorize(MapProject map, Person who, MapAction action)
    {
        if (!Permissions.Allow(who, action, map.Domain)) throw new TerminologyException(IssueType.Forbidden, "NO_RIGHT", MappingMessages.NoRight(who.Name, System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(action.ToString()), map.Domain, string.Join(", ", MapRoles.Names(Permissions.Having(action)))));
    }
}

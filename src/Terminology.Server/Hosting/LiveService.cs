using Terminology.Fhir.Resources;
using Terminology.Loaders.BuiltIn;
using Terminology.Store;
using Terminology.Store.Data;

namespace Terminology.Server.Hosting;

/// <summary>
/// Holds the service that answers now, and swaps in a new one, in one assignment, when the manifest of the data folder changes, a resource is stored, or a day begins on which maps answer otherwise. Requests
/// keep the one they began with; a release file is unmapped when nothing refers to it any more.
/// </summary>
internal sealed partial class LiveService : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private readonly DataFolder _folder;
    private readonly TimeProvider _clock;
    private readonly ILogger<LiveService> _log;
    private Dictionary<string, StoredRelease> _open = new(StringComparer.Ordinal);
    private (DateTime Written, long Length) _stamp;
    private readonly StoredResources _stored;
    private readonly Lock _swap = new(), _look = new();
    private volatile World _world;
    private string[] _unread = [];

    public LiveService(DataFolder folder, StoredResources stored, TimeProvider clock, ILogger<LiveService> log)
    {
        (_folder, _stored, _clock, _log) = (folder, stored, clock, log);
        _stamp = folder.Stamp();
        var releases = Load();
        _world = World.Of(releases, new(releases), stored.Current, Today);
        stored.Changed += ShowStored;
        ShowStored();
    }

    public TerminologyService Current => _world.Service; // of whatever day: a service has none

    /// <summary>What answers now, with its parts; on the first day of a change in a map, and not a moment later, another one. Where no map has days the clock is not looked at.</summary>
    public World World => _world is var world && (world.Until == DateTimeOffset.MaxValue || _clock.GetUtcNow() < world.Until) ? world : NextDay();

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    /// <summary>Opens a service once, for verbs that ask and leave.</summary>
    public static TerminologyService Open(DataFolder folder) => TerminologyService.Create(folder.OpenReleases(), new FhirResourceReader(), BuiltInSystems.Content);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        StartReading(stoppingToken);
        using var timer = new PeriodicTimer(LookEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (Look()) StartReading(stoppingToken);
            }
            catch (Exception problem) when (problem is IOException or Issues.TerminologyException or UnauthorizedAccessException)
            {
                // The old content goes on serving; a file removed between reading the manifest and opening it is there at the next look.
                LogNotSwapped(problem.Message);
            }
        }
    }

    /// <summary>Swaps what answers if the manifest has changed, at once; for who changed it and must not be answered before.</summary>
    /// <returns>Was there something new?</returns>
    public bool Look()
    {
        lock (_look)
        {
            var stamp = _folder.Stamp();
            if (stamp == _stamp) return false;
            var releases = Load();
            lock (_swap) _world = World.Of(releases, new(releases), _stored.Current, Today);
            _stamp = stamp;
            return true;
        }
    }

    /// <summary>What is live and was not before, on a thread of its own.</summary>
    private void StartReading(CancellationToken cancel)
    {
        var unread = _unread;
        if (unread.Length == 0) return;
        new Thread(() => ReadAhead.Read(unread, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, cancel)) { IsBackground = true, Name = "read ahead", Priority = ThreadPriority.BelowNormal }.Start();
    }

    private World NextDay()
    {
        lock (_swap) return _clock.GetUtcNow() < _world.Until ? _world : _world = _world.On(Today);
    }

    private void ShowStored()
    {
        lock (_swap) _world = World.Of(_world.Releases, _world.Ids, _stored.Current, Today);
    }

    private TerminologyService Load()
    {
        var open = new Dictionary<string, StoredRelease>(StringComparer.Ordinal);
        var releases = new List<LoadedRelease>();
        var entries = _folder.Read().Releases;
        foreach (var entry in entries)
        {
            var release = open[entry.File] = _open.TryGetValue(entry.File, out var known) ? known : StoredRelease.Open(_folder.FilePath(entry));
            releases.Add(new(release, entry.Live));
        }
        var service = TerminologyService.Create(releases, new FhirResourceReader(), BuiltInSystems.Content);
        _unread = [.. entries.Where(entry => entry.Live && !_open.ContainsKey(entry.File)).Select(_folder.FilePath)];
        _open = open;
        var live = releases.Count(release => release.Live);
        LogSwapped(releases.Count, live);
        return service;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Releases} releases loaded, {Live} live")]
    private partial void LogSwapped(int releases, int live);

    [LoggerMessage(Level = LogLevel.Error, Message = "The data folder changed and could not be opened, the old content goes on serving: {Reason}")]
    private partial void LogNotSwapped(string reason);
}

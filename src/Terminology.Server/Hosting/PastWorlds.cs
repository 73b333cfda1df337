using System.Globalization;
using Terminology.Fhir.Operations;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Loaders.BuiltIn;
using Terminology.Store.Data;

namespace Terminology.Server.Hosting;

/// <summary>The state of the world at an earlier moment, for the parameter <c>date</c>: the versions in force then, what was stored before and has not changed since, and the targets of maps that held on that day.</summary>
/// <remarks>Thread-safe; the last few are kept.</remarks>
internal sealed class PastWorlds(DataFolder folder, StoredResources stored)
{
    private const int Kept = 8;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TerminologyService> _services = new(StringComparer.Ordinal);

    /// <param name="date">FHIR date or dateTime: a year, month or day means its end, in UTC.</param>
    /// <param name="now">What answers now; a moment to come is now, but for the day.</param>
    /// <exception cref="TerminologyException">Value: no date. NotFound: a version that was in force then is not loaded any more.</exception>
    public World At(string date, World now)
    {
        var moment = Moment(date);
        var manifest = folder.Read();
        var isStoredNow = stored.Documents.All(document => document.Instant <= moment);
        var day = DateOnly.FromDateTime(moment.UtcDateTime);
        if (isStoredNow && manifest.Log.All(change => change.Time <= moment)) return now.On(day);
        var releases = Releases(manifest, moment, now);
        var content = isStoredNow ? stored.Current : stored.Before(moment);
        return World.Of(releases, new(releases), content, day);
    }

    private TerminologyService Releases(Manifest manifest, DateTimeOffset moment, World now)
    {
        var live = VersionsInForce.At(manifest, moment);
        var loaded = now.Releases.Releases;
        foreach (var (url, version) in live)
        {
            if (loaded.All(release => release.Content.Info.Id != new VersionedUrl(url, version)))
            {
                throw new TerminologyException(IssueType.NotFound, "VERSION_NOT_KEPT", $"On that date the version {version} of {url} was in force, which is not loaded any more: import it again, or leave 'date' out.") { Expression = "date" };
            }
        }
        var key = string.Join('\n', loaded.Select(release => $"{release.Content.Info.Id} {System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(release.Content)} {IsLive(release)}"));
        lock (_lock)
        {
            if (_services.TryGetValue(key, out var known)) return known;
            if (_services.Count >= Kept) _services.Clear();
            return _services[key] = TerminologyService.Create(
                [.. loaded.Where(release => live.ContainsKey(release.Content.Info.Id.Url)).Select(release => release with { Live = IsLive(release) })], new FhirResourceReader(), BuiltInSystems.Content);
        }

        bool IsLive(LoadedRelease release) => live.GetValueOrDefault(release.Content.Info.Id.Url) == release.Content.Info.Id.Version;
    }

    private static DateTimeOffset Moment(string date)
    {
        var isWhole = date.Length switch { 4 => 1, 7 => 2, 10 => 3, _ => 0 };
        string[] formats = ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ"];
        if (!DateTimeOffset.TryParseExact(date, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start))
        {
            throw OperationInput.Wrong("date", $"'{date}' is no date: send 2026, 2026-03, 2026-03-01 or 2026-03-01T12:00:00Z.");
        }
        return isWhole switch
        {
            1 => start.AddYears(1).AddTicks(-1),
            2 => start.AddMonths(1).AddTicks(-1),
            3 => start.AddDays(1).AddTicks(-1),
            _ => start,
        };
    }
}

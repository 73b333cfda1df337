using Terminology.Issues;
using Terminology.Mapping.Impact;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;
using Terminology.Operations;
using Terminology.Server.Maps;

namespace Terminology.Server.Impact;

/// <summary>What a release that is loaded, live or not, does to maps, told from all that is loaded.</summary>
internal sealed class Impacts
{
    private readonly TerminologyService _service;
    private readonly string? _from;
    private readonly ReleaseFacts _after;
    private readonly Dictionary<string, ReleaseFacts?> _before = new(StringComparer.Ordinal);

    /// <param name="service">What is loaded.</param>
    /// <param name="release">The new release.</param>
    /// <param name="from">The version to compare with; null: that which the rows name, else the live one, else another that is loaded.</param>
    /// <exception cref="TerminologyException">NotFound: a release is not loaded. Required: no version is named.</exception>
    public Impacts(TerminologyService service, VersionedUrl release, string? from)
    {
        (_service, _from) = (service, from);
        if (release.Version is null) throw new TerminologyException(IssueType.Required, "VERSION_NEEDED", ImpactMessages.VersionNeeded(release.Url)) { Expression = "version" };
        _after = Facts(release.Version, release.Url) ?? throw NotLoaded(release);
        if (from is not null && Facts(from, release.Url) is null) throw NotLoaded(new(release.Url, from));
    }

    /// <summary>The new release as it is loaded.</summary>
    public VersionedUrl Release => _after.Release;

    /// <summary>Of a map that people work on.</summary>
    /// <param name="map">The map with its rows; retired ones are concern of it as long as they are served.</param>
    /// <param name="files">Where the release is that answers.</param>
    /// <param name="today">In UTC: old targets are looked at as long as they are answered.</param>
    /// <param name="cancel">Ends it.</param>
    public ImpactReport Of(MapState map, ReleasedMaps files, DateOnly today, CancellationToken cancel)
    {
        var (notes, released, superseded) = (new List<string>(), new Dictionary<string, RowContent>(StringComparer.Ordinal), Array.Empty<SupersededRow>().ToLookup(row => row.Key, StringComparer.Ordinal));
        try
        {
            if (map.Active is { } active)
            {
                var content = files.Read(active);
                released = content.Rows.ToDictionary(row => row.Key, row => row.Approved.Content, StringComparer.Ordinal);
                superseded = content.Superseded.Where(row => row.Window.IsOpenOn(today)).ToLookup(row => row.Key, StringComparer.Ordinal);
            }
        }
        catch (TerminologyException gone)
        {
            notes.Add(gone.Message); // what is said now is looked at all the same
        }
        var rows = map.Rows.Select(entry => entry.Row).Where(row => row.State != MapRowState.Retired || released.ContainsKey(row.Key) || superseded.Contains(row.Key));
        var report = Impact(map.Project.TargetScope).Report(map.Project.Id, rows.Select(row => ImpactSource.Of(row, map.Project.SourceSystem, released.GetValueOrDefault(row.Key)) with
        {
            TargetSystems = map.Project.TargetSystems,
            Superseded = [.. superseded[row.Key].SelectMany(old => old.Approved.Content.Targets, (old, target) => (target, old.Window))],
        }), cancel);
        return report with { Notes = [.. report.Notes, .. notes] };
    }

    /// <summary>Of a map that is loaded or stored.</summary>
    public ImpactReport Of(ConceptMapEntry map) => Impact(map.TargetScope).Report(new VersionedUrl(map.Url!, map.Version).ToString(), ImpactSource.Of(map.Map.Value));

    /// <summary>Could the release touch a map with these systems?</summary>
    public bool Concerns(IEnumerable<string> systems) => systems.Contains(_after.Release.Url);

    private ReleaseImpact Impact(string? scope) => new(_after, Before) { InScope = scope is null ? null : (code, release) => InScope(scope, code, release) };

    private ReleaseFacts? Before(string? version)
    {
        if (_from is not null) return Facts(_from, _after.Release.Url);
        return (version is null || version == _after.Release.Version ? null : Facts(version, _after.Release.Url)) ?? Other();
    }

    /// <summary>The version that answers, or else would answer next; of SNOMED CT one of the same edition where there is one.</summary>
    private ReleaseFacts? Other()
    {
        var others = _service.CodeSystemVersions(_after.Release.Url).Where(entry => entry.Supplements is null && entry.Content != "not-present" && entry.Version is not null && entry.Version != _after.Release.Version).ToArray();
        var edition = Edition(_after.Release.Version!);
        return (others.FirstOrDefault(entry => Edition(entry.Version!) == edition) ?? others.FirstOrDefault()) is { } other ? Facts(other.Version!, _after.Release.Url) : null;
    }

    private ReleaseFacts? Facts(string version, string url)
    {
        if (_before.TryGetValue(version, out var known)) return known;
        var system = _service.FindCodeSystem(url, version);
        return _before[version] = system is null ? null : new(system, new(_service, new(system.Info.Url.Value, system.Info.Version)));
    }

    private bool? InScope(string scope, string code, VersionedUrl release)
    {
        try
        {
            var asked = new ValidateCodeRequest(new([new(release.Url, code, release.Version)]), CodeForm.Coding) { ValueSetUrl = VersionedUrl.Parse(scope), MembershipOnly = true };
            return _service.ValidateCode(asked, RequestScope.Default with { ForceSystemVersions = [release] }).Result;
        }
        catch (TerminologyException)
        {
            return null; // a scope that cannot be evaluated says nothing
        }
    }

    private TerminologyException NotLoaded(VersionedUrl release)
        => new(IssueType.NotFound, "RELEASE_NOT_LOADED", ImpactMessages.NotLoaded(release, string.Join(", ", _service.CodeSystemVersions(release.Url).Select(entry => entry.Version).OfType<string>()))) { Expression = "version" };

    private static string Edition(string version) => version.IndexOf("/version/", StringComparison.Ordinal) is > 0 and var end ? version[..end] : "";
}

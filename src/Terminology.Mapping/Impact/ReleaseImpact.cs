using Terminology.Issues;

namespace Terminology.Mapping.Impact;

/// <summary>What a new release does to the rows of a map: each code of the system of the release is compared in the old and the new one. Pure: it changes nothing.</summary>
/// <param name="after">The new release.</param>
/// <param name="before">The release that a row was made with, by the version it names (null: none); null when no other release can be compared with.</param>
public sealed class ReleaseImpact(IReleaseFacts after, Func<string?, IReleaseFacts?> before)
{
    private readonly Dictionary<(string Code, string? Version), CodeChange> _changes = [];
    private readonly Dictionary<string, IReleaseFacts?> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _comparable = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal), _compared = new(StringComparer.Ordinal);

    /// <summary>Whether a code is in the scope of the targets of the map: with the release that is named, by the new one and the old one; null where it cannot be told.</summary>
    public Func<string, VersionedUrl, bool?>? InScope { get; init; }

    /// <summary>The report.</summary>
    /// <param name="map">Id or canonical of the map.</param>
    /// <param name="rows">Its rows; retired ones are left out by whoever asks.</param>
    public ImpactReport Report(string map, IEnumerable<ImpactSource> rows)
    {
        var (count, concerned, touched, classes) = (0, 0, new List<ImpactedRow>(), new SortedDictionary<ImpactClass, int>());
        if (!after.IsWhole) _notes.Add(ImpactMessages.Fragment(after.Release));
        foreach (var row in rows)
        {
            count++;
            var isSource = row.System == after.Release.Url;
            if (!isSource && row.Targets.All(target => target.System != after.Release.Url)) continue;
            concerned++;
            if (Touched(row, isSource) is not { } found) continue;
            touched.Add(found);
            foreach (var impact in found.ClassesOfAll()) classes[impact] = classes.GetValueOrDefault(impact) + 1;
        }
        return new() { Map = map, Release = after.Release.ToString(), Before = [.. _compared], Rows = count, Concerned = concerned, Touched = touched.Count, Classes = classes, Notes = [.. _notes], List = touched };
    }

    private ImpactedRow? Touched(ImpactSource row, bool isSource)
    {
        var codes = new List<ImpactedCode>();
        if (isSource) Look(row.Code, row.Version, row.Display, ImpactSide.Source, change => RepairProposals.ForSource(change, Before(row.Version), after));
        foreach (var target in row.Targets.Where(target => target.System == after.Release.Url))
        {
            Look(target.Code, target.Version, target.Display, ImpactSide.Target, change => RepairProposals.ForTarget(change, target.Relationship, Before(target.Version), after), row.Served.Contains((target.System, target.Code)));
        }
        return codes.Count == 0 ? null : new(row.Key, row.Code, row.Display, row.State, codes);

        void Look(string code, string? version, string? display, ImpactSide side, Func<CodeChange, IReadOnlyList<Repair>> repairs, bool isServed = false)
        {
            if (version is not null && version == after.Release.Version) return; // it was chosen from the new release
            if (codes.Exists(known => known.Code == code && known.Side == side)) return;
            var change = Change(code, version, display, withScope: side == ImpactSide.Target);
            var rules = ImpactRules.All.Where(rule => rule.Holds(change)).ToArray();
            if (rules.Length == 0) return;
            codes.Add(new(side, code, [.. rules.Select(rule => rule.Class)], string.Join(" ", rules.Select(rule => rule.Text(change))), change.Before, change.After) { Repairs = repairs(change), IsServed = isServed });
        }
    }

    private CodeChange Change(string code, string? version, string? display, bool withScope)
    {
        var old = Before(version);
        // Without an old release what the row says is all that is known, which differs from row to row.
        if (old is not null && _changes.TryGetValue((code, withScope ? version : $"source {version}"), out var known)) return known;
        var (was, now) = (old is null ? new ConceptFacts { Code = code, Display = display } : old.Find(code), after.Find(code));
        var change = new CodeChange(code, was, now)
        {
            Release = after.Release,
            IsWhole = after.IsWhole,
            IsClassification = after.IsClassification,
            Comparable = old is null ? new HashSet<string>() : Comparable(old),
            Replacements = now is { IsActive: true } ? [] : after.Replacements(code),
            Scope = withScope && InScope is not null && old is not null && InScope(code, old.Release) is { } wasIn && InScope(code, after.Release) is { } isIn ? (wasIn, isIn) : null,
        };
        return _changes[(code, withScope ? version : $"source {version}")] = change;
    }

    private HashSet<string> Comparable(IReleaseFacts old)
        => _comparable.TryGetValue(old.Release.ToString(), out var known) ? known : _comparable[old.Release.ToString()] = [.. old.MeaningNames.Intersect(after.MeaningNames)];

    private IReleaseFacts? Before(string? version)
    {
        if (_before.TryGetValue(version ?? "", out var known)) return known;
        var found = before(version);
        if (found is null) _notes.Add(ImpactMessages.NothingBefore(after.Release));
        else _compared.Add(found.Release.ToString());
        if (found is not null && version is not null && found.Release.Version != version) _notes.Add(ImpactMessages.OldNotLoaded(version, found.Release.ToString()));
        return _before[version ?? ""] = found;
    }
}

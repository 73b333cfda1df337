using Terminology.Issues;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Impact;

/// <summary>What a new release does to the rows of a map: each code of the system of the release is compared in the old and the new one. Pure: it changes nothing.</summary>
/// <param name="after">The new release.</param>
/// <param name="before">The release that a row was made with, by the version it names (null: none); null when no other release can be compared with.</param>
public sealed class ReleaseImpact(IReleaseFacts after, Func<string?, IReleaseFacts?> before)
{
    private readonly Dictionary<(string Code, string? Version), CodeChange> _changes = [];
    private readonly Dictionary<string, IReleaseFacts?> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _comparable = new(StringComparer.Ordinal);
    private readonly Dictionary<IReleaseFacts, CloserTargets> _closer = [];
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal), _compared = new(StringComparer.Ordinal);

    /// <summary>Whether a code is in the scope of the targets of the map: with the release that is named, by the new one and the old one; null where it cannot be told.</summary>
    public Func<string, VersionedUrl, bool?>? InScope { get; init; }

    /// <summary>The report.</summary>
    /// <param name="map">Id or canonical of the map.</param>
    /// <param name="rows">Its rows; retired ones are left out by whoever asks.</param>
    /// <param name="cancel">Ends it between two rows.</param>
    public ImpactReport Report(string map, IEnumerable<ImpactSource> rows, CancellationToken cancel = default)
    {
        var (count, concerned, touched, classes) = (0, 0, new List<ImpactedRow>(), new SortedDictionary<ImpactClass, int>());
        if (!after.IsWhole) _notes.Add(ImpactMessages.Fragment(after.Release));
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            count++;
            var isSource = row.System == after.Release.Url;
            var hasCode = isSource || row.Targets.Any(IsOfRelease) || row.Superseded.Any(old => IsOfRelease(old.Target));
            var found = hasCode || (row.IsWithoutTarget && row.TargetSystems.Contains(after.Release.Url)) ? Touched(row, isSource) : null;
            if (hasCode || found is not null) concerned++;
            if (found is null) continue;
            touched.Add(found);
            foreach (var impact in found.ClassesOfAll()) classes[impact] = classes.GetValueOrDefault(impact) + 1;
        }
        return new() { Map = map, Release = after.Release.ToString(), Before = [.. _compared], Rows = count, Concerned = concerned, Touched = touched.Count, Classes = classes, Notes = [.. _notes], List = touched };
    }

    private bool IsOfRelease(RowTarget target) => target.System == after.Release.Url;

    /// <summary>Was a code chosen from the new release, so that nothing becomes of it?</summary>
    private bool IsChosenFromIt(string? version) => version is not null && version == after.Release.Version;

    private ImpactedRow? Touched(ImpactSource row, bool isSource)
    {
        var codes = new List<ImpactedCode>();
        if (isSource && !IsChosenFromIt(row.Version)) Look(row.Code, ImpactSide.Source, Change(row.Code, row.Version, row.Display, withScope: false), change => RepairProposals.ForSource(change, Before(row.Version), after));
        foreach (var target in row.Targets.Where(target => IsOfRelease(target) && !IsChosenFromIt(target.Version)))
        {
            var change = Change(target.Code, target.Version, target.Display, withScope: true);
            if (Closer(row, target, change) is { Count: > 0 } closer) change = change with { Closer = closer };
            Look(target.Code, ImpactSide.Target, change, change => RepairProposals.ForTarget(change, target.Relationship, Before(target.Version), after), row.Served.Contains((target.System, target.Code)));
        }
        foreach (var (target, window) in row.Superseded.Where(old => IsOfRelease(old.Target) && !IsChosenFromIt(old.Target.Version)))
        {
            Look(target.Code, ImpactSide.Target, Change(target.Code, target.Version, target.Display, withScope: true), _ => [], isServed: true, window);
        }
        if (row.IsWithoutTarget && row.TargetSystems.Contains(after.Release.Url)) codes.AddRange(Closer(row, null, null).Select(Found));
        return codes.Count == 0 ? null : new(row.Key, row.Code, row.Display, row.State, codes);

        void Look(string code, ImpactSide side, CodeChange change, Func<CodeChange, IReadOnlyList<Repair>> repairs, bool isServed = false, DeprecationWindow? window = null)
        {
            if (codes.Exists(known => known.Code == code && known.Side == side)) return;
            var rules = ImpactRules.All.Where(rule => rule.Holds(change)).ToArray();
            if (rules.Length == 0) return;
            var text = string.Join(" ", [.. rules.Select(rule => rule.Text(change)), .. window is null ? Array.Empty<string>() : [ImpactMessages.Superseded(code, window.Until)]]);
            codes.Add(new(side, code, [.. rules.Select(rule => rule.Class)], text, change.Before, change.After) { Repairs = repairs(change), IsServed = isServed, Superseded = window });
        }
    }

    /// <summary>What of the new release is closer to a row than its target, or than having none.</summary>
    private IReadOnlyList<CloserTarget> Closer(ImpactSource row, RowTarget? target, CodeChange? change)
    {
        if (Before(target?.Version) is not { IsWhole: true } old) return []; // which codes are new is not known
        if (!_closer.TryGetValue(old, out var known)) _closer[old] = known = new(old, after) { InScope = InScope };
        return target is null ? known.ForNone(row) : known.For(row, target, change!);
    }

    /// <summary>A code that a row without a target may get.</summary>
    private ImpactedCode Found(CloserTarget closer)
        => new(ImpactSide.Target, closer.Code, [ImpactClass.CloserTarget], ImpactMessages.FirstTarget(closer.Evidence), Before(null)?.Find(closer.Code), after.Find(closer.Code)) { Repairs = RepairProposals.ForCloser([closer]) };

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

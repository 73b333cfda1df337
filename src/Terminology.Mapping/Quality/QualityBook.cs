using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality;

/// <summary>
/// The findings of a map, kept up to date: a row that changes makes the rules look again at it and at what shares a target, name or code with it, and at nothing else. What is
/// found appears; what is mended goes.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class QualityBook
{
    private readonly IReadOnlyList<QualityRule> _rules;
    private readonly Dictionary<string, RowFacts> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<(RuleScope Scope, string Key), HashSet<string>> _groups = [];
    private readonly Dictionary<(RuleScope Scope, string Key), List<StandingFinding>> _found = [];

    /// <summary>An empty book.</summary>
    /// <param name="scene">What surrounds the rows.</param>
    /// <param name="rules">The rules; null: all of them.</param>
    public QualityBook(QualityScene scene, IReadOnlyList<QualityRule>? rules = null) => (Scene, _rules) = (scene, rules ?? QualityRules.All);

    /// <summary>What surrounds the rows.</summary>
    public QualityScene Scene { get; private set; }

    /// <summary>How often a rule has looked at something so far; for tests that a change reaches no more than it must.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Rows in it.</summary>
    public int Count => _rows.Count;

    /// <summary>A row that is new or has changed.</summary>
    public void Put(MapRow row) => Put([row]);

    /// <summary>Rows that are new or have changed; what several of them share is looked at once.</summary>
    public void Put(IReadOnlyCollection<MapRow> rows)
    {
        var touched = new HashSet<(RuleScope Scope, string Key)>();
        foreach (var row in rows)
        {
            Leave(row.Key, touched);
            var facts = new RowFacts(row, Scene.Units);
            _rows[row.Key] = facts;
            foreach (var key in RuleKeys.Of(facts))
            {
                if (!_groups.TryGetValue(key, out var members)) _groups[key] = members = new(StringComparer.Ordinal);
                members.Add(row.Key);
                touched.Add(key);
            }
        }
        foreach (var key in touched) Look(key, _rules);
    }

    /// <summary>A row that is no more.</summary>
    public void Remove(string key)
    {
        var touched = new HashSet<(RuleScope Scope, string Key)>();
        Leave(key, touched);
        foreach (var group in touched) Look(group, _rules);
    }

    /// <summary>Other surroundings: a new release, other rules of the map. Everything is looked at again.</summary>
    public void Look(QualityScene scene)
    {
        Scene = scene;
        MapRow[] rows = [.. _rows.Values.Select(facts => facts.Row)];
        _rows.Clear();
        _groups.Clear();
        _found.Clear();
        Put(rows);
    }

    /// <summary>What stands in the rows, by rule, then subject. Rules about the map as a whole are looked at now.</summary>
    public IReadOnlyList<StandingFinding> All(MapFacts whole)
        => [.. _found.Values.SelectMany(found => found).Concat(OfMap(whole)).OrderBy(found => found.Finding.RuleId, StringComparer.Ordinal).ThenBy(found => found.Subject, StringComparer.Ordinal)];

    /// <summary>What stands about one row, in it or together with others.</summary>
    public IReadOnlyList<StandingFinding> Of(string key)
        => !_rows.TryGetValue(key, out var facts) ? [] : [.. RuleKeys.Of(facts).SelectMany(group => _found.GetValueOrDefault(group) ?? []).Where(found => found.Finding.RowKeys.Contains(key)).OrderBy(found => found.Finding.RuleId, StringComparer.Ordinal)];

    /// <summary>What would stand about a row if it were so; the book does not change.</summary>
    public IReadOnlyList<StandingFinding> Try(MapRow row)
    {
        var facts = new RowFacts(row, Scene.Units);
        var found = new List<StandingFinding>();
        foreach (var (scope, key) in RuleKeys.Of(facts))
        {
            IEnumerable<string> members = _groups.GetValueOrDefault((scope, key)) ?? [];
            var group = Ordered(members.Where(member => member != row.Key).Select(member => _rows[member]).Append(facts));
            found.AddRange(Said(scope, key, group, _rules).Where(said => said.Finding.RowKeys.Contains(row.Key)));
        }
        return found;
    }

    private List<StandingFinding> OfMap(MapFacts whole)
    {
        var scene = Scene;
        Scene = scene with { Whole = whole };
        var found = Said(RuleScope.Map, "", Ordered(_rows.Values), _rules).ToList();
        Scene = scene;
        return found;
    }

    private void Leave(string key, HashSet<(RuleScope Scope, string Key)> touched)
    {
        if (!_rows.Remove(key, out var former)) return;
        foreach (var group in RuleKeys.Of(former))
        {
            if (_groups[group].Remove(key) && _groups[group].Count == 0) _groups.Remove(group);
            touched.Add(group);
        }
    }

    private void Look((RuleScope Scope, string Key) group, IReadOnlyList<QualityRule> rules)
    {
        List<StandingFinding> found = _groups.TryGetValue(group, out var members) ? [.. Said(group.Scope, group.Key, Ordered(members.Select(key => _rows[key])), rules)] : [];
        if (found.Count > 0) _found[group] = found;
        else _found.Remove(group);
    }

    private IEnumerable<StandingFinding> Said(RuleScope scope, string key, RowFacts[] rows, IReadOnlyList<QualityRule> rules)
    {
        foreach (var rule in rules)
        {
            if (rule.Scope != scope || (scope == RuleScope.Row && !rows[0].IsDecided && !rule.LooksAtAllRows)) continue;
            Evaluations++;
            foreach (var said in rule.Check(new(rows, key, Scene)))
            {
                if (QualityProfile.Weigh(Scene.Map.Policy.Quality, rule, said) is not { } severity) continue;
                yield return new(key, new(rule.Id, said.Rows ?? [.. rows.Select(row => row.Key)], severity, said.Text, said.FixIt));
            }
        }
    }

    private static RowFacts[] Ordered(IEnumerable<RowFacts> rows) => [.. rows.OrderBy(row => row.Row.Number).ThenBy(row => row.Key, StringComparer.Ordinal)];
}

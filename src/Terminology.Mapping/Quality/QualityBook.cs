using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality;

/// <summary>
/// The findings of a map, kept up to date: a row that changes makes the rules look again at it and at what shares a target, name or code with it, and at nothing else. What is
/// found appears; what is mended goes. Looking again is put off until somebody reads.
/// </summary>
/// <remarks>One thread at a time. Taking a row in costs microseconds, whatever it shares.</remarks>
public sealed class QualityBook
{
    private readonly IReadOnlyList<QualityRule> _rules;
    private readonly Dictionary<string, RowFacts> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<(RuleScope Scope, string Key), HashSet<string>> _groups = [];
    private readonly Dictionary<(RuleScope Scope, string Key), List<StandingFinding>> _found = [];
    private readonly HashSet<(RuleScope Scope, string Key)> _changed = [];

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

    /// <summary>Rows that are new or have changed.</summary>
    public void Put(IEnumerable<MapRow> rows)
    {
        foreach (var row in rows)
        {
            Remove(row.Key);
            var facts = new RowFacts(row, Scene.Units);
            _rows[row.Key] = facts;
            foreach (var key in RuleKeys.Of(facts))
            {
                if (!_groups.TryGetValue(key, out var members)) _groups[key] = members = new(StringComparer.Ordinal);
                members.Add(row.Key);
                _changed.Add(key);
            }
        }
    }

    /// <summary>A row that is no more.</summary>
    public void Remove(string key)
    {
        if (!_rows.Remove(key, out var former)) return;
        foreach (var group in RuleKeys.Of(former))
        {
            if (_groups[group].Remove(key) && _groups[group].Count == 0) _groups.Remove(group);
            _changed.Add(group);
        }
    }

    /// <summary>Other surroundings: a new release, other rules of the map. Everything is looked at again.</summary>
    public void Look(QualityScene scene)
    {
        Scene = scene;
        MapRow[] rows = [.. _rows.Values.Select(facts => facts.Row)];
        _rows.Clear();
        _groups.Clear();
        _found.Clear();
        _changed.Clear();
        Put(rows);
    }

    /// <summary>Looks at some of what has changed, for who must not be kept by all of it.</summary>
    /// <param name="most">How many rows or groups of rows.</param>
    /// <returns>Is there more?</returns>
    public bool LookFurther(int most)
    {
        foreach (var key in _changed.Take(most).ToArray()) Look(key);
        return _changed.Count > 0;
    }

    /// <summary>What stands in the rows, by rule, then subject. Rules about the map as a whole are looked at now.</summary>
    public IReadOnlyList<StandingFinding> All(MapFacts whole)
    {
        LookFurther(int.MaxValue);
        return [.. _found.Values.SelectMany(found => found).Concat(OfMap(whole)).OrderBy(found => found.Finding.RuleId, StringComparer.Ordinal).ThenBy(found => found.Subject, StringComparer.Ordinal)];
    }

    /// <summary>What stands about one row, in it or together with others; what is about very many rows (approver, department) as it was when all was read last.</summary>
    public IReadOnlyList<StandingFinding> Of(string key)
    {
        if (!_rows.TryGetValue(key, out var facts)) return [];
        var found = new List<StandingFinding>();
        foreach (var group in RuleKeys.Of(facts))
        {
            if (group.Scope is not (RuleScope.Approver or RuleScope.Department) && _changed.Contains(group)) Look(group);
            found.AddRange((_found.GetValueOrDefault(group) ?? []).Where(one => one.Finding.RowKeys.Contains(key)));
        }
        return [.. found.OrderBy(one => one.Finding.RuleId, StringComparer.Ordinal)];
    }

    /// <summary>What would stand about a row if it were so; the book does not change.</summary>
    /// <param name="row">The row.</param>
    /// <param name="isForErrors">Are errors alone asked for? Then what cannot be one is not looked at.</param>
    public IReadOnlyList<StandingFinding> Try(MapRow row, bool isForErrors = false)
    {
        var (facts, found) = (new RowFacts(row, Scene.Units), new List<StandingFinding>());
        foreach (var (scope, key) in RuleKeys.Of(facts).Where(group => !isForErrors || CanBeErrors(group.Scope)))
        {
            IEnumerable<string> members = _groups.GetValueOrDefault((scope, key)) ?? [];
            var group = Ordered(members.Where(member => member != row.Key).Select(member => _rows[member]).Append(facts));
            found.AddRange(Said(scope, key, group).Where(said => said.Finding.RowKeys.Contains(row.Key)));
        }
        return found;
    }

    /// <summary>May a rule of this scope stop a step? By itself those of rows and codes; others where the map has given them that weight.</summary>
    private bool CanBeErrors(RuleScope scope)
        => scope is RuleScope.Row or RuleScope.Code || _rules.Any(rule => rule.Scope == scope && rule.StopsSteps && Scene.Map.Policy.Quality.GetValueOrDefault(rule.Id) == RuleWeight.Error);

    private List<StandingFinding> OfMap(MapFacts whole)
    {
        var scene = Scene;
        Scene = scene with { Whole = whole };
        var found = Said(RuleScope.Map, "", Ordered(_rows.Values)).ToList();
        Scene = scene;
        return found;
    }

    private void Look((RuleScope Scope, string Key) group)
    {
        _changed.Remove(group);
        List<StandingFinding> found = _groups.TryGetValue(group, out var members) ? [.. Said(group.Scope, group.Key, Ordered(members.Select(key => _rows[key])))] : [];
        if (found.Count > 0) _found[group] = found;
        else _found.Remove(group);
    }

    private IEnumerable<StandingFinding> Said(RuleScope scope, string key, RowFacts[] rows)
    {
        foreach (var rule in _rules)
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

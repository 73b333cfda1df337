using Terminology.Expressions;
using Terminology.Loaders.Rf2;

namespace Terminology.Loaders.Expressions;

/// <summary>A small classified SNOMED CT of a seed, through the real loader and store: a poly-hierarchy, attributes with a role hierarchy, groups, numbers, defined concepts.</summary>
internal sealed class ExpressionWorld : IDisposable
{
    public const string Attributes = "410662002", Defined = "900000000000073002";
    private readonly Dictionary<string, List<string>> _parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Name, string Value)[]>> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _defined = new(StringComparer.Ordinal);
    private readonly ImportedRelease _release;
    private readonly Random _random;

    public ExpressionWorld(int seed)
    {
        _random = new(seed);
        foreach (var (child, parent) in new[] { (TinySnomed.Root, ""), (Attributes, TinySnomed.Root), (Names[0], Attributes), (Names[1], Names[0]), (Names[2], Attributes), (Number, Attributes) })
        {
            _parents[child] = parent.Length == 0 ? [] : [parent];
            _groups[child] = [];
        }
        for (var i = 0; i < 10; i++) Make(Values, TinySnomed.Concept(100 + i), 0);
        for (var i = 0; i < 16; i++) Make(Content, TinySnomed.Concept(200 + i), _random.Next(3));
        Classify();
        _release = Write().Load();
    }

    public static string[] Names { get; } = [TinySnomed.Concept(50), TinySnomed.Concept(51), TinySnomed.Concept(52)];

    public static string Number { get; } = TinySnomed.Concept(53);

    public List<string> Values { get; } = [];

    public List<string> Content { get; } = [];

    public CodeSystems.ICodeSystem System => _release.System;

    public void Dispose() => _release.Dispose();

    public ExpressionCodeSystem Open() => new(System);

    public SnomedExpression Expression(int depth = 1, bool isValue = false) => new(
        DefinitionStatus.Unsaid, [.. Some(1, 3, () => new NamedConcept(Pick(isValue ? Values : Content))).Distinct()], [[.. Some(0, 3, () => Attribute(depth))], .. Some(0, 3, () => Some(1, 3, () => Attribute(depth)))]);

    /// <summary>One that says less: a part left out, or replaced by what is above it.</summary>
    public SnomedExpression Wider(SnomedExpression expression) => expression with
    {
        Focus = expression.Focus.Count > 1 && Chance(3) ? [.. expression.Focus.Skip(1)] : [.. expression.Focus.Select(Wider)],
        Groups = [.. expression.Groups.Select((group, index) => (Group: group.Where(_ => !Chance(4)).Select(Wider).ToArray(), index)).Where(pair => pair.index == 0 || pair.Group.Length > 0).Select(pair => pair.Group)],
    };

    /// <summary>One that says the same attribute or more in a place of its own or in a group.</summary>
    public SnomedExpression Narrower(SnomedExpression expression)
    {
        var groups = expression.Groups.Select(group => group.ToList()).ToList();
        if (groups.Count == 1 || Chance(2)) groups.Add([]);
        groups[_random.Next(1, groups.Count)].Add(Attribute(1));
        return expression with { Groups = [.. groups] };
    }

    public bool Chance(int of) => _random.Next(of) == 0;

    private NamedConcept Wider(NamedConcept concept) => Chance(2) && _parents[concept.Id] is { Count: > 0 } above ? new(Pick(above)) : concept;

    private ExpressionAttribute Wider(ExpressionAttribute attribute)
    {
        var name = attribute.Name.Id == Names[1] && Chance(2) ? new(Names[0]) : attribute.Name;
        if (attribute.Literal is { } literal) return new(name, literal);
        return attribute.Concept is { } concept ? new(name, Wider(concept)) : new(name, Wider(attribute.Expression!));
    }

    private ExpressionAttribute Attribute(int depth) => _random.Next(depth > 0 ? 6 : 5) switch
    {
        0 => new(new(Number), ConcreteValue.Number(Pick(["5", "5.0", "10"]))),
        5 => new(new(Pick(Names)), Expression(depth - 1, isValue: true)),
        _ => new(new(Pick(Names)), new NamedConcept(Pick(Values))),
    };

    private void Make(List<string> list, string id, int groups)
    {
        _parents[id] = list.Count == 0 ? [TinySnomed.Root] : [.. Some(1, 3, () => Pick(list)).Distinct()];
        _parents[id].RemoveAll(parent => _parents[id].Exists(other => other != parent && Above(other).Contains(parent)));
        _groups[id] = [.. _parents[id].SelectMany(parent => _groups[parent]), .. Some(groups, groups + 1, () => Some(1, 3, () => (Pick(Names), Pick(Values))).ToArray())];
        if (Chance(2)) _defined.Add(id);
        list.Add(id);
    }

    /// <summary>What is defined stays so only if nothing else fulfils its definition.</summary>
    private void Classify()
    {
        foreach (var defined in _defined.ToArray())
        {
            if (_parents.Keys.Any(other => other != defined && !Above(other).Contains(defined) && _parents[defined].TrueForAll(Above(other).Contains) && _groups[defined].TrueForAll(group => _groups[other].Exists(own => Meets(own, group))))) _defined.Remove(defined);
        }
    }

    private bool Meets((string Name, string Value)[] mine, (string Name, string Value)[] wanted)
        => Array.TrueForAll(wanted, attribute => Array.Exists(mine, own => Above(own.Name).Contains(attribute.Name) && Above(own.Value).Contains(attribute.Value)));

    private HashSet<string> Above(string id)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { id };
        foreach (var parent in _parents[id]) found.UnionWith(Above(parent));
        return found;
    }

    private TinySnomed Write()
    {
        var tiny = new TinySnomed();
        foreach (var (id, parents) in _parents)
        {
            if (_defined.Contains(id)) tiny.Add(id, id, definitionStatus: Defined);
            else tiny.Add(id, id);
            foreach (var parent in parents) tiny.IsA(id, parent);
            for (var group = 0; group < _groups[id].Count; group++)
            {
                foreach (var (name, value) in _groups[id][group].Distinct()) tiny.Link(id, name, value, group + 1);
            }
        }
        // A number, so that its attribute is known.
        return tiny.Value(Content[^1], Number, "#5", 9);
    }

    private T[] Some<T>(int least, int below, Func<T> make) => [.. Enumerable.Range(0, _random.Next(least, below)).Select(_ => make())];

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}

namespace Terminology.Maps;

/// <summary>A concept map held in memory: FHIR resources and what is sent along with a request.</summary>
public sealed class InMemoryConceptMap : IConceptMap
{
    private readonly IReadOnlyList<MapElement>[] _elements;
    private readonly Dictionary<(int Group, string Code), List<MapElement>> _bySource = [];
    private readonly Lazy<Dictionary<(int Group, string Code), List<MapElement>>> _byTarget;

    /// <param name="info">What it says of itself.</param>
    /// <param name="elements">The elements of each group, in order.</param>
    public InMemoryConceptMap(ConceptMapInfo info, IReadOnlyList<IReadOnlyList<MapElement>> elements)
    {
        if (info.Groups.Count != elements.Count) throw new ArgumentException("Each group has its list of elements.", nameof(elements));
        (Info, _elements) = (info, [.. elements]);
        Count = elements.Sum(group => group.Count);
        for (var group = 0; group < _elements.Length; group++)
        {
            foreach (var element in _elements[group]) Add(_bySource, (group, element.Code), element);
        }
        _byTarget = new(IndexTargets);
    }

    /// <inheritdoc/>
    public ConceptMapInfo Info { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<MapElement> Find(int group, string code) => _bySource.TryGetValue((group, code), out var found) ? found : [];

    /// <inheritdoc/>
    public IReadOnlyList<MapElement> FindByTarget(int group, string targetCode) => _byTarget.Value.TryGetValue((group, targetCode), out var found) ? found : [];

    /// <inheritdoc/>
    public IEnumerable<MapElement> Elements(int group) => _elements[group];

    private Dictionary<(int Group, string Code), List<MapElement>> IndexTargets()
    {
        var index = new Dictionary<(int Group, string Code), List<MapElement>>();
        for (var group = 0; group < _elements.Length; group++)
        {
            foreach (var element in _elements[group])
            {
                foreach (var code in element.Targets.Select(target => target.Code).OfType<string>().Distinct(StringComparer.Ordinal)) Add(index, (group, code), element);
            }
        }
        return index;
    }

    private static void Add(Dictionary<(int Group, string Code), List<MapElement>> index, (int Group, string Code) key, MapElement element)
    {
        if (index.TryGetValue(key, out var known)) known.Add(element);
        else index[key] = [element];
    }
}

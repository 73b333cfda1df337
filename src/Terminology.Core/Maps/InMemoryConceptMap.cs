namespace Terminology.Maps;

/// <summary>A concept map that lives on the heap: small FHIR resources and those that come with a request.</summary>
public sealed class InMemoryConceptMap : IConceptMap
{
    private readonly IReadOnlyList<MapElement>[] _groups;
    private readonly Dictionary<string, List<MapElement>>[] _bySource;
    private readonly Lazy<Dictionary<string, List<MapElement>>[]> _byTarget;

    /// <summary>Indexes the elements.</summary>
    /// <param name="info">What the map says of itself.</param>
    /// <param name="groups">The elements of each of its groups, in the order of the map; one code may come more than once.</param>
    /// <exception cref="ArgumentException">Not as many lists as groups.</exception>
    public InMemoryConceptMap(ConceptMapInfo info, IReadOnlyList<IReadOnlyList<MapElement>> groups)
    {
        if (groups.Count != info.Groups.Count) throw new ArgumentException("One list of elements for each group.", nameof(groups));
        (Info, _groups) = (info, [.. groups]);
        _bySource = [.. groups.Select(elements => Index(elements, element => [element.Code]))];
        _byTarget = new(() => [.. _groups.Select(elements => Index(elements, element => element.Targets.Select(target => target.Code).OfType<string>().Distinct()))]);
    }

    /// <inheritdoc/>
    public ConceptMapInfo Info { get; }

    /// <inheritdoc/>
    public int Count => _groups.Sum(elements => elements.Count);

    /// <inheritdoc/>
    public IReadOnlyList<MapElement> Find(int group, string code) => _bySource[group].TryGetValue(code, out var found) ? found : [];

    /// <inheritdoc/>
    public IReadOnlyList<MapElement> FindByTarget(int group, string targetCode) => _byTarget.Value[group].TryGetValue(targetCode, out var found) ? found : [];

    /// <inheritdoc/>
    public IEnumerable<MapElement> Elements(int group) => _groups[group];

    private static Dictionary<string, List<MapElement>> Index(IReadOnlyList<MapElement> elements, Func<MapElement, IEnumerable<string>> keys)
    {
        var index = new Dictionary<string, List<MapElement>>(elements.Count, StringComparer.Ordinal);
        foreach (var element in elements)
        {
            foreach (var key in keys(element))
            {
                if (!index.TryGetValue(key, out var list)) index.Add(key, list = new(1));
                list.Add(element);
            }
        }
        return index;
    }
}

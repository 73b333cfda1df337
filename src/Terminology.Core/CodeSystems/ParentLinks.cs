namespace Terminology.CodeSystems;

/// <summary>The parents of concepts, in the order they came; hardly a concept has more than one.</summary>
internal sealed class ParentLinks
{
    private const int None = -1;
    private readonly List<int> _first = [];
    private readonly Dictionary<int, List<int>> _others = [];

    /// <summary>Concepts.</summary>
    public int Count => _first.Count;

    /// <summary>The next concept, without parents.</summary>
    public void AddConcept() => _first.Add(None);

    /// <summary>Has it no parent?</summary>
    public bool IsRoot(int concept) => _first[concept] == None;

    /// <summary>Adds a parent, unless it is there.</summary>
    public void Add(int concept, int parent)
    {
        if (_first[concept] == None) _first[concept] = parent;
        else if (_first[concept] == parent) return;
        else if (!_others.TryGetValue(concept, out var others)) _others[concept] = [parent];
        else if (!others.Contains(parent)) others.Add(parent);
    }

    /// <summary>Takes a parent out.</summary>
    public void Remove(int concept, int parent)
    {
        _others.TryGetValue(concept, out var others);
        if (_first[concept] != parent)
        {
            others?.Remove(parent);
            return;
        }
        _first[concept] = others is { Count: > 0 } ? others[0] : None;
        if (others is { Count: > 0 }) others.RemoveAt(0);
    }

    public IEnumerable<int> Of(int concept)
    {
        if (_first[concept] == None) return [];
        return _others.TryGetValue(concept, out var others) ? others.Prepend(_first[concept]) : [_first[concept]];
    }

    /// <summary>Those that a concept is a parent of, in the order of the concepts.</summary>
    /// <returns>All of them, those of one parent after the other; and for each parent where its run ends.</returns>
    public (int[] Children, int[] Ends) Turned()
    {
        var ends = new int[Count + 1];
        for (var child = 0; child < Count; child++)
        {
            if (_first[child] != None) ends[_first[child] + 1]++;
        }
        foreach (var others in _others.Values)
        {
            foreach (var parent in others) ends[parent + 1]++;
        }
        for (var i = 1; i < ends.Length; i++) ends[i] += ends[i - 1];
        // Filling moves each start to its end, which is the start of the next.
        var children = new int[ends[^1]];
        for (var child = 0; child < Count; child++)
        {
            if (_first[child] != None) children[ends[_first[child]]++] = child;
            if (_others.TryGetValue(child, out var others))
            {
                foreach (var parent in others) children[ends[parent]++] = child;
            }
        }
        return (children, ends);
    }
}

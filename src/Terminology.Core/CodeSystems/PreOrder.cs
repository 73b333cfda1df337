namespace Terminology.CodeSystems;

/// <summary>Depth first from the roots in definition order, then from what only cycles reach; a link to a concept on the path is cut.</summary>
/// <param name="parents">The links.</param>
/// <param name="cut">Takes the child and the parent of a link that closes a cycle.</param>
internal sealed class PreOrder(ParentLinks parents, Action<int, int> cut)
{
    private readonly List<int> _order = new(parents.Count);
    private readonly (bool Seen, bool OnPath, int Position)[] _states = new (bool, bool, int)[parents.Count];
    private readonly int[] _ends = new int[parents.Count];
    private readonly Stack<(int Concept, int Next)> _path = new();

    /// <summary>The concepts in order, and for each position where its subtree ends.</summary>
    public (int[] Order, int[] SubtreeEnds) Walk()
    {
        var (children, ends) = parents.Turned();
        var roots = new List<int>();
        for (var concept = 0; concept < parents.Count; concept++)
        {
            if (parents.IsRoot(concept)) roots.Add(concept);
        }
        foreach (var start in roots) Walk(start, children, ends);
        for (var start = 0; start < parents.Count; start++) Walk(start, children, ends);
        return ([.. _order], _ends);
    }

    private void Walk(int start, int[] children, int[] ends)
    {
        if (_states[start].Seen) return;
        Enter(start, ends);
        while (_path.TryPop(out var top))
        {
            if (top.Next == ends[top.Concept])
            {
                _states[top.Concept].OnPath = false;
                _ends[_states[top.Concept].Position] = _order.Count;
                continue;
            }
            _path.Push((top.Concept, top.Next + 1));
            var child = children[top.Next];
            if (_states[child].OnPath) cut(child, top.Concept);
            else if (!_states[child].Seen) Enter(child, ends);
        }
    }

    private void Enter(int concept, int[] ends)
    {
        _states[concept] = (true, true, _order.Count);
        _order.Add(concept);
        _path.Push((concept, concept == 0 ? 0 : ends[concept - 1]));
    }
}

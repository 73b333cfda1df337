using System.Text;
using Terminology.Issues;

namespace Terminology.Store.Hierarchy;

/// <summary>
/// Orders concepts in depth-first pre-order of a spanning tree (each concept under its deepest parent), so that descendants are mostly one interval; what the
/// poly-hierarchy adds is kept as extra intervals (tree cover, Agrawal 1989).
/// </summary>
internal sealed class HierarchyBuilder
{
    private readonly int[] _parentStarts, _parents, _childStarts, _children;

    private HierarchyBuilder(int[] parentStarts, int[] parents, int[] childStarts, int[] children)
        => (_parentStarts, _parents, _childStarts, _children) = (parentStarts, parents, childStarts, children);

    /// <summary>Ordinal of each concept, by its row.</summary>
    public int[] OrdinalOf { get; private set; } = [];

    /// <summary>Row of each concept, by its ordinal.</summary>
    public int[] RowOf { get; private set; } = [];

    /// <summary>Parents by ordinal, in source order.</summary>
    public (int[] Starts, int[] Values) Parents { get; private set; }

    /// <summary>Children by ordinal, ascending.</summary>
    public (int[] Starts, int[] Values) Children { get; private set; }

    /// <summary>Last descendant in the spanning tree, by ordinal.</summary>
    public int[] Last { get; private set; } = [];

    /// <summary>Further intervals of descendants, as pairs first, last; by ordinal.</summary>
    public (int[] Starts, int[] Values) Extras { get; private set; }

    /// <param name="count">Concepts.</param>
    /// <param name="edges">Child row and parent row, in source order, duplicates allowed.</param>
    /// <param name="rootsLast">Concepts whose tree is to come last (inactive ones).</param>
    /// <param name="codeOf">For the message about a cycle.</param>
    /// <exception cref="ReleaseFormat">A cycle: names the codes along it.</exception>
    public static HierarchyBuilder Build(int count, IReadOnlyList<(int Child, int Parent)> edges, Func<int, bool> rootsLast, Func<int, string> codeOf)
    {
        var (parentStarts, parents) = Group(count, edges, edge => edge.Child, edge => edge.Parent);
        var (childStarts, children) = Invert(count, parentStarts, parents);
        var hierarchy = new HierarchyBuilder(parentStarts, parents, childStarts, children);
        var order = hierarchy.Topological(codeOf);
        hierarchy.Number(hierarchy.TreeParents(order), rootsLast);
        hierarchy.Renumber();
        hierarchy.Cover(order);
        return hierarchy;
    }

    /// <summary>Rows in an order in which every parent stands before its children.</summary>
    private int[] Topological(Func<int, string> codeOf)
    {
        var count = _parentStarts.Length - 1;
        var waiting = new int[count];
        var order = new int[count];
        var (done, placed) = (0, 0);
        for (var row = 0; row < count; row++)
        {
            waiting[row] = _parentStarts[row + 1] - _parentStarts[row];
            if (waiting[row] == 0) order[placed++] = row;
        }
        while (done < placed)
        {
            var row = order[done++];
            for (var i = _childStarts[row]; i < _childStarts[row + 1]; i++)
            {
                if (--waiting[_children[i]] == 0) order[placed++] = _children[i];
            }
        }
        return placed == count ? order : throw Cycle(waiting, codeOf);
    }

    private ReleaseFormat Cycle(int[] waiting, Func<int, string> codeOf)
    {
        // Every concept still waiting has a waiting parent: walking up must come back.
        var seen = new Dictionary<int, int>();
        var path = new List<int>();
        for (var row = Array.FindIndex(waiting, parents => parents > 0); ;)
        {
            if (seen.TryGetValue(row, out var from))
            {
                var text = new StringBuilder();
                foreach (var step in path.Skip(from).Take(20)) text.Append(codeOf(step)).Append(" → ");
                return new($"the hierarchy has a cycle: {text}{codeOf(row)}. Each concept is said to be below the next; correct one of these links in the source.");
            }
            seen[row] = path.Count;
            path.Add(row);
            for (var i = _parentStarts[row]; ; i++)
            {
                if (waiting[_parents[i]] <= 0) continue;
                row = _parents[i];
                break;
            }
        }
    }

    private int[] TreeParents(int[] order)
    {
        var depth = new int[order.Length];
        var treeParent = new int[order.Length];
        foreach (var row in order)
        {
            treeParent[row] = -1;
            for (var i = _parentStarts[row]; i < _parentStarts[row + 1]; i++)
            {
                var parent = _parents[i];
                if (treeParent[row] >= 0 && depth[parent] < depth[row]) continue;
                if (treeParent[row] >= 0 && depth[parent] + 1 == depth[row]) continue;
                treeParent[row] = parent;
                depth[row] = depth[parent] + 1;
            }
        }
        return treeParent;
    }

    private void Number(int[] treeParent, Func<int, bool> rootsLast)
    {
        var count = treeParent.Length;
        OrdinalOf = new int[count];
        RowOf = new int[count];
        Last = new int[count];
        var next = 0;
        var stack = new Stack<(int Row, int Child)>();
        for (var pass = 0; pass < 2; pass++)
        {
            for (var root = 0; root < count; root++)
            {
                if (treeParent[root] >= 0 || rootsLast(root) != (pass == 1)) continue;
                Enter(root);
                while (stack.Count > 0)
                {
                    var (row, at) = stack.Pop();
                    while (at < _childStarts[row + 1] && treeParent[_children[at]] != row) at++;
                    if (at < _childStarts[row + 1])
                    {
                        stack.Push((row, at + 1));
                        Enter(_children[at]);
                    }
                    else
                    {
                        Last[OrdinalOf[row]] = next - 1;
                    }
                }
            }
        }

        void Enter(int row)
        {
            (OrdinalOf[row], RowOf[next]) = (next, row);
            next++;
            stack.Push((row, _childStarts[row]));
        }
    }

    private void Renumber()
    {
        var count = RowOf.Length;
        var starts = new int[count + 1];
        var values = new int[_parents.Length];
        var at = 0;
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            starts[ordinal] = at;
            var row = RowOf[ordinal];
            for (var i = _parentStarts[row]; i < _parentStarts[row + 1]; i++) values[at++] = OrdinalOf[_parents[i]];
        }
        starts[count] = at;
        Parents = (starts, values);
        Children = Invert(count, starts, values);
    }

    private void Cover(int[] order)
    {
        var count = RowOf.Length;
        var extras = new (int First, int Last)[count][];
        var found = new List<(int First, int Last)>();
        for (var i = count - 1; i >= 0; i--)
        {
            var ordinal = OrdinalOf[order[i]];
            found.Clear();
            foreach (var child in Children.Values.AsSpan(Children.Starts[ordinal]..Children.Starts[ordinal + 1]))
            {
                Take(child, Last[child], ordinal);
                foreach (var (first, last) in extras[child]) Take(first, last, ordinal);
            }
            extras[ordinal] = Merge(found);
        }
        var starts = new int[count + 1];
        for (var ordinal = 0; ordinal < count; ordinal++) starts[ordinal + 1] = starts[ordinal] + extras[ordinal].Length * 2;
        var values = new int[starts[count]];
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            var at = starts[ordinal];
            foreach (var (first, last) in extras[ordinal]) (values[at++], values[at++]) = (first, last);
        }
        Extras = (starts, values);

        void Take(int first, int last, int ordinal)
        {
            if (first < ordinal || last > Last[ordinal]) found.Add((first, last));
        }
    }

    private static (int First, int Last)[] Merge(List<(int First, int Last)> found)
    {
        if (found.Count == 0) return [];
        if (found.Count == 1) return [found[0]];
        found.Sort();
        var merged = new List<(int First, int Last)>(found.Count) { found[0] };
        foreach (var (first, last) in found)
        {
            if (first > merged[^1].Last + 1) merged.Add((first, last));
            else if (last > merged[^1].Last) merged[^1] = (merged[^1].First, last);
        }
        return [.. merged];
    }

    private static (int[] Starts, int[] Values) Group(
        int count, IReadOnlyList<(int Child, int Parent)> edges, Func<(int Child, int Parent), int> keyOf, Func<(int Child, int Parent), int> valueOf)
    {
        var starts = new int[count + 1];
        foreach (var edge in edges) starts[keyOf(edge) + 1]++;
        for (var i = 0; i < count; i++) starts[i + 1] += starts[i];
        var values = new int[edges.Count];
        var next = starts.AsSpan(0, count).ToArray();
        foreach (var edge in edges) values[next[keyOf(edge)]++] = valueOf(edge);
        // Distinct within a key, in order; a concept that names itself as parent is dropped by nobody: it is a cycle.
        var at = 0;
        for (var key = 0; key < count; key++)
        {
            var (from, to) = (starts[key], starts[key + 1]);
            starts[key] = at;
            for (var i = from; i < to; i++)
            {
                if (values.AsSpan(starts[key], at - starts[key]).IndexOf(values[i]) < 0) values[at++] = values[i];
            }
        }
        starts[count] = at;
        return (starts, values[..at]);
    }

    private static (int[] Starts, int[] Values) Invert(int count, int[] starts, int[] values)
    {
        var inverse = new int[count + 1];
        foreach (var value in values) inverse[value + 1]++;
        for (var i = 0; i < count; i++) inverse[i + 1] += inverse[i];
        var next = inverse.AsSpan(0, count).ToArray();
        var result = new int[values.Length];
        for (var key = 0; key < count; key++)
        {
            for (var i = starts[key]; i < starts[key + 1]; i++) result[next[values[i]]++] = key;
        }
        return (inverse, result);
    }
}

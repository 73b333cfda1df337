using System.Collections;

namespace Terminology.CodeSystems;

/// <summary>
/// An immutable set of ordinals of one code system as ascending, disjoint, non-touching runs. Descendants are few runs in pre-order, so that
/// and, or, minus are linear merges of short lists, and a page at any offset is a binary search.
/// </summary>
public sealed class ConceptSet : IEnumerable<ConceptOrdinal>
{
    private readonly int[] _starts;
    private readonly int[] _ends;
    private int[]? _before;

    private ConceptSet(int[] starts, int[] ends)
    {
        _starts = starts;
        _ends = ends;
        for (var i = 0; i < starts.Length; i++) Count += ends[i] - starts[i];
    }

    /// <summary>Nothing.</summary>
    public static ConceptSet Empty { get; } = new([], []);

    /// <summary>How many concepts.</summary>
    public int Count { get; }

    /// <summary>How many runs; the cost of set operations.</summary>
    public int RunCount => _starts.Length;

    /// <summary>One run [start, end).</summary>
    public static ConceptSet Run(int start, int end) => start >= end ? Empty : new([start], [end]);

    /// <summary>One concept.</summary>
    public static ConceptSet Single(ConceptOrdinal concept) => Run(concept.Value, concept.Value + 1);

    /// <summary>From runs [start, end) in ascending order; touching or overlapping neighbours are joined.</summary>
    /// <exception cref="ArgumentException">The starts descend.</exception>
    public static ConceptSet FromRuns(ReadOnlySpan<(int Start, int End)> runs)
    {
        var builder = new Builder(runs.Length);
        foreach (var (start, end) in runs) builder.Add(start, end);
        return builder.ToSet();
    }

    /// <summary>From ordinals in any order, duplicates allowed. Sorts: O(n log n).</summary>
    public static ConceptSet FromOrdinals(ReadOnlySpan<int> ordinals)
    {
        var sorted = ordinals.ToArray();
        Array.Sort(sorted);
        return FromSorted(sorted);
    }

    /// <summary>From ordinals ascending, duplicates allowed. O(n).</summary>
    /// <exception cref="ArgumentException">The ordinals descend.</exception>
    public static ConceptSet FromSorted(ReadOnlySpan<int> ordinals)
    {
        var builder = new Builder(Math.Min(ordinals.Length, 16));
        foreach (var ordinal in ordinals) builder.Add(ordinal, ordinal + 1);
        return builder.ToSet();
    }

    /// <summary>The run [Start, End) at this position.</summary>
    public (int Start, int End) RunAt(int index) => (_starts[index], _ends[index]);

    /// <summary>Is the concept in it? O(log runs).</summary>
    public bool Contains(ConceptOrdinal concept)
    {
        var at = Array.BinarySearch(_starts, concept.Value);
        if (at >= 0) return true;
        at = ~at - 1;
        return at >= 0 && concept.Value < _ends[at];
    }

    /// <summary>The concept at a position of the ascending order. O(log runs).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not below <see cref="Count"/>.</exception>
    public ConceptOrdinal this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var before = _before ??= CountBefore();
            var at = Array.BinarySearch(before, index);
            if (at < 0) at = ~at - 1;
            return new(_starts[at] + index - before[at]);
        }
    }

    /// <summary>In both. One of the two itself when it lies within a run of the other.</summary>
    public ConceptSet And(ConceptSet other)
    {
        if (Covers(other)) return other;
        if (other.Covers(this)) return this;
        var builder = new Builder(Math.Min(RunCount, other.RunCount));
        for (int i = 0, j = 0; i < RunCount && j < other.RunCount;)
        {
            var start = Math.Max(_starts[i], other._starts[j]);
            var end = Math.Min(_ends[i], other._ends[j]);
            if (start < end) builder.Add(start, end);
            if (_ends[i] < other._ends[j]) i++; else j++;
        }
        return builder.ToSet();
    }

    /// <summary>In either.</summary>
    public ConceptSet Or(ConceptSet other)
    {
        if (Count == 0) return other;
        if (other.Count == 0) return this;
        var builder = new Builder(RunCount + other.RunCount);
        for (int i = 0, j = 0; i < RunCount || j < other.RunCount;)
        {
            if (j >= other.RunCount || (i < RunCount && _starts[i] <= other._starts[j]))
            {
                builder.Add(_starts[i], _ends[i]);
                i++;
            }
            else
            {
                builder.Add(other._starts[j], other._ends[j]);
                j++;
            }
        }
        return builder.ToSet();
    }

    /// <summary>In this one and not in the other.</summary>
    public ConceptSet Minus(ConceptSet other)
    {
        if (Count == 0 || other.Count == 0) return this;
        var builder = new Builder(RunCount + other.RunCount);
        var j = 0;
        for (var i = 0; i < RunCount; i++)
        {
            var start = _starts[i];
            while (j < other.RunCount && other._ends[j] <= start) j++;
            for (var k = j; k < other.RunCount && other._starts[k] < _ends[i]; k++)
            {
                if (other._starts[k] > start) builder.Add(start, other._starts[k]);
                start = Math.Max(start, other._ends[k]);
            }
            if (start < _ends[i]) builder.Add(start, _ends[i]);
        }
        return builder.ToSet();
    }

    /// <summary>Ascending; allocates nothing.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<ConceptOrdinal> IEnumerable<ConceptOrdinal>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks a set in ascending order.</summary>
    public struct Enumerator : IEnumerator<ConceptOrdinal>
    {
        private readonly ConceptSet _set;
        private int _run = -1;
        private int _ordinal = -1;
        private int _end;

        internal Enumerator(ConceptSet set) => _set = set;

        /// <inheritdoc/>
        public readonly ConceptOrdinal Current => new(_ordinal);

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            if (++_ordinal < _end) return true;
            if (++_run >= _set._starts.Length) return false;
            (_ordinal, _end) = (_set._starts[_run], _set._ends[_run]);
            return true;
        }

        /// <inheritdoc/>
        public void Reset() => (_run, _ordinal, _end) = (-1, -1, 0);

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }

    /// <summary>From runs that are as a set has them.</summary>
    internal static ConceptSet Own(int[] starts, int[] ends) => starts.Length == 0 ? Empty : new(starts, ends);

    private int[] CountBefore()
    {
        var before = new int[_starts.Length];
        for (var i = 1; i < before.Length; i++) before[i] = before[i - 1] + _ends[i - 1] - _starts[i - 1];
        return before;
    }

    /// <summary>Is all of the other within one run?</summary>
    private bool Covers(ConceptSet other)
    {
        if (other.Count == 0) return true;
        var at = Array.BinarySearch(_starts, other._starts[0]);
        if (at < 0) at = ~at - 1;
        return at >= 0 && _ends[at] >= other._ends[^1];
    }

    private struct Builder(int capacity)
    {
        private int[] _starts = new int[Math.Max(capacity, 4)];
        private int[] _ends = new int[Math.Max(capacity, 4)];
        private int _length;

        public void Add(int start, int end)
        {
            if (start >= end) return;
            if (_length > 0 && start <= _ends[_length - 1])
            {
                if (start < _starts[_length - 1]) throw new ArgumentException("Runs must come in ascending order.");
                _ends[_length - 1] = Math.Max(_ends[_length - 1], end);
                return;
            }
            if (_length == _starts.Length)
            {
                Array.Resize(ref _starts, _length * 2);
                Array.Resize(ref _ends, _length * 2);
            }
            _starts[_length] = start;
            _ends[_length++] = end;
        }

        public readonly ConceptSet ToSet() => _length == 0 ? Empty : new(_starts.AsSpan(0, _length).ToArray(), _ends.AsSpan(0, _length).ToArray());
    }
}

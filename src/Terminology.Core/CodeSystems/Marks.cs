using System.Numerics;

namespace Terminology.CodeSystems;

/// <summary>A growing set of indexes below a limit, a bit each: where a set is collected piece by piece, or asked more often than it is walked.</summary>
/// <param name="limit">One past the largest index.</param>
public sealed class Marks(int limit)
{
    private readonly ulong[] _bits = new ulong[(limit + 63) / 64];

    /// <summary>One past the largest index.</summary>
    public int Limit => limit;

    /// <summary>Is the index in it?</summary>
    public bool Contains(int index) => (_bits[index >> 6] & (1UL << index)) != 0;

    /// <summary>Is an index of the range in it?</summary>
    public bool ContainsAny(IndexRange range)
    {
        for (var index = range.Start; index < range.End; index++)
        {
            if (Contains(index)) return true;
        }
        return false;
    }

    /// <summary>Adds an index.</summary>
    /// <returns>Was it new?</returns>
    public bool Add(int index)
    {
        ref var bits = ref _bits[index >> 6];
        var mark = 1UL << index;
        if ((bits & mark) != 0) return false;
        bits |= mark;
        return true;
    }

    /// <summary>Adds the indexes of a run [start, end).</summary>
    public void AddRun(int start, int end)
    {
        if (start >= end) return;
        var (first, last) = (start >> 6, (end - 1) >> 6);
        var (head, tail) = (ulong.MaxValue << start, ulong.MaxValue >> (63 - ((end - 1) & 63)));
        if (first == last)
        {
            _bits[first] |= head & tail;
            return;
        }
        _bits[first] |= head;
        _bits.AsSpan(first + 1, last - first - 1).Fill(ulong.MaxValue);
        _bits[last] |= tail;
    }

    /// <summary>Adds the indexes.</summary>
    public void Add(ReadOnlySpan<int> indexes)
    {
        foreach (var index in indexes) _bits[index >> 6] |= 1UL << index;
    }

    /// <summary>Adds the concepts of a set.</summary>
    public void Add(ConceptSet set)
    {
        for (var i = 0; i < set.RunCount; i++)
        {
            var (start, end) = set.RunAt(i);
            AddRun(start, end);
        }
    }

    /// <summary>Adds what is in the other.</summary>
    public void Add(Marks other)
    {
        for (var i = 0; i < _bits.Length; i++) _bits[i] |= other._bits[i];
    }

    /// <summary>Removes what is not in the other.</summary>
    public void Keep(Marks other)
    {
        for (var i = 0; i < _bits.Length; i++) _bits[i] &= other._bits[i];
    }

    /// <summary>Removes what is in the other.</summary>
    public void Remove(Marks other)
    {
        for (var i = 0; i < _bits.Length; i++) _bits[i] &= ~other._bits[i];
    }

    /// <summary>Removes the indexes for which the test does not hold.</summary>
    public void Keep(Predicate<int> test)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            for (var rest = _bits[i]; rest != 0; rest &= rest - 1)
            {
                var bit = BitOperations.TrailingZeroCount(rest);
                if (!test((i << 6) + bit)) _bits[i] &= ~(1UL << bit);
            }
        }
    }

    /// <summary>The marks as concepts.</summary>
    public ConceptSet ToSet()
    {
        var count = CountRuns();
        var (starts, ends) = (new int[count], new int[count]);
        var run = 0;
        for (var at = Find(0, marked: true); at < limit; at = Find(ends[run++], marked: true)) (starts[run], ends[run]) = (at, Math.Min(Find(at, marked: false), limit));
        return ConceptSet.Own(starts, ends);
    }

    /// <summary>A run begins at each bit whose neighbour below is not set.</summary>
    private int CountRuns()
    {
        var (count, carry) = (0, 0UL);
        foreach (var bits in _bits)
        {
            count += BitOperations.PopCount(bits & ~((bits << 1) | carry));
            carry = bits >> 63;
        }
        return count;
    }

    /// <summary>The first index from here on that is marked, or is not; the limit or more when there is none.</summary>
    private int Find(int from, bool marked)
    {
        var word = from >> 6;
        if (word >= _bits.Length) return limit;
        var bits = (marked ? _bits[word] : ~_bits[word]) & (ulong.MaxValue << from);
        while (bits == 0)
        {
            if (++word == _bits.Length) return limit;
            bits = marked ? _bits[word] : ~_bits[word];
        }
        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }
}

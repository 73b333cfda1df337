namespace Terminology.CodeSystems;

/// <summary>Rows of many owners, each owner's in the order they came, in three arrays.</summary>
/// <typeparam name="T">A row; best a struct.</typeparam>
internal sealed class Chains<T>
{
    private const int None = -1;
    private readonly List<(int First, int Last)> _owners = [];
    private readonly List<(T Row, int Next)> _rows = [];

    /// <summary>The next owner, without rows.</summary>
    public void AddOwner() => _owners.Add((None, None));

    public void Add(int owner, T row)
    {
        var (first, last) = _owners[owner];
        if (last != None) _rows[last] = (_rows[last].Row, _rows.Count);
        _owners[owner] = (first == None ? _rows.Count : first, _rows.Count);
        _rows.Add((row, None));
    }

    public Walk Of(int owner) => new(_rows, _owners[owner].First);

    /// <summary>The rows of one owner.</summary>
    public struct Walk(List<(T Row, int Next)> rows, int next)
    {
        public T Current { get; private set; } = default!;

        public readonly Walk GetEnumerator() => this;

        public bool MoveNext()
        {
            if (next == None) return false;
            (Current, next) = rows[next];
            return true;
        }
    }
}

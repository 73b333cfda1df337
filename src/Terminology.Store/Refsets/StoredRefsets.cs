using System.Collections.Concurrent;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Releases;
using Terminology.Store.Files;

namespace Terminology.Store.Refsets;

/// <summary>The reference sets of a release file.</summary>
internal sealed class StoredRefsets : IRefsets
{
    private readonly MappedFile _file;
    private readonly ReleaseHeader _header;
    private readonly StoredCodeSystem _codeSystem;
    private readonly Column<int> _starts, _order, _conceptStarts, _indexStarts, _indexRows;
    private readonly Column<StoredMember> _members;
    private readonly Column<byte> _fields;
    private readonly Column<ushort> _conceptRefsets;
    private readonly Column<ulong> _indexHashes;
    private readonly Dictionary<string, int> _indexOf;
    private readonly ConcurrentDictionary<int, ConceptSet> _sets = new();
    private readonly ConcurrentDictionary<(int Refset, int Column), (int Value, int Concept)[]> _links = new();

    public StoredRefsets(MappedFile file, ReleaseHeader header, StoredCodeSystem codeSystem)
    {
        (_file, _header, _codeSystem) = (file, header, codeSystem);
        All = header.Refsets;
        _indexOf = header.Refsets.Select((refset, index) => (refset.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
        (_starts, _order) = (file.Column<int>(SectionId.RefsetStarts), file.Column<int>(SectionId.MemberOrder));
        (_members, _fields) = (file.Column<StoredMember>(SectionId.MemberRows), file.Column<byte>(SectionId.FieldHeap));
        (_conceptStarts, _conceptRefsets) = (file.Column<int>(SectionId.ConceptRefsetStarts), file.Column<ushort>(SectionId.ConceptRefsets));
        (_indexStarts, _indexHashes, _indexRows) = (file.Column<int>(SectionId.FieldIndexStarts), file.Column<ulong>(SectionId.FieldIndexHashes), file.Column<int>(SectionId.FieldIndexRows));
    }

    public IReadOnlyList<RefsetInfo> All { get; }

    public ConceptSet Members(string refset) => _indexOf.TryGetValue(refset, out var index) ? _sets.GetOrAdd(index, ReadMembers) : ConceptSet.Empty;

    private ConceptSet ReadMembers(int index)
    {
        var ordinals = new List<int>();
        for (var at = _starts[index]; at < _starts[index + 1L]; at++)
        {
            ref readonly var member = ref _members[_order[at]];
            if (member.Ordinal >= 0 && member.Active != 0) ordinals.Add(member.Ordinal);
        }
        return ConceptSet.FromSorted(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ordinals));
    }

    public IReadOnlyList<RefsetInfo> Of(ConceptOrdinal concept)
    {
        var start = _conceptStarts[concept.Value];
        var found = new RefsetInfo[_conceptStarts[concept.Value + 1L] - start];
        for (var i = 0; i < found.Length; i++) found[i] = All[_conceptRefsets[start + i]];
        return found;
    }

    public IEnumerable<RefsetMember> Rows(string refset, ConceptOrdinal concept)
    {
        if (!_indexOf.TryGetValue(refset, out var index)) yield break;
        var (low, high) = (_starts[index], _starts[index + 1L]);
        var end = high;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_members[_order[middle]].Ordinal < concept.Value) low = middle + 1;
            else high = middle;
        }
        for (; low < end && _members[_order[low]].Ordinal == concept.Value; low++) yield return Row(refset, _order[low]);
    }

    public IEnumerable<RefsetMember> Rows(string refset)
    {
        if (!_indexOf.TryGetValue(refset, out var index)) yield break;
        for (var at = _starts[index]; at < _starts[index + 1L]; at++) yield return Row(refset, at);
    }

    public IEnumerable<RefsetMember> RowsWith(string refset, int column, string value)
    {
        foreach (var position in PositionsWith(refset, column, value)) yield return Row(refset, position);
    }

    public IndexRange Positions(string refset) => _indexOf.TryGetValue(refset, out var index) ? new(_starts[index], _starts[index + 1L] - _starts[index]) : default;

    public IReadOnlyList<int> PositionsWith(string refset, int column, string value)
    {
        var found = new List<int>();
        if (!_indexOf.TryGetValue(refset, out var index) || column < 0 || column >= All[index].Columns.Count) return found;
        var wanted = Encoding.UTF8.GetBytes(value);
        if (!RefsetWriter.IndexedColumns(All[index]).Contains(column))
        {
            for (var position = _starts[index]; position < _starts[index + 1L]; position++)
            {
                if (Member(position).Field(column).SequenceEqual(wanted)) found.Add(position);
            }
            return found;
        }
        var hash = RefsetWriter.FieldHash(column, wanted);
        for (var at = FirstHash(index, hash); at < _indexStarts[index + 1L] && _indexHashes[at] == hash; at++)
        {
            if (Member(_indexRows[at]).Field(column).SequenceEqual(wanted)) found.Add(_indexRows[at]);
        }
        found.Sort();
        return found;
    }

    public ConceptSet MembersWith(string refset, int column, ConceptSet values)
    {
        if (!_indexOf.TryGetValue(refset, out var index) || column < 0 || column >= All[index].Columns.Count) return ConceptSet.Empty;
        var (wanted, found) = (new Marks(_codeSystem.Count), new Marks(_codeSystem.Count));
        wanted.Add(values);
        foreach (var (value, concept) in _links.GetOrAdd((index, column), ReadLinks))
        {
            if (wanted.Contains(value)) found.Add(concept);
        }
        return found.ToSet();
    }

    private (int Value, int Concept)[] ReadLinks((int Refset, int Column) asked)
    {
        var links = new List<(int Value, int Concept)>();
        for (var position = _starts[asked.Refset]; position < _starts[asked.Refset + 1L]; position++)
        {
            var row = Member(position);
            if (row.Active && row.Concept.Exists && _codeSystem.TryFind(row.Field(asked.Column), out var value)) links.Add((value.Value, row.Concept.Value));
        }
        return [.. links];
    }

    public MemberView Member(int position)
    {
        ref readonly var member = ref _members[position];
        return new()
        {
            Active = member.Active != 0,
            EffectiveTime = new(member.Time),
            Module = _codeSystem.Module(member.Module),
            Concept = new(member.Ordinal),
            Fields = member.Length == 0 ? default : _fields.Slice(member.Fields, member.Length),
        };
    }

    public void Replay(IReleaseSink sink, CancellationToken cancel)
    {
        Span<byte> component = stackalloc byte[20], module = stackalloc byte[20];
        for (var index = 0; index < All.Count; index++)
        {
            sink.Refset(All[index]);
            var id = Encoding.UTF8.GetBytes(All[index].Id);
            for (var at = _starts[index]; at < _starts[index + 1L]; at++)
            {
                if (at % (1 << 14) == 0) cancel.ThrowIfCancellationRequested();
                ref readonly var member = ref _members[at];
                sink.Member(new()
                {
                    Refset = id,
                    Id = Encoding.UTF8.GetBytes(ReleaseRows.MemberIdText(member.High, member.Low, _codeSystem.KeyText)),
                    Active = member.Active != 0,
                    EffectiveTime = new(member.Time),
                    Module = _codeSystem.KeyBytes(_header.Modules[member.Module], module),
                    ReferencedComponent = _codeSystem.KeyBytes(member.Component, component),
                    Fields = _fields.Slice(member.Fields, member.Length),
                });
            }
        }
    }

    private int FirstHash(int index, ulong hash)
    {
        var (low, high) = (_indexStarts[index], _indexStarts[index + 1L]);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_indexHashes[middle] < hash) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private RefsetMember Row(string refset, int position)
    {
        ref readonly var member = ref _members[position];
        var columns = All[_indexOf[refset]].Columns.Count;
        var fields = columns == 0 ? [] : Encoding.UTF8.GetString(_fields.Slice(member.Fields, member.Length)).Split('\t');
        if (fields.Length < columns) Array.Resize(ref fields, columns);
        for (var i = 0; i < fields.Length; i++) fields[i] ??= "";
        return new(
            ReleaseRows.MemberIdText(member.High, member.Low, _codeSystem.KeyText), refset, member.Active != 0, new(member.Time),
            _codeSystem.KeyText(_header.Modules[member.Module]), _codeSystem.KeyText(member.Component), fields);
    }

    /// <summary>Keeps the file mapped.</summary>
    internal MappedFile File => _file;
}

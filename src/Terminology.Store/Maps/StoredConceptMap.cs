using System.Text;
using System.Text.Json;
using Terminology.Maps;
using Terminology.Store.Files;
using Terminology.Store.Terms;

namespace Terminology.Store.Maps;

/// <summary>A concept map in a release file: binary search over hashes, elements built when asked for.</summary>
internal sealed class StoredConceptMap : IConceptMap
{
    private readonly MappedFile _file;
    private readonly Column<byte> _elements;
    private readonly Column<long> _offsets;
    private readonly Column<ulong> _sourceHashes, _targetHashes;
    private readonly Column<int> _sourceElements, _targetElements;
    private readonly Group[] _groups;

    private readonly record struct Group(int First, int Count, int SourceStart, int SourceEnd, int TargetStart, int TargetEnd);

    private StoredConceptMap(MappedFile file, ConceptMapInfo info, Group[] groups)
    {
        (_file, Info, _groups) = (file, info, groups);
        Count = groups.Sum(group => group.Count);
        _elements = file.Column<byte>(SectionId.MapElements);
        _offsets = file.Column<long>(SectionId.MapElementOffsets);
        (_sourceHashes, _sourceElements) = (file.Column<ulong>(SectionId.MapSourceHashes), file.Column<int>(SectionId.MapSourceElements));
        (_targetHashes, _targetElements) = (file.Column<ulong>(SectionId.MapTargetHashes), file.Column<int>(SectionId.MapTargetElements));
    }

    public ConceptMapInfo Info { get; }

    public int Count { get; }

    public static IReadOnlyList<IConceptMap> Open(MappedFile file)
    {
        if (!file.Has(SectionId.MapInfos)) return [];
        var reader = new TextReaderBuffer(file.Column<byte>(SectionId.MapInfos).Span);
        var maps = new IConceptMap[reader.Number()];
        var (sourceStart, targetStart) = (0, 0);
        for (var i = 0; i < maps.Length; i++)
        {
            var info = JsonSerializer.Deserialize(reader.Text()!, StoreJson.Default.ConceptMapInfo)!;
            var groups = new Group[info.Groups.Count];
            for (var group = 0; group < groups.Length; group++)
            {
                var (first, count, sourceEnd, targetEnd) = (reader.Number(), reader.Number(), reader.Number(), reader.Number());
                groups[group] = new(first, count, sourceStart, sourceEnd, targetStart, targetEnd);
                (sourceStart, targetStart) = (sourceEnd, targetEnd);
            }
            maps[i] = new StoredConceptMap(file, info, groups);
        }
        return maps;
    }

    public IReadOnlyList<MapElement> Find(int group, string code)
        => Find(_sourceHashes, _sourceElements, _groups[group].SourceStart, _groups[group].SourceEnd, code, element => element.Code == code);

    public IReadOnlyList<MapElement> FindByTarget(int group, string targetCode)
        => Find(_targetHashes, _targetElements, _groups[group].TargetStart, _groups[group].TargetEnd, targetCode, element => element.Targets.Any(target => target.Code == targetCode));

    public IEnumerable<MapElement> Elements(int group)
    {
        for (var i = 0; i < _groups[group].Count; i++) yield return ElementAt(_groups[group].First + i);
    }

    private List<MapElement> Find(Column<ulong> hashes, Column<int> elements, int start, int end, string code, Func<MapElement, bool> fits)
    {
        var hash = CodeHash.Of(Encoding.UTF8.GetBytes(code));
        var span = hashes.Slice(start, end - start);
        var at = span.BinarySearch(hash);
        if (at < 0) return [];
        while (at > 0 && span[at - 1] == hash) at--;
        var found = new List<MapElement>(1);
        for (; at < span.Length && span[at] == hash; at++)
        {
            var element = ElementAt(elements[start + at]);
            if (fits(element)) found.Add(element);
        }
        GC.KeepAlive(_file);
        return found;
    }

    private MapElement ElementAt(int index)
    {
        var start = _offsets[index];
        var element = MapElementCodec.Read(_elements.Slice(start, (int)(_offsets[index + 1] - start)));
        GC.KeepAlive(_file);
        return element;
    }
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Terminology.Maps;
using Terminology.Store.Files;
using Terminology.Store.Terms;

namespace Terminology.Store.Maps;

/// <summary>Writes the concept maps of a release: elements as pushed, and hash indexes by source and target code, per map and group.</summary>
internal static class MapWriter
{
    public static void Write(IReadOnlyList<(ConceptMapInfo Info, List<(int Group, MapElement Element)> Elements)> maps, SectionWriter writer, CancellationToken cancel)
    {
        if (maps.Count == 0) return;
        var infos = new TextWriterBuffer();
        var offsets = new List<long> { 0 };
        var (sources, targets) = (new HashIndex(), new HashIndex());
        infos.Number(maps.Count);
        using (var section = writer.Begin(SectionId.MapElements))
        {
            var buffer = new TextWriterBuffer();
            foreach (var (info, elements) in maps)
            {
                cancel.ThrowIfCancellationRequested();
                infos.Text(JsonSerializer.Serialize(info, StoreJson.Default.ConceptMapInfo));
                foreach (var groupElements in Enumerable.Range(0, info.Groups.Count).Select(group => elements.Where(element => element.Group == group)))
                {
                    var first = offsets.Count - 1;
                    foreach (var (_, element) in groupElements)
                    {
                        buffer.Clear();
                        MapElementCodec.Write(buffer, element);
                        var at = offsets.Count - 1;
                        section.Write(buffer.Written);
                        offsets.Add(section.Length);
                        sources.Add(element.Code, at);
                        AddTargets(targets, element.Targets, at);
                    }
                    infos.Number(first);
                    infos.Number(offsets.Count - 1 - first);
                    infos.Number(sources.EndGroup());
                    infos.Number(targets.EndGroup());
                }
            }
        }
        writer.Add<byte>(SectionId.MapInfos, infos.Written);
        writer.Add<long>(SectionId.MapElementOffsets, CollectionsMarshal.AsSpan(offsets));
        sources.Write(writer, SectionId.MapSourceHashes, SectionId.MapSourceElements);
        targets.Write(writer, SectionId.MapTargetHashes, SectionId.MapTargetElements);
    }

    private static void AddTargets(HashIndex index, IReadOnlyList<MapTarget> targets, int element)
    {
        if (targets.Count == 1)
        {
            if (targets[0].Code is { } only) index.Add(only, element);
            return;
        }
        foreach (var code in targets.Select(target => target.Code).OfType<string>().Distinct(StringComparer.Ordinal)) index.Add(code, element);
    }

    /// <summary>Hashes of codes, ascending within a group, with the element each belongs to; equal hashes keep the order of the map.</summary>
    private sealed class HashIndex
    {
        private readonly List<ulong> _hashes = [];
        private readonly List<int> _elements = [];
        private int _groupStart;

        public void Add(string code, int element)
        {
            Span<byte> buffer = stackalloc byte[128];
            var hash = Encoding.UTF8.TryGetBytes(code, buffer, out var length) ? CodeHash.Of(buffer[..length]) : CodeHash.Of(Encoding.UTF8.GetBytes(code));
            _hashes.Add(hash);
            _elements.Add(element);
        }

        /// <returns>Where the group ends.</returns>
        public int EndGroup()
        {
            var hashes = CollectionsMarshal.AsSpan(_hashes)[_groupStart..];
            var elements = CollectionsMarshal.AsSpan(_elements)[_groupStart..];
            hashes.Sort(elements);
            for (int from = 0, to; from < hashes.Length; from = to)
            {
                to = from + 1;
                while (to < hashes.Length && hashes[to] == hashes[from]) to++;
                if (to - from > 1) elements[from..to].Sort();
            }
            return _groupStart = _hashes.Count;
        }

        public void Write(SectionWriter writer, SectionId hashes, SectionId elements)
        {
            writer.Add<ulong>(hashes, CollectionsMarshal.AsSpan(_hashes));
            writer.Add<int>(elements, CollectionsMarshal.AsSpan(_elements));
        }
    }
}

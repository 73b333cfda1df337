using System.Runtime.InteropServices;
using Terminology.CodeSystems;
using Terminology.Store.Files;
using Terminology.Store.Terms;

namespace Terminology.Store.Refsets;

/// <summary>Writes reference set rows, by reference set in the order pushed, with indexes by concept and by the values of extra columns.</summary>
internal sealed class RefsetWriter(ReleaseRows rows, SectionWriter writer, Func<long, int> ordinalOf, int concepts)
{
    public void Write()
    {
        if (rows.Refsets.Count == 0) return;
        var indexOf = rows.Refsets.Keys.Select((key, index) => (key, index)).ToDictionary(pair => pair.key, pair => pair.index);
        var starts = new int[indexOf.Count + 1];
        for (var i = 0; i < rows.Members.Count; i++) starts[indexOf[rows.Members[i].Refset] + 1]++;
        for (var i = 0; i < indexOf.Count; i++) starts[i + 1] += starts[i];
        var order = new int[rows.Members.Count];
        var next = starts.AsSpan(0, indexOf.Count).ToArray();
        for (var i = 0; i < rows.Members.Count; i++) order[next[indexOf[rows.Members[i].Refset]]++] = i;
        writer.Add<int>(SectionId.RefsetStarts, starts);
        var ordinals = WriteRows(order);
        WriteByConcept(starts, ordinals, order);
        WriteFieldIndex(starts, order);
    }

    private int[] WriteRows(int[] order)
    {
        var ordinals = new int[order.Length];
        var shared = new Dictionary<ulong, (uint At, int Length)>();
        var members = new StoredMember[Math.Min(order.Length, 1 << 16)];
        var fields = new MemoryStream();
        using (var section = writer.Begin(SectionId.MemberRows))
        {
            var filled = 0;
            for (var i = 0; i < order.Length; i++)
            {
                ref var row = ref rows.Members[order[i]];
                ordinals[i] = ordinalOf(row.Component);
                members[filled++] = new(row.High, row.Low, row.Component, ordinals[i], Field(row), row.Length, row.Time, row.Module, row.Active ? (byte)1 : (byte)0);
                if (filled < members.Length && i + 1 < order.Length) continue;
                section.Write(MemoryMarshal.AsBytes(members.AsSpan(0, filled)));
                filled = 0;
            }
        }
        writer.Add<byte>(SectionId.FieldHeap, fields.GetBuffer().AsSpan(0, (int)fields.Length));
        return ordinals;

        // Short fields repeat (acceptability, attribute values): one copy each.
        uint Field(in MemberRow row)
        {
            if (row.Length == 0) return 0;
            var text = rows.Text.At(row.Text, row.Length);
            var hash = row.Length <= 64 ? CodeHash.Of(text) : 0;
            if (hash != 0 && shared.TryGetValue(hash, out var known) && known.Length == row.Length
                && fields.GetBuffer().AsSpan((int)known.At, known.Length).SequenceEqual(text))
            {
                return known.At;
            }
            var at = checked((uint)fields.Position);
            fields.Write(text);
            if (hash != 0 && shared.Count < 1 << 20) shared[hash] = (at, row.Length);
            return at;
        }
    }

    private void WriteByConcept(int[] starts, int[] ordinals, int[] order)
    {
        var positions = new int[order.Length];
        var memberships = new List<(int Concept, int Refset)>();
        for (var refset = 0; refset < starts.Length - 1; refset++)
        {
            var (from, to) = (starts[refset], starts[refset + 1]);
            var keys = new long[to - from];
            for (var i = from; i < to; i++) keys[i - from] = ((long)ordinals[i] << 32) | (uint)i;
            Array.Sort(keys);
            for (var i = 0; i < keys.Length; i++)
            {
                positions[from + i] = (int)keys[i];
                var concept = (int)(keys[i] >> 32);
                if (concept < 0 || !rows.Members[order[(int)keys[i]]].Active) continue;
                if (memberships.Count == 0 || memberships[^1] != (concept, refset)) memberships.Add((concept, refset));
            }
        }
        writer.Add<int>(SectionId.MemberOrder, positions);
        memberships.Sort();
        var conceptStarts = new int[concepts + 1];
        var refsets = new ushort[memberships.Count];
        for (var i = 0; i < memberships.Count; i++)
        {
            conceptStarts[memberships[i].Concept + 1]++;
            refsets[i] = checked((ushort)memberships[i].Refset);
        }
        for (var i = 0; i < concepts; i++) conceptStarts[i + 1] += conceptStarts[i];
        writer.Add<int>(SectionId.ConceptRefsetStarts, conceptStarts);
        writer.Add<ushort>(SectionId.ConceptRefsets, refsets);
    }

    /// <summary>Hash of (column, value) to row, sorted, per reference set; for component columns and map targets.</summary>
    private void WriteFieldIndex(int[] starts, int[] order)
    {
        var indexStarts = new List<int> { 0 };
        var written = 0;
        var allHashes = new List<ulong>();
        var allRows = new List<int>();
        var infos = rows.Refsets.Values.ToArray();
        for (var refset = 0; refset < infos.Length; refset++)
        {
            var columns = IndexedColumns(infos[refset]);
            if (columns.Length > 0)
            {
                var count = (starts[refset + 1] - starts[refset]) * columns.Length;
                var (hashes, positions) = (new ulong[count], new int[count]);
                var at = 0;
                for (var i = starts[refset]; i < starts[refset + 1]; i++)
                {
                    ref var row = ref rows.Members[order[i]];
                    foreach (var column in columns) (hashes[at], positions[at++]) = (FieldHash(column, FieldOf(rows.Text.At(row.Text, row.Length), column)), i);
                }
                Array.Sort(hashes, positions);
                allHashes.AddRange(hashes);
                allRows.AddRange(positions);
                written += count;
            }
            indexStarts.Add(written);
        }
        writer.Add<int>(SectionId.FieldIndexStarts, CollectionsMarshal.AsSpan(indexStarts));
        writer.Add<ulong>(SectionId.FieldIndexHashes, CollectionsMarshal.AsSpan(allHashes));
        writer.Add<int>(SectionId.FieldIndexRows, CollectionsMarshal.AsSpan(allRows));
    }

    /// <summary>Which columns are indexed; part of the file format.</summary>
    public static int[] IndexedColumns(RefsetInfo refset) => refset.Type == RefsetType.Language
        ? []
        : [.. Enumerable.Range(0, refset.Columns.Count).Where(column => (column < refset.Pattern.Length && refset.Pattern[column] == 'c') || refset.Columns[column] == "mapTarget")];

    public static ulong FieldHash(int column, ReadOnlySpan<byte> value) => CodeHash.Of(value) ^ ((ulong)(column + 1) * 0x9E3779B97F4A7C15);

    public static ReadOnlySpan<byte> FieldOf(ReadOnlySpan<byte> fields, int column)
    {
        for (; column > 0; column--)
        {
            var tab = fields.IndexOf((byte)'\t');
            if (tab < 0) return default;
            fields = fields[(tab + 1)..];
        }
        return fields.IndexOf((byte)'\t') is >= 0 and var end ? fields[..end] : fields;
    }
}

/// <summary>One reference set row in the file.</summary>
internal readonly record struct StoredMember(long High, long Low, long Component, int Ordinal, uint Fields, int Length, int Time, ushort Module, byte Active);

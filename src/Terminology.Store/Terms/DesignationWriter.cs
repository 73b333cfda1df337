using System.Globalization;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Releases;
using Terminology.Store.Files;
using Terminology.Store.Hierarchy;

namespace Terminology.Store.Terms;

/// <summary>Writes designations in concept order, the default display of a concept first, with their standing in the language reference sets.</summary>
internal sealed class DesignationWriter(ReleaseRows rows, HierarchyBuilder hierarchy, SectionWriter writer, LoadReport report, Func<long, int> ordinalOf)
{
    private const string UsEnglish = "900000000000509007", Preferred = "900000000000548007", Acceptable = "900000000000549004", Synonym = "900000000000013009";

    /// <returns>Rows of the designations, in the order written.</returns>
    public DesignationOrder Write(ReleaseInfo info)
    {
        var (starts, order) = Sort();
        var acceptabilities = ReadAcceptabilities(order);
        var concepts = hierarchy.RowOf.Length;
        for (var ordinal = 0; ordinal < concepts; ordinal++) PutDisplayFirst(order.AsSpan(starts[ordinal]..starts[ordinal + 1]), info, acceptabilities);
        var count = order.Length;
        var offsets = new uint[count + 1];
        var (kinds, times, modules) = (new DesignationKind[count], new int[count], new ushort[count]);
        using (var heap = writer.Begin(SectionId.TermHeap))
        {
            for (var i = 0; i < count; i++)
            {
                ref var row = ref rows.Designations[order[i]];
                heap.Write(rows.Text.At(row.Text, row.Length));
                offsets[i + 1] = checked((uint)heap.Length);
                (times[i], modules[i]) = (row.Time, row.Module);
                kinds[i] = new(row.Use, row.Language, (byte)((row.Active ? 1 : 0) | (row.CaseSignificance << 1)), row.DisplayRank);
            }
        }
        writer.Add<int>(SectionId.DesignationStarts, starts);
        writer.Add<uint>(SectionId.TermOffsets, offsets);
        WriteIds(order);
        writer.Add<DesignationKind>(SectionId.DesignationKinds, kinds);
        writer.Add<int>(SectionId.DesignationTimes, times);
        writer.Add<ushort>(SectionId.DesignationModules, modules);
        WriteAcceptabilities(order, acceptabilities);
        return new(starts, order);
    }

    /// <summary>Ids as text, so that answers hand them out without making them.</summary>
    private void WriteIds(int[] order)
    {
        var offsets = new uint[order.Length + 1];
        Span<byte> buffer = stackalloc byte[20];
        using (var heap = writer.Begin(SectionId.DesignationIds))
        {
            for (var i = 0; i < order.Length; i++)
            {
                heap.Write(rows.Keys.Write(rows.Designations[order[i]].Id, buffer));
                offsets[i + 1] = checked((uint)heap.Length);
            }
        }
        writer.Add<uint>(SectionId.DesignationIdOffsets, offsets);
    }

    /// <summary>Counting sort by concept, stable.</summary>
    private (int[] Starts, int[] Order) Sort()
    {
        var starts = new int[hierarchy.RowOf.Length + 1];
        var ordinals = new int[rows.Designations.Count];
        var dangling = 0;
        for (var i = 0; i < ordinals.Length; i++)
        {
            ordinals[i] = ordinalOf(rows.Designations[i].Concept);
            if (ordinals[i] >= 0) starts[ordinals[i] + 1]++;
            else dangling++;
        }
        if (dangling > 0) report.Warn("(designations)", 0, $"{dangling:N0} designations name a concept that the release does not have; they were dropped.");
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        var order = new int[ordinals.Length - dangling];
        for (var i = 0; i < ordinals.Length; i++)
        {
            if (ordinals[i] >= 0) order[next[ordinals[i]]++] = i;
        }
        return (starts, order);
    }

    /// <summary>Active members of language reference sets, by row of the designation: (reference set, acceptability), linked through Next.</summary>
    private Acceptabilities ReadAcceptabilities(int[] order)
    {
        var languageRefsets = rows.Refsets.Where(refset => refset.Value.Type == RefsetType.Language).Select((refset, index) => (refset.Key, index))
            .ToDictionary(pair => pair.Key, pair => pair.index);
        var result = new Acceptabilities(rows.Designations.Count);
        if (languageRefsets.Count == 0) return result;
        var byId = new KeyRows();
        foreach (var row in order) byId.FindOrAdd(rows.Designations[row].Id, row);
        for (var i = 0; i < rows.Members.Count; i++)
        {
            ref var member = ref rows.Members[i];
            if (!member.Active || !languageRefsets.TryGetValue(member.Refset, out var refset)) continue;
            var row = byId.Find(member.Component);
            if (row < 0) continue;
            var value = rows.Text.At(member.Text, member.Length);
            var standing = value.SequenceEqual(PreferredBytes) ? Acceptability.Preferred : value.SequenceEqual(AcceptableBytes) ? Acceptability.Acceptable : Acceptability.None;
            if (standing != Acceptability.None) result.Add(row, checked((byte)refset), standing);
        }
        result.UsEnglish = languageRefsets.TryGetValue(long.Parse(UsEnglish, CultureInfo.InvariantCulture), out var us) ? us : -1;
        return result;
    }

    private static readonly byte[] PreferredBytes = Encoding.ASCII.GetBytes(Preferred), AcceptableBytes = Encoding.ASCII.GetBytes(Acceptable);

    private void PutDisplayFirst(Span<int> designations, ReleaseInfo info, Acceptabilities acceptabilities)
    {
        if (designations.Length < 2) return;
        var (best, bestRank) = (0, int.MaxValue);
        for (var i = 0; i < designations.Length; i++)
        {
            var rank = Rank(designations[i], info, acceptabilities);
            if (rank < bestRank) (best, bestRank) = (i, rank);
        }
        var display = designations[best];
        designations[..best].CopyTo(designations[1..]);
        designations[0] = display;
    }

    /// <summary>Lower is better. US English preferred synonym; preferred in another language reference set, the release's language first; then the loader's rank.</summary>
    private int Rank(int row, ReleaseInfo info, Acceptabilities acceptabilities)
    {
        ref var designation = ref rows.Designations[row];
        var rank = 1000 + designation.DisplayRank + (designation.Active ? 0 : 1000);
        if (!designation.Active || rows.Uses[designation.Use].Code != Synonym) return rank;
        for (var at = acceptabilities.First(row); at >= 0; at = acceptabilities.Next(at))
        {
            var (refset, standing) = acceptabilities.At(at);
            if (standing != Acceptability.Preferred) continue;
            if (refset == acceptabilities.UsEnglish) return 0;
            rank = Math.Min(rank, rows.Languages[designation.Language] == (info.CodeSystem!.Language ?? "en") ? 1 : 2);
        }
        return rank;
    }

    private void WriteAcceptabilities(int[] order, Acceptabilities acceptabilities)
    {
        var starts = new int[order.Length + 1];
        using (var section = writer.Begin(SectionId.Acceptabilities))
        {
            for (var i = 0; i < order.Length; i++)
            {
                for (var at = acceptabilities.First(order[i]); at >= 0; at = acceptabilities.Next(at))
                {
                    var (refset, standing) = acceptabilities.At(at);
                    section.Write([refset, (byte)standing]);
                    starts[i + 1]++;
                }
                starts[i + 1] += starts[i];
            }
        }
        writer.Add<int>(SectionId.AcceptabilityStarts, starts);
    }

    private sealed class Acceptabilities(int designations)
    {
        private readonly int[] _first = Enumerable.Repeat(-1, designations).ToArray();
        private readonly Rows<(byte Refset, Acceptability Standing, int Next)> _entries = new();

        public int UsEnglish { get; set; } = -1;

        public void Add(int row, byte refset, Acceptability standing) => _first[row] = _entries.Add((refset, standing, _first[row]));

        public int First(int row) => _first[row];

        public int Next(int at) => _entries[at].Next;

        public (byte Refset, Acceptability Standing) At(int at) => (_entries[at].Refset, _entries[at].Standing);
    }
}

/// <summary>Designations in their final order.</summary>
/// <param name="Starts">First designation of each concept, by ordinal.</param>
/// <param name="Rows">Row of each designation.</param>
internal sealed record DesignationOrder(int[] Starts, int[] Rows);

/// <summary>What a designation is.</summary>
/// <param name="Use">Index of its use.</param>
/// <param name="Language">Index of its language.</param>
/// <param name="Flags">Bit 0: active; bits 1 and 2: case significance.</param>
/// <param name="DisplayRank">Rank given by the loader.</param>
internal readonly record struct DesignationKind(ushort Use, byte Language, byte Flags, byte DisplayRank);

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Terminology.Bulk;

/// <summary>
/// Answers to millions of questions of which most are asked again, both as bytes: one table of places and one run of bytes in which each answer stands behind its question, so that
/// a question costs two looks into memory and makes no object. When there is no more room nothing is kept until all are forgotten, and memory does not grow.
/// </summary>
/// <param name="mostBytes">Room for questions and answers; at least 1 MB.</param>
/// <remarks>
/// Thread-safe, but for <see cref="Forget"/>: finding waits for nobody. Questions are spread by a number that is another in each process: nobody can choose codes that all fall into
/// one place.
/// </remarks>
public sealed class BulkAnswers(int mostBytes = 96 << 20)
{
    private const int Line = 64, Head = 8, FirstPlaces = 1 << 12, FirstBytes = 1 << 16;
    private static readonly ulong s_seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;

    private readonly Lock _adding = new();
    private volatile Kept _kept = new(new ulong[FirstPlaces], new byte[FirstBytes]);
    private volatile bool _isFull;
    private int _end, _count;

    /// <summary>What is looked into: an entry is written before its place says where it is, and neither is moved while somebody looks.</summary>
    /// <param name="Places">The upper half is of the hash, the lower the offset of the entry and one; 0: free.</param>
    /// <param name="Entries">Lengths of question and answer, question, answer.</param>
    private sealed record Kept(ulong[] Places, byte[] Entries);

    /// <summary>How many are kept.</summary>
    public int Count => _count;

    /// <summary>Was there an answer for which no room was left?</summary>
    public bool IsFull => _isFull;

    /// <summary>The answer that was kept for a question, byte by byte the same. It stands until all are forgotten.</summary>
    public bool TryFind(ReadOnlySpan<byte> question, out ReadOnlySpan<byte> answer) => TryFind(_kept, question, Hash(question), out answer);

    /// <summary>As <see cref="TryFind(ReadOnlySpan{byte}, out ReadOnlySpan{byte})"/>, when the hash is known.</summary>
    public bool TryFind(ReadOnlySpan<byte> question, ulong hash, out ReadOnlySpan<byte> answer) => TryFind(_kept, question, hash, out answer);

    /// <summary>
    /// Brings near what will be looked for next: looks that do not wait for each other cost together hardly more than one. A table of 100,000 answers is larger than the caches of a core.
    /// </summary>
    /// <param name="hashes">Of the questions.</param>
    /// <param name="near">Room, as long.</param>
    /// <returns>A number without meaning.</returns>
    public int BringNear(ReadOnlySpan<ulong> hashes, Span<int> near)
    {
        var (places, entries) = (_kept.Places, _kept.Entries);
        for (var i = 0; i < hashes.Length; i++) near[i] = Math.Max(0, (int)(uint)places[(int)hashes[i] & (places.Length - 1)] - 1);
        var last = entries.Length - 1;
        var sum = 0;
        foreach (var at in near[..hashes.Length]) sum += entries[at] + entries[Math.Min(at + Line, last)] + entries[Math.Min(at + (2 * Line), last)];
        return sum;
    }

    /// <summary>Keeps the answer to a question, when it has none and there is room.</summary>
    public void Add(ReadOnlySpan<byte> question, ReadOnlySpan<byte> answer)
    {
        var length = Head + question.Length + answer.Length;
        if (length > mostBytes) return;
        var hash = Hash(question);
        lock (_adding)
        {
            if (TryFind(_kept, question, hash, out _)) return;
            if (_end + length > mostBytes)
            {
                _isFull = true;
                return;
            }
            var kept = RoomFor(length);
            var entry = kept.Entries.AsSpan(_end, length);
            BinaryPrimitives.WriteInt32LittleEndian(entry, question.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], answer.Length);
            question.CopyTo(entry[Head..]);
            answer.CopyTo(entry[(Head + question.Length)..]);
            Put(kept.Places, hash, _end);
            _end += length;
            _count++;
        }
    }

    /// <summary>Forgets all; nobody may look for one or look at one meanwhile.</summary>
    public void Forget()
    {
        Array.Clear(_kept.Places);
        (_end, _count, _isFull) = (0, 0, false);
    }

    private static bool TryFind(Kept kept, ReadOnlySpan<byte> question, ulong hash, out ReadOnlySpan<byte> answer)
    {
        var places = kept.Places;
        for (var place = (int)hash & (places.Length - 1); ; place = (place + 1) & (places.Length - 1))
        {
            var found = Volatile.Read(ref places[place]);
            if (found == 0) break;
            if ((found ^ hash) >> 32 != 0) continue;
            var entry = kept.Entries.AsSpan((int)(uint)found - 1);
            var length = BinaryPrimitives.ReadInt32LittleEndian(entry);
            if (length != question.Length || !entry.Slice(Head, length).SequenceEqual(question)) continue;
            answer = entry.Slice(Head + length, BinaryPrimitives.ReadInt32LittleEndian(entry[4..]));
            return true;
        }
        answer = default;
        return false;
    }

    private Kept RoomFor(int length)
    {
        var (places, entries) = (_kept.Places, _kept.Entries);
        if (_end + length <= entries.Length && _count * 2 < places.Length) return _kept;
        if (_end + length > entries.Length) Array.Resize(ref entries, (int)Math.Min(mostBytes, Math.Max(2L * entries.Length, _end + length)));
        // Whoever still looks into what was before finds nothing there that came later.
        places = _count * 2 >= places.Length ? Spread(entries, places.Length * 4) : [.. places];
        return _kept = new(places, entries);
    }

    private ulong[] Spread(byte[] entries, int count)
    {
        var places = new ulong[count];
        for (var at = 0; at < _end;)
        {
            var entry = entries.AsSpan(at);
            var length = BinaryPrimitives.ReadInt32LittleEndian(entry);
            Put(places, Hash(entry.Slice(Head, length)), at);
            at += Head + length + BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
        }
        return places;
    }

    private static void Put(ulong[] places, ulong hash, int offset)
    {
        var place = (int)hash & (places.Length - 1);
        while (places[place] != 0) place = (place + 1) & (places.Length - 1);
        Volatile.Write(ref places[place], (hash & 0xFFFFFFFF_00000000) | (uint)(offset + 1));
    }

    /// <summary>The number by which questions are spread.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        var hash = s_seed ^ (ulong)bytes.Length;
        for (; bytes.Length >= 8; bytes = bytes[8..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), Odd ^ s_seed);
        var rest = 0UL;
        foreach (var value in bytes) rest = (rest << 8) | value;
        return Mix(Mix(hash ^ rest, Odd + s_seed), Odd);
    }

    private static ulong Mix(ulong one, ulong other)
    {
        var high = Math.BigMul(one, other, out var low);
        return high ^ low;
    }
}

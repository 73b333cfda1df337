using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Terminology.Bulk;

/// <summary>
/// Answers to millions of questions of which most are asked again, both as bytes: one table of places and one run of bytes in which each answer stands behind its question, so that
/// a question costs two looks into memory and makes no object. When there is no more room all are forgotten, and memory does not grow.
/// </summary>
/// <param name="mostBytes">Room for questions and answers; at least 1 MB.</param>
/// <remarks>One thread. Questions are spread by a number that is another in each process: nobody can choose codes that all fall into one place.</remarks>
public sealed class BulkAnswers(int mostBytes = 96 << 20)
{
    private const int Head = 8, FirstPlaces = 1 << 12, FirstBytes = 1 << 16;
    private static readonly ulong s_seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;

    // The upper half is of the hash, the lower the offset of the entry and one; 0: free.
    private ulong[] _places = new ulong[FirstPlaces];
    private byte[] _entries = new byte[FirstBytes];
    private int _end, _count;

    /// <summary>How many are kept.</summary>
    public int Count => _count;

    /// <summary>The answer that was kept for a question, byte by byte the same.</summary>
    public bool TryFind(ReadOnlySpan<byte> question, out ReadOnlySpan<byte> answer)
    {
        var hash = Hash(question);
        for (var place = (int)hash & (_places.Length - 1); _places[place] != 0; place = (place + 1) & (_places.Length - 1))
        {
            if ((_places[place] ^ hash) >> 32 != 0) continue;
            var entry = _entries.AsSpan((int)(uint)_places[place] - 1);
            var length = BinaryPrimitives.ReadInt32LittleEndian(entry);
            if (length != question.Length || !entry.Slice(Head, length).SequenceEqual(question)) continue;
            answer = entry.Slice(Head + length, BinaryPrimitives.ReadInt32LittleEndian(entry[4..]));
            return true;
        }
        answer = default;
        return false;
    }

    /// <summary>Keeps the answer to a question that has none.</summary>
    public void Add(ReadOnlySpan<byte> question, ReadOnlySpan<byte> answer)
    {
        var length = Head + question.Length + answer.Length;
        if (length > mostBytes) return;
        if (_end + length > mostBytes) Forget();
        if (_end + length > _entries.Length) Array.Resize(ref _entries, (int)Math.Min(mostBytes, Math.Max(2L * _entries.Length, _end + length)));
        if (_count * 2 >= _places.Length) Spread();
        var entry = _entries.AsSpan(_end, length);
        BinaryPrimitives.WriteInt32LittleEndian(entry, question.Length);
        BinaryPrimitives.WriteInt32LittleEndian(entry[4..], answer.Length);
        question.CopyTo(entry[Head..]);
        answer.CopyTo(entry[(Head + question.Length)..]);
        Put(_places, Hash(question), _end);
        _end += length;
        _count++;
    }

    private void Forget()
    {
        Array.Clear(_places);
        (_end, _count) = (0, 0);
    }

    private void Spread()
    {
        var places = new ulong[_places.Length * 4];
        for (var at = 0; at < _end;)
        {
            var entry = _entries.AsSpan(at);
            var length = BinaryPrimitives.ReadInt32LittleEndian(entry);
            Put(places, Hash(entry.Slice(Head, length)), at);
            at += Head + length + BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
        }
        _places = places;
    }

    private static void Put(ulong[] places, ulong hash, int offset)
    {
        var place = (int)hash & (places.Length - 1);
        while (places[place] != 0) place = (place + 1) & (places.Length - 1);
        places[place] = (hash & 0xFFFFFFFF_00000000) | (uint)(offset + 1);
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
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

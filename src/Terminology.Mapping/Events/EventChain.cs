using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Terminology.Mapping.Events;

/// <summary>
/// How events are kept: the SHA-256 of the JSON in hexadecimal digits, a line feed, the JSON. As each JSON names the hash of the event before it, a byte that flipped, an
/// event that is missing and two that changed places are found, and named.
/// </summary>
public static class EventChain
{
    private const int HashLength = 64;

    /// <summary>The hash before the first event.</summary>
    public static string Beginning { get; } = new('0', HashLength);

    /// <summary>An event as it is kept, and its hash.</summary>
    public static (byte[] Kept, string Hash) Write(MapEvent happened)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(happened, MappingJson.Options);
        var hash = HashOf(json);
        var kept = new byte[HashLength + 1 + json.Length];
        Encoding.ASCII.GetBytes(hash, kept);
        kept[HashLength] = (byte)'\n';
        json.CopyTo(kept, HashLength + 1);
        return (kept, hash);
    }

    /// <summary>What is kept as an event; its hash is not checked, see <see cref="Verify"/>.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static (MapEvent Happened, string Hash) Read(ReadOnlySpan<byte> kept)
        => kept.Length <= HashLength ? throw new JsonException("Shorter than its hash.")
        : (JsonSerializer.Deserialize<MapEvent>(kept[(HashLength + 1)..], MappingJson.Options)!, Encoding.ASCII.GetString(kept[..HashLength]));

    /// <summary>Checks the events of one map.</summary>
    /// <param name="kept">In the order in which they happened.</param>
    /// <param name="head">Hash of the last event as it is known from elsewhere; null when nothing is.</param>
    /// <param name="anchors">Events as they were noted elsewhere, when releases were made.</param>
    /// <returns>A sentence for each fault; empty when the chain holds.</returns>
    public static IReadOnlyList<string> Verify(IEnumerable<ReadOnlyMemory<byte>> kept, string? head = null, IReadOnlyCollection<EventAnchor>? anchors = null)
    {
        var (faults, expected, previous, headSeen) = (new List<string>(), 1L, Beginning, head is null);
        var noted = (anchors ?? []).GroupBy(anchor => anchor.Sequence).ToDictionary(group => group.Key, group => group.Select(anchor => anchor.Hash).Distinct(StringComparer.Ordinal).ToArray());
        foreach (var bytes in kept)
        {
            if (bytes.Length <= HashLength || Encoding.ASCII.GetString(bytes.Span[..HashLength]) is var written && written != HashOf(bytes.Span[(HashLength + 1)..]))
            {
                faults.Add($"Event {expected} is not as it was written: its content does not have its hash.");
                (expected, previous) = (expected + 1, bytes.Length > HashLength ? Encoding.ASCII.GetString(bytes.Span[..HashLength]) : previous);
                continue;
            }
            var (happened, hash) = Read(bytes.Span);
            if (happened.Sequence > expected) faults.Add(happened.Sequence == expected + 1 ? $"Event {expected} is missing." : $"Events {expected} to {happened.Sequence - 1} are missing.");
            else if (happened.Sequence < expected) faults.Add($"Event {happened.Sequence} stands where event {expected} belongs.");
            else if (happened.Previous != previous) faults.Add($"Event {happened.Sequence} does not follow from the one before it.");
            (expected, previous) = (Math.Max(expected, happened.Sequence) + 1, hash);
            headSeen |= hash == head;
            if (noted.Remove(happened.Sequence, out var hashes) && hashes.Any(other => other != hash)) faults.Add($"Event {happened.Sequence} is another one than was noted when a release was made of it.");
        }
        if (noted.Count > 0) faults.Add($"Event {noted.Keys.Max()} is missing, which was noted when a release was made: the log was cut off, or put back to an earlier state.");
        if (!headSeen) faults.Add($"The event with the hash {head} is missing: the end was cut off, or changed.");
        return faults;
    }

    private static string HashOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json));
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Terminology.Journal;
using Terminology.Mapping.Events;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Rows;
using Terminology.Store.Data;

namespace Terminology.Server.Maps;

/// <summary>
/// What rows the maps have, in which states and where in the journal: kept beside it, so that a map of a million rows is there at once after a start. It can be lost: then it is
/// folded from all events again. Written every some thousand events and when the server stops, and believed only when whole, and of this very journal.
/// </summary>
/// <param name="data">The data folder.</param>
/// <param name="log">Told when one cannot be written.</param>
internal sealed partial class MapSnapshots(string data, ILogger<MapSnapshots>? log = null)
{
    private const int Every = 10_000, AtOnce = 10_000;
    private static readonly string Format = $"maps 3 {string.Join(',', Enum.GetNames<MapRowState>())}";
    private readonly ILogger _log = (ILogger?)log ?? NullLogger.Instance;
    private Moment _newest = new(ImmutableDictionary<string, HeldMap>.Empty, new(0, EventChain.Beginning), 0);
    private Task _writing = Task.CompletedTask;

    /// <summary>The maps as they were behind an event.</summary>
    /// <param name="Maps">The maps.</param>
    /// <param name="Last">The event: its place in the journal, and its hash.</param>
    /// <param name="Since">How many events no snapshot has.</param>
    private sealed record Moment(ImmutableDictionary<string, HeldMap> Maps, EventAnchor Last, long Since);

    private string Folder => Path.Combine(data, "journal");

    private string File => Path.Combine(Folder, "maps.snapshot");

    /// <summary>The maps of a journal: those of the snapshot, with what happened since.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="looked">Told the id of a map each time rows of it are read.</param>
    public ImmutableDictionary<string, HeldMap> Restore(IJournal journal, Action<string> looked)
    {
        var (outlines, last) = Read(journal) ?? (new(StringComparer.Ordinal), _newest.Last);
        var since = 0L;
        while (journal.ReadOn(MapBook.Collection, last.Sequence, AtOnce) is { Count: > 0 } documents)
        {
            foreach (var document in documents)
            {
                var map = document.Id.Split('/')[0];
                if (!outlines.TryGetValue(map, out var outline)) outlines.Add(map, outline = new());
                outline.Take(document);
            }
            (last, since) = (AnchorOf(documents[^1]), since + documents.Count);
        }
        var maps = outlines.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Open(journal, looked))).Where(pair => pair.Value is not null).ToImmutableDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        _newest = new(maps, last, since);
        WriteWhenDue();
        _ = Task.Run(() => maps.Values.Select(held => held.State.StampOf("")).Count()); // finding by key takes its first time beside the start
        return maps;
    }

    /// <summary>More has become durable, of which these maps are. On the thread of the journal, one after the other.</summary>
    public void Saw(IReadOnlyList<JournalDocument> events, ImmutableDictionary<string, HeldMap> maps)
    {
        _newest = new(maps, AnchorOf(events[^1]), _newest.Since + events.Count);
        WriteWhenDue();
    }

    /// <summary>Nothing more comes.</summary>
    public void Close()
    {
        _writing.Wait();
        if (_newest is { Since: > 0 } newest) Write(newest);
    }

    private static EventAnchor AnchorOf(JournalDocument document) => new(document.Sequence, Encoding.ASCII.GetString(document.Body.Span[..EventChain.Beginning.Length]));

    private void WriteWhenDue()
    {
        if (_newest.Since < Every || !_writing.IsCompleted) return;
        var due = _newest;
        _newest = due with { Since = 0 };
        _writing = Task.Run(() => Write(due));
    }

    private void Write(Moment moment)
    {
        try
        {
            var aside = File + ".new";
            using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None))
            using (var hash = SHA256.Create())
            {
                using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
                using (var writer = new BinaryWriter(new BufferedStream(hashed, 1 << 16)))
                {
                    writer.Write(Format);
                    Write(writer, moment.Last);
                    writer.Write(moment.Maps.Count);
                    foreach (var (id, held) in moment.Maps) Write(writer, id, held);
                }
                file.Write(hash.Hash);
                file.Flush(flushToDisk: true);
            }
            System.IO.File.Move(aside, File, overwrite: true);
            DataFolder.SyncFolder(Folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(problem.Message); // the former one, and more events behind it, say the same
        }
    }

    private static void Write(BinaryWriter writer, string id, HeldMap held)
    {
        writer.Write(id);
        Write(writer, new EventAnchor(held.State.Sequence, held.State.Head));
        writer.Write(held.Others.Count);
        foreach (var (other, place) in held.Others)
        {
            writer.Write(other);
            writer.Write(place.Version);
            writer.Write(place.Sequence);
        }
        var (keys, states, stamps) = held.State.Outline();
        Write<byte>(writer, keys.Text);
        Write<int>(writer, keys.Ends);
        Write<byte>(writer, states);
        Write<RowStamp>(writer, stamps);
    }

    private static void Write(BinaryWriter writer, EventAnchor anchor)
    {
        writer.Write(anchor.Sequence);
        writer.Write(anchor.Hash);
    }

    /// <summary>What the snapshot says, and up to which event; null when there is none that can be believed.</summary>
    private (Dictionary<string, MapOutline> Outlines, EventAnchor Last)? Read(IJournal journal)
    {
        try
        {
            var bytes = System.IO.File.ReadAllBytes(File);
            if (bytes.Length <= SHA256.HashSizeInBytes || !SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(^SHA256.HashSizeInBytes..))) return null;
            using var reader = new BinaryReader(new MemoryStream(bytes));
            if (reader.ReadString() != Format) return null;
            var last = ReadAnchor(reader);
            if (journal.ReadOn(MapBook.Collection, last.Sequence - 1, 1) is not [var there] || there.Sequence != last.Sequence || !there.Body.Span.StartsWith(Encoding.ASCII.GetBytes(last.Hash))) return null;
            var outlines = new Dictionary<string, MapOutline>(StringComparer.Ordinal);
            for (var left = reader.ReadInt32(); left > 0; left--) outlines.Add(reader.ReadString(), ReadOutline(reader));
            return (outlines, last);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static MapOutline ReadOutline(BinaryReader reader)
    {
        var (last, others) = (ReadAnchor(reader), new Dictionary<string, JournalPlace>(StringComparer.Ordinal));
        for (var left = reader.ReadInt32(); left > 0; left--) others.Add(reader.ReadString(), new(reader.ReadInt32(), reader.ReadInt64()));
        var (keys, states) = (new KeyTable(ReadColumn<byte>(reader), ReadColumn<int>(reader)), ReadColumn<byte>(reader));
        var outline = new MapOutline(keys, states, ReadColumn<RowStamp>(reader)) { Last = last };
        foreach (var (id, place) in others) outline.Others.Add(id, place);
        return outline;
    }

    private static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> column) where T : unmanaged
    {
        writer.Write(column.Length);
        writer.Write(MemoryMarshal.AsBytes(column));
    }

    private static T[] ReadColumn<T>(BinaryReader reader) where T : unmanaged
    {
        var column = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(column.AsSpan()));
        return column;
    }

    private static EventAnchor ReadAnchor(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadString());

    [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot of the maps cannot be written, and the next start takes longer: {Reason}")]
    private partial void LogNotWritten(string reason);
}

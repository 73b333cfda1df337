using System.Threading.Channels;
using Terminology.Journal;
using Terminology.Mapping.Events;

namespace Terminology.Server.Maps;

/// <summary>That something happened, without what was said: whoever may know looks it up.</summary>
/// <param name="Sequence">Place of the event in its map.</param>
/// <param name="Verb">What was done.</param>
/// <param name="Row">Key of the row, or null.</param>
/// <param name="Release">Number of the release, or null.</param>
/// <param name="Version">Version of the row, release, question or map after it.</param>
/// <param name="Question">Number of the question, or null.</param>
internal sealed record MapNote(long Sequence, string Verb, string? Row, int? Release, int Version, int? Question = null)
{
    public static MapNote Of(JournalDocument document)
    {
        var (happened, _) = EventChain.Read(document.Body.Span);
        return new(happened.Sequence, happened.Verb, happened.Row?.Key, happened.Release?.Number, document.Version, happened.Question?.Number);
    }
}

/// <summary>Somebody who watches a map.</summary>
internal sealed class MapWatch(string map, Action<MapWatch> gone) : IDisposable
{
    private const int MostWaiting = 10_000;
    private readonly Channel<MapNote> _notes = Channel.CreateBounded<MapNote>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public string Map => map;

    public ChannelReader<MapNote> Notes => _notes.Reader;

    /// <summary>Never waits: one that does not read is left behind.</summary>
    public void Tell(MapNote note)
    {
        if (!_notes.Writer.TryWrite(note)) _notes.Writer.TryComplete();
    }

    public void Dispose() => gone(this);
}

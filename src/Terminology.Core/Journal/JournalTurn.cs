namespace Terminology.Journal;

/// <summary>
/// One change being decided: it sees everything that was decided before it, durable or about to be, and nothing is decided beside it. What it writes becomes
/// durable together or, when it throws, not at all.
/// </summary>
/// <param name="state">What was decided before.</param>
/// <param name="now">The clock.</param>
public sealed class JournalTurn(JournalState state, DateTimeOffset now)
{
    private readonly List<JournalDocument> _written = [];

    /// <summary>The state with what this turn wrote.</summary>
    public JournalState State { get; private set; } = state;

    /// <summary>The moment of the documents of this turn: the clock, but never before a moment already written. Whole milliseconds.</summary>
    public DateTimeOffset Instant { get; } = Later(state.Instant, new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero));

    /// <summary>What was written, in order.</summary>
    public IReadOnlyList<JournalDocument> Written => _written;

    /// <summary>The version that the next write of a document will have.</summary>
    public int NextVersion(string collection, string id) => (State.Find(collection, id)?.Version ?? 0) + 1;

    /// <summary>Writes the next version.</summary>
    public JournalDocument Write(string collection, string id, string author, ReadOnlyMemory<byte> body) => Add(collection, id, author, deleted: false, body);

    /// <summary>Writes the deletion as the next version.</summary>
    public JournalDocument Delete(string collection, string id, string author) => Add(collection, id, author, deleted: true, default);

    private JournalDocument Add(string collection, string id, string author, bool deleted, ReadOnlyMemory<byte> body)
    {
        ArgumentException.ThrowIfNullOrEmpty(collection);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(author);
        var document = new JournalDocument(collection, id, NextVersion(collection, id), Instant, author, deleted, body, State.Sequence + 1)
        {
            Previous = State.Find(collection, id)?.Sequence ?? 0,
        };
        State = State.With(document);
        _written.Add(document);
        return document;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

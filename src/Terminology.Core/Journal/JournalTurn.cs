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
    public JournalDocument Write(string collection, string id, string author, ReadOnlyMemory<byte> body) => Add(collection, id, author, deleted: false, body, Newest(collection, id));

    /// <summary>Writes the deletion as the next version.</summary>
    public JournalDocument Delete(string collection, string id, string author) => Add(collection, id, author, deleted: true, default, Newest(collection, id));

    /// <summary>Writes the next version of a document of a log, whose newest version the caller knows.</summary>
    /// <param name="log">The collection.</param>
    /// <param name="id">Which document.</param>
    /// <param name="author">Who writes it.</param>
    /// <param name="body">Its content.</param>
    /// <param name="newest">The version before; default when this is the first.</param>
    /// <exception cref="InvalidOperationException">The collection is no log.</exception>
    public JournalDocument Append(string log, string id, string author, ReadOnlyMemory<byte> body, JournalPlace newest)
        => State.IsLog(log) ? Add(log, id, author, deleted: false, body, newest) : throw new InvalidOperationException($"{log} is no log.");

    private JournalPlace Newest(string collection, string id) => State.Find(collection, id)?.Place ?? default;

    private JournalDocument Add(string collection, string id, string author, bool deleted, ReadOnlyMemory<byte> body, JournalPlace newest)
    {
        ArgumentException.ThrowIfNullOrEmpty(collection);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(author);
        var document = new JournalDocument(collection, id, newest.Version + 1, Instant, author, deleted, body, State.Sequence + 1)
        {
            Previous = newest.Sequence,
        };
        State = State.With(document);
        _written.Add(document);
        return document;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

namespace Terminology.Journal;

/// <summary>
/// What people write: an append-only journal of versioned documents, durable before it is acknowledged. Resources, keys and map events go through it; a
/// second implementation may be shared by several servers.
/// </summary>
/// <remarks>Thread-safe. Reads of <see cref="Current"/> cost no IO.</remarks>
public interface IJournal : IDisposable
{
    /// <summary>All that is durable.</summary>
    JournalState Current { get; }

    /// <summary>
    /// Raised before the writers of a group are told, with the documents that have become durable, in order: whoever shows them can do so first. Must not
    /// throw, and is waited for.
    /// </summary>
    event Action<IReadOnlyList<JournalDocument>>? Committed;

    /// <summary>Decides and writes one change. Changes are decided one after another, each in full sight of those before; many share one flush of the disk.</summary>
    /// <param name="decide">Quick and without IO; runs on the journal's own thread. What it throws refuses the change and reaches the caller.</param>
    /// <returns>What was decided, after all it wrote is durable.</returns>
    /// <exception cref="Issues.TerminologyException">Transient: the journal cannot write any more; the text says why.</exception>
    Task<T> ChangeAsync<T>(Func<JournalTurn, T> decide);

    /// <summary>A version of a document, or null when it never was. Not for logs.</summary>
    Task<JournalDocument?> VersionAsync(string collection, string id, int version);

    /// <summary>Versions of one document, or of a whole collection, the newest first.</summary>
    /// <param name="collection">Kind of document.</param>
    /// <param name="id">Which one; null for all, which is the only question to a log.</param>
    /// <param name="before">Only what has a smaller <see cref="JournalDocument.Sequence"/>; <see cref="long.MaxValue"/> for the newest.</param>
    /// <param name="count">At most so many.</param>
    Task<IReadOnlyList<JournalDocument>> HistoryAsync(string collection, string? id, long before, int count);

    /// <summary>Documents of a collection by their places, in the order asked for. Waits for the disk, on whatever thread; a change that is being decided may ask too.</summary>
    /// <exception cref="ArgumentException">There is none at a place.</exception>
    IReadOnlyList<JournalDocument> Read(string collection, IReadOnlyList<long> sequences);

    /// <summary>A document of a collection and the versions before it, the newest first. Waits as <see cref="Read"/> does.</summary>
    /// <param name="collection">Kind of document.</param>
    /// <param name="sequence">Place of the newest one wanted; 0: nothing is answered.</param>
    /// <param name="count">At most so many.</param>
    IReadOnlyList<JournalDocument> ReadBack(string collection, long sequence, int count);

    /// <summary>What is in a collection behind a place, in order. Waits as <see cref="Read"/> does.</summary>
    /// <param name="collection">Kind of document.</param>
    /// <param name="after">The place; 0 from the first on.</param>
    /// <param name="count">At most so many.</param>
    IReadOnlyList<JournalDocument> ReadOn(string collection, long after, int count);

    /// <summary>Writes a consistent copy of all that is durable now into an empty or absent folder, from which the journal can be opened. Writers wait.</summary>
    /// <exception cref="IOException">The folder is not empty or cannot be written.</exception>
    Task CopyToAsync(string folder);
}

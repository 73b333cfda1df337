using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Terminology.Journal;

/// <summary>The newest version of every document, at one moment. A later state shares all that did not change.</summary>
/// <remarks>Immutable, thread-safe. Finding and adding cost O(log n) of the collection.</remarks>
public sealed class JournalState
{
    private readonly ImmutableDictionary<string, ImmutableDictionary<string, JournalDocument>> _collections;
    private readonly FrozenSet<string> _logs;

    private JournalState(ImmutableDictionary<string, ImmutableDictionary<string, JournalDocument>> collections, FrozenSet<string> logs, long sequence, DateTimeOffset instant)
        => (_collections, _logs, Sequence, Instant) = (collections, logs, sequence, instant);

    /// <summary>A journal in which nothing was written.</summary>
    public static JournalState Empty { get; } = Without([]);

    /// <summary>Place of the last document.</summary>
    public long Sequence { get; }

    /// <summary>Moment of the last document.</summary>
    public DateTimeOffset Instant { get; }

    /// <summary>A journal in which nothing was written.</summary>
    /// <param name="logs">The collections that are logs: their documents are on the disk alone, and no state knows which is the newest.</param>
    public static JournalState Without(IEnumerable<string> logs)
        => new(ImmutableDictionary<string, ImmutableDictionary<string, JournalDocument>>.Empty.WithComparers(StringComparer.Ordinal), logs.ToFrozenSet(StringComparer.Ordinal), 0, DateTimeOffset.MinValue);

    /// <summary>Is the collection a log?</summary>
    public bool IsLog(string collection) => _logs.Contains(collection);

    /// <summary>The newest version of a document, which may be its deletion; null when there never was one.</summary>
    /// <exception cref="InvalidOperationException">The collection is a log.</exception>
    public JournalDocument? Find(string collection, string id)
        => IsLog(collection) ? throw new InvalidOperationException($"{collection} is a log: whoever writes it knows its newest documents.")
        : _collections.TryGetValue(collection, out var documents) && documents.TryGetValue(id, out var found) ? found : null;

    /// <summary>As <see cref="Find"/>, for documents that are there.</summary>
    public bool TryFind(string collection, string id, [NotNullWhen(true)] out JournalDocument? found)
    {
        found = Find(collection, id);
        if (found is { Deleted: true }) found = null;
        return found is not null;
    }

    /// <summary>The newest versions of a collection, deletions included, in no order.</summary>
    public IEnumerable<JournalDocument> All(string collection) => _collections.TryGetValue(collection, out var documents) ? documents.Values : [];

    /// <summary>How many ids of a collection were ever written.</summary>
    public int Count(string collection) => _collections.TryGetValue(collection, out var documents) ? documents.Count : 0;

    /// <summary>This state with newer versions; for implementations of <see cref="IJournal"/>. Documents of logs only move <see cref="Sequence"/> and <see cref="Instant"/>.</summary>
    /// <param name="documents">In ascending sequence.</param>
    public JournalState With(params IEnumerable<JournalDocument> documents)
    {
        var (collections, sequence, instant) = (_collections.ToBuilder(), Sequence, Instant);
        foreach (var group in documents.GroupBy(document => document.Collection, StringComparer.Ordinal))
        {
            if (IsLog(group.Key))
            {
                foreach (var document in group) (sequence, instant) = Later(sequence, instant, document);
                continue;
            }
            var known = collections.TryGetValue(group.Key, out var there) ? there : ImmutableDictionary<string, JournalDocument>.Empty.WithComparers(StringComparer.Ordinal);
            var builder = known.ToBuilder();
            foreach (var document in group)
            {
                builder[document.Id] = document;
                (sequence, instant) = Later(sequence, instant, document);
            }
            collections[group.Key] = builder.ToImmutable();
        }
        return new(collections.ToImmutable(), _logs, sequence, instant);
    }

    private static (long, DateTimeOffset) Later(long sequence, DateTimeOffset instant, JournalDocument document)
        => (Math.Max(sequence, document.Sequence), document.Instant > instant ? document.Instant : instant);
}

namespace Terminology.Journal;

/// <summary>One version of one document of the journal. Never changed afterwards; a deletion is a version too.</summary>
/// <param name="Collection">Kind of document, for example <c>ValueSet</c>.</param>
/// <param name="Id">Which one, within its collection.</param>
/// <param name="Version">From 1 on, without gaps; goes on over deletions.</param>
/// <param name="Instant">When it was decided; never before that of an earlier document.</param>
/// <param name="Author">Who wrote it; never empty.</param>
/// <param name="Deleted">Does this version take the document away?</param>
/// <param name="Body">The content as given, byte by byte; empty in a deletion.</param>
/// <param name="Sequence">Place in the journal, ascending over all collections; not without gaps.</param>
public sealed record JournalDocument(
    string Collection, string Id, int Version, DateTimeOffset Instant, string Author, bool Deleted, ReadOnlyMemory<byte> Body, long Sequence)
{
    /// <summary>Place of the version before; 0 for the first.</summary>
    public long Previous { get; init; }

    /// <summary>Where it is, for whoever writes the version after it.</summary>
    public JournalPlace Place => new(Version, Sequence);
}

/// <summary>Where a version of a document is in the journal.</summary>
/// <param name="Version">Which version; 0: none was written yet.</param>
/// <param name="Sequence">Its place; 0: none was written yet.</param>
public readonly record struct JournalPlace(int Version, long Sequence);

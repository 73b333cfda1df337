using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Releases;

namespace Terminology.Server.Hosting;

/// <summary>The resources that clients stored: kept by the journal, shown as <see cref="StoredContent"/> before their writer is told that they are durable.</summary>
/// <remarks>Thread-safe. Changes are decided on the thread of the journal, one after another.</remarks>
internal sealed partial class StoredResources
{
    private readonly IJournal _journal;
    private StoredContent _decided;
    private volatile StoredContent _current;

    public StoredResources(IJournal journal, ILogger<StoredResources> log)
    {
        _journal = journal;
        var content = new StoredContent(new FhirResourceReader());
        foreach (var document in Types.SelectMany(journal.Current.All).Where(document => !document.Deleted).OrderBy(document => document.Sequence))
        {
            try
            {
                content = content.With(ReadResource.Read(document.Body).Record with { Id = document.Id });
            }
            catch (TerminologyException problem)
            {
                LogUnreadable(log, document.Collection, document.Id, problem.Message);
            }
        }
        _decided = _current = content;
        journal.Committed += documents =>
        {
            if (!documents.Any(document => Types.Contains(document.Collection))) return;
            _current = _decided;
            Changed?.Invoke();
        };
    }

    /// <summary>Raised when there is something new, before its writer is told.</summary>
    public event Action? Changed;

    /// <summary>The types that are kept; each is a collection of the journal.</summary>
    public static IReadOnlyList<string> Types { get; } = ["CodeSystem", "ValueSet", "ConceptMap", "NamingSystem"];

    /// <summary>All that is durable.</summary>
    public StoredContent Current => _current;

    /// <summary>The newest version of each document, deleted ones included.</summary>
    public IEnumerable<JournalDocument> Documents => Types.SelectMany(_journal.Current.All);

    /// <summary>What was stored at a moment and has not changed since; what has is left out rather than shown as it is now.</summary>
    public StoredContent Before(DateTimeOffset moment)
    {
        var content = new StoredContent(new FhirResourceReader());
        foreach (var document in Documents.Where(document => !document.Deleted && document.Instant <= moment).OrderBy(document => document.Sequence)) content = content.With(ReadResource.Read(document.Body).Record with { Id = document.Id });
        return content;
    }

    /// <summary>The newest version of a resource, which may be its deletion; null when there never was one.</summary>
    public JournalDocument? Find(string type, string id) => _journal.Current.Find(type, id);

    public Task<JournalDocument?> VersionAsync(string type, string id, int version) => _journal.VersionAsync(type, id, version);

    public Task<IReadOnlyList<JournalDocument>> HistoryAsync(string type, string? id, long before, int count) => _journal.HistoryAsync(type, id, before, count);

    /// <summary>Decides and writes one change, all of it or nothing.</summary>
    public Task<T> ChangeAsync<T>(Func<Turn, T> decide) => _journal.ChangeAsync(journal =>
    {
        var turn = new Turn(journal, _decided);
        var result = decide(turn);
        _decided = turn.Content;
        return result;
    });

    /// <summary>One change being decided; it sees all that was decided before it.</summary>
    internal sealed class Turn(JournalTurn journal, StoredContent content)
    {
        public StoredContent Content { get; private set; } = content;

        public JournalDocument? Find(string type, string id) => journal.State.Find(type, id);

        public JournalDocument Put(ResourceTemplate template, ResourceRecord record, string id, string author)
        {
            var type = record.ResourceType;
            var body = template.Stamp(id, journal.NextVersion(type, id), journal.Instant);
            Content = Content.With(record with { Id = id, Json = body });
            return journal.Write(type, id, author, body);
        }

        public JournalDocument Delete(string type, string id, string author)
        {
            Content = Content.Without(type, id);
            return journal.Delete(type, id, author);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Type}/{Id} is kept but cannot be read, it does not answer: {Reason}")]
    private static partial void LogUnreadable(ILogger log, string type, string id, string reason);
}

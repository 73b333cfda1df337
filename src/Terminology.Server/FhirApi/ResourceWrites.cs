using Terminology.Fhir.Operations;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Releases;
using Terminology.Server.Hosting;
using Terminology.Store.Data;
using Terminology.Validation;
using Terminology.ValueSets;

namespace Terminology.Server.FhirApi;

/// <summary>Create, update and delete, with their conditions; alone, or all of a transaction as one change.</summary>
internal sealed class ResourceWrites(LiveService live, StoredResources stored, DataFolder folder)
{
    private static readonly FhirResourceReader Reader = new();

    /// <summary>A write whose resource was checked, ready to be decided.</summary>
    /// <param name="Request">What was asked.</param>
    /// <param name="Content">The resource, null for a deletion.</param>
    internal sealed record Prepared(ResourceRequest Request, CheckedResource? Content)
    {
        /// <summary>What the value set imports; empty for others.</summary>
        public IReadOnlyList<VersionedUrl> Imports { get; init; } = [];
    }

    /// <summary>What was decided: the version now, and whether it is the first one.</summary>
    /// <param name="Document">The version; null when nothing was there to delete.</param>
    /// <param name="Status">HTTP status.</param>
    internal sealed record Decided(JournalDocument? Document, int Status)
    {
        /// <summary>What is to be said of its place among the others; empty when nobody asked.</summary>
        public IReadOnlyList<Issue> Remarks { get; init; } = [];

        /// <summary>The loaded resource that a conditional create found, or null.</summary>
        public SearchEntry? Loaded { get; init; }
    }

    /// <exception cref="TerminologyException">The request or its resource is not right.</exception>
    public async Task<FhirAnswer> AnswerAsync(ResourceRequest request)
    {
        var prepared = Prepare(request);
        var decided = await stored.ChangeAsync(turn => Decide(prepared, turn));
        return Answer(prepared, decided);
    }

    /// <summary>Decides several writes as one change: all of them or none.</summary>
    public Task<T> DecideAsync<T>(Func<StoredResources.Turn, T> decide) => stored.ChangeAsync(decide);

    /// <summary>Checks what can be checked before others have to wait.</summary>
    public Prepared Prepare(ResourceRequest request)
    {
        if (request.Method == "DELETE") return new(request, null);
        if (request.Body.IsEmpty) throw new TerminologyException(IssueType.Required, "MISSING_RESOURCE", ResourceMessages.NoBody(request.Type));
        var content = CheckedResource.Read(request.Body, request.Type);
        if (request.Type == "ConceptMap" && Maps.OwnedCanonicals.Read(folder.Path).GetValueOrDefault(content.Record.Url ?? "") is { } owner)
        {
            throw new TerminologyException(IssueType.Conflict, "OWNED_BY_MAP", MappingMessages.OwnedByMap(content.Record.Url!, owner)) { Expression = "ConceptMap.url" };
        }
        if (request is { Method: "PUT", Id: { } id } && content.Template.Id != id)
        {
            throw new TerminologyException(IssueType.Invalid, "OTHER_ID", ResourceMessages.OtherId(request.Type, content.Template.Id, id)) { Expression = $"{request.Type}.id" };
        }
        if (request.Id is { } named && !IsId(named)) throw new TerminologyException(IssueType.Value, "INVALID_ID", ResourceMessages.InvalidId(named)) { Expression = $"{request.Type}.id" };
        var valueSet = request.Type == "ValueSet" ? Reader.ReadValueSet(request.Body) : null;
        if (request.Prefer.Return == "OperationOutcome") content = content with { Remarks = [.. content.Remarks, .. DeadCodesOf(request, valueSet)] };
        return new(request, content) { Imports = valueSet is null ? [] : ImportCycles.Imports(valueSet) };
    }

    private IEnumerable<Issue> DeadCodesOf(ResourceRequest request, ValueSet? valueSet) => request.Type switch
    {
        "ValueSet" => DeadCodes.Of(valueSet!, live.Current),
        "ConceptMap" => DeadCodes.Of(Reader.ReadConceptMap(request.Body), live.Current),
        _ => [],
    };

    /// <summary>Who stores a second resource of the same canonical and version wants to know: one of them will answer.</summary>
    private static Issue[] Doubled(ResourceRecord record, string id, StoredContent others)
        => [.. others.OfUrl(record.ResourceType, record.Url).Where(other => other.Version == record.Version && other.Id != id).Select(other => new Issue(
            IssueSeverity.Warning, IssueType.Duplicate, ResourceMessages.Doubled(new VersionedUrl(record.Url, record.Version).ToString(), $"{record.ResourceType}/{other.Id}"))
            {
                Expression = $"{record.ResourceType}.url",
            })];

    /// <summary>Decides one write in full sight of those before it; runs on the thread of the journal.</summary>
    public Decided Decide(Prepared prepared, StoredResources.Turn turn) => prepared.Request.Method switch
    {
        "POST" => Create(prepared, turn),
        "PUT" => prepared.Request.Id is { } id ? Update(prepared, id, turn) : UpdateWhere(prepared, turn),
        _ => Delete(prepared, turn),
    };

    public static FhirAnswer Answer(Prepared prepared, Decided decided)
    {
        var request = prepared.Request;
        IReadOnlyList<Issue> remarks = [.. prepared.Content?.Remarks ?? [], .. decided.Remarks];
        if (decided.Loaded is { } loaded) return new(Body(request, remarks, loaded.Write), decided.Status) { Location = $"{request.Base}/{request.Type}/{loaded.Id}" };
        if (decided.Document is not { } document) return new(null, decided.Status);
        var write = document.Deleted ? null : Body(request, remarks, writer => writer.WriteRawValue(document.Body.Span, skipInputValidation: true));
        return new(write, decided.Status)
        {
            Version = document.Version,
            Modified = document.Instant,
            Location = document.Deleted ? null : $"{request.Base}/{request.Type}/{document.Id}/_history/{document.Version}",
        };
    }

    private static Action<System.Text.Json.Utf8JsonWriter>? Body(ResourceRequest request, IReadOnlyList<Issue> remarks, Action<System.Text.Json.Utf8JsonWriter> resource) => request.Prefer.Return switch
    {
        "minimal" => null,
        "OperationOutcome" => writer => OutcomeWriter.Write(writer, remarks.Count > 0 ? remarks : [new(IssueSeverity.Information, IssueType.Informational, ResourceMessages.NothingToRemark())]),
        _ => resource,
    };

    private Decided Create(Prepared prepared, StoredResources.Turn turn)
    {
        var request = prepared.Request;
        if (request.IfNoneExist is { } condition)
        {
            switch (Matching(request.Type, condition, turn))
            {
                case []: break;
                case [{ IsLoaded: true } loaded]: return new(null, StatusCodes.Status200OK) { Loaded = loaded };
                case [var found]: return new(turn.Find(request.Type, found.Id), StatusCodes.Status200OK);
                case var several: throw Several(request.Type, condition, several.Count);
            }
        }
        return Put(prepared, Guid.NewGuid().ToString(), turn);
    }

    private Decided Update(Prepared prepared, string id, StoredResources.Turn turn)
    {
        var request = prepared.Request;
        Expect(request, id, turn);
        if (turn.Find(request.Type, id) is null && live.World.Ids.Find(request.Type, id) is not null)
        {
            throw new TerminologyException(IssueType.Conflict, "BELONGS_TO_RELEASE", ResourceMessages.BelongsToRelease(request.Type, id));
        }
        return Put(prepared, id, turn);
    }

    private Decided UpdateWhere(Prepared prepared, StoredResources.Turn turn)
    {
        var (request, sent) = (prepared.Request, prepared.Content!.Template.Id);
        switch (Matching(request.Type, request.Condition, turn))
        {
            case []:
                if (sent is not null && turn.Content.Find(request.Type, sent) is not null) throw new TerminologyException(IssueType.Conflict, "ID_TAKEN", ResourceMessages.IdTaken(request.Type, sent));
                return sent is null ? Put(prepared, Guid.NewGuid().ToString(), turn) : Update(prepared, sent, turn);
            case [{ IsLoaded: true } loaded]:
                throw new TerminologyException(IssueType.Conflict, "BELONGS_TO_RELEASE", ResourceMessages.BelongsToRelease(request.Type, loaded.Id));
            case [var found]:
                return sent is null || sent == found.Id
                    ? Update(prepared, found.Id, turn)
                    : throw new TerminologyException(IssueType.Invalid, "OTHER_ID", ResourceMessages.OtherId(request.Type, sent, found.Id));
            case var several:
                throw Several(request.Type, request.Condition, several.Count);
        }
    }

    private Decided Delete(Prepared prepared, StoredResources.Turn turn)
    {
        var request = prepared.Request;
        if (request.Id is not { } id)
        {
            var matching = Matching(request.Type, request.Condition, turn);
            if (matching.Count == 0) return new(null, StatusCodes.Status204NoContent);
            if (matching.Count > 1) throw Several(request.Type, request.Condition, matching.Count);
            if (matching[0].IsLoaded) throw new TerminologyException(IssueType.Conflict, "BELONGS_TO_RELEASE", ResourceMessages.BelongsToRelease(request.Type, matching[0].Id));
            id = matching[0].Id;
        }
        Expect(request, id, turn);
        if (turn.Find(request.Type, id) is not { } document)
        {
            if (live.World.Ids.Find(request.Type, id) is not null) throw new TerminologyException(IssueType.Conflict, "BELONGS_TO_RELEASE", ResourceMessages.BelongsToRelease(request.Type, id));
            return new(null, StatusCodes.Status204NoContent);
        }
        return new(document.Deleted ? document : turn.Delete(request.Type, id, request.Author), StatusCodes.Status204NoContent);
    }

    private Decided Put(Prepared prepared, string id, StoredResources.Turn turn)
    {
        var content = prepared.Content!;
        if (prepared.Imports.Count > 0) ImportCycles.Refuse(new(content.Record.Url, content.Record.Version), prepared.Imports, live.World.Releases.WithStored(turn.Content));
        var isNew = turn.Find(content.Record.ResourceType, id) is null or { Deleted: true };
        // Judged here, where every write before this one is seen: of many at once all but the first are told.
        var doubled = prepared.Request.Prefer.Return == "OperationOutcome" ? Doubled(content.Record, id, turn.Content) : [];
        return new(turn.Put(content.Template, content.Record, id, prepared.Request.Author), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK) { Remarks = doubled };
    }

    /// <exception cref="TerminologyException">Conflict as 412: another version is there than If-Match says.</exception>
    private static void Expect(ResourceRequest request, string id, StoredResources.Turn turn)
    {
        if (request.WantedVersion is not { } wanted) return;
        var found = turn.Find(request.Type, id);
        if (found is { Deleted: false } && found.Version == wanted) return;
        throw new PreconditionFailed(ResourceMessages.Changed(request.Type, id, wanted.ToString(System.Globalization.CultureInfo.InvariantCulture), found is { Deleted: false } ? found.Version : null));
    }

    private IReadOnlyList<SearchEntry> Matching(string type, string condition, StoredResources.Turn turn) => ResourceSearch.Matching(type, condition, turn.Content, live.World);

    private static PreconditionFailed Several(string type, string condition, int count) => new(ResourceMessages.SeveralMatch(type, condition, count), IssueType.MultipleMatches);

    internal static bool IsId(string id) => id.Length is > 0 and <= 64 && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.');
}

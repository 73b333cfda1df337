using System.Diagnostics;
using Terminology.Fhir.Operations;
using Terminology.Issues;
using Terminology.Server.Access;
using Terminology.Server.Hosting;

namespace Terminology.Server.FhirApi;

/// <summary>Bundles of requests: a batch is answered entry by entry, a transaction is one change or none.</summary>
internal sealed partial class FhirPipeline
{
    // FHIR R4 http.html#trules: deletions, then creations, then updates, then what only reads.
    private static readonly string[] Order = ["DELETE", "POST", "PUT"];

    /// <summary>A batch or transaction Bundle.</summary>
    public async Task BatchAsync(HttpContext context)
    {
        var (world, began) = (live.World, Stopwatch.GetTimestamp());
        FhirAnswer answer;
        try
        {
            var body = await ReadBodyAsync(context);
            answer = body.Length <= SmallBody ? await BundleAsync(body, world, context)
                : await heavy.RunAsync(async () => InForm(await BundleAsync(body, world, context), context), context.RequestAborted);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            answer = Failed(problem, context);
        }
        await WriteAsync(context, answer);
        GC.KeepAlive(world);
        Answered(context, "Bundle", null, world, answer.Status, began);
    }

    private async Task<FhirAnswer> BundleAsync(ReadOnlyMemory<byte> body, World world, HttpContext context)
    {
        var (entries, isTransaction) = RequestBody.Understand(body, () => (BatchReader.Read(AsJson(context.Request, body), options.MaxBatch, out var whole), whole));
        var answers = isTransaction ? await TransactAsync(entries, context) : await BatchAsync(entries, world, context);
        return new(writer => BatchWriter.Write(writer, isTransaction, answers.Select(InBundle)));
    }

    private static BatchAnswer InBundle(FhirAnswer answer) => new(answer.Status, answer.Write) { Location = answer.Location, Version = answer.Version, Modified = answer.Modified };

    /// <summary>What only reads sees one state of the world: that before the batch.</summary>
    private async Task<IReadOnlyList<FhirAnswer>> BatchAsync(IReadOnlyList<BatchRequest> requests, World world, HttpContext context)
    {
        var (answers, began) = (new List<FhirAnswer>(requests.Count), Stopwatch.GetTimestamp());
        foreach (var request in requests)
        {
            try
            {
                answers.Add(await EntryAsync(request, world, context, began));
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                answers.Add(Failed(problem, context));
            }
        }
        return answers;
    }

    private async Task<IReadOnlyList<FhirAnswer>> TransactAsync(IReadOnlyList<BatchRequest> requests, HttpContext context)
    {
        var answers = new FhirAnswer[requests.Count];
        var prepared = new List<(int Entry, ResourceWrites.Prepared Write)>();
        for (var i = 0; i < requests.Count; i++)
        {
            if (AsResource(requests[i], context) is not { Method: not ("GET" or "HEAD") } request) continue;
            Demand(Scope.Write, context);
            prepared.Add((i, InEntry(i, () => writes.Prepare(request))));
        }
        var named = prepared.Where(entry => entry.Write.Request.Id is not null).GroupBy(entry => $"{entry.Write.Request.Type}/{entry.Write.Request.Id}", StringComparer.Ordinal);
        if (named.FirstOrDefault(group => group.Count() > 1) is { } twice) throw new TerminologyException(IssueType.Invalid, "WRITTEN_TWICE", ResourceMessages.Twice(twice.Key));
        var ordered = prepared.OrderBy(entry => Array.IndexOf(Order, entry.Write.Request.Method)).ToArray();
        if (ordered.Length > 0)
        {
            var decided = await writes.DecideAsync(turn => ordered.Select(entry => InEntry(entry.Entry, () => writes.Decide(entry.Write, turn))).ToArray());
            for (var i = 0; i < ordered.Length; i++) answers[ordered[i].Entry] = ResourceWrites.Answer(ordered[i].Write, decided[i]);
        }
        // What reads sees what was written.
        var (world, began) = (live.World, Stopwatch.GetTimestamp());
        for (var i = 0; i < requests.Count; i++)
        {
            if (answers[i].Status == 0) answers[i] = await EntryAsync(requests[i], world, context, began);
        }
        return answers;
    }

    /// <summary>What goes wrong in an entry of a transaction says in which.</summary>
    private static T InEntry<T>(int entry, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (InvalidContent content)
        {
            throw new InvalidContent([.. content.Issues.Select(issue => issue with { Expression = $"Bundle.entry[{entry}].resource: {issue.Expression}" })]);
        }
    }

    private async Task<FhirAnswer> EntryAsync(BatchRequest request, World world, HttpContext context, long began)
    {
        if (AsResource(request, context) is { } resource)
        {
            if (resource.Method is not ("GET" or "HEAD")) Demand(Scope.Write, context);
            return await InteractAsync(resource);
        }
        var (type, id, name) = Segments(request.Path) switch
        {
            [] => ("", null, ""),
            [var only] when only is "metadata" || only.StartsWith('$') => ("", null, only),
            [var only] => (only, null, ""),
            [var of, "_search"] => (of, null, ""),
            [var of, var operation] when operation.StartsWith('$') => (of, null, operation),
            [var of, var instance, var operation] => (of, (string?)instance, operation),
            _ => ("", null, request.Path),
        };
        var isKnown = FhirEndpoints.ByName.TryGetValue((type, name), out var found) && (request.Method == "POST" || (request.Method == "GET" && found.Get)) && (id is null || found.OnInstance);
        if (!isKnown) return FhirErrors.Answer(IssueType.NotFound, $"There is no {request.Method} {request.Path} here.");
        Demand(found!.Needs, context);
        return await RunAsync(found, id, world, request.Input(), context, began);
    }

    /// <summary>The entry as an interaction with resources; null when it is a search or an operation.</summary>
    private static ResourceRequest? AsResource(BatchRequest request, HttpContext context)
    {
        var path = Segments(request.Path);
        if (path.Length == 0 || !StoredResources.Types.Contains(path[0])) return null;
        (string? Id, string? Version, bool History)? place = path[1..] switch
        {
            [] when request.Method is "POST" or "PUT" or "DELETE" => (null, null, false),
            [var id] when request.Method is "GET" or "HEAD" or "PUT" or "DELETE" && !id.StartsWith('$') && !id.StartsWith('_') => (id, null, false),
            ["_history"] when request.Method is "GET" => (null, null, true),
            [var id, "_history"] when request.Method is "GET" => (id, null, true),
            [var id, "_history", var version] when request.Method is "GET" => (id, version, false),
            _ => null,
        };
        if (place is not var (name, number, history)) return null;
        return new(request.Method, path[0], name, OperationInput.FromQuery(request.Query), BaseOf(context))
        {
            History = history,
            VersionId = number,
            Body = request.Body,
            Condition = request.Query,
            IfMatch = request.IfMatch,
            IfNoneMatch = request.IfNoneMatch,
            IfNoneExist = request.IfNoneExist,
            Prefer = Preference.Parse(context.Request.Headers["Prefer"]),
            Author = Caller.Of(context).Name,
        };
    }

    /// <exception cref="TerminologyException">Login, Forbidden: who sent the Bundle may not do this.</exception>
    private void Demand(Scope scope, HttpContext context)
    {
        if (gate.Refusal(context, scope) is { } refusal) throw refusal;
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}

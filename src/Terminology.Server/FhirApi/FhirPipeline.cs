using System.Buffers;
using System.Text.Json;
using Terminology.Closure;
using Terminology.Fhir.Operations;
using Terminology.Issues;
using Terminology.Server.Hosting;

namespace Terminology.Server.FhirApi;

/// <summary>What every FHIR request goes through: parameters, scope, overlays, one operation, the answer in the format asked for.</summary>
internal sealed partial class FhirPipeline(LiveService live, IClosureTables closures, ServeOptions options, ILogger<FhirPipeline> log)
{
    private const int KeptBuffer = 1 << 20;
    private static readonly JsonWriterOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_writer;

    public async Task AnswerAsync(HttpContext context, FhirOperation operation, string? id)
    {
        var service = live.Current;
        FhirAnswer answer;
        try
        {
            var input = await ReadInputAsync(context);
            answer = Run(operation, id, service, input, context, context.RequestAborted);
            if (answer.Pending is { } pending) answer = await pending;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            answer = Failed(problem, context);
        }
        await WriteAsync(context, answer);
        GC.KeepAlive(service); // its mapped files must outlive the bytes just written
    }

    /// <summary>A batch Bundle: each entry is answered alone, in order, over one state of the world.</summary>
    public async Task BatchAsync(HttpContext context)
    {
        var service = live.Current;
        FhirAnswer answer;
        try
        {
            var requests = BatchReader.Read(await ReadJsonAsync(context), options.MaxBatch);
            var answers = new List<FhirAnswer>(requests.Count);
            foreach (var request in requests) answers.Add(await RunEntryAsync(request, service, context));
            answer = new(writer => BatchWriter.Write(writer, answers.Select(entry => (entry.Status, entry.Write))));
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            answer = Failed(problem, context);
        }
        await WriteAsync(context, answer);
        GC.KeepAlive(service);
    }

    public static async Task WriteAsync(HttpContext context, FhirAnswer answer)
    {
        var (buffer, writer) = t_writer ?? NewWriter();
        t_writer = null; // taken, so that a nested answer gets its own
        answer.Write(writer);
        writer.Flush();
        var response = context.Response;
        response.StatusCode = answer.Status;
        if (WantsXml(context.Request))
        {
            var xml = XmlWire.ToXml(buffer.WrittenMemory);
            response.ContentType = "application/fhir+xml; charset=utf-8";
            response.ContentLength = xml.Length;
            await response.BodyWriter.WriteAsync(xml);
        }
        else
        {
            response.ContentType = "application/fhir+json; charset=utf-8";
            response.ContentLength = buffer.WrittenCount;
            await response.BodyWriter.WriteAsync(buffer.WrittenMemory);
        }
        if (buffer.Capacity > KeptBuffer) return;
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        t_writer = (buffer, writer);
    }

    private async ValueTask<FhirAnswer> RunEntryAsync(BatchRequest request, TerminologyService service, HttpContext context)
    {
        try
        {
            var path = request.Path.TrimStart('/').Split('/');
            var (type, id, name) = path switch
            {
                [var only] when only is "metadata" || only.StartsWith('$') => ("", null, only),
                [var only] => (only, null, ""),
                [var resource, var operation] when operation.StartsWith('$') => (resource, null, operation),
                [var resource, var instance] => (resource, instance, ""),
                [var resource, var instance, var operation] => (resource, (string?)instance, operation),
                _ => ("", null, request.Path),
            };
            if (id is not null && name.Length == 0 && request.Method == "GET") return Run(ReadEndpoint.Of(type), id, service, request.Input, context, context.RequestAborted);
            var known = FhirEndpoints.ByName.TryGetValue((type, name), out var found) && (request.Method == "POST" || (request.Method == "GET" && found.Get)) && (id is null || found.OnInstance);
            var answer = known
                ? Run(found!, id, service, request.Input, context, context.RequestAborted)
                : FhirErrors.Answer(IssueType.NotFound, $"There is no {request.Method} {request.Path} here.");
            return answer.Pending is { } pending ? await pending : answer;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return Failed(problem, context);
        }
    }

    private FhirAnswer Run(FhirOperation operation, string? id, TerminologyService service, OperationInput input, HttpContext context, CancellationToken aborted)
    {
        var isRead = operation.Name.Length == 0;
        if (id is not null && !isRead) input = InstanceIds.Pin(service, operation.ResourceType, operation.Name, id, input);
        var overlay = OverlayReader.Read(input);
        if (overlay is not null) service = service.With(overlay);
        using var deadline = overlay is null && operation.Name is "$lookup" or "$subsumes" ? null : CancellationTokenSource.CreateLinkedTokenSource(aborted);
        deadline?.CancelAfter(options.Deadline);
        var scope = RequestScopeReader.Read(input, context.Request.Headers.AcceptLanguage);
        if (deadline is not null) scope = scope with { Cancel = deadline.Token };
        try
        {
            return operation.Answer(new(service, input, scope, $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/fhir") { Id = isRead ? id : null, Closures = closures });
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return FhirErrors.Answer(IssueType.TooCostly, $"The request took longer than {options.Deadline.TotalSeconds:N0} s; narrow it (a filter, a smaller value set, a page).");
        }
    }

    private FhirAnswer Failed(Exception problem, HttpContext context)
    {
        switch (problem)
        {
            case TerminologyException known:
                return FhirErrors.Answer(known);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return FhirErrors.Answer(IssueType.TooLong, $"The body is larger than {options.MaxBody:N0} bytes; send less at once.");
            case BadHttpRequestException or JsonException:
                return FhirErrors.Answer(IssueType.Structure, $"The request cannot be read: {problem.Message}");
            case OperationCanceledException:
                return FhirErrors.Answer(IssueType.Transient, "The request was given up.");
            default:
                LogBug(context.TraceIdentifier, Trace(problem));
                return FhirErrors.Bug(context.TraceIdentifier);
        }
    }

    private async ValueTask<OperationInput> ReadInputAsync(HttpContext context)
    {
        var query = OperationInput.FromQuery(context.Request.Query.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")));
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.ContentLength == 0) return query;
        if (context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return OperationInput.FromQuery(form.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? ""))).With(query);
        }
        return OperationInput.FromJson(await ReadJsonAsync(context)).With(query);
    }

    private async Task<ReadOnlyMemory<byte>> ReadJsonAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new MemoryStream(checked((int)Math.Min(request.ContentLength ?? 4096, options.MaxBody)));
        await request.Body.CopyToAsync(body, context.RequestAborted);
        ReadOnlyMemory<byte> bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        return IsXml(request.ContentType) ? XmlWire.ToJson(bytes) : bytes;
    }

    private static bool WantsXml(HttpRequest request)
        => request.Query.TryGetValue("_format", out var format) ? IsXml(format) : IsXml(request.Headers.Accept) && !((string?)request.Headers.Accept)!.Contains("json", StringComparison.Ordinal);

    private static bool IsXml(string? type) => type is not null && type.Contains("xml", StringComparison.OrdinalIgnoreCase) && !type.Contains("html", StringComparison.OrdinalIgnoreCase);

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        return (buffer, new(buffer, Compact));
    }

    /// <summary>Where a bug is: types and places, never messages, which may quote what was sent.</summary>
    private static string Trace(Exception problem)
    {
        var trace = new System.Text.StringBuilder();
        for (var at = problem; at is not null; at = at.InnerException) trace.AppendLine(at.GetType().FullName).AppendLine(at.StackTrace);
        return trace.ToString();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed: {Trace}")]
    private partial void LogBug(string requestId, string trace);
}

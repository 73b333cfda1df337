using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Terminology.Fhir.Operations;
using Terminology.Issues;
using Terminology.Server.Access;
using Terminology.Server.Hosting;
using Terminology.Server.Limits;

namespace Terminology.Server.FhirApi;

/// <summary>What every FHIR request goes through: parameters, scope, overlays, one operation, the answer in the format asked for.</summary>
internal sealed partial class FhirPipeline(LiveService live, ResourceReads reads, ResourceWrites writes, KeptClosureTables closures, PastWorlds past, AccessGate gate, HeavyWork heavy, BodyPace pace, RequestLog requests, ServeOptions options, ILogger<FhirPipeline> log)
{
    private const int KeptBuffer = 1 << 20;
    private const int Piece = 1 << 16;
    private const int SmallBody = 1 << 15;

    /// <summary>The headers of the request that change an answer: JSON, XML or a page for people; its encoding; the language of displays.</summary>
    private const string Varies = "Accept, Accept-Encoding, Accept-Language";

    /// <summary>What is answered within it never waits for a place; what takes longer begins anew in one.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private static readonly JsonWriterOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_writer;

    [ThreadStatic]
    private static CancellationTokenSource? t_moment;

    public async Task AnswerAsync(HttpContext context, FhirOperation operation, string? id)
    {
        var (world, began) = (live.World, Stopwatch.GetTimestamp());
        FhirAnswer answer;
        string? system = null;
        Question? question = null;
        try
        {
            var tag = StateTags.Covers(context.Request, operation) ? StateTags.Of(world, context.Request) : null;
            if (tag is not null && StateTags.Matches(context.Request, tag)) answer = new(null, StatusCodes.Status304NotModified) { Tag = tag };
            else
            {
                var body = await ReadBodyAsync(context);
                question = options.KeptAnswers > 0 ? Question.Of(context, operation, body.Span) : null;
                if (question is { } asked && world.Answers.Find(asked, options.KeptAnswers) is { } kept)
                {
                    (answer, system) = (new(null, kept.Status) { Form = kept.Form, SystemVersion = kept.SystemVersion }, kept.System);
                    Measures.NotMapped(kept.Unmapped);
                }
                else if (body.Length > SmallBody)
                {
                    (answer, system) = await heavy.RunAsync(() => AnswerLongAsync(operation, id, world, body, context), context.RequestAborted);
                }
                else
                {
                    var input = IsForm(context.Request) ? await ReadFormAsync(context) : Read(context.Request, body);
                    system = SystemIn(input, operation);
                    answer = await RunAsync(operation, id, world, input, context);
                }
                if (answer.Status == StatusCodes.Status200OK) answer = answer with { Tag = tag };
            }
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            answer = Failed(problem, context);
        }
        if (question is { } open && answer is { Status: StatusCodes.Status200OK or StatusCodes.Status404NotFound, IsLong: false, Form: null })
        {
            var about = new KeptAnswer(answer.Status, [], system, answer.SystemVersion, answer.Unmapped);
            answer = answer with { Keep = form => world.Answers.Keep(open, about with { Form = form.ToArray() }, options.KeptAnswers) };
        }
        await WriteAsync(context, answer);
        GC.KeepAlive(world); // its mapped files must outlive the bytes just written
        Answered(context, operation.Label, system, world, answer.Status, began, answer.SystemVersion);
    }

    private async Task<(FhirAnswer Answer, string? System)> AnswerLongAsync(FhirOperation operation, string? id, World world, ReadOnlyMemory<byte> body, HttpContext context)
    {
        var input = RequestBody.Understand(body, () => Read(context.Request, body));
        return (InForm(await RunAsync(operation, id, world, input, context), context), SystemIn(input, operation));
    }

    /// <summary>
    /// At once when it is a matter of a moment, as nearly all is; else in a place for heavy work. What writes is begun once only. All entries of a batch have one moment,
    /// from when the first began.
    /// </summary>
    private ValueTask<FhirAnswer> RunAsync(FhirOperation operation, string? id, World world, OperationInput input, HttpContext context, long? began = null)
    {
        if (!heavy.IsHere && !operation.Writes && !(began is { } first && Stopwatch.GetElapsedTime(first) > Moment) && RunForAMoment(operation, id, world, input, context) is { } quick)
        {
            return quick.IsLong ? new(heavy.RunAsync(() => Task.FromResult(InForm(quick, context)), context.RequestAborted)) : new(quick);
        }
        return new(heavy.RunAsync(async () => InForm(await RunToTheEndAsync(operation, id, world, input, context), context), context.RequestAborted));
    }

    private FhirAnswer? RunForAMoment(FhirOperation operation, string? id, World world, OperationInput input, HttpContext context)
    {
        var moment = t_moment ?? new();
        t_moment = null;
        moment.CancelAfter(Moment);
        try
        {
            return Run(operation, id, world, input, context, moment.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            if (moment.TryReset()) t_moment = moment;
            else moment.Dispose();
        }
    }

    private async Task<FhirAnswer> RunToTheEndAsync(FhirOperation operation, string? id, World world, OperationInput input, HttpContext context)
    {
        try
        {
            var answer = Run(operation, id, world, input, context, RequestDeadline.Of(context, options));
            return answer.Pending is { } pending ? await pending : answer;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return FhirErrors.Answer(IssueType.TooCostly, $"The request took longer than {options.Deadline.TotalSeconds:N0} s; narrow it (a filter, a smaller value set, a page).");
        }
    }

    /// <summary>Writes an answer where it was worked out, in the form in which it will be sent.</summary>
    private static FhirAnswer InForm(FhirAnswer answer, HttpContext context)
    {
        if (answer.Write is not { } write || answer.Form is not null) return answer;
        var (buffer, writer) = NewWriter();
        using (writer) write(writer);
        return answer with { Form = WantsXml(context.Request) ? XmlWire.ToXml(buffer.WrittenMemory) : buffer.WrittenMemory };
    }

    /// <summary>Figures and log, of which neither holds what is of patients.</summary>
    internal void Answered(HttpContext context, string operation, string? system, World world, int status, long began, string? version = null)
    {
        var took = Stopwatch.GetElapsedTime(began);
        if (Measures.AreCollected) Measures.Answered(operation, world.Known(system), status, took);
        if (requests.WritesAll || status >= 500 || took > RequestLog.Slow) requests.Answered(context, operation, world.Known(system), world.Known(system, version), status, took);
    }

    private static string? SystemIn(OperationInput input, FhirOperation operation)
    {
        try
        {
            return input.Text("system") ?? (operation.ResourceType == "CodeSystem" ? input.Text("url") : null);
        }
        catch (TerminologyException)
        {
            return null; // no text; whether that matters was decided by who answered
        }
    }

    /// <summary>A RESTful interaction with one resource, or with the history of a type.</summary>
    public async Task InteractAsync(HttpContext context, string type, string? id, string? version = null, bool history = false)
    {
        var (world, began) = (live.World, Stopwatch.GetTimestamp());
        FhirAnswer answer;
        try
        {
            var body = await ReadBodyAsync(context);
            answer = body.Length <= SmallBody ? await InteractAsync(ReadRequest(context, body, type, id, version, history))
                : await heavy.RunAsync(() => InteractAsync(RequestBody.Understand(body, () => ReadRequest(context, body, type, id, version, history))), context.RequestAborted);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            answer = Failed(problem, context);
        }
        await WriteAsync(context, answer);
        GC.KeepAlive(world);
        Answered(context, $"{type} {(history ? "history" : context.Request.Method)}", null, world, answer.Status, began);
    }

    private Task<FhirAnswer> InteractAsync(ResourceRequest request) => request.Method is "GET" or "HEAD" ? reads.AnswerAsync(request) : writes.AnswerAsync(request);

    private ResourceRequest ReadRequest(HttpContext context, ReadOnlyMemory<byte> body, string type, string? id, string? version, bool history)
    {
        var (request, headers) = (context.Request, context.Request.Headers);
        return new(request.Method, type, id, FromQuery(request), BaseOf(context))
        {
            History = history,
            VersionId = version,
            Body = AsJson(request, body),
            Condition = request.QueryString.Value?.TrimStart('?') ?? "",
            IfMatch = headers.IfMatch,
            IfNoneMatch = headers.IfNoneMatch,
            IfNoneExist = headers["If-None-Exist"],
            IfModifiedSince = request.GetTypedHeaders().IfModifiedSince,
            Prefer = Preference.Parse(headers["Prefer"]),
            Author = Caller.Of(context).Name,
        };
    }

    public static async Task WriteAsync(HttpContext context, FhirAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.Vary = Varies;
        if (answer.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests) response.Headers.RetryAfter = "1";
        if (answer.Tag is { } tag) response.Headers.ETag = tag;
        if (answer.Version is { } version) response.Headers.ETag = $"W/\"{version}\"";
        if (answer.Modified is { } modified) response.Headers.LastModified = modified.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (answer.Location is { } location) response.Headers.Location = location;
        if (answer is { Write: null, Form: null }) return;
        var isXml = WantsXml(context.Request);
        response.ContentType = isXml ? "application/fhir+xml; charset=utf-8" : "application/fhir+json; charset=utf-8";
        if (answer.Form is { } form)
        {
            await WriteBodyAsync(context, form);
            return;
        }
        var (buffer, writer) = t_writer ?? NewWriter();
        t_writer = null; // taken, so that a nested answer gets its own
        answer.Write!(writer);
        writer.Flush();
        var written = isXml ? XmlWire.ToXml(buffer.WrittenMemory) : buffer.WrittenMemory;
        if (written.Length <= KeptAnswers.Longest) answer.Keep?.Invoke(written.Span);
        await WriteBodyAsync(context, written);
        if (buffer.Capacity > KeptBuffer) return;
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        t_writer = (buffer, writer);
    }

    /// <summary>In pieces, each in its time: the web server counts what the network took at once in favour of a client that reads nothing more, and would wait for hours.</summary>
    internal static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at += Piece)
        {
            var writing = context.Response.BodyWriter.WriteAsync(bytes.Slice(at, Math.Min(Piece, bytes.Length - at)));
            var flushed = writing.IsCompleted ? await writing : await InTimeAsync(writing.AsTask(), context);
            if (flushed.IsCompleted) return; // nobody reads any more
        }
    }

    private static async Task<FlushResult> InTimeAsync(Task<FlushResult> writing, HttpContext context)
    {
        try
        {
            return await writing.WaitAsync(context.RequestServices.GetRequiredService<ServeOptions>().SlowGrace);
        }
        catch (TimeoutException)
        {
            context.Abort();
            return await writing;
        }
    }

    private static async ValueTask WriteBodyAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        if (Compression.EncodingFor(context, body.Length) is { } encoding)
        {
            await Compression.WriteAsync(context, encoding, body);
            return;
        }
        response.ContentLength = body.Length;
        await SendAsync(context, body);
    }

    private FhirAnswer Run(FhirOperation operation, string? id, World world, OperationInput input, HttpContext context, CancellationToken cancel)
    {
        if (operation.Name.StartsWith('$') && input.Text("date") is { } date) world = past.At(date, world);
        if (id is not null) input = InstanceIds.Pin(world, operation, id, input);
        var service = world.Service;
        if (OverlayReader.Read(input) is { } overlay) service = service.With(overlay);
        var scope = RequestScopeReader.Read(input, context.Request.Headers.AcceptLanguage) with { Cancel = cancel, Day = world.Day };
        var answer = operation.Answer(new(world, service, input, scope, BaseOf(context))
        {
            Closures = operation.Writes ? closures.By(Caller.Of(context).Name) : closures,
            Prefer = operation.Name.Length == 0 ? Preference.Parse(context.Request.Headers["Prefer"]) : Preference.None,
        });
        Measures.NotMapped(answer.Unmapped);
        return answer;
    }

    /// <summary>What a request that failed is told; what is nobody's fault but ours is logged, without what was sent.</summary>
    public FhirAnswer Failed(Exception problem, HttpContext context)
    {
        switch (problem)
        {
            case not TerminologyException when context.RequestAborted.IsCancellationRequested:
                return new(null, StatusCodes.Status499ClientClosedRequest);
            case TerminologyException known:
                return FhirErrors.Answer(known);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return FhirErrors.Answer(IssueType.TooLong, $"The body is larger than {options.MaxBody:N0} bytes; send less at once.");
            case InvalidDataException: // of forms
                return FhirErrors.Answer(IssueType.TooLong, "The form has more or longer fields than are read; send Parameters as JSON.");
            case BadHttpRequestException or JsonException:
                return FhirErrors.Answer(IssueType.Structure, $"The request cannot be read: {problem.Message}");
            case OperationCanceledException:
                return FhirErrors.Answer(IssueType.Transient, "The request was given up.");
            default:
                LogBug(context.TraceIdentifier, Trace(problem));
                return FhirErrors.Bug(context.TraceIdentifier);
        }
    }

    private OperationInput Read(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var query = FromQuery(request);
        return body.IsEmpty && (!HttpMethods.IsPost(request.Method) || request.ContentLength == 0) ? query : OperationInput.FromJson(AsJson(request, body)).With(query);
    }

    private static bool IsForm(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.ContentLength != 0;

    private async Task<OperationInput> ReadFormAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return OperationInput.FromQuery(form.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? ""))).With(FromQuery(context.Request));
    }

    private OperationInput FromQuery(HttpRequest request)
    {
        if (request.QueryString.Value is not { Length: > 1 } text) return OperationInput.Empty;
        var parameters = new List<KeyValuePair<string, string>>(8);
        foreach (var pair in new QueryStringEnumerable(text)) parameters.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        return parameters.Count > options.MaxParameters
            ? throw new TerminologyException(IssueType.TooCostly, "TOO_MANY_PARAMETERS", LimitMessages.TooManyParameters(parameters.Count, options.MaxParameters))
            : OperationInput.FromQuery(parameters);
    }

    private static string BaseOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/fhir";

    /// <summary>The body as sent; nothing where none belongs, and of forms, which are read as such.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context)
    {
        var request = context.Request;
        if (!(HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method)) || request.ContentLength == 0 || IsForm(request)) return default;
        if (request.ContentLength <= SmallBody) return await RequestBody.ReadAsync(request, options.MaxBody, null, context.RequestAborted);
        return await heavy.WithoutPlaceAsync(() => RequestBody.ReadAsync(request, options.MaxBody, pace, context.RequestAborted));
    }

    private static ReadOnlyMemory<byte> AsJson(HttpRequest request, ReadOnlyMemory<byte> body) => IsXml(request.ContentType) && !body.IsEmpty ? XmlWire.ToJson(body) : body;

    private static bool WantsXml(HttpRequest request)
        => request.QueryString.Value?.Contains("_format", StringComparison.Ordinal) == true && request.Query.TryGetValue("_format", out var format) ? IsXml(format) : IsXml(request.Headers.Accept) && !((string?)request.Headers.Accept)!.Contains("json", StringComparison.Ordinal);

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

using System.Buffers;
using System.Net;
using System.Text.Json;
using Hl7.Fhir.Rest;
using Hl7.Fhir.Specification.Terminology;
using Terminology.Closure;
using Terminology.Fhir.Operations;
using Terminology.Issues;
using R4 = Hl7.Fhir.Model;

namespace Terminology.Fhir.Library;

/// <summary>The engine in the process of a .NET program, as Firely's <see cref="ITerminologyService"/>: answers are those of the server, without HTTP.</summary>
/// <param name="engine">What answers now; asked once for each operation, so that new content can be swapped in.</param>
/// <param name="closures">Where closure tables are kept.</param>
/// <remarks>
/// Thread-safe. Where the server answers with an OperationOutcome, a <see cref="FhirOperationException"/> is thrown that has it, as <see cref="ExternalTerminologyService"/> does.
/// <c>useGet</c> says nothing here.
/// </remarks>
public sealed class FhirTerminologyService(Func<TerminologyService> engine, IClosureTables closures) : ITerminologyService
{
    /// <summary>Over one state of the content; closure tables last as long as this object.</summary>
    public FhirTerminologyService(TerminologyService engine)
        : this(() => engine, new MemoryClosureTables())
    {
    }

    /// <inheritdoc/>
    public Task<R4.Parameters> ValueSetValidateCode(R4.Parameters parameters, string? id = null, bool useGet = false) => Answer<R4.Parameters>("ValueSet", parameters, id, ask =>
    {
        var request = ValidateCodeOperation.Read(ask.Input, onValueSet: true);
        var result = ask.Service.ValidateCode(request, ask.Scope);
        return writer => ValidateCodeOperation.Write(writer, result, request);
    });

    /// <inheritdoc/>
    public Task<R4.Parameters> CodeSystemValidateCode(R4.Parameters parameters, string? id = null, bool useGet = false) => Answer<R4.Parameters>("CodeSystem", parameters, id, ask =>
    {
        var request = ValidateCodeOperation.Read(ask.Input, onValueSet: false);
        var result = ask.Service.ValidateCode(request, ask.Scope);
        return writer => ValidateCodeOperation.Write(writer, result, request);
    });

    /// <inheritdoc/>
    public Task<R4.Resource> Expand(R4.Parameters parameters, string? id = null, bool useGet = false) => Answer<R4.Resource>("ValueSet", parameters, id, ask =>
    {
        var result = ask.Service.Expand(ExpandOperation.Read(ask.Input), ask.Scope);
        return writer => ExpandOperation.Write(writer, result, TimeProvider.System.GetUtcNow());
    });

    /// <inheritdoc/>
    public Task<R4.Parameters> Lookup(R4.Parameters parameters, bool useGet = false) => Answer<R4.Parameters>("CodeSystem", parameters, null, ask =>
    {
        var result = ask.Service.Lookup(LookupOperation.Read(ask.Input), ask.Scope);
        return writer => LookupOperation.Write(writer, result);
    });

    /// <inheritdoc/>
    public Task<R4.Parameters> Translate(R4.Parameters parameters, string? id = null, bool useGet = false) => Answer<R4.Parameters>("ConceptMap", parameters, id, ask =>
    {
        var request = TranslateOperation.Read(ask.Input);
        var result = ask.Service.Translate(request, ask.Scope);
        return writer => TranslateOperation.Write(writer, result, request.R5Names);
    });

    /// <inheritdoc/>
    public Task<R4.Parameters> Subsumes(R4.Parameters parameters, string? id = null, bool useGet = false) => Answer<R4.Parameters>("CodeSystem", parameters, id, ask =>
    {
        var result = ask.Service.Subsumes(SubsumesOperation.Read(ask.Input), ask.Scope);
        return writer => SubsumesOperation.Write(writer, result);
    });

    /// <inheritdoc/>
    public async Task<R4.Resource> Closure(R4.Parameters parameters, bool useGet = false)
    {
        try
        {
            var ask = Read("ConceptMap", parameters, null);
            var result = await ask.Service.ClosureAsync(ClosureOperation.Read(ask.Input), closures, ask.Scope).ConfigureAwait(false);
            return Written<R4.Resource>(writer => ClosureOperation.Write(writer, result, TimeProvider.System.GetUtcNow()));
        }
        catch (TerminologyException problem)
        {
            throw Outcome(problem);
        }
    }

    private Task<T> Answer<T>(string type, R4.Parameters parameters, string? id, Func<Asked, Action<Utf8JsonWriter>> answer)
        where T : R4.Resource
    {
        try
        {
            return Task.FromResult(Written<T>(answer(Read(type, parameters, id))));
        }
        catch (TerminologyException problem)
        {
            return Task.FromException<T>(Outcome(problem));
        }
    }

    private Asked Read(string type, R4.Parameters parameters, string? id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var service = engine();
        var input = OperationInput.FromJson(SdkJson.Write(parameters));
        if (id is not null) input = Instances.Pin(service, type, id, input);
        if (OverlayReader.Read(input) is { } overlay) service = service.With(overlay);
        return new(service, input, RequestScopeReader.Read(input, null) with { Day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) });
    }

    private static T Written<T>(Action<Utf8JsonWriter> write)
        where T : R4.Resource
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true })) write(writer);
        return (T)SdkJson.Read(buffer.WrittenMemory);
    }

    /// <summary>What is not there is 404, all else 422: the two that Firely's own services throw.</summary>
    private static FhirOperationException Outcome(TerminologyException problem) => new(
        problem.Message, problem.Type == IssueType.NotFound ? HttpStatusCode.NotFound : HttpStatusCode.UnprocessableEntity,
        Written<R4.OperationOutcome>(writer => OutcomeWriter.Write(writer, [Issue(problem)])), problem);

    private static Issue Issue(TerminologyException problem)
        => new(IssueSeverity.Error, problem.Type, problem.Message) { MessageId = problem.MessageId, TxIssueType = problem.TxIssueType, Expression = problem.Expression };

    private readonly record struct Asked(TerminologyService Service, OperationInput Input, RequestScope Scope);
}

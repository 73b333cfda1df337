using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Terminology.Server.MapApi;

namespace Terminology.Server.OpenApi;

/// <summary>Tells the document which endpoints there are: handlers take the request as it is, so that what they read and write is what they <see cref="Said">say</see>.</summary>
internal sealed class SaidDescriptions(EndpointDataSource endpoints) : IApiDescriptionProvider
{
    /// <summary>Behind those of the framework, whose findings it replaces.</summary>
    public int Order => int.MaxValue;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        context.Results.Clear();
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.Said() is not { } said || endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not { } methods) continue;
            foreach (var method in methods.HttpMethods) context.Results.Add(Describe(endpoint, method, said));
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }

    private static ApiDescription Describe(RouteEndpoint endpoint, string method, Said said)
    {
        var described = new ApiDescription { HttpMethod = method, RelativePath = endpoint.RoutePattern.RawText!.TrimStart('/'), ActionDescriptor = new ActionDescriptor { DisplayName = said.Summary, EndpointMetadata = [.. endpoint.Metadata, said, new TagsAttribute(ApiPaths.TagOf(endpoint.RoutePattern.RawText!.TrimStart('/')))] } };
        if (said.Request is { Shape: { } shape } request)
        {
            described.ParameterDescriptions.Add(new() { Name = "body", Type = shape, Source = BindingSource.Body, IsRequired = !request.IsOptional, ParameterDescriptor = new() { Name = "body", ParameterType = shape } });
            described.SupportedRequestFormats.Add(new() { MediaType = request.Media });
        }
        described.SupportedResponseTypes.Add(Response(said.Status, said.Answer?.Shape, said.Answer?.Media));
        foreach (var status in Problems(endpoint, method, said)) described.SupportedResponseTypes.Add(status == StatusCodes.Status401Unauthorized || said.IsFhir ? Response(status, typeof(OperationOutcome), "application/fhir+json") : Response(status, typeof(Problem), "application/problem+json"));
        return described;
    }

    private static ApiResponseType Response(int status, Type? shape, string? media)
        => new() { StatusCode = status, Type = shape, ApiResponseFormats = shape is null ? [] : [new() { MediaType = media! }] };

    /// <summary>What may go wrong: that follows from what an endpoint takes.</summary>
    private static IEnumerable<int> Problems(RouteEndpoint endpoint, string method, Said said)
    {
        if (said.Request is not null || said.Query.Count > 0 || said.IsConditional) yield return StatusCodes.Status400BadRequest;
        yield return StatusCodes.Status401Unauthorized;
        yield return StatusCodes.Status403Forbidden;
        if (endpoint.RoutePattern.Parameters.Count > 0) yield return StatusCodes.Status404NotFound;
        if (!HttpMethods.IsGet(method) && (said.Rights.Count > 0 || said.Request is not null)) yield return StatusCodes.Status409Conflict;
        if (said.IsConditional) yield return StatusCodes.Status412PreconditionFailed;
        if (!HttpMethods.IsGet(method) && said.Rights.Count > 0) yield return StatusCodes.Status422UnprocessableEntity;
    }
}

/// <summary>How it is told that no key fits, as everywhere on this server: FHIR <see href="https://hl7.org/fhir/R4/operationoutcome.html">OperationOutcome</see>.</summary>
/// <param name="ResourceType">Always <c>OperationOutcome</c>.</param>
/// <param name="Issue">What is wrong.</param>
internal sealed record OperationOutcome(string ResourceType, IReadOnlyList<OutcomeIssue> Issue);

/// <summary>One thing that is wrong.</summary>
/// <param name="Severity"><c>error</c> or <c>fatal</c>.</param>
/// <param name="Code">A word of FHIR's issue types, for example <c>login</c>.</param>
/// <param name="Details">In words.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)] // FHIR has more
internal sealed record OutcomeIssue(string Severity, string Code, OutcomeText Details);

/// <summary>Words of an issue.</summary>
/// <param name="Text">What is wrong, and how to mend it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record OutcomeText(string Text);

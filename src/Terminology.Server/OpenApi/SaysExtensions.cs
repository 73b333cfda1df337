namespace Terminology.Server.OpenApi;

/// <summary>How an endpoint is described where it is mapped: <c>maps.MapGet(…).Says&lt;RowPage&gt;("A page of rows.", MapAction.ReadDrafts)</c>.</summary>
internal static class SaysExtensions
{
    /// <summary>An endpoint that takes no body and answers with JSON.</summary>
    /// <typeparam name="TAnswer">The record that it answers with.</typeparam>
    public static IEndpointConventionBuilder Says<TAnswer>(this IEndpointConventionBuilder endpoint, string summary, Right? right = null, Func<Said, Said>? more = null)
        => endpoint.Says(() => With(new(summary) { Answer = new(typeof(TAnswer)), Rights = right is null ? [] : [right] }, more));

    /// <summary>An endpoint that takes JSON and answers with JSON.</summary>
    /// <typeparam name="TRequest">The record that it takes.</typeparam>
    /// <typeparam name="TAnswer">The record that it answers with.</typeparam>
    public static IEndpointConventionBuilder Says<TRequest, TAnswer>(this IEndpointConventionBuilder endpoint, string summary, Right? right, string example, Func<Said, Said>? more = null)
        => endpoint.Says(() => With(new(summary) { Request = new(typeof(TRequest), Example: example), Answer = new(typeof(TAnswer)), Rights = right is null ? [] : [right] }, more));

    /// <summary>Any other endpoint. It is asked when the document is made, and not while the server starts.</summary>
    public static IEndpointConventionBuilder Says(this IEndpointConventionBuilder endpoint, Func<Said> said) => endpoint.WithMetadata(new Saying(said));

    /// <summary>What an endpoint says, or null.</summary>
    public static Said? Said(this EndpointMetadataCollection metadata) => metadata.GetMetadata<Saying>()?.Said;

    private static Said With(Said said, Func<Said, Said>? more) => more?.Invoke(said) ?? said;


    private sealed class Saying(Func<Said> said)
    {
        public Said Said => said();
    }
}

using Terminology.Server.Hosting;

namespace Terminology.Server.Limits;

/// <summary>The time that one request has, however many entries it is a batch of: from the first that takes longer than a moment.</summary>
internal static class RequestDeadline
{
    /// <summary>Cancelled at the deadline, and when the client has gone; the same for the whole request.</summary>
    public static CancellationToken Of(HttpContext context, ServeOptions options)
    {
        if (context.Features.Get<Kept>() is { } known) return known.Deadline.Token;
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(options.Deadline);
        context.Features.Set(new Kept(deadline));
        context.Response.RegisterForDispose(deadline);
        return deadline.Token;
    }

    private sealed record Kept(CancellationTokenSource Deadline);
}

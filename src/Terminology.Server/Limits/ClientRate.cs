using System.Threading.RateLimiting;
using Terminology.Issues;
using Terminology.Server.Access;
using Terminology.Server.FhirApi;
using Terminology.Server.Hosting;

namespace Terminology.Server.Limits;

/// <summary>How many requests a client may send: a bucket of tokens for each key, or for each address that shows none.</summary>
internal sealed class ClientRate : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _buckets;

    /// <param name="perSecond">Requests per second in the long run; the bucket holds five times as many.</param>
    public ClientRate(int perSecond) => _buckets = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(ClientOf(context), _ => new()
    {
        TokenLimit = perSecond * 5,
        TokensPerPeriod = Math.Max(1, perSecond / 10),
        ReplenishmentPeriod = perSecond >= 10 ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(1.0 / perSecond),
        AutoReplenishment = true,
        QueueLimit = 0,
    }));

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = _buckets.AttemptAcquire(context);
        if (lease.IsAcquired) return next(context);
        Measures.TurnedAway(StatusCodes.Status429TooManyRequests);
        return FhirPipeline.WriteAsync(context, FhirErrors.Answer(IssueType.Throttled, LimitMessages.TooFast()));
    }

    public void Dispose() => _buckets.Dispose();

    private static string ClientOf(HttpContext context) => context.Features.Get<Caller>() is { } caller ? "key " + caller.Name : context.Connection.RemoteIpAddress?.ToString() ?? "";
}

using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Terminology.Server.Hosting;

/// <summary>What the server allows a single request to cost.</summary>
internal sealed record ServeOptions
{
    /// <summary>Where to listen; loopback unless told otherwise.</summary>
    public string Urls { get; init; } = "http://localhost:5080";

    /// <summary>Largest request body in bytes; 413 above.</summary>
    public long MaxBody { get; init; } = 64L << 20;

    /// <summary>Longest time for one request; 422 too-costly above.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Slowest client, in bytes per second, that sends a body or reads an answer; it is cut off below, after <see cref="SlowGrace"/>.</summary>
    public double MinRate { get; init; } = 4096;

    /// <summary>How long a client may be slower than <see cref="MinRate"/>, or pause.</summary>
    public TimeSpan SlowGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time for the headers of a request; 408 above.</summary>
    public TimeSpan HeadersTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time that a connection waits for its next request.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>Most connections at a time; more are closed at once.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Most entries of a batch Bundle.</summary>
    public int MaxBatch { get; init; } = 10_000;

    /// <summary>What of it the web server itself watches over.</summary>
    public void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = MaxBody;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.RequestHeadersTimeout = HeadersTime;
        limits.KeepAliveTimeout = KeepAlive;
        limits.MinRequestBodyDataRate = new(MinRate, SlowGrace);
        limits.MinResponseDataRate = new(MinRate, SlowGrace);
    }
}

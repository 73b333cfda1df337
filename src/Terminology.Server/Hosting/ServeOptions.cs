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

    /// <summary>Most entries of a batch Bundle.</summary>
    public int MaxBatch { get; init; } = 10_000;
}

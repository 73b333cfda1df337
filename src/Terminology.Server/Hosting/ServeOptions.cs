using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Terminology.Server.Hosting;

/// <summary>Where the server listens, whom it lets in, and what it allows a single request to cost.</summary>
internal sealed record ServeOptions
{
    /// <summary>How much of a body is taken from the network before anybody reads it: what is large is read by work that gives way, and must not come in faster.</summary>
    private const long ReadAheadOfBody = 64 << 10;

    /// <summary>Where to listen, several separated by semicolons; loopback unless told otherwise.</summary>
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

    /// <summary>Most parameters of a query.</summary>
    public int MaxParameters { get; init; } = 1000;

    /// <summary>How many requests that take longer than a moment run at once; 0 for two for each core.</summary>
    public int Costly { get; init; }

    /// <summary>Bytes of answers that are kept to be sent again; 0 for none.</summary>
    public long KeptAnswers { get; init; } = 32L << 20;

    /// <summary>Requests per second that one client may send in the long run; 0 for no limit. Null for the default: none on loopback, a thousand elsewhere.</summary>
    public int? Rate { get; init; }

    /// <summary>Origins whose pages may use the server from a browser; none unless told otherwise.</summary>
    public IReadOnlyList<string> Cors { get; init; } = [];

    /// <summary>Addresses of proxies whose X-Forwarded headers are believed; none unless told otherwise.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>File with the TLS certificate and its chain: PEM, or PKCS #12 whose password is in TERMINOLOGY_CERTIFICATE_PASSWORD; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file with the private key of the certificate; null when it is in the same file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Is a line written for every request?</summary>
    public bool LogRequests { get; init; }

    /// <summary>Is only told what went wrong? For a verb that is a server for a moment.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Does reading need a key?</summary>
    public bool ReadKey { get; init; }

    /// <summary>Is all writing refused?</summary>
    public bool ReadOnly { get; init; }

    /// <summary>May anybody write, without a key?</summary>
    public bool OpenWrites { get; init; }

    /// <summary>Further names of this server in the header Host, while writing is open to this machine.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Can only this machine reach the server?</summary>
    public bool IsLoopback => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(IsLoopbackUrl);

    /// <summary>Is this a name of the server, as a client on this machine writes it?</summary>
    public bool Names(string host)
        => host is "localhost" or "127.0.0.1" || IsLoopbackName(host) || HostNames.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Does an address reach this machine alone?</summary>
    public static bool IsLoopbackUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && IsLoopbackName(address.Host);

    private static bool IsLoopbackName(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>What of it the web server itself watches over.</summary>
    public void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = MaxBody;
        limits.MaxRequestBufferSize = ReadAheadOfBody;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.RequestHeadersTimeout = HeadersTime;
        limits.KeepAliveTimeout = KeepAlive;
        limits.MinRequestBodyDataRate = new(MinRate, SlowGrace);
        limits.MinResponseDataRate = new(MinRate, SlowGrace);
    }
}

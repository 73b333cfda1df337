namespace Terminology.Server.Hosting;

/// <summary>One line for a request: what was asked of which version of which system and how it went. Never codes, displays, queries or bodies: they are of patients.</summary>
internal sealed partial class RequestLog(ILogger<RequestLog> log)
{
    /// <summary>What takes longer is written in any case.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>Is every request written, or only what failed or was slow?</summary>
    public bool WritesAll { get; } = log.IsEnabled(LogLevel.Debug);

    public void Answered(HttpContext context, string operation, string system, string version, int status, TimeSpan took)
    {
        var (level, id, outcome) = (status >= 500 || took > Slow ? LogLevel.Warning : LogLevel.Debug, context.TraceIdentifier, Measures.Outcome(status));
        Log(level, id, operation, system, version, outcome, status, took.TotalMilliseconds);
    }

    [LoggerMessage(Message = "{RequestId} {Operation} {System} {Version} {Outcome} {Status} {Milliseconds:F1} ms")]
    private partial void Log(LogLevel level, string requestId, string operation, string system, string version, string outcome, int status, double milliseconds);
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Terminology.Server.Hosting;

/// <summary>The figures of the server, as instruments that cost next to nothing while nobody collects them.</summary>
/// <remarks>No tag ever holds what a client sent, but for urls of what is loaded or stored.</remarks>
internal static class Measures
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string Name = "Terminology";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Requests = Meter.CreateHistogram(
        "terminology.requests", "s", "Answered requests: how many, how long they took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30] });

    private static readonly Counter<long> Unmapped = Meter.CreateCounter<long>("terminology.unmapped", "{code}", "Translations without a match, by map.");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("terminology.refused", "{request}", "Requests that were not begun: no key, too many, too busy.");

    /// <summary>Does anybody collect?</summary>
    public static bool AreCollected => Requests.Enabled;

    /// <summary>A request was answered.</summary>
    public static void Answered(string operation, string system, int status, TimeSpan took)
    {
        if (!Requests.Enabled) return;
        Requests.Record(took.TotalSeconds, new TagList { { "operation", operation }, { "system", system }, { "outcome", Outcome(status) }, { "status", status } });
    }

    /// <summary>A translation found nothing.</summary>
    /// <param name="map">Canonical of the map, "any" when none was named; null when something was found.</param>
    public static void NotMapped(string? map)
    {
        if (map is not null && Unmapped.Enabled) Unmapped.Add(1, new KeyValuePair<string, object?>("map", map));
    }

    /// <summary>A request was turned away.</summary>
    public static void TurnedAway(int status)
    {
        if (Refused.Enabled) Refused.Add(1, new KeyValuePair<string, object?>("status", status));
    }

    /// <summary>A status in one word.</summary>
    public static string Outcome(int status) => status switch
    {
        < 400 => "ok",
        401 or 403 => "refused",
        429 or 503 => "busy",
        499 => "gone",
        < 500 => "client-error",
        _ => "server-error",
    };
}

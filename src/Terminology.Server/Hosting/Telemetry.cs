using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Terminology.Server.Access;

namespace Terminology.Server.Hosting;

/// <summary>Metrics for whoever asks <c>/metrics</c>; metrics and traces for a collector when the environment names one, in the variables of OpenTelemetry.</summary>
/// <remarks><see href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OTLP exporter configuration</see>.</remarks>
internal static class Telemetry
{
    private static bool HasCollector => Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };

    public static void AddTelemetry(this IServiceCollection services)
    {
        var telemetry = services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(Measures.Name, "System.Runtime").AddPrometheusExporter();
            if (HasCollector) metrics.AddOtlpExporter();
        });
        if (!HasCollector) return;
        // A query holds codes of patients, and so may a path.
        telemetry.WithTracing(traces => traces.AddOtlpExporter().AddAspNetCoreInstrumentation(options => options.EnrichWithHttpRequest = (activity, _) =>
        {
            activity.SetTag("url.query", null);
            activity.SetTag("url.path", null);
        }));
    }

    public static void MapTelemetry(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new Needs(Scope.Metrics));
}

using Terminology.Issues;

namespace Terminology.Server.MapApi;

/// <summary>Lets scheduled releases of maps answer when their moment has come; what came due while the server was down, at its start.</summary>
internal sealed partial class ScheduledReleases(MapWork work, TimeProvider clock, ILogger<ScheduledReleases> log) : BackgroundService
{
    // A release that is scheduled while this waits is seen after this time at the latest.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Glance, clock);
        do
        {
            try
            {
                await work.ActivateDueAsync(clock.GetUtcNow());
            }
            catch (Exception problem) when (problem is TerminologyException or IOException)
            {
                LogNotActivated(problem.Message); // and is tried again
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A scheduled release of a map cannot answer: {Reason}")]
    private partial void LogNotActivated(string reason);
}

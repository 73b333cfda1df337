namespace Terminology.Server.MapApi;

/// <summary>Lets scheduled releases of maps answer when their moment has come; what came due while the server was down, at its start.</summary>
internal sealed class ScheduledReleases(MapWork work, TimeProvider clock) : BackgroundService
{
    // A release that is scheduled while this waits is seen after this time at the latest.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Glance, clock);
        do await work.ActivateDueAsync(clock.GetUtcNow());
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

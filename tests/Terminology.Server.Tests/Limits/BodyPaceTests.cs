namespace Terminology.Server.Limits;

public sealed class BodyPaceTests
{
    [Test]
    public void ReadAsync_WhatComesSlower_IsNotHeldUp()
    {
        var clock = new StandingClock();
        var pace = new BodyPace(clock, 10_000);
        for (var i = 0; i < 5; i++)
        {
            Assert.That(pace.ReadAsync(1, CancellationToken.None).IsCompleted, "a byte in a second of ten thousand");
            clock.Now += TimeSpan.FromSeconds(1);
        }
    }

    [Test]
    public void ReadAsync_SeveralAtOnce_ShareThePace()
    {
        var clock = new StandingClock();
        var pace = new BodyPace(clock, 1_000);

        var (first, second) = (pace.ReadAsync(1_000, CancellationToken.None), pace.ReadAsync(1_000, CancellationToken.None));

        Assert.That(clock.Waits, Is.EqualTo([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]), "the second waits for the first one's bytes too");
        Assert.That((first.IsCompleted, second.IsCompleted), Is.EqualTo((false, false)));
    }

    [Test]
    public void ReadAsync_ClientGone_WaitsNoLonger()
    {
        using var gone = new CancellationTokenSource();
        var waiting = new BodyPace(new StandingClock(), 1).ReadAsync(1_000, gone.Token);
        gone.Cancel();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>A clock that stands still, and notes how long somebody wants to wait.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public List<TimeSpan> Waits { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return new NoTimer();
        }
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}

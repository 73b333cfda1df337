using System.Diagnostics;
using Terminology.Store;

namespace Terminology.Benchmarks;

/// <summary>The same questions by stopwatch: rough figures within a minute.</summary>
internal static class QuickBench
{
    public static void Run()
    {
        var opened = Stopwatch.GetTimestamp();
        StoredRelease.Open(StoreUnderTest.Path!).Dispose();
        Console.WriteLine($"open, cold JIT  {Stopwatch.GetElapsedTime(opened).TotalMilliseconds,10:N1} ms");
        opened = Stopwatch.GetTimestamp();
        StoredRelease.Open(StoreUnderTest.Path!).Dispose();
        Console.WriteLine($"open again      {Stopwatch.GetElapsedTime(opened).TotalMilliseconds,10:N1} ms");
        var store = new StoreUnderTest();
        Console.WriteLine($"{store.System.Count:N0} concepts");
        Measure("find", 2_000_000, () => store.Find());
        Measure("designations", 1_000_000, () => store.Designations());
        Measure("is-a", 1_000_000, () => store.IsA() ? 1 : 0);
        Measure("properties", 500_000, () => store.Properties());
        Measure("descendants", 200_000, () => store.Descendants());
        Measure("ancestors", 100_000, () => store.Ancestors());
        Measure("search", 2_000, () => store.Search());
        Ecl(store);
        Percentiles("search", 4_096, () => store.Search());
    }

    /// <summary>Each question alone, so that the slow ones are seen.</summary>
    private static void Percentiles(string name, int count, Func<int> ask)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            ask();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.WriteLine($"{name,-15} p50 {times[count / 2]:N3} ms, p90 {times[count * 9 / 10]:N3} ms, p99 {times[count * 99 / 100]:N3} ms, worst {times[^1]:N3} ms");
    }

    /// <summary>Expression constraints, of SNOMED CT only.</summary>
    public static void Ecl(StoreUnderTest store)
    {
        if (store.System.Refsets is not null) new EclUnderTest(store.System, 20260101).Measure(1_000);
    }

    private static void Measure(string name, int count, Func<int> ask)
    {
        for (var i = 0; i < count / 4; i++) ask();
        var best = double.MaxValue;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 5; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++) ask();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / count);
        }
        bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / (5L * count);
        Console.WriteLine($"{name,-15} {best,10:N1} ns  {bytes,8:N0} bytes");
    }
}

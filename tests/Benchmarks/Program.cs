using BenchmarkDotNet.Running;
using Terminology.Benchmarks;

if (args is ["http", var data])
{
    await HttpBench.RunAsync(data);
    return;
}
if (args is ["serve", var served, var url, .. var kept])
{
    await HttpBench.ServeAsync(served, url, kept is [var megabytes] ? long.Parse(megabytes, System.Globalization.CultureInfo.InvariantCulture) : null);
    return;
}
if (args is ["bulk", .. var many])
{
    await BulkBench.RunAsync(many is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 10_000_000);
    return;
}
if (StoreUnderTest.Path is null)
{
    Console.WriteLine($"Set {StoreUnderTest.Variable} to a release file (SNOMED CT for figures that compare with docs/decisions/0001), then run again: 'quick' for a minute, 'ecl' for expression constraints alone, '--filter *' for BenchmarkDotNet; 'http DATA' asks over HTTP, 'serve DATA URL [MB]' serves with a fixed answer at /fhir/constant and so many MB of kept answers; 'bulk [ROWS]' translates lists; these need no variable.");
    return;
}
if (args is ["quick"]) QuickBench.Run();
else if (args is ["ecl"]) QuickBench.Ecl(new());
else BenchmarkSwitcher.FromAssembly(typeof(StoreBenchmarks).Assembly).Run(args);

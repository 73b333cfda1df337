using BenchmarkDotNet.Running;
using Terminology.Benchmarks;

if (StoreUnderTest.Path is null)
{
    Console.WriteLine($"Set {StoreUnderTest.Variable} to a release file (SNOMED CT for figures that compare with docs/decisions/0001), then run again: 'quick' for a minute, '--filter *' for BenchmarkDotNet.");
    return;
}
if (args is ["quick"]) QuickBench.Run();
else BenchmarkSwitcher.FromAssembly(typeof(StoreBenchmarks).Assembly).Run(args);

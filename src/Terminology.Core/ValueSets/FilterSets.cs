using System.Runtime.CompilerServices;
using Terminology.CodeSystems;

namespace Terminology.ValueSets;

/// <summary>
/// The concepts for which filters hold, kept for large code systems: the same few filters make up the value sets that are expanded all day. Kept as long as the code system,
/// and begun anew when it has grown too large.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal static class FilterSets
{
    /// <summary>Smaller code systems answer as fast as a memory does.</summary>
    private const int WorthKeeping = 1_000;

    /// <summary>Of one code system, in runs of ordinals of 8 bytes each.</summary>
    private const int MostRuns = 1 << 20;

    private static readonly ConditionalWeakTable<ICodeSystem, Kept> Systems = [];

    /// <summary>As <see cref="Filters.Evaluate"/>.</summary>
    public static ConceptSet Evaluate(ICodeSystem system, Filter filter, string path, CancellationToken cancel)
        // What is composed for one request has ordinals of that request.
        => system is GrammarCodeSystem or Expressions.ExpressionCodeSystem or Icd10.DualCodeSystem || system.Count < WorthKeeping
            ? Filters.Evaluate(system, filter, path, cancel)
            : Systems.GetValue(system, static _ => new()).Evaluate(system, filter, path, cancel);

    private sealed class Kept
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<Filter, ConceptSet> _sets = [];
        private int _runs;

        public ConceptSet Evaluate(ICodeSystem system, Filter filter, string path, CancellationToken cancel)
        {
            lock (_lock)
            {
                if (_sets.TryGetValue(filter, out var known)) return known;
            }
            var set = Filters.Evaluate(system, filter, path, cancel);
            lock (_lock)
            {
                if (set.RunCount > MostRuns / 4 || !_sets.TryAdd(filter, set)) return set;
                _runs += set.RunCount + 16;
                if (_runs <= MostRuns) return set;
                _sets.Clear();
                _runs = 0;
            }
            return set;
        }
    }
}

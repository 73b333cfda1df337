using Terminology.Mapping.Maps;

namespace Terminology.Mapping.Review;

/// <summary>How many of the rows that were approved by samples may be wrong.</summary>
public static class SampledErrors
{
    /// <summary>Upper bound of the share of wrong rows, over the groups, each weighing as much as rows still rest on it; null when none does.</summary>
    /// <remarks>Each group's own bound holds with 95 % confidence; that of one group says nothing of another. Rows that were approved by themselves later do not count.</remarks>
    public static double? Bound(MapState map)
    {
        var (rows, wrong) = (0, 0);
        foreach (var sample in map.Samples.Where(sample => sample.State == SampleState.Approved))
        {
            var standing = map.GroupOf(sample.Number).Rows.Count(row => map.Find(row.Key)?.Row.Approved?.Sample == sample.Number);
            (rows, wrong) = (rows + standing, wrong + Math.Min(standing, sample.Approval!.Bound.MostWrong));
        }
        return rows == 0 ? null : wrong / (double)rows;
    }
}

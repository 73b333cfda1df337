using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Review;

/// <summary>The rows that a sample may be drawn from, and those that it may not, with reasons.</summary>
/// <param name="Rows">In order of the map.</param>
/// <param name="LeftOut">Those that were asked for and cannot be approved by whoever asks, or not by a sample.</param>
public sealed record SampleSelection(IReadOnlyList<RowEntry> Rows, IReadOnlyList<LeftRow> LeftOut)
{
    /// <summary>Looks through rows that are asked for.</summary>
    /// <param name="asked">The rows.</param>
    /// <param name="map">The map, with its samples.</param>
    /// <param name="who">Who has the sample drawn.</param>
    /// <param name="now">The moment.</param>
    /// <param name="errors">What stands in the way of approving a row.</param>
    /// <remarks>
    /// A row of a group whose sample failed or was given up is not drawn from again before it says something else: otherwise one would draw until a sample passes.
    /// </remarks>
    public static SampleSelection Of(IEnumerable<RowEntry> asked, MapState map, Person who, DateTimeOffset now, Func<MapRow, IReadOnlyList<string>> errors)
    {
        var (rows, left, taken) = (new List<RowEntry>(), new List<LeftRow>(), Taken(map));
        foreach (var entry in asked)
        {
            var why = Sampled(entry.Row, taken) ?? RowDecision.Try(entry.Row, new(RowVerb.Approve), who, SampleDecision.Basis(map.Project, now, 0, 0, errors(entry.Row))).Refused;
            if (why is null) rows.Add(entry);
            else left.Add(why);
        }
        return new([.. rows.OrderBy(entry => entry.Row.Number)], left);
    }

    private static LeftRow? Sampled(MapRow row, ILookup<string, (GroupRow Row, Sample Sample)> taken)
    {
        foreach (var (was, sample) in taken[row.Key])
        {
            var state = sample.State.ToString().ToLowerInvariant();
            if (sample.State is SampleState.Open or SampleState.Passed) return new(row.Key, "IN_SAMPLE", SamplingMessages.InSample(row.Key, sample.Number, state));
            if (was.Mark == RowMark.Of(row)) return new(row.Key, "WAS_IN_SAMPLE", SamplingMessages.WasInSample(row.Key, sample.Number, state));
        }
        return null;
    }

    private static ILookup<string, (GroupRow Row, Sample Sample)> Taken(MapState map)
        => map.Samples.Where(sample => sample.State != SampleState.Approved).SelectMany(sample => map.GroupOf(sample.Number).Rows, (sample, row) => (row, sample)).ToLookup(pair => pair.row.Key, StringComparer.Ordinal);
}

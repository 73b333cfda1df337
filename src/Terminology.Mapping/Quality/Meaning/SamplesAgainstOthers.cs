using System.Globalization;
using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-209: results of a row are far from those of other rows with the same target, in one unit.</summary>
internal static class SamplesAgainstOthers
{
    private const double Far = 5;

    public static QualityRule Rule { get; } = new("MQ-209", FindingSeverity.Warning, "Results far from others with the same target", RuleScope.Target, Find);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Scene.Units is not { } units || at.Rows.Count < 2) yield break;
        var read = at.Rows.Where(row => row.UnitCode is not null).Select(row => (Row: row, Values: SampleValues.Of(row.In("samples")))).Where(one => one.Values.Median is > 0 && one.Values.Numbers[^1] > one.Values.Numbers[0]).ToArray();
        for (var i = 1; i < read.Length; i++)
        {
            var (first, other) = (read[0], read[i]);
            if (units.Factor(other.Row.UnitCode!, first.Row.UnitCode!) is not { } factor) continue;
            var (low, high) = (other.Values.Numbers[1] * factor, other.Values.Numbers[^1] * factor);
            var (median, usual) = (other.Values.Median!.Value * factor, first.Values.Median!.Value);
            if (Math.Max(median / usual, usual / median) < Far || (low <= first.Values.Numbers[^1] && high >= first.Values.Numbers[1])) continue;
            var target = at.Key[(at.Key.LastIndexOf('|') + 1)..];
            yield return new(QualityMessages.FarFromOthers(other.Row.Quoted, Number(median), first.Row.Unit, target, Number(usual), first.Row.Quoted)) { Rows = [first.Row.Key, other.Row.Key] };
        }
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}

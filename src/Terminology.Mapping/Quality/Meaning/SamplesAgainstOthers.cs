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
        if (read.Length < 2) yield break;
        // In the unit of the first that has one; what cannot be converted is left out. The middle of all medians is the measure, so that one odd row is found and not its neighbours.
        var inOne = read.Select(one => (one.Row, one.Values, Factor: units.Factor(one.Row.UnitCode!, read[0].Row.UnitCode!))).Where(one => one.Factor is > 0).OrderBy(one => one.Values.Median * one.Factor).ToArray();
        var usual = inOne[(inOne.Length - 1) / 2];
        foreach (var (row, values, factor) in inOne.Where(one => one.Row != usual.Row))
        {
            var (median, others) = (values.Median!.Value * factor!.Value, usual.Values.Median!.Value * usual.Factor!.Value);
            var isApart = values.Numbers[1] * factor > usual.Values.Numbers[^1] * usual.Factor || values.Numbers[^1] * factor < usual.Values.Numbers[1] * usual.Factor;
            if (!isApart || Math.Max(median / others, others / median) < Far) continue;
            yield return new(QualityMessages.FarFromOthers(row.Quoted, Number(median), read[0].Row.Unit, at.Key[(at.Key.LastIndexOf('|') + 1)..], Number(others), usual.Row.Quoted)) { Rows = [row.Key, usual.Row.Key] };
        }
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}

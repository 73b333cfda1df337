using System.Globalization;
using System.Text.RegularExpressions;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>Example results or quantiles of a row, read.</summary>
/// <param name="Numbers">The numbers, ascending.</param>
/// <param name="Texts">Values that are no numbers.</param>
internal sealed record SampleValues(IReadOnlyList<double> Numbers, IReadOnlyList<string> Texts)
{
    private const int Fewest = 3;

    /// <summary>The middle of the numbers; null with fewer than three.</summary>
    public double? Median => Numbers.Count < Fewest ? null : Numbers[Numbers.Count / 2];

    /// <summary>Reads the samples of a row: <c>[ 0, 84, 86, _ ]</c>, <c>4.1; 4.3</c>, <c>positive | negative</c>.</summary>
    public static SampleValues Of(string samples)
    {
        var (numbers, texts) = (new List<double>(), new List<string>());
        foreach (var part in SampleParts.Split(samples))
        {
            if (part is "_" or "" or "NULL" or "null") continue;
            if (double.TryParse(part.TrimStart('<', '>', '=', ' ').Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) numbers.Add(number);
            else texts.Add(part);
        }
        numbers.Sort();
        return new(numbers, texts);
    }
}

/// <summary>Where samples part: at commas with a blank, semicolons and strokes; a comma within a number is decimal.</summary>
internal static partial class SampleParts
{
    public static IEnumerable<string> Split(string samples) => Parting().Split(samples.Trim('[', ']', '(', ')', '{', '}', ' ')).Select(part => part.Trim());

    [GeneratedRegex(@"\s*[;|]\s*|,\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Parting();
}

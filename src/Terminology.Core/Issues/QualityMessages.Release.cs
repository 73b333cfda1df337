using System.Globalization;

namespace Terminology.Issues;

/// <summary>MQ-6xx: what is released.</summary>
public static partial class QualityMessages
{
    /// <summary>MQ-602.</summary>
    public static string RedTest(string test) => $"A test of the map does not pass: {test}";

    /// <summary>MQ-603.</summary>
    public static string CoverageBelowFloor(string what, double percent, int floor) => string.Create(CultureInfo.InvariantCulture, $"{percent:F1} % of {what} are decided; the map demands {floor} %.");

    /// <summary>MQ-603.</summary>
    public static string CoverageBelowFormer(string what, double percent, double former) => string.Create(CultureInfo.InvariantCulture, $"{percent:F1} % of {what} are decided; the release that answers decides {former:F1} % of the same.");

    /// <summary>MQ-604.</summary>
    public static string TooManyErrors(double bound, int most) => string.Create(CultureInfo.InvariantCulture, $"By its samples up to {bound * 100:F1} % of the rows may be wrong; the map allows {most} %. Look at more.");

    /// <summary>MQ-605.</summary>
    public static string RemovedWithoutSunset(string row, string target) => $"{row} maps to {target} in the release that answers, and is gone without a last day on which it holds; give it a window when the release is frozen.";

    /// <summary>MQ-605.</summary>
    public static string WithdrawnWithoutSunset(string row, string target) => $"{row} was withdrawn from its list and goes on answering with {target}; no last day is said. Give it a window when the release is frozen, and it goes.";

    /// <summary>MQ-606.</summary>
    public static string OlderThanLoaded(string system, int rows, string pinned, string live) => $"{rows} rows were mapped to {system} {pinned}; {live} is loaded.";

    /// <summary>MQ-606.</summary>
    public static string OlderThanInForce(string system, string live, string inForce) => $"{system} {live} is loaded; {inForce} is in force.";
}

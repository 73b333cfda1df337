using System.Globalization;

namespace Terminology.Issues;

/// <summary>What rules of quality say of rows of a map: one sentence each, with the two facts that clash. By id of the rule; themes are in files of their own.</summary>
public static partial class QualityMessages
{
    /// <summary>A code with its display as sentences name it.</summary>
    public static string Named(string code, string? display) => string.IsNullOrEmpty(display) ? code : $"{code} '{display}'";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Release(string system, string version) => version.Length == 0 ? system : $"{system} {version}";
}

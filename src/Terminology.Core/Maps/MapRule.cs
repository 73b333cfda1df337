using System.Globalization;
using System.Text.RegularExpressions;
using Terminology.Issues;

namespace Terminology.Maps;

/// <summary>The rule of a SNOMED CT map row: always, otherwise, or all of some conditions.</summary>
/// <remarks>SNOMED CT to ICD-10 map technical guide, <see href="https://docs.snomed.org/implementation-guides/icd-10-mapping-technical-guide">map rules</see>.</remarks>
/// <param name="Otherwise">OTHERWISE TRUE: holds when no earlier row of its group does.</param>
/// <param name="Conditions">All must hold; empty for TRUE and OTHERWISE TRUE.</param>
internal sealed partial record MapRule(bool Otherwise, IReadOnlyList<RuleCondition> Conditions)
{
    /// <summary>Reads TRUE, OTHERWISE TRUE, and IFA … AND IFA ….</summary>
    /// <exception cref="InvalidExpression">Names the position.</exception>
    public static MapRule Parse(string text)
    {
        if (text == "TRUE") return new(false, []);
        if (text == "OTHERWISE TRUE") return new(true, []);
        var conditions = new List<RuleCondition>();
        for (var at = 0; ;)
        {
            var match = Condition().Match(text, at);
            if (!match.Success || match.Index != at) throw new InvalidExpression(at, $"'{text}' is no map rule at position {at}: TRUE, OTHERWISE TRUE or IFA id | term | with an optional comparison is expected.");
            conditions.Add(Read(match));
            at += match.Length;
            if (at == text.Length) return new(false, conditions);
        }
    }

    /// <summary>The rule as it would be written.</summary>
    public override string ToString() => Conditions.Count == 0 ? Otherwise ? "OTHERWISE TRUE" : "TRUE" : string.Join(" AND ", Conditions);

    private static RuleCondition Read(Match match)
    {
        var age = match.Groups["op"].Success ? new AgeLimit(match.Groups["op"].Value, decimal.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture), Ages.UnitOf(match.Groups["unit"].Value)) : null;
        return new(match.Groups["id"].Value, match.Groups["term"].Value.Trim(), age);
    }

    [GeneratedRegex(@"(?:\s*AND\s+)?\s*IFA\s+(?<id>[0-9]{6,18})\s*\|(?<term>[^|]*)\|(?:\s*(?<op><=|>=|<|>|=)\s*(?<value>[0-9]+(?:\.[0-9]+)?)\s+(?<unit>years?|months?|weeks?|days?|hours?))?", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();
}

/// <summary>One condition of a map rule.</summary>
/// <param name="Concept">The SCTID that is asked for.</param>
/// <param name="Term">Its term as written.</param>
/// <param name="Age">The limit, for age observables; else null.</param>
internal sealed record RuleCondition(string Concept, string Term, AgeLimit? Age)
{
    /// <inheritdoc/>
    public override string ToString() => $"IFA {Concept} | {Term} |{(Age is null ? "" : $" {Age}")}";
}

/// <summary>A comparison with an age.</summary>
/// <param name="Operator">&lt;, &lt;=, &gt;, &gt;= or =.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">UCUM unit: a, mo, wk, d or h.</param>
internal sealed record AgeLimit(string Operator, decimal Value, string Unit)
{
    /// <summary>Does the age keep to the limit?</summary>
    public bool Holds(decimal value, string unit)
    {
        var difference = Ages.Compare(value, unit, Value, Unit);
        return Operator switch
        {
            "<" => difference < 0,
            "<=" => difference <= 0,
            ">" => difference > 0,
            ">=" => difference >= 0,
            _ => difference == 0,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Operator} {Value.ToString("0.0##", CultureInfo.InvariantCulture)} {Ages.NameOf(Unit)}";
}

/// <summary>Ages in UCUM units. Years and months compare exactly (12 months are a year), so do weeks, days and hours; across, a year is 365.25 days as in UCUM.</summary>
internal static partial class Ages
{
    /// <summary>Reads <c>17 a</c>, <c>6 mo</c>, <c>10 d</c>, also <c>17 years</c>; false for anything else.</summary>
    public static bool TryParse(string? text, out decimal value, out string unit)
    {
        (value, unit) = (0, "");
        var match = Age().Match(text ?? "");
        if (!match.Success || !decimal.TryParse(match.Groups["value"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)) return false;
        unit = UnitOf(match.Groups["unit"].Value);
        return true;
    }

    public static string UnitOf(string name) => name.ToLowerInvariant() switch
    {
        "a" or "year" or "years" or "yr" or "yrs" => "a",
        "mo" or "month" or "months" => "mo",
        "wk" or "week" or "weeks" => "wk",
        "d" or "day" or "days" => "d",
        "h" or "hour" or "hours" => "h",
        _ => throw new TerminologyException(IssueType.Value, "UNKNOWN_AGE_UNIT", $"'{name}' is no unit of age; a, mo, wk, d and h are."),
    };

    public static string NameOf(string unit) => unit switch { "a" => "years", "mo" => "months", "wk" => "weeks", "d" => "days", _ => "hours" };

    public static int Compare(decimal left, string leftUnit, decimal right, string rightUnit)
        => IsMonths(leftUnit) && IsMonths(rightUnit) ? Months(left, leftUnit).CompareTo(Months(right, rightUnit)) : Hours(left, leftUnit).CompareTo(Hours(right, rightUnit));

    private static bool IsMonths(string unit) => unit is "a" or "mo";

    private static decimal Months(decimal value, string unit) => unit == "a" ? value * 12 : value;

    private static decimal Hours(decimal value, string unit) => value * unit switch { "a" => 365.25m * 24, "mo" => 365.25m * 2, "wk" => 168, "d" => 24, _ => 1 };

    [GeneratedRegex(@"^\s*(?<value>[0-9]+(?:\.[0-9]+)?)\s*(?<unit>a|mo|wk|d|h|years?|months?|weeks?|days?|hours?|yrs?)\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Age();
}

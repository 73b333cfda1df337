using System.Globalization;

namespace Terminology.Maps;

/// <summary>Units of age, in UCUM: <c>a</c>, <c>mo</c>, <c>wk</c>, <c>d</c>, <c>h</c>, <c>min</c>.</summary>
internal enum AgeUnit
{
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// <summary>
/// An age as people state it. In whole units it means completed units: <c>0 a</c> is any age below one year. With a fraction it is a point.
/// Units convert as UCUM defines them: 1 a = 12 mo = 365.25 d, 1 wk = 7 d, 1 d = 24 h; decimal arithmetic, nothing is rounded.
/// </summary>
/// <param name="Value">The number, never negative.</param>
/// <param name="Unit">The unit.</param>
internal readonly record struct Age(decimal Value, AgeUnit Unit)
{
    /// <summary>No life is longer; the bound keeps the arithmetic in range.</summary>
    private const decimal Longest = 1_000_000_000m;

    private static readonly (string Name, AgeUnit Unit)[] Names =
    [
        ("a", AgeUnit.Year), ("a_j", AgeUnit.Year), ("year", AgeUnit.Year), ("years", AgeUnit.Year), ("yr", AgeUnit.Year), ("yrs", AgeUnit.Year), ("y", AgeUnit.Year),
        ("mo", AgeUnit.Month), ("mo_j", AgeUnit.Month), ("month", AgeUnit.Month), ("months", AgeUnit.Month), ("mos", AgeUnit.Month),
        ("wk", AgeUnit.Week), ("week", AgeUnit.Week), ("weeks", AgeUnit.Week), ("wks", AgeUnit.Week),
        ("d", AgeUnit.Day), ("day", AgeUnit.Day), ("days", AgeUnit.Day),
        ("h", AgeUnit.Hour), ("hour", AgeUnit.Hour), ("hours", AgeUnit.Hour), ("hr", AgeUnit.Hour), ("hrs", AgeUnit.Hour),
        ("min", AgeUnit.Minute), ("minute", AgeUnit.Minute), ("minutes", AgeUnit.Minute), ("mins", AgeUnit.Minute),
    ];

    /// <summary>Is it stated in completed units, not as a point?</summary>
    private bool Whole => Value == decimal.Truncate(Value);

    /// <summary>Reads <c>17 a</c>, <c>6 mo</c>, <c>10 d</c>, <c>2 wk</c>, <c>17 years</c>; a number without unit says nothing and is refused.</summary>
    public static bool TryParse(string? text, out Age age)
    {
        age = default;
        var trimmed = (text ?? "").AsSpan().Trim();
        var digits = 0;
        while (digits < trimmed.Length && (char.IsAsciiDigit(trimmed[digits]) || trimmed[digits] == '.')) digits++;
        return TryUnit(trimmed[digits..].Trim(), out var unit)
            && decimal.TryParse(trimmed[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && TryCreate(value, unit, out age);
    }

    /// <summary>From a quantity; false when the unit is none of age or the number none of an age.</summary>
    public static bool TryCreate(decimal value, string unit, out Age age)
    {
        age = default;
        return TryUnit(unit, out var known) && TryCreate(value, known, out age);
    }

    /// <summary>Reads a unit: UCUM, or the English word.</summary>
    public static bool TryUnit(ReadOnlySpan<char> name, out AgeUnit unit)
    {
        if (name is ['{', .., '}'] or ['[', .., ']']) name = name[1..^1];
        foreach (var (known, found) in Names)
        {
            if (!name.Equals(known, StringComparison.OrdinalIgnoreCase)) continue;
            unit = found;
            return true;
        }
        unit = default;
        return false;
    }

    /// <summary>The English word in the plural, as map rules write it.</summary>
    public static string NameOf(AgeUnit unit) => unit switch
    {
        AgeUnit.Year => "years",
        AgeUnit.Month => "months",
        AgeUnit.Week => "weeks",
        AgeUnit.Day => "days",
        AgeUnit.Hour => "hours",
        _ => "minutes",
    };

    /// <summary>Does every age that this may be keep to the limit (true), none (false), or some (null)?</summary>
    public bool? Keeps(AgeLimit limit)
    {
        // Both sides in the age's own unit, without division: value * here against limit * there.
        var (here, there) = Factors(Unit, limit.Unit);
        var (low, bound) = (Value * here, limit.Value * there);
        if (!Whole || bound % here == 0) return limit.Holds(low.CompareTo(bound));
        // The limit falls inside a unit: the age is somewhere in [low, high), and bound is neither end.
        var high = low + here;
        if (bound > low && bound < high) return limit.Operator is AgeOperator.Equal ? false : null;
        return limit.Holds(low.CompareTo(bound));
    }

    private static bool TryCreate(decimal value, AgeUnit unit, out Age age)
    {
        age = new(value, unit);
        return value is >= 0 and <= Longest;
    }

    /// <summary>Whole numbers that stand to each other as the units do; months where both are calendar units, minutes elsewhere.</summary>
    private static (decimal Left, decimal Right) Factors(AgeUnit left, AgeUnit right)
        => left >= AgeUnit.Month && right >= AgeUnit.Month ? (Months(left), Months(right)) : (Minutes(left), Minutes(right));

    private static decimal Months(AgeUnit unit) => unit == AgeUnit.Year ? 12 : 1;

    private static decimal Minutes(AgeUnit unit) => unit switch
    {
        AgeUnit.Year => 525_960,
        AgeUnit.Month => 43_830,
        AgeUnit.Week => 10_080,
        AgeUnit.Day => 1_440,
        AgeUnit.Hour => 60,
        _ => 1,
    };
}

/// <summary>How an age is compared.</summary>
internal enum AgeOperator
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
}

/// <summary>The limit of an age in a map rule: <c>&lt; 18.0 years</c>.</summary>
/// <param name="Operator">The comparison.</param>
/// <param name="Value">The number, with the decimals it was written with.</param>
/// <param name="Unit">The unit.</param>
internal sealed record AgeLimit(AgeOperator Operator, decimal Value, AgeUnit Unit)
{
    /// <summary>The operator as written.</summary>
    public string Sign => Operator switch
    {
        AgeOperator.Less => "<",
        AgeOperator.LessOrEqual => "<=",
        AgeOperator.Greater => ">",
        AgeOperator.GreaterOrEqual => ">=",
        _ => "=",
    };

    /// <summary>Does an age that compares like this keep to the limit?</summary>
    public bool Holds(int comparison) => Operator switch
    {
        AgeOperator.Less => comparison < 0,
        AgeOperator.LessOrEqual => comparison <= 0,
        AgeOperator.Greater => comparison > 0,
        AgeOperator.GreaterOrEqual => comparison >= 0,
        _ => comparison == 0,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Sign} {Value.ToString(CultureInfo.InvariantCulture)} {Age.NameOf(Unit)}";
}

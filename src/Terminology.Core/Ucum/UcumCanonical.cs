using System.Globalization;

namespace Terminology.Ucum;

/// <summary>A unit in base units: a factor times powers of them. Two units measure the same kind of quantity when their powers agree.</summary>
/// <param name="Factor">How many of the base term one of the unit is; of a special unit the factor inside its function.</param>
/// <param name="Powers">Exponents by base unit or arbitrary unit, none of them zero, by symbol.</param>
/// <param name="Functions">Functions of the special units in it: their values do not convert by the factor.</param>
internal sealed record UcumCanonical(Ratio Factor, SortedDictionary<string, int> Powers, IReadOnlyList<string> Functions)
{
    public static UcumCanonical One { get; } = Of(Ratio.One);

    /// <summary>The base term as a UCUM expression: <c>g.m-3</c>, or <c>1</c>; symbols in ordinal order.</summary>
    public string Text => field ??= Powers.Count == 0 ? "1" : string.Join('.', Powers.SelectMany(power => Factors(power.Key, power.Value)));

    /// <summary>An exponent beyond what a term may have is that of several: <c>m99.m4</c>.</summary>
    private static IEnumerable<string> Factors(string unit, int exponent)
    {
        for (var rest = exponent; rest != 0;)
        {
            var part = Math.Clamp(rest, -UcumParser.MostExponent, UcumParser.MostExponent);
            yield return part == 1 ? unit : unit + part.ToString(CultureInfo.InvariantCulture);
            rest -= part;
        }
    }

    public bool IsComparable(UcumCanonical other) => Text == other.Text;

    public static UcumCanonical Of(Ratio factor) => new(factor, new(StringComparer.Ordinal), []);

    public static UcumCanonical Of(string baseUnit) => new(Ratio.One, new(StringComparer.Ordinal) { [baseUnit] = 1 }, []);

    public UcumCanonical Times(UcumCanonical other, int sign)
    {
        var powers = new SortedDictionary<string, int>(Powers, StringComparer.Ordinal);
        foreach (var (unit, exponent) in other.Powers)
        {
            var sum = powers.GetValueOrDefault(unit) + (sign * exponent);
            if (sum == 0) powers.Remove(unit);
            else powers[unit] = sum;
        }
        return new(sign > 0 ? Factor * other.Factor : Factor / other.Factor, powers, [.. Functions, .. other.Functions]);
    }

    public UcumCanonical Power(int exponent)
    {
        var powers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (unit, own) in Powers)
        {
            if (own * exponent != 0) powers[unit] = own * exponent;
        }
        return new(Factor.Power(exponent), powers, Functions);
    }
}

using Terminology.Issues;

namespace Terminology.Ucum;

/// <summary>Conversion of special units: through their function to the base term, and back. UCUM §21–22.</summary>
internal static class UcumScale
{
    public static decimal Convert(decimal value, string from, UcumTerm source, UcumCanonical a, string to, UcumTerm target, UcumCanonical b)
    {
        var result = FromBase(ToBase((double)value, from, source, a), to, target, b);
        if (!double.IsFinite(result) || Math.Abs(result) > 7.9e28) throw UcumUnits.Impossible(UcumMessages.OutOfRange(to));
        // A double holds 15 digits; what it says beyond them is noise.
        return (decimal)result;
    }

    private static double ToBase(double value, string code, UcumTerm term, UcumCanonical canonical)
    {
        if (canonical.Functions.Count == 0) return value * canonical.Factor.Value;
        var (function, prefix) = Special(code, term, canonical);
        return Inverse(function, value * prefix) * (canonical.Factor.Value / prefix);
    }

    private static double FromBase(double value, string code, UcumTerm term, UcumCanonical canonical)
    {
        if (canonical.Functions.Count == 0) return value / canonical.Factor.Value;
        var (function, prefix) = Special(code, term, canonical);
        return Forward(function, value / (canonical.Factor.Value / prefix)) / prefix;
    }

    /// <summary>The function of a special unit that stands alone, with what its prefix multiplies the value by: the prefix of <c>dB</c> belongs to the bel, not into the logarithm.</summary>
    private static (string Function, double Prefix) Special(string code, UcumTerm term, UcumCanonical canonical)
        => term is UcumTerm.Symbol { Exponent: 1 } symbol ? (canonical.Functions[0], symbol.Prefix is null ? 1 : Ratio.Parse(symbol.Prefix.Value).Value) : throw UcumUnits.Impossible(UcumMessages.NotOnRatioScale(code));

    /// <summary>From the number of the base term to the value on the scale.</summary>
    private static double Forward(string function, double x) => function switch
    {
        "cel" => x - 273.15,
        "degf" => x - 459.67,
        "degre" => x - 218.52,
        "pH" => -Math.Log10(x),
        "ln" => Math.Log(x),
        "lg" => Math.Log10(x),
        "2lg" => 2 * Math.Log10(x),
        "ld" => Math.Log2(x),
        "100tan" => Math.Tan(x) * 100,
        "sqrt" => Math.Sqrt(x),
        "hpX" => -Math.Log10(x),
        "hpC" => -Math.Log(x) / Math.Log(100),
        "hpM" => -Math.Log(x) / Math.Log(1000),
        "hpQ" => -Math.Log(x) / Math.Log(50000),
        _ => throw UcumUnits.Impossible(UcumMessages.UnknownFunction(function)),
    };

    private static double Inverse(string function, double x) => function switch
    {
        "cel" => x + 273.15,
        "degf" => x + 459.67,
        "degre" => x + 218.52,
        "pH" => Math.Pow(10, -x),
        "ln" => Math.Exp(x),
        "lg" => Math.Pow(10, x),
        "2lg" => Math.Pow(10, x / 2),
        "ld" => Math.Pow(2, x),
        "100tan" => Math.Atan(x / 100),
        "sqrt" => x * x,
        "hpX" => Math.Pow(10, -x),
        "hpC" => Math.Pow(100, -x),
        "hpM" => Math.Pow(1000, -x),
        "hpQ" => Math.Pow(50000, -x),
        _ => throw UcumUnits.Impossible(UcumMessages.UnknownFunction(function)),
    };
}

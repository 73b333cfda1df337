using System.Globalization;
using System.Numerics;

namespace Terminology.Ucum;

/// <summary>An exact fraction: factors of units multiply without rounding, so that equal units are equal.</summary>
/// <remarks>Always in lowest terms, the denominator positive.</remarks>
internal readonly record struct Ratio
{
    private Ratio(BigInteger numerator, BigInteger denominator)
    {
        var shared = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (Numerator, Denominator) = (numerator / shared, denominator / shared);
    }

    public static Ratio One { get; } = new(1, 1);

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    /// <summary>The nearest double; infinite or zero beyond its range.</summary>
    public double Value => Numerator.GetBitLength() < 1000 && Denominator.GetBitLength() < 1000
        ? (double)Numerator / (double)Denominator
        : Numerator.Sign * Math.Exp(BigInteger.Log(BigInteger.Abs(Numerator)) - BigInteger.Log(Denominator));

    /// <summary>Reads decimal text as the UCUM tables write it: <c>6.02214076</c>, <c>37e9</c>, <c>1e-24</c>.</summary>
    public static Ratio Parse(string text)
    {
        var (digits, exponent) = text.IndexOfAny(['e', 'E']) is >= 0 and var at
            ? (text[..at], int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : (text, 0);
        if (digits.IndexOf('.') is >= 0 and var point)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }
        return new Ratio(BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), 1) * Ten(exponent);
    }

    public static Ratio Of(decimal value) => Parse(value.ToString(CultureInfo.InvariantCulture));

    public static Ratio operator *(Ratio left, Ratio right) => new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Ratio operator /(Ratio left, Ratio right)
        => right.Numerator.Sign < 0 ? new(-left.Numerator * right.Denominator, left.Denominator * -right.Numerator) : new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public Ratio Power(int exponent)
        => exponent >= 0 ? new(BigInteger.Pow(Numerator, exponent), BigInteger.Pow(Denominator, exponent)) : new(BigInteger.Pow(Denominator, -exponent), BigInteger.Pow(Numerator, -exponent));

    /// <summary>The number with at most 28 significant digits.</summary>
    /// <returns>False when it is beyond the range of a decimal.</returns>
    public bool TryDecimal(out decimal value)
    {
        value = 0;
        var digits = BigInteger.Log10(BigInteger.Abs(Numerator) + 1) - BigInteger.Log10(Denominator);
        if (digits > 27.9) return false;
        var scale = Math.Clamp(27 - (int)Math.Ceiling(Math.Max(digits, 0)), 0, 28);
        var scaled = ((Numerator * BigInteger.Pow(10, scale) * 2) + (Numerator.Sign * Denominator)) / (Denominator * 2);
        var whole = decimal.GetBits((decimal)BigInteger.Abs(scaled));
        value = new decimal(whole[0], whole[1], whole[2], scaled.Sign < 0, (byte)scale);
        return true;
    }

    /// <summary>The number in as few digits as say it: exact when they are no more than 17, else rounded to 17.</summary>
    public override string ToString()
    {
        if (Denominator.IsOne && Numerator < 1_000_000_000_000_000) return Numerator.ToString(CultureInfo.InvariantCulture);
        return Value.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace("E-0", "e-", StringComparison.Ordinal).Replace('E', 'e');
    }

    private static Ratio Ten(int exponent) => exponent >= 0 ? new(BigInteger.Pow(10, exponent), 1) : new(1, BigInteger.Pow(10, -exponent));
}

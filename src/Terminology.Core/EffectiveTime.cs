using System.Globalization;

namespace Terminology;

/// <summary>A release date of RF2 and others as the number YYYYMMDD; 0 means not known.</summary>
/// <param name="Value">YYYYMMDD, or 0.</param>
public readonly record struct EffectiveTime(int Value) : IComparable<EffectiveTime>
{
    /// <summary>Reads eight digits that are a real calendar date (20240231 is none).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out EffectiveTime time)
    {
        time = default;
        if (text.Length != 8) return false;
        var value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = value * 10 + (digit - '0');
        }
        var (year, month, day) = (value / 10000, value / 100 % 100, value % 100);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        time = new(value);
        return true;
    }

    /// <summary>Is there a date at all?</summary>
    public bool IsKnown => Value != 0;

    /// <inheritdoc/>
    public int CompareTo(EffectiveTime other) => Value.CompareTo(other.Value);

    /// <summary>Earlier than.</summary>
    public static bool operator <(EffectiveTime left, EffectiveTime right) => left.Value < right.Value;

    /// <summary>Later than.</summary>
    public static bool operator >(EffectiveTime left, EffectiveTime right) => left.Value > right.Value;

    /// <summary>Not later than.</summary>
    public static bool operator <=(EffectiveTime left, EffectiveTime right) => left.Value <= right.Value;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(EffectiveTime left, EffectiveTime right) => left.Value >= right.Value;

    /// <summary>Eight digits; empty when not known.</summary>
    public override string ToString() => IsKnown ? Value.ToString("D8", CultureInfo.InvariantCulture) : "";
}

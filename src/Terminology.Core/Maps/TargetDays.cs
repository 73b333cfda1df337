using System.Globalization;

namespace Terminology.Maps;

/// <summary>
/// On which days a target of a released map is answered: within its first and last day, and, when another has taken its place, until the day on which it goes. It is read from
/// properties of the target, which answers and exports have too.
/// </summary>
/// <param name="From">First day; null: always did.</param>
/// <param name="To">Last day; null: no end is known.</param>
/// <param name="IsSuperseded">Has another target, or none, taken its place?</param>
/// <param name="IsOptIn">Is it answered only to those who ask for what is superseded?</param>
public readonly record struct TargetDays(DateOnly? From, DateOnly? To, bool IsSuperseded, bool IsOptIn)
{
    /// <summary>First day, of a target.</summary>
    public const string FromProperty = "effectiveFrom";

    /// <summary>Last day, of a target.</summary>
    public const string ToProperty = "effectiveTo";

    /// <summary>Last day on which a superseded target is answered; <c>true</c> when none is said.</summary>
    public const string SupersededProperty = "superseded";

    /// <summary>To whom a superseded target is answered: <c>opt-in</c>; not there: to everybody.</summary>
    public const string SupersededForProperty = "supersededFor";

    private const string OptIn = "opt-in", Day = "yyyy-MM-dd";

    /// <summary>Is a property of a target one that says days? Rows cannot have properties of these names of their own.</summary>
    public static bool IsProperty(string name) => name is FromProperty or ToProperty or SupersededProperty or SupersededForProperty;

    /// <summary>What the properties of a target say.</summary>
    public static TargetDays Of(MapTarget target)
    {
        DateOnly? from = null, to = null;
        var (isSuperseded, isOptIn) = (false, false);
        foreach (var (name, value) in target.Properties)
        {
            switch (name)
            {
                case FromProperty:
                    from = Read(value);
                    break;
                case ToProperty:
                    to = Earlier(to, Read(value));
                    break;
                case SupersededProperty:
                    isSuperseded = true;
                    to = Earlier(to, Read(value));
                    break;
                case SupersededForProperty:
                    isOptIn = value == OptIn;
                    break;
            }
        }
        return new(from, to, isSuperseded, isOptIn);
    }

    /// <summary>The properties of a target that holds on some days only; none when it always does.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Effective(DateOnly? from, DateOnly? to)
    {
        if (from is { } first) yield return new(FromProperty, Text(first));
        if (to is { } last) yield return new(ToProperty, Text(last));
    }

    /// <summary>The properties of a target that is superseded.</summary>
    /// <param name="until">Last day on which it is answered; null: none is said.</param>
    /// <param name="isOptIn">Only to those who ask for it?</param>
    public static IEnumerable<KeyValuePair<string, string>> Superseded(DateOnly? until, bool isOptIn)
    {
        yield return new(SupersededProperty, until is { } last ? Text(last) : "true");
        if (isOptIn) yield return new(SupersededForProperty, OptIn);
    }

    /// <summary>Does it hold on a day, whoever asks? Null: the day is not looked at.</summary>
    public bool HoldsOn(DateOnly? day) => day is not { } on || !(From > on) && !(To < on);

    /// <summary>The days on which it begins and ceases to hold.</summary>
    public IEnumerable<DateOnly> Changes()
    {
        if (From is { } first) yield return first;
        if (To is { } last && last < DateOnly.MaxValue) yield return last.AddDays(1);
    }

    private static DateOnly? Read(string text) => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Text(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null ? other : other is null || one < other ? one : other;
}

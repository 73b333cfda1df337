using System.Globalization;

namespace Terminology.Fhir.Queries;

/// <summary>What a FHIR date means: the whole day, month or year that it names. FHIR R4 <see href="https://hl7.org/fhir/R4/search.html#date">date search</see>.</summary>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it.</param>
internal readonly record struct DatePeriod(DateTimeOffset Start, DateTimeOffset End)
{
    private static readonly string[] Days = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];
    private static readonly string[] Minutes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'"];
    private static readonly string[] Seconds = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'"];
    private static readonly string[] Fractions = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static DatePeriod? Parse(string text)
    {
        for (var i = 0; i < Days.Length; i++)
        {
            if (Try(text, [Days[i]], out var day)) return new(day, i switch { 0 => day.AddYears(1), 1 => day.AddMonths(1), _ => day.AddDays(1) });
        }
        if (Try(text, Minutes, out var minute)) return new(minute, minute.AddMinutes(1));
        if (Try(text, Seconds, out var second)) return new(second, second.AddSeconds(1));
        return Try(text, Fractions, out var moment) ? new(moment, moment.AddMilliseconds(1)) : null;
    }

    private static bool Try(string text, string[] formats, out DateTimeOffset found)
        => DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out found);
}

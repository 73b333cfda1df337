using Terminology.Icd10;

namespace Terminology.Issues;

/// <summary>What is to be said of dual codes of ICD-10.</summary>
internal static class IcdMessages
{
    public static string PairUnderstood(string given, string normal) => $"The dual code '{given}' is answered as '{normal}': without marks, the underlying disease first where the release tells";

    public static string TooMany(string given, int count) => $"'{given}' names {count} codes, and a dual code has two: send each further one as a coding of its own";

    public static string UnknownPart(string code, string release, string? below) => $"'{code}' is no code of {release}, and a dual code is two of them{(below is null ? "" : $". {below}")}";

    public static string SameTwice(string code) => $"A dual code has two different codes, and this is '{code}' twice: send '{code}' alone";

    public static string WrongMark(string code, IcdMark mark, IcdMark usage, string release)
        => usage is IcdMark.None
            ? $"'{code}' carries the mark {Sign(mark)} and is no {Name(mark)} in {release}: send '{code}' without it"
            : $"'{code}' carries the mark {Sign(mark)} and is {An(usage)} in {release}: send '{code}' or '{code}{Sign(usage)}'";

    public static string TwoAsterisks(string first, string second, string of, IReadOnlyList<string> named)
        => $"'{first}' and '{second}' are both asterisk codes, and each stands beside the code of an underlying disease{(named.Count == 0 ? "" : $": for '{of}' the release names {string.Join(", ", named)}")}";

    public static string SameMarks(string first, string second, IcdMark mark)
        => $"'{first}' and '{second}' both carry the mark {Sign(mark)}: of a dual code one is the underlying disease (+), the other the manifestation (*). Send '{first} {second}' when they are neither";

    public static string NotListed(string first, string second, IReadOnlyList<string> manifestations, IReadOnlyList<string> etiologies)
        => $"The release does not name '{first}' and '{second}' as a pair{Listed(" '" + first + "'", manifestations)}{Listed(" '" + second + "'", etiologies)}";

    public static string AsteriskAlone(string code, IReadOnlyList<string> etiologies)
        => $"'{code}' is an asterisk code, which stands beside the code of an underlying disease{Listed(" it", etiologies)}";

    public static string Below(string code, IReadOnlyList<string> named, int count) => count == 0
        ? $"'{code}' is not divided further"
        : $"Below '{code}' there {(count == 1 ? "is" : "are")} {string.Join(", ", named)}{(count > named.Count ? $" and {count - named.Count} more" : "")}";

    public static string TranslateParts(string first, string second) => $"No map lists the dual code; '{first}' and '{second}' can be translated one by one.";

    private static string Listed(string what, IReadOnlyList<string> codes) => codes.Count == 0 ? "" : $"; for{what} it names {string.Join(", ", codes)}";

    private static string Sign(IcdMark mark) => mark switch { IcdMark.Aster => "*", IcdMark.Optional => "!", _ => "+" };

    private static string Name(IcdMark mark) => mark switch { IcdMark.Aster => "asterisk code (manifestation)", IcdMark.Optional => "optional code (!)", _ => "dagger code (underlying disease)" };

    private static string An(IcdMark mark) => mark is IcdMark.Dagger ? $"a {Name(mark)}" : $"an {Name(mark)}";
}

namespace Terminology.Issues;

/// <summary>What is wrong with a language tag or a media type.</summary>
internal static class LanguageMessages
{
    private const int MostQuoted = 200;

    public static string Problem(string code, string problem) => $"Error processing language tag '{Quoted(code)}': {problem}";

    public static string Empty() => "The tag is empty";

    public static string TooLong(int most) => $"The tag has more than {most} characters";

    public static string Malformed(string part, int position) => $"'{part}' at character {position} is no subtag: one to eight letters or digits between hyphens are";

    public static string Unknown(string kind, string part, int position) => $"'{part}' at character {position} is no registered {kind} subtag";

    public static string WrongPrefix(string part, string prefixes, int position) => $"The extended language subtag '{part}' at character {position} goes after {prefixes} only";

    public static string Unexpected(string part, int position) => $"'{part}' at character {position} is not expected: it is no registered variant, and the order is language-script-region-variant";

    public static string Twice(string part, int position) => $"'{part}' at character {position} comes twice";

    public static string NothingAfter(string part, int position) => $"After '{part}' at character {position} a subtag is missing";

    public static string Case(string given, string right) => $"The case is not the conventional one: write '{right}'";

    public static string MediaType(string code, string problem, int position) => $"Error processing media type '{Quoted(code)}': {problem} at character {position}";

    private static string Quoted(string code) => code.Length > MostQuoted ? code[..MostQuoted] + '…' : code;
}

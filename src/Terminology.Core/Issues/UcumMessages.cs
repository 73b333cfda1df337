namespace Terminology.Issues;

/// <summary>What is wrong with a unit of measure, in sentences that say how to write it; the position stands beside them.</summary>
internal static class UcumMessages
{
    private const int MostQuoted = 200;

    /// <summary>The whole sentence, with the one-based character.</summary>
    public static string Problem(string code, int position, UcumAdvice advice)
        => $"Error processing unit '{(code.Length > MostQuoted ? code[..MostQuoted] + '…' : code)}': {advice.What} at character {position}{(advice.Hint is null ? "" : $": {advice.Hint}")}";

    public static UcumAdvice Empty() => new("The unit is empty", "write '1' for the unit one");

    public static UcumAdvice TooLong(int most) => new($"The unit has more than {most} characters");

    public static UcumAdvice TooDeep(int most) => new($"Parentheses are nested deeper than {most}");

    public static UcumAdvice Unknown(string symbol) => new($"The unit '{symbol}' is unknown");

    public static UcumAdvice Unknown(string symbol, string hint) => new($"The unit '{symbol}' is unknown", hint);

    public static UcumAdvice PrefixNotAllowed(string prefix, string prefixName, string unit, string unitName)
        => new($"The prefix '{prefix}' ({prefixName}) cannot go before '{unit}' ({unitName})", "only metric units take a prefix");

    public static string Juxtaposed(string first, string second) => $"it is '{first}' followed by '{second}'; a product is written '{first}.{second}'";

    public static string Meant(string right) => $"the UCUM code is '{right}'";

    public static string MeantOneOf(IReadOnlyList<string> right) => $"the UCUM code may be '{string.Join("' or '", right)}'";

    public static string Braces(string words) => $"brackets belong to the units of the UCUM tables; words of your own go in braces, as in '{{{words}}}'";

    public static UcumAdvice NothingAfter(char operation) => new($"After '{operation}' a unit is missing");

    public static UcumAdvice LeadingDot() => new("A unit cannot begin with '.'", "only '/' may stand first");

    public static UcumAdvice EmptyParentheses() => new("A unit is missing in the parentheses");

    public static UcumAdvice SlashInParentheses() => new("Parentheses cannot begin with '/'", "write '1/' there");

    public static UcumAdvice UnmatchedOpen() => new("The parenthesis '(' is never closed");

    public static UcumAdvice UnmatchedClose() => new("The parenthesis ')' was never opened");

    public static UcumAdvice ExponentOfGroup() => new("Parentheses take no exponent", "give each unit inside its own");

    public static UcumAdvice Star() => new("'*' is no operator", "a product is written with '.', a power of ten '10*3'");

    public static UcumAdvice Space() => new("Spaces are not allowed", "a product is written with '.'");

    public static UcumAdvice MissingOperator(string before, char next) => new($"Between '{before}' and '{next}' an operator is missing", before.EndsWith('}') ? "write '.' or '/', or put the remark behind its unit" : "write '.' or '/'");

    public static UcumAdvice NumberBeforeUnit(string digits, char next) => new($"The number '{digits}' is followed by '{next}'", $"a product is written '{digits}.{next}…'");

    public static UcumAdvice NumberTooLong(int most) => new($"The number has more than {most} digits", "write a power of ten as '10*6'");

    public static UcumAdvice Zero() => new("The number zero is no unit");

    public static UcumAdvice SignWithoutDigits(string sign) => new($"After '{sign}' the digits of the exponent are missing");

    public static UcumAdvice ExponentTooLarge(int most) => new($"The exponent is beyond ±{most}");

    public static UcumAdvice AfterExponent(string before, char next) => new($"The exponent ends '{before}', and '{next}' follows", "write '.' or '/' between them");

    public static UcumAdvice UnclosedBracket() => new("The bracket '[' is never closed");

    public static UcumAdvice UnclosedBrace() => new("The brace '{' is never closed");

    public static UcumAdvice NestedAnnotation() => new("A remark in braces cannot hold another '{'");

    public static UcumAdvice SecondAnnotation() => new("A unit takes one remark in braces", "put both texts in one");

    public static UcumAdvice AfterAnnotation(char next) => new($"After the remark '{next}' follows", "write '.' or '/' between them");

    public static UcumAdvice AnnotationCharacter(char character) => new($"The character {Named(character)} is not allowed in a remark", "only printable ASCII is");

    public static UcumAdvice Unexpected(char character)
        => character is > ' ' and < '\u007f' ? new($"The character '{character}' is not expected") : new($"The character {Named(character)} is not allowed", "UCUM is ASCII");

    public static string NotCanonical(string code, string canonical, string wanted) => $"Code {code} has canonical form {canonical}, not {wanted} as required";

    public static string NotComparable(string from, string fromCanonical, string to, string toCanonical)
        => $"'{from}' cannot be converted to '{to}': one is {fromCanonical} in base units, the other {toCanonical}";

    public static string NotOnRatioScale(string code) => $"'{code}' holds a special unit beside others: only a special unit alone can be converted";

    public static string UnknownFunction(string function) => $"The function '{function}' of a special unit is not known";

    public static string OutOfRange(string code) => $"The value in '{code}' is beyond what can be written";

    private static string Named(char character) => char.IsControl(character) || char.IsSurrogate(character) ? $"U+{(int)character:X4}" : $"'{character}' (U+{(int)character:X4})";
}

/// <summary>What is wrong, and how to mend it where that can be said.</summary>
internal readonly record struct UcumAdvice(string What, string? Hint = null);

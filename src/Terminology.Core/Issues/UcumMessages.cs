namespace Terminology.Issues;

/// <summary>What is wrong with a unit of measure, in sentences that say how to write it; the position stands beside them.</summary>
internal static class UcumMessages
{
    /// <summary>The whole sentence. Where a hint follows, it comes after the position.</summary>
    public static string Problem(string code, int position, string text)
    {
        var (what, hint) = text.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon ? (text[..colon], text[colon..]) : (text, "");
        return $"Error processing unit '{code}': {what} at character {position}{hint}";
    }

    public static string Empty() => "The unit is empty: write '1' for the unit one";

    public static string TooLong(int most) => $"The unit has more than {most} characters";

    public static string TooDeep(int most) => $"Parentheses are nested deeper than {most}";

    public static string Unknown(string symbol) => $"The unit '{symbol}' is unknown";

    public static string Unknown(string symbol, string hint) => $"The unit '{symbol}' is unknown: {hint}";

    public static string PrefixNotAllowed(string prefix, string prefixName, string unit, string unitName)
        => $"The prefix '{prefix}' ({prefixName}) cannot go before '{unit}' ({unitName}): only metric units take a prefix";

    public static string Juxtaposed(string first, string second) => $"it is '{first}' followed by '{second}'; a product is written '{first}.{second}'";

    public static string Followed(string first, string second) => $"'{first}' is a unit, but '{second}' after it is none";

    public static string Meant(string right) => $"the UCUM code is '{right}'";

    public static string MeantOneOf(IReadOnlyList<string> right) => $"the UCUM code may be '{string.Join("' or '", right)}'";

    public static string Braces(string text) => $"words that are no unit go in braces, as in '{{{text}}}'";

    public static string NothingAfter(char operation) => $"After '{operation}' a unit is missing";

    public static string LeadingDot() => "A unit cannot begin with '.': only '/' may stand first";

    public static string EmptyParentheses() => "A unit is missing in the parentheses";

    public static string SlashInParentheses() => "Parentheses cannot begin with '/': write '1/' there";

    public static string UnmatchedOpen() => "The parenthesis '(' is never closed";

    public static string UnmatchedClose() => "The parenthesis ')' was never opened";

    public static string ExponentOfGroup() => "Parentheses take no exponent: give each unit inside its own";

    public static string Star() => "'*' is no operator: a product is written with '.', a power of ten '10*3'";

    public static string Space() => "Spaces are not allowed: a product is written with '.'";

    public static string MissingOperator(string before, char next) => $"Between '{before}' and '{next}' an operator is missing: write '.' or '/'";

    public static string NumberBeforeUnit(string digits, char next) => $"The number '{digits}' is followed by '{next}': a product is written '{digits}.{next}…'";

    public static string NumberTooLong(int most) => $"The number has more than {most} digits: write a power of ten as '10*6'";

    public static string Zero() => "The number zero is no unit";

    public static string SignWithoutDigits(string sign) => $"After '{sign}' the digits of the exponent are missing";

    public static string ExponentTooLarge(int most) => $"The exponent is beyond ±{most}";

    public static string AfterExponent(string before, char next) => $"The exponent ends '{before}', and '{next}' follows: write '.' or '/' between them";

    public static string UnclosedBracket() => "The bracket '[' is never closed";

    public static string UnclosedBrace() => "The brace '{' is never closed";

    public static string NestedAnnotation() => "A remark in braces cannot hold another '{'";

    public static string SecondAnnotation() => "A unit takes one remark in braces: put both texts in one";

    public static string AfterAnnotation(char next) => $"After the remark '{next}' follows: write '.' or '/' between them";

    public static string AnnotationCharacter(char character) => $"The character '{character}' (U+{(int)character:X4}) is not allowed in a remark: only printable ASCII is";

    public static string Unexpected(char character) => character is > ' ' and < '\u007f' ? $"The character '{character}' is not expected" : $"The character '{character}' (U+{(int)character:X4}) is not allowed: UCUM is ASCII";

    public static string NotCanonical(string code, string canonical, string wanted) => $"Code {code} has canonical form {canonical}, not {wanted} as required";

    public static string NotComparable(string from, string fromCanonical, string to, string toCanonical)
        => $"'{from}' cannot be converted to '{to}': one is {fromCanonical} in base units, the other {toCanonical}";

    public static string NotOnRatioScale(string code) => $"'{code}' holds a special unit beside others: only a special unit alone can be converted";

    public static string UnknownFunction(string function) => $"The function '{function}' of a special unit is not known";

    public static string OutOfRange(string code) => $"The value in '{code}' is beyond what can be written";
}

namespace Terminology.Issues;

/// <summary>What is wrong with a post-coordinated expression of SNOMED CT. Where the HL7 ecosystem has a text for the case, it is that one.</summary>
internal static class ExpressionMessages
{
    private const int MostQuoted = 40;

    // The grammar

    public static string At(string what, int position) => $"{what} (character {position + 1})";

    public static string TooLong(int most) => $"the expression has more than {most} characters";

    public static string TooDeep(int most) => $"expressions are nested deeper than {most} levels";

    public static string MoreFollows() => "the expression ends here, and more follows";

    public static string ConceptExpected() => "a concept identifier is expected";

    public static string ValueExpected() => "a value is expected: a concept identifier, an expression in parentheses, a number as #5, a text in quotation marks, true or false";

    public static string NoIdentifier(string digits) => $"'{Shown(digits)}' is no SNOMED CT identifier: it has 6 to 18 digits and does not begin with 0";

    public static string EqualsMissing() => "'=' is missing after the name of an attribute";

    public static string BraceMissing() => "'}' is missing after the attributes of a group";

    public static string ParenthesisMissing() => "')' is missing after an expression";

    public static string GroupExpected() => "'{' is expected after the comma: attributes without group stand before the groups";

    public static string TermUnclosed() => "the term has no closing '|'";

    public static string TermEmpty() => "the term is empty; write the term, or leave out both pipes";

    public static string TermCharacter() => "a term is one line without tabs";

    public static string TextUnclosed() => "the text has no closing quote";

    public static string TextEmpty() => "the text is empty";

    public static string TextEscape() => "in a text only \\\" and \\\\ begin with a backslash";

    public static string NumberExpected() => "a number is expected after '#', as in #5 or #-0.25";

    public static string NumberZeros() => "a number does not begin with 0 unless it is 0 or a fraction";

    public static string FractionMissing() => "digits are missing after the decimal point";

    // The concepts

    public static string NotFound(string code) => $"Concept {code} not found";

    public static string CheckDigit(string code) => $"'{code}' can be no SNOMED CT identifier: its check digit is wrong, which a typing error or a missing digit causes";

    public static string NoConceptIdentifier(string code) => $"'{code}' is an identifier of a description or a relationship, or of nothing known; concepts have 00 or 10 before the check digit";

    public static string NoAttribute(string code, IReadOnlyList<string> roots) => $"Concept {code} is not valid in this context (must be a descendent of one of {string.Join(',', roots)})";

    // The concept model

    public static string NotInModel(string attribute) => $"Attribute {attribute} has no place in post-coordinated expressions: the concept model (MRCM) has no domain for it";

    public static string WrongDomain(string attribute, string focus, IReadOnlyList<string> domains) => $"Attribute {attribute} does not go with {focus}: its domain in the concept model (MRCM) is {Or(domains)}";

    public static string NotGrouped(string attribute, string domain) => $"Attribute {attribute} is never grouped in the domain {domain} of the concept model (MRCM): it stands before the groups";

    public static string TooMany(string attribute, int count, string times) => $"Attribute {attribute} stands {count} times in the expression: its cardinality in the concept model (MRCM) is {times}";

    public static string TooManyInGroup(string attribute, int count, string times) => $"Attribute {attribute} stands {count} times in one group: its cardinality in a group is {times} in the concept model (MRCM)";

    public static string Missing(string attribute, string domain, string times) => $"Attribute {attribute} is missing: its cardinality is {times} for {domain} in the concept model (MRCM)";

    public static string OutOfRange(string value, string attribute, IReadOnlyList<string> ranges) => $"{value} is no value of attribute {attribute}: its range in the concept model (MRCM) is {Or(ranges)}";

    private static string Or(IReadOnlyList<string> constraints) => string.Join(", or ", constraints);

    private static string Shown(string text) => text.Length <= MostQuoted ? text : text[..MostQuoted] + '…';
}

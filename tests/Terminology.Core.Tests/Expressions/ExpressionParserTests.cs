using CsCheck;

namespace Terminology.Expressions;

public sealed class ExpressionParserTests
{
    [TestCase("73211009", 1, 0, 0)]
    [TestCase("73211009 |Diabetes mellitus (disorder)|", 1, 0, 0)]
    [TestCase("421720008+7946007", 2, 0, 0)]
    [TestCase("=== 73211009 : 363698007 = 113331007", 1, 1, 0)]
    [TestCase("<<< 73211009 : 363698007 = 113331007", 1, 1, 0)]
    [TestCase("71388002:405815000=122456005,260686004=129304002", 1, 2, 0)]
    [TestCase("71388002:{260686004=129304002,405813007=15497006}{260686004=129304002,405813007=31435000}", 1, 0, 2)]
    [TestCase("71388002: 405815000 = 122456005, { 260686004 = 129304002 }, { 260686004 = 281615006 }", 1, 1, 2)]
    [TestCase("397956004:363704007=(24136001:272741003=7771000)", 1, 1, 0)]
    [TestCase("27658006:{1142135004=#500,732945000=258684004}", 1, 0, 1)]
    [TestCase("322236009:1142135004=\"a \\\" quote\"", 1, 1, 0)]
    [TestCase("322236009\t:\r\n1142135004 =\ttrue", 1, 1, 0)]
    public void Parse_Expression_IsRead(string text, int focus, int ungrouped, int groups)
    {
        var (expression, fault) = ExpressionParser.Parse(text);
        Assert.That(fault, Is.Null);
        Assert.That((expression!.Focus.Count, expression.Groups[0].Count, expression.Groups.Count - 1), Is.EqualTo((focus, ungrouped, groups)));
    }

    [TestCase("73211009", "Unsaid")]
    [TestCase("===73211009", "EquivalentTo")]
    [TestCase(" <<< 73211009", "SubtypeOf")]
    public void Parse_DefinitionStatus_IsKept(string text, string status) => Assert.That(ExpressionParser.Parse(text).Expression!.Status.ToString(), Is.EqualTo(status));

    [TestCase("#5", "Number", "5")]
    [TestCase("#-5.20", "Number", "-5.2")]
    [TestCase("#+0.5", "Number", "0.5")]
    [TestCase("#-0", "Number", "0")]
    [TestCase("#100", "Number", "100")]
    [TestCase("\"a \\\"b\\\" \\\\ c|d\"", "Text", "a \"b\" \\ c|d")]
    [TestCase("TRUE", "Boolean", "true")]
    [TestCase("fAlse", "Boolean", "false")]
    public void Parse_ConcreteValue_IsWhatItMeans(string value, string kind, string text)
    {
        var literal = ExpressionParser.Parse($"322236009:1142135004= {value} ").Expression!.Groups[0][0].Literal!.Value;
        Assert.That((literal.Kind.ToString(), literal.Text), Is.EqualTo((kind, text)));
    }

    [Test]
    public void Parse_Terms_AreKeptWithoutTheBlanksAroundThem()
        => Assert.That(ExpressionWriter.WriteAsRead(ExpressionParser.Parse("73211009 |  Diabetes  mellitus | : 363698007|Site|=113331007 |x|").Expression!), Is.EqualTo("73211009|Diabetes  mellitus|:363698007|Site|=113331007|x|"));

    [TestCase("", "a concept identifier is expected (character 1)")]
    [TestCase("diabetes", "a concept identifier is expected (character 1)")]
    [TestCase("73211009:", "a concept identifier is expected (character 10)")]
    [TestCase("73211009+", "a concept identifier is expected (character 10)")]
    [TestCase("=73211009", "a concept identifier is expected (character 1)")]
    [TestCase("73211009:363698007", "'=' is missing after the name of an attribute (character 19)")]
    [TestCase("73211009:{363698007=113331007", "'}' is missing after the attributes of a group (character 30)")]
    [TestCase("73211009:{363698007=113331007,", "a concept identifier is expected (character 31)")]
    [TestCase("73211009:{363698007=113331007},", "'{' is expected after the comma: attributes without group stand before the groups (character 32)")]
    [TestCase("73211009:{363698007=113331007},363698007=113331007", "'{' is expected after the comma: attributes without group stand before the groups (character 32)")]
    [TestCase("73211009:{}", "a concept identifier is expected (character 11)")]
    [TestCase("73211009:363698007=(113331007", "')' is missing after an expression (character 30)")]
    [TestCase("73211009|Diabetes", "the term has no closing '|' (character 10)")]
    [TestCase("73211009||", "the term is empty; write the term, or leave out both pipes (character 10)")]
    [TestCase("73211009|  |", "the term is empty; write the term, or leave out both pipes (character 12)")]
    [TestCase("73211009|a\tb|", "a term is one line without tabs (character 11)")]
    [TestCase("73211009:363698007=\"text", "the text has no closing quote (character 25)")]
    [TestCase("73211009:363698007=\"text\\", "the text has no closing quote (character 26)")]
    [TestCase("73211009:363698007=\"\"", "the text is empty (character 21)")]
    [TestCase("73211009:363698007=\"a\\n\"", "in a text only \\\" and \\\\ begin with a backslash (character 22)")]
    [TestCase("73211009:363698007=#", "a number is expected after '#', as in #5 or #-0.25 (character 21)")]
    [TestCase("73211009:363698007=#-", "a number is expected after '#', as in #5 or #-0.25 (character 22)")]
    [TestCase("73211009:363698007=# 5", "a number is expected after '#', as in #5 or #-0.25 (character 21)")]
    [TestCase("73211009:363698007=#05", "a number does not begin with 0 unless it is 0 or a fraction (character 21)")]
    [TestCase("73211009:363698007=#5.", "digits are missing after the decimal point (character 23)")]
    [TestCase("73211009:363698007=tomato", "a value is expected: a concept identifier, an expression in parentheses, a number as #5, a text in quotation marks, true or false (character 20)")]
    [TestCase("73211009:363698007=truely", "a value is expected: a concept identifier, an expression in parentheses, a number as #5, a text in quotation marks, true or false (character 20)")]
    [TestCase("73211009 73211009", "the expression ends here, and more follows (character 10)")]
    [TestCase("73211009\u00a0", "the expression ends here, and more follows (character 9)")]
    [TestCase("73211009 /* no comments */", "the expression ends here, and more follows (character 10)")]
    [TestCase("12345:363698007=113331007", "'12345' is no SNOMED CT identifier: it has 6 to 18 digits and does not begin with 0 (character 1)")]
    [TestCase("73211009+0123456", "'0123456' is no SNOMED CT identifier: it has 6 to 18 digits and does not begin with 0 (character 10)")]
    [TestCase("73211009:363698007=1234567890123456789", "'1234567890123456789' is no SNOMED CT identifier: it has 6 to 18 digits and does not begin with 0 (character 20)")]
    public void Parse_NoExpression_SaysWhatIsWrongWhere(string text, string fault) => Assert.That(ExpressionParser.Parse(text), Is.EqualTo(((SnomedExpression?)null, fault)));

    [Test]
    public void Parse_NestedWithoutEnd_IsRefused()
        => Assert.That(ExpressionParser.Parse(string.Concat(Enumerable.Repeat("123456:123456=(", 500))).Fault, Does.StartWith("expressions are nested deeper"));

    [Test]
    public void Parse_Endless_IsRefused()
        => Assert.That(ExpressionParser.Parse(string.Concat(Enumerable.Repeat("123456:123456=(", 100_000))).Fault, Is.EqualTo("the expression has more than 10000 characters"));

    [Test]
    public void Write_AnyExpression_IsReadAsTheSame() => Gen.Int.Select(seed => new RandomExpressions(seed).Expression(3)).Sample(
        expression =>
        {
            var (brief, terms) = (expression.ToString(), ExpressionWriter.WriteAsRead(expression));
            var read = ExpressionParser.Parse(terms).Expression!;
            return RandomExpressions.Show(read) == RandomExpressions.Show(expression) && ExpressionWriter.WriteAsRead(read) == terms && ExpressionParser.Parse(brief).Expression!.ToString() == brief;
        },
        iter: 3_000);

    [Test]
    public void Parse_AnyDamage_IsReadOrToldWithinTheText() => Gen.Select(Gen.Int, Gen.Int[0, 10_000], Gen.Int[0, 5]).Sample(
        (seed, place, length) =>
        {
            var text = ExpressionWriter.WriteAsRead(new RandomExpressions(seed).Expression(2));
            var at = place % text.Length;
            var (expression, fault) = ExpressionParser.Parse(text.Remove(at, Math.Min(length, text.Length - at)));
            return expression is null == fault is not null && fault is not "";
        },
        iter: 3_000);
}

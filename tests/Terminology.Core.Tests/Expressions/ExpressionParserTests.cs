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
    public void Parse_Expression_IsRead(string text, int focus, int ungrouped, int groups)
    {
        var (expression, fault) = ExpressionParser.Parse(text);
        Assert.That(fault, Is.Null);
        Assert.That((expression!.Focus.Count, expression.Groups[0].Count, expression.Groups.Count - 1), Is.EqualTo((focus, ungrouped, groups)));
    }

    [TestCase("", "a concept identifier is expected (character 1)")]
    [TestCase("diabetes", "a concept identifier is expected (character 1)")]
    [TestCase("73211009:", "a concept identifier is expected (character 10)")]
    [TestCase("73211009:363698007", "'=' is missing after the name of an attribute (character 19)")]
    [TestCase("73211009:{363698007=113331007", "'}' is missing after the attributes of a group (character 30)")]
    [TestCase("73211009:363698007=(113331007", "')' is missing after an expression (character 30)")]
    [TestCase("73211009|Diabetes", "the term has no closing '|' (character 10)")]
    [TestCase("73211009:363698007=\"text", "the text has no closing quote (character 25)")]
    [TestCase("73211009 73211009", "the expression ends here, and more follows (character 10)")]
    public void Parse_NoExpression_SaysWhatIsWrongWhere(string text, string fault) => Assert.That(ExpressionParser.Parse(text), Is.EqualTo(((SnomedExpression?)null, fault)));

    [Test]
    public void Parse_NestedWithoutEnd_IsRefused()
        => Assert.That(ExpressionParser.Parse(string.Concat(Enumerable.Repeat("1:1=(", 100_000))).Fault, Does.StartWith("expressions are nested deeper"));
}

using Terminology.Issues;

namespace Terminology.Ecl;

/// <summary>What is told of expressions that do not follow the grammar: the place of the first character that does not fit, what was expected, how to mend it.</summary>
public sealed class EclErrorTests
{
    [TestCase("", 0, "a concept identifier")]
    [TestCase("   ", 3, "the expression ends there")]
    [TestCase("<< abc", 3, "there is 'abc'")]
    [TestCase("Asthma", 0, "73211009 |Asthma|")]
    [TestCase("12345", 0, "6 to 18 digits")]
    [TestCase("0123456", 0, "does not begin with 0")]
    [TestCase("1234567890123456789", 0, "6 to 18 digits")]
    [TestCase("<< 10200004 <<", 12, "join constraints by AND, OR or MINUS")]
    [TestCase("<< 10200004 10200004", 12, "the end of the expression")]
    [TestCase("<< 128045006 OR << 10200004 AND << 64572001", 28, "brackets have to say what belongs together")]
    [TestCase("128045006 AND 10200004 OR 64572001", 23, "brackets")]
    [TestCase("128045006 MINUS 10200004 MINUS 64572001", 25, "brackets")]
    [TestCase("128045006 MINUS 10200004 OR 64572001", 25, "brackets")]
    [TestCase("128045006 AND", 13, "a concept identifier")]
    [TestCase("< > 128045006", 2, "one operator is enough")]
    [TestCase("^ ^ 128045006", 2, "brackets are needed")]
    [TestCase("(128045006", 10, "')' for the '(' at character 1")]
    [TestCase("128045006)", 9, "there is no '(' for this ')'")]
    [TestCase("((128045006)", 12, "'(' at character 1")]
    [TestCase("128045006 |Asthma", 10, "a second '|'")]
    [TestCase("128045006 ||", 11, "leave out both pipes")]
    [TestCase("128045006 /* open", 10, "the end of a comment")]
    [TestCase("128045006 AND 10200004 : 363698007 = *", 23, "needs brackets")]
    [TestCase("128045006 OR 10200004 . 363698007", 22, "brackets are needed")]
    [TestCase("128045006 :", 11, "the expression ends there")]
    [TestCase("128045006 : 363698007", 21, "'=', '!='")]
    [TestCase("128045006 : 363698007 =", 23, "a concept identifier")]
    [TestCase("128045006 : 363698007 = 10200004 OR 64572001", 44, "need brackets")]
    [TestCase("128045006 : 363698007 = 10200004 MINUS 64572001", 33, "not joined by MINUS")]
    [TestCase("128045006 : 363698007 = *, 116676008 = * OR 246075003 = *", 41, "brackets have to say")]
    [TestCase("128045006 : { 363698007 = *", 27, "'}' for the '{' at character 13")]
    [TestCase("128045006 : { { 363698007 = * } }", 14, "groups do not stand within groups")]
    [TestCase("128045006 { 363698007 = * }", 10, "behind a ':'")]
    [TestCase("128045006 = *", 10, "behind a ':'")]
    [TestCase("128045006 : [3..1] 363698007 = *", 12, "smaller number first")]
    [TestCase("128045006 : [1] 363698007 = *", 14, "'..'")]
    [TestCase("128045006 : [..1] 363698007 = *", 13, "a whole number")]
    [TestCase("128045006 : [01..2] 363698007 = *", 13, "leading zero")]
    [TestCase("128045006 : 363698007 < 10200004", 22, "a number is written #5")]
    [TestCase("128045006 : 363698007 > \"a\"", 22, "'=' or '!='")]
    [TestCase("128045006 : 363698007 = #", 25, "a number behind '#'")]
    [TestCase("128045006 : 363698007 = #05", 25, "a number behind '#'")]
    [TestCase("128045006 : 363698007 = #5.", 27, "a digit behind the decimal point")]
    [TestCase("128045006 : 363698007 = \"open", 24, "closing quotation mark")]
    [TestCase("128045006 : 363698007 = \"a\\n\"", 26, "a backslash is written twice")]
    [TestCase("128045006 : 363698007 = \"\"", 24, "a text that is not empty")]
    [TestCase("128045006 : 363698007 NOT 10200004", 26, "NOT stands before '='")]
    [TestCase("* {{ foo = \"a\" }}", 5, "a description filter")]
    [TestCase("* {{ definitionStatus = primitive }}", 5, "{{ C definitionStatus")]
    [TestCase("* {{ C term = \"a\" }}", 7, "{{ D term")]
    [TestCase("* {{ term \"a\" }}", 10, "'=' or '!='")]
    [TestCase("* {{ term < \"a\" }}", 10, "only times and numbers")]
    [TestCase("* {{ term = \"a\" language = en }}", 16, "separated by commas")]
    [TestCase("* {{ term = \"a\" }", 16, "'}}'")]
    [TestCase("* {{ term = (\"a\" }}", 17, "another search term or ')'")]
    [TestCase("* {{ term = wild \"a\" }}", 17, "stand before a colon")]
    [TestCase("* {{ language = eng }}", 16, "two letters")]
    [TestCase("* {{ type = preferred }}", 12, "syn, fsn or def")]
    [TestCase("* {{ dialect = en-xx }}", 15, "dialectId = ID")]
    [TestCase("* {{ dialect = en-gb (best) }}", 22, "accept or prefer")]
    [TestCase("* {{ id = 12 }}", 10, "a description identifier")]
    [TestCase("* {{ C active = maybe }}", 16, "1, 0, true or false")]
    [TestCase("* {{ C effectiveTime = \"2021\" }}", 23, "a date like")]
    [TestCase("* {{ C effectiveTime = \"20211301\" }}", 23, "a date like")]
    [TestCase("* {{ C definitionStatus = some }}", 26, "primitive or defined")]
    [TestCase("* {{ M active = 1 }}", 5, "write '^' before the reference set")]
    [TestCase("^ 700043003 {{ D active = 1 }} {{ M active = 1 }}", 34, "directly behind the reference set")]
    [TestCase("* {{ + HISTOIRE }}", 7, "HISTORY")]
    [TestCase("* {{ +HISTORY-ALL }}", 14, "MIN, MOD or MAX")]
    [TestCase("* {{ +HISTORY }} {{ C active = 1 }}", 17, "filters stand before it")]
    [TestCase("^ [] 700043003", 3, "the name of a field")]
    [TestCase("^ [mapTarget 700043003", 13, "']'")]
    [TestCase("LOINC#", 6, "the code of an alternate identifier")]
    [TestCase("\"LOINC\"", 0, "\"SCHEME#code\"")]
    public void Parse_NotInTheGrammar_IsToldWithItsPlace(string text, int position, string told)
    {
        var problem = Assert.Throws<InvalidExpression>(() => ExpressionConstraint.Parse(text));
        Assert.That(problem!.Message, Does.Contain(told).And.Contain($"'{text}'"));
        Assert.That(problem.Position, Is.EqualTo(position), problem.Message);
        Assert.That((problem.MessageId, problem.TxIssueType), Is.EqualTo(("INVALID_ECL", "vs-invalid")));
    }

    [Test]
    public void Parse_ErrorOnALaterLine_NamesLineAndCharacter()
        => Assert.That(() => ExpressionConstraint.Parse("<< 128045006\n  AND x1"), Throws.TypeOf<InvalidExpression>().With.Message.Contain("character 20 (line 2, character 7)"));

    [TestCase("(", ")", "*")]
    [TestCase("* : (", ")", "* = *")]
    [TestCase("* : ((", ") = *)", "*")]
    [TestCase("* : ((* : ", ") = *)", "* = *")]
    [TestCase("* : * = (* : ", ")", "* = *")]
    [TestCase("* : { (", ") }", "* = *")]
    [TestCase("* {{ +HISTORY (", ") }}", "*")]
    [TestCase("< (", "", "")]
    [TestCase("* {{ typeId = (", ") }}", "*")]
    public void Parse_NestedTenThousandTimes_IsAnErrorAtOnce(string open, string close, string inner)
    {
        var text = string.Concat(Enumerable.Repeat(open, 10_000)) + inner + string.Concat(Enumerable.Repeat(close, 10_000));
        var problem = Assert.Throws<InvalidExpression>(() => ExpressionConstraint.Parse(text));
        Assert.That(problem!.Message.Length, Is.LessThan(2_000));
    }

    [Test]
    public void Parse_AmbiguousBracketsAtTheLimit_TakesLinearTime()
    {
        var text = "* : " + string.Concat(Enumerable.Repeat("((* : ", 49)) + "* = *" + string.Concat(Enumerable.Repeat(") = *)", 49));
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.That(ExpressionConstraint.Parse(text), Is.InstanceOf<Refined>());
        Assert.That(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, Is.LessThan(60), "reading each bracket twice would take years");
    }

    [Test]
    public void Parse_AMillionOperands_IsRead()
        => Assert.That(ExpressionConstraint.Parse(string.Join(" OR ", Enumerable.Repeat("73211009", 1_000_000))), Is.InstanceOf<Disjunction>());
}

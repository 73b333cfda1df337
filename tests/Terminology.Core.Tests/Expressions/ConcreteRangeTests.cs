namespace Terminology.Expressions;

public sealed class ConcreteRangeTests
{
    [TestCase("dec(>#0..)", "0.1 12", "0 -1")]
    [TestCase("dec(#0..)", "0 0.1", "-0.1")]
    [TestCase("int(>#0..)", "1 500", "0 1.5")]
    [TestCase("int(#1..#10)", "1 10", "0 11")]
    [TestCase("int(>#1..<#10)", "2 9", "1 10")]
    [TestCase("dec(>=#1..<=#1.5)", "1 1.5", "0.9 1.6")]
    [TestCase("dec(..#10)", "-5 10", "10.5")]
    [TestCase("int(#1 #3)", "1 3", "2")]
    [TestCase(" dec ( #2.50 )", "2.5", "2")]
    [TestCase("int()", "7", "7.5")]
    public void Contains_Numbers_AsTheRangeSays(string range, string inside, string outside)
    {
        var read = ConcreteRange.Read(range)!;
        Assert.That(inside.Split(' ').Select(number => read.Contains(ConcreteValue.Number(number))), Has.All.True);
        Assert.That(outside.Split(' ').Select(number => read.Contains(ConcreteValue.Number(number))), Has.All.False);
        Assert.That(read.Contains(ConcreteValue.String("1")), Is.False);
    }

    [Test]
    public void Contains_TextsAndTruth_Exactly()
    {
        Assert.That(ConcreteRange.Read("str(\"a b\" \"c\")")!.Contains(ConcreteValue.String("a b")), Is.True);
        Assert.That(ConcreteRange.Read("str(\"a b\" \"c\")")!.Contains(ConcreteValue.String("A b")), Is.False);
        Assert.That(ConcreteRange.Read("str()")!.Contains(ConcreteValue.String("x")), Is.True);
        Assert.That(ConcreteRange.Read("bool(TRUE)")!.Contains(ConcreteValue.Boolean(true)), Is.True);
        Assert.That(ConcreteRange.Read("bool(true)")!.Contains(ConcreteValue.Boolean(false)), Is.False);
    }

    [TestCase("<< 404684003 |Clinical finding (finding)|")]
    [TestCase("(<< 404684003 OR << 71388002)")]
    public void Read_ExpressionConstraint_IsNone(string text) => Assert.That(ConcreteRange.Read(text), Is.Null);
}

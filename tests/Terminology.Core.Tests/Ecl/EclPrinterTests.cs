using CsCheck;

namespace Terminology.Ecl;

public sealed class EclPrinterTests
{
    [Test]
    public void Print_AnyTree_ParsesToItself() => Gen.Int.Select(seed => new RandomTrees(seed).Tree(4)).Sample(
        tree =>
        {
            var printed = tree.ToString();
            var read = ExpressionConstraint.Parse(printed);
            return Trees.Show(read) == Trees.Show(tree) && read.ToString() == printed;
        },
        iter: 5_000);

    [Test]
    public void Parse_AnyDamage_IsReadOrToldWithinTheText() => Gen.Select(Gen.Int, Gen.Int[0, 10_000], Gen.Int[0, 5]).Sample(
        (seed, place, length) =>
        {
            var text = new RandomTrees(seed).Tree(3).ToString();
            var at = place % text.Length;
            var damaged = text.Remove(at, Math.Min(length, text.Length - at));
            try
            {
                return ExpressionConstraint.Parse(damaged) is not null;
            }
            catch (Issues.InvalidExpression problem)
            {
                return problem.Position >= 0 && problem.Position <= damaged.Length;
            }
        },
        iter: 5_000);
}

using CsCheck;
using Terminology.CodeSystems;
using Terminology.Ecl;

namespace Terminology.Store.Ecl;

/// <summary>What the indexes answer is what asking every concept answers. TERMINOLOGY_ECL_EXPRESSIONS says how many expressions to try.</summary>
public sealed class EclEqualityTests
{
    private static readonly int Expressions = int.TryParse(Environment.GetEnvironmentVariable("TERMINOLOGY_ECL_EXPRESSIONS"), out var count) ? count : 2_000;

    [TestCase(1, 60)]
    [TestCase(2, 700)]
    public void Evaluate_AnyExpression_IsTheNaiveAnswer(int seed, int size)
    {
        using var world = new EclWorld(seed, size);
        var (system, naive, answers) = (world.File.System, new NaiveEcl(world), 0);
        Gen.Int.Sample(
            choice =>
            {
                var tree = new RandomEcl(world, choice).Next(3);
                var expected = naive.Of(tree);
                var found = EclQuery.Evaluate(system, tree.ToString());
                var codes = world.File.Codes(found);
                if (!codes.SequenceEqual(expected.Order(StringComparer.Ordinal)))
                {
                    throw new InvalidOperationException($"{tree}\nmissing: {string.Join(' ', expected.Except(codes))}\ntoo many: {string.Join(' ', codes.Except(expected))}");
                }
                if (expected.Count > 0) Interlocked.Increment(ref answers);
                var within = ConceptSet.FromOrdinals([.. Enumerable.Range(0, 20).Select(i => (int)((uint)(choice + i * 7919) % (uint)system.Count))]);
                return EclQuery.Evaluate(system, tree.ToString(), within).SequenceEqual(found.And(within));
            },
            iter: Expressions, threads: 1);
        TestContext.Out.WriteLine($"{Expressions:N0} expressions equal, {answers:N0} with an answer");
        Assert.That(answers, Is.GreaterThan(Expressions / 3));
    }
}

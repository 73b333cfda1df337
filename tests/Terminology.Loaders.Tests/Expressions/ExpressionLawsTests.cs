using System.Text;
using CsCheck;
using Terminology.CodeSystems;
using Terminology.Expressions;
using Terminology.Loaders.Rf2;

namespace Terminology.Loaders.Expressions;

/// <summary>What holds of expressions over any release.</summary>
public sealed class ExpressionLawsTests
{
    private const int Worlds = 40, Each = 25;

    [Test]
    public void IsA_WiderAndWider_HoldsAtEveryStep() => InWorlds((world, system) =>
    {
        var one = world.Expression();
        var two = world.Wider(one);
        var three = world.Wider(two);
        return IsA(system, one, one) && IsA(system, one, two) && IsA(system, two, three) && IsA(system, one, three);
    });

    [Test]
    public void IsA_AnAttributeMore_IsNarrower() => InWorlds((world, system) =>
    {
        var one = world.Expression();
        return IsA(system, world.Narrower(one), one);
    });

    [Test]
    public void IsA_AnyThree_IsTransitive() => InWorlds((world, system) =>
    {
        ConceptOrdinal[] all = [.. Enumerable.Range(0, 6).Select(_ => Find(system, world.Expression())), .. world.Content.Take(8).Select(code => Find(system, code))];
        return all.All(x => all.All(y => all.All(z => !system.IsA(x, y) || !system.IsA(y, z) || system.IsA(x, z))));
    });

    [Test]
    public void DescendantsAndAncestors_AreAllForWhichItHolds() => InWorlds((world, system) =>
    {
        var concept = Find(system, world.Wider(world.Wider(world.Expression())));
        var concepts = world.System.All;
        return concepts.All(other => system.DescendantsOrSelf(concept).Contains(other) == system.IsA(other, concept))
            && concepts.All(other => !system.AncestorsOrSelf(concept).Contains(other) || system.IsA(concept, other));
    });

    [Test]
    public void ParentsAndChildren_StandRightAboveAndBelow() => InWorlds((world, system) =>
    {
        var concept = Find(system, world.Wider(world.Expression()));
        var (parents, children) = (system.Parents(concept).ToArray(), system.Children(concept).ToArray());
        return parents.Length > 0 == (concept != Find(system, TinySnomed.Root))
            && parents.All(parent => system.IsA(concept, parent)) && !parents.Any(one => parents.Any(other => one != other && system.IsA(one, other)))
            && children.All(child => system.IsA(child, concept) && !system.IsA(concept, child)) && !children.Any(one => children.Any(other => one != other && system.IsA(one, other)));
    });

    [Test]
    public void Normal_OfItself_IsItself() => InWorlds((world, system) =>
    {
        var normal = system.Normal(Find(system, world.Expression()));
        return system.Normal(Find(system, normal)).ToString() == normal.ToString();
    });

    [Test]
    public void Normal_MeansTheSame() => InWorlds((world, system) =>
    {
        // A single concept that stands there as an expression is that concept, primitive or not.
        var one = world.Expression() with { Status = DefinitionStatus.EquivalentTo };
        var normal = system.Normal(Find(system, one));
        return IsA(system, one, normal) && IsA(system, normal, one);
    });

    [Test]
    public void Normal_OfConcepts_IsTheirDefinition() => InWorlds((world, system) => world.Content.TrueForAll(code =>
    {
        var (concept, normal) = (Find(system, code), system.Normal(Find(system, code)));
        return system.IsA(concept, Find(system, normal)) == (normal.Status == DefinitionStatus.EquivalentTo)
            && system.IsA(concept, Find(system, normal with { Status = DefinitionStatus.Unsaid }))
            && (normal.Status == DefinitionStatus.SubtypeOf || system.IsA(Find(system, normal), concept))
            && system.Normal(Find(system, normal)).ToString() == normal.ToString();
    }));

    private static bool IsA(ExpressionCodeSystem system, SnomedExpression one, SnomedExpression other) => system.IsA(Find(system, one), Find(system, other));

    private static ConceptOrdinal Find(ExpressionCodeSystem system, SnomedExpression expression) => Find(system, expression.ToString());

    private static ConceptOrdinal Find(ExpressionCodeSystem system, string code)
        => system.TryFind(Encoding.UTF8.GetBytes(code), out var concept) ? concept : throw new InvalidOperationException($"{code}: {system.Explain(code)}");

    private static void InWorlds(Func<ExpressionWorld, ExpressionCodeSystem, bool> holds) => Gen.Int.Sample(
        seed =>
        {
            using var world = new ExpressionWorld(seed);
            return Enumerable.Range(0, Each).All(_ => holds(world, world.Open()));
        },
        iter: Worlds, threads: 1);
}

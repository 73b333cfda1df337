using System.Diagnostics;
using System.Text;
using Terminology.Expressions;

namespace Terminology.Loaders.Expressions;

/// <summary>Expressions as large as they may be cost no more than a moment.</summary>
public sealed class HostileExpressionTests
{
    private static readonly string Name = ExpressionWorld.Names[0];

    [TestCase(30, 1)]
    [TestCase(25, 8)]
    public void Nested_AsDeepAsAllowed_IsAnsweredSoon(int depth, int each) => Ask(world =>
    {
        var text = world.Content[^1];
        for (var i = 0; i < depth; i++) text = $"{world.Values[i % world.Values.Count]}:{string.Concat(Enumerable.Repeat($"{Name}={world.Values[0]},", each))}{Name}=({text})";
        return text;
    });

    [Test]
    public void Groups_AsManyAsFit_AreAnsweredSoon() => Ask(world => $"{world.Content[0]}:{string.Join(',', Enumerable.Range(0, 220).Select(i => $"{{{ExpressionWorld.Names[i % 3]}={world.Values[i % 10]},{ExpressionWorld.Names[i % 2]}={world.Values[i % 7]}}}"))}");

    [Test]
    public void Attributes_AsManyAsFit_AreAnsweredSoon() => Ask(world => $"{world.Content[0]}:{{{string.Join(',', Enumerable.Range(0, 450).Select(i => $"{ExpressionWorld.Names[i % 3]}={world.Values[i % 10]}"))}}}");

    [Test]
    public void FocusConcepts_AsManyAsFit_AreAnsweredSoon() => Ask(world => string.Join('+', Enumerable.Range(0, 900).Select(i => world.Content[i % 16])));

    private static void Ask(Func<ExpressionWorld, string> compose)
    {
        using var world = new ExpressionWorld(7);
        var system = world.Open();
        var text = compose(world);
        Assert.That(text, Has.Length.LessThanOrEqualTo(ExpressionParser.Longest));
        var watch = Stopwatch.StartNew();
        Assert.That(system.TryFind(Encoding.UTF8.GetBytes(text), out var one), Is.True, system.Explain(text));
        Assert.That(system.TryFind(Encoding.UTF8.GetBytes("<<<" + text), out var other), Is.True);
        Assert.That((system.IsA(one, one), system.IsA(other, one), system.IsA(one, other)), Is.EqualTo((true, true, false)));
        _ = (system.Normal(one), system.Parents(one).Length, system.Children(one).Length, system.AncestorsOrSelf(other).Count);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }
}

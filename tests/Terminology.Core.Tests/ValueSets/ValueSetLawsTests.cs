using CsCheck;
using Terminology.Operations;

namespace Terminology.ValueSets;

/// <summary>What holds for every value set.</summary>
public sealed class ValueSetLawsTests
{
    [Test]
    public void Membership_EqualsExpansion_ForRandomValueSets() => RandomValueSets.Worlds3.Sample(world =>
    {
        var service = Worlds.Service([world.System], world.ValueSets);
        return world.ValueSets.All(valueSet =>
        {
            var expanded = Codes(service, valueSet);
            var evaluator = new ValueSetEvaluator(service, RequestScope.Default);
            var members = world.System.All.Where(concept => evaluator.Contains(valueSet, world.System, concept)).Select(concept => TerminologyService.Text(world.System.Code(concept)));
            return expanded.ToHashSet().SetEquals(members);
        });
    });

    [Test]
    public void Validation_EqualsExpansion_ForRandomValueSets() => RandomValueSets.Worlds3.Sample(
        world =>
        {
            var service = Worlds.Service([world.System], world.ValueSets);
            var valueSet = world.ValueSets[2];
            var expanded = Codes(service, valueSet);
            return Enumerable.Range(0, RandomValueSets.Concepts).All(i => service.ValidateCode(
                new(new([new(Worlds.Animals, $"c{i}")]), CodeForm.Coding) { ValueSet = valueSet }, RequestScope.Default).Result == expanded.Contains($"c{i}"));
        },
        iter: 50);

    [Test]
    public void Expansion_EachMemberOnce_ForRandomValueSets() => RandomValueSets.Worlds3.Sample(world =>
    {
        var service = Worlds.Service([world.System], world.ValueSets);
        return world.ValueSets.All(valueSet => Codes(service, valueSet) is var codes && codes.Distinct().Count() == codes.Length);
    });

    [Test]
    public void Pages_OneAfterTheOther_AreTheWhole() => Gen.Select(RandomValueSets.Worlds3, Gen.Int[1, 5], Gen.Bool, (world, size, filtered) => (world, size, filtered)).Sample(given =>
    {
        var ((system, valueSets), size, filtered) = given;
        var service = Worlds.Service([system], valueSets);
        var request = new ExpandRequest { ValueSet = valueSets[2], Filter = filtered ? "conc" : null };
        var whole = service.Expand(request with { ExcludeNested = true }, RequestScope.Default);
        var pages = new List<string>();
        for (var offset = 0; offset <= whole.Members.Count; offset += size)
        {
            var page = service.Expand(request with { Offset = offset, Count = size }, RequestScope.Default);
            if (page.Total != whole.Total) return false;
            pages.AddRange(Codes(page.Members));
        }
        return pages.SequenceEqual(Codes(whole.Members)) && whole.Total == pages.Count;
    });

    [Test]
    public void Exclude_Whatever_LeavesTheIncludesWithoutIt() => Gen.Select(RandomValueSets.CodeSystems, RandomValueSets.Rules(0), RandomValueSets.Rules(0)).Sample((system, include, exclude) =>
    {
        var service = Worlds.Service(system);
        var (all, out_) = (Codes(service, Worlds.ValueSet("i", include)), Codes(service, Worlds.ValueSet("e", exclude)));
        return Codes(service, Worlds.ValueSet("x", include).Less(exclude)).SequenceEqual(all.Except(out_));
    });

    [Test]
    public void Includes_Several_AreTheUnionInOrder() => Gen.Select(RandomValueSets.CodeSystems, RandomValueSets.Rules(0), RandomValueSets.Rules(0)).Sample((system, first, second) =>
    {
        var service = Worlds.Service(system);
        return Codes(service, Worlds.ValueSet("u", first, second)).SequenceEqual(Codes(service, Worlds.ValueSet("a", first)).Union(Codes(service, Worlds.ValueSet("b", second))));
    });

    [Test]
    public void Imports_Several_AreTheIntersection() => Gen.Select(RandomValueSets.CodeSystems, RandomValueSets.Rules(0), RandomValueSets.Rules(0)).Sample((system, first, second) =>
    {
        var (a, b) = (Worlds.ValueSet("a", first), Worlds.ValueSet("b", second));
        var service = Worlds.Service([system], a, b);
        return Codes(service, Worlds.ValueSet("n", Worlds.Import("a", "b"))).SequenceEqual(Codes(service, a).Intersect(Codes(service, b)));
    });

    [Test]
    public void Nested_Flattened_IsTheFlatOne() => RandomValueSets.Worlds3.Sample(world =>
    {
        var service = Worlds.Service([world.System], world.ValueSets);
        var nested = service.Expand(new() { ValueSet = world.ValueSets[2], ExcludeNested = false }, RequestScope.Default);
        return Flat(nested.Members).Order(StringComparer.Ordinal).SequenceEqual(Codes(service, world.ValueSets[2]).Order(StringComparer.Ordinal));
    });

    internal static string[] Codes(TerminologyService service, ValueSet valueSet) => Codes(service.Expand(new() { ValueSet = valueSet, ExcludeNested = true }, RequestScope.Default).Members);

    internal static string[] Codes(IEnumerable<ExpansionMember> members) => [.. members.Select(Code)];

    private static IEnumerable<string> Flat(IEnumerable<ExpansionMember> members) => members.SelectMany(member => Flat(member.Contains ?? []).Prepend(Code(member)));

    private static string Code(ExpansionMember member) => member.CodeSystem is { } system ? TerminologyService.Text(system.Code(member.Concept)) : member.Unknown!.Code!;
}

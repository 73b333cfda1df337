using CsCheck;
using Terminology.CodeSystems;

namespace Terminology.ValueSets;

/// <summary>Generators of code systems and value sets over them.</summary>
internal static class RandomValueSets
{
    public const int Concepts = 12;

    private static Gen<string> Code { get; } = Gen.Int[0, Concepts + 1].Select(i => $"c{i}");

    /// <summary>Twelve concepts c0 … c11 in an acyclic poly-hierarchy, some inactive, with a property.</summary>
    public static Gen<InMemoryCodeSystem> CodeSystems { get; } = Versions("1");

    /// <summary>Rules over <see cref="Worlds.Animals"/>: everything, enumerations in any order with repetitions and unknown codes, filters, imports of value sets with a lower number.</summary>
    public static Gen<ConceptSetRule> Rules(int imports) => Gen.Frequency(
        (1, Gen.Const(Worlds.All())),
        (3, Code.Array[1, 20].Select(codes => Worlds.Codes(codes))),
        (3, Gen.Select(OneOf("is-a", "descendent-of", "is-not-a", "generalizes", "child-of", "descendent-leaf"), Gen.Int[0, Concepts - 1], (op, code) => Worlds.Where("concept", op, $"c{code}"))),
        (1, OneOf("small", "large").Select(size => Worlds.Where("size", "=", size))),
        (1, OneOf("true", "false").Select(inactive => Worlds.Where("inactive", "=", inactive))),
        (imports == 0 ? 0 : 2, Gen.Int[0, Math.Max(imports - 1, 0)].Array[1, 2].Select(named => Worlds.Import([.. named.Distinct().Select(i => $"v{i}")]))),
        (imports == 0 ? 0 : 1, Gen.Select(Code.Array[1, 9], Gen.Int[0, Math.Max(imports - 1, 0)], (codes, named) => Worlds.Codes(codes) with { ValueSets = [new(Worlds.Url($"v{named}"))] })));

    /// <summary>A code system and three value sets v0, v1, v2; the later ones may import the earlier.</summary>
    public static Gen<(InMemoryCodeSystem System, ValueSet[] ValueSets)> Worlds3 { get; } = Gen.Select(CodeSystems, ValueSets(0), ValueSets(1), ValueSets(2), (system, v0, v1, v2) => (system, new[] { v0, v1, v2 }));

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<ValueSet> ValueSets(int number) => Gen.Select(
        Rules(number).Array[1, 3], Rules(number).Array[0, 2], OneOf<bool?>(null, true, false),
        (includes, excludes, inactive) => new ValueSet { Url = Worlds.Url($"v{number}"), Version = "1", Compose = new(includes, excludes) { Inactive = inactive } });

    private static Gen<InMemoryCodeSystem> Versions(string version) => Gen.Select(Gen.Int[-3, Concepts].Array[2].Array[Concepts], Gen.Int[0, 9].Array[Concepts], (parents, traits) => Worlds.CodeSystem(
        Worlds.Animals, version,
        [.. Enumerable.Range(0, Concepts).Select(i => $"c{i}{(traits[i] == 0 ? "!" : "")}{string.Concat(parents[i].Where(parent => parent >= 0 && parent < i).Distinct().Select(parent => $"<c{parent}"))}:Concept {i}{(traits[i] > 6 ? ";size=large" : traits[i] > 3 ? ";size=small" : "")}")]));
}

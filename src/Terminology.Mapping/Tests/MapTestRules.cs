using FluentValidation;
using Terminology.Issues;

namespace Terminology.Mapping.Tests;

/// <summary>The tests of a map, all of them: they replace those there were.</summary>
public sealed record MapTestSet
{
    /// <summary>In any order; kept in that of their ids.</summary>
    public IReadOnlyList<MapTest> Tests { get; init; } = [];
}

/// <summary>What must hold of tests before they are kept.</summary>
public sealed class MapTestRules : AbstractValidator<MapTestSet>
{
    private const int Most = 10_000, LongestText = 1000;

    /// <summary>The rules.</summary>
    public MapTestRules()
    {
        RuleFor(set => set.Tests.Count).LessThanOrEqualTo(Most).OverridePropertyName("tests");
        RuleForEach(set => set.Tests).NotNull().ChildRules(test =>
        {
            test.RuleFor(one => one.Id).NotEmpty().MaximumLength(LongestText);
            test.RuleFor(one => one.Code).NotEmpty().MaximumLength(LongestText);
            test.RuleFor(one => one.Target).MaximumLength(LongestText);
            test.RuleFor(one => one).Must(DemandsOne).WithMessage(MapTestMessages.OneDemand()).OverridePropertyName("target");
        });
        RuleFor(set => set.Tests).Must(tests => Twice(tests) is null).WithMessage(set => MapTestMessages.IdTwice(Twice(set.Tests)!));
    }

    /// <summary>A target, none, or a relationship: exactly what can be right or wrong.</summary>
    public static bool DemandsOne(MapTest test) => test.NoMap ? test.Target is null && test.Relationship is null && test.TargetSystem is null : test.Target is not null || test.Relationship is not null;

    private static string? Twice(IReadOnlyList<MapTest> tests) => tests.Where(test => test is not null).GroupBy(test => test.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
}

using FluentValidation;
using Terminology.Issues;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Tests;

namespace Terminology.Mapping.Maps;

/// <summary>What must hold of a map before it is made.</summary>
public sealed class MapProjectRules : AbstractValidator<MapProject>
{
    private const int Longest = 2000;

    /// <summary>The rules.</summary>
    public MapProjectRules()
    {
        RuleFor(map => map.Id).NotEmpty().Matches("^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$").WithMessage("1 to 64 letters, digits, hyphens and dots, the first no hyphen or dot.");
        RuleFor(map => map.Url).NotEmpty().MaximumLength(Longest).Must(IsCanonical).WithMessage("A canonical url without version is expected, for example http://hospital.example/fhir/ConceptMap/lab.");
        RuleFor(map => map.Title).NotEmpty().MaximumLength(Longest);
        RuleFor(map => map.SourceSystem).NotEmpty().MaximumLength(Longest).Must(IsCanonical).WithMessage("The canonical url of the code system of the sources, without version.");
        RuleFor(map => map.TargetSystems).NotEmpty().WithMessage("At least one target system is needed.");
        RuleForEach(map => map.TargetSystems).MaximumLength(Longest).Must(IsCanonical).WithMessage("The canonical url of a code system, without version.");
        RuleFor(map => map.Domain).NotEmpty().Matches("^[a-z][a-z0-9-]{0,31}$").WithMessage("1 to 32 small letters, digits and hyphens, for example lab.");
        RuleFor(map => map.Steward).NotEmpty().MaximumLength(64);
        RuleFor(map => map.Policy.Signatures).InclusiveBetween(1, 10);
        RuleFor(map => map.Policy.DualShare).InclusiveBetween(1, 100).When(map => map.Policy.Review == ReviewMode.DualOnSample);
        RuleFor(map => map.Policy.DualShare).InclusiveBetween(0, 100);
        RuleFor(map => map.Policy.LeastCoverage).InclusiveBetween(0, 100);
        RuleFor(map => map.Policy.MostErrors).InclusiveBetween(0, 100);
        RuleForEach(map => map.Policy.Quality).Must(weight => QualityRules.Find(weight.Key) is { CanBeWaived: true }).WithMessage((_, weight) => WaiverMessages.NotInProfile(weight.Key, string.Join(", ", QualityRules.All.Where(rule => rule.CanBeWaived).Select(rule => rule.Id)))).OverridePropertyName("policy.quality");
        RuleFor(map => map.Policy.MostTargets).GreaterThanOrEqualTo(0);
        RuleFor(map => new MapTestSet { Tests = map.Tests }).SetValidator(new MapTestRules()).OverridePropertyName("tests");
    }

    private static bool IsCanonical(string? url) => url is not null && !url.Contains('|', StringComparison.Ordinal) && Uri.TryCreate(url, UriKind.Absolute, out _);
}

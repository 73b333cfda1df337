using FluentValidation;

namespace Terminology.Mapping.Impact;

/// <summary>What must hold of an acceptance before it is looked at.</summary>
public sealed class ImpactAcceptanceRules : AbstractValidator<ImpactAcceptance>
{
    private const int Most = 1_000_000;

    /// <summary>The rules.</summary>
    public ImpactAcceptanceRules()
    {
        RuleFor(wanted => wanted.Choices.Count).LessThanOrEqualTo(Most).OverridePropertyName("choices");
        RuleForEach(wanted => wanted.Choices).NotNull().ChildRules(choice =>
        {
            choice.RuleFor(one => one.Key).NotEmpty();
            choice.RuleFor(one => one.Code).NotEmpty();
            choice.RuleFor(one => one.Kind).NotEmpty();
        });
        RuleForEach(wanted => wanted.Kinds).NotEmpty();
    }
}

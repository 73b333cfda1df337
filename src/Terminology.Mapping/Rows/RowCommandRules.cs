using FluentValidation;

namespace Terminology.Mapping.Rows;

/// <summary>What must hold of a command before it is looked at: lengths, and that a target names its code and system. Whether it may be done is for <see cref="RowDecision"/>.</summary>
public sealed class RowCommandRules : AbstractValidator<RowCommand>
{
    private const int LongestText = 4000, LongestCode = 1000, MostTargets = 1000;

    /// <summary>The rules.</summary>
    public RowCommandRules()
    {
        RuleFor(command => command.Reason).MaximumLength(LongestText);
        RuleFor(command => command.ParkedFor).MaximumLength(LongestText);
        RuleFor(command => command.Evidence.Count).LessThanOrEqualTo(MostTargets);
        When(command => command.Content is not null, () =>
        {
            RuleFor(command => command.Content!.Targets.Count).LessThanOrEqualTo(MostTargets).OverridePropertyName("content.targets");
            RuleForEach(command => command.Content!.Targets).ChildRules(target =>
            {
                target.RuleFor(one => one.Code).NotEmpty().MaximumLength(LongestCode);
                target.RuleFor(one => one.System).NotEmpty().MaximumLength(LongestCode);
                target.RuleFor(one => one.Comment).MaximumLength(LongestText);
                target.RuleFor(one => one.Confidence).InclusiveBetween(0, 1);
                target.RuleFor(one => one.EffectiveTo).GreaterThanOrEqualTo(one => one.EffectiveFrom).When(one => one.EffectiveFrom is not null);
            }).OverridePropertyName("content.targets");
        });
    }
}

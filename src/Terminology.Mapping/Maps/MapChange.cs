using FluentValidation;
using Terminology.Issues;

namespace Terminology.Mapping.Maps;

/// <summary>What somebody wants to be other about a map. What is null stays; id, url, systems and domain never change.</summary>
public sealed record MapChange
{
    /// <summary>For people.</summary>
    public string? Title { get; init; }

    /// <summary>Licence notice of releases from the next on; an empty text takes it away.</summary>
    public string? Copyright { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? Steward { get; init; }

    /// <summary>Value set that targets must be in; an empty text takes it away.</summary>
    public string? TargetScope { get; init; }

    /// <summary>The day by which it is to be looked through again.</summary>
    public DateOnly? ReviewBy { get; init; }

    /// <summary>Its rules with the weights of its quality profile, all of them: they are proposed, and hold when a second person has agreed.</summary>
    public MapPolicy? Policy { get; init; }

    /// <summary>Why, in words; needed for another policy.</summary>
    public string? Reason { get; init; }

    /// <summary>Is anything said that holds at once?</summary>
    public bool IsOfMap() => Title is not null || Copyright is not null || Steward is not null || TargetScope is not null || ReviewBy is not null;
}

/// <summary>What must hold of a change before it is looked at. Whether it may be done is for <see cref="SettingsDecision"/>.</summary>
public sealed class MapChangeRules : AbstractValidator<MapChange>
{
    private const int LongestName = 64, Longest = 2000, LongestReason = 4000;

    /// <summary>The rules.</summary>
    public MapChangeRules()
    {
        RuleFor(change => change.Title).NotEmpty().MaximumLength(Longest).When(change => change.Title is not null);
        RuleFor(change => change.Steward).NotEmpty().MaximumLength(LongestName).When(change => change.Steward is not null);
        RuleFor(change => change.TargetScope).MaximumLength(Longest);
        RuleFor(change => change.Reason).MaximumLength(LongestReason);
        RuleFor(change => change.Reason).NotEmpty().When(change => change.Policy is not null).WithMessage(SettingsMessages.ReasonNeeded());
        RuleFor(change => change).Must(change => change.IsOfMap() || change.Policy is not null).WithMessage(SettingsMessages.NothingSaid()).OverridePropertyName("title");
    }
}

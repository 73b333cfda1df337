using Terminology.Issues;

namespace Terminology.Mapping.Impact;

/// <summary>The classes of impact, all of them, as one table: a code may be in several.</summary>
public static class ImpactRules
{
    /// <summary>Every rule, what weighs most first.</summary>
    public static IReadOnlyList<ImpactRule> All { get; } =
    [
        new(ImpactClass.Unknown, true, change => change is { Before: null, After: null, IsWhole: true }, change => ImpactMessages.Unknown(change.Code, change.Release)),
        new(ImpactClass.Gone, true, change => change is { Before: not null, After: null, IsWhole: true }, change => ImpactMessages.Gone(change.Code, change.Release)),
        new(ImpactClass.Inactive, true, change => change is { Before.IsActive: true, After.IsActive: false }, change => ImpactMessages.Inactive(change.Code, change.Release, change.After!.Status)),
        new(ImpactClass.StillInactive, true, change => change is { Before.IsActive: false, After: null or { IsActive: false } }, change => ImpactMessages.StillInactive(change.Code, change.Release)),
        new(ImpactClass.Replaced, true, change => change.IsLost && change.Replacements is [{ IsCertain: true }], change => ImpactMessages.Replaced(change.Code, change.Replacements[0].Kind, change.Replacements[0].Code, change.Replacements[0].Display)),
        new(ImpactClass.Ambiguous, true, change => change.IsLost && change.Replacements.Count > 0 && change.Replacements is not [{ IsCertain: true }], change => ImpactMessages.Ambiguous(change.Code, Named(change.Replacements))),
        new(ImpactClass.BecameHeader, true, change => change is { Before.IsHeader: false, After.IsHeader: true }, change => ImpactMessages.BecameHeader(change.Code, change.Release, change.After!.Narrower.Count)),
        new(ImpactClass.OutOfScope, true, change => change.Scope is { Before: true, After: false }, change => ImpactMessages.OutOfScope(change.Code, change.Release)),
        new(ImpactClass.MeaningChanged, true, change => change.ChangedMeaning.Count > 0, change => ImpactMessages.MeaningChanged(change.Code, string.Join("; ", change.ChangedMeaning))),
        new(ImpactClass.Discouraged, true, change => change is { Before.IsDiscouraged: false, After: { IsDiscouraged: true, IsActive: true } }, change => ImpactMessages.Discouraged(change.Code, change.Release, change.After!.Status)),
        new(ImpactClass.CloserTarget, false, change => change.Closer.Count > 0, change => ImpactMessages.CloserTarget(change.Code, string.Join(" ", change.Closer.Select(closer => closer.Evidence)))),
        new(ImpactClass.NarrowerCodes, false, change => change is { IsClassification: true, After.IsHeader: var isHeader, Before.IsHeader: var wasHeader } && isHeader == wasHeader && change.NewBelow.Count > 0, change => ImpactMessages.NarrowerCodes(change.Code, change.NewBelow.Count, change.NewBelow[0].ToString())),
        new(ImpactClass.ModuleMoved, false, change => change is { Before.Module: { } old, After.Module: { } now } && old != now, change => ImpactMessages.ModuleMoved(change.Code, change.Before!.Module!, change.After!.Module!)),
        new(ImpactClass.Renamed, false, change => change.IsRenamed && change.ChangedMeaning.Count == 0, change => ImpactMessages.Renamed(change.Code, change.Before!.Display!, change.After!.Display!)),
        new(ImpactClass.BackAgain, false, change => change is { Before.IsActive: false, After.IsActive: true }, change => ImpactMessages.BackAgain(change.Code, change.Release)),
    ];

    /// <summary>The rule of a class.</summary>
    public static ImpactRule Of(ImpactClass impact) => All[(int)impact];

    private static string Named(IReadOnlyList<Replacement> replacements) => string.Join(", ", replacements.Take(5).Select(replacement => $"{replacement.Code}{(replacement.Display is null ? "" : $" {replacement.Display}")} ({replacement.Kind})"));
}

using FluentValidation;
using Terminology.Issues;

namespace Terminology.Mapping.Releases;

/// <summary>The deprecation windows of a release, as whoever froze it said them.</summary>
public sealed record ReleaseWindows
{
    /// <summary>Nothing said: old targets of changed rows go at once, and rows withdrawn from their list go on answering.</summary>
    public static ReleaseWindows None { get; } = new();

    /// <summary>Of every row that was changed or withdrawn; null: not said.</summary>
    public DeprecationWindow? All { get; init; }

    /// <summary>Of single rows, by their keys: of those changed or withdrawn, and of those whose window of an earlier release is open and is to become another one.</summary>
    public IReadOnlyDictionary<string, DeprecationWindow> Rows { get; init; } = new Dictionary<string, DeprecationWindow>();

    /// <summary>Is anything said of a row?</summary>
    public bool IsSaid(string key) => All is not null || Rows.ContainsKey(key);

    /// <summary>The window of a row that was changed or withdrawn.</summary>
    public DeprecationWindow Of(string key) => Rows.GetValueOrDefault(key) ?? All ?? new(WindowKind.Immediate);
}

/// <summary>What must hold of windows before a release is frozen with them.</summary>
public sealed class ReleaseWindowsRules : AbstractValidator<ReleaseWindows>
{
    /// <summary>The rules.</summary>
    /// <param name="today">In UTC: no window ends before it.</param>
    public ReleaseWindowsRules(DateOnly today)
    {
        RuleFor(windows => windows.All).Custom((window, context) => Check("all", window, today, context));
        RuleFor(windows => windows.Rows).Custom((rows, context) =>
        {
            foreach (var (key, window) in rows) Check($"rows['{key}']", window, today, context);
        });
    }

    private static void Check<T>(string path, DeprecationWindow? window, DateOnly today, ValidationContext<T> context)
    {
        switch (window)
        {
            case null when path != "all":
                context.AddFailure(path, DayMessages.WindowNeeded());
                break;
            case { Kind: WindowKind.UntilDate, Until: null }:
                context.AddFailure($"{path}.until", DayMessages.WindowNeedsEnd());
                break;
            case { Kind: WindowKind.Immediate, Until: not null }:
                context.AddFailure($"{path}.until", DayMessages.WindowHasNoEnd());
                break;
            case { Until: { } until } when until < today:
                context.AddFailure($"{path}.until", DayMessages.WindowPast(until));
                break;
        }
    }
}

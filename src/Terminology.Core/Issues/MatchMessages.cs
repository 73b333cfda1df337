using Terminology.Operations;

namespace Terminology.Issues;

/// <summary>What <c>$find-matches</c> says.</summary>
internal static class MatchMessages
{
    public static string NoProperties() => "No property is given: send 'property' with the parts 'code' and 'value'";

    public static string TooManyProperties(int most) => $"More than {most} properties cannot be matched at once";

    public static string NoValue(string code) => $"The property '{code}' has neither a value nor properties below it";

    public static string None() => "No concept has any of the properties";

    public static string Complete() => "Has all the properties";

    public static string CompleteMore(int more) => $"Has all the properties, as do {more:N0} that are kinds of it";

    public static string Partial(IEnumerable<MatchProperty> unmatched) => $"Does not have {string.Join(" and ", unmatched.Select(Text))}";

    public static string Composed(IEnumerable<MatchProperty> added) => $"A concept, refined by {string.Join(" and ", added.Select(Text))}; not a concept of the release";

    private static string Text(MatchProperty property)
        => property.Value is null ? $"{property.Code} ({string.Join(" with ", property.Subproperties.Select(Text))})" : $"{property.Code} = {property.Value}";
}

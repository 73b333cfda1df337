namespace Terminology.Issues;

/// <summary>What <c>$compare</c> says.</summary>
internal static class CompareMessages
{
    public static string NoCompose(string valueSet) => $"The ValueSet {valueSet} has no compose";

    public static string SameCodes(string one, string other) => $"The value sets {one} and {other} contain the same codes";

    public static string SubSet(string one, string other) => $"The valueSet {one} is a sub-set of the valueSet {other}";

    public static string SuperSet(string one, string other) => $"The valueSet {one} is a super-set of the valueSet {other}";

    public static string Overlap(string one, string other) => $"Both value sets {one} and {other} contain the codes the other doesn't, but there is some overlap";

    public static string NoSharedCodes(string one, string other) => $"No shared codes between the value sets {one} and {other}";

    public static string BothEmpty(string one, string other) => $"Both the value sets {one} and {other} are empty";

    public static string NotComparable(string one, string other, string why) => $"Unable to compare {one} and {other}: {why}";

    public static string ThisFailed(string why) => $"This expansion failed: {why}";

    public static string OtherFailed(string why) => $"Other expansion failed: {why}";

    public static string BothFailed(string why) => $"Both expansions failed: {why}";

    public static string BothFailed(string one, string other) => $"Both expansions failed with different errors: {one}; {other}";

    public static string ThisUnclosed() => "This expansion is unclosed.";

    public static string OtherUnclosed() => "Other expansion is unclosed.";

    public static string BothUnclosed() => "Both expansions are unclosed.";
}

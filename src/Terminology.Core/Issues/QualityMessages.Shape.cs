namespace Terminology.Issues;

/// <summary>MQ-3xx: relationship and shape.</summary>
public static partial class QualityMessages
{
    /// <summary>MQ-302.</summary>
    public static string NoMapWithTarget(string row, string? reason, string code) => $"{row} is said to have no target{(reason is null ? "" : $" ({reason})")} and names {code}; it is one or the other.";

    /// <summary>MQ-302.</summary>
    public static string RelationshipWithoutTarget(string row, string relationship) => $"{row} is said to be {relationship} and names no target code.";

    /// <summary>MQ-302.</summary>
    public static string UnmatchedWithTarget(string row, string word, string code) => $"{row} is marked '{word}' and names the target {code}; it is one or the other.";

    /// <summary>MQ-302.</summary>
    public static string TargetWithoutRelationship(string row, string code, string word) => $"{row} names the target {code}, and its relationship is '{word}': nobody said how they stand to one another.";

    /// <summary>MQ-309.</summary>
    public static string TargetTwice(string row, string code, int first, int second) => $"{row} names {code} as target {first} and as target {second} under the same conditions.";

    /// <summary>MQ-310.</summary>
    public static string SameTargetClaimed(int count, string names, bool hasMore, string code, string? display) => $"{count} names are said to be equivalent to {Named(code, display)}: {names}{(hasMore ? " …" : "")}. Do they all mean the same?";

    /// <summary>MQ-301.</summary>
    public static string CommentMissing(string row, string code, string relationship) => $"{row} is {relationship} to {code}, and FHIR demands a comment that says how; the fix-it has a text to begin with.";

    /// <summary>MQ-303.</summary>
    public static string OtherRelationship(string row, string said, string target, string found, string evidence, string sentence) => $"{row} is said to be {said} to {target}; {evidence} That makes it {found}: {sentence}";

    /// <summary>MQ-303.</summary>
    public static string EquivalentToBoth(string row, string above, string below) => $"{row} is said to be equivalent to {above} and to {below}, of which the first is above the second.";

    /// <summary>MQ-303.</summary>
    public static string MethodBeyondSource(string row, string target, string method, string plainer) => $"{row} is said to be equivalent to {target}, whose method {method} it does not state; {plainer} is the same without a method.";

    /// <summary>MQ-304.</summary>
    public static string TooManyTargets(string row, int count, int most) => $"{row} has {count} targets; the map allows {most}. Choose.";

    /// <summary>MQ-305.</summary>
    public static string Ambiguous(string row, string first, string second) => $"{row} maps to {first} and to {second}, and neither a condition nor a priority says when to which; if it is both at once, say that it is narrower than each.";

    /// <summary>MQ-305.</summary>
    public static string AmbiguousCode(string code, int rows, string targets) => $"The code {code} is in {rows} rows with the targets {targets}, and no condition says when which holds.";

    /// <summary>MQ-306.</summary>
    public static string ConditionsOverlap(string code, string first, string second, string condition) => $"The code {code} maps to {first} and to {second} under conditions that hold together ({condition}).";

    /// <summary>MQ-306.</summary>
    public static string ConditionsLeaveOut(string code, string property, string values) => $"The code {code} maps by {property}; the list has it with {values}, for which no condition holds.";

    /// <summary>MQ-307.</summary>
    public static string GroupsNotConsecutive(string row, string groups) => $"{row} has the rule groups {groups}; they must be 1, 2, 3 …";

    /// <summary>MQ-307.</summary>
    public static string OtherwiseMissing(string row, int group, string last) => $"{row} ends rule group {group} with '{last}'; without a last row 'OTHERWISE TRUE' nothing comes out when no rule holds.";

    /// <summary>MQ-307.</summary>
    public static string TrueNotLast(string row, int group, string code, int after) => $"{row} has a rule that always holds for {code} in group {group}, and {after} after it that are never reached.";

    /// <summary>MQ-307.</summary>
    public static string RuleTwice(string row, int group, string rule) => $"{row} has the rule '{rule}' twice in group {group}; the second is never reached.";

    /// <summary>MQ-307.</summary>
    public static string AdviceWithoutRule(string row, string code, string advice) => $"{row} advises '{advice}' for {code}, and no rule says so.";

    /// <summary>MQ-308.</summary>
    public static string NoMapUnexplained(string row) => $"{row} has no target and no reason why.";

    /// <summary>MQ-308.</summary>
    public static string NoMapUnrequested(string row, string reason) => $"{row} has no target because of '{reason}', and no request for a new code is named.";

    /// <summary>MQ-311.</summary>
    public static string SameNameOtherTarget(string name, int rows, string targets) => $"'{name}' is in {rows} rows that differ neither in specimen nor in unit, with different targets: {targets}.";

    /// <summary>MQ-312.</summary>
    public static string Twins(string first, string second, string differ, string axis, string one, string other) => $"{first} and {second} differ in {differ} alone; their targets differ in {axis}, {one} against {other}.";

    /// <summary>MQ-313.</summary>
    public static string OtherMap(string row, string target, string map, string other) => $"{row} maps to {target} here; the map '{map}' has approved {other}.";

    /// <summary>MQ-314.</summary>
    public static string Composition(string row, string first, string via, string second, string expected) => $"{row} maps to {first} and to {second}; a loaded map makes {expected} of {via}.";

    /// <summary>MQ-314.</summary>
    public static string Reverse(string row, string target, string back) => $"{row} maps to {target}, and the map back leads from there to {back}.";

    /// <summary>MQ-315.</summary>
    public static string Outlier(string row, string target, int depth, int usual, string department) => $"{row} maps to {target}, {depth} steps below the top; half of its neighbours in '{department}' map {usual} steps deep or deeper. Is there a closer target?";
}

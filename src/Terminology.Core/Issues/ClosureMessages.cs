namespace Terminology.Issues;

/// <summary>What <c>$closure</c> says when it cannot.</summary>
internal static class ClosureMessages
{
    public static string InvalidName(string name) => $"invalid closure name \"{name}\": 1 to 64 letters, digits and the signs - . _ are a name";

    public static string NoSuchTable(string name) => $"invalid closure name \"{name}\": no such table was initialized; send the name alone to do so";

    public static string Busy(string name) => $"closure \"{name}\" is changed by others all the time; try again";

    public static string ConceptsAndVersion() => "Send concepts to add, or the version to resynchronize from, not both";

    public static string Reinitialize(string name, string why) => $"closure \"{name}\" must be reinitialized: {why}";

    public static string OtherVersion(string system, string? before, string? now) => $"its concepts were compared in {system} version {before ?? "(none)"}, and {(now is null ? "that is not loaded any more" : $"{now} answers now")}";

    public static string EarlierTable(string version) => $"version {version} is of a table that had the name before";

    public static string UnknownVersion(string name, string version, int last) => $"closure \"{name}\" has no version '{version}'; its last is {last}, and 0 stands for all there is";

    public static string OtherVersionAsked(string name, string system, string? used, string given) => $"closure \"{name}\" compares concepts of {system} in version {used ?? "(none)"}; the concept is of version {given}";
}

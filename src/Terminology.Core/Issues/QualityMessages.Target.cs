namespace Terminology.Issues;

/// <summary>MQ-1xx: the target in its release.</summary>
public static partial class QualityMessages
{
    /// <summary>MQ-101.</summary>
    public static string UnknownTarget(string row, string code, string system, string version) => $"{row} maps to '{code}', which {Release(system, version)} does not have; search for the right code.";

    /// <summary>MQ-101, once for a map.</summary>
    public static string NoRelease(string system, int rows) => $"{rows} rows map to {system}, of which no release is loaded: their targets cannot be looked at. Load one.";

    /// <summary>MQ-102.</summary>
    public static string InactiveTarget(string row, string code, string display, string status, string instead)
        => $"{row} maps to {Named(code, display)}, which is {status} in the release; {(instead.Length == 0 ? "the release names nothing in its place." : $"in its place: {instead}.")}";

    /// <summary>One replacement.</summary>
    public static string Replacement(string how, string code, string? display) => $"{how} {Named(code, display)}";

    /// <summary>MQ-107.</summary>
    public static string OtherClassification(string row, string code, string system, string other) => $"{row} maps to '{code}' of {system}, which does not have it; {other} has it.";

    /// <summary>MQ-107.</summary>
    public static string OtherEdition(string row, string code, string said, string live) => $"{row} maps to {code} as the edition {said} of SNOMED CT has it; the edition {live} is loaded.";

    /// <summary>MQ-103.</summary>
    public static string HeaderTarget(string row, string code, string display) => $"{row} maps to {Named(code, display)}, a header that is no code for data; choose one below it.";

    /// <summary>MQ-103.</summary>
    public static string DiscouragedTarget(string row, string code, string display, string status) => $"{row} maps to {Named(code, display)}, which has the status {status}; see whether another fits.";

    /// <summary>MQ-104.</summary>
    public static string OutOfScope(string row, string code, string display, string scope) => $"{row} maps to {Named(code, display)}, which is not in {scope}, the scope of the map.";

    /// <summary>MQ-105.</summary>
    public static string OtherDisplay(string row, string code, string stored, string display) => $"{row} keeps the display '{stored}' for {code}, which the release calls '{display}'.";

    /// <summary>MQ-106.</summary>
    public static string NoticeOfOthers(string row, string code, string notice) => $"{row} maps to {code}, for which the release demands the notice '{(notice.Length > 120 ? notice[..120] + " …" : notice)}'; the copyright of the map does not have it.";

    /// <summary>MQ-106.</summary>
    public static string LicenceNotice(string system, string holder) => $"The map goes to {system}, which {holder} licenses, and carries no copyright notice; say it in the copyright of the map.";
}

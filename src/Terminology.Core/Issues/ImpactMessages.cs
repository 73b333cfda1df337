using System.Globalization;

namespace Terminology.Issues;

/// <summary>What whoever answers for a map is told of a new release.</summary>
public static class ImpactMessages
{
    /// <summary>In neither.</summary>
    public static string Unknown(string code, VersionedUrl release) => $"{code} is not in {release}, and was not in the release before.";

    /// <summary>Deleted.</summary>
    public static string Gone(string code, VersionedUrl release) => $"{code} is not in {release} any more.";

    /// <summary>Made inactive.</summary>
    public static string Inactive(string code, VersionedUrl release, string? status) => $"{code} is inactive in {release}{(status is null ? "" : $" ({status})")}.";

    /// <summary>Inactive before.</summary>
    public static string StillInactive(string code, VersionedUrl release) => $"{code} was inactive before {release} already.";

    /// <summary>One stands for it.</summary>
    public static string Replaced(string code, string kind, string other, string? display) => $"{code} is replaced by {other}{(display is null ? "" : $" {display}")} ({kind}).";

    /// <summary>Several may.</summary>
    public static string Ambiguous(string code, string others) => $"In place of {code} one of several is to be chosen: {others}.";

    /// <summary>A heading.</summary>
    public static string BecameHeader(string code, VersionedUrl release, int below) => $"{code} is a heading in {release} and no code for data any more{(below == 0 ? "" : $"; {below} codes are directly below it")}.";

    /// <summary>Left the scope.</summary>
    public static string OutOfScope(string code, VersionedUrl release) => $"{code} is not in the target scope of the map any more with {release}.";

    /// <summary>Means something else.</summary>
    public static string MeaningChanged(string code, string parts) => $"{code} has changed in meaning: {parts}.";

    /// <summary>Discouraged.</summary>
    public static string Discouraged(string code, VersionedUrl release, string? status) => $"{code} is {status ?? "discouraged"} in {release}.";

    /// <summary>More exact ones.</summary>
    public static string NarrowerCodes(string code, int count, string first) => $"{(count == 1 ? "A code is" : $"{count} codes are")} new below {code}: {first}{(count == 1 ? "" : " …")}.";

    /// <summary>Another module.</summary>
    public static string ModuleMoved(string code, string before, string after) => $"{code} has moved from the module {before} to {after}.";

    /// <summary>Another name.</summary>
    public static string Renamed(string code, string before, string after) => $"{code} is called '{after}', before '{before}'.";

    /// <summary>Active again.</summary>
    public static string BackAgain(string code, VersionedUrl release) => $"{code} is active again in {release}.";

    /// <summary>Old, and served.</summary>
    public static string Superseded(string code, DateOnly? until) => $"{code} is superseded and answered besides {(until is { } day ? string.Create(CultureInfo.InvariantCulture, $"until {day:yyyy-MM-dd}") : "to who asks for it")}; its window can be ended early when the next release is frozen.";

    /// <summary>Something closer.</summary>
    public static string CloserTarget(string code, string evidence) => $"Closer than {code}: {evidence}";

    /// <summary>Something, where nothing was.</summary>
    public static string FirstTarget(string evidence) => $"There may be a target now: {evidence}";

    /// <summary>By name.</summary>
    public static string CloserName(string code, string? display, string name, VersionedUrl release) => $"{code}{(display is null ? "" : $" {display}")} is new or active again in {release} and has the name '{name}'.";

    /// <summary>By axes.</summary>
    public static string CloserAxes(string code, string? display, VersionedUrl release) => $"{code}{(display is null ? "" : $" {display}")} is new or active again in {release} and has every axis that the row states.";

    /// <summary>By what its publisher says.</summary>
    public static string CloserSuccessor(string code, string? status, string kind, string other, string? display, string source) => $"{code} is {status ?? "discouraged"}, and {other}{(display is null ? "" : $" {display}")}, which is new or active again, stands for it ({source}: {kind}).";

    /// <summary>A release that is not loaded.</summary>
    public static string NotLoaded(VersionedUrl release, string known) => $"{release} is not loaded{(known.Length == 0 ? "; import it first." : $"; loaded are {known}. Import the new release without activating it, then ask.")}";

    /// <summary>No version said.</summary>
    public static string VersionNeeded(string system) => $"Say which release of {system} is meant: system and version.";

    /// <summary>Nothing to compare with.</summary>
    public static string NothingBefore(VersionedUrl release) => $"No other release of {release.Url} is loaded: compared is what the map says of its codes with {release}; changed meanings and new narrower codes are not seen.";

    /// <summary>The release that the map names is gone.</summary>
    public static string OldNotLoaded(string version, string instead) => $"Rows name the version {version}, which is not loaded; they are compared with {instead}.";

    /// <summary>A fragment.</summary>
    public static string Fragment(VersionedUrl release) => $"{release} is a fragment: a code that it does not have is not taken for gone.";

    /// <summary>No such map.</summary>
    public static string NoSuchMap(string map) => $"There is no map '{map}' here: neither one that people work on nor one that is loaded and live.";

    /// <summary>Not touched.</summary>
    public static string NotTouched(string key, string code) => $"Row '{key}' has no code {code} that this release touches.";

    /// <summary>Mended in the row already.</summary>
    public static string SaysElse(string key) => $"Row '{key}' says something else by now; what is served changes when that is approved and released.";

    /// <summary>No such repair.</summary>
    public static string NoSuchRepair(string code, string known) => $"That is no repair of {code}; there are: {(known.Length == 0 ? "none" : known)}.";

    /// <summary>More than one.</summary>
    public static string SeveralRepairs(string code, string known) => $"For {code} there are several repairs of these kinds, one of which must be chosen by name: {known}.";

    /// <summary>Nothing said.</summary>
    public static string NothingChosen() => "Say in 'choices' which repair of which row, or in 'kinds' which kinds of repair are to be taken wherever there is one alone.";

    /// <summary>Reason of a draft.</summary>
    public static string Accepted(VersionedUrl release, string what) => $"{what} ({release})";

    /// <summary>Cause of a recheck.</summary>
    public static string Cause(VersionedUrl release, string text) => $"{release}: {text}";
}

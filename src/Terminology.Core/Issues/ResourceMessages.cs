namespace Terminology.Issues;

/// <summary>What clients read when they store, change and take away resources.</summary>
public static class ResourceMessages
{
    /// <summary>Nothing with this id.</summary>
    public static string NoSuchInstance(string type, string id) => $"There is no {type}/{id}; search {type}?url=… for the one you mean.";

    /// <summary>No such version.</summary>
    public static string NoSuchVersion(string type, string id, string version) => $"{type}/{id} has no version '{version}'; {type}/{id}/_history lists those it has.";

    /// <summary>Deleted.</summary>
    public static string Gone(string type, string id, int version) => $"{type}/{id} was deleted by version {version}; {type}/{id}/_history has what it was.";

    /// <summary>The id is that of release content.</summary>
    public static string BelongsToRelease(string type, string id) => $"{type}/{id} is part of a loaded release or package and cannot be changed; store yours under another id: with the same url it answers first.";

    /// <summary>If-Match does not hold.</summary>
    public static string Changed(string type, string id, string wanted, int? version) => version is null
        ? $"{type}/{id} does not exist, so it does not have the version {wanted} that If-Match asks for."
        : $"{type}/{id} has version {version}, not {wanted}; read it again, repeat your change on it, and send that with If-Match: W/\"{version}\".";

    /// <summary>An If-Match that is none.</summary>
    public static string NoETag(string value) => $"If-Match is '{value}'; it must be a version like W/\"3\".";

    /// <summary>Another type than the path says.</summary>
    public static string OtherType(string sent, string type) => $"The resource is a {sent}; a {type} is expected here.";

    /// <summary>An update without id, or with another one.</summary>
    public static string OtherId(string type, string? sent, string id) => sent is null
        ? $"{type}.id is missing; an update carries the id of its path, '{id}'."
        : $"{type}.id is '{sent}' and the path says '{id}'; they must be the same.";

    /// <summary>No valid logical id.</summary>
    public static string InvalidId(string id) => $"'{id}' is no id: 1 to 64 letters, digits, hyphens and dots.";

    /// <summary>A condition that several resources meet.</summary>
    public static string SeveralMatch(string type, string condition, int count) => $"{count} resources match {type}?{condition}; a conditional request needs a condition that at most one meets.";

    /// <summary>A condition without criteria.</summary>
    public static string NoCondition(string type) => $"A conditional request on {type} needs search parameters that say which one, for example url.";

    /// <summary>A conditional update would make a resource whose id is taken.</summary>
    public static string IdTaken(string type, string id) => $"{type}/{id} exists and does not meet the condition; send no id, or that of the one you mean.";

    /// <summary>No resource in the body.</summary>
    public static string NoBody(string type) => $"A {type} is expected in the body.";

    /// <summary>The same resource twice in a transaction.</summary>
    public static string Twice(string name) => $"{name} is written twice; a transaction may write a resource once.";

    /// <summary>Several resources of one canonical and version.</summary>
    public static string Doubled(string canonical, string other) => $"{other} has the canonical {canonical} too; without an id the one written last answers.";

    /// <summary>Value sets that import each other.</summary>
    public static string Circular(string way) => $"The value set would import itself: {way}. Break the circle, then store it.";

    /// <summary>A code that is there and retired.</summary>
    public static string InactiveCode(string code, string system, string? version) => $"The code '{code}' of {new VersionedUrl(system, version)} is inactive";

    /// <summary>Nothing to say.</summary>
    public static string NothingToRemark() => "Stored; nothing to remark.";
}

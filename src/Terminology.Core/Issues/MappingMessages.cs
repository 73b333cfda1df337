namespace Terminology.Issues;

/// <summary>What whoever works on a map is told when something cannot be done.</summary>
public static class MappingMessages
{
    /// <summary>No moment.</summary>
    public static string MomentNeeded() => "Say in 'at' from when on the release answers, for example 2027-01-01T00:00:00Z.";

    /// <summary>A moment that has gone by.</summary>
    public static string MomentPast(DateTimeOffset at) => $"{at:O} has gone by; name a later moment, or activate the release now.";

    /// <summary>No emergency, or looked at already.</summary>
    public static string NothingToReview(int release) => $"Release {release} was not withdrawn while it answered, or somebody has looked at that already.";

    /// <summary>The same person.</summary>
    public static string OwnWithdrawal(string who, int release) => $"{who} withdrew release {release}; another person must look at it.";

    /// <summary>A signature that does not fit.</summary>
    public static string BadSignature(string why) => $"The signature does not hold: {why} Sign the bytes of the content with SHA-256: terminology map sign, or openssl dgst -sha256 -sign KEY.";

    /// <summary>No such move.</summary>
    public static string NoMove(string key, string state, string verb, string possible) => $"Row '{key}' is {state}; '{verb}' is no step from there. What can be done: {possible}.";

    /// <summary>Right missing.</summary>
    public static string NoRight(string who, string action, string domain, string roles) => $"'{who}' may not {action} in the domain '{domain}'; it takes one of the roles {roles}.";

    /// <summary>Not a person's move.</summary>
    public static string FollowsByItself(string verb) => $"'{verb}' follows by itself from a new release or list; nobody does it.";

    /// <summary>A person is needed.</summary>
    public static string PersonNeeded(string who, string verb) => $"'{who}' is no person; {verb} is for people alone.";

    /// <summary>Four eyes.</summary>
    public static string FourEyes(string who, string key) => $"'{who}' has a part in what row '{key}' says; another person must look at it.";

    /// <summary>Nobody stands behind it.</summary>
    public static string NobodyTook(string key) => $"What row '{key}' says comes from no person; somebody must take it (propose) before another approves.";

    /// <summary>Reason missing.</summary>
    public static string ReasonNeeded(string verb) => $"A reason is needed to {verb}; say it in 'reason'.";

    /// <summary>Content missing.</summary>
    public static string ContentNeeded() => "Say what the row maps to in 'content': targets, or noMap with a reason.";

    /// <summary>Both.</summary>
    public static string TargetsAndNoMap() => "'content' has targets and noMap; it is one or the other.";

    /// <summary>Twice.</summary>
    public static string TargetTwice(string code) => $"'{code}' is a target twice under the same conditions.";

    /// <summary>End missing.</summary>
    public static string EndNeeded() => "Say in 'parkedFor' until when, or which answer of whom is waited for.";

    /// <summary>Errors are open.</summary>
    public static string OpenErrors(string key, string errors) => $"Row '{key}' has errors: {errors}";

    /// <summary>Two authors there are.</summary>
    public static string TwoAuthors(string key) => $"Row '{key}' has two authors already.";

    /// <summary>Handed in.</summary>
    public static string HandedIn(string key) => $"Your answer for row '{key}' is handed in; it waits for the other author.";

    /// <summary>None to hand in.</summary>
    public static string NoAnswer(string who, string key) => $"'{who}' has no answer for row '{key}' to propose.";

    /// <summary>No such answer.</summary>
    public static string NoSuchAuthor(string taken, string authors) => $"'{taken}' is no author of this row; its authors are {authors}. Name one in 'taken', or give another answer in 'content'.";

    /// <summary>Somebody else acted.</summary>
    public static string NotYours(string key, string last) => $"The last step with row '{key}' was that of '{last}'; only one's own can be taken back.";

    /// <summary>Nothing before.</summary>
    public static string NothingToUndo(string key) => $"Row '{key}' has no earlier step.";

    /// <summary>Taken by a person.</summary>
    public static string AlreadyProposed(string key) => $"Row '{key}' is proposed already.";

    /// <summary>Policy.</summary>
    public static string RelationshipNotAllowed(string relationship, string code) => $"The map does not allow the relationship {relationship} (target {code}).";

    /// <summary>Policy.</summary>
    public static string CommentNeeded(string relationship, string code) => $"The relationship {relationship} needs a comment (target {code}).";

    /// <summary>Policy.</summary>
    public static string TooManyTargets(int count, int most) => $"The row has {count} targets; the map allows {most}.";

    /// <summary>Policy.</summary>
    public static string OtherSystem(string system, string allowed) => $"{system} is no target system of the map; those are {allowed}.";

    /// <summary>Policy.</summary>
    public static string UnknownReason(string reason, string known) => $"'{reason}' is no reason of this map for having no target; those are {known}.";

    /// <summary>Policy.</summary>
    public static string NoMapReasonNeeded() => "Having no target needs a reason (noMap.reason).";

    /// <summary>No such move of a release.</summary>
    public static string NoReleaseMove(int number, string state, string verb, string possible) => $"Release {number} is {state}; '{verb}' is no step from there. What can be done: {(possible.Length == 0 ? "nothing" : possible)}.";

    /// <summary>Another content than was frozen.</summary>
    public static string OtherContent(int number, string frozen, string found) => $"Release {number} was frozen with the hash {frozen}; what is kept has {found}.";

    /// <summary>Gates.</summary>
    public static string GatesShut(int number, string what) => $"Release {number} cannot go on. {what}";

    /// <summary>Twice.</summary>
    public static string SignedAlready(string who, int number) => $"'{who}' has signed release {number} already.";

    /// <summary>No such map.</summary>
    public static string NoSuchMap(string id, string known) => $"There is no map '{id}'.{(known.Length == 0 ? "" : $" There are: {known}.")}";

    /// <summary>Id taken.</summary>
    public static string MapExists(string id) => $"There is a map '{id}' already.";

    /// <summary>Canonical taken.</summary>
    public static string UrlTaken(string url, string map) => $"{url} belongs to the map '{map}'.";

    /// <summary>Canonical in use.</summary>
    public static string UrlLoaded(string url) => $"{url} is stored or loaded already; take it away first, or give the map another url.";

    /// <summary>No such row.</summary>
    public static string NoSuchRow(string key, string map) => $"The map '{map}' has no row '{key}'.";

    /// <summary>No such release.</summary>
    public static string NoSuchRelease(int number, string map) => $"The map '{map}' has no release {number}.";

    /// <summary>Version missing.</summary>
    public static string IfMatchNeeded() => "Send the version of the row that you have seen in the header If-Match, so that nobody's work is lost.";

    /// <summary>Somebody was faster.</summary>
    public static string RowChanged(string key, string by, int version) => $"Row '{key}' was changed by '{by}' in the meantime; it has version {version} now.";

    /// <summary>No role of code.</summary>
    public static string NoCodeColumn(string columns) => $"Say in 'recipe' which column holds the code; lists:preview proposes one. The columns are {columns}.";

    /// <summary>Another list came first.</summary>
    public static string ListChanged(string map) => $"Another version of the list of '{map}' was brought in meanwhile; look at it and bring yours in again.";

    /// <summary>A list names a target for a row that says something.</summary>
    public static string SaysOtherwise(string key, string state) => $"The map says something else of '{key}' ({state}); what the list says is not taken over it.";

    /// <summary>A list names a target where two authors work blindly.</summary>
    public static string DecidedBlindly(string key) => $"Two authors decide on '{key}' without seeing another's answer; what the list says is not taken.";

    /// <summary>No file sent.</summary>
    public static string NoFile() => "Send the list as multipart/form-data with the part 'file', and if wanted the fields 'recipe' and 'policy'.";

    /// <summary>No format recognised.</summary>
    public static string NoFormat(string file, string known) => $"What format '{file}' has cannot be seen; name it in 'format': {known}.";

    /// <summary>Rows of another system.</summary>
    public static string OtherSource(string system, string own) => $"Rows of {system}: the map is one of {own}.";

    /// <summary>Two rows of one key.</summary>
    public static string KeyTwice(string key) => $"The key '{key}' is in the list twice.";

    /// <summary>No value of a parameter.</summary>
    public static string InvalidChoice(string value, string parameter, string known) => $"'{value}' is no {parameter}; there are {known}.";

    /// <summary>A door that is shut.</summary>
    public static string OwnedByMap(string url, string map) => $"{url} belongs to the map '{map}': it changes by a release of that map (/api/maps/{map}), in no other way.";

    /// <summary>Content moved on.</summary>
    public static string ChangedWhileFrozen(string map) => $"Rows of the map '{map}' were approved while its release was made; freeze it again.";

    /// <summary>Nothing in it.</summary>
    public static string NothingApproved(string map) => $"The map '{map}' has no approved row; there is nothing to release.";

    /// <summary>Two under way.</summary>
    public static string ReleaseUnderWay(int number, string state) => $"Release {number} is {state}; activate or withdraw it before the next is frozen.";
}

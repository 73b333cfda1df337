namespace Terminology.Issues;

/// <summary>What whoever keeps a map as text is told.</summary>
public static class FolderMessages
{
    /// <summary>An old target in a file of a release.</summary>
    public static string SupersededTarget(string? code) => $"'{code}' is superseded: that it is answered besides belongs to the release and not to the row.";

    /// <summary>Old targets, in a format that has no place for them.</summary>
    public static string SupersededLost() => "Old targets that the release answers besides belong to the release; FHIR says them.";

    /// <summary>No map.json.</summary>
    public static string NoMapFile() => "the file is missing; it says what the map is: id, url, title, sourceSystem, targetSystems, domain, steward.";

    /// <summary>No rows.csv.</summary>
    public static string NoRowsFile() => "the file is missing; a map without rows has its first line alone, which names the columns.";

    /// <summary>No target system.</summary>
    public static string NoTargetSystem() => "targetSystems: at least one target system is needed.";

    /// <summary>JSON of another kind.</summary>
    public static string NotTheJson(string why) => $"this is not the JSON of a map: {why}";

    /// <summary>Other bytes.</summary>
    public static string NotUtf8() => "the file is not UTF-8; save it again as UTF-8.";

    /// <summary>Empty.</summary>
    public static string NoHeader(string columns) => $"the first line must name the columns: {columns}";

    /// <summary>Column missing.</summary>
    public static string NoColumn(string name) => $"there is no column '{name}'; name it in the first line.";

    /// <summary>Column not known.</summary>
    public static string UnknownColumn(string name, string known) => $"'{name}' is no column; columns are {known}.";

    /// <summary>Column twice.</summary>
    public static string ColumnTwice(string name) => $"the column '{name}' is named twice.";

    /// <summary>Separator in a field.</summary>
    public static string TooManyFields(int fields, int columns) => $"{fields} fields where the first line names {columns}; quote a field with a comma in it.";

    /// <summary>Nothing there.</summary>
    public static string Missing(string column) => $"{column} is empty; it must be given.";

    /// <summary>Something else.</summary>
    public static string Unreadable(string column, string text, string expected) => $"{column} is '{text}'; expected is {expected}.";

    /// <summary>The words.</summary>
    public static string Relationships() => "equivalent, source-is-narrower-than-target, source-is-broader-than-target, related-to or not-related-to";

    /// <summary>Relation without target.</summary>
    public static string RelationshipAlone() => "a relationship stands without a target; name the target, or take the relationship away.";

    /// <summary>Both.</summary>
    public static string TargetAndNoMap() => "the line has a target and says that there is none; keep one of them.";

    /// <summary>Reason without noMap.</summary>
    public static string ReasonAlone() => "a reason stands without noMap; write 'yes' into noMap, or take the reason away.";

    /// <summary>One key, two rows.</summary>
    public static string OtherSource(string key, int line) => $"the key '{key}' stands in line {line} with another code, display or context; lines of one row say the same of its source.";

    /// <summary>One row twice.</summary>
    public static string KeyTwice(string key, int line) => $"the row '{key}' is in line {line} already; several lines of one row give a target each.";

    /// <summary>Approval of nothing.</summary>
    public static string NoSuchRow(string key) => $"there is no row '{key}' in rows.csv; take this line away.";

    /// <summary>Half an approval.</summary>
    public static string HalfApproved() => "approvedBy and approvedAt go together.";

    /// <summary>No address.</summary>
    public static string NoAddress(string url) => $"'{url}' is no address of a server; expected is, for example, https://maps.hospital.example.";

    /// <summary>No token.</summary>
    public static string TokenNeeded() => "A server elsewhere needs a token: --token or the variable TERMINOLOGY_TOKEN.";

    /// <summary>No maps there.</summary>
    public static string NoMaps(string where) => $"There is no map as text in {where}: a folder with map.json is expected, or a folder of such folders.";

    /// <summary>Neither folder nor map.</summary>
    public static string NoSide(string side) => $"'{side}' is neither a folder nor MAP nor MAP@N with the number of a release.";

    /// <summary>Nothing to go back to.</summary>
    public static string NoFormer(string map, string known) => $"The map '{map}' has no such earlier release to go back to{(known.Length == 0 ? "" : $"; there are {known}")}.";

    /// <summary>One finding, two waivers.</summary>
    public static string WaivedTwice(string finding, int line) => $"the finding '{finding}' is waived in line {line} already; keep one of the lines.";

    /// <summary>What mends a finding.</summary>
    public static string Mend(string field, string old, string instead) => $" Mend: {field}{(old.Length == 0 ? "" : $" '{old}'")} → {(instead.Length == 0 ? "take it away" : $"'{instead}'")}.";

    /// <summary>A waiver that wants another person.</summary>
    public static string WaiverOfOne(string by) => $" Waived by '{by}' alone; an error needs another person in confirmedBy.";

    /// <summary>Not by this verb.</summary>
    public static string NoRelease() => "this is a map as text, not a release: 'terminology map import DIR' brings it in.";
}

namespace Terminology.Issues;

/// <summary>A question that has no answer. What is a possible answer (unknown code, wrong display, no match) is a result, never this.</summary>
/// <param name="type">Decides the HTTP status at the edge.</param>
/// <param name="messageId">Stable id of the message.</param>
/// <param name="text">The sentence a person reads; says where and how to mend it.</param>
public class TerminologyException(IssueType type, string messageId, string text) : Exception(text)
{
    /// <summary>What kind of problem it is.</summary>
    public IssueType Type { get; } = type;

    /// <summary>Stable id of the message.</summary>
    public string MessageId { get; } = messageId;

    /// <summary>Code of <c>tx-issue-type</c>, or null.</summary>
    public string? TxIssueType { get; init; }

    /// <summary>FHIRPath or parameter name of what is wrong, or null.</summary>
    public string? Expression { get; init; }
}

/// <summary>No code system has this canonical, or not in this version (404).</summary>
/// <param name="system">The canonical asked for.</param>
/// <param name="text">The sentence a person reads.</param>
/// <param name="messageId">Stable id of the message.</param>
public sealed class UnknownCodeSystem(VersionedUrl system, string text, string messageId = "UNKNOWN_CODESYSTEM") : TerminologyException(IssueType.NotFound, messageId, text)
{
    /// <summary>The canonical asked for.</summary>
    public VersionedUrl System { get; } = system;
}

/// <summary>No value set has this canonical, or not in this version (404).</summary>
/// <param name="valueSet">The canonical asked for.</param>
/// <param name="text">The sentence a person reads.</param>
/// <param name="messageId">Its id.</param>
public sealed class UnknownValueSet(VersionedUrl valueSet, string text, string messageId = "Unable_to_resolve_value_Set_") : TerminologyException(IssueType.NotFound, messageId, text)
{
    /// <summary>The canonical asked for.</summary>
    public VersionedUrl ValueSet { get; } = valueSet;
}

/// <summary>No concept map has this canonical, or not in this version (404).</summary>
/// <param name="map">The canonical asked for.</param>
/// <param name="text">The sentence a person reads.</param>
public sealed class UnknownConceptMap(VersionedUrl map, string text) : TerminologyException(IssueType.NotFound, "UNKNOWN_CONCEPTMAP", text)
{
    /// <summary>The canonical asked for.</summary>
    public VersionedUrl Map { get; } = map;
}

/// <summary>An expression (ECL, SNOMED CT, UCUM, map rule) does not parse.</summary>
/// <param name="position">Zero-based position of the first character that does not fit.</param>
/// <param name="text">The sentence a person reads.</param>
/// <param name="messageId">Stable id of the message.</param>
public sealed class InvalidExpression(int position, string text, string messageId = "INVALID_EXPRESSION") : TerminologyException(IssueType.Invalid, messageId, text)
{
    /// <summary>An expression constraint.</summary>
    internal static InvalidExpression Ecl(int position, string text) => new(position, text, "INVALID_ECL") { TxIssueType = "vs-invalid" };

    /// <summary>Zero-based position of the first character that does not fit.</summary>
    public int Position { get; } = position;
}

/// <summary>The answer would be larger or slower than allowed (422).</summary>
/// <param name="text">The sentence a person reads.</param>
/// <param name="messageId">Its id.</param>
public sealed class TooCostly(string text, string messageId = "TOO_COSTLY") : TerminologyException(IssueType.TooCostly, messageId, text);

/// <summary>Understood, but this server does not do it (422).</summary>
/// <param name="text">The sentence a person reads.</param>
public sealed class NotSupported(string text) : TerminologyException(IssueType.NotSupported, "NOT_SUPPORTED", text);

/// <summary>A release cannot be read as what it claims to be. Nothing of it was loaded.</summary>
/// <param name="text">What is wrong and how to mend it.</param>
/// <param name="file">The file, as a path inside the release.</param>
/// <param name="line">One-based line, 0 when it is about the whole file.</param>
/// <param name="column">One-based column, 0 when it is about the whole line.</param>
public sealed class ReleaseFormat(string text, string? file = null, long line = 0, int column = 0)
    : TerminologyException(IssueType.Invalid, "RELEASE_FORMAT", Place(file, line, column) + text)
{
    /// <summary>The file, as a path inside the release; or null.</summary>
    public string? File { get; } = file;

    /// <summary>One-based line, 0 when it is about the whole file.</summary>
    public long Line { get; } = line;

    /// <summary>One-based column, 0 when it is about the whole line.</summary>
    public int Column { get; } = column;

    private static string Place(string? file, long line, int column) => (file, line, column) switch
    {
        (null, _, _) => "",
        (_, 0, _) => $"{file}: ",
        (_, _, 0) => $"{file}:{line}: ",
        _ => $"{file}:{line}:{column}: ",
    };
}

/// <summary>A store file is damaged or of another format version.</summary>
/// <param name="file">The store file.</param>
/// <param name="text">What is wrong, naming the section, and how to mend it.</param>
public sealed class StoreFormat(string file, string text) : TerminologyException(IssueType.Exception, "STORE_FORMAT", $"{file}: {text}")
{
    /// <summary>The store file.</summary>
    public string File { get; } = file;
}

/// <summary>Content that may not be kept, for one or several reasons.</summary>
/// <param name="issues">At least one of them an error.</param>
public sealed class InvalidContent(IReadOnlyList<Issue> issues)
    : TerminologyException(issues.First(issue => issue.Severity >= IssueSeverity.Error).Type, "INVALID_CONTENT", issues.First(issue => issue.Severity >= IssueSeverity.Error).Text)
{
    /// <summary>All there is to say, errors first.</summary>
    public IReadOnlyList<Issue> Issues { get; } = [.. issues.OrderByDescending(issue => issue.Severity)];
}

/// <summary>A condition that the request makes of what is stored does not hold (412).</summary>
/// <param name="text">The sentence a person reads.</param>
/// <param name="type">What kind of problem it is.</param>
public sealed class PreconditionFailed(string text, IssueType type = IssueType.Conflict) : TerminologyException(type, "PRECONDITION_FAILED", text);

/// <summary>What is asked for was deleted (410).</summary>
/// <param name="text">The sentence a person reads.</param>
/// <param name="version">The version that is its deletion.</param>
public sealed class Gone(string text, int version) : TerminologyException(IssueType.Deleted, "GONE", text)
{
    /// <summary>The version that is its deletion.</summary>
    public int Version { get; } = version;
}

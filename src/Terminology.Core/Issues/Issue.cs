namespace Terminology.Issues;

/// <summary>FHIR <see href="https://hl7.org/fhir/R4/valueset-issue-severity.html">issue-severity</see>.</summary>
public enum IssueSeverity
{
    /// <summary>For the record.</summary>
    Information,

    /// <summary>Worth a look; the answer stands.</summary>
    Warning,

    /// <summary>The answer is no, or there is none.</summary>
    Error,

    /// <summary>Nothing more could be checked.</summary>
    Fatal,
}

/// <summary>The part of FHIR <see href="https://hl7.org/fhir/R4/valueset-issue-type.html">issue-type</see> that a terminology server needs.</summary>
public enum IssueType
{
    /// <summary>The request or content does not have the right structure (400).</summary>
    Structure,

    /// <summary>A parameter or element is missing (400).</summary>
    Required,

    /// <summary>A value is not right (400).</summary>
    Value,

    /// <summary>Content invalid against the specification or a rule (400).</summary>
    Invalid,

    /// <summary>A code is not valid here (200 inside results, 422 as an error).</summary>
    CodeInvalid,

    /// <summary>Something named does not exist (404).</summary>
    NotFound,

    /// <summary>A business rule says no (422).</summary>
    BusinessRule,

    /// <summary>Reference cannot be resolved or contents conflict (409).</summary>
    Conflict,

    /// <summary>The operation, parameter or feature is not supported (422).</summary>
    NotSupported,

    /// <summary>The answer would cost more than allowed (422).</summary>
    TooCostly,

    /// <summary>A size limit is passed (413).</summary>
    TooLong,

    /// <summary>Several things match where one was wanted (412).</summary>
    MultipleMatches,

    /// <summary>For the record (200).</summary>
    Informational,

    /// <summary>The answer is incomplete (200).</summary>
    Incomplete,

    /// <summary>Something inside failed (500).</summary>
    Exception,

    /// <summary>Processing failed for a reason named in the text (422).</summary>
    Processing,

    /// <summary>Not now: try again (503).</summary>
    Transient,

    /// <summary>It was deleted (410).</summary>
    Deleted,

    /// <summary>Something that should be there once is there twice (422).</summary>
    Duplicate,

    /// <summary>A rule of the element's definition is broken (422).</summary>
    Invariant,

    /// <summary>Who asks has to say who it is (401).</summary>
    Login,

    /// <summary>What says who asks is no longer valid (401).</summary>
    Expired,

    /// <summary>Who asks may not do this (403).</summary>
    Forbidden,

    /// <summary>Too much was asked in a short time (429).</summary>
    Throttled,
}

/// <summary>One thing to say about a request or an answer. FHIR R4 <see href="https://hl7.org/fhir/R4/operationoutcome.html">OperationOutcome.issue</see>.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Text">The sentence a person reads; says where and how to mend it.</param>
public sealed record Issue(IssueSeverity Severity, IssueType Type, string Text)
{
    /// <summary>Code of the system <c>http://hl7.org/fhir/tools/CodeSystem/tx-issue-type</c> (not-found, not-in-vs, invalid-display …), or null.</summary>
    public string? TxIssueType { get; init; }

    /// <summary>FHIRPath of what it speaks of, for example <c>Coding.code</c>; or null.</summary>
    public string? Expression { get; init; }

    /// <summary>Stable id of the message, for example <c>Unknown_Code_in_Version</c>; or null.</summary>
    public string? MessageId { get; init; }
}

using Terminology.Fhir.Operations;
using Terminology.Issues;

namespace Terminology.Server.FhirApi;

/// <summary>The only place where a problem becomes a status code and an OperationOutcome.</summary>
internal static class FhirErrors
{
    public static int Status(IssueType type) => type switch
    {
        IssueType.Structure or IssueType.Required or IssueType.Value or IssueType.Invalid => StatusCodes.Status400BadRequest,
        IssueType.Login or IssueType.Expired => StatusCodes.Status401Unauthorized,
        IssueType.Forbidden => StatusCodes.Status403Forbidden,
        IssueType.NotFound => StatusCodes.Status404NotFound,
        IssueType.Conflict => StatusCodes.Status409Conflict,
        IssueType.MultipleMatches => StatusCodes.Status412PreconditionFailed,
        IssueType.TooLong => StatusCodes.Status413PayloadTooLarge,
        IssueType.Deleted => StatusCodes.Status410Gone,
        IssueType.Invariant or IssueType.Duplicate or IssueType.CodeInvalid or IssueType.BusinessRule or IssueType.NotSupported or IssueType.TooCostly or IssueType.Processing
            => StatusCodes.Status422UnprocessableEntity,
        IssueType.Throttled => StatusCodes.Status429TooManyRequests,
        IssueType.Transient => StatusCodes.Status503ServiceUnavailable,
        IssueType.Exception => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status200OK,
    };

    public static FhirAnswer Answer(TerminologyException problem) => problem switch
    {
        InvalidContent content => new(writer => OutcomeWriter.Write(writer, content.Issues), Status(content.Type)),
        PreconditionFailed => Answer(IssueOf(problem), StatusCodes.Status412PreconditionFailed),
        Gone gone => Answer(IssueOf(problem), StatusCodes.Status410Gone) with { Version = gone.Version },
        { Type: IssueType.Exception, TxIssueType: not null } => Answer(IssueOf(problem), StatusCodes.Status422UnprocessableEntity),
        _ => Answer(IssueOf(problem), Status(problem.Type)),
    };

    private static Issue IssueOf(TerminologyException problem)
        => new Issue(IssueSeverity.Error, problem.Type, problem.Message)
        {
            MessageId = problem.MessageId,
            TxIssueType = problem.TxIssueType,
            Expression = problem.Expression,
        };

    public static FhirAnswer Answer(IssueType type, string text) => Answer(new Issue(IssueSeverity.Error, type, text), Status(type));

    /// <summary>A bug: the text names the request, never its content.</summary>
    public static FhirAnswer Bug(string requestId) => Answer(
        new Issue(IssueSeverity.Fatal, IssueType.Exception, $"Something failed inside the server; the log has the details under request {requestId}."),
        StatusCodes.Status500InternalServerError);

    public static FhirAnswer Answer(Issue issue, int status) => new(writer => OutcomeWriter.Write(writer, [issue]), status);
}

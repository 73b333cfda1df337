using System.Text.Json;
using FluentValidation;
using Terminology.Issues;
using Terminology.Mapping;
using Terminology.Server.FhirApi;

namespace Terminology.Server.MapApi;

/// <summary>One field that is not right.</summary>
/// <param name="Field">Its path, for example <c>content.targets[0].code</c>.</param>
/// <param name="Detail">What is wrong.</param>
internal sealed record FieldProblem(string Field, string Detail);

/// <summary>What a client of <c>/api</c> is told when something cannot be done. <see href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</see>.</summary>
/// <param name="Title">The kind of problem, in the words of FHIR's issue types.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">One sentence: what, and how to mend it.</param>
/// <param name="Code">Stable id of the message.</param>
internal sealed record Problem(string Title, int Status, string Detail, string Code)
{
    /// <summary>The fields that are not right; empty when it is about no field.</summary>
    public IReadOnlyList<FieldProblem> Errors { get; init; } = [];

    /// <summary>The thing as it is now, where somebody else was faster.</summary>
    public object? Current { get; init; }
}

/// <summary>A change that came too late: it was made to a version that is not the newest.</summary>
internal sealed class Outdated(string text, object current) : TerminologyException(IssueType.Conflict, "OUTDATED", text)
{
    public object Current => current;
}

/// <summary>Fields that are not right, all of them.</summary>
internal sealed class InvalidFields(IReadOnlyList<FieldProblem> fields, IssueType type = IssueType.Value, string id = "INVALID_FIELD") : TerminologyException(type, id, string.Join(" ", fields.Select(problem => $"{problem.Field}: {problem.Detail}")))
{
    public IReadOnlyList<FieldProblem> Fields => fields;
}

/// <summary>Answers of <c>/api/maps</c>: JSON, or a problem.</summary>
internal static class Problems
{
    /// <summary>Sends an answer, or the problem that says why there is none.</summary>
    public static async Task AnswerAsync(HttpContext context, Func<Task<IResult>> answer) => await (await ResultAsync(answer)).ExecuteAsync(context);

    private static async Task<IResult> ResultAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (Outdated late)
        {
            return Send(new(nameof(IssueType.Conflict), StatusCodes.Status412PreconditionFailed, late.Message, late.MessageId) { Current = late.Current });
        }
        catch (InvalidFields invalid)
        {
            return Send(new(invalid.Type.ToString(), FhirErrors.Status(invalid.Type), invalid.Message, invalid.MessageId) { Errors = invalid.Fields });
        }
        catch (TerminologyException problem)
        {
            return Send(new(problem.Type.ToString(), FhirErrors.Status(problem.Type), problem.Message, problem.MessageId) { Errors = problem.Expression is { } field ? [new(field, problem.Message)] : [] });
        }
    }

    public static IResult Json(object value, int status = StatusCodes.Status200OK) => Results.Json(value, MappingJson.Options, "application/json", status);

    /// <summary>The body of a request, checked.</summary>
    /// <exception cref="TerminologyException">Structure: it is no such JSON. Value: a rule does not hold; all that do not are named.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, IValidator<T>? rules = null)
    {
        var value = await RequestJson.ReadAsync<T>(request);
        if (rules is not null) Check(value, rules);
        return value;
    }

    /// <summary>Holds something against rules.</summary>
    /// <exception cref="TerminologyException">Value: a rule does not hold; all that do not are named.</exception>
    public static void Check<T>(T value, IValidator<T> rules)
    {
        if (rules.Validate(value) is { IsValid: false } result) throw new InvalidFields([.. result.Errors.Select(error => new FieldProblem(Camel(error.PropertyName), error.ErrorMessage))]);
    }

    private static IResult Send(Problem problem) => Results.Json(problem, MappingJson.Options, "application/problem+json", problem.Status);

    private static string Camel(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}

using FluentValidation;
using Terminology.Issues;

namespace Terminology.Mapping.Rows;

/// <summary>Who is to do what with rows, and until when.</summary>
public sealed record AssignRequest
{
    /// <summary>Which rows; empty: all, or those in <see cref="State"/>.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Only rows in this state; null: any.</summary>
    public MapRowState? State { get; init; }

    /// <summary>Who: names that are not given stay as they are, an empty text takes one away.</summary>
    public Assignees Assignees { get; init; } = new();

    /// <summary>The day by which it is to be done; null: stays as it is.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Takes the day away.</summary>
    public bool NoDue { get; init; }

    /// <summary>Only say what would become of the rows.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What must hold of an assignment before rows are looked at.</summary>
public sealed class AssignRules : AbstractValidator<AssignRequest>
{
    private const int LongestName = 64;

    /// <summary>The rules.</summary>
    public AssignRules()
    {
        RuleFor(request => request.Assignees.Author).MaximumLength(LongestName);
        RuleFor(request => request.Assignees.Second).MaximumLength(LongestName);
        RuleFor(request => request.Assignees.Reviewer).MaximumLength(LongestName);
        RuleFor(request => request.Assignees.Adjudicator).MaximumLength(LongestName);
        RuleFor(request => request.Assignees).Must((request, names) => !names.IsEmpty || request.Due is not null || request.NoDue).WithMessage(AssignMessages.NothingSaid());
        RuleFor(request => request.Due).Null().When(request => request.NoDue).WithMessage(AssignMessages.DueOrNone());
    }
}

using FluentValidation;
using Terminology.Issues;

namespace Terminology.Mapping.Questions;

/// <summary>A question that somebody wants to ask.</summary>
public sealed record QuestionRequest
{
    /// <summary>Keys of the rows that it is about; empty: the map as a whole.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>What is asked.</summary>
    public string Text { get; init; } = "";

    /// <summary>Who is asked.</summary>
    public Addressee To { get; init; } = new();

    /// <summary>The day by which an answer is wanted; null: none.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Park the rows until there is an answer? Those that cannot be parked are named.</summary>
    public bool Park { get; init; }
}

/// <summary>What must hold of a question before rows and people are looked at.</summary>
public sealed class QuestionRequestRules : AbstractValidator<QuestionRequest>
{
    /// <summary>Rows that a question is about at most: parking them is one change.</summary>
    public const int MostRows = 1000;

    internal const int LongestText = 4000, LongestName = 200;

    /// <summary>The rules.</summary>
    public QuestionRequestRules()
    {
        RuleFor(request => request.Text).NotEmpty().WithMessage(QuestionMessages.TextNeeded()).MaximumLength(LongestText);
        RuleFor(request => request.To).Must(to => string.IsNullOrWhiteSpace(to.Person) != string.IsNullOrWhiteSpace(to.Sender)).WithMessage(QuestionMessages.AddresseeNeeded());
        RuleFor(request => request.To.Person).MaximumLength(LongestName);
        RuleFor(request => request.To.Sender).MaximumLength(LongestName);
        RuleFor(request => request.Rows.Count).LessThanOrEqualTo(MostRows).OverridePropertyName("rows");
        RuleForEach(request => request.Rows).Must((request, key) => request.Rows.Count(other => other == key) == 1).WithMessage((_, key) => QuestionMessages.RowTwice(key)).When(request => request.Rows.Count <= MostRows);
        RuleFor(request => request.Park).Equal(false).When(request => request.Rows.Count == 0).WithMessage(QuestionMessages.RowsToPark());
    }
}

/// <summary>An answer that somebody gives.</summary>
/// <param name="Text">What it is.</param>
/// <param name="From">Who at the sender gave it; needed of a sender's answer, and of no other.</param>
public sealed record AnswerRequest(string Text = "", string? From = null);

/// <summary>What must hold of an answer before its question is looked at.</summary>
public sealed class AnswerRules : AbstractValidator<AnswerRequest>
{
    /// <summary>The rules.</summary>
    public AnswerRules()
    {
        RuleFor(request => request.Text).NotEmpty().WithMessage(QuestionMessages.AnswerNeeded()).MaximumLength(QuestionRequestRules.LongestText);
        RuleFor(request => request.From).MaximumLength(QuestionRequestRules.LongestName);
    }
}

/// <summary>That a question needs no answer.</summary>
/// <param name="Reason">Why.</param>
public sealed record WithdrawRequest(string Reason = "");

/// <summary>What must hold of it.</summary>
public sealed class WithdrawRules : AbstractValidator<WithdrawRequest>
{
    /// <summary>The rules.</summary>
    public WithdrawRules() => RuleFor(request => request.Reason).NotEmpty().WithMessage(MappingMessages.ReasonNeeded("withdraw")).MaximumLength(QuestionRequestRules.LongestText);
}

using FluentValidation;
using Terminology.Issues;
using Terminology.Mapping.Maps;

namespace Terminology.Mapping.Review;

/// <summary>A sample that is to be drawn from proposed rows.</summary>
public sealed record SampleRequest
{
    /// <summary>Share that may be wrong at most when nothing is said.</summary>
    public const double UsualBound = 0.05;

    /// <summary>The rows; empty: all proposed ones, or those of <see cref="By"/>.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Only rows in which this author has a part, for example <c>engine:lexical</c>; null: any.</summary>
    public string? By { get; init; }

    /// <summary>Share of the group that may be wrong at most, 0.001 to 0.05; null: that of the map's policy, or 0.05.</summary>
    public double? Bound { get; init; }

    /// <summary>How many rows are to be looked at, in place of a bound; null: as many as the bound takes.</summary>
    public int? Size { get; init; }

    /// <summary>Only say what the group would be.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many rows are drawn, and which share may be wrong at most.</summary>
    public (int Size, double Wanted) Aim(MapPolicy policy)
    {
        if (Size is { } size) return (size, SamplingBound.ShareFor(size));
        var bound = Bound ?? (policy.MostErrors > 0 ? Math.Min(policy.MostErrors / 100.0, UsualBound) : UsualBound);
        return (SamplingBound.SizeFor(bound), bound);
    }
}

/// <summary>What must hold of a request for a sample.</summary>
public sealed class SampleRequestRules : AbstractValidator<SampleRequest>
{
    private const double LeastBound = 0.001;

    /// <summary>The rules.</summary>
    public SampleRequestRules()
    {
        var (least, most) = (SamplingBound.SizeFor(SampleRequest.UsualBound), SamplingBound.SizeFor(LeastBound));
        RuleFor(request => request.Bound).InclusiveBetween(LeastBound, SampleRequest.UsualBound).WithMessage(SamplingMessages.InvalidBound(LeastBound, SampleRequest.UsualBound));
        RuleFor(request => request.Size).InclusiveBetween(least, most).WithMessage(SamplingMessages.InvalidSize(least, most));
        RuleFor(request => request.Size).Null().When(request => request.Bound is not null).WithMessage(SamplingMessages.BoundOrSize());
        RuleFor(request => request.By).Null().When(request => request.Keys.Count > 0).WithMessage(SamplingMessages.KeysOrBy());
    }
}

/// <summary>What is found of one drawn row.</summary>
public sealed record RowJudgement
{
    /// <summary>The row.</summary>
    public string Key { get; init; } = "";

    /// <summary>Is it right?</summary>
    public RowVerdict? Verdict { get; init; }

    /// <summary>What is wrong.</summary>
    public string? Reason { get; init; }
}

/// <summary>What is found of drawn rows.</summary>
public sealed record JudgementRequest
{
    /// <summary>Row by row; none twice.</summary>
    public IReadOnlyList<RowJudgement> Verdicts { get; init; } = [];
}

/// <summary>What must hold of verdicts.</summary>
public sealed class JudgementRules : AbstractValidator<JudgementRequest>
{
    private const int LongestText = 4000;

    /// <summary>The rules.</summary>
    public JudgementRules()
    {
        RuleFor(request => request.Verdicts).NotEmpty().WithMessage(SamplingMessages.VerdictsNeeded());
        RuleForEach(request => request.Verdicts).ChildRules(verdict =>
        {
            verdict.RuleFor(one => one.Key).NotEmpty();
            verdict.RuleFor(one => one.Verdict).NotNull().WithMessage(SamplingMessages.VerdictNeeded());
            verdict.RuleFor(one => one.Reason).NotEmpty().When(one => one.Verdict == RowVerdict.Wrong).WithMessage(SamplingMessages.WrongNeedsReason());
            verdict.RuleFor(one => one.Reason).MaximumLength(LongestText);
        });
        RuleForEach(request => request.Verdicts).Must((request, verdict) => request.Verdicts.Count(other => other.Key == verdict.Key) == 1).WithMessage((_, verdict) => SamplingMessages.KeyTwice(verdict.Key));
    }
}

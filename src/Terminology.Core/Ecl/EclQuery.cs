using System.Runtime.CompilerServices;
using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Ecl;

/// <summary>Expression constraints asked of a code system as text.</summary>
/// <remarks><see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-expression-constraint-language">ECL 2.2</see>.</remarks>
public static class EclQuery
{
    /// <summary>Work that one constraint may cause when nothing else is said: about two seconds.</summary>
    public const long DefaultBudget = 40_000_000;

    /// <summary>The concepts that satisfy a constraint.</summary>
    /// <param name="system">The SNOMED CT version that is asked.</param>
    /// <param name="expression">The constraint in brief or long syntax.</param>
    /// <param name="within">Only concepts of this set are of interest, which may save work; null for all.</param>
    /// <param name="budget">Most concepts, descriptions, values and rows that are looked at.</param>
    /// <param name="cancel">Ends the work at the deadline of the request.</param>
    /// <exception cref="InvalidExpression">It does not follow the grammar, names a concept that the version does not have, or a field that the reference sets do not have.</exception>
    /// <exception cref="TooCostly">It needs more work than the budget allows.</exception>
    /// <exception cref="NotSupported">Its answer is no set of concepts, or a reverse attribute stands in a group.</exception>
    public static ConceptSet Evaluate(ICodeSystem system, string expression, ConceptSet? within = null, long budget = DefaultBudget, CancellationToken cancel = default)
        => new EclEvaluator(system, expression, new(expression, budget, cancel)).Evaluate(ExpressionConstraint.Parse(expression), within);

    /// <summary>Does the constraint itself reach for concepts no longer in use, so that finding one is no news: by historical associations, history supplements or <c>active = false</c>?</summary>
    /// <exception cref="InvalidExpression">It does not follow the grammar.</exception>
    internal static bool AsksForInactive(ICodeSystem system, string expression)
        => new EclEvaluator(system, expression, new(expression, DefaultBudget, CancellationToken.None)).AsksForInactive(ExpressionConstraint.Parse(expression));
}

/// <summary>What one constraint may still cost.</summary>
internal sealed class EclBudget(string expression, long work, CancellationToken cancel)
{
    private const int AskEvery = 1 << 14;
    private long _spent;
    private int _sinceAsked;

    /// <summary>Takes work off before it is done; many steps at once are an estimate of what comes.</summary>
    /// <exception cref="TooCostly">There is not so much left.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spend(long steps)
    {
        _spent += steps;
        if (_spent > work) throw new TooCostly(Messages.CostlyEcl(expression, work));
        if ((_sinceAsked += (int)Math.Min(steps, AskEvery)) < AskEvery) return;
        _sinceAsked = 0;
        cancel.ThrowIfCancellationRequested();
    }
}

using Terminology.Closure;
using Terminology.Expressions;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology;

/// <summary><c>$closure</c>.</summary>
public sealed partial class TerminologyService
{
    private const int MostClosureTries = 16;

    /// <summary>Starts, extends or replays a closure table that is kept somewhere; changes by others that come between are worked on top of.</summary>
    /// <exception cref="TerminologyException">As <see cref="Closure"/>; Transient: others change the table all the time.</exception>
    public async Task<ClosureResult> ClosureAsync(ClosureRequest request, IClosureTables tables, RequestScope scope)
    {
        for (var tries = 0; tries < MostClosureTries; tries++)
        {
            var before = tables.Find(request.Name);
            var result = Closure(request, before, scope);
            if (result.Table == before || await tables.ReplaceAsync(before, result.Table).ConfigureAwait(false)) return result;
        }
        throw new TerminologyException(IssueType.Transient, "CLOSURE_BUSY", ClosureMessages.Busy(request.Name)) { Expression = "name" };
    }

    /// <summary>Starts, extends or replays a closure table. Keeping the table of the answer is the caller's.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="table">The table of that name; null when there is none.</param>
    /// <param name="scope">Versions for concepts that name none, deadline.</param>
    /// <exception cref="TerminologyException">
    /// Value: the name or version. NotFound: no such table. BusinessRule: the table must be started anew. CodeInvalid: a concept is unknown; then nothing is entered.
    /// </exception>
    /// <remarks>Linear in the table for each concept entered. FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-operation-closure.html">$closure</see>.</remarks>
    public ClosureResult Closure(ClosureRequest request, ClosureTable? table, RequestScope scope)
    {
        if (request.Name.Length is 0 or > 64 || !request.Name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.' or '_'))
        {
            throw new TerminologyException(IssueType.Value, "INVALID_CLOSURE_NAME", ClosureMessages.InvalidName(request.Name)) { Expression = "name" };
        }
        if (request is { Concepts.Count: > 0, Version: not null }) throw new TerminologyException(IssueType.Value, "CLOSURE_CONCEPTS_AND_VERSION", ClosureMessages.ConceptsAndVersion()) { Expression = "version" };
        if (request is { Concepts.Count: 0, Version: null }) return new(ClosureTable.Start(request.Name, table), []) { IsNew = true };
        if (table is null) throw new TerminologyException(IssueType.NotFound, "UNKNOWN_CLOSURE", ClosureMessages.NoSuchTable(request.Name)) { Expression = "name" };
        string[] codes = [.. table.Concepts.Select(concept => concept.Code), .. request.Concepts.Select(concept => concept.Code ?? "")];
        return new ClosureExtension(Session(codes.Any(SnomedExpression.IsLike), codes.Any(Icd10.DualCode.IsLike)), table, scope).Run(request);
    }
}

using Terminology.Closure;

namespace Terminology.Operations;

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-operation-closure.html">$closure</see>: the name alone starts a table, concepts extend it, a version asks for what came after it.</summary>
/// <param name="Name">The name of the table.</param>
/// <param name="Concepts">What to enter; may be empty.</param>
/// <param name="Version">The last version that the client has, or null.</param>
public sealed record ClosureRequest(string Name, IReadOnlyList<Coding> Concepts, string? Version);

/// <summary>The table after the request, and what the client has to add to its own.</summary>
/// <param name="Table">The same object as before when nothing changed.</param>
/// <param name="Relations">The lines to add, in the order their concepts were entered.</param>
public sealed record ClosureResult(ClosureTable Table, IReadOnlyList<ClosureRelation> Relations)
{
    /// <summary>Was the table started by this request?</summary>
    public bool IsNew { get; init; }
}

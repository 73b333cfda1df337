using Terminology.Issues;

namespace Terminology.Operations;

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-subsumes.html">CodeSystem/$subsumes</see>.</summary>
/// <param name="A">The code that may be above.</param>
/// <param name="B">The code that may be below; of the same system.</param>
public sealed record SubsumesRequest(Coding A, Coding B);

/// <summary>How A stands to B.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="Issues">What to know, usually empty.</param>
public sealed record SubsumesResult(Subsumption Outcome, IReadOnlyList<Issue> Issues);

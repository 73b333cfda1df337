using Terminology.ValueSets;

namespace Terminology.Operations;

/// <summary>FHIR tooling <see href="https://hl7.org/fhir/tools/en/OperationDefinition-ValueSet-compare.html">ValueSet/$compare</see>: how the members of two value sets stand to each other.</summary>
/// <param name="This">The one the answer speaks of.</param>
/// <param name="Other">The one it is held against.</param>
public sealed record CompareRequest(ComparedValueSet This, ComparedValueSet Other)
{
    /// <summary>When versions of a code system make two codes of it.</summary>
    public VersionPolicy VersionPolicy { get; init; }
}

/// <summary>A value set by canonical or inline; exactly one of the two is set.</summary>
/// <param name="Url">Its canonical, or null.</param>
/// <param name="ValueSet">The resource that came along, or null.</param>
public sealed record ComparedValueSet(VersionedUrl? Url, ValueSet? ValueSet);

/// <summary>When versions of a code system matter to a comparison (parameter <c>version-policy</c>).</summary>
public enum VersionPolicy
{
    /// <summary>Where the code system says that a version is needed, and where a filter may choose otherwise in another version.</summary>
    AsNeeded,

    /// <summary>A code is shared only when it is of the same version on both sides.</summary>
    Always,

    /// <summary>System and code alone are compared.</summary>
    Never,
}

/// <summary>How this value set stands to the other.</summary>
public enum SetRelation
{
    /// <summary>It cannot be told; the message says why.</summary>
    Indeterminate,

    /// <summary>Neither has a member.</summary>
    Empty,

    /// <summary>The same codes.</summary>
    Same,

    /// <summary>All of this is in the other, which has more.</summary>
    Subset,

    /// <summary>All of the other is in this, which has more.</summary>
    Superset,

    /// <summary>Some are shared, and each has codes that the other has not.</summary>
    Overlapping,

    /// <summary>None are shared.</summary>
    Disjoint,
}

/// <summary>Always an answer, <see cref="SetRelation.Indeterminate"/> included.</summary>
/// <param name="Relation">How this stands to the other.</param>
/// <param name="Message">The same as a sentence.</param>
public sealed record CompareResult(SetRelation Relation, string Message)
{
    /// <summary>Did both have to be expanded? Null when nothing was compared.</summary>
    public bool? PerformedExpansion { get; init; }

    /// <summary>Codes of both, where codes were compared one by one and the two differ or are enumerated; else empty.</summary>
    public IReadOnlyList<string> Common { get; init; } = [];

    /// <summary>Codes of this that the other has not.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Codes of the other that this has not.</summary>
    public IReadOnlyList<string> Extra { get; init; } = [];
}

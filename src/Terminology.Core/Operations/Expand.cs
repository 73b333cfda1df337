using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.ValueSets;

namespace Terminology.Operations;

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-operation-expand.html">ValueSet/$expand</see>.</summary>
public sealed record ExpandRequest
{
    /// <summary>Value set by canonical, or null.</summary>
    public VersionedUrl? Url { get; init; }

    /// <summary>Value set that came inline, or null.</summary>
    public ValueSet? ValueSet { get; init; }

    /// <summary>Words that a designation of every member must match, or null.</summary>
    public string? Filter { get; init; }

    /// <summary>First member, zero-based; null: no paging.</summary>
    public int? Offset { get; init; }

    /// <summary>Most members; 0: only the total; null: no paging.</summary>
    public int? Count { get; init; }

    /// <summary>Leave inactive codes out.</summary>
    public bool ActiveOnly { get; init; }

    /// <summary>Add the designations.</summary>
    public bool IncludeDesignations { get; init; }

    /// <summary>Add the definition of the value set to the answer.</summary>
    public bool IncludeDefinition { get; init; }

    /// <summary>A flat list (true), or nested by hierarchy where the value set is a whole small code system (false).</summary>
    public bool ExcludeNested { get; init; } = true;

    /// <summary>Leave abstract codes out.</summary>
    public bool ExcludeNotForUI { get; init; }

    /// <summary>Names of the parameters that the client sent: the answer echoes these and no others.</summary>
    public IReadOnlyCollection<string> Asked { get; init; } = [];

    /// <summary>Properties to add to each member.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];
}

/// <summary>A page of members, read straight from the code systems by the writer.</summary>
/// <param name="ValueSet">What was expanded.</param>
/// <param name="Request">With which parameters.</param>
/// <param name="Members">The page, in stable order.</param>
/// <param name="Total">Members in all pages; null when not counted (a filter over much content).</param>
public sealed record ExpandResult(ValueSet ValueSet, ExpandRequest Request, IReadOnlyList<ExpansionMember> Members, int? Total)
{
    /// <summary>Code systems used, with the version that answered.</summary>
    public IReadOnlyList<VersionedUrl> UsedCodeSystems { get; init; } = [];

    /// <summary>Value sets used, with version.</summary>
    public IReadOnlyList<VersionedUrl> UsedValueSets { get; init; } = [];

    /// <summary>Why the members are not all there are: one sentence for each code system with a grammar; usually empty.</summary>
    public IReadOnlyList<string> Unclosed { get; init; } = [];

    /// <summary>Value sets whose members stand for all of a code system with a grammar.</summary>
    public IReadOnlyList<ValueSet> StandIns { get; init; } = [];

    /// <summary>Supplements whose designations and properties are shown.</summary>
    public IReadOnlyList<ICodeSystem> UsedSupplements { get; init; } = [];

    /// <summary>Languages for the displays, best first.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>What to know; usually empty.</summary>
    public IReadOnlyList<Issue> Issues { get; init; } = [];
}

/// <summary>One member of an expansion.</summary>
/// <param name="CodeSystem">The code system that knows it; null for a member of a stored expansion of an unknown system.</param>
/// <param name="Concept">The concept, or None with <paramref name="Unknown"/>.</param>
/// <param name="Reference">What the value set says of it when it is enumerated (its own display and designations), or null.</param>
/// <param name="Unknown">The coding, when no code system knows it; else null.</param>
public readonly record struct ExpansionMember(ICodeSystem? CodeSystem, ConceptOrdinal Concept, ConceptReference? Reference = null, Coding? Unknown = null)
{
    /// <summary>Members below it in a nested expansion; null in a flat one.</summary>
    public IReadOnlyList<ExpansionMember>? Contains { get; init; }
}

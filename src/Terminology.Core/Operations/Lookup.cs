using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Operations;

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-lookup.html">CodeSystem/$lookup</see>.</summary>
/// <param name="Coding">System and code are needed; version may pin a release.</param>
/// <param name="Properties">Codes of the properties wanted; empty: the default ones. <c>*</c> is all, <c>designation</c>, <c>parent</c>, <c>child</c>, <c>lang.X</c> as in FHIR.</param>
public sealed record LookupRequest(Coding Coding, IReadOnlyList<string> Properties);

/// <summary>Where the concept is; the writer reads the rest straight from the code system.</summary>
/// <param name="CodeSystem">The version that answered.</param>
/// <param name="Concept">The concept.</param>
/// <param name="Properties">The properties wanted, as asked.</param>
/// <param name="Languages">Languages for the display, best first.</param>
/// <param name="Issues">Warnings, for example that the code was understood in another form; usually empty.</param>
public sealed record LookupResult(
    ICodeSystem CodeSystem, ConceptOrdinal Concept, IReadOnlyList<string> Properties, IReadOnlyList<string> Languages, IReadOnlyList<Issue> Issues)
{
    /// <summary>Supplements of the code system whose designations and properties are added.</summary>
    public IReadOnlyList<ICodeSystem> Supplements { get; init; } = [];

    /// <summary>Names that people give to a composed code, from the value set that stands for its code system; usually empty.</summary>
    public IReadOnlyList<string> CommonNames { get; init; } = [];

    /// <summary>The concept whose parents and children are told: another than <see cref="Concept"/> where that one is described by what it refines.</summary>
    public ConceptOrdinal Neighbour { get; init; } = Concept;

    /// <summary>Properties of text that are worked out only when they are asked for by name, or all are: the normal forms of SNOMED CT.</summary>
    public IReadOnlyList<(string Code, string Value)> Computed { get; init; } = [];
}

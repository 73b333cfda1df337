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

    /// <summary>A flat list (true), nested by hierarchy (false); not said: nested where the value set is a whole small code system and no page is asked for.</summary>
    public bool? ExcludeNested { get; init; }

    /// <summary>Leave abstract codes out.</summary>
    public bool ExcludeNotForUI { get; init; }

    /// <summary>The parameters that the client sent and that shaped the expansion: the answer repeats these and no others.</summary>
    public IReadOnlyList<ExpansionParameter> Asked { get; init; } = [];

    /// <summary>Which designations to add: languages (<c>urn:ietf:bcp:47|de</c>) and uses (<c>system|code</c>); empty: all.</summary>
    public IReadOnlyList<Coding> Designations { get; init; } = [];

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

    /// <summary>Can the members only be a part, because a code system is a fragment or has a grammar?</summary>
    public bool IsUnclosed { get; init; }

    /// <summary>Why the members are not all there are: one sentence for each code system of which all is wanted.</summary>
    public IReadOnlyList<string> Unclosed { get; init; } = [];

    /// <summary>Supplements whose designations and properties are shown, by the code system version they add to.</summary>
    public IReadOnlyDictionary<ICodeSystem, IReadOnlyList<ICodeSystem>> UsedSupplements { get; init; } = new Dictionary<ICodeSystem, IReadOnlyList<ICodeSystem>>();

    /// <summary>The parameters in force: those asked for and those of the value set, then what was used and what to be warned of.</summary>
    public IReadOnlyList<ExpansionParameter> Parameters { get; init; } = [];

    /// <summary>Must members say their version, because the rules name several of one code system?</summary>
    public bool ShowVersions { get; init; }

    /// <summary>Languages for the displays, best first.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>May no display of another language stand in?</summary>
    public bool OnlyInLanguages { get; init; }

    /// <summary>What to know; usually empty.</summary>
    public IReadOnlyList<Issue> Issues { get; init; } = [];
}

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.expansion.parameter">ValueSet.expansion.parameter</see>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of the value: Uri, Code, String, Boolean or Integer.</param>
/// <param name="Value">The value as text.</param>
public sealed record ExpansionParameter(string Name, string Type, string Value);

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

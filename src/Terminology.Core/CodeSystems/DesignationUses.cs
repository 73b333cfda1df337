namespace Terminology.CodeSystems;

/// <summary>The designation uses that loaders share; a terminology's own uses are built by its loader.</summary>
public static class DesignationUses
{
    private const string HL7 = "http://terminology.hl7.org/CodeSystem/designation-usage", Snomed = "http://snomed.info/sct";

    /// <summary>The display of a language, where another one is shown.</summary>
    public static Coding PreferredForLanguage { get; } = new("http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra", "preferredForLanguage", Display: "Preferred For Language");

    /// <summary>A plain display.</summary>
    public static Coding Display { get; } = new(HL7, "display", Display: "Display");

    /// <summary>The source does not say what the text is for: a FHIR designation without use. Written without use.</summary>
    public static Coding Unspecified { get; } = new(null, null);

    /// <summary>FHIR <c>CodeSystem.concept.definition</c>: a text that says what the concept means.</summary>
    public static Coding Definition { get; } = new(HL7, "definition", Display: "Definition");

    /// <summary>SNOMED CT fully specified name.</summary>
    public static Coding FullySpecifiedName { get; } = new(Snomed, "900000000000003001", Display: "Fully specified name");

    /// <summary>SNOMED CT synonym.</summary>
    public static Coding Synonym { get; } = new(Snomed, "900000000000013009", Display: "Synonym");

    /// <summary>SNOMED CT text definition.</summary>
    public static Coding TextDefinition { get; } = new(Snomed, "900000000000550004", Display: "Definition");
}

namespace Terminology;

/// <summary>A FHIR extension with a primitive value that travels with a concept or a designation into answers; those that nobody knows are left behind when read.</summary>
/// <param name="Url">Which extension.</param>
/// <param name="Type">Type of the value as FHIR names it behind <c>value</c>, for example <c>Code</c>.</param>
/// <param name="Value">The value as text.</param>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/extensibility.html">extensibility</see>.</remarks>
public sealed record Extension(string Url, string Type, string Value)
{
    /// <summary>Standards status of a resource, concept or designation: draft, trial-use, normative, informative, deprecated, withdrawn.</summary>
    public const string StandardsStatus = "http://hl7.org/fhir/StructureDefinition/structuredefinition-standards-status";

    /// <summary>A value set marks one of its concepts as deprecated.</summary>
    public const string ValueSetDeprecated = "http://hl7.org/fhir/StructureDefinition/valueset-deprecated";
}

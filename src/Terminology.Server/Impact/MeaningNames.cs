using Terminology.CodeSystems;

namespace Terminology.Server.Impact;

/// <summary>Which properties of a code system carry the meaning of its codes, and which only say something about them.</summary>
internal static class MeaningNames
{
    private static readonly HashSet<string> Loinc = ["COMPONENT", "PROPERTY", "TIME_ASPCT", "SYSTEM", "SCALE_TYP", "METHOD_TYP"];

    private static readonly HashSet<string> RxNorm =
    [
        "TTY", "has_ingredient", "has_ingredients", "has_precise_ingredient", "has_active_ingredient", "has_active_moiety", "has_basis_of_strength_substance", "consists_of", "contains", "has_dose_form", "has_form", "has_part", "tradename_of", "quantified_form_of",
    ];

    private static readonly HashSet<string> Classification = ["includes", "inclusionTerm", "inclusion", "excludes1", "excludes2", "exclusion", "usage"];

    /// <summary>Classifications of diseases and procedures, by the beginning of their canonical.</summary>
    private static readonly string[] Classifications =
    [
        "http://hl7.org/fhir/sid/icd-", "http://www.cms.gov/Medicare/Coding/ICD10", "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "http://fhir.de/CodeSystem/bfarm/ops", "http://terminology.hl7.org/CodeSystem/icd-o-3",
    ];

    /// <summary>Is it a classification, in which titles are meanings and children divide their parent?</summary>
    public static bool IsClassification(CodeSystemInfo system)
        => system.HierarchyMeaning == "classified-with" || Array.Exists(Classifications, start => system.Url.Value.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Does a property carry meaning?</summary>
    public static bool Carries(CodeSystemInfo system, PropertyDefinition property) => system.Url.Value switch
    {
        _ when system.Url == CodeSystemUri.Loinc => Loinc.Contains(property.Code),
        _ when system.Url == CodeSystemUri.RxNorm => RxNorm.Contains(property.Code),
        // Attributes are called by the concept that they are; what else SNOMED CT says of a concept is about it.
        _ when system.Url == CodeSystemUri.Snomed || system.Url == CodeSystemUri.SnomedUnpublished => property.Code is "sufficientlyDefined" || property.Code.All(char.IsAsciiDigit),
        _ => IsClassification(system) && Classification.Contains(property.Code),
    };
}

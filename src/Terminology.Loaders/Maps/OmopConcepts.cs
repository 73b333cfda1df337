using System.Globalization;
using Terminology.Mapping.Rows;

namespace Terminology.Loaders.Maps;

/// <summary>Targets that are concepts of the OMOP vocabularies: their code is the concept id, a whole number; 0 is no concept.</summary>
internal static class OmopConcepts
{
    /// <summary>Code system of concept ids. OHDSI <see href="https://fhir-terminology.ohdsi.org">names</see> it so.</summary>
    public const string System = "https://fhir-terminology.ohdsi.org";

    /// <summary>Property of a target in another code system, for its concept id.</summary>
    public const string IdProperty = "omop-concept-id";

    private static readonly Dictionary<string, string> Vocabularies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SNOMED"] = CodeSystemUri.Snomed.Value, ["LOINC"] = CodeSystemUri.Loinc.Value, ["RxNorm"] = CodeSystemUri.RxNorm.Value, ["UCUM"] = CodeSystemUri.Ucum.Value, ["NDC"] = CodeSystemUri.Ndc.Value,
        ["ICD10"] = CodeSystemUri.Icd10.Value, ["ICD10CM"] = CodeSystemUri.Icd10Cm.Value, ["ICD10PCS"] = CodeSystemUri.Icd10Pcs.Value, ["ICD9CM"] = CodeSystemUri.Icd9Cm.Value,
    };

    /// <summary>The concept id of a target, or null when it has none.</summary>
    public static string? IdOf(RowTarget target)
    {
        var id = target.System == System ? target.Code : target.Properties.FirstOrDefault(property => property.Key == IdProperty).Value;
        return int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? id : null;
    }

    /// <summary>Code system of a vocabulary, where it has a canonical; else its id as it is.</summary>
    public static string SystemOf(string vocabulary) => Vocabularies.GetValueOrDefault(vocabulary, vocabulary);

    /// <summary>Vocabulary of a code system, where it has one; else null.</summary>
    public static string? VocabularyOf(string system) => Vocabularies.FirstOrDefault(pair => pair.Value == system).Key;
}

namespace Terminology;

/// <summary>The canonical URL of a code system, without version: FHIR <c>CodeSystem.url</c>. Compared ordinally, as FHIR demands.</summary>
public readonly record struct CodeSystemUri
{
    /// <summary>Wraps a canonical without <c>|version</c>.</summary>
    /// <exception cref="ArgumentException">The text is empty or holds a <c>|</c>.</exception>
    public CodeSystemUri(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Contains('|')) throw new ArgumentException("A CodeSystemUri has no |version.", nameof(value));
        Value = value;
    }

    /// <summary>The URL as written.</summary>
    public string Value { get; }

    /// <summary>SNOMED CT, all editions.</summary>
    public static CodeSystemUri Snomed { get; } = new("http://snomed.info/sct");

    /// <summary>SNOMED CT content that is not published: test and development releases.</summary>
    public static CodeSystemUri SnomedUnpublished { get; } = new("http://snomed.info/xsct");

    /// <summary>LOINC.</summary>
    public static CodeSystemUri Loinc { get; } = new("http://loinc.org");

    /// <summary>RxNorm.</summary>
    public static CodeSystemUri RxNorm { get; } = new("http://www.nlm.nih.gov/research/umls/rxnorm");

    /// <summary>National Drug Codes of the FDA, eleven digits without hyphens.</summary>
    public static CodeSystemUri Ndc { get; } = new("http://hl7.org/fhir/sid/ndc");

    /// <summary>ICD-10 of the WHO.</summary>
    public static CodeSystemUri Icd10 { get; } = new("http://hl7.org/fhir/sid/icd-10");

    /// <summary>ICD-10-CM of the United States; codes with the dot.</summary>
    public static CodeSystemUri Icd10Cm { get; } = new("http://hl7.org/fhir/sid/icd-10-cm");

    /// <summary>ICD-10-PCS of the United States; codes without a dot.</summary>
    public static CodeSystemUri Icd10Pcs { get; } = new("http://www.cms.gov/Medicare/Coding/ICD10");

    /// <summary>ICD-9-CM, diagnoses (volumes 1 and 2); codes with the dot.</summary>
    public static CodeSystemUri Icd9Cm { get; } = new("http://hl7.org/fhir/sid/icd-9-cm");

    /// <summary>UCUM units of measure.</summary>
    public static CodeSystemUri Ucum { get; } = new("http://unitsofmeasure.org");

    /// <summary>Language tags, BCP 47.</summary>
    public static CodeSystemUri Languages { get; } = new("urn:ietf:bcp:47");

    /// <summary>Media (MIME) types, BCP 13.</summary>
    public static CodeSystemUri MediaTypes { get; } = new("urn:ietf:bcp:13");

    /// <summary>Countries of ISO 3166-1: two letters, three letters, three digits.</summary>
    public static CodeSystemUri Countries { get; } = new("urn:iso:std:iso:3166");

    /// <summary>Currencies of ISO 4217.</summary>
    public static CodeSystemUri Currencies { get; } = new("urn:iso:std:iso:4217");

    /// <inheritdoc/>
    public override string ToString() => Value;
}

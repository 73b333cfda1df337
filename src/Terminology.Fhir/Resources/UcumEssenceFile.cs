namespace Terminology.Fhir.Resources;

/// <summary>The UCUM essence that comes with the FHIR library: units of measure without an import.</summary>
public static class UcumEssenceFile
{
    /// <summary>Its version.</summary>
    public const string Version = "1.9";

    /// <summary>Opens the essence, XML; the caller closes it.</summary>
    public static Stream Open()
        => typeof(global::Fhir.Metrics.SystemOfUnits).Assembly.GetManifestResourceStream("Fhir.Metrics.Data.ucum-essence.xml")
            ?? throw new InvalidOperationException("Fhir.Metrics has no essence; another version of the FHIR library keeps it elsewhere.");
}

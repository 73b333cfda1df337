namespace Terminology.Loaders.Rf2;

/// <summary>Names of editions by their module, and what the known map reference sets map to.</summary>
internal static class SnomedEditions
{
    public const string International = "900000000000207008", Model = "900000000000012004";

    /// <summary>Modules that carry maps beside an edition and do not name one.</summary>
    public static readonly HashSet<string> MapModules = ["449080006", "449079008", "449081005", "705115006", Model];

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [International] = "International Edition",
        ["731000124108"] = "US Edition",
        ["32506021000036107"] = "Australian Edition",
        ["83821000000107"] = "UK Edition",
        ["999000041000000102"] = "UK Clinical Edition",
        ["999000011000001104"] = "UK Drug Extension",
        ["20611000087101"] = "Canadian Edition",
        ["20621000087109"] = "Canadian Edition",
        ["554471000005108"] = "Danish Edition",
        ["11000146104"] = "Netherlands Edition",
        ["45991000052106"] = "Swedish Edition",
        ["51000202101"] = "Norwegian Edition",
        ["11000172109"] = "Belgian Edition",
        ["2011000195101"] = "Swiss Edition",
        ["11000181102"] = "Estonian Edition",
        ["11000220105"] = "Irish Edition",
        ["21000210109"] = "New Zealand Edition",
        ["11000221109"] = "Argentine Edition",
        ["5631000179106"] = "Uruguayan Edition",
        ["11000318109"] = "Jamaican Edition",
        ["332351000009108"] = "Veterinary Extension",
        ["450829007"] = "Spanish Edition",
        ["449081005"] = "Spanish Edition",
        ["11000234105"] = "Austrian Edition",
        ["11000274103"] = "German Edition",
        ["11000315107"] = "French Edition",
    };

    /// <summary>Code systems that map reference sets map to; others are named with <c>--target</c>.</summary>
    public static readonly Dictionary<string, string> MapTargets = new(StringComparer.Ordinal)
    {
        ["447562003"] = "http://hl7.org/fhir/sid/icd-10",
        ["447563008"] = "http://hl7.org/fhir/sid/icd-9-cm",
        ["6011000124106"] = "http://hl7.org/fhir/sid/icd-10-cm",
        ["5991000124107"] = "http://hl7.org/fhir/sid/icd-10-cm",
        ["446608001"] = "http://hl7.org/fhir/sid/icd-o-3",
        ["900000000000497000"] = "http://read.info/ctv3",
        ["32570521000036109"] = "http://hl7.org/fhir/sid/icd-10-am",
        ["999002271000000101"] = "http://hl7.org/fhir/sid/icd-10",
        ["450993002"] = "http://hl7.org/fhir/sid/icpc-2",
        ["784008009"] = "http://www.orpha.net",
        ["1193552009"] = "http://meddra.org",
        ["705112009"] = "http://loinc.org",
        ["1187635003"] = "http://loinc.org",
    };

    /// <summary>Is it an edition whose name is known?</summary>
    public static bool IsKnown(string module) => Names.ContainsKey(module);

    public static string Name(string module) => Names.TryGetValue(module, out var name) ? name : $"module {module}";

    public const string Copyright =
        "This material includes SNOMED Clinical Terms® (SNOMED CT®), which is used by permission of SNOMED International (the International Health Terminology Standards "
        + "Development Organisation). All rights reserved. SNOMED CT® was originally created by the College of American Pathologists. \"SNOMED\" and \"SNOMED CT\" are "
        + "registered trademarks of SNOMED International. Use requires a licence: https://www.snomed.org/get-snomed.";
}

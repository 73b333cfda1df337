using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Terminology.Fhir.Queries;

namespace Terminology.Fhir.Operations;

/// <summary>What the server can do, and over what: CapabilityStatement and TerminologyCapabilities.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/terminology-service.html">terminology service</see>.</remarks>
public static class CapabilityWriter
{
    private static readonly (string Type, string[] Operations)[] Resources =
    [
        ("CodeSystem", ["lookup", "validate-code", "subsumes", "batch-validate-code", "find-matches"]),
        ("ValueSet", ["expand", "validate-code", "batch-validate-code", "compare"]),
        ("ConceptMap", ["translate", "closure"]),
        ("NamingSystem", []),
    ];

    /// <summary>Writes the CapabilityStatement.</summary>
    public static void WriteCapabilityStatement(Utf8JsonWriter writer, TerminologyService service, string url, DateTimeOffset now)
    {
        _ = service;
        Begin(writer, "CapabilityStatement", url, now);
        writer.WriteStartArray("extension"u8);
        Feature(writer, "http://hl7.org/fhir/uv/tx-tests/FeatureDefinition/test-version", new("value", "Code", TestVersion));
        Feature(writer, "http://hl7.org/fhir/uv/tx-ecosystem/FeatureDefinition/CodeSystemAsParameter", new("value", "Boolean", "true"));
        writer.WriteEndArray();
        writer.WriteStartArray("instantiates"u8);
        writer.WriteStringValue("http://hl7.org/fhir/CapabilityStatement/terminology-server"u8);
        writer.WriteEndArray();
        writer.WriteString("fhirVersion"u8, "4.0.1"u8);
        writer.WriteStartArray("format"u8);
        foreach (var format in new[] { "application/fhir+json", "application/fhir+xml", "json", "xml" }) writer.WriteStringValue(format);
        writer.WriteEndArray();
        writer.WriteStartArray("rest"u8);
        writer.WriteStartObject();
        writer.WriteString("mode"u8, "server"u8);
        writer.WriteStartArray("resource"u8);
        foreach (var (type, operations) in Resources) WriteResource(writer, type, operations);
        writer.WriteEndArray();
        Codes(writer, "interaction"u8, ["transaction", "batch"]);
        writer.WriteStartArray("operation"u8);
        foreach (var (name, definition) in new[] { ("versions", "CapabilityStatement-versions"), ("closure", "ConceptMap-closure") })
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, name);
            writer.WriteString("definition"u8, $"http://hl7.org/fhir/OperationDefinition/{definition}");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter writer, string type, string[] operations)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        Codes(writer, "interaction"u8, ["read", "vread", "update", "delete", "history-instance", "history-type", "create", "search-type"]);
        writer.WriteString("versioning"u8, "versioned-update"u8);
        writer.WriteBoolean("readHistory"u8, true);
        writer.WriteBoolean("updateCreate"u8, true);
        writer.WriteBoolean("conditionalCreate"u8, true);
        writer.WriteString("conditionalRead"u8, "full-support"u8);
        writer.WriteBoolean("conditionalUpdate"u8, true);
        writer.WriteString("conditionalDelete"u8, "single"u8);
        writer.WriteStartArray("searchParam"u8);
        foreach (var parameter in SearchParameter.Of(type))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, parameter.Name);
            writer.WriteString("type"u8, parameter.TypeName);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (operations.Length > 0)
        {
            writer.WriteStartArray("operation"u8);
            foreach (var operation in operations)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, operation);
                writer.WriteString("definition"u8, Definition(type, operation));
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void Codes(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string[] codes)
    {
        writer.WriteStartArray(name);
        foreach (var code in codes)
        {
            writer.WriteStartObject();
            writer.WriteString("code"u8, code);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>Writes the TerminologyCapabilities: every code system version that can be asked for.</summary>
    public static void WriteTerminologyCapabilities(Utf8JsonWriter writer, TerminologyService service, string url, DateTimeOffset now)
    {
        Begin(writer, "TerminologyCapabilities", url, now);
        WriteCodeSystems(writer, service);
        writer.WriteStartObject("expansion"u8);
        writer.WriteBoolean("hierarchical"u8, false);
        writer.WriteBoolean("paging"u8, true);
        writer.WriteStartArray("parameter"u8);
        foreach (var name in new[] { "activeOnly", "check-system-version", "count", "default-valueset-version", "designation", "displayLanguage", "excludeNested", "excludeNotForUI", "filter", "force-system-version", "includeDefinition", "includeDesignations", "offset", "property", "system-version", "tx-resource", "useSupplement", "valueSetVersion" })
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, name);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("validateCode"u8);
        writer.WriteBoolean("translations"u8, false);
        writer.WriteEndObject();
        writer.WriteStartObject("translation"u8);
        writer.WriteBoolean("needsMap"u8, false);
        writer.WriteEndObject();
        writer.WriteStartObject("closure"u8);
        writer.WriteBoolean("translation"u8, false);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes the answer to <see href="https://hl7.org/fhir/R4/capabilitystatement-operation-versions.html">$versions</see>.</summary>
    public static void WriteVersions(Utf8JsonWriter writer)
    {
        ParametersWriter.Begin(writer);
        ParametersWriter.Text(writer, "version"u8, "valueCode"u8, "4.0");
        ParametersWriter.Text(writer, "default"u8, "valueCode"u8, "4.0");
        ParametersWriter.End(writer);
    }

    /// <summary>Comparing is defined by the tooling extensions, not by FHIR itself.</summary>
    private static string Definition(string type, string operation)
        => $"http://hl7.org/fhir/{(operation == "compare" ? "tools/" : "")}OperationDefinition/{type}-{operation}";

    private static void WriteCodeSystems(Utf8JsonWriter writer, TerminologyService service)
    {
        var systems = service.CodeSystems.Where(entry => entry.Supplements is null).GroupBy(entry => entry.Url, StringComparer.Ordinal).ToArray();
        // FHIR has no empty arrays.
        if (systems.Length == 0) return;
        writer.WriteStartArray("codeSystem"u8);
        foreach (var system in systems)
        {
            writer.WriteStartObject();
            writer.WriteString("uri"u8, system.Key);
            var versions = system.Where(entry => entry.Version is not null).ToArray();
            if (versions.Length > 0)
            {
                writer.WriteStartArray("version"u8);
                for (var i = 0; i < versions.Length; i++)
                {
                    writer.WriteStartObject();
                    writer.WriteString("code"u8, versions[i].Version);
                    writer.WriteBoolean("isDefault"u8, i == 0 && versions[i].Live);
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Begin(Utf8JsonWriter writer, string type, string url, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, type);
        writer.WriteString("id"u8, type == "CapabilityStatement" ? "terminology-server" : "terminology-capabilities");
        writer.WriteString("url"u8, $"{url}/metadata");
        writer.WriteString("version"u8, Version);
        writer.WriteString("name"u8, "Terminology"u8);
        writer.WriteString("title"u8, "Terminology: FHIR terminology server"u8);
        writer.WriteString("status"u8, "active"u8);
        writer.WriteString("date"u8, now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("kind"u8, "instance"u8);
        writer.WriteStartObject("software"u8);
        writer.WriteString("name"u8, "Terminology"u8);
        writer.WriteString("version"u8, Version);
        if (type == "CapabilityStatement") writer.WriteString("releaseDate"u8, ReleaseDate);
        writer.WriteEndObject();
        writer.WriteStartObject("implementation"u8);
        writer.WriteString("description"u8, "SNOMED CT, LOINC, ICD-10, RxNorm and local codes"u8);
        writer.WriteString("url"u8, url);
        writer.WriteEndObject();
    }

    private static void Feature(Utf8JsonWriter writer, string definition, Extension value)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("extension"u8);
        ParametersWriter.Extension(writer, new("definition", "Canonical", definition));
        ParametersWriter.Extension(writer, value);
        writer.WriteEndArray();
        writer.WriteString("url"u8, "http://hl7.org/fhir/uv/application-feature/StructureDefinition/feature"u8);
        writer.WriteEndObject();
    }

    /// <summary>The release of the HL7 terminology ecosystem tests that this server is measured by.</summary>
    private const string TestVersion = "1.9.3";

    private static string ReleaseDate { get; } = typeof(CapabilityWriter).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "ReleaseDate")?.Value ?? "";

    private static string Version { get; } = typeof(CapabilityWriter).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}

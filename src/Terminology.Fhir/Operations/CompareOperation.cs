using System.Text.Json;
using Terminology.Fhir.Resources;
using Terminology.Operations;

namespace Terminology.Fhir.Operations;

/// <summary><c>ValueSet/$compare</c> on the wire.</summary>
/// <remarks>FHIR tooling <see href="https://hl7.org/fhir/tools/en/OperationDefinition-ValueSet-compare.html">$compare</see>.</remarks>
public static class CompareOperation
{
    /// <summary>Reads thisUrl or thisValueSet, otherUrl or otherValueSet, valueSetVersion and version-policy.</summary>
    public static CompareRequest Read(OperationInput input) => new(ValueSet(input, "this"), ValueSet(input, "other"))
    {
        VersionPolicy = input.Text("version-policy") switch
        {
            null or "as-needed" => VersionPolicy.AsNeeded,
            "always" => VersionPolicy.Always,
            "never" => VersionPolicy.Never,
            var other => throw OperationInput.Wrong("version-policy", $"'{other}' is none of always, as-needed and never."),
        },
    };

    /// <summary>Writes the relation; with <paramref name="diagnostics"/> the codes that it rests on.</summary>
    public static void Write(Utf8JsonWriter writer, CompareResult result, bool diagnostics)
    {
        ParametersWriter.Begin(writer);
        ParametersWriter.Text(writer, "result"u8, "valueCode"u8, Code(result.Relation));
        ParametersWriter.Text(writer, "message"u8, "valueString"u8, result.Message);
        if (diagnostics)
        {
            if (result.PerformedExpansion is { } expanded) ParametersWriter.Boolean(writer, "performed-expansion"u8, expanded);
            ParametersWriter.Text(writer, "missing-codes"u8, "valueString"u8, string.Join(',', result.Missing));
            ParametersWriter.Text(writer, "extra-codes"u8, "valueString"u8, string.Join(',', result.Extra));
            ParametersWriter.Text(writer, "common-codes"u8, "valueString"u8, string.Join(',', result.Common));
        }
        ParametersWriter.End(writer);
    }

    private static ComparedValueSet ValueSet(OperationInput input, string side)
    {
        if (input.Resource($"{side}ValueSet") is { } inline) return new(null, FhirResourceReader.ReadValueSet(inline));
        var url = input.Text($"{side}Url") ?? throw OperationInput.Missing($"{side}Url", $"Two value sets are needed: '{side}Url', or the resource as '{side}ValueSet', is missing.");
        var canonical = VersionedUrl.Parse(url);
        return new(canonical.Version is null ? canonical with { Version = input.Text("valueSetVersion") } : canonical, null);
    }

    private static string Code(SetRelation relation) => relation switch
    {
        SetRelation.Empty => "empty",
        SetRelation.Same => "same",
        SetRelation.Subset => "subset",
        SetRelation.Superset => "superset",
        SetRelation.Overlapping => "overlapping",
        SetRelation.Disjoint => "disjoint",
        _ => "indeterminate",
    };
}

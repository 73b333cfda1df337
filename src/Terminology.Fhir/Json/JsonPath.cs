using System.Globalization;

namespace Terminology.Fhir.Json;

/// <summary>Where an element stands in its resource, kept as a chain so that a path is only written when something is wrong.</summary>
internal sealed class JsonPath(JsonPath? above, string name, int index = -1)
{
    /// <summary>As FHIRPath: <c>CodeSystem.concept[3].code</c>.</summary>
    public override string ToString()
    {
        var self = index < 0 ? name : $"{name}[{index.ToString(CultureInfo.InvariantCulture)}]";
        return above is null ? self : $"{above}.{self}";
    }
}

namespace Terminology.CodeSystems;

/// <summary>What a standard property says of its concept. FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-concept-properties.html">concept-properties</see>.</summary>
public enum ConceptRole
{
    /// <summary>No standard meaning: kept as it is.</summary>
    None,

    /// <summary>The value is the code of a parent: a hierarchy link, no property.</summary>
    Parent,

    /// <summary>The value is the code of a child: a hierarchy link, no property.</summary>
    Child,

    /// <summary>True: not to be used for new data.</summary>
    Inactive,

    /// <summary>Active, experimental, deprecated, retired …</summary>
    Status,

    /// <summary>True, or a date: discouraged.</summary>
    Deprecated,

    /// <summary>True: a grouper, not for data.</summary>
    NotSelectable,
}

/// <summary>Recognises the standard properties and what their values mean.</summary>
/// <remarks>A property is recognised by its uri; one without a standard uri by its code, for many code systems define none.</remarks>
public static class ConceptRoles
{
    private const string Standard = "http://hl7.org/fhir/concept-properties#";

    /// <summary>The role of a property.</summary>
    public static ConceptRole Of(PropertyDefinition property)
    {
        var named = property.Uri?.StartsWith(Standard, StringComparison.Ordinal) == true ? Of(property.Uri[Standard.Length..]) : ConceptRole.None;
        return named != ConceptRole.None ? named : Of(property.Code);
    }

    private static ConceptRole Of(string name) => name switch
    {
        "parent" => ConceptRole.Parent,
        "child" => ConceptRole.Child,
        "inactive" => ConceptRole.Inactive,
        "status" => ConceptRole.Status,
        "deprecated" => ConceptRole.Deprecated,
        "notSelectable" or "abstract" => ConceptRole.NotSelectable,
        _ => ConceptRole.None,
    };

    /// <summary>The flags that a value of a property with this role sets.</summary>
    public static ConceptFlags Flags(ConceptRole role, string value) => (role, value) switch
    {
        (ConceptRole.Inactive, "true") => ConceptFlags.Inactive,
        (ConceptRole.Status, "retired" or "inactive" or "withdrawn") => ConceptFlags.Inactive,
        (ConceptRole.Status, "deprecated") => ConceptFlags.Deprecated,
        (ConceptRole.Deprecated, not "false") => ConceptFlags.Deprecated,
        (ConceptRole.NotSelectable, "true") => ConceptFlags.Abstract,
        _ => ConceptFlags.None,
    };
}

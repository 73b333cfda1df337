namespace Terminology.Fhir.Queries;

/// <summary>How the values of a search parameter are compared. FHIR R4 <see href="https://hl7.org/fhir/R4/search.html#ptypes">search parameter types</see>.</summary>
public enum SearchKind
{
    /// <summary>Text, compared from its beginning without case and accents.</summary>
    String,

    /// <summary>A code, with or without its system.</summary>
    Token,

    /// <summary>A canonical or URL, compared exactly.</summary>
    Uri,

    /// <summary>A canonical that another resource has.</summary>
    Reference,

    /// <summary>A moment or a period.</summary>
    Date,

    /// <summary>Words anywhere in the resource, or in its narrative.</summary>
    Text,

    /// <summary>A code in the content, which its catalogue entry finds.</summary>
    Code,
}

/// <summary>A search parameter of a resource type.</summary>
/// <param name="Name">As in the query.</param>
/// <param name="Kind">How values are compared.</param>
/// <param name="Paths">Where its values stand in the resource: member names with dots; arrays are looked through.</param>
public sealed record SearchParameter(string Name, SearchKind Kind, params IReadOnlyList<string> Paths)
{
    private static readonly SearchParameter[] All =
    [
        new("_id", SearchKind.Token, "id"),
        new("_lastUpdated", SearchKind.Date, "meta.lastUpdated"),
        new("_tag", SearchKind.Token, "meta.tag"),
        new("_security", SearchKind.Token, "meta.security"),
        new("_profile", SearchKind.Uri, "meta.profile"),
        new("_text", SearchKind.Text, "text"),
        new("_content", SearchKind.Text),
        new("context", SearchKind.Token, "useContext.valueCodeableConcept.coding"),
        new("context-type", SearchKind.Token, "useContext.code"),
        new("date", SearchKind.Date, "date"),
        new("description", SearchKind.String, "description"),
        new("jurisdiction", SearchKind.Token, "jurisdiction.coding"),
        new("name", SearchKind.String, "name"),
        new("publisher", SearchKind.String, "publisher"),
        new("status", SearchKind.Token, "status") { System = "http://hl7.org/fhir/publication-status" },
    ];

    private static readonly SearchParameter[] OfCanonicals =
    [
        .. All,
        new("identifier", SearchKind.Token, "identifier"),
        new("title", SearchKind.String, "title"),
        new("url", SearchKind.Uri, "url"),
        new("version", SearchKind.Token, "version"),
    ];

    private static readonly Dictionary<string, SearchParameter[]> ByType = new(StringComparer.Ordinal)
    {
        ["CodeSystem"] =
        [
            .. OfCanonicals,
            new("code", SearchKind.Code),
            new("content-mode", SearchKind.Token, "content") { System = "http://hl7.org/fhir/codesystem-content-mode" },
            new("supplements", SearchKind.Reference, "supplements"),
            new("system", SearchKind.Uri, "url"),
        ],
        ["ValueSet"] =
        [
            .. OfCanonicals,
            new("code", SearchKind.Code),
            new("expansion", SearchKind.Uri, "expansion.identifier"),
            new("reference", SearchKind.Uri, "compose.include.system", "compose.include.valueSet"),
        ],
        ["ConceptMap"] =
        [
            .. OfCanonicals,
            new("other", SearchKind.Reference, "group.unmapped.url"),
            new("source", SearchKind.Reference, "sourceCanonical", "sourceUri"),
            new("source-code", SearchKind.Code),
            new("source-system", SearchKind.Uri, "group.source"),
            new("source-uri", SearchKind.Reference, "sourceUri", "sourceCanonical"),
            new("target", SearchKind.Reference, "targetCanonical", "targetUri"),
            new("target-code", SearchKind.Code),
            new("target-system", SearchKind.Uri, "group.target"),
            new("target-uri", SearchKind.Reference, "targetUri", "targetCanonical"),
        ],
        ["NamingSystem"] =
        [
            .. All,
            new("contact", SearchKind.String, "contact.name"),
            new("id-type", SearchKind.Token, "uniqueId.type") { System = "http://hl7.org/fhir/namingsystem-identifier-type" },
            new("kind", SearchKind.Token, "kind") { System = "http://hl7.org/fhir/namingsystem-type" },
            new("responsible", SearchKind.String, "responsible"),
            new("type", SearchKind.Token, "type.coding"),
            new("value", SearchKind.String, "uniqueId.value"),
        ],
    };

    /// <summary>The code system of an element that holds a bare code; else null.</summary>
    public string? System { get; private init; }

    /// <summary>The parameters that resources of a type are searched by.</summary>
    public static IReadOnlyList<SearchParameter> Of(string type) => ByType[type];

    /// <summary>The parameter of this name, or null.</summary>
    public static SearchParameter? Find(string type, string name) => Array.Find(ByType[type], parameter => parameter.Name == name);

    /// <summary>The type as a CapabilityStatement names it.</summary>
    public string TypeName => Kind switch
    {
        SearchKind.Uri => "uri",
        SearchKind.Token or SearchKind.Code => "token",
        SearchKind.Date => "date",
        SearchKind.Reference => "reference",
        _ => "string",
    };
}

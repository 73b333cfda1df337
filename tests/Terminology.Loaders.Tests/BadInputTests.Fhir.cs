namespace Terminology.Loaders;

public sealed partial class BadInputTests
{
    private const string MapHead = """{"resourceType":"ConceptMap","url":"http://example.org/map","version":"1","group":[{"element":[{"code":"a","target":""";

    private static readonly BadInput[] Fhir =
    [
        new("JSON that breaks", "a.json", "{\"resourceType\":\"CodeSystem\",\n\"url\":oops}", "a.json:2:7: not JSON at line 2, byte 7: 'o' is an invalid start of a value"),
        new("JSON that ends too soon", "a.json", "{\"resourceType\":\"CodeSystem\",\n\"concept\":[{\"code\":\"a\"}", "a.json:2:"),
        new("CodeSystem without url", "a.json", """{"resourceType":"CodeSystem","content":"complete"}""", "a.json: CodeSystem.url is missing"),
        new("CodeSystem without content", "a.json", """{"resourceType":"CodeSystem","url":"u"}""", "CodeSystem.content is missing (complete, fragment"),
        new("Code that is a number", "a.json", """{"resourceType":"CodeSystem","url":"u","version":"1","content":"complete","concept":[{"code":1}]}""", "CodeSystem.concept[0].code is the number 1 and must be a string"),
        new("Concept without code", "a.json", """{"resourceType":"CodeSystem","url":"u","version":"1","content":"complete","concept":[{"display":"x"}]}""", "CodeSystem.concept[0].code is missing; the concept is left out"),
        new("Code twice", "a.json", """{"resourceType":"CodeSystem","url":"u","version":"1","content":"complete","concept":[{"code":"a"},{"code":"a"}]}""", "The code 'a' is defined more than once; the first definition counts"),
        new("Cycle in the hierarchy", "a.json", """{"resourceType":"CodeSystem","url":"u","version":"1","content":"complete","concept":[{"code":"a","property":[{"code":"parent","valueCode":"b"}],"concept":[{"code":"b"}]}]}""", "The hierarchy has a cycle: 'b' as a parent of 'a' is left out"),
        new("Parent that is not there", "a.json", """{"resourceType":"CodeSystem","url":"u","version":"1","content":"complete","concept":[{"code":"a","property":[{"code":"parent","valueCode":"z"}]}]}""", "The parent 'z' of 'a' is not in the code system"),
        new("Property of no type", "a.json", """{"resourceType":"CodeSystem","url":"u","content":"complete","property":[{"code":"p","type":"blob"}]}""", "CodeSystem.property[0].type is 'blob'; it must be code, Coding"),
        new("Property value of a wrong type", "a.json", """{"resourceType":"CodeSystem","url":"u","content":"complete","concept":[{"code":"a","property":[{"code":"p","valueBoolean":"yes"}]}]}""", "concept[0].property[0].valueBoolean is a string and must be true or false"),
        new("ValueSet whose concepts have no system", "a.json", """{"resourceType":"ValueSet","url":"u","compose":{"include":[{"concept":[{"code":"a"}]}]}}""", "ValueSet.compose.include[0].system is missing"),
        new("ValueSet filter without operator", "a.json", """{"resourceType":"ValueSet","url":"u","compose":{"include":[{"system":"s","filter":[{"property":"p","value":"v"}]}]}}""", "ValueSet.compose.include[0].filter[0].op is missing"),
        new("ValueSet whose include is an object", "a.json", """{"resourceType":"ValueSet","url":"u","compose":{"include":{}}}""", "ValueSet.compose.include is an object and must be an array"),
        new("ConceptMap without url", "a.json", """{"resourceType":"ConceptMap","status":"draft"}""", "ConceptMap.url is missing; without it nobody can ask for the resource"),
        new("Unknown equivalence", "a.json", MapHead + """[{"code":"x","equivalence":"same"}]}]}]}""", "target[0].equivalence is 'same'; it must be a code of concept-map-equivalence"),
        new("No equivalence", "a.json", MapHead + """[{"code":"x"}]}]}]}""", "target[0].equivalence is missing (R5: relationship)"),
        new("Unknown relationship", "a.json", MapHead + """[{"code":"x","relationship":"wider"}]}]}]}""", "target[0].relationship is 'wider'; it must be related-to"),
        new("Fixed without code", "a.json", """{"resourceType":"ConceptMap","url":"u","group":[{"unmapped":{"mode":"fixed"}}]}""", "ConceptMap.group[0].unmapped.code is missing"),
        new("Unknown unmapped mode", "a.json", """{"resourceType":"ConceptMap","url":"u","group":[{"unmapped":{"mode":"guess"}}]}""", "unmapped.mode is 'guess'; it must be provided"),
        new("XML that breaks", "a.xml", "<ValueSet xmlns=\"http://hl7.org/fhir\">\n<url value=\"u\">\n</ValueSet>", "a.xml:3:"),
        new("XML with a document type", "a.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<ValueSet xmlns=\"http://hl7.org/fhir\"><url value=\"&e;\"/></ValueSet>", "DTD is prohibited"),
        new("Manifest that breaks", "package/package.json", "{\"name\":", "package.json: this is not JSON"),
        new("Canonical twice in a package", "package/b.json", """{"resourceType":"ValueSet","url":"http://example.org/vs","version":"1"}""", "package/b.json: ValueSet http://example.org/vs|1 is in this release already")
        {
            Beside = [("package/package.json", """{"name":"p","version":"1","fhirVersions":["4.0.1"]}"""), ("package/a.json", """{"resourceType":"ValueSet","url":"http://example.org/vs","version":"1"}""")],
        },
        new("Broken resource in a package", "package/b.json", """{"resourceType":"ValueSet","url":1}""", "package/b.json: ValueSet.url is the number 1 and must be a string")
        {
            Beside = [("package/package.json", """{"name":"p","version":"1","fhirVersions":["4.0.1"]}""")],
        },
        new("JSON of something else", "a.json", """{"colour":"red"}""", "is of a format that can be imported"),
    ];

    [TestCaseSource(nameof(Fhir))]
    public void Fhir_Fault_IsNamed(object input) => Check((BadInput)input);
}

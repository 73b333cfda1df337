using Terminology.Issues;
using Terminology.Maps;
using Terminology.Operations;

namespace Terminology;

/// <summary><c>$translate</c>.</summary>
public sealed partial class TerminologyService
{
    /// <summary>What a code is in another code system, by the map named or by all live maps that fit.</summary>
    /// <returns>Always an answer: a code that no map lists is <c>Result = false</c> with a message.</returns>
    /// <exception cref="TerminologyException">Required: nothing to translate. NotFound: the map, or a value set named as scope, is unknown. Invalid: two maps are named.</exception>
    /// <remarks>Thread-safe. FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-operation-translate.html">$translate</see>.</remarks>
    public TranslateResult Translate(TranslateRequest request, RequestScope scope) => new Translation(Session(withPairs: ArePairs(request.Source.Codings)), request, scope).Run();

    /// <summary>The canonical of a code system that is named by OID, HL7 v2 name or SNOMED CT version URI; else the name itself.</summary>
    internal string CanonicalSystem(string name) => SystemAliases.VersionUri(name)?.Url ?? Understand(name).System;
}

using Terminology.Issues;
using Terminology.Operations;
using Terminology.Validation;

namespace Terminology;

/// <summary><c>$validate-code</c> on code systems and value sets.</summary>
public sealed partial class TerminologyService
{
    /// <summary>Is a code valid, in this value set, with this display, and why not?</summary>
    /// <returns>Always an answer: an unknown code, system or member is <c>Result = false</c> with issues.</returns>
    /// <exception cref="TerminologyException">
    /// Required: no code at all. NotFound: the value set asked for, or a supplement, is unknown. Invalid: a filter. Processing: a value set that imports itself.
    /// </exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-operation-validate-code.html">$validate-code</see>.</remarks>
    public ValidateCodeResult ValidateCode(ValidateCodeRequest request, RequestScope scope) => new CodeValidation(Session(AreExpressions(request.Concept.Codings), ArePairs(request.Concept.Codings)), request, scope).Run();
}

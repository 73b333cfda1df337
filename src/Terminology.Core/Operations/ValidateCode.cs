using Terminology.Issues;
using Terminology.ValueSets;

namespace Terminology.Operations;

/// <summary>
/// FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-validate-code.html">CodeSystem/$validate-code</see> and
/// <see href="https://hl7.org/fhir/R4/valueset-operation-validate-code.html">ValueSet/$validate-code</see>.
/// </summary>
/// <param name="Concept">One or more codings. For a bare code the system is null.</param>
/// <param name="Form">How they came, so that issues point to the right place.</param>
public sealed record ValidateCodeRequest(CodeableConcept Concept, CodeForm Form)
{
    /// <summary>Value set by canonical, or null.</summary>
    public VersionedUrl? ValueSetUrl { get; init; }

    /// <summary>Value set that came inline, or null.</summary>
    public ValueSet? ValueSet { get; init; }

    /// <summary>Take the system from the value set when it is clear (inferSystem, and R4 <c>code</c> without system).</summary>
    public bool InferSystem { get; init; }

    /// <summary>Are abstract codes allowed (<c>abstract</c>)? Null: yes.</summary>
    public bool? Abstract { get; init; }

    /// <summary>Are inactive codes refused (activeOnly)?</summary>
    public bool ActiveOnly { get; init; }

    /// <summary>A wrong display is a warning only (lenient-display-validation).</summary>
    public bool LenientDisplay { get; init; }

    /// <summary>Do not look at display, status and the like (valueset-membership-only).</summary>
    public bool MembershipOnly { get; init; }
}

/// <summary>How the codes of a request came.</summary>
public enum CodeForm
{
    /// <summary>Parameters code, system, version, display.</summary>
    Code,

    /// <summary>Parameter coding.</summary>
    Coding,

    /// <summary>Parameter codeableConcept.</summary>
    CodeableConcept,
}

/// <summary>Always an answer: what is not right is <c>Result = false</c> with issues.</summary>
/// <param name="Result">Is one of the codes valid (here, with this display)?</param>
/// <param name="Issues">Why not, and what to know; in the order found.</param>
public sealed record ValidateCodeResult(bool Result, IReadOnlyList<Issue> Issues)
{
    /// <summary>The errors, or the warnings, in one sentence; null when there is nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>The coding that was found valid, in its normal form with version; else what was sent.</summary>
    public string? Code { get; init; }

    /// <summary>Its system, or null.</summary>
    public string? System { get; init; }

    /// <summary>The version that answered, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The right display, or null.</summary>
    public string? Display { get; init; }

    /// <summary>True when the concept is inactive; else null.</summary>
    public bool? Inactive { get; init; }

    /// <summary>Status of an inactive or deprecated concept as its code system words it, or null.</summary>
    public string? Status { get; init; }

    /// <summary>The code as the code system writes it, when the client wrote it otherwise; else null.</summary>
    public string? NormalizedCode { get; init; }

    /// <summary>Code systems of the codes that are not loaded (x-unknown-system).</summary>
    public IReadOnlyList<VersionedUrl> UnknownSystems { get; init; } = [];

    /// <summary>Versions and supplements that were needed to be sure and are not loaded (x-caused-by-unknown-system).</summary>
    public IReadOnlyList<VersionedUrl> CausedByUnknownSystems { get; init; } = [];
}

namespace Terminology.Issues;

/// <summary>All message texts that a client reads, once. Where the HL7 validator has a text for the case, it is that one: clients compare them.</summary>
internal static class Messages
{
    public static string UnknownCodeSystem(string url) => $"A definition for CodeSystem '{url}' could not be found, so the code cannot be validated";

    public static string UnknownCodeSystemVersion(string url, string version, IReadOnlyList<string> known)
        => $"A definition for CodeSystem '{url}' version '{version}' could not be found, so the code cannot be validated. Valid versions: {string.Join(" or ", known)}";

    public static string UnknownCodeSystemVersionNone(string url, string version)
        => $"A definition for CodeSystem '{url}' version '{version}' could not be found, so the code cannot be validated. No versions of this code system are known";

    public static string UnknownCode(string code, string system, string? version)
        => version is null ? $"Unknown code '{code}' in the CodeSystem '{system}'" : $"Unknown code '{code}' in the CodeSystem '{system}' version '{version}'";

    public static string UnknownCodeInFragment(string code, string system, string? version)
        => $"Unknown Code '{code}' in the CodeSystem '{system}' version '{version}' - note that the code system is labeled as a fragment, so the code may be valid in some other fragment";

    public static string UnknownValueSet(VersionedUrl valueSet) => $"A definition for the value Set '{valueSet}' could not be found";

    public static string UnknownConceptMap(VersionedUrl map) => $"A definition for the ConceptMap '{map}' could not be found";

    public static string NotInValueSet(string coding, string valueSet) => $"The provided code '{coding}' was not found in the value set '{valueSet}'";

    public static string NoneInValueSet(string valueSet) => $"No valid coding was found for the value set '{valueSet}'";

    public static string WrongDisplay(string display, string system, string code, IReadOnlyList<string> right, string languages) => right.Count == 1
        ? $"Wrong Display Name '{display}' for {system}#{code}. Valid display is '{right[0]}' (for the language(s) '{languages}')"
        : $"Wrong Display Name '{display}' for {system}#{code}. Valid display is one of {right.Count} choices: {Choices(right)} (for the language(s) '{languages}')";

    public static string CannotInferSystem(string code, string valueSet) => $"The System URI could not be determined for the code '{code}' in the ValueSet '{valueSet}'";

    public static string NoSystem() => "Coding has no system. A code with no system has no defined meaning, and it cannot be validated. A system should be provided";

    public static string Inactive(string code, string status) => $"The concept '{code}' has a status of {status} and its use should be reviewed";

    public static string AbstractNotAllowed(string system, string code) => $"Code '{system}#{code}' is abstract, and not allowed in this context";

    public static string NotActive(string system, string code) => $"The code '{system}#{code}' is valid but is not active";

    public static string CaseDiffers(string given, string right, string system)
        => $"The code '{given}' differs from the correct code '{right}' by case. Although the code system '{system}' is case insensitive, implementers are strongly encouraged to use the correct case anyway";

    public static string SystemUnderstood(string given, string canonical) => $"The system '{given}' was understood as '{canonical}'; send the canonical";

    public static string CodeUnderstood(string given, string normal) => $"The code '{given}' was understood as '{normal}'; send the normal form";

    private static string Choices(IReadOnlyList<string> right) => string.Join(" or ", right.Select(text => $"'{text}'")) is var all && right.Count > 2
        ? string.Join(", ", right.Take(right.Count - 1).Select(text => $"'{text}'")) + $" or '{right[^1]}'"
        : all;
}

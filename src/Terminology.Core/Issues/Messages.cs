using Terminology.ValueSets;

namespace Terminology.Issues;

/// <summary>All message texts that a client reads, once. Where the HL7 validator has a text for the case, it is that one: clients compare them.</summary>
internal static class Messages
{
    // Code systems

    public static string UnknownCodeSystem(string url) => $"A definition for CodeSystem '{url}' could not be found, so the code cannot be validated";

    public static string UnknownCodeSystemVersion(string url, string version, IReadOnlyList<string> known) => known.Count == 0
        ? $"A definition for CodeSystem '{url}' version '{version}' could not be found, so the code cannot be validated. No versions of this code system are known"
        : $"A definition for CodeSystem '{url}' version '{version}' could not be found, so the code cannot be validated. Valid versions: {string.Join(" or ", known)}";

    public static string UnknownCodeSystemInExpansion(string url, string? version, IReadOnlyList<string> known) => (version, known.Count) switch
    {
        (null, _) => $"A definition for CodeSystem '{url}' could not be found, so the value set cannot be expanded",
        (_, 0) => $"A definition for CodeSystem '{url}' version '{version}' could not be found, so the value set cannot be expanded. No versions of this code system are known",
        _ => $"A definition for CodeSystem '{url}' version '{version}' could not be found, so the value set cannot be expanded. Valid versions: {string.Join(" or ", known)}",
    };

    public static string SupplementAsSystem(VersionedUrl supplement) => $"CodeSystem {supplement} is a supplement, so can't be used as a value in Coding.system";

    public static string ValueSetAsSystem(string url) => $"The Coding references a value set, not a code system ('{url}')";

    public static string RelativeSystem() => "Coding.system must be an absolute reference, not a local reference";

    public static string SupplementMissing(VersionedUrl supplement) => $"Required supplement not found: {supplement}";

    public static string SystemUnderstood(string given, string canonical) => $"The system '{given}' was understood as '{canonical}'; send the canonical";

    public static string DifferentSystems(string a, string b) => $"The codes are of {a} and {b}; subsumption is asked within one version of one code system";

    // Codes

    public static string UnknownCode(string code, string system, string? version)
        => version is null ? $"Unknown code '{code}' in the CodeSystem '{system}'" : $"Unknown code '{code}' in the CodeSystem '{system}' version '{version}'";

    public static string UnknownCodeInFragment(string code, string system, string? version)
        => $"Unknown Code '{code}' in the CodeSystem '{system}' version '{version}' - note that the code system is labeled as a fragment, so the code may be valid in some other fragment";

    public static string MissingCode() => "No code is given: send 'code' with 'system', or 'coding'";

    public static string MissingCodeToValidate() => "Unable to find code to validate (looked for coding | codeableConcept | code+system | code+inferSystem in parameters)";

    public static string MissingSystem() => "No code system is given: send 'system', or a 'coding' with a system";

    public static string NoSystem() => "Coding has no system. A code with no system has no defined meaning, and it cannot be validated. A system should be provided";

    public static string CannotInferSystem(string code, string valueSet) => $"The System URI could not be determined for the code '{code}' in the ValueSet '{valueSet}'";

    public static string CannotInferSystem(string code, string valueSet, IReadOnlyList<string> systems)
        => $"The System URI could not be determined for the code '{code}' in the ValueSet '{valueSet}': value set expansion has multiple matches: [{string.Join(", ", systems)}]";

    public static string CodeUnderstood(string given, string normal) => $"The code '{given}' was understood as '{normal}'; send the normal form";

    public static string CaseDiffers(string given, string right, string system)
        => $"The code '{given}' differs from the correct code '{right}' by case. Although the code system '{system}' is case insensitive, implementers are strongly encouraged to use the correct case anyway";

    public static string HasStatus(string code, string status) => $"The concept '{code}' has a status of {status} and its use should be reviewed";

    public static string UnknownPinnedValueSet(VersionedUrl valueSet)
        => $"Unable to find the imported value set '{valueSet.Url}' in version {valueSet.Version}, which default-valueset-version asks for";

    public static string DeprecatedInValueSet(string code, string system, string valueSet)
        => $"The presence of the concept '{code}' in the system '{system}' in the value set {valueSet} is marked with a status of deprecated and its use should be reviewed";

    public static string Deprecated(string code) => $"The concept '{code}' is deprecated and its use should be reviewed";

    public static string NotActive(string code) => $"The concept '{code}' is valid but is not active";

    public static string AbstractNotAllowed(string system, string code) => $"Code '{system}#{code}' is abstract, and not allowed in this context";

    // Displays

    public static string WrongDisplay(string display, string system, string code, IReadOnlyList<(string Text, string Language)> right, string languages)
        => $"Wrong Display Name '{display}' for {system}#{code}. {ValidDisplays(right)} (for the language(s) '{languages}')";

    public static string WrongDisplaySpaces(string display, string system, string code, IReadOnlyList<(string Text, string Language)> right, string languages)
        => $"Wrong whitespace in Display Name '{display}' for {system}#{code}. {ValidDisplays(right)} (for the language(s) '{languages}')";

    public static string DisplayOfDefaultLanguage(string display, string system, string code, string languages)
        => $"There are no valid display names found for the code {system}#{code} for language(s) '{languages}'. The display is '{display}' which is a valid display for the default language";

    public static string WrongDisplayNoneInLanguage(string display, string system, string code, string languages, string right)
        => $"Wrong Display Name '{display}' for {system}#{code}. There are no valid display names found for language(s) '{languages}'. Default display is '{right}'";

    public static string InactiveDisplay(string display, string code, string status, IReadOnlyList<string> right)
        => $"'{display}' is no longer considered a correct display for code '{code}' (status = {status}). The correct display is one of {string.Join(",", right.Select(text => $"\"{text}\""))}.";

    // Value sets

    public static string UnknownValueSet(VersionedUrl valueSet) => $"A definition for the value Set '{valueSet}' could not be found";

    public static string UnknownValueSet(VersionedUrl valueSet, string code, string system) => $"{UnknownValueSet(valueSet)}: the concept {code} is not in {system}";

    public static string NoImplicitValueSet(VersionedUrl valueSet)
        => $"{UnknownValueSet(valueSet)}: it is no implicit value set of SNOMED CT; ?fhir_vs, ?fhir_vs=isa/ID, ?fhir_vs=refset, ?fhir_vs=refset/ID and ?fhir_vs=ecl/ECL are";

    public static string MissingValueSet() => "No value set is given: send 'url', or the resource as 'valueSet'";

    public static string NotInValueSet(string coding, string valueSet) => $"The provided code '{coding}' was not found in the value set '{valueSet}'";

    public static string NoneInValueSet(string valueSet) => $"No valid coding was found for the value set '{valueSet}'";

    public static string CircularValueSet(string valueSet, IReadOnlyList<string> chain) => $"Cyclic reference detected when including {valueSet} via [{string.Join(", ", chain)}]";

    public static string TooManyCodes(string valueSet, int most) => $"The value set '{valueSet}' expansion has too many codes to produce (>{most})";

    public static string NoExpression(string fault) => $"Not a valid expression: {fault}";

    public static string UnclosedFragment(string system) => $"This extension is based on a fragment of the code system {system}";

    public static string Unclosed(string system) => $"The code System '{system}' has a grammar and so has infinite members";

    public static string Unclosed(string system, string? valueSet) => valueSet is null
        ? $"The code System '{system}' has a grammar and so has infinite members. This extension holds the codes that are listed"
        : $"The code System '{system}' has a grammar and so has infinite members. This extension is based on {valueSet}";

    public static string NegativePage() => "offset and count must not be negative";

    public static string FilterWithoutValue(string system, Filter filter) => $"The system {system} filter with property = {filter.Property}, op = {filter.Op} has no value";

    public static string BrokenFilter(string system, Filter filter, string why) => $"The filter {filter.Property} {filter.Op} '{filter.Value}' over {system} cannot be evaluated: {why}";

    public static string LongPattern(int length, int longest) => $"the regular expression has {length:N0} characters, more than the {longest:N0} that are evaluated; list the codes, or use several filters";

    public static string DeepImports(int deepest) => $"Value sets import one another over more than {deepest} levels; import what is needed directly";

    // Expression constraints

    public static string InvalidEcl(string expression, int position, string expected, string? found, string? mend)
    {
        var (line, column) = Place(expression, position);
        var what = $"expected {expected}{(found is null ? "; the expression ends there" : $", but there is '{found}'")}{(mend is null ? "" : $": {mend}")}";
        return InvalidEcl(expression, $"character {position + 1}{(line > 1 ? $" (line {line}, character {column})" : "")}: {what}");
    }

    public static string InvalidEcl(string expression, string why) => $"Invalid ECL expression '{Shortened(expression)}': {why}";

    public static string UnknownEclConcept(string expression, string id, string version) => InvalidEcl(expression, $"the concept '{id}' is not in {version}");

    public static string UnknownEclField(string expression, string field, IReadOnlyList<string> known)
        => InvalidEcl(expression, $"the reference sets have no field '{field}'; they have {string.Join(", ", known)}");

    public static string CostlyEcl(string expression, long budget)
        => $"The ECL expression '{Shortened(expression)}' needs more work than allowed ({budget:N0} steps); narrow what filters, groups and cardinalities are applied to, for example by << or by AND";

    public static string SeveralEclFields(string expression)
        => $"The ECL expression '{Shortened(expression)}' asks for several fields of a reference set, which are no set of concepts; ask for one field, for example ^ [targetComponentId]";

    public static string ReverseEclValue(string expression) => $"The ECL expression '{Shortened(expression)}' compares a reverse attribute with a literal; its values are concepts";

    public static string ReverseEclInGroup(string expression)
        => $"The ECL expression '{Shortened(expression)}' has a reverse attribute within a group; groups are those of the concept that is asked for, write it outside of the braces";

    public static string IsAInEcl(string expression) => $"The ECL expression '{Shortened(expression)}' uses 116680003 |Is a| as attribute; the hierarchy is asked by <, >, <! and >!";

    private static string Shortened(string expression) => expression.Length <= 1000 ? expression : expression[..1000] + "…";

    private static (int Line, int Column) Place(string text, int position)
    {
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    public static string Reference(string status, string kind, VersionedUrl resource) => $"Reference to {status} {kind} {resource}";

    // Versions

    public static string VersionNotAllowed(string? version, string system, string required)
        => $"The version '{version}' is not allowed for system '{system}': required to be '{required}' by a version-check parameter";

    public static string OtherVersionInclude(string system, string included, string given)
        => $"The code system '{system}' version '{included}' in the ValueSet include is different to the one in the value ('{given}')";

    public static string OtherVersionChanged(string system, string effective, string? included, string given)
        => $"The code system '{system}' version '{effective}' resulting from the version '{included}' in the ValueSet include is different to the one in the value ('{given}')";

    public static string OtherVersionDefault(string system, string? used, string given)
        => $"The code system '{system}' version '{used}' for the versionless include in the ValueSet include is different to the one in the value ('{given}')";

    // Maps

    public static string UnknownConceptMap(VersionedUrl map) => $"A definition for the ConceptMap '{map}' could not be found";

    private static string ValidDisplays(IReadOnlyList<(string Text, string Language)> right)
    {
        var named = right.Select(display => display.Language.Length == 0 ? $"'{display.Text}'" : $"'{display.Text}' ({display.Language})").ToArray();
        return named.Length == 1
            ? $"Valid display is {named[0]}"
            : $"Valid display is one of {named.Length} choices: {string.Join(", ", named[..^1])} or {named[^1]}";
    }
}

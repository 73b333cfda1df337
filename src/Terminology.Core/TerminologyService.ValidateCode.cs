using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology;

/// <summary><c>$validate-code</c> on code systems and value sets.</summary>
public sealed partial class TerminologyService
{
    /// <summary>Is a code valid, in this value set, with this display, and why not?</summary>
    /// <returns>Always an answer: an unknown code, system or member is <c>Result = false</c> with issues.</returns>
    /// <exception cref="TerminologyException">Required: no code at all. NotFound: the value set asked for is unknown.</exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-operation-validate-code.html">$validate-code</see>.</remarks>
    public ValidateCodeResult ValidateCode(ValidateCodeRequest request, RequestScope scope)
    {
        if (request.Concept.Codings.Count == 0 || request.Concept.Codings.All(coding => string.IsNullOrEmpty(coding.Code)))
        {
            throw new TerminologyException(IssueType.Required, "MISSING_CODE", "No code is given: send 'code' and 'system', 'coding' or 'codeableConcept'.") { Expression = "code" };
        }
        var valueSet = request.ValueSet ?? (request.ValueSetUrl is { } url ? Required(url) : null);
        var evaluator = new ValueSetEvaluator(this, scope);
        var checks = request.Concept.Codings.Select((coding, index) => Check(coding, index, request, valueSet, evaluator, scope)).ToArray();
        var valid = Array.Find(checks, check => check.IsMember && check.Issues.All(issue => issue.Severity < IssueSeverity.Error));
        var best = valid ?? Array.Find(checks, check => check.IsMember) ?? Array.Find(checks, check => check.Found.Concept.Exists) ?? checks[0];
        var issues = checks.SelectMany(check => check.Issues).ToList();
        var name = valueSet is null ? null : new VersionedUrl(valueSet.Url ?? "", valueSet.Version).ToString();
        if (valueSet is not null && request.Form == CodeForm.CodeableConcept && !checks.Any(check => check.IsMember))
        {
            issues.Insert(0, new(IssueSeverity.Error, IssueType.CodeInvalid, Messages.NoneInValueSet(name!)) { TxIssueType = "not-in-vs", MessageId = "None_of_the_provided_codes_are_in_the_value_set" });
        }
        var result = valid is not null && issues.All(issue => issue.Severity < IssueSeverity.Error);
        var inactive = best.Found.Concept.Exists && best.Found.CodeSystem!.Flags(best.Found.Concept).HasFlag(ConceptFlags.Inactive);
        return new(result, issues)
        {
            Code = best.Found.Concept.Exists ? best.Found.Code : best.Coding.Code,
            System = best.Found.System,
            Version = best.Found.CodeSystem?.Info.Version,
            Display = best.Found.Concept.Exists ? DisplayChooser.Text(best.Found.CodeSystem!, best.Found.Concept, scope.Languages) : null,
            Inactive = inactive ? true : null,
            Status = inactive ? StatusOf(best.Found) : null,
            NormalizedCode = best.Found.Concept.Exists && best.Found.Code != best.Coding.Code ? best.Found.Code : null,
            UnknownSystems = [.. checks.Where(check => check.Found is { System: not null, CodeSystem: null }).Select(check => new VersionedUrl(check.Found.System!, check.Found.WantedVersion))],
            Message = MessageOf(issues),
        };
    }

    private sealed record CodeCheck(Coding Coding, ResolvedCoding Found, bool IsMember, List<Issue> Issues);

    private CodeCheck Check(Coding coding, int index, ValidateCodeRequest request, ValueSet? valueSet, ValueSetEvaluator evaluator, RequestScope scope)
    {
        string At(string element) => request.Form switch
        {
            CodeForm.Code => element,
            CodeForm.Coding => $"Coding.{element}",
            _ => $"CodeableConcept.coding[{index}].{element}",
        };
        var issues = new List<Issue>();
        if (string.IsNullOrEmpty(coding.System) && valueSet is not null && (request.InferSystem || request.Form == CodeForm.Code)) coding = coding with { System = Infer(valueSet, coding.Code!, evaluator, scope) };
        if (string.IsNullOrEmpty(coding.System))
        {
            if (valueSet is not null && request.Form == CodeForm.Code)
            {
                Error(IssueType.NotFound, Messages.CannotInferSystem(coding.Code!, Name(valueSet)), "cannot-infer", "code", "Unable_to_resolve_system__value_set_has_no_matches");
            }
            else
            {
                issues.Add(new(IssueSeverity.Warning, IssueType.Invalid, Messages.NoSystem()) { TxIssueType = "invalid-data", Expression = At("system").Replace(".system", "", StringComparison.Ordinal), MessageId = "Coding_has_no_system__cannot_validate" });
            }
            if (valueSet is not null) NotMember(coding, issues, valueSet, request, At);
            return new(coding, new(null, null, ConceptOrdinal.None, coding.Code ?? "", []), false, issues);
        }
        var found = Resolve(coding, scope);
        if (found.CodeSystem is null)
        {
            if (valueSet is not null) NotMember(coding, issues, valueSet, request, At);
            var text = FindText(found);
            Error(IssueType.NotFound, text, "not-found", "system", found.WantedVersion is null ? "UNKNOWN_CODESYSTEM" : "UNKNOWN_CODESYSTEM_VERSION");
            return new(coding, found, false, issues);
        }
        issues.AddRange(found.Issues.Select(issue => issue with { Expression = At(issue.Expression!) }));
        if (!found.Concept.Exists)
        {
            if (valueSet is not null) NotMember(coding, issues, valueSet, request, At);
            var fragment = found.CodeSystem.Info.Content == "fragment";
            if (fragment) issues.Add(new(IssueSeverity.Warning, IssueType.CodeInvalid, Messages.UnknownCodeInFragment(coding.Code!, found.System!, found.CodeSystem.Info.Version)) { TxIssueType = "invalid-code", Expression = At("code"), MessageId = "UNKNOWN_CODE_IN_FRAGMENT" });
            else Error(IssueType.CodeInvalid, Messages.UnknownCode(coding.Code!, found.System!, found.CodeSystem.Info.Version), "invalid-code", "code", "Unknown_Code_in_Version");
            return new(coding, found, fragment && valueSet is null, issues);
        }
        var member = valueSet is null || evaluator.Contains(valueSet, found.CodeSystem, found.Concept);
        if (!member) NotMember(coding with { Version = coding.Version ?? found.CodeSystem.Info.Version }, issues, valueSet!, request, At);
        if (!request.MembershipOnly) CheckConcept();
        return new(coding, found, member, issues);

        void CheckConcept()
        {
            var flags = found.CodeSystem.Flags(found.Concept);
            if (flags.HasFlag(ConceptFlags.Abstract) && request.Abstract == false) Error(IssueType.BusinessRule, Messages.AbstractNotAllowed(found.System!, found.Code), "code-rule", "code", "ABSTRACT_CODE_NOT_ALLOWED");
            if (flags.HasFlag(ConceptFlags.Inactive))
            {
                if (request.ActiveOnly) Error(IssueType.BusinessRule, Messages.NotActive(found.System!, found.Code), "code-rule", "code", "STATUS_CODE_WARNING_CODE");
                else issues.Add(new(IssueSeverity.Warning, IssueType.BusinessRule, Messages.Inactive(found.Code, StatusOf(found))) { TxIssueType = "code-comment", Expression = At("code"), MessageId = "INACTIVE_CONCEPT_FOUND" });
            }
            else if (flags.HasFlag(ConceptFlags.Deprecated))
            {
                issues.Add(new(IssueSeverity.Warning, IssueType.BusinessRule, Messages.Inactive(found.Code, StatusOf(found))) { TxIssueType = "code-comment", Expression = At("code"), MessageId = "DEPRECATED_CONCEPT_FOUND" });
            }
            CheckDisplay();
        }

        void CheckDisplay()
        {
            if (string.IsNullOrEmpty(coding.Display)) return;
            var right = Displays(found.CodeSystem!, found.Concept, scope.Languages);
            if (valueSet is not null && ValueSetEvaluator.EnumeratedDisplay(valueSet, found.CodeSystem!, found.Concept) is { } listed) right.Add(listed);
            if (right.Count == 0 || right.Any(display => SameDisplay(display, coding.Display))) return;
            var text = Messages.WrongDisplay(coding.Display, found.System!, found.Code, [.. right.Take(5)], scope.Languages.Count > 0 ? string.Join(",", scope.Languages) : "--");
            issues.Add(new(request.LenientDisplay ? IssueSeverity.Warning : IssueSeverity.Error, IssueType.Invalid, text)
            {
                TxIssueType = "invalid-display", Expression = At("display"), MessageId = "Display_Name_for__should_be_one_of__instead_of",
            });
        }

        void Error(IssueType type, string text, string txIssueType, string element, string messageId)
            => issues.Add(new(IssueSeverity.Error, type, text) { TxIssueType = txIssueType, Expression = At(element), MessageId = messageId });
    }

    private string FindText(ResolvedCoding found) => Unknown(found.System!, found.WantedVersion).Message;

    private static string Name(ValueSet valueSet) => new VersionedUrl(valueSet.Url ?? "", valueSet.Version).ToString();

    private static void NotMember(Coding coding, List<Issue> issues, ValueSet valueSet, ValidateCodeRequest request, Func<string, string> at)
    {
        var display = coding.Display is null ? "" : $" ('{coding.Display}')";
        var text = Messages.NotInValueSet($"{new VersionedUrl(coding.System ?? "", coding.System is null ? null : coding.Version)}#{coding.Code}{display}", Name(valueSet));
        var inConcept = request.Form == CodeForm.CodeableConcept;
        issues.Insert(0, new(inConcept ? IssueSeverity.Information : IssueSeverity.Error, IssueType.CodeInvalid, text)
        {
            TxIssueType = inConcept ? "this-code-not-in-vs" : "not-in-vs", Expression = at("code"), MessageId = "None_of_the_provided_codes_are_in_the_value_set_one",
        });
    }

    /// <summary>The one code system of the value set in which the code is a member, or null.</summary>
    private string? Infer(ValueSet valueSet, string code, ValueSetEvaluator evaluator, RequestScope scope)
    {
        var systems = (valueSet.Compose?.Includes ?? []).Select(rule => rule.System).OfType<string>().Distinct(StringComparer.Ordinal)
            .Where(system => FindCodeSystem(system, WantedVersion(system, null, scope)) is { } known && TryFind(known, code, out var concept) && evaluator.Contains(valueSet, known, concept)).ToArray();
        return systems.Length == 1 ? systems[0] : null;
    }

    private List<string> Displays(ICodeSystem system, ConceptOrdinal concept, IReadOnlyList<string> languages)
    {
        var found = new List<string>();
        foreach (var source in SupplementsOf(system).Prepend(system))
        {
            var at = source == system ? concept : TryFind(source, Text(system.Code(concept)), out var there) ? there : ConceptOrdinal.None;
            if (!at.Exists) continue;
            var range = source.Designations(at);
            for (var i = range.Start; i < range.End; i++)
            {
                var designation = source.Designation(i);
                if (!designation.Active || designation.Use == DesignationUses.Definition || designation.Use == DesignationUses.TextDefinition) continue;
                var language = designation.Language.Length == 0 ? source.Info.Language ?? "" : designation.Language;
                var text = Text(designation.Value);
                if ((languages.Count == 0 || language.Length == 0 || languages.Any(asked => DisplayChooser.Fits(language, asked))) && !found.Contains(text)) found.Add(text);
            }
        }
        return found;
    }

    /// <summary>Equal but for case and runs of white space.</summary>
    private static bool SameDisplay(string left, string right)
        => string.Equals(string.Join(' ', left.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), string.Join(' ', right.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.OrdinalIgnoreCase);

    private static string StatusOf(ResolvedCoding found)
    {
        var system = found.CodeSystem!;
        var range = system.Properties(found.Concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var property = system.Property(i);
            if (system.Info.Properties[property.Property].Code.Equals("status", StringComparison.OrdinalIgnoreCase)) return Text(property.Value).ToLowerInvariant();
        }
        return system.Flags(found.Concept).HasFlag(ConceptFlags.Inactive) ? "inactive" : "deprecated";
    }

    private static string? MessageOf(List<Issue> issues)
    {
        var errors = issues.Where(issue => issue.Severity >= IssueSeverity.Error).ToArray();
        var told = errors.Length > 0 ? errors : [.. issues.Where(issue => issue.Severity == IssueSeverity.Warning)];
        return told.Length == 0 ? null : string.Join("; ", told.Select(issue => issue.Text).Distinct());
    }
}

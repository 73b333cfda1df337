using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Validation;

/// <summary>
/// One <c>$validate-code</c>: each coding is read in the versions of its code system that the value set and the request allow, the best reading counts,
/// and what is wrong is said in the words of the HL7 validator.
/// </summary>
/// <remarks>One use, one thread.</remarks>
internal sealed partial class CodeValidation(TerminologyService service, ValidateCodeRequest request, RequestScope scope)
{
    private const string DeprecatedInValueSet = "CONCEPT_DEPRECATED_IN_VALUESET";

    private readonly ValueSet? _valueSet = request.ValueSet ?? (request.ValueSetUrl is { } url ? service.Required(url) : null);
    private Supplements? _supplements;
    private ValueSetEvaluator? _evaluator;

    private Supplements Supplements => _supplements ??= Supplements.Asked(service, scope, _valueSet);

    private ValueSetEvaluator Evaluator => _evaluator ??= new(service, scope);

    private string ValueSetName => field ??= new VersionedUrl(_valueSet!.Url ?? "(unidentified)", _valueSet.Version).ToString();

    public ValidateCodeResult Run()
    {
        if (!request.Concept.Codings.Any(coding => !string.IsNullOrEmpty(coding.Code)))
        {
            throw new TerminologyException(IssueType.Invalid, "MISSING_CODE", Messages.MissingCodeToValidate()) { Expression = "code" };
        }
        CodeCheck[] checks = request.Concept.Codings is [var only] ? [Check(only, 0)] : [.. request.Concept.Codings.Select(Check)];
        List<Issue> issues = checks is [{ Issues.Count: < 2 } sole] ? [.. sole.Issues] : [.. checks.SelectMany(check => check.Issues).Distinct()];
        var isConcept = request.Form == CodeForm.CodeableConcept;
        if (_valueSet is not null && isConcept && !Array.Exists(checks, check => check.IsMember))
        {
            issues.Insert(0, new(IssueSeverity.Error, IssueType.CodeInvalid, Messages.NoneInValueSet(ValueSetName)) { TxIssueType = "not-in-vs", MessageId = "TX_GENERAL_CC_ERROR_MESSAGE" });
        }
        AddStatusOfContent(checks, issues);
        var best = Array.Find(checks, check => check.IsValid) ?? Array.Find(checks, check => check.IsMember) ?? (isConcept && _valueSet is not null ? null : checks[0]);
        var valid = Array.Exists(checks, check => check.IsValid) && !issues.Exists(issue => issue.Severity >= IssueSeverity.Error);
        var answer = new ValidateCodeResult(valid, issues)
        {
            Message = MessageOf(checks, issues),
            UnknownSystems = [.. checks.Select(check => check.UnknownSystem).OfType<VersionedUrl>().Distinct()],
            CausedByUnknownSystems = [.. checks.SelectMany(check => check.CausedBy).Distinct()],
        };
        return best is null ? answer : Describe(answer, best);
    }

    private ValidateCodeResult Describe(ValidateCodeResult answer, CodeCheck best)
    {
        var found = best.Found;
        answer = answer with { Code = best.Coding.Code, System = found.System ?? best.Coding.System, Version = found.CodeSystem?.Info.Version };
        // Of a concept none of whose codes could be held against the value set, there is no one code to name.
        if (request.Form == CodeForm.CodeableConcept && _valueSet is not null && !answer.Result && answer.CausedByUnknownSystems.Any(cause => cause.Version != best.Coding.Version)) answer = answer with { Code = null, System = null };
        if (!found.Concept.Exists) return answer;
        var flags = found.CodeSystem!.Flags(found.Concept);
        return answer with
        {
            Display = DisplayOf(best),
            Inactive = flags.HasFlag(ConceptFlags.Inactive) && !(best.IsMember && IsAskedFor(found)) ? true : null,
            Status = (flags & (ConceptFlags.Inactive | ConceptFlags.Deprecated)) != 0 && StatusOf(found) is { } status && !status.Equals("inactive", StringComparison.OrdinalIgnoreCase) ? status : null,
            NormalizedCode = found.Code == best.Coding.Code ? null : found.Code,
        };
    }

    /// <summary>The best reading of a coding: the first that is valid, else the first that is a member, else the first.</summary>
    private CodeCheck Check(Coding coding, int index)
    {
        CodeCheck? first = null, member = null;
        foreach (var check in Readings(coding, index))
        {
            if (check.Found.CodeSystem is not null) CheckCode(check);
            if (check.IsValid) return check;
            first ??= check;
            if (check.IsMember) member ??= check;
        }
        return member ?? first!;
    }

    private void CheckCode(CodeCheck check)
    {
        var (coding, system) = (check.Coding, check.Found.CodeSystem!);
        check.Found = TerminologyService.Find(system, check.Found.System!, coding.Code!, check.Found.WantedVersion) with { WantedVersion = check.Found.WantedVersion };
        var found = check.Found;
        if (!found.Concept.Exists)
        {
            var isFragment = system.Info.Content == "fragment";
            check.IsMember = isFragment && (_valueSet is null || TakesAnyCode(found.System!));
            if (!check.IsMember) NotInValueSet(check);
            if (request.MembershipOnly) return;
            if (isFragment) check.Warn(IssueType.CodeInvalid, "invalid-code", "code", "UNKNOWN_CODE_IN_FRAGMENT", Messages.UnknownCodeInFragment(coding.Code!, found.System!, system.Info.Version));
            else check.Error(IssueType.CodeInvalid, "invalid-code", "code", system.Info.Version is null ? "Unknown_Code_in" : "Unknown_Code_in_Version", Messages.UnknownCode(coding.Code!, found.System!, system.Info.Version));
            if (TerminologyService.WhyNot(system, coding.Code!) is { } why) check.Issues.Add(new(IssueSeverity.Information, IssueType.CodeInvalid, why) { TxIssueType = "invalid-code", Expression = check.At("code") });
            return;
        }
        if (!request.MembershipOnly)
        {
            foreach (var issue in found.Issues) check.Issues.Add(issue with { Expression = check.At(issue.Expression!) });
        }
        if (IsMember(check) is not { } isMember) return;
        check.IsMember = isMember && !IsRefused(check);
        if (!check.IsMember)
        {
            NotInValueSet(check);
            if (found.CodeSystem is GrammarCodeSystem grammar) check.Reasons.AddRange(ReasonsOf(grammar, found));
            if (coding.Version is null) check.Found = found = ByDefault(found);
        }
        if (request.MembershipOnly) return;
        CheckStatus(check);
        CheckDisplay(check);
    }

    /// <summary>A code of no version that a value set did not want in its version: what the code is where nothing else is said.</summary>
    private ResolvedCoding ByDefault(ResolvedCoding found)
    {
        var wanted = TerminologyService.WantedVersion(found.System!, null, scope);
        if (service.FindCodeSystem(found.System!, wanted) is not { } system || system == found.CodeSystem) return found;
        var there = TerminologyService.Find(system, found.System!, found.Code, wanted);
        return there.Concept.Exists ? there : found;
    }

    /// <summary>Null when it cannot be told, and an issue says why.</summary>
    private bool? IsMember(CodeCheck check)
    {
        if (_valueSet is null) return true;
        Evaluator.Instead = check.Instead;
        try
        {
            if (Evaluator.Contains(_valueSet, check.Found.CodeSystem!, check.Found.Concept)) return true;
            // An inactive code that only its being inactive keeps out is told apart below.
            return _valueSet.Compose is { Inactive: false } compose && Evaluator.Contains(_valueSet with { Url = null, Compose = compose with { Inactive = null } }, check.Found.CodeSystem!, check.Found.Concept);
        }
        catch (UnknownValueSet unknown)
        {
            check.Add(IssueSeverity.Error, IssueType.NotFound, "not-found", null, unknown.MessageId, unknown.Message);
            return null;
        }
        catch (UnknownCodeSystem unknown)
        {
            check.CausedBy.Add(unknown.System);
            check.Add(IssueSeverity.Error, IssueType.NotFound, "not-found", null, unknown.MessageId, service.Unknown(unknown.System.Url, unknown.System.Version).Message);
            return null;
        }
    }

    /// <summary>A member that this request, or the value set, does not want: abstract or inactive.</summary>
    private bool IsRefused(CodeCheck check)
    {
        var flags = check.Found.CodeSystem!.Flags(check.Found.Concept);
        var refused = false;
        if (flags.HasFlag(ConceptFlags.Abstract) && request.Abstract == false)
        {
            refused = true;
            if (!request.MembershipOnly) check.Error(IssueType.BusinessRule, "code-rule", "code", "ABSTRACT_CODE_NOT_ALLOWED", Messages.AbstractNotAllowed(check.Found.System!, check.Found.Code));
        }
        if (flags.HasFlag(ConceptFlags.Inactive) && (request.ActiveOnly || _valueSet?.Compose?.Inactive == false))
        {
            refused = true;
            if (!request.MembershipOnly) check.Error(IssueType.BusinessRule, "code-rule", "code", "STATUS_CODE_WARNING_CODE", Messages.NotActive(check.Found.Code));
        }
        return refused;
    }

    /// <summary>Is the value set one of inactive concepts by its very rules?</summary>
    private bool IsAskedFor(ResolvedCoding found)
        => found.CodeSystem!.Flags(found.Concept).HasFlag(ConceptFlags.Inactive)
            && _valueSet is not null && Evaluator.RulesOf(_valueSet, found.System!).Any(rule => rule.Filters.Any(filter => Filters.AsksForInactive(found.CodeSystem, filter)));

    private void CheckStatus(CodeCheck check)
    {
        if (_valueSet is not null && ValueSetEvaluator.Enumerated(_valueSet, check.Found.CodeSystem!, check.Found.Concept) is { IsDeprecated: true })
        {
            check.Warn(IssueType.BusinessRule, "code-comment", "code", DeprecatedInValueSet, Messages.DeprecatedInValueSet(check.Found.Code, check.Found.System!, ValueSetName));
        }
        var flags = check.Found.CodeSystem!.Flags(check.Found.Concept);
        if ((flags & (ConceptFlags.Inactive | ConceptFlags.Deprecated)) == 0 || (check.IsMember && IsAskedFor(check.Found))) return;
        var status = StatusOf(check.Found);
        if (flags.HasFlag(ConceptFlags.Inactive))
        {
            var text = status is null || status.Equals("inactive", StringComparison.OrdinalIgnoreCase) ? "inactive" : $"{status} and inactive";
            check.Warn(IssueType.BusinessRule, "code-comment", "", "INACTIVE_CONCEPT_FOUND", Messages.HasStatus(check.Found.Code, text));
        }
        else if (status is null || status.Equals("deprecated", StringComparison.OrdinalIgnoreCase))
        {
            check.Warn(IssueType.BusinessRule, "code-comment", "", "DEPRECATED_CONCEPT_FOUND", Messages.Deprecated(check.Found.Code));
        }
        else
        {
            check.Warn(IssueType.BusinessRule, "code-comment", "", "INACTIVE_CONCEPT_FOUND", Messages.HasStatus(check.Found.Code, status));
        }
    }

    private void NotInValueSet(CodeCheck check)
    {
        if (_valueSet is null) return;
        var coding = check.Coding;
        var name = $"{new VersionedUrl(coding.System ?? "", coding.System is null ? null : coding.Version)}#{coding.Code}{(string.IsNullOrEmpty(coding.Display) ? "" : $" ('{coding.Display}')")}";
        var isConcept = request.Form == CodeForm.CodeableConcept;
        check.Add(
            isConcept ? IssueSeverity.Information : IssueSeverity.Error, IssueType.CodeInvalid, isConcept ? "this-code-not-in-vs" : "not-in-vs", check.At("code"),
            "None_of_the_provided_codes_are_in_the_value_set_one", Messages.NotInValueSet(name, ValueSetName));
    }

    /// <summary>Which filters of the value set a composed code does not fulfil, when that is all that keeps it out of a rule.</summary>
    private IEnumerable<string> ReasonsOf(GrammarCodeSystem system, ResolvedCoding found)
        => _valueSet is null ? [] : Evaluator.RulesOf(_valueSet, found.System!).SelectMany(rule => rule.Filters).Where(filter => filter.Op == "=")
            .Select(filter => system.Grammar.ExplainFilter(found.Code, filter.Property, filter.Value)).OfType<string>();

    /// <summary>Does the value set take whatever code of the system there is, known or not?</summary>
    private bool TakesAnyCode(string system)
        => Evaluator.RulesOf(_valueSet!, system).Exists(rule => rule.Concepts.Count == 0 && rule.Filters.Count == 0 && rule.ValueSets.Count == 0)
            && !(_valueSet!.Compose?.Excludes ?? []).Any(rule => rule.System == system);

    /// <summary>Draft, experimental and retired content that was relied on, said once.</summary>
    private void AddStatusOfContent(CodeCheck[] checks, List<Issue> issues)
    {
        if (_valueSet is null || request.MembershipOnly) return;
        foreach (var system in checks.Where(check => check.IsMember).Select(check => check.Found.CodeSystem).OfType<ICodeSystem>().Distinct())
        {
            if (ContentStatus.Of(system.Info) is { } status && status != ContentStatus.Of(_valueSet)) Say(status, "CodeSystem", new(system.Info.Url.Value, system.Info.Version));
        }
        foreach (var used in Evaluator.UsedValueSets.Where(used => used.Url is not null))
        {
            if (ContentStatus.Of(used) is { } status and ("withdrawn" or "deprecated")) Say(status, "ValueSet", new(used.Url!, used.Version));
        }

        void Say(string status, string resource, VersionedUrl name) => issues.Add(
            new(IssueSeverity.Information, IssueType.BusinessRule, Messages.Reference(status, resource, name)) { TxIssueType = "status-check", MessageId = $"MSG_{status.ToUpperInvariant()}" });
    }

    /// <summary>The status as the code system words it, or null when it has none for the concept.</summary>
    private static string? StatusOf(ResolvedCoding found)
    {
        var system = found.CodeSystem!;
        var range = system.Properties(found.Concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var property = system.Property(i);
            if (system.Info.Properties[property.Property].Code.Equals("status", StringComparison.OrdinalIgnoreCase)) return TerminologyService.Text(property.Value);
        }
        return null;
    }

    /// <summary>The errors, and what else touches the code or its display; not what concerns the content behind it.</summary>
    private static string? MessageOf(CodeCheck[] checks, List<Issue> issues)
    {
        var told = checks.SelectMany(check => check.Reasons).Concat(issues.Where(IsTold).Select(issue => issue.Text)).Distinct(StringComparer.Ordinal).ToArray();
        return told.Length == 0 ? null : string.Join("; ", told);
    }

    private static bool IsTold(Issue issue)
        => issue.Severity >= IssueSeverity.Error
            || issue.TxIssueType is "invalid-display"
            || issue is { Severity: IssueSeverity.Warning, MessageId: not DeprecatedInValueSet, TxIssueType: "invalid-data" or "code-comment" or "code-rule" or null };
}

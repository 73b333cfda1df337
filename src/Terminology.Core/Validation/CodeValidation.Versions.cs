using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Validation;

/// <summary>In which versions of its code system a coding is read.</summary>
internal sealed partial class CodeValidation
{
    /// <summary>One check for each version that the value set and the request allow, the newest first; what is wrong with the version is said already.</summary>
    private List<CodeCheck> Readings(Coding coding, int index)
    {
        if (string.IsNullOrEmpty(coding.System) && Infer(coding) is { } inferred) coding = coding with { System = inferred };
        if (string.IsNullOrEmpty(coding.System)) return [WithoutSystem(coding, index)];
        var (system, understood) = service.Understand(coding.System);
        if (SystemAliases.VersionUri(system) is { } pinned) (system, coding) = (pinned.Url, coding with { Version = coding.Version ?? pinned.Version });
        coding = coding with { System = system };
        List<CodeCheck> checks;
        try
        {
            checks = service.CodeSystemVersions(system).Any(entry => entry.Supplements is null && entry.Content != "not-present") ? ReadIn(coding, index) : [UnknownSystem(coding, index)];
        }
        catch (UnknownValueSet unknown) when (_valueSet is not null)
        {
            checks = [Single(coding, index)];
            checks[0].Add(IssueSeverity.Error, IssueType.NotFound, "not-found", null, unknown.MessageId, unknown.Message);
        }
        if (understood is not null && !request.MembershipOnly) checks.ForEach(check => check.Issues.Insert(0, understood with { Expression = check.At("system") }));
        return checks;
    }

    private List<CodeCheck> ReadIn(Coding coding, int index)
    {
        var pins = _valueSet is null ? [] : Evaluator.RulesOf(_valueSet, coding.System!).Select(rule => rule.Version).Distinct().ToArray();
        if (pins.Length == 0) return [Single(coding, index)];
        var checks = pins.Select(pin => Pinned(coding, index, pin)).OrderByDescending(check => check.Found.CodeSystem?.Info.Version ?? "", Versions.Comparer).ToList();
        var fitting = checks.FindAll(check => check.Issues.Count == 0);
        return fitting.Count > 0 ? fitting : checks[..1];
    }

    /// <summary>The coding alone says its version: there is no value set, or it has no rule for the system.</summary>
    private CodeCheck Single(Coding coding, int index)
    {
        var check = new CodeCheck(coding, request.Form, index);
        var wanted = TerminologyService.WantedVersion(coding.System!, coding.Version, scope);
        if (service.FindCodeSystem(coding.System!, wanted) is { } found) Use(check, found, wanted);
        else UnknownVersion(check, wanted, isOfCoding: _valueSet is null);
        return check;
    }

    /// <summary>A rule of the value set names a version, or none: the request's rules may change it, and the coding must agree.</summary>
    private CodeCheck Pinned(Coding coding, int index, string? included)
    {
        var check = new CodeCheck(coding, request.Form, index);
        var (system, given) = (coding.System!, coding.Version);
        var effective = TerminologyService.WantedVersion(system, included, scope);
        var found = service.FindCodeSystem(system, effective);
        if (found is null)
        {
            if (given is not null && !Versions.Match(effective!, given)) Mismatch(check, included, effective, given);
            UnknownVersion(check, effective, isOfCoding: false);
            found = service.FindCodeSystem(system, TerminologyService.WantedVersion(system, given, scope)) ?? service.FindCodeSystem(system);
        }
        else if (given is not null && !Versions.Match(given, found.Info.Version))
        {
            var own = service.FindCodeSystem(system, given);
            if (own is not null && (effective is null || Versions.Match(effective, own.Info.Version)))
            {
                found = own;
            }
            else
            {
                if (effective is null) check.Warn(IssueType.Invalid, "vs-invalid", "version", "VALUESET_VALUE_MISMATCH_DEFAULT", Messages.OtherVersionDefault(system, found.Info.Version, given));
                else Mismatch(check, included, effective, given);
                if (own is null) UnknownVersion(check, given, isOfCoding: false);
            }
        }
        if (found is not null) Use(check, found, effective ?? given, included, substitutes: true);
        return check;
    }

    private static void Mismatch(CodeCheck check, string? included, string? effective, string given)
    {
        var system = check.Coding.System!;
        if (effective == included) check.Error(IssueType.Invalid, "vs-invalid", "version", "VALUESET_VALUE_MISMATCH", Messages.OtherVersionInclude(system, included!, given));
        else check.Error(IssueType.Invalid, "vs-invalid", "version", "VALUESET_VALUE_MISMATCH_CHANGED", Messages.OtherVersionChanged(system, effective!, included, given));
    }

    private void Use(CodeCheck check, ICodeSystem system, string? wanted, string? included = null, bool substitutes = false)
    {
        check.Found = check.Found with { CodeSystem = system, WantedVersion = wanted };
        if (substitutes) check.Instead = (included, system);
        if (TerminologyService.Rule(scope.CheckSystemVersions, check.Coding.System!) is { } required && !Versions.Match(required, system.Info.Version))
        {
            check.Error(IssueType.Exception, "version-error", "version", "VALUESET_VERSION_CHECK", Messages.VersionNotAllowed(system.Info.Version, check.Coding.System!, required));
        }
    }

    private void UnknownVersion(CodeCheck check, string? version, bool isOfCoding)
    {
        var system = check.Coding.System!;
        if (isOfCoding && version is null) check.UnknownSystem = new(system);
        else check.CausedBy.Add(new(system, version));
        if (_valueSet is not null && check.Issues.Count == 0 && check.Found.CodeSystem is null && !Evaluator.RulesOf(_valueSet, system).Exists(_ => true)) NotInValueSet(check);
        check.Error(IssueType.NotFound, "not-found", "system", version is null ? "UNKNOWN_CODESYSTEM" : "UNKNOWN_CODESYSTEM_VERSION", service.Unknown(system, version).Message);
    }

    /// <summary>No version of the system is loaded; some names are no code systems at all.</summary>
    private CodeCheck UnknownSystem(Coding coding, int index)
    {
        var check = new CodeCheck(coding, request.Form, index);
        var system = coding.System!;
        NotInValueSet(check);
        if (request.MembershipOnly) return check;
        if (service.CodeSystemVersions(system).FirstOrDefault(entry => entry.Supplements is not null) is { } supplement)
        {
            check.CausedBy.Add(new(system));
            check.Error(IssueType.Invalid, "invalid-data", "system", "CODESYSTEM_CS_NO_SUPPLEMENT", Messages.SupplementAsSystem(new(system, supplement.Version)));
            return check;
        }
        if (service.FindValueSet(new(system)) is not null)
        {
            check.Error(IssueType.Invalid, "invalid-data", "system", "Terminology_TX_System_ValueSet2", Messages.ValueSetAsSystem(system));
            return check;
        }
        check.UnknownSystem = new(system);
        if (!system.Contains(':')) check.Error(IssueType.Invalid, "invalid-data", "system", "Terminology_TX_System_Relative", Messages.RelativeSystem());
        var version = TerminologyService.WantedVersion(system, coding.Version, scope);
        check.Error(IssueType.NotFound, "not-found", "system", version is null ? "UNKNOWN_CODESYSTEM" : "UNKNOWN_CODESYSTEM_VERSION_NONE", service.Unknown(system, version).Message);
        return check;
    }

    private CodeCheck WithoutSystem(Coding coding, int index)
    {
        var check = new CodeCheck(coding, request.Form, index);
        NotInValueSet(check);
        if (_valueSet is not null && (request.InferSystem || request.Form == CodeForm.Code))
        {
            var systems = Systems(coding.Code ?? "");
            check.Error(
                IssueType.NotFound, "cannot-infer", "code", systems.Length > 1 ? "Unable_to_resolve_system__value_set_has_multiple_matches" : "Unable_to_resolve_system__value_set_has_no_matches",
                systems.Length > 1 ? Messages.CannotInferSystem(coding.Code!, ValueSetName, systems) : Messages.CannotInferSystem(coding.Code!, ValueSetName));
        }
        else if (!request.MembershipOnly)
        {
            check.Warn(IssueType.Invalid, "invalid-data", "", "Coding_has_no_system__cannot_validate", Messages.NoSystem());
        }
        return check;
    }

    /// <summary>The one code system of the value set in which the code is a member, when a system may be inferred; else null.</summary>
    private string? Infer(Coding coding)
        => _valueSet is not null && (request.InferSystem || request.Form == CodeForm.Code) && Systems(coding.Code ?? "") is [var only] ? only : null;

    private string[] Systems(string code)
    {
        var named = new List<string>();
        foreach (var (url, version) in Evaluator.SystemsOf(_valueSet!))
        {
            if (named.Contains(url) || service.FindCodeSystem(url, TerminologyService.WantedVersion(url, version, scope)) is not { } system) continue;
            if (TerminologyService.TryFind(system, code, out var concept) && Evaluator.Contains(_valueSet!, system, concept)) named.Add(url);
        }
        return [.. named];
    }
}

using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology;

/// <summary>A coding, understood.</summary>
/// <param name="System">Canonical of its code system, or null when it names none.</param>
/// <param name="CodeSystem">The version that answers, or null when it is not loaded.</param>
/// <param name="Concept">The concept, or None.</param>
/// <param name="Code">The code in its normal form when the concept exists, else as sent.</param>
/// <param name="Issues">Warnings about forms that were understood.</param>
internal sealed record ResolvedCoding(string? System, ICodeSystem? CodeSystem, ConceptOrdinal Concept, string Code, IReadOnlyList<Issue> Issues)
{
    /// <summary>The version that was asked for, after the rules of the request; or null.</summary>
    public string? WantedVersion { get; init; }

    /// <summary>Several readings of the code exist (ten-digit NDC); then <see cref="Concept"/> is the first of them.</summary>
    public IReadOnlyList<ConceptOrdinal> Readings { get; init; } = [];
}

/// <summary>Finding the code system and the concept that a coding means.</summary>
public sealed partial class TerminologyService
{
    private const int StackCode = 128;

    /// <summary>Understands a coding: canonical, OID or HL7 v2 name; version by the rules of the request; code as written or in another form.</summary>
    internal ResolvedCoding Resolve(Coding coding, RequestScope scope)
    {
        var code = coding.Code ?? "";
        if (string.IsNullOrEmpty(coding.System)) return new(null, null, ConceptOrdinal.None, code, []);
        var issues = new List<Issue>(0);
        var system = coding.System;
        var version = WantedVersion(system, coding.Version, scope);
        var codeSystem = FindCodeSystem(system, version);
        if (codeSystem is null && _aliases.Canonical(system) is { } canonical && canonical != system)
        {
            issues.Add(new(IssueSeverity.Warning, IssueType.Value, Messages.SystemUnderstood(system, canonical)) { Expression = "system", MessageId = "SYSTEM_UNDERSTOOD" });
            system = canonical;
            version = WantedVersion(system, coding.Version, scope);
            codeSystem = FindCodeSystem(system, version);
        }
        if (codeSystem is null) return new(system, null, ConceptOrdinal.None, code, issues) { WantedVersion = version };
        if (SystemAliases.VersionUri(system) is not null) system = codeSystem.Info.Url.Value;
        return Find(codeSystem, system, code, issues) with { WantedVersion = version };
    }

    /// <summary>The version that holds for a system: forced, else its own, else the one for systems that nothing pins.</summary>
    internal static string? WantedVersion(string system, string? version, RequestScope scope)
        => Rule(scope.ForceSystemVersions, system) ?? version ?? Rule(scope.SystemVersions, system) ?? Rule(scope.CheckSystemVersions, system);

    private static string? Rule(IReadOnlyList<VersionedUrl> rules, string system)
    {
        foreach (var rule in rules)
        {
            if (rule.Url == system) return rule.Version;
        }
        return null;
    }

    internal static ResolvedCoding Find(ICodeSystem codeSystem, string system, string code, List<Issue> issues)
    {
        if (TryFind(codeSystem, code, out var concept))
        {
            var normal = Text(codeSystem.Code(concept));
            if (normal != code)
            {
                issues.Add(new(IssueSeverity.Information, IssueType.BusinessRule, Messages.CaseDiffers(code, normal, VersionedName(codeSystem))) { Expression = "code", TxIssueType = "code-rule", MessageId = "CODE_CASE_DIFFERENCE" });
            }
            return new(system, codeSystem, concept, normal, issues);
        }
        var readings = CodeForms.Readings(system, code).Where(reading => TryFind(codeSystem, reading, out _)).Distinct(StringComparer.Ordinal).ToArray();
        if (readings.Length == 0) return new(system, codeSystem, ConceptOrdinal.None, code, issues);
        TryFind(codeSystem, readings[0], out concept);
        issues.Add(new(IssueSeverity.Warning, IssueType.Value, Messages.CodeUnderstood(code, string.Join("' or '", readings))) { Expression = "code", TxIssueType = "code-rule", MessageId = "CODE_UNDERSTOOD" });
        return new(system, codeSystem, concept, readings[0], issues)
        {
            Readings = [.. readings.Select(reading => TryFind(codeSystem, reading, out var found) ? found : ConceptOrdinal.None)],
        };
    }

    internal static bool TryFind(ICodeSystem codeSystem, string code, out ConceptOrdinal concept)
    {
        if (code.Length > StackCode) return codeSystem.TryFind(Encoding.UTF8.GetBytes(code), out concept);
        Span<byte> utf8 = stackalloc byte[StackCode * 3];
        return codeSystem.TryFind(utf8[..Encoding.UTF8.GetBytes(code, utf8)], out concept);
    }

    internal static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    internal static string VersionedName(ICodeSystem codeSystem) => new VersionedUrl(codeSystem.Info.Url.Value, codeSystem.Info.Version).ToString();
}

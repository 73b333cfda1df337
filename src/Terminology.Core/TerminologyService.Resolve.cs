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
        var (system, understood) = Understand(coding.System);
        var version = WantedVersion(system, coding.Version, scope);
        if (FindCodeSystem(system, version) is not { } codeSystem)
        {
            return new(system, null, ConceptOrdinal.None, code, understood is null ? [] : [understood]) { WantedVersion = version };
        }
        var found = Find(codeSystem, SystemAliases.VersionUri(system) is null ? system : codeSystem.Info.Url.Value, code, version);
        return understood is null ? found : found with { Issues = [understood, .. found.Issues] };
    }

    /// <summary>The canonical that a name of a code system stands for, with what to say when it is not the name itself. Canonicals are exact: no slash or scheme is guessed.</summary>
    internal (string System, Issue? Understood) Understand(string name)
    {
        if (HasCodeSystem(name) || Canonical(name) is not { } canonical || canonical == name) return (name, null);
        return (canonical, new(IssueSeverity.Warning, IssueType.Value, Messages.SystemUnderstood(name, canonical)) { Expression = "system", MessageId = "SYSTEM_UNDERSTOOD" });
    }

    private string? Canonical(string name)
    {
        for (var layer = this; layer is not null; layer = layer._below)
        {
            if (layer._stored?.Aliases.TryGetValue(name, out var stored) == true) return stored;
        }
        return _aliases.Canonical(name);
    }

    private bool HasCodeSystem(string url) => _codeSystems.Versions(url).Length > 0 || _below?.HasCodeSystem(url) == true;

    /// <summary>The version that holds for a system: forced, else its own, else the one for systems that nothing pins.</summary>
    internal static string? WantedVersion(string system, string? version, RequestScope scope)
        => Rule(scope.ForceSystemVersions, system) ?? version ?? Rule(scope.SystemVersions, system) ?? Rule(scope.CheckSystemVersions, system);

    /// <summary>The version that a list of rules names for a canonical, or null.</summary>
    internal static string? Rule(IReadOnlyList<VersionedUrl> rules, string url)
    {
        foreach (var rule in rules)
        {
            if (rule.Url == url) return rule.Version;
        }
        return null;
    }

    /// <summary>Finds a code as written, else in one of the other forms that interfaces send.</summary>
    /// <remarks>A code as the code system writes it costs the record alone.</remarks>
    internal static ResolvedCoding Find(ICodeSystem codeSystem, string system, string code, string? version = null)
    {
        if (codeSystem is Icd10.DualCodeSystem dual && dual.Resolve(system, code) is { } read) return read with { WantedVersion = version };
        if (TryFind(codeSystem, code, out var concept))
        {
            if (IsWritten(codeSystem.Code(concept), code)) return new(system, codeSystem, concept, code, RuleIssues(codeSystem, concept)) { WantedVersion = version };
            var normal = Text(codeSystem.Code(concept));
            var differs = new Issue(IssueSeverity.Information, IssueType.BusinessRule, Messages.CaseDiffers(code, normal, VersionedName(codeSystem)))
            {
                Expression = "code", TxIssueType = "code-rule", MessageId = "CODE_CASE_DIFFERENCE",
            };
            return new(system, codeSystem, concept, normal, [differs]) { WantedVersion = version };
        }
        var readings = CodeForms.Readings(system, code).Where(reading => TryFind(codeSystem, reading, out _)).Distinct(StringComparer.Ordinal).ToArray();
        if (readings.Length == 0) return new(system, codeSystem, ConceptOrdinal.None, code, []) { WantedVersion = version };
        TryFind(codeSystem, readings[0], out concept);
        var understood = new Issue(IssueSeverity.Warning, IssueType.Value, Messages.CodeUnderstood(code, string.Join("' or '", readings)))
        {
            Expression = "code", TxIssueType = "code-rule", MessageId = "CODE_UNDERSTOOD",
        };
        return new(system, codeSystem, concept, Text(codeSystem.Code(concept)), [understood])
        {
            WantedVersion = version, Readings = [.. readings.Select(reading => TryFind(codeSystem, reading, out var found) ? found : ConceptOrdinal.None)],
        };
    }

    /// <summary>What an expression has against it that is no error.</summary>
    private static Issue[] RuleIssues(ICodeSystem codeSystem, ConceptOrdinal concept) => codeSystem is not Expressions.ExpressionCodeSystem snomed ? [] :
    [
        .. snomed.Warnings(concept).Select(text => new Issue(IssueSeverity.Warning, IssueType.BusinessRule, text) { Expression = "code", TxIssueType = "code-rule", MessageId = "MRCM_OPTIONAL_RULE" }),
    ];

    internal static bool TryFind(ICodeSystem codeSystem, string code, out ConceptOrdinal concept)
    {
        if (code.Length > StackCode) return codeSystem.TryFind(Encoding.UTF8.GetBytes(code), out concept);
        Span<byte> utf8 = stackalloc byte[code.Length * 3];
        return codeSystem.TryFind(utf8[..Encoding.UTF8.GetBytes(code, utf8)], out concept);
    }

    internal static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    internal static string VersionedName(ICodeSystem codeSystem) => new VersionedUrl(codeSystem.Info.Url.Value, codeSystem.Info.Version).ToString();

    private static bool IsWritten(ReadOnlySpan<byte> utf8, string code)
    {
        if (code.Length > StackCode) return utf8.SequenceEqual(Encoding.UTF8.GetBytes(code));
        Span<byte> given = stackalloc byte[code.Length * 3];
        return utf8.SequenceEqual(given[..Encoding.UTF8.GetBytes(code, given)]);
    }
}

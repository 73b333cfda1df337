using System.Globalization;
using System.Runtime.CompilerServices;
using Terminology.CodeSystems;
using Terminology.Ecl;

namespace Terminology.Expressions;

/// <summary>
/// The machine readable concept model of a release (MRCM), as far as it is about post-coordinated expressions: which attributes go with which domains, how often, and which
/// values they take. Its reference sets are known by their columns; where a release says which of them hold for its modules, only those do.
/// </summary>
/// <remarks>Immutable, read once for each release. SNOMED CT <see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-machine-readable-concept-model">machine readable concept model</see>.</remarks>
internal sealed class ConceptModel
{
    private const string AllContent = "723596005", Postcoordinated = "723595009", Mandatory = "723597001";
    private static readonly ConditionalWeakTable<ICodeSystem, ConceptModel> Known = [];

    private readonly Dictionary<string, List<DomainRule>> _domains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RangeRule>> _ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constraints = new(StringComparer.Ordinal);
    private readonly HashSet<ConceptOrdinal> _neverGrouped = [];

    private ConceptModel(ICodeSystem release)
    {
        if (release.Refsets is not { } refsets) return;
        var sets = InForce(release, refsets);
        foreach (var row in Rows("domainConstraint")) _constraints[row.ReferencedComponent] = row.Fields[0].Trim();
        foreach (var row in Rows("domainId").Where(row => row.Fields.Count >= 6))
        {
            if (Holds(row.Fields[5])) Add(_domains, row.ReferencedComponent, new(row.Fields[0], row.Fields[1] != "0", Times(row.Fields[2]), Times(row.Fields[3]), row.Fields[4] == Mandatory));
        }
        foreach (var attribute in Rows("domainId").GroupBy(row => row.ReferencedComponent, StringComparer.Ordinal).Where(rows => rows.All(row => row.Fields is [_, "0", ..])))
        {
            if (TerminologyService.TryFind(release, attribute.Key, out var concept)) _neverGrouped.Add(concept);
        }
        foreach (var row in Rows("rangeConstraint").Where(row => row.Fields.Count >= 4 && Holds(row.Fields[3]))) Add(_ranges, row.ReferencedComponent, new(row.Fields[0].Trim(), row.Fields[2] == Mandatory));
        Required = [.. _domains.SelectMany(pair => pair.Value.Where(rule => rule is { IsMandatory: true, Times.Minimum: > 0 }).Select(rule => (pair.Key, rule)))];

        IEnumerable<RefsetMember> Rows(string column) => sets.Where(set => set.Columns is [var first, ..] && first == column).SelectMany(set => refsets.Rows(set.Id)).Where(row => row.Active);
    }

    public static ConceptModel Of(ICodeSystem release) => Known.GetValue(release, static key => new(key));

    /// <summary>Are there domains, attributes in domains and ranges? What has only some of them is a part of a model, by which nothing can be refused.</summary>
    public bool IsComplete => _constraints.Count > 0 && _domains.Count > 0 && _ranges.Count > 0;

    /// <summary>Attributes that the concepts of a domain must have.</summary>
    public IReadOnlyList<(string Attribute, DomainRule Rule)> Required { get; } = [];

    /// <summary>Where an attribute may stand; empty: nowhere in an expression.</summary>
    public IReadOnlyList<DomainRule> Domains(string attribute) => _domains.GetValueOrDefault(attribute) ?? [];

    /// <summary>What values an attribute takes; empty: nothing is said.</summary>
    public IReadOnlyList<RangeRule> Ranges(string attribute) => _ranges.GetValueOrDefault(attribute) ?? [];

    /// <summary>The expression constraint that makes a domain; where the model does not say, the concept and all below it.</summary>
    public string Constraint(string domain) => _constraints.GetValueOrDefault(domain) ?? $"<< {domain}";

    /// <summary>Is it said of an attribute only that it is not grouped?</summary>
    public bool IsNeverGrouped(ConceptOrdinal attribute) => _neverGrouped.Contains(attribute);

    private static RefsetInfo[] InForce(ICodeSystem release, IRefsets refsets)
    {
        var all = refsets.All.Where(set => set.Type == RefsetType.Mrcm).ToArray();
        var scopes = all.Where(set => set.Columns is ["mrcmRuleRefsetId"]).SelectMany(set => refsets.Rows(set.Id)).Where(row => row.Active).ToArray();
        if (scopes.Length == 0) return all;
        var edition = Module(release.Info.Version);
        var own = Array.FindAll(scopes, row => row.ReferencedComponent == edition);
        var named = (own.Length > 0 ? own : scopes).Select(row => row.Fields[0]).ToHashSet(StringComparer.Ordinal);
        return Array.FindAll(all, set => named.Contains(set.Id));
    }

    /// <summary>The module in <c>http://snomed.info/sct/MODULE/version/DATE</c>.</summary>
    private static string? Module(string? version) => version?.Split('/') is [_, _, _, _, var module, ..] ? module : null;

    private static bool Holds(string contentType) => contentType is AllContent or Postcoordinated;

    private static Cardinality? Times(string text)
        => text.Split("..") is [var least, var most] && int.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var minimum)
            ? most == "*" ? new(minimum, null) : int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var maximum) ? new(minimum, maximum) : null
            : null;

    private static void Add<T>(Dictionary<string, List<T>> rules, string attribute, T rule)
    {
        if (!rules.TryGetValue(attribute, out var list)) rules[attribute] = list = [];
        list.Add(rule);
    }
}

/// <summary>An attribute in a domain.</summary>
/// <param name="Domain">The concept that is the domain.</param>
/// <param name="IsGrouped">May it stand in groups?</param>
/// <param name="Times">How often in all; null: not readable.</param>
/// <param name="TimesInGroup">How often in one group; null: not readable.</param>
/// <param name="IsMandatory">Is it an error to break the rule, rather than a warning?</param>
internal sealed record DomainRule(string Domain, bool IsGrouped, Cardinality? Times, Cardinality? TimesInGroup, bool IsMandatory);

/// <summary>Values of an attribute.</summary>
/// <param name="Constraint">An expression constraint, or values such as <c>dec(>#0..)</c>.</param>
/// <param name="IsMandatory">Is it an error to break the rule, rather than a warning?</param>
internal sealed record RangeRule(string Constraint, bool IsMandatory);

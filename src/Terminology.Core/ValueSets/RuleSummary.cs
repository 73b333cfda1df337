using Terminology.CodeSystems;

namespace Terminology.ValueSets;

/// <summary>The includes of a value set over one code system in one form whatever their order: all enumerated codes as one list, and the distinct sets of filters.</summary>
internal sealed class RuleSummary : IEquatable<RuleSummary>
{
    private readonly Filter[][] _filters;

    public RuleSummary(IReadOnlyList<ConceptSetRule> rules)
    {
        IsNothing = rules.Count == 0;
        IsWhole = rules.Any(rule => rule.Concepts.Count + rule.Filters.Count == 0);
        Codes = [.. rules.SelectMany(rule => rule.Concepts).Select(concept => concept.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _filters = [.. rules.Where(rule => rule.Filters.Count > 0).Select(rule => rule.Filters.Distinct().OrderBy(Text, StringComparer.Ordinal).ToArray())
            .DistinctBy(Text, StringComparer.Ordinal).OrderBy(Text, StringComparer.Ordinal)];
    }

    /// <summary>No rule at all.</summary>
    public bool IsNothing { get; }

    /// <summary>One of the rules takes the whole code system.</summary>
    public bool IsWhole { get; }

    /// <summary>Enumerations only.</summary>
    public bool IsList => _filters.Length == 0 && Codes.Count > 0;

    /// <summary>All enumerated codes, distinct, in ordinal order.</summary>
    public IReadOnlyList<string> Codes { get; }

    /// <summary>The code of <c>concept is-a CODE</c> when that is all there is; else null.</summary>
    public string? Ancestor => Codes.Count == 0 && _filters is [[{ Property: "concept", Op: "is-a" } only]] ? only.Value : null;

    /// <summary>The concepts that are chosen.</summary>
    public ConceptSet Members(ICodeSystem system, RequestScope scope)
    {
        var listed = ConceptSet.FromOrdinals([.. Codes.Select(code => TerminologyService.TryFind(system, code, out var concept) ? concept.Value : -1).Where(ordinal => ordinal >= 0)]);
        return _filters.Select(filters => filters.Aggregate(system.All, (set, filter) => set.And(Filters.Evaluate(system, filter, "", scope.Cancel)))).Aggregate(listed, (set, more) => set.Or(more));
    }

    public bool Equals(RuleSummary? other)
        => other is not null && Codes.SequenceEqual(other.Codes, StringComparer.Ordinal) && _filters.Select(Text).SequenceEqual(other._filters.Select(Text), StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as RuleSummary);

    public override int GetHashCode() => HashCode.Combine(Codes.Count, _filters.Length);

    private static string Text(Filter filter) => $"{filter.Property}\n{filter.Op}\n{filter.Value}";

    private static string Text(Filter[] filters) => string.Join('\r', filters.Select(Text));
}

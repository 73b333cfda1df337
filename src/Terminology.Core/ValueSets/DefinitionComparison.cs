using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.ValueSets;

/// <summary>
/// Two value sets compared by their rules, one code system after the other: whole systems, enumerations, equal rules, and one <c>is-a</c> against another in a hierarchy
/// without second parents. Imports and excludes, and rules that differ in any other way, are not decided here.
/// </summary>
/// <remarks>One use, one thread.</remarks>
internal sealed class DefinitionComparison(TerminologyService service, VersionPolicy policy, RequestScope scope)
{
    /// <summary>Codes of both, of the code system whose enumerations were compared last: codes of several are not to be mixed in a list without systems.</summary>
    public IReadOnlyList<string> Common { get; private set; } = [];

    /// <summary>Codes of the left only, of that code system.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    /// <summary>Codes of the right only, of that code system.</summary>
    public IReadOnlyList<string> Extra { get; private set; } = [];

    /// <summary>What the two have between them; null when the rules do not tell.</summary>
    public Shares? Shares(ValueSet left, ValueSet right)
    {
        var (these, others) = (left.Compose!, right.Compose!);
        var rules = these.Includes.Concat(others.Includes).ToArray();
        if (these.Excludes.Count + others.Excludes.Count > 0 || these.Inactive != others.Inactive || Array.Exists(rules, IsMixed)) return null;
        Shares? all = ValueSets.Shares.None;
        foreach (var name in rules.Select(rule => service.CanonicalSystem(rule.System!)).Distinct(StringComparer.Ordinal))
        {
            var system = new ComparedSystem(service, name, Of(these, name), Of(others, name), scope);
            if (system.Versions > 1 && VersionMatters(system)) return null;
            all = Decided(system) is { } shares ? all | shares : null;
            if (all is null) return null;
        }
        // Where inactive codes are left out, rules that are not the same may still choose the same codes.
        return these.Inactive == false && all != ValueSets.Shares.Common ? null : all;
    }

    private ConceptSetRule[] Of(Compose compose, string system) => [.. compose.Includes.Where(rule => service.CanonicalSystem(rule.System!) == system)];

    private static bool IsMixed(ConceptSetRule rule) => rule.System is null || rule.ValueSets.Count > 0 || (rule.Concepts.Count > 0 && rule.Filters.Count > 0);

    private bool VersionMatters(ComparedSystem system) => policy switch
    {
        VersionPolicy.Always => true,
        VersionPolicy.Never => false,
        _ => system.HasFilters || system.CodeSystem?.Info.VersionNeeded == true,
    };

    private Shares? Decided(ComparedSystem system)
    {
        if (system.Left.IsNothing) return system.IsEmpty(system.Right) ? ValueSets.Shares.None : ValueSets.Shares.Extra;
        if (system.Right.IsNothing) return system.IsEmpty(system.Left) ? ValueSets.Shares.None : ValueSets.Shares.Missing;
        if (system.Left.IsWhole && system.Right.IsWhole) return ValueSets.Shares.Common;
        if (system.Left.IsWhole) return Whole(system, system.Right, ValueSets.Shares.Missing);
        if (system.Right.IsWhole) return Whole(system, system.Left, ValueSets.Shares.Extra);
        if (system.Left.Equals(system.Right)) return Same(system.Left);
        return system.Left.IsList && system.Right.IsList ? Lists(system.Known(system.Left), system.Known(system.Right)) : Hierarchies(system);
    }

    /// <summary>A whole code system against a part of it.</summary>
    private static Shares? Whole(ComparedSystem system, RuleSummary part, Shares more) => system.Members(part)?.Count switch
    {
        null => null,
        0 => more,
        var count => count < system.CodeSystem!.Count ? ValueSets.Shares.Common | more : ValueSets.Shares.Common,
    };

    private Shares Same(RuleSummary rules)
    {
        if (rules.IsList) (Common, Missing, Extra) = (rules.Codes, [], []);
        return ValueSets.Shares.Common;
    }

    private Shares Lists(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        Common = [.. left.Intersect(right, StringComparer.Ordinal)];
        Missing = [.. left.Except(right, StringComparer.Ordinal)];
        Extra = [.. right.Except(left, StringComparer.Ordinal)];
        return (Common.Count > 0 ? ValueSets.Shares.Common : 0) | (Missing.Count > 0 ? ValueSets.Shares.Missing : 0) | (Extra.Count > 0 ? ValueSets.Shares.Extra : 0);
    }

    private static Shares? Hierarchies(ComparedSystem compared)
    {
        if (compared.CodeSystem is not { } system || compared.Left.Ancestor is not { } upper || compared.Right.Ancestor is not { } lower) return null;
        if (!TerminologyService.TryFind(system, upper, out var left) || !TerminologyService.TryFind(system, lower, out var right)) return null;
        if (left == right) return ValueSets.Shares.Common;
        if (system.IsA(right, left)) return ValueSets.Shares.Common | ValueSets.Shares.Missing;
        if (system.IsA(left, right)) return ValueSets.Shares.Common | ValueSets.Shares.Extra;
        return system.All.Any(concept => system.Parents(concept).Length > 1) ? null : ValueSets.Shares.Missing | ValueSets.Shares.Extra;
    }

    /// <summary>The rules of both sides over one code system.</summary>
    private sealed class ComparedSystem
    {
        private readonly RequestScope _scope;

        public ComparedSystem(TerminologyService service, string name, ConceptSetRule[] left, ConceptSetRule[] right, RequestScope scope)
        {
            _scope = scope;
            var rules = left.Concat(right).ToArray();
            var versions = rules.Select(rule => TerminologyService.WantedVersion(name, rule.Version, scope)).Distinct()
                .Select(version => (Asked: version, Found: service.FindCodeSystem(name, version))).ToArray();
            (Left, Right) = (new(left), new(right));
            HasFilters = Array.Exists(rules, rule => rule.Filters.Count > 0);
            Versions = versions.Select(version => version.Found?.Info.Version ?? version.Asked).Distinct().Count();
            CodeSystem = Array.Exists(versions, version => version.Found is null) ? null : versions[0].Found;
        }

        public RuleSummary Left { get; }

        public RuleSummary Right { get; }

        public bool HasFilters { get; }

        /// <summary>How many versions the rules mean.</summary>
        public int Versions { get; }

        /// <summary>The code system, one of its versions; null when one that is meant is not loaded.</summary>
        public ICodeSystem? CodeSystem { get; }

        /// <summary>The enumerated codes as the code system writes them, without those it does not have; of one that is not loaded, as they are.</summary>
        public IReadOnlyList<string> Known(RuleSummary rules) => CodeSystem is not { Info.Content: "complete" } system || system is GrammarCodeSystem
            ? rules.Codes
            : [.. rules.Codes.Select(code => TerminologyService.TryFind(system, code, out var concept) ? TerminologyService.Text(system.Code(concept)) : null).OfType<string>().Distinct(StringComparer.Ordinal)];

        /// <summary>Do rules that stand alone choose nothing? Of a code system that is not loaded they are taken to choose something.</summary>
        public bool IsEmpty(RuleSummary rules) => rules.IsNothing || (!rules.IsWhole && Members(rules) is { Count: 0 });

        /// <summary>What rules choose, straight from the indexes; null when that cannot be told.</summary>
        public ConceptSet? Members(RuleSummary rules)
        {
            if (CodeSystem is not { } system || system is GrammarCodeSystem || system.Info.Content != "complete") return null;
            try
            {
                return rules.Members(system, _scope);
            }
            catch (TerminologyException)
            {
                return null; // a filter that cannot be evaluated: expansion says why
            }
        }
    }
}

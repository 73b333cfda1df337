using System.Globalization;
using System.Text.RegularExpressions;
using Terminology.Ecl;

namespace Terminology.Store.Ecl;

/// <summary>The specification read aloud over the model: every set is collected by asking every concept. Nothing is shared with the evaluator but the tree.</summary>
internal sealed class NaiveEcl(EclWorld world)
{
    private readonly Dictionary<string, HashSet<string>> _ancestors = [];

    public HashSet<string> Of(ExpressionConstraint constraint, bool inactiveToo = false) => constraint switch
    {
        ConceptReference reference => [reference.Id],
        AnyConcept => All(concept => inactiveToo || concept.Active),
        AlternateIdentifier identifier => All(concept => concept.LoincCode == identifier.Code && identifier.Scheme.Equals("LOINC", StringComparison.OrdinalIgnoreCase)),
        HierarchyConstraint hierarchy => Related(hierarchy.Operator, Of(hierarchy.Operand)),
        MemberOf members => Members(members),
        Conjunction and => [.. and.Operands.Select(operand => Of(operand, inactiveToo)).Aggregate((left, right) => [.. left.Intersect(right)])],
        Disjunction or => [.. or.Operands.SelectMany(operand => Of(operand, inactiveToo))],
        Exclusion minus => [.. Of(minus.Left, inactiveToo).Except(Of(minus.Right, inactiveToo))],
        Refined refined => [.. Active(Of(refined.Focus, inactiveToo)).Where(Holds(refined.Refinement))],
        Dotted dotted => dotted.Attributes.Aggregate(Of(dotted.Focus), (found, name) => Active(Values(name, Active(found)))),
        DescriptionFiltered filtered => [.. Of(filtered.Operand, inactiveToo).Where(Described(filtered.Filters))],
        ConceptFiltered filtered => [.. Of(filtered.Operand, inactiveToo || filtered.Filters.Any(filter => filter is ActiveFilter)).Where(id => filtered.Filters.All(filter => Fits(world.Concepts[id], filter)))],
        HistorySupplemented history => Supplemented(history, Of(history.Operand, inactiveToo)),
        _ => throw new ArgumentOutOfRangeException(nameof(constraint)),
    };

    private HashSet<string> All(Func<EclWorld.Concept, bool> test) => [.. world.Concepts.Values.Where(test).Select(concept => concept.Id)];

    private HashSet<string> Active(HashSet<string> ids) => [.. ids.Where(id => world.Concepts[id].Active)];

    private HashSet<string> Ancestors(string id)
    {
        if (_ancestors.TryGetValue(id, out var known)) return known;
        var found = new HashSet<string>();
        foreach (var parent in world.Concepts[id].Parents) found.UnionWith([parent, .. Ancestors(parent)]);
        return _ancestors[id] = found;
    }

    private HashSet<string> Related(HierarchyOperator hierarchy, HashSet<string> set) => hierarchy switch
    {
        HierarchyOperator.DescendantOf => All(concept => concept.Active && Ancestors(concept.Id).Overlaps(set)),
        HierarchyOperator.DescendantOrSelfOf => All(concept => concept.Active && (set.Contains(concept.Id) || Ancestors(concept.Id).Overlaps(set))),
        HierarchyOperator.ChildOf => All(concept => concept.Active && set.Overlaps(concept.Parents)),
        HierarchyOperator.ChildOrSelfOf => All(concept => concept.Active && (set.Contains(concept.Id) || set.Overlaps(concept.Parents))),
        HierarchyOperator.AncestorOf => Active([.. set.SelectMany(Ancestors)]),
        HierarchyOperator.AncestorOrSelfOf => Active([.. set, .. set.SelectMany(Ancestors)]),
        HierarchyOperator.ParentOf => Active([.. set.SelectMany(id => world.Concepts[id].Parents)]),
        HierarchyOperator.ParentOrSelfOf => Active([.. set, .. set.SelectMany(id => world.Concepts[id].Parents)]),
        HierarchyOperator.Top => [.. set.Where(id => !Ancestors(id).Overlaps(set))],
        HierarchyOperator.Bottom => [.. set.Where(id => !set.Any(other => Ancestors(other).Contains(id)))],
        _ => throw new ArgumentOutOfRangeException(nameof(hierarchy)),
    };

    private HashSet<string> Members(MemberOf members)
    {
        var refsets = members.Refsets is AnyConcept ? [.. EclWorld.Refsets] : Of(members.Refsets);
        var rows = world.Rows.Where(row => refsets.Contains(row.Refset) && (row.Active || members.Filters.Any(filter => filter is ActiveFilter)) && members.Filters.All(filter => Fits(row, filter)));
        var field = members.Fields.Count > 0 ? members.Fields[0] : "referencedComponentId";
        return [.. rows.Select(row => Field(row, field)).OfType<string>().Where(world.Concepts.ContainsKey)];
    }

    private static string? Field(EclWorld.Row row, string name) => name switch
    {
        "referencedComponentId" => row.Component,
        "moduleId" => row.Module,
        _ => Array.IndexOf(EclWorld.Columns(row.Refset), name) is >= 0 and var column ? row.Fields[column] : null,
    };

    private bool Fits(EclWorld.Row row, EclFilter filter) => filter switch
    {
        ActiveFilter active => active.Active is null || active.Active == row.Active,
        ModuleFilter module => Is(module.Modules, row.Module) != module.IsNot,
        EffectiveTimeFilter time => Compare(row.Time, time.Value),
        MemberFieldFilter field => Field(row, field.Field) is { } value && Compare(value, field.Value, exact: false),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private bool Fits(EclWorld.Concept concept, EclFilter filter) => filter switch
    {
        ActiveFilter active => active.Active is null || active.Active == concept.Active,
        ModuleFilter module => Is(module.Modules, concept.Module) != module.IsNot,
        EffectiveTimeFilter time => Compare(concept.Time, time.Value),
        DefinitionStatusFilter status => Is(status.Statuses, concept.IsDefined ? EclWorld.Defined : EclWorld.Primitive) != status.IsNot,
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private Func<string, bool> Described(IReadOnlyList<EclFilter> filters)
    {
        var anyState = filters.Any(filter => filter is ActiveFilter);
        return id => world.Concepts[id].Descriptions.Any(description => (description.Active || anyState) && filters.All(filter => Fits(description, filter)));
    }

    private bool Fits(EclWorld.Description description, EclFilter filter) => filter switch
    {
        TermFilter term => term.Value.Terms.Any(one => Matches(description.Term, one)) == (term.Value.Operator == ComparisonOperator.Equal),
        LanguageFilter language => language.Languages.Contains(description.Language) != language.IsNot,
        TypeFilter type => Is(type.Types, description.Type) != type.IsNot,
        ModuleFilter module => Is(module.Modules, description.Module) != module.IsNot,
        EffectiveTimeFilter time => Compare(description.Time, time.Value),
        ActiveFilter active => active.Active is null || active.Active == description.Active,
        DescriptionIdFilter id => id.Ids.Contains(description.Id) != id.IsNot,
        DialectFilter dialect => dialect.Dialects.Any(one => Accepted(description, one)) != dialect.IsNot,
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private bool Accepted(EclWorld.Description description, Dialect dialect) => description.Preferred.Any(entry => Is(dialect.Refsets, entry.Key)
        && (dialect.Acceptabilities.Count == 0 || dialect.Acceptabilities.Any(one => one.Id == (entry.Value ? EclWorld.Preferred : EclWorld.Acceptable))));

    private bool Is(ExpressionConstraint constraint, string id) => constraint is AnyConcept || Of(constraint).Contains(id);

    private static bool Matches(string text, SearchTerm term)
    {
        if (term.Kind == SearchTermKind.Wild) return Regex.IsMatch(text, $"^{Regex.Escape(term.Text).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        var words = Regex.Matches(text.ToLowerInvariant(), "[a-z]+|[0-9]+").Select(match => match.Value).ToArray();
        return Regex.Matches(term.Text.ToLowerInvariant(), "[a-z]+|[0-9]+").All(wanted => words.Any(word => word.StartsWith(wanted.Value, StringComparison.Ordinal)));
    }

    private bool Compare(string value, Comparison comparison, bool exact)
    {
        var equal = comparison.Operator == ComparisonOperator.Equal;
        return comparison switch
        {
            ConceptComparison concepts => value.Length > 0 && Is(concepts.Concepts, value) == equal,
            NumberComparison number => decimal.TryParse(value, CultureInfo.InvariantCulture, out var found) && Ordered(found.CompareTo(number.Number), number.Operator),
            BooleanComparison boolean => value is "true" or "false" && (value == "true") == boolean.Value == equal,
            TermComparison terms => terms.Terms.Any(term => exact && term.Kind == SearchTermKind.Unsaid ? value == term.Text : Matches(value, term)) == equal,
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
    }

    private static bool Compare(int time, TimeComparison comparison) => comparison.Operator switch
    {
        ComparisonOperator.Equal => comparison.Times.Any(other => other.Value == time),
        ComparisonOperator.NotEqual => comparison.Times.All(other => other.Value != time),
        _ => time != 0 && comparison.Times.Any(other => other.Value != 0 && Ordered(time.CompareTo(other.Value), comparison.Operator)),
    };

    private static bool Ordered(int order, ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        _ => order >= 0,
    };

    private HashSet<string> Supplemented(HistorySupplemented history, HashSet<string> set)
    {
        HashSet<string> refsets = history.Profile switch
        {
            HistoryProfile.Minimum => [EclWorld.SameAs],
            HistoryProfile.Moderate => [EclWorld.SameAs, EclWorld.ReplacedBy],
            HistoryProfile.Subset when history.Refsets is not AnyConcept => Of(history.Refsets!),
            _ => [EclWorld.SameAs, EclWorld.ReplacedBy, EclWorld.PossiblyEquivalent],
        };
        return [.. set, .. world.Rows.Where(row => row.Active && refsets.Contains(row.Refset) && Field(row, "targetComponentId") is { } target && set.Contains(target)).Select(row => row.Component)];
    }

    private HashSet<string> Values(ExpressionConstraint name, HashSet<string> sources)
        => [.. sources.SelectMany(id => world.Concepts[id].Attributes).Where(attribute => attribute.Target is not null && Is(name, attribute.Type)).Select(attribute => attribute.Target!)];

    private Func<string, bool> Holds(Refinement refinement)
    {
        switch (refinement)
        {
            case RefinementConjunction and:
                var all = and.Operands.Select(Holds).ToArray();
                return id => all.All(test => test(id));
            case RefinementDisjunction or:
                var any = or.Operands.Select(Holds).ToArray();
                return id => any.Any(test => test(id));
            case AttributeGroup group:
                var inner = InGroup(group.Attributes);
                return id => Allows(group.Cardinality, Groups(world.Concepts[id]).Count(inner));
            case AttributeConstraint { IsReverse: true } reverse:
                var (names, values, isEqual) = (Of(reverse.Name), Of(((ConceptComparison)reverse.Value).Concepts), reverse.Value.Operator == ComparisonOperator.Equal);
                return id => Allows(reverse.Cardinality, world.Concepts.Values.Count(source => source.Active && values.Contains(source.Id) == isEqual
                    && source.Attributes.Any(attribute => attribute.Target == id && (reverse.Name is AnyConcept || names.Contains(attribute.Type)))));
            case AttributeConstraint attribute:
                var test = InGroup(attribute);
                return id => test(world.Concepts[id].Attributes);
            default:
                throw new ArgumentOutOfRangeException(nameof(refinement));
        }
    }

    private static IEnumerable<List<EclWorld.Attribute>> Groups(EclWorld.Concept concept)
        => concept.Attributes.Where(attribute => attribute.Group == 0).Select(attribute => new List<EclWorld.Attribute> { attribute })
            .Concat(concept.Attributes.Where(attribute => attribute.Group != 0).GroupBy(attribute => attribute.Group).Select(group => group.ToList()));

    private Func<List<EclWorld.Attribute>, bool> InGroup(Refinement refinement)
    {
        switch (refinement)
        {
            case RefinementConjunction and:
                var all = and.Operands.Select(InGroup).ToArray();
                return group => all.All(test => test(group));
            case RefinementDisjunction or:
                var any = or.Operands.Select(InGroup).ToArray();
                return group => any.Any(test => test(group));
            case AttributeConstraint attribute:
                var names = attribute.Name is AnyConcept ? null : Of(attribute.Name);
                var value = ValueTest(attribute.Value);
                return group => Allows(attribute.Cardinality, group.Count(one => names?.Contains(one.Type) != false && value(one)));
            default:
                throw new ArgumentOutOfRangeException(nameof(refinement));
        }
    }

    private Func<EclWorld.Attribute, bool> ValueTest(Comparison comparison)
    {
        if (comparison is not ConceptComparison concepts) return attribute => attribute.Literal is { } literal && Compare(literal, comparison, exact: true);
        var equal = comparison.Operator == ComparisonOperator.Equal;
        if (concepts.Concepts is AnyConcept) return _ => equal;
        var values = Of(concepts.Concepts);
        return attribute => attribute.Target is { } target && values.Contains(target) == equal;
    }

    private static bool Allows(Cardinality? cardinality, int count) => count >= (cardinality?.Minimum ?? 1) && count <= (cardinality is null ? int.MaxValue : cardinality.Maximum ?? int.MaxValue);
}

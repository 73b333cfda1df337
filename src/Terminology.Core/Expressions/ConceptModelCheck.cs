using Terminology.CodeSystems;
using Terminology.Ecl;
using Terminology.Issues;

namespace Terminology.Expressions;

/// <summary>Holds one expression against the concept model of its release.</summary>
/// <remarks>One use. All constraints of the model share one budget.</remarks>
internal sealed class ConceptModelCheck(ConceptModel model, Definitions definitions, Func<NamedConcept, string> named, string code)
{
    private readonly ICodeSystem _release = definitions.Release;
    private readonly EclBudget _budget = new(code, EclQuery.DefaultBudget, CancellationToken.None);
    private readonly Dictionary<(string Constraint, ConceptOrdinal Concept), bool> _known = [];
    private readonly List<string> _errors = [], _warnings = [];

    /// <summary>What breaks a mandatory rule, and what an optional one; each text once, in the order of the expression.</summary>
    /// <exception cref="TooCostly">The constraints of the model need more work than one answer may cost.</exception>
    public (IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings) Run(SnomedExpression expression)
    {
        Check(expression);
        return ([.. _errors.Distinct()], [.. _warnings.Distinct()]);
    }

    private void Check(SnomedExpression expression)
    {
        var focus = expression.Focus.Select(concept => definitions.Find(concept.Id)).ToArray();
        foreach (var name in expression.Groups.SelectMany(group => group).Select(attribute => new NamedConcept(attribute.Name.Id)).Distinct()) CheckPlace(name, expression, focus);
        foreach (var (attribute, rule) in model.Required.Where(required => IsIn(focus, model.Constraint(required.Rule.Domain)))) CheckPresent(attribute, rule, expression, focus);
        foreach (var attribute in expression.Groups.SelectMany(group => group))
        {
            CheckValue(attribute);
            if (attribute.Expression is { } nested) Check(nested);
        }
    }

    /// <summary>Is the attribute allowed here, grouped or not, and as often as it stands?</summary>
    private void CheckPlace(NamedConcept name, SnomedExpression expression, ConceptOrdinal[] focus)
    {
        var rules = model.Domains(name.Id);
        if (rules.Count == 0)
        {
            _errors.Add(ExpressionMessages.NotInModel(Shown(name)));
            return;
        }
        foreach (var strength in rules.GroupBy(rule => rule.IsMandatory))
        {
            var told = strength.Key ? _errors : _warnings;
            var here = strength.Where(rule => IsIn(focus, model.Constraint(rule.Domain))).ToArray();
            if (here.Length == 0)
            {
                told.Add(ExpressionMessages.WrongDomain(Shown(name), string.Join(" + ", expression.Focus.Select(Shown)), [.. strength.Select(rule => model.Constraint(rule.Domain)).Distinct()]));
                continue;
            }
            // Of several domains that hold, one is enough.
            var faults = here.Select(rule => Fault(name, expression, rule)).ToArray();
            if (Array.TrueForAll(faults, fault => fault is not null)) told.Add(faults[0]!);
        }
    }

    private string? Fault(NamedConcept name, SnomedExpression expression, DomainRule rule)
    {
        var counts = expression.Groups.Select(group => group.Count(attribute => attribute.Name.Id == name.Id)).ToArray();
        if (!rule.IsGrouped && counts.Skip(1).Any(count => count > 0)) return ExpressionMessages.NotGrouped(Shown(name), rule.Domain);
        if (rule.Times?.Maximum < counts.Sum()) return ExpressionMessages.TooMany(Shown(name), counts.Sum(), Shown(rule.Times));
        var most = counts.Skip(1).DefaultIfEmpty(0).Max();
        return rule.IsGrouped && rule.TimesInGroup?.Maximum < most ? ExpressionMessages.TooManyInGroup(Shown(name), most, Shown(rule.TimesInGroup)) : null;
    }

    /// <summary>What a domain needs may come from the definition of the focus.</summary>
    private void CheckPresent(string attribute, DomainRule rule, SnomedExpression expression, ConceptOrdinal[] focus)
    {
        var name = definitions.Find(attribute);
        var count = expression.Groups.Sum(group => group.Count(one => one.Name.Id == attribute))
            + focus.SelectMany(definitions.Groups).Sum(group => group.Attributes.Count(one => one.Name == name));
        if (count < rule.Times!.Minimum) _errors.Add(ExpressionMessages.Missing(Shown(new NamedConcept(attribute)), model.Constraint(rule.Domain), Shown(rule.Times)));
    }

    private void CheckValue(ExpressionAttribute attribute)
    {
        foreach (var strength in model.Ranges(attribute.Name.Id).GroupBy(rule => rule.IsMandatory))
        {
            if (strength.Any(rule => Fits(attribute, rule.Constraint))) continue;
            (strength.Key ? _errors : _warnings).Add(ExpressionMessages.OutOfRange(Shown(attribute), Shown(attribute.Name), [.. strength.Select(rule => rule.Constraint).Distinct()]));
        }
    }

    private bool Fits(ExpressionAttribute attribute, string constraint)
    {
        var range = ConcreteRange.Read(constraint);
        if (attribute.Literal is { } literal) return range?.Contains(literal) ?? false;
        if (range is not null) return false;
        var concepts = attribute.Concept is { } concept ? [concept] : attribute.Expression!.Focus;
        return IsIn([.. concepts.Select(one => definitions.Find(one.Id))], constraint);
    }

    /// <summary>Does one of the concepts satisfy the constraint? What is meant is a kind of each of them. A constraint that cannot be read here binds nobody.</summary>
    private bool IsIn(ConceptOrdinal[] concepts, string constraint) => Array.Exists(concepts, concept => IsIn(concept, constraint));

    private bool IsIn(ConceptOrdinal concept, string constraint)
    {
        if (_known.TryGetValue((constraint, concept), out var known)) return known;
        try
        {
            return _known[(constraint, concept)] = new EclEvaluator(_release, constraint, _budget).Evaluate(ExpressionConstraint.Parse(constraint), ConceptSet.Single(concept)).Count > 0;
        }
        catch (TerminologyException unreadable) when (unreadable is InvalidExpression or NotSupported)
        {
            return _known[(constraint, concept)] = true;
        }
    }

    private string Shown(ExpressionAttribute attribute)
        => attribute.Literal?.ToString() ?? (attribute.Concept is { } concept ? Shown(concept) : $"({ExpressionWriter.Write(attribute.Expression!, named)})");

    private string Shown(NamedConcept concept) => named(concept) is { Length: > 0 } term ? $"{concept.Id}|{term}|" : concept.Id;

    private static string Shown(Cardinality times) => FormattableString.Invariant($"{times.Minimum}..{(times.Maximum is { } most ? most : "*")}");
}

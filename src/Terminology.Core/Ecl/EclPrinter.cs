using System.Globalization;
using System.Text;

namespace Terminology.Ecl;

/// <summary>Prints a constraint in brief syntax, with the brackets that it needs and no others.</summary>
internal sealed class EclPrinter
{
    private readonly StringBuilder _out = new();

    public static string Print(ExpressionConstraint constraint)
    {
        var printer = new EclPrinter();
        printer.Write(constraint);
        return printer._out.ToString();
    }

    private void Write(ExpressionConstraint constraint)
    {
        switch (constraint)
        {
            case Conjunction and:
                Join(and.Operands, " AND ", Sub);
                break;
            case Disjunction or:
                Join(or.Operands, " OR ", Sub);
                break;
            case Exclusion minus:
                Sub(minus.Left);
                _out.Append(" MINUS ");
                Sub(minus.Right);
                break;
            case Refined refined:
                Sub(refined.Focus);
                _out.Append(" : ");
                Write(refined.Refinement);
                break;
            case Dotted dotted:
                Sub(dotted.Focus);
                foreach (var attribute in dotted.Attributes)
                {
                    _out.Append(" . ");
                    Sub(attribute);
                }
                break;
            default:
                Sub(constraint);
                break;
        }
    }

    /// <summary>As subExpressionConstraint.</summary>
    private void Sub(ExpressionConstraint constraint)
    {
        switch (constraint)
        {
            case HistorySupplemented history:
                if (history.Operand is HistorySupplemented) Bracketed(history.Operand);
                else Sub(history.Operand);
                Write(history);
                break;
            case ConceptFiltered filtered:
                Filtered(filtered.Operand);
                Filters('C', filtered.Filters);
                break;
            case DescriptionFiltered filtered:
                Filtered(filtered.Operand);
                Filters('D', filtered.Filters);
                break;
            case HierarchyConstraint hierarchy:
                _out.Append(Symbol(hierarchy.Operator)).Append(' ');
                if (hierarchy.Operand is MemberOf rows) Write(rows);
                else Focus(hierarchy.Operand);
                break;
            case MemberOf member:
                Write(member);
                break;
            default:
                Focus(constraint);
                break;
        }
    }

    private void Filtered(ExpressionConstraint operand)
    {
        if (operand is HistorySupplemented) Bracketed(operand);
        else Sub(operand);
    }

    private void Focus(ExpressionConstraint constraint)
    {
        switch (constraint)
        {
            case AnyConcept:
                _out.Append('*');
                break;
            case ConceptReference reference:
                _out.Append(reference.Id);
                Term(reference.Term);
                break;
            case AlternateIdentifier identifier:
                _out.Append(identifier.Scheme).Append("#\"").Append(Escaped(identifier.Code)).Append('"');
                Term(identifier.Term);
                break;
            default:
                Bracketed(constraint);
                break;
        }
    }

    private void Bracketed(ExpressionConstraint constraint)
    {
        _out.Append('(');
        Write(constraint);
        _out.Append(')');
    }

    private void Term(string? term)
    {
        if (term is not null) _out.Append(" |").Append(term).Append('|');
    }

    private void Write(MemberOf member)
    {
        _out.Append('^');
        if (member.Fields.Count > 0) _out.Append(" [").AppendJoin(", ", member.Fields).Append(']');
        _out.Append(' ');
        Focus(member.Refsets);
        if (member.Filters.Count > 0) Filters('M', member.Filters);
    }

    private void Write(HistorySupplemented history)
    {
        _out.Append(" {{ +HISTORY");
        _out.Append(history.Profile switch { HistoryProfile.Minimum => "-MIN", HistoryProfile.Moderate => "-MOD", HistoryProfile.Maximum => "-MAX", _ => " " });
        if (history.Refsets is { } refsets) Bracketed(refsets);
        _out.Append(" }}");
    }

    private void Write(Refinement refinement)
    {
        switch (refinement)
        {
            case RefinementConjunction and:
                Join(and.Operands, ", ", Operand);
                break;
            case RefinementDisjunction or:
                Join(or.Operands, " OR ", Operand);
                break;
            case AttributeGroup group:
                Write(group.Cardinality);
                _out.Append("{ ");
                Write(group.Attributes);
                _out.Append(" }");
                break;
            case AttributeConstraint attribute:
                Write(attribute.Cardinality);
                if (attribute.IsReverse) _out.Append("R ");
                Sub(attribute.Name);
                Write(attribute.Value);
                break;
        }
    }

    private void Operand(Refinement refinement)
    {
        if (refinement is not (RefinementConjunction or RefinementDisjunction))
        {
            Write(refinement);
            return;
        }
        _out.Append('(');
        Write(refinement);
        _out.Append(')');
    }

    private void Write(Cardinality? cardinality)
    {
        if (cardinality is null) return;
        _out.Append(CultureInfo.InvariantCulture, $"[{cardinality.Minimum}..");
        if (cardinality.Maximum is { } most) _out.Append(CultureInfo.InvariantCulture, $"{most}] ");
        else _out.Append("*] ");
    }

    private void Write(Comparison comparison)
    {
        _out.Append(' ').Append(comparison.Operator switch
        {
            ComparisonOperator.Equal => "=",
            ComparisonOperator.NotEqual => "!=",
            ComparisonOperator.Less => "<",
            ComparisonOperator.LessOrEqual => "<=",
            ComparisonOperator.Greater => ">",
            _ => ">=",
        }).Append(' ');
        switch (comparison)
        {
            case ConceptComparison concepts:
                Sub(concepts.Concepts);
                break;
            case NumberComparison number:
                _out.Append(CultureInfo.InvariantCulture, $"#{number.Number}");
                break;
            case BooleanComparison boolean:
                _out.Append(boolean.Value ? "true" : "false");
                break;
            case TermComparison terms:
                Set(terms.Terms, Write);
                break;
            case TimeComparison times:
                Set(times.Times, time => _out.Append('"').Append(time).Append('"'));
                break;
        }
    }

    private void Write(SearchTerm term)
    {
        _out.Append(term.Kind switch { SearchTermKind.Match => "match:", SearchTermKind.Wild => "wild:", _ => "" });
        _out.Append('"').Append(term.Kind == SearchTermKind.Wild ? term.Text : Escaped(term.Text)).Append('"');
    }

    private void Filters(char kind, IReadOnlyList<EclFilter> filters)
    {
        _out.Append(" {{ ").Append(kind).Append(' ');
        Join(filters, ", ", Write);
        _out.Append(" }}");
    }

    private void Write(EclFilter filter)
    {
        switch (filter)
        {
            case TermFilter term:
                _out.Append("term");
                Write(term.Value);
                break;
            case LanguageFilter language:
                Name("language", language.IsNot);
                Set(language.Languages, code => _out.Append(code));
                break;
            case TypeFilter type:
                Name("typeId", type.IsNot);
                Sub(type.Types);
                break;
            case DialectFilter dialect:
                Name("dialectId", dialect.IsNot);
                Set(dialect.Dialects, Write);
                break;
            case DescriptionIdFilter id:
                Name("id", id.IsNot);
                Set(id.Ids, one => _out.Append(one));
                break;
            case DefinitionStatusFilter status:
                Name("definitionStatusId", status.IsNot);
                Sub(status.Statuses);
                break;
            case ModuleFilter module:
                Name("moduleId", module.IsNot);
                Sub(module.Modules);
                break;
            case EffectiveTimeFilter time:
                _out.Append("effectiveTime");
                Write(time.Value);
                break;
            case ActiveFilter active:
                Name("active", false);
                _out.Append(active.Active switch { true => "1", false => "0", null => "\"*\"" });
                break;
            case MemberFieldFilter field:
                _out.Append(field.Field);
                Write(field.Value);
                break;
        }
    }

    private void Name(string name, bool isNot) => _out.Append(name).Append(isNot ? " != " : " = ");

    private void Write(Dialect dialect)
    {
        Sub(dialect.Refsets);
        if (dialect.Acceptabilities.Count == 0) return;
        _out.Append(" (");
        Join(dialect.Acceptabilities, " ", Focus);
        _out.Append(')');
    }

    private void Set<T>(IReadOnlyList<T> elements, Action<T> write)
    {
        if (elements.Count == 1)
        {
            write(elements[0]);
            return;
        }
        _out.Append('(');
        Join(elements, " ", write);
        _out.Append(')');
    }

    private void Join<T>(IReadOnlyList<T> elements, string between, Action<T> write)
    {
        for (var i = 0; i < elements.Count; i++)
        {
            if (i > 0) _out.Append(between);
            write(elements[i]);
        }
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Symbol(HierarchyOperator hierarchy) => hierarchy switch
    {
        HierarchyOperator.DescendantOf => "<",
        HierarchyOperator.DescendantOrSelfOf => "<<",
        HierarchyOperator.ChildOf => "<!",
        HierarchyOperator.ChildOrSelfOf => "<<!",
        HierarchyOperator.AncestorOf => ">",
        HierarchyOperator.AncestorOrSelfOf => ">>",
        HierarchyOperator.ParentOf => ">!",
        HierarchyOperator.ParentOrSelfOf => ">>!",
        HierarchyOperator.Top => "!!>",
        _ => "!!<",
    };
}

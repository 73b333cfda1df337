using System.Text;

namespace Terminology.Expressions;

/// <summary>Writes expressions in compositional grammar, without blanks; what is written reads as the same expression.</summary>
internal static class ExpressionWriter
{
    /// <summary>With the terms that the expression itself holds.</summary>
    public static string WriteAsRead(SnomedExpression expression) => Write(expression, concept => concept.Term);

    /// <param name="expression">What is written.</param>
    /// <param name="term">The term to show for a concept; null, or one that could not be read again: none.</param>
    public static string Write(SnomedExpression expression, Func<NamedConcept, string?> term)
    {
        var text = new StringBuilder(expression.Status switch
        {
            DefinitionStatus.EquivalentTo => "===",
            DefinitionStatus.SubtypeOf => "<<<",
            _ => "",
        });
        Expression(text, expression, term);
        return text.ToString();
    }

    private static void Expression(StringBuilder text, SnomedExpression expression, Func<NamedConcept, string?> term)
    {
        Joined(text, '+', expression.Focus, concept => Concept(text, concept, term));
        var isFirst = true;
        for (var i = 0; i < expression.Groups.Count; i++)
        {
            if (expression.Groups[i].Count == 0) continue;
            text.Append(isFirst ? ':' : ',');
            isFirst = false;
            if (i > 0) text.Append('{');
            Joined(text, ',', expression.Groups[i], attribute => Attribute(text, attribute, term));
            if (i > 0) text.Append('}');
        }
    }

    private static void Attribute(StringBuilder text, ExpressionAttribute attribute, Func<NamedConcept, string?> term)
    {
        Concept(text, attribute.Name, term);
        text.Append('=');
        if (attribute.Concept is { } concept) Concept(text, concept, term);
        else if (attribute.Literal is { } literal) text.Append(literal.ToString());
        else
        {
            text.Append('(');
            Expression(text, attribute.Expression!, term);
            text.Append(')');
        }
    }

    private static void Concept(StringBuilder text, NamedConcept concept, Func<NamedConcept, string?> term)
    {
        text.Append(concept.Id);
        if (term(concept)?.Trim() is { Length: > 0 } shown && ExpressionParser.IsTerm(shown)) text.Append('|').Append(shown).Append('|');
    }

    private static void Joined<T>(StringBuilder text, char separator, IReadOnlyList<T> parts, Action<T> write)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0) text.Append(separator);
            write(parts[i]);
        }
    }
}

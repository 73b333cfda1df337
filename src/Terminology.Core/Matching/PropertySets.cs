using System.Text;
using Terminology.CodeSystems;
using Terminology.Ecl;
using Terminology.Issues;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Matching;

/// <summary>The concepts that have a property. A value that is a concept holds for those that have it or one below it; a focus is the concept or one below it.</summary>
internal sealed class PropertySets(ICodeSystem system, CancellationToken cancel)
{
    /// <summary>Is the property the concept itself?</summary>
    public static bool IsFocus(MatchProperty property) => property.Code is "focus" or "concept" or "code";

    /// <exception cref="TerminologyException">Invalid: the code system has no such property or concept. Required: it has no value.</exception>
    public ConceptSet Of(MatchProperty property, string path)
    {
        if (property is { Value: null, Subproperties.Count: 0 }) throw new TerminologyException(IssueType.Required, "MISSING_PROPERTY_VALUE", MatchMessages.NoValue(property.Code)) { Expression = path };
        if (property.Value is not null && IsFocus(property)) return Filters.Evaluate(system, new("concept", "is-a", property.Value), path, cancel);
        if (system.Refsets is not null && Attributes(property) is { } attributes) return EclQuery.Evaluate(system, $"* : {{ {attributes} }}", cancel: cancel);
        var set = property.Value is { } value ? Having(property.Code, value, path) : system.All;
        foreach (var below in property.Subproperties) set = set.And(Of(below, path));
        return set;
    }

    private ConceptSet Having(string code, string value, string path)
    {
        var set = Filters.Evaluate(system, new(code, "=", value), path, cancel);
        var property = Filters.IndexOf(system, code);
        return property >= 0 && system.TryFind(Encoding.UTF8.GetBytes(value), out var concept) ? set.Or(system.WithProperty(property, system.DescendantsOrSelf(concept))) : set;
    }

    /// <summary>Attributes of SNOMED CT in one relationship group as an expression constraint; null when one is something else.</summary>
    private static string? Attributes(MatchProperty property)
    {
        MatchProperty[] all = property.Value is null ? [.. property.Subproperties] : [property, .. property.Subproperties];
        return Array.TrueForAll(all, one => one.Value is not null && IsIdentifier(one.Code)) ? string.Join(", ", all.Select(one => $"{one.Code} = {Value(one)}")) : null;
    }

    private static string Value(MatchProperty property)
        => IsIdentifier(property.Value!) && property.Type is not ("Integer" or "Decimal") ? $"<< {property.Value}"
        : property.Type is "Integer" or "Decimal" ? $"#{property.Value}"
        : $"\"{property.Value!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static bool IsIdentifier(string text) => text.Length is >= 6 and <= 18 && text.All(char.IsAsciiDigit);
}

using Terminology.CodeSystems;
using Terminology.Operations;

namespace Terminology.Maps;

/// <summary>What is known of a patient's context, and what a map rule makes of it: true, false, or not known for want of something.</summary>
internal sealed class RuleContext(ICodeSystem snomed, IReadOnlyList<TranslateDependency> dependencies)
{
    private const string AgeAtOnset = "445518008", CurrentAge = "424144002", Female = "248152002", Male = "248153007";

    /// <summary>Does the condition hold? Null when the request does not say.</summary>
    public bool? Evaluate(RuleCondition condition)
    {
        if (condition.Age is { } limit) return AgeOf(condition.Concept) is var (value, unit) ? limit.Holds(value, unit) : null;
        if (condition.Concept is Female or Male) return Sex() is { } sex ? sex == condition.Concept : null;
        return Finding(condition.Concept);
    }

    /// <summary>The name under which a missing value is asked for.</summary>
    public static MapDependency Missing(RuleCondition condition) => new(
        $"http://snomed.info/id/{condition.Concept}", condition.Age is null ? CodeSystemUri.Snomed.Value : null, condition.Age?.ToString() ?? condition.Concept, condition.Term);

    /// <summary>Age at onset is asked of itself only: a current age says nothing about it; the current age likewise.</summary>
    private (decimal Value, string Unit)? AgeOf(string observable)
    {
        foreach (var dependency in dependencies)
        {
            if (!Names(dependency.Element, observable)) continue;
            if (dependency.Quantity is { } quantity) return (quantity.Value, Ages.UnitOf(quantity.Unit));
            if (Ages.TryParse(dependency.Value.Text, out var value, out var unit)) return (value, unit);
            if (dependency.Value.Codings.Select(coding => coding.Code).FirstOrDefault(code => Ages.TryParse(code, out value, out unit)) is not null) return (value, unit);
        }
        return null;
    }

    private string? Sex()
    {
        foreach (var coding in dependencies.SelectMany(dependency => dependency.Value.Codings))
        {
            switch (coding.System, coding.Code)
            {
                case ("http://hl7.org/fhir/administrative-gender", "female"):
                    return Female;
                case ("http://hl7.org/fhir/administrative-gender", "male"):
                    return Male;
                case (_, Female or Male) when coding.System == CodeSystemUri.Snomed.Value:
                    return coding.Code;
            }
        }
        return null;
    }

    /// <summary>True when a supplied code is the concept or below it. What was not supplied is not known: its absence proves nothing.</summary>
    private bool? Finding(string concept)
    {
        if (!TerminologyService.TryFind(snomed, concept, out var wanted)) return null;
        foreach (var coding in dependencies.SelectMany(dependency => dependency.Value.Codings))
        {
            if (coding.System == CodeSystemUri.Snomed.Value && coding.Code is { } code && TerminologyService.TryFind(snomed, code, out var known) && snomed.IsA(known, wanted)) return true;
        }
        return null;
    }

    private static bool Names(string element, string observable)
        => element == observable || element.EndsWith("/" + observable, StringComparison.Ordinal) || element.EndsWith("|" + observable, StringComparison.Ordinal)
        || (observable == AgeAtOnset && element is "age-at-onset") || (observable == CurrentAge && element is "age" or "current-age");
}

using Terminology.CodeSystems;
using Terminology.Operations;

namespace Terminology.Maps;

/// <summary>What a rule comes to: true, false, or open for want of something.</summary>
/// <param name="Holds">Null while something is not known.</param>
/// <param name="Open">The conditions that are not settled; empty unless <paramref name="Holds"/> is null.</param>
internal readonly record struct RuleVerdict(bool? Holds, IReadOnlyList<RuleCondition> Open);

/// <summary>What a request tells of a patient's context, and what a map rule makes of it.</summary>
/// <remarks>What is not said is not known: the absence of a code never makes a rule false; only a value for the element of the rule does.</remarks>
internal sealed class RuleContext
{
    private const string Female = "248152002", Male = "248153007";
    private static readonly string[] SexElements = ["gender", "sex", "administrative-gender", "administrativeGender", "263495000", "429019009", "184100006"];

    private readonly ICodeSystem? _snomed;
    private readonly IReadOnlyList<TranslateDependency> _dependencies;
    private readonly string[] _codes;
    private readonly Lazy<string?> _sex;

    /// <param name="snomed">For subsumption; null: only the very code counts.</param>
    /// <param name="dependencies">What is known; systems as canonicals.</param>
    public RuleContext(ICodeSystem? snomed, IReadOnlyList<TranslateDependency> dependencies)
    {
        (_snomed, _dependencies) = (snomed, dependencies);
        _codes = [.. dependencies.SelectMany(Codes)];
        _sex = new(Sex);
    }

    /// <summary>One false condition makes the rule false, else one open condition leaves it open.</summary>
    public RuleVerdict Evaluate(MapRule rule)
    {
        List<RuleCondition>? open = null;
        foreach (var condition in rule.Conditions)
        {
            switch (Evaluate(condition))
            {
                case false:
                    return new(false, []);
                case null:
                    (open ??= []).Add(condition);
                    break;
            }
        }
        return open is null ? new(true, []) : new(null, open);
    }

    /// <summary>The name under which a client gives what is missing, and the value it must have.</summary>
    public static MapDependency Missing(RuleCondition condition) => new(
        $"http://snomed.info/id/{condition.Concept}",
        condition.Limit is null ? CodeSystemUri.Snomed.Value : null,
        condition.Limit?.ToString() ?? condition.Concept,
        condition.Term.Length > 0 ? condition.Term : null);

    private bool? Evaluate(RuleCondition condition) => condition switch
    {
        { Limit: { } limit } => AgeOf(condition.Concept)?.Keeps(limit),
        { Concept: Female or Male } => _sex.Value is { } sex ? sex == condition.Concept : null,
        _ => Finding(condition.Concept),
    };

    /// <summary>An age answers for its own observable only: how old a patient is does not say how old he was at onset.</summary>
    private Age? AgeOf(string observable)
    {
        Age? found = null;
        foreach (var dependency in _dependencies.Where(dependency => Names(dependency.Element, observable)))
        {
            foreach (var age in Ages(dependency))
            {
                // Two different ages for one thing: neither is believed.
                if (found is { } other && other != age) return null;
                found = age;
            }
        }
        return found;
    }

    private static IEnumerable<Age> Ages(TranslateDependency dependency)
    {
        if (dependency.Quantity is var (value, unit))
        {
            if (Age.TryCreate(value, unit, out var measured)) yield return measured;
            yield break;
        }
        if (Age.TryParse(dependency.Value.Text, out var stated)) yield return stated;
        foreach (var coding in dependency.Value.Codings)
        {
            if (Age.TryParse(coding.Code, out var coded)) yield return coded;
        }
    }

    private string? Sex()
    {
        var sexes = _dependencies.SelectMany(Sexes).Distinct(StringComparer.Ordinal).ToArray();
        return sexes is [var one] ? one : null;
    }

    private IEnumerable<string> Sexes(TranslateDependency dependency)
    {
        foreach (var coding in dependency.Value.Codings)
        {
            switch (coding.System, coding.Code)
            {
                case ("http://hl7.org/fhir/administrative-gender", "female"):
                case ("http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender" or "http://terminology.hl7.org/CodeSystem/v2-0001", "F"):
                    yield return Female;
                    break;
                case ("http://hl7.org/fhir/administrative-gender", "male"):
                case ("http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender" or "http://terminology.hl7.org/CodeSystem/v2-0001", "M"):
                    yield return Male;
                    break;
            }
        }
        foreach (var code in Codes(dependency))
        {
            if (IsA(code, Female)) yield return Female;
            else if (IsA(code, Male)) yield return Male;
        }
        if (dependency.Value.Text is { } text && Array.Exists(SexElements, element => Names(dependency.Element, element)))
        {
            if (text is "female" or "Female") yield return Female;
            if (text is "male" or "Male") yield return Male;
        }
    }

    /// <summary>True when a code of the context is the concept or below it; false when the element of the concept itself says no.</summary>
    private bool? Finding(string concept)
    {
        if (Array.Exists(_codes, code => IsA(code, concept))) return true;
        foreach (var dependency in _dependencies.Where(dependency => Names(dependency.Element, concept)))
        {
            switch (dependency.Value.Text ?? dependency.Value.Codings.Select(coding => coding.System is null ? coding.Code : null).FirstOrDefault())
            {
                case "true":
                    return true;
                case "false":
                    return false;
            }
            if (Codes(dependency).Any()) return false;
        }
        return null;
    }

    private bool IsA(string code, string ancestor)
        => code == ancestor
            || (_snomed is not null && TerminologyService.TryFind(_snomed, code, out var below) && TerminologyService.TryFind(_snomed, ancestor, out var above) && _snomed.IsA(below, above));

    /// <summary>The SNOMED CT codes of a dependency.</summary>
    private static IEnumerable<string> Codes(TranslateDependency dependency)
        => dependency.Value.Codings.Where(coding => IsSnomed(coding.System) && coding.Code is not null).Select(coding => coding.Code!);

    private static bool IsSnomed(string? system) => system == CodeSystemUri.Snomed.Value || system == CodeSystemUri.SnomedUnpublished.Value;

    /// <summary>Does the element name the concept: its identifier alone, as <c>http://snomed.info/id/ID</c>, or as <c>http://snomed.info/sct|ID</c>?</summary>
    private static bool Names(string element, string concept)
        => element.EndsWith(concept, StringComparison.Ordinal) && (element.Length == concept.Length || element[^(concept.Length + 1)] is '/' or '|' or '#' or ':');
}

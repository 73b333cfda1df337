using System.Text;
using Terminology.CodeSystems;

namespace Terminology.Expressions;

/// <summary>The properties <c>normalForm</c> (with terms) and <c>normalFormTerse</c> of SNOMED CT: worked out when they are asked for, never stored.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/snomedct.html">SNOMED CT properties</see>.</remarks>
internal static class NormalForms
{
    private const string WithTerms = "normalForm", Terse = "normalFormTerse";

    /// <summary>Those that are among the properties asked for, or both when all are.</summary>
    public static IEnumerable<(string Code, string Value)> Asked(ICodeSystem system, ConceptOrdinal concept, IReadOnlyList<string> properties, IReadOnlyList<string> languages)
    {
        if (system.Info.Url != CodeSystemUri.Snomed || system.Refsets is null || !properties.Any(property => property is WithTerms or Terse or "*")) yield break;
        var snomed = system as ExpressionCodeSystem ?? new(system);
        var normal = snomed.Normal(concept);
        if (Has(WithTerms)) yield return (WithTerms, ExpressionWriter.Write(normal, named => TermOf(named, snomed, languages)));
        if (Has(Terse)) yield return (Terse, normal.ToString());

        bool Has(string name) => properties.Contains(name) || properties.Contains("*");
    }

    private static string? TermOf(NamedConcept named, ExpressionCodeSystem snomed, IReadOnlyList<string> languages)
        => TerminologyService.TryFind(snomed, named.Id, out var concept) ? Encoding.UTF8.GetString(DisplayChooser.Choose(snomed, concept, languages)) : null;
}

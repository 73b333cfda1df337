using Terminology.Ucum;

namespace Terminology.CodeSystems;

/// <summary>Code systems whose codes follow a grammar or rule, built over the tables that they need.</summary>
public static class ComposedSystems
{
    /// <summary>UCUM: every unit expression over the units and prefixes of a release of the essence.</summary>
    /// <param name="essence">The release as it is stored: units by code, prefixes as <c>prefix:CODE</c>, with their properties.</param>
    public static ICodeSystem Ucum(ICodeSystem essence) => UcumGrammar.Over(essence);

    /// <summary>The arithmetic of the units of a UCUM code system; null when it is another code system.</summary>
    public static UcumUnits? UnitsOf(ICodeSystem system) => ((system as GrammarCodeSystem)?.Grammar as UcumGrammar)?.Units;
}

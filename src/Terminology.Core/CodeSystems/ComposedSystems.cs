using Terminology.Languages;
using Terminology.Ucum;
using Terminology.ValueSets;

namespace Terminology.CodeSystems;

/// <summary>Code systems whose codes follow a grammar or rule, built over the tables that they need.</summary>
public static class ComposedSystems
{
    /// <summary>UCUM: every unit expression over the units and prefixes of a release of the essence.</summary>
    /// <param name="essence">The release as it is stored: units by code, prefixes as <c>prefix:CODE</c>, with their properties.</param>
    public static ICodeSystem Ucum(ICodeSystem essence) => UcumGrammar.Over(essence);

    /// <summary>BCP 47 language tags over a table of the IANA subtag registry, and the value set of common languages that stands for all of them.</summary>
    /// <param name="subtags">Tab-separated: type, subtag, flags (<c>d</c> deprecated, <c>i</c> in ISO 639-1 or -2), preferred value, prefixes, descriptions.</param>
    /// <exception cref="Issues.ReleaseFormat">A line has too few columns.</exception>
    public static (ICodeSystem System, ValueSet Common) Languages(TextReader subtags)
    {
        var registry = LanguageRegistry.Read(subtags);
        return (LanguageGrammar.System(registry), LanguageGrammar.CommonLanguages(registry));
    }

    /// <summary>Media (MIME) types by the form that BCP 13 gives them.</summary>
    public static ICodeSystem MediaTypes() => MediaTypeGrammar.System();

    /// <summary>The arithmetic of the units of a UCUM code system; null when it is another code system.</summary>
    public static UcumUnits? UnitsOf(ICodeSystem system) => ((system as GrammarCodeSystem)?.Grammar as UcumGrammar)?.Units;
}

using Terminology.CodeSystems;
using Terminology.Fhir.Resources;
using Terminology.Loaders.BuiltIn;
using Terminology.Ucum;

namespace Terminology.Loaders.Ucum;

/// <summary>The built-in UCUM, as any server has it.</summary>
internal static class UcumWorld
{
    public static TerminologyService Service { get; } = TerminologyService.Create([], new FhirResourceReader(), BuiltInSystems.Content);

    public static ICodeSystem System { get; } = Service.CodeSystem("http://unitsofmeasure.org");

    public static UcumUnits Units { get; } = ComposedSystems.UnitsOf(System)!;
}

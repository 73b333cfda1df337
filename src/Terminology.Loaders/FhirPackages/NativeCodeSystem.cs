using Terminology.CodeSystems;
using Terminology.Fhir.Resources;
using Terminology.Releases;

namespace Terminology.Loaders.FhirPackages;

/// <summary>A large CodeSystem resource that comes alone goes into the store concept by concept, where it is found and searched at store speed.</summary>
internal static class NativeCodeSystem
{
    /// <summary>From this many concepts on; smaller ones open in milliseconds in memory.</summary>
    internal const int Large = 5_000;

    /// <summary>The code system of the release when it is to be a native one; else null.</summary>
    public static CodeSystemInfo? InfoOf(ReadResource resource)
        => resource.CodeSystem is { Count: >= Large, Info: { Content: "complete", Supplements: null } info } ? info : null;

    public static void Push(ICodeSystem system, IReleaseSink sink)
    {
        foreach (var concept in system.All)
        {
            var code = system.Code(concept);
            sink.Concept(new() { Code = code, Flags = system.Flags(concept) });
            Designations(system, concept, sink);
            foreach (var parent in system.Parents(concept)) sink.Relationship(new() { Source = code, Type = "parent"u8, Target = system.Code(parent), Active = true });
            var properties = system.Properties(concept);
            for (var i = properties.Start; i < properties.End; i++) Property(system, code, system.Property(i), sink);
        }
    }

    private static void Designations(ICodeSystem system, ConceptOrdinal concept, IReleaseSink sink)
    {
        var range = system.Designations(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var designation = system.Designation(i);
            sink.Designation(new()
            {
                Concept = system.Code(concept),
                Value = designation.Value,
                Use = designation.Use,
                Language = designation.Language,
                Active = true,
                DisplayRank = designation.Use == DesignationUses.Definition ? (byte)255 : i == range.Start ? (byte)0 : (byte)100,
            });
        }
    }

    private static void Property(ICodeSystem system, ReadOnlySpan<byte> code, PropertyView property, IReleaseSink sink)
    {
        var definition = system.Info.Properties[property.Property];
        if (property.Concept.Exists)
        {
            sink.Relationship(new() { Source = code, Type = System.Text.Encoding.UTF8.GetBytes(definition.Code), Target = property.Value, Active = true });
        }
        else
        {
            sink.Property(new() { Concept = code, Property = System.Text.Encoding.UTF8.GetBytes(definition.Code), Type = definition.Type, Value = property.Value, Active = true });
        }
    }
}

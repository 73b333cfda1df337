using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>Concept filters: each is a set that the index of a property gives.</summary>
internal sealed partial class EclEvaluator
{
    private ConceptSet Fulfilling(IReadOnlyList<EclFilter> filters, ConceptSet set)
    {
        foreach (var filter in filters)
        {
            if (set.Count == 0) break;
            set = filter switch
            {
                ActiveFilter { Active: true } => set.And(system.Active),
                ActiveFilter { Active: false } => set.Minus(system.Active),
                ActiveFilter => set,
                DefinitionStatusFilter status => Pick(set, OfStatus(Ids(status.Statuses)), status.IsNot),
                ModuleFilter module => Pick(set, OfModule(Ids(module.Modules)), module.IsNot),
                EffectiveTimeFilter time => AtTime(set, time.Value),
                _ => throw new ArgumentOutOfRangeException(nameof(filters)),
            };
        }
        return set;
    }

    private static ConceptSet Pick(ConceptSet set, ConceptSet fitting, bool isNot) => isNot ? set.Minus(fitting) : set.And(fitting);

    private ConceptSet OfStatus(IdTest statuses)
    {
        var property = PropertyOf("sufficientlyDefined");
        if (property < 0) return ConceptSet.Empty;
        var found = statuses.Contains(EclConcepts.Defined) ? system.WithProperty(property, "true"u8) : ConceptSet.Empty;
        return statuses.Contains(EclConcepts.Primitive) ? found.Or(system.WithProperty(property, "false"u8)) : found;
    }

    private ConceptSet OfModule(IdTest modules)
    {
        var property = PropertyOf("moduleId");
        if (property < 0) return ConceptSet.Empty;
        return modules.IsAll ? system.WithProperty(property) : system.WithProperty(property, modules.Concepts).Or(system.WithProperty(property, value => modules.Contains(value)));
    }

    private ConceptSet AtTime(ConceptSet set, TimeComparison comparison)
    {
        var property = PropertyOf("effectiveTime");
        if (property < 0) return Fits(default, comparison) ? set : ConceptSet.Empty;
        var fitting = system.WithProperty(property, value => Fits(Date(value), comparison));
        // A concept without the property is not yet published.
        return Fits(default, comparison) ? set.Minus(system.WithProperty(property).Minus(fitting)) : set.And(fitting);
    }

    /// <summary>The property is a FHIR date, <c>2026-01-31</c>, or as RF2 writes it.</summary>
    private static EffectiveTime Date(ReadOnlySpan<byte> value)
    {
        if (value is not [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _]) return Time(value);
        return Time([.. value[..4], .. value[5..7], .. value[8..]]);
    }

    private int PropertyOf(string code)
    {
        var properties = system.Info.Properties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i].Code == code) return i;
        }
        return -1;
    }
}

namespace Terminology.Mapping.Lists;

/// <summary>What a column of a source list holds.</summary>
public enum ColumnRole
{
    /// <summary>Nothing of the others; carried along by its name.</summary>
    Other,

    /// <summary>The local code.</summary>
    Code,

    /// <summary>Its name, in a language; several columns may be.</summary>
    Display,

    /// <summary>Further names; several columns may be.</summary>
    Synonym,

    /// <summary>Unit of measure.</summary>
    Unit,

    /// <summary>Specimen, material, fluid.</summary>
    Specimen,

    /// <summary>Method, analyser.</summary>
    Method,

    /// <summary>Panel, order, battery.</summary>
    Panel,

    /// <summary>Kind of result: numeric, coded, text.</summary>
    ValueType,

    /// <summary>Example results or their quantiles.</summary>
    Samples,

    /// <summary>Reference range.</summary>
    ReferenceRange,

    /// <summary>Department, section, category.</summary>
    Department,

    /// <summary>Sending site, system or laboratory.</summary>
    Sender,

    /// <summary>How often used.</summary>
    Frequency,

    /// <summary>When last used.</summary>
    LastUsed,

    /// <summary>Target code of a map that there is already.</summary>
    TargetCode,

    /// <summary>Name of that target.</summary>
    TargetDisplay,

    /// <summary>Code system of that target.</summary>
    TargetSystem,

    /// <summary>Relationship to that target.</summary>
    TargetRelationship,

    /// <summary>State of that map row.</summary>
    TargetStatus,

    /// <summary>Remark on that map row.</summary>
    TargetComment,
}

/// <summary>What follows from a role.</summary>
public static class ColumnRoles
{
    private static readonly (ColumnRole Role, string Name)[] Contexts =
    [
        (ColumnRole.Unit, "unit"), (ColumnRole.Specimen, "specimen"), (ColumnRole.Method, "method"), (ColumnRole.Panel, "panel"), (ColumnRole.ValueType, "valueType"),
        (ColumnRole.ReferenceRange, "referenceRange"), (ColumnRole.Department, "department"), (ColumnRole.Sender, "sender"),
    ];

    /// <summary>May several columns of a list have this role?</summary>
    public static bool MayRepeat(this ColumnRole role) => role is ColumnRole.Other or ColumnRole.Display or ColumnRole.Synonym;

    /// <summary>Name under which values of this role stand in the context of a row (<c>unit</c>, <c>specimen</c> …); null for roles that are no context.</summary>
    public static string? ContextName(this ColumnRole role) => Contexts.FirstOrDefault(context => context.Role == role).Name;

    /// <summary>The roles that are context, in the order in which rows have them.</summary>
    public static IReadOnlyList<ColumnRole> OfContext { get; } = [.. Contexts.Select(context => context.Role)];
}

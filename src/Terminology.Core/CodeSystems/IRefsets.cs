namespace Terminology.CodeSystems;

/// <summary>The reference sets of one SNOMED CT release. Inactive members are kept and told apart by <see cref="RefsetMember.Active"/>.</summary>
/// <remarks>Thread-safe. Rows are built when enumerated; sets are ready-made.</remarks>
public interface IRefsets
{
    /// <summary>Every reference set, by id ascending.</summary>
    IReadOnlyList<RefsetInfo> All { get; }

    /// <summary>Concepts that are active members; empty for an unknown reference set.</summary>
    ConceptSet Members(string refset);

    /// <summary>The reference sets in which a concept is an active member.</summary>
    IReadOnlyList<RefsetInfo> Of(ConceptOrdinal concept);

    /// <summary>The rows of a concept in a reference set, in file order, inactive ones included.</summary>
    IEnumerable<RefsetMember> Rows(string refset, ConceptOrdinal concept);

    /// <summary>All rows of a reference set, in file order, inactive ones included; also those about descriptions or unknown components.</summary>
    IEnumerable<RefsetMember> Rows(string refset);

    /// <summary>The rows of a reference set as a range of positions, in file order; nothing for an unknown reference set.</summary>
    IndexRange Positions(string refset);

    /// <summary>Positions of the rows whose extra column has this value, ascending. Indexed as <see cref="RowsWith"/>.</summary>
    IReadOnlyList<int> PositionsWith(string refset, int column, string value);

    /// <summary>One row as stored.</summary>
    MemberView Member(int position);

    /// <summary>Concepts that are active members by a row whose column, of type c, names a concept of the set. The first question about a column reads all its rows.</summary>
    ConceptSet MembersWith(string refset, int column, ConceptSet values);

    /// <summary>Rows whose extra column has this value: associations by target, maps by map target. Indexed for column types c and for mapTarget; a scan elsewhere.</summary>
    /// <param name="refset">The reference set.</param>
    /// <param name="column">Index into <see cref="RefsetInfo.Columns"/>.</param>
    /// <param name="value">The value, compared exactly.</param>
    IEnumerable<RefsetMember> RowsWith(string refset, int column, string value);
}

/// <summary>What a reference set file says of one reference set in it.</summary>
/// <param name="Id">SCTID of the reference set concept.</param>
/// <param name="Type">What its header makes of it.</param>
/// <param name="Pattern">Column types after referencedComponentId, one letter each: c, i, s (as in the file name).</param>
/// <param name="Columns">Names of these columns, from the header.</param>
public sealed record RefsetInfo(string Id, RefsetType Type, string Pattern, IReadOnlyList<string> Columns)
{
    /// <summary>Code system that a map reference set maps to, when known; else null, and then it is no map.</summary>
    public string? MapTarget { get; init; }
}

/// <summary>Kinds of reference sets, recognised by the header.</summary>
public enum RefsetType
{
    /// <summary>A header we never heard of; kept with all columns.</summary>
    Other,

    /// <summary>No extra column.</summary>
    Simple,

    /// <summary>acceptabilityId.</summary>
    Language,

    /// <summary>targetComponentId.</summary>
    Association,

    /// <summary>valueId.</summary>
    AttributeValue,

    /// <summary>mapTarget.</summary>
    SimpleMap,

    /// <summary>mapGroup, mapPriority, mapRule, mapAdvice, mapTarget, correlationId.</summary>
    ComplexMap,

    /// <summary>As complex, with mapCategoryId.</summary>
    ExtendedMap,

    /// <summary>order, linkedToId or referencedToId.</summary>
    Ordered,

    /// <summary>owlExpression.</summary>
    OwlExpression,

    /// <summary>MRCM domain, attribute domain, attribute range, module scope.</summary>
    Mrcm,

    /// <summary>sourceEffectiveTime, targetEffectiveTime.</summary>
    ModuleDependency,

    /// <summary>attributeDescription, attributeType, attributeOrder.</summary>
    RefsetDescriptor,

    /// <summary>descriptionFormat, descriptionLength.</summary>
    DescriptionType,
}

/// <summary>One row of a reference set as stored.</summary>
public readonly ref struct MemberView
{
    /// <summary>Is the membership in force?</summary>
    public required bool Active { get; init; }

    /// <summary>When this state was published.</summary>
    public required EffectiveTime EffectiveTime { get; init; }

    /// <summary>SCTID of the module.</summary>
    public required string Module { get; init; }

    /// <summary>The member, or <see cref="ConceptOrdinal.None"/> when it is no concept of the release.</summary>
    public required ConceptOrdinal Concept { get; init; }

    /// <summary>The extra columns, separated by TAB.</summary>
    public required ReadOnlySpan<byte> Fields { get; init; }

    /// <summary>The value of an extra column; empty when the row ends before it.</summary>
    public ReadOnlySpan<byte> Field(int column)
    {
        var fields = Fields;
        for (; column > 0; column--)
        {
            var tab = fields.IndexOf((byte)'\t');
            if (tab < 0) return default;
            fields = fields[(tab + 1)..];
        }
        return fields.IndexOf((byte)'\t') is >= 0 and var end ? fields[..end] : fields;
    }
}

/// <summary>One row of a reference set.</summary>
/// <param name="Id">UUID as written.</param>
/// <param name="Refset">SCTID of the reference set.</param>
/// <param name="Active">Is the membership in force?</param>
/// <param name="EffectiveTime">When this state was published.</param>
/// <param name="Module">SCTID of the module.</param>
/// <param name="ReferencedComponent">SCTID of the member.</param>
/// <param name="Fields">The extra columns, in the order of <see cref="RefsetInfo.Columns"/>.</param>
public sealed record RefsetMember(
    string Id, string Refset, bool Active, EffectiveTime EffectiveTime, string Module, string ReferencedComponent, IReadOnlyList<string> Fields);

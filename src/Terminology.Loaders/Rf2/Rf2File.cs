using System.Text.RegularExpressions;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.Rf2;

/// <summary>What an RF2 file holds, by its header line.</summary>
internal enum Rf2Content
{
    Concept,
    Description,
    Relationship,
    ConcreteRelationship,
    Identifier,
    Refset,
}

/// <summary>How much of history an RF2 file holds.</summary>
internal enum Rf2ReleaseType
{
    Snapshot,
    Full,
    Delta,
}

/// <summary>An RF2 file, recognised by the columns of its header; comments before the header are tolerated.</summary>
/// <remarks>SNOMED CT RF2 <see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification">release file specification</see>.</remarks>
internal sealed partial record Rf2File(ReleaseFile File, string Header, Rf2Content Content, Rf2ReleaseType ReleaseType)
{
    private const string Component = "id\teffectiveTime\tactive\tmoduleId\t";

    /// <summary>The columns in order.</summary>
    public string[] Columns { get; } = Header.Split('\t');

    /// <summary>Is the name that of a beta or otherwise unpublished file (x before der2 or sct2)?</summary>
    public bool IsUnpublished => File.Name.StartsWith('x');

    /// <summary>Path of the package that the file belongs to: what stands before the folder of its release type; empty when there is no such folder.</summary>
    public string Package => File.Path.LastIndexOf($"/{ReleaseType}/", StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? File.Path[..at] : "";

    /// <summary>The date in the name, <c>20260101</c>; empty when there is none.</summary>
    public string NameDate => Date().Match(File.Name).Value;

    /// <summary>The name but for its date: the same in every release of a package.</summary>
    public string NameWithoutDate => Date().Replace(File.Name, "");

    public static Rf2File? Recognise(ReleaseFile file)
    {
        if (!file.UnpackedName.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)) return null;
        var header = file.Start().Split('\n').Take(200).Select(line => line.TrimEnd('\r'))
            .FirstOrDefault(line => line.StartsWith("id\teffectiveTime\tactive", StringComparison.Ordinal) || line.StartsWith("alternateIdentifier\t", StringComparison.Ordinal));
        if (header is null) return null;
        Rf2Content? content = header switch
        {
            Component + "definitionStatusId" => Rf2Content.Concept,
            Component + "conceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId" => Rf2Content.Description,
            Component + "sourceId\tdestinationId\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId" => Rf2Content.Relationship,
            Component + "sourceId\tvalue\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId" => Rf2Content.ConcreteRelationship,
            _ when header.StartsWith(Component + "refsetId\treferencedComponentId", StringComparison.Ordinal) => Rf2Content.Refset,
            _ when header.StartsWith("alternateIdentifier\t", StringComparison.Ordinal) => Rf2Content.Identifier,
            _ => null,
        };
        return content is { } known ? new(file, header, known, TypeOf(file.Path)) : null;
    }

    /// <summary>The reference set kind and column types, from header and file name.</summary>
    public (RefsetType Type, string Pattern, string[] Columns) RefsetColumns()
    {
        var columns = Columns[6..];
        var named = RefsetName().Match(File.Name).Groups["pattern"].Value;
        var pattern = named.Length == columns.Length ? named : string.Concat(columns.Select(ColumnType));
        return (TypeOf(columns), pattern, columns);
    }

    private static char ColumnType(string column) => column switch
    {
        "mapGroup" or "mapPriority" or "order" or "attributeOrder" or "descriptionLength" or "mapBlock" => 'i',
        _ when column.EndsWith("Id", StringComparison.Ordinal) => 'c',
        _ => 's',
    };

    private static RefsetType TypeOf(string[] columns) => columns switch
    {
        [] => RefsetType.Simple,
        ["acceptabilityId"] => RefsetType.Language,
        ["targetComponentId"] => RefsetType.Association,
        ["valueId"] => RefsetType.AttributeValue,
        ["mapTarget"] => RefsetType.SimpleMap,
        ["mapGroup", "mapPriority", "mapRule", "mapAdvice", "mapTarget", "correlationId", "mapCategoryId", ..] => RefsetType.ExtendedMap,
        ["mapGroup", "mapPriority", "mapRule", "mapAdvice", "mapTarget", "correlationId", ..] => RefsetType.ComplexMap,
        ["order", ..] => RefsetType.Ordered,
        ["owlExpression"] => RefsetType.OwlExpression,
        ["sourceEffectiveTime", "targetEffectiveTime"] => RefsetType.ModuleDependency,
        ["attributeDescription", "attributeType", "attributeOrder"] => RefsetType.RefsetDescriptor,
        ["descriptionFormat", "descriptionLength"] => RefsetType.DescriptionType,
        _ when columns.Any(column => column is "domainConstraint" or "domainId" or "rangeConstraint" or "mrcmRuleRefsetId") => RefsetType.Mrcm,
        _ => RefsetType.Other,
    };

    private static Rf2ReleaseType TypeOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        foreach (var type in Enum.GetValues<Rf2ReleaseType>())
        {
            if (name.Contains(type.ToString(), StringComparison.OrdinalIgnoreCase)) return type;
        }
        foreach (var type in Enum.GetValues<Rf2ReleaseType>())
        {
            if (path.Contains($"/{type}/", StringComparison.OrdinalIgnoreCase)) return type;
        }
        return Rf2ReleaseType.Snapshot;
    }

    [GeneratedRegex(@"(?<=_)\d{8}(?=\.)", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex("^x?der2_(?<pattern>[cis]*)Refset", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RefsetName();
}

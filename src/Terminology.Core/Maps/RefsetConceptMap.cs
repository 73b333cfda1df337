using System.Globalization;
using System.Text;
using Terminology.CodeSystems;

namespace Terminology.Maps;

/// <summary>A map or association reference set of a SNOMED CT release, seen as a concept map; active rows only.</summary>
internal sealed class RefsetConceptMap : IConceptMap
{
    /// <summary>Map categories that are no match whatever the row says.</summary>
    private const string CannotBeClassified = "447638001", NotClassifiable = "447640006";

    /// <summary>Names of the categories and correlations for releases that carry the map without its metadata.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["447637006"] = "Map source concept is properly classified",
        [CannotBeClassified] = "Map source concept cannot be classified with available data",
        ["447639009"] = "Map of source concept is context dependent",
        [NotClassifiable] = "Map source concept is not classifiable with available data",
        ["447557004"] = "Exact match map from SNOMED CT source code to target code",
        ["447558009"] = "Narrow to broad map from SNOMED CT source code to target code",
        ["447559001"] = "Broad to narrow map from SNOMED CT source code to target code",
        ["447560006"] = "Partial overlap between SNOMED CT source code and target code",
        ["447561005"] = "SNOMED CT source code to target map code correlation not specified",
    };

    private readonly ICodeSystem _snomed;
    private readonly RefsetInfo _refset;
    private readonly ImplicitMaps.Reading _reading;
    private readonly int _target, _group, _priority, _rule, _advice, _correlation, _category;
    private readonly Lazy<int> _count;

    public RefsetConceptMap(ICodeSystem snomed, RefsetInfo refset, ImplicitMaps.Reading reading, string target)
    {
        (_snomed, _refset, _reading) = (snomed, refset, reading);
        _target = refset.Type == RefsetType.Association ? Column("targetComponentId") : Column("mapTarget");
        (_group, _priority, _rule, _advice) = (Column("mapGroup"), Column("mapPriority"), Column("mapRule"), Column("mapAdvice"));
        (_correlation, _category) = (Column("correlationId"), Column("mapCategoryId"));
        Info = new()
        {
            Url = $"{snomed.Info.Url}?fhir_cm={refset.Id}",
            Version = snomed.Info.Version,
            Name = $"SNOMED_CT_{refset.Id}",
            Title = reading.Title,
            Date = snomed.Info.Date,
            Publisher = snomed.Info.Publisher,
            Copyright = snomed.Info.Copyright,
            SourceScope = $"{snomed.Info.Url}?fhir_vs",
            Groups = [new(new(snomed.Info.Url.Value, snomed.Info.Version), new(target))],
        };
        _count = new(() => snomed.Refsets!.Rows(refset.Id).Where(row => row.Active).Select(row => row.ReferencedComponent).Distinct(StringComparer.Ordinal).Count());
    }

    public ConceptMapInfo Info { get; }

    /// <summary>SCTID of the reference set.</summary>
    public string Refset => _refset.Id;

    /// <summary>Is it a historical association: what became of inactive concepts?</summary>
    public bool IsHistory => _refset.Type == RefsetType.Association;

    public int Count => _count.Value;

    public IReadOnlyList<MapElement> Find(int group, string code)
    {
        if (!TerminologyService.TryFind(_snomed, code, out var concept)) return [];
        var rows = _snomed.Refsets!.Rows(_refset.Id, concept).Where(row => row.Active).ToArray();
        return rows.Length == 0 ? [] : [Element(code, rows)];
    }

    public IReadOnlyList<MapElement> FindByTarget(int group, string targetCode)
    {
        var sources = _snomed.Refsets!.RowsWith(_refset.Id, _target, targetCode).Where(row => row.Active).Select(row => row.ReferencedComponent).Distinct(StringComparer.Ordinal);
        return [.. sources.SelectMany(source => Find(group, source))];
    }

    public IEnumerable<MapElement> Elements(int group)
        => _snomed.Refsets!.Rows(_refset.Id).Where(row => row.Active).GroupBy(row => row.ReferencedComponent, StringComparer.Ordinal).Select(rows => Element(rows.Key, [.. rows]));

    private MapElement Element(string code, RefsetMember[] rows)
    {
        if (rows is [var only]) return new(code, [Target(only)]);
        var targets = rows.Select(Target).OrderBy(target => target.RuleGroup).ThenBy(target => target.Priority).ToArray();
        return new(code, targets);
    }

    private MapTarget Target(RefsetMember row)
    {
        var code = row.Fields[_target];
        var (correlation, category) = (Field(row, _correlation), Field(row, _category));
        var properties = new List<KeyValuePair<string, string>>();
        if (correlation is not null) properties.Add(new("correlation", Name(correlation)));
        if (category is not null) properties.Add(new("category", Name(category)));
        return new()
        {
            Code = code.Length == 0 || category is CannotBeClassified or NotClassifiable ? null : code,
            Relationship = Relationship(correlation) ?? _reading.Relationship,
            OriginalRelationship = _reading.Original,
            Comment = Field(row, _advice),
            RuleGroup = Number(row, _group),
            Priority = Number(row, _priority),
            Rule = Field(row, _rule),
            Properties = properties,
        };
    }

    private static MapRelationship? Relationship(string? correlation) => correlation switch
    {
        "447557004" => MapRelationship.Equivalent,
        "447558009" => MapRelationship.SourceIsNarrowerThanTarget,
        "447559001" => MapRelationship.SourceIsBroaderThanTarget,
        _ => null,
    };

    private string Name(string id) => TerminologyService.TryFind(_snomed, id, out var concept) && _snomed.Display(concept) is { Length: > 0 } display
        ? Encoding.UTF8.GetString(display)
        : Names.GetValueOrDefault(id, id);

    private int Column(string name)
    {
        for (var i = 0; i < _refset.Columns.Count; i++)
        {
            if (_refset.Columns[i] == name) return i;
        }
        return -1;
    }

    private static string? Field(RefsetMember row, int column) => column >= 0 && row.Fields[column].Length > 0 ? row.Fields[column] : null;

    private static int Number(RefsetMember row, int column) => Field(row, column) is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

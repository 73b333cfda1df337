using System.Text.RegularExpressions;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>A map out of a table with named columns, long or wide, ours or somebody's: the names that are common for codes and displays are known.</summary>
internal sealed partial class TableReader(Sheet sheet, MapFormatOptions options, MapBuilder builder)
{
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["sourceCode"] = ["source code", "code", "local code", "source concept code"],
        ["sourceDisplay"] = ["source display", "source name", "source code description", "display", "name", "description", "source concept name"],
        ["sourceSystem"] = ["source system", "source code system"],
        ["targetCode"] = ["target code", "target concept code", "target"],
        ["targetDisplay"] = ["target display", "target name", "target concept name"],
        ["targetSystem"] = ["target system", "target code system"],
        ["relationship"] = ["equivalence", "relationship type", "mapping type", "map type", "predicate"],
        ["comment"] = ["note", "notes", "remark"],
        ["noMap"] = ["no map"],
    };

    private readonly HashSet<int> _known = [];

    public ReadMap Read()
    {
        var source = TableWriter.SourceColumns.ToDictionary(column => column.Name, column => Find(column.Name));
        if (source["sourceCode"] < 0) sheet.Needed("sourceCode");
        var row = TableWriter.RowColumns.ToDictionary(column => column.Name, column => Find(column.Name));
        var targets = Targets();
        var beside = Enumerable.Range(0, sheet.Columns.Count).Where(at => !_known.Contains(at) && sheet.Columns[at].Length > 0)
            .Select(at => (At: at, Name: FormulaGuard.Read(sheet.Columns[at]) is var name && name.StartsWith(TableWriter.Context, StringComparison.OrdinalIgnoreCase) ? name[TableWriter.Context.Length..].Trim() : name))
            .Where(column => column.Name.Length > 0).ToArray();
        sheet.ReadInto(builder, cells => Line(cells, source, row, targets, beside));
        return builder.Done(new() { Lines = [] });
    }

    /// <summary>Columns of the first, second … target: without number in a long table.</summary>
    private List<Dictionary<string, int>> Targets()
    {
        var found = new List<Dictionary<string, int>>();
        var first = TableWriter.TargetColumns.ToDictionary(column => column.Name, column => Find(column.Name));
        if (first["targetCode"] >= 0 || sheet.Find("targetCode 1") < 0)
        {
            found.Add(first);
            return found;
        }
        for (var number = 1; sheet.Find($"targetCode {number}") >= 0; number++)
        {
            var columns = TableWriter.TargetColumns.ToDictionary(column => column.Name, column => sheet.Find($"{column.Name} {number}"));
            _known.UnionWith(columns.Values);
            found.Add(columns);
        }
        return found;
    }

    private int Find(string ours)
    {
        var at = sheet.Find(ours, Names.GetValueOrDefault(ours, []));
        _known.Add(at);
        return at;
    }

    private MapLine Line(SheetRow cells, Dictionary<string, int> source, Dictionary<string, int> row, List<Dictionary<string, int>> targets, (int At, string Name)[] beside)
    {
        var code = Code(cells, source["sourceCode"]) ?? throw new CellFault("the source code is missing.", source["sourceCode"]);
        var read = targets.Select(columns => Target(cells, columns)).OfType<RowTarget>().ToArray();
        var none = NoMap(cells, row);
        if (none is not null && read.Length > 0) throw new CellFault("the row gives a target and says that there is none; keep one of them.", row["noMap"]);
        var orphan = read.Length == 0 ? Text(cells, targets[0]["comment"]) : null;
        return new()
        {
            System = Code(cells, source["sourceSystem"]) ?? options.SourceSystem,
            SystemVersion = Text(cells, source["sourceVersion"]),
            Code = code,
            Display = Text(cells, source["sourceDisplay"]),
            Context = [.. beside.Select(column => new KeyValuePair<string, string>(column.Name, Text(cells, column.At) ?? "")).Where(pair => pair.Value.Length > 0)],
            Content = new() { Targets = read, NoMap = none },
            State = State(cells, row["state"]),
            Author = Text(cells, row["author"]),
            AuthoredAt = Moment(cells, row["authoredAt"]),
            Reviewer = Text(cells, row["reviewer"]),
            ReviewedAt = Moment(cells, row["reviewedAt"]),
            // What is said of a target that is not there is said of the row.
            Comment = Text(cells, row["rowComment"]) ?? orphan,
            Line = cells.Line,
        };
    }

    private RowTarget? Target(SheetRow cells, Dictionary<string, int> columns)
    {
        if (Code(cells, columns["targetCode"]) is not { } code) return null;
        var (relationship, original) = Relationship(cells, columns["relationship"]);
        return new()
        {
            System = Code(cells, columns["targetSystem"]) ?? options.TargetSystem ?? throw new CellFault("the code system of the target is not said; fill a column targetSystem or name it for the whole file.", columns["targetSystem"]),
            Version = Text(cells, columns["targetVersion"]),
            Code = code,
            Display = Text(cells, columns["targetDisplay"]),
            Relationship = relationship,
            OriginalRelationship = Text(cells, columns["originalRelationship"]) ?? original,
            Comment = Text(cells, columns["comment"]),
            DependsOn = PairsText.TryRead(Text(cells, columns["dependsOn"]) ?? "", out IReadOnlyList<MapDependency> conditions, out var problem) ? conditions : throw new CellFault(problem + ".", columns["dependsOn"]),
            Products = PairsText.TryRead(Text(cells, columns["products"]) ?? "", out IReadOnlyList<MapDependency> products, out problem) ? products : throw new CellFault(problem + ".", columns["products"]),
            RuleGroup = Integer(cells, columns["ruleGroup"]),
            Priority = Integer(cells, columns["priority"]),
            Rule = Text(cells, columns["rule"]),
            EffectiveFrom = Day(cells, columns["effectiveFrom"]),
            EffectiveTo = Day(cells, columns["effectiveTo"]),
            Confidence = Sheet.TryNumber(Text(cells, columns["confidence"]), out var confidence) ? confidence : throw new CellFault("the confidence must be a number from 0 to 1.", columns["confidence"]),
            Justification = Text(cells, columns["justification"]),
            Properties = PairsText.TryRead(Text(cells, columns["properties"]) ?? "", out IReadOnlyList<KeyValuePair<string, string>> properties, out problem) ? properties : throw new CellFault(problem + ".", columns["properties"]),
        };
    }

    private (MapRelationship Relationship, string? Original) Relationship(SheetRow cells, int column)
    {
        if (Text(cells, column) is not { } word)
        {
            builder.Lose("relationship", "The file does not say how source stands to target; related-to was taken.");
            return (MapRelationship.RelatedTo, null);
        }
        return RelationshipWords.TryRead(word, options.Wider ?? WiderMeans.TargetMeansMore, out var relationship, out var original)
            ? (relationship, original)
            : throw new CellFault($"'{word}' is no relationship that is known; {RelationshipWords.Known} are.", column);
    }

    private static NoMap? NoMap(SheetRow cells, Dictionary<string, int> row)
    {
        var said = Text(cells, row["noMap"])?.Trim().ToLowerInvariant() switch
        {
            null or "false" or "no" or "0" or "n" => false,
            "true" or "yes" or "1" or "y" or "x" => true,
            var other => throw new CellFault($"'{other}' must be TRUE or FALSE.", row["noMap"]),
        };
        var none = new NoMap(Text(cells, row["noMapReason"]), Text(cells, row["noMapText"])) { Request = Text(cells, row["noMapRequest"]) };
        return said || none != new NoMap() ? none : null;
    }

    private static MapRowState? State(SheetRow cells, int column)
        => Text(cells, column) is not { } word ? null : StateWords.TryRead(word, out var state) ? state : throw new CellFault($"'{word}' is no state; {StateWords.Known} are.", column);

    private static DateTimeOffset? Moment(SheetRow cells, int column)
        => Sheet.TryMoment(Text(cells, column), out var moment) ? moment : throw new CellFault("this must be a moment such as 2026-11-26T08:30:00+00:00 or a day such as 2026-11-26.", column);

    private static DateOnly? Day(SheetRow cells, int column) => Sheet.TryDay(Text(cells, column), out var day) ? day : throw new CellFault("this must be a day such as 2026-11-26.", column);

    private static int Integer(SheetRow cells, int column) => Sheet.TryInteger(Text(cells, column), out var number) ? number : throw new CellFault("this must be a whole number.", column);

    private static string? Text(SheetRow cells, int column) => cells[column] is { } text ? FormulaGuard.Read(text) : null;

    private static string? Code(SheetRow cells, int column) => Text(cells, column)?.Trim() switch
    {
        null or "" => null,
        { } code when RoundedNumber().IsMatch(code) => throw new CellFault($"'{code}' is what a spreadsheet makes of a long code that it takes for a number; format the column as text and enter the code again.", column),
        { } code => code,
    };

    [GeneratedRegex(@"^\d[.,]\d+E\+\d+$")]
    private static partial Regex RoundedNumber();
}

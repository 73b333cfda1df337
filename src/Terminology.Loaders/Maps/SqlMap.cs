using System.Text.RegularExpressions;
using Terminology.Issues;
using Terminology.Mapping.Exchange;

namespace Terminology.Loaders.Maps;

/// <summary>SQL that any database takes: one table, one INSERT for each target, and for each row without one; texts as literals with their quotes doubled.</summary>
/// <remarks>Standard SQL: MySQL needs <c>NO_BACKSLASH_ESCAPES</c>, or takes a backslash in a text for an escape.</remarks>
internal sealed partial class SqlMap : MapFormat
{
    public override string Name => "sql";

    public override string Title => "SQL";

    public override bool Reads => false;

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps => RowTable.Keeps;

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        if (!TableForm().IsMatch(options.TableName)) throw new TerminologyException(IssueType.Invalid, "MAP_TABLE_NAME", $"'{options.TableName}' cannot be the name of a table: letters, digits and underscores, a letter first, and one dot behind a schema.");
        using var writer = MapText.Writer(stream);
        writer.Write($"CREATE TABLE {options.TableName} ({string.Join(", ", RowTable.Columns.Select(column => $"{column.Name} {(column.Name is "rule_group" or "priority" ? "INTEGER" : "VARCHAR(4000)")}"))});\n");
        foreach (var (line, target) in RowTable.Rows(map))
        {
            writer.Write($"INSERT INTO {options.TableName} ({string.Join(", ", RowTable.Columns.Select(column => column.Name))}) VALUES ({string.Join(", ", RowTable.Columns.Select(column => Literal(column.Name, column.Of(line, target))))});\n");
        }
        return [.. MapFeatures.Missing(map, this)];
    }

    private static string Literal(string column, string? value)
        => string.IsNullOrEmpty(value) ? "NULL" : column is "rule_group" or "priority" ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[A-Za-z]\w*(\.[A-Za-z]\w*)?$")]
    private static partial Regex TableForm();
}

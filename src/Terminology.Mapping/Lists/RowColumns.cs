namespace Terminology.Mapping.Lists;

/// <summary>The columns of a table by what they hold; makes rows of lines.</summary>
internal sealed class RowColumns
{
    private readonly (int Index, string Name)[] _other;
    private readonly (int Index, string Language)[] _displays, _synonyms;
    private readonly (int Index, string Name)[] _context;
    private readonly int[] _key;
    private readonly int _code, _frequency, _lastUsed, _samples;
    private readonly int[] _target;
    private readonly IReadOnlyList<string> _names;

    public RowColumns(ListTable table, ListRecipe recipe)
    {
        if (recipe.MissingFrom(table.Columns) is [var missing, ..]) throw new ArgumentException($"The list has no column '{missing}'; its columns are {string.Join(", ", table.Columns)}.");
        foreach (var twice in recipe.Columns.GroupBy(column => column.Role).Where(group => group.Count() > 1 && !group.Key.MayRepeat()))
        {
            throw new ArgumentException($"The columns {string.Join(" and ", twice.Select(column => $"'{column.Name}'"))} cannot both be the {twice.Key}.");
        }
        if (recipe.Columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } two) throw new ArgumentException($"The column '{two.Key}' has two roles.");
        _names = table.Columns;
        _code = Index(ColumnRole.Code);
        if (_code < 0) throw new ArgumentException("The recipe does not say which column holds the code.");
        (_frequency, _lastUsed, _samples) = (Index(ColumnRole.Frequency), Index(ColumnRole.LastUsed), Index(ColumnRole.Samples));
        _displays = Texts(ColumnRole.Display);
        _synonyms = Texts(ColumnRole.Synonym);
        _context = [.. ColumnRoles.OfContext.Select(role => (Index: Index(role), Name: role.ContextName()!)).Where(column => column.Index >= 0)];
        _target = [.. new[] { ColumnRole.TargetSystem, ColumnRole.TargetCode, ColumnRole.TargetDisplay, ColumnRole.TargetRelationship, ColumnRole.TargetStatus, ColumnRole.TargetComment }.Select(Index)];
        _key = recipe.KeyColumns.Count == 0 ? [_code] : [.. recipe.KeyColumns.Select(table.IndexOf)];
        var named = recipe.Columns.Where(column => column.Role != ColumnRole.Other).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        _other = [.. table.Columns.Select((name, index) => (Index: index, Name: name)).Where(column => !named.Contains(column.Name))];

        int Index(ColumnRole role) => recipe.Columns.FirstOrDefault(column => column.Role == role) is { } found ? table.IndexOf(found.Name) : -1;

        (int, string)[] Texts(ColumnRole role) => [.. recipe.Columns.Where(column => column.Role == role).Select(column => (table.IndexOf(column.Name), column.Language ?? recipe.Language ?? ""))];
    }

    public SourceRow Row(ListLine line)
    {
        var fields = line.Fields;
        var (frequency, lastUsed) = (Field(_frequency), Field(_lastUsed));
        var (count, date) = (ValueReader.Count(frequency), ValueReader.Date(lastUsed));
        var extra = Pairs(fields, _other);
        if (frequency.Length > 0 && count is null) extra.Add(new(_names[_frequency], frequency));
        if (lastUsed.Length > 0 && date is null) extra.Add(new(_names[_lastUsed], lastUsed));
        return new()
        {
            Key = SourceRow.KeyOf([.. _key.Select(index => fields[index])]) is var key && TextRepair.Visible(fields[_code]).Length > 0 ? key : "",
            Code = fields[_code],
            Displays = Texts(fields, _displays),
            Synonyms = Texts(fields, _synonyms),
            Context = Pairs(fields, _context),
            Extra = extra,
            Frequency = count,
            LastUsed = date,
            Samples = Field(_samples),
            Target = _target.Any(index => Field(index).Length > 0) ? new(Field(_target[0]), Field(_target[1]), Field(_target[2]), Field(_target[3]), Field(_target[4]), Field(_target[5])) : null,
            Line = line.Line,
        };

        string Field(int index) => index < 0 ? "" : fields[index];
    }

    private static List<KeyValuePair<string, string>> Pairs(IReadOnlyList<string> fields, (int Index, string Name)[] columns)
    {
        var pairs = new List<KeyValuePair<string, string>>(columns.Length);
        foreach (var (index, name) in columns)
        {
            if (!string.IsNullOrWhiteSpace(fields[index])) pairs.Add(new(name, fields[index]));
        }
        return pairs;
    }

    private static List<LanguageText> Texts(IReadOnlyList<string> fields, (int Index, string Language)[] columns)
    {
        var texts = new List<LanguageText>(columns.Length);
        foreach (var (index, language) in columns)
        {
            if (!string.IsNullOrWhiteSpace(fields[index])) texts.Add(new(language, fields[index]));
        }
        return texts;
    }
}

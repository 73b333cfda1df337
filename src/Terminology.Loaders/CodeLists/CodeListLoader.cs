using System.Globalization;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.CodeLists;

/// <summary>A local code system from a table: any delimiter, quoting and encoding; columns by the names people give them, or by <c>--column role=name</c>.</summary>
internal sealed class CodeListLoader : IReleaseLoader
{
    /// <summary>Names by which a column is known, in order of preference.</summary>
    internal static readonly Dictionary<string, string[]> Roles = new(StringComparer.Ordinal)
    {
        ["code"] = ["code", "localcode", "sourcecode", "kode", "koodi", "codigo", "schluessel", "id", "testcode", "itemid", "mnemonic"],
        ["display"] = ["display", "name", "localname", "sourcename", "description", "bezeichnung", "text", "label", "benennung", "libelle", "navn", "nimi", "testname", "term", "longname", "title"],
        ["status"] = ["status", "active", "inactive"],
        ["frequency"] = ["frequency", "count", "usage", "anzahl", "haeufigkeit", "häufigkeit", "volume", "n"],
        ["unit"] = ["unit", "units", "uom", "einheit", "yksikkö", "yksikko", "unité", "unite"],
        ["specimen"] = ["specimen", "sample", "material", "fluid", "specimentype", "probe", "probenmaterial"],
        ["method"] = ["method", "methode", "méthode", "technique", "verfahren"],
        ["category"] = ["category", "class", "group", "kategorie", "section", "department", "panel"],
    };

    /// <summary>Columns that say in which context a code is used; they become properties of these names.</summary>
    private static readonly string[] ContextRoles = ["frequency", "unit", "specimen", "method", "category"];

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = new List<RecognisedRelease>();
        ReleaseFormat? unreadable = null;
        foreach (var file in files.Files.Where(file => file.UnpackedName is var name && (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))))
        {
            using var rows = Open(file, options, out var problem);
            unreadable ??= file.UnpackedName.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) ? null : problem;
            if (rows is null || Find(rows, "code", options) is null) continue;
            var name = Path.GetFileNameWithoutExtension(file.UnpackedName);
            var id = options.As ?? new VersionedUrl($"urn:terminology:list:{name}");
            found.Add(new CodeList(file, options)
            {
                Info = new()
                {
                    Id = id,
                    Title = $"Code list {name}",
                    Format = "csv",
                    CodeSystem = new() { Url = new(id.Url), Version = id.Version, Name = name, Title = $"Code list {name}", HierarchyMeaning = null },
                },
                Files = [file],
            });
        }
        return found.Count == 0 && unreadable is not null ? throw unreadable : found;
    }

    internal static string? Find(CsvRows rows, string role, ImportOptions options)
    {
        if (options.Columns.TryGetValue(role, out var named)) return rows.Has(named) ? named : throw new ReleaseFormat($"there is no column '{named}' for {role}; the columns are {string.Join(", ", rows.Columns)}.", null);
        return Roles[role].FirstOrDefault(rows.Has);
    }

    private static CsvRows? Open(ReleaseFile file, ImportOptions options, out ReleaseFormat? problem)
    {
        problem = null;
        try
        {
            return new(file, new LoadReport(), options.Encoding);
        }
        catch (ReleaseFormat caught)
        {
            problem = caught;
            return null;
        }
    }

    private sealed class CodeList(ReleaseFile file, ImportOptions options) : RecognisedRelease
    {
        private static readonly HashSet<string> Off = new(["0", "false", "inactive", "retired", "no", "n", "obsolete"], StringComparer.OrdinalIgnoreCase);

        public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
        {
            report.Progress.TotalBytes = file.Length;
            using var rows = new CsvRows(file, report, options.Encoding);
            var code = Find(rows, "code", options)!;
            var (display, status) = (Find(rows, "display", options), Find(rows, "status", options));
            var context = ContextRoles.Select(role => (Role: role, Column: Find(rows, role, options))).Where(item => item.Column is not null).ToArray();
            var extra = rows.Columns.Select((name, index) => (Name: context.FirstOrDefault(item => CsvRows.Same(item.Column!, name)).Role ?? name.Trim(), Index: index))
                .Where(column => column.Name.Length > 0 && !CsvRows.Same(column.Name, code) && (display is null || !CsvRows.Same(column.Name, display))).ToArray();
            sink.Begin(info with
            {
                CodeSystem = info.CodeSystem! with { Version = info.Id.Version, Properties = [.. extra.Select(column => new PropertyDefinition(column.Name, TypeOf(column.Name))).DistinctBy(property => property.Code)] },
            });
            var seen = new Dictionary<string, long>(StringComparer.Ordinal);
            while (rows.Read())
            {
                if (rows.Counts.Read % 4096 == 0) cancel.ThrowIfCancellationRequested();
                var value = rows[code];
                if (value.Length == 0)
                {
                    rows.Reject(code, "the code is empty.");
                    continue;
                }
                if (!seen.TryAdd(value, rows.Line))
                {
                    rows.Reject(code, $"the code '{value}' stands in line {seen[value]} already; the first row counts.");
                    continue;
                }
                var key = Encoding.UTF8.GetBytes(value);
                var inactive = status is not null && (CsvRows.Same(status, "inactive") ? !Off.Contains(rows[status]) && rows[status].Length > 0 : Off.Contains(rows[status]));
                sink.Concept(new() { Code = key, Flags = inactive ? ConceptFlags.Inactive : ConceptFlags.None });
                if (display is not null && rows[display] is { Length: > 0 } name) sink.Designation(new() { Concept = key, Value = Encoding.UTF8.GetBytes(name), Use = DesignationUses.Display, Language = "", Active = true });
                foreach (var (property, index) in extra)
                {
                    if (rows[index] is not { Length: > 0 } text) continue;
                    var type = TypeOf(property);
                    if (type == PropertyType.Decimal && !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                    {
                        rows.Counts.Warn(rows.Line, $"'{text}' is no number; the frequency of '{value}' is left out.", index + 1);
                        continue;
                    }
                    sink.Property(new() { Concept = key, Property = Encoding.UTF8.GetBytes(property), Type = type, Value = Encoding.UTF8.GetBytes(text), Active = true });
                }
            }
        }

        private static PropertyType TypeOf(string property) => property == "frequency" ? PropertyType.Decimal : PropertyType.String;
    }
}

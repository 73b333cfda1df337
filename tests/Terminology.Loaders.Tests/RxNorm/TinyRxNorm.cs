using System.Text;

namespace Terminology.Loaders.RxNorm;

/// <summary>An RxNorm release of one test: RRF tables as the real files.</summary>
internal sealed class TinyRxNorm(string folder = "RxNorm_full_01052026/rrf/")
{
    private readonly Dictionary<string, StringBuilder> _tables = new(StringComparer.Ordinal) { ["RXNCONSO"] = new() };
    private int _next = 1000;

    /// <summary>An atom; those of other sources have a code of their own.</summary>
    public TinyRxNorm Atom(int rxcui, string name, string type, string suppress = "N", string source = "RXNORM", string? code = null, string cvf = "")
        => Row("RXNCONSO", rxcui, "ENG", "", "", "", "", "", _next++, "", code ?? $"{rxcui}", "", source, type, code ?? $"{rxcui}", name, "", suppress, cvf);

    /// <summary>Both rows of a relation: <paramref name="from"/> <paramref name="relation"/> <paramref name="to"/>.</summary>
    public TinyRxNorm Relation(int from, string relation, int to, string inverse)
        => Row("RXNREL", to, "", "CUI", "RO", from, "", "CUI", relation, _next++, "", "RXNORM", "", "", "", "", "").Row("RXNREL", from, "", "CUI", "RO", to, "", "CUI", inverse, _next++, "", "RXNORM", "", "", "", "", "");

    public TinyRxNorm Attribute(int rxcui, string name, string value, string source = "RXNORM", string suppress = "N")
        => Row("RXNSAT", rxcui, "", "", "", "CUI", rxcui, _next++, "", name, source, value, suppress, "");

    public TinyRxNorm SemanticType(int rxcui, string type) => Row("RXNSTY", rxcui, "T121", "A1", type, "", "");

    public TinyRxNorm Source(string abbreviation, string restriction, string version = "")
        => Row("RXNSAB", "", "", "", abbreviation, $"{abbreviation} name", "", version, "", "", "", "", "", "", restriction, "", "", "", "", "", "ENG", "UTF-8", "Y", "Y", "", "");

    public TinyRxNorm Archived(int rxcui, string name, int mergedTo)
        => Row("RXNATOMARCHIVE", _next++, "", name, "", "", "", rxcui, "N", "ENG", "", "", "", rxcui, "RXNORM", "SCD", mergedTo);

    public TinyRxNorm Replaced(int old, int replacement) => Row("RXNCUI", old, "A", "B", 1, replacement);

    public string Write(string path)
    {
        foreach (var (table, rows) in _tables)
        {
            var file = Path.Combine(path, folder, table + ".RRF");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, rows.ToString());
        }
        return path;
    }

    public ImportedRelease Load(ImportOptions? options = null)
    {
        using var files = new TemporaryFiles();
        return ImportedRelease.Load(Write(files.Path), options);
    }

    private TinyRxNorm Row(string table, params object[] fields)
    {
        if (!_tables.TryGetValue(table, out var rows)) _tables[table] = rows = new();
        rows.Append(string.Concat(fields.Select(field => $"{field}|"))).Append('\n');
        return this;
    }
}

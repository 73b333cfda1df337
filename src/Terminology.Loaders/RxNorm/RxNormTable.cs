using System.Buffers.Text;
using System.Text;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.RxNorm;

/// <summary>One RxNorm table: an RRF file in the order of its specification, or a CSV export with a header, read by the columns of the specification.</summary>
/// <remarks>NLM <see href="https://www.nlm.nih.gov/research/umls/rxnorm/docs/techdoc.html">RxNorm technical documentation</see>.</remarks>
internal sealed class RxNormTable : IDisposable
{
    private static readonly Dictionary<string, string[]> Layouts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["RXNCONSO"] = ["RXCUI", "LAT", "TS", "LUI", "STT", "SUI", "ISPREF", "RXAUI", "SAUI", "SCUI", "SDUI", "SAB", "TTY", "CODE", "STR", "SRL", "SUPPRESS", "CVF"],
        ["RXNREL"] = ["RXCUI1", "RXAUI1", "STYPE1", "REL", "RXCUI2", "RXAUI2", "STYPE2", "RELA", "RUI", "SRUI", "SAB", "SL", "DIR", "RG", "SUPPRESS", "CVF"],
        ["RXNSAT"] = ["RXCUI", "LUI", "SUI", "RXAUI", "STYPE", "CODE", "ATUI", "SATUI", "ATN", "SAB", "ATV", "SUPPRESS", "CVF"],
        ["RXNSTY"] = ["RXCUI", "TUI", "STN", "STY", "ATUI", "CVF"],
        ["RXNSAB"] = ["VCUI", "RCUI", "VSAB", "RSAB", "SON", "SF", "SVER", "VSTART", "VEND", "IMETA", "RMETA", "SLC", "SCC", "SRL", "TFR", "CFR", "CXTY", "TTYL", "ATNL", "LAT", "CENC", "CURVER", "SABIN", "SSN", "SCIT"],
        ["RXNATOMARCHIVE"] = ["RXAUI", "AUI", "STR", "ARCHIVE_TIMESTAMP", "CREATED_TIMESTAMP", "UPDATED_TIMESTAMP", "CODE", "IS_BRAND", "LAT", "LAST_RELEASED", "SAUI", "VSAB", "RXCUI", "SAB", "TTY", "MERGED_TO_RXCUI"],
        ["RXNCUI"] = ["CUI1", "VER_START", "VER_END", "CARDINALITY", "CUI2"],
    };

    private readonly DelimitedRows? _rrf;
    private readonly CsvRows? _csv;
    private readonly string[] _columns;

    public RxNormTable(ReleaseFile file, LoadReport report, string? encoding)
    {
        _columns = Layouts[NameOf(file)];
        if (IsCsv(file)) _csv = new(file, report, encoding);
        else _rrf = new(file, '|', _columns.Length, report, encoding, header: null);
    }

    public FileReport Counts => _rrf?.Counts ?? _csv!.Counts;

    public long Line => _rrf?.Line ?? _csv!.Line;

    /// <summary>Which table a file is, or null.</summary>
    public static string? TableOf(ReleaseFile file)
    {
        if (!Layouts.ContainsKey(NameOf(file))) return null;
        var isTable = IsCsv(file)
            ? file.FirstLine().Contains("RXCUI", StringComparison.OrdinalIgnoreCase) || file.FirstLine().Contains("CUI1", StringComparison.OrdinalIgnoreCase)
            : file.UnpackedName.EndsWith(".rrf", StringComparison.OrdinalIgnoreCase);
        return isTable ? NameOf(file).ToUpperInvariant() : null;
    }

    /// <summary>The place of a column of the specification, for reading it in every row.</summary>
    public static int Column(string table, string column) => Array.IndexOf(Layouts[table], column);

    public bool Read() => _rrf?.Read() ?? _csv!.Read();

    /// <summary>A field of the row just read as UTF-8, empty when an export leaves the column out.</summary>
    public ReadOnlySpan<byte> this[int column] => _rrf is not null ? _rrf[column] : Encoding.UTF8.GetBytes(_csv![_columns[column]]);

    public string Text(int column) => _rrf is not null ? Encoding.UTF8.GetString(_rrf[column]) : _csv![_columns[column]];

    /// <summary>A concept identifier, or 0.</summary>
    public int Rxcui(int column) => Utf8Parser.TryParse(this[column], out int number, out var length) && length == this[column].Length && number > 0 ? number : 0;

    public void Reject(int column, string reason) => Counts.Reject(Line, reason, column + 1);

    public void Dispose()
    {
        _rrf?.Dispose();
        _csv?.Dispose();
    }

    private static string NameOf(ReleaseFile file) => Path.GetFileNameWithoutExtension(file.UnpackedName);

    private static bool IsCsv(ReleaseFile file) => file.UnpackedName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
}

using System.Text;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.RxNorm;

/// <summary>One RxNorm table by column name: an RRF file in the order of its specification, or a CSV export with a header.</summary>
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
    private readonly string[] _columns = [];

    public RxNormTable(ReleaseFile file, LoadReport report, string? encoding)
    {
        if (IsCsv(file))
        {
            _csv = new(file, report, encoding);
            return;
        }
        _columns = Layouts[NameOf(file)];
        _rrf = new(file, '|', _columns.Length, report, encoding, header: null);
    }

    public FileReport Counts => _rrf?.Counts ?? _csv!.Counts;

    public long Line => _rrf?.Line ?? _csv!.Line;

    /// <summary>Which table a file is, or null.</summary>
    public static string? TableOf(ReleaseFile file) => Layouts.ContainsKey(NameOf(file)) && (IsCsv(file) ? file.FirstLine().Contains("RXCUI", StringComparison.OrdinalIgnoreCase) || file.FirstLine().Contains("CUI1", StringComparison.OrdinalIgnoreCase) : file.UnpackedName.EndsWith(".rrf", StringComparison.OrdinalIgnoreCase))
        ? NameOf(file).ToUpperInvariant()
        : null;

    public bool Read() => _rrf?.Read() ?? _csv!.Read();

    /// <summary>Is the field this text? Without making a string.</summary>
    public bool Is(int column, string name, ReadOnlySpan<byte> value) => _rrf is not null ? _rrf[column].SequenceEqual(value) : _csv![name] == Encoding.UTF8.GetString(value);

    public string this[string column]
    {
        get
        {
            if (_csv is not null) return _csv[column];
            var at = Array.IndexOf(_columns, column);
            return Encoding.UTF8.GetString(_rrf![at]);
        }
    }

    public void Reject(string column, string reason) => Counts.Reject(Line, reason, Math.Max(Array.IndexOf(_columns, column), 0) + 1);

    public void Dispose()
    {
        _rrf?.Dispose();
        _csv?.Dispose();
    }

    private static string NameOf(ReleaseFile file) => Path.GetFileNameWithoutExtension(file.UnpackedName);

    private static bool IsCsv(ReleaseFile file) => file.UnpackedName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
}

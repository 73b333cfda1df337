using Terminology.Issues;

namespace Terminology.Loaders.Maps;

/// <summary>The file formats of maps.</summary>
public static class MapFormats
{
    /// <summary>All of them, those first by which a file is recognised most surely.</summary>
    public static IReadOnlyList<MapFormat> All { get; } =
    [
        new NdjsonMap(), new FhirMap(r5: true), new FhirMap(r5: false), new Fsh.FshMap(), new SssomMap(), new UsagiMap(), new OmopSourceToConceptMap(), new LivdMap(), new V2ToFhirMap(),
        new GemMap(), new Rf2MapRefset(Rf2MapKind.Extended), new Rf2MapRefset(Rf2MapKind.Complex), new Rf2MapRefset(Rf2MapKind.Simple), new Snap2SnomedMap(), new OclMap(), new RelmaMap(), new CsvMap(','), new CsvMap('\t'), new XlsxMap(),
        new RhapsodyMap(), new CloverleafMap(), new SqlMap(), new ParquetMap(),
    ];

    /// <summary>The format of this name, whatever its case.</summary>
    /// <exception cref="NotSupported">There is none: names those that there are.</exception>
    public static MapFormat Find(string name) => All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new NotSupported($"'{name}' is no format of maps; {string.Join(", ", All.Select(format => format.Name))} are.");

    /// <summary>The format that a file has.</summary>
    /// <param name="name">Name of the file, without folders.</param>
    /// <param name="start">Its first bytes; a few thousand are enough.</param>
    /// <returns>Null when no format is sure of it.</returns>
    public static MapFormat? Sniff(string name, ReadOnlyMemory<byte> start)
    {
        var beginning = new MapFileStart(name, start);
        return All.FirstOrDefault(format => format.Reads && format.Recognises(beginning));
    }
}

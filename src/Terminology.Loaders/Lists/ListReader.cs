using System.IO.Compression;
using Terminology.Issues;
using Terminology.Mapping.Lists;

namespace Terminology.Loaders.Lists;

/// <summary>Reads source lists as people have them: delimited text of any kind, workbooks (.xlsx), FHIR CodeSystem and ValueSet in JSON. What a recipe leaves open is found out.</summary>
/// <remarks>Delimited text is read twice, once for its encoding and once for its rows; memory grows with the rows that are kept. Thread-safe.</remarks>
public static class ListReader
{
    /// <summary>Most rows of a list.</summary>
    public const int MostRows = 5_000_000;

    /// <summary>Reads a file; a <c>.gz</c> is seen through.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipe">How to read it; null: everything is found out.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="ReleaseFormat">There is no such file, it is empty or damaged as a whole, or the recipe does not fit: names the column that is missing. A broken row is no exception, see <see cref="ListTable.Problems"/>.</exception>
    public static ReadList Read(string path, ListRecipe? recipe = null, CancellationToken cancel = default)
    {
        if (!File.Exists(path)) throw new ReleaseFormat("there is no such file.", path);
        return Read(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan), Path.GetFileName(path), recipe, cancel);
    }

    /// <summary>Reads what a function opens; it is called more than once and each stream is closed.</summary>
    /// <param name="open">Opens the content from its beginning.</param>
    /// <param name="name">Name of the file: its ending tells a <c>.gz</c>, all else is told by the content.</param>
    /// <param name="recipe">How to read it; null: everything is found out.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="ReleaseFormat">It is empty or damaged as a whole, or the recipe does not fit: names the column that is missing.</exception>
    public static ReadList Read(Func<Stream> open, string name, ListRecipe? recipe = null, CancellationToken cancel = default)
    {
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            var packed = open;
            (open, name) = (() => new GZipStream(packed(), CompressionMode.Decompress), name[..^3]);
        }
        try
        {
            var read = Kind(open) switch
            {
                ListKind.Empty => throw new ReleaseFormat("the file is empty.", name),
                ListKind.Workbook => WorkbookList.Read(open, name, recipe ?? new(), cancel),
                ListKind.OldWorkbook => throw new ReleaseFormat("this is a workbook of the old format .xls; save it as .xlsx or CSV.", name),
                ListKind.Fhir => FhirList.Read(open, name, recipe ?? new()),
                _ => TextList.Read(open, name, recipe ?? new(), cancel),
            };
            if (read.Recipe.MissingFrom(read.Table.Columns) is [var missing, ..]) throw new ReleaseFormat($"the recipe of this list needs the column '{missing}', which the file does not have; its columns are {string.Join(", ", read.Table.Columns.Take(50))}.", name, 1);
            return read;
        }
        catch (InvalidDataException)
        {
            throw new ReleaseFormat("the compressed data breaks off or is damaged; fetch the file again.", name);
        }
    }

    private enum ListKind
    {
        Empty,
        Text,
        Workbook,
        OldWorkbook,
        Fhir,
    }

    private static ListKind Kind(Func<Stream> open)
    {
        var start = new byte[512];
        using var stream = open();
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var bytes = start.AsSpan(0, length);
        if (bytes.StartsWith("PK\u0003\u0004"u8)) return ListKind.Workbook;
        if (bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0])) return ListKind.OldWorkbook;
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        var text = bytes.TrimStart(" \t\r\n"u8);
        if (length == 0) return ListKind.Empty;
        return text is [(byte)'{', ..] && text[1..].TrimStart(" \t\r\n"u8) is [(byte)'"' or (byte)'}', ..] && !text.StartsWith("{}"u8) ? ListKind.Fhir : ListKind.Text;
    }
}

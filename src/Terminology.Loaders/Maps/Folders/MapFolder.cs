using Terminology.Mapping.Maps;
using Terminology.Mapping.Rows;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>
/// A map as text that a team keeps in git: <c>map.json</c> (what it is, by which rules), <c>rows.csv</c> (a line for each target, in order of keys), <c>tests.csv</c> (what it must answer),
/// <c>approvals.csv</c> (who approved what where it came from: evidence, and no approval anywhere else) and <c>waivers.csv</c> (which findings may stand, until when and why).
/// </summary>
public sealed record MapFolder
{
    /// <summary>Names of the files, in the order in which they are written.</summary>
    public static IReadOnlyList<string> Files { get; } = [MapFile, RowsFile, TestsFile, ApprovalsFile, WaiversFile];

    internal const string MapFile = "map.json", RowsFile = "rows.csv", TestsFile = "tests.csv", ApprovalsFile = "approvals.csv", WaiversFile = "waivers.csv";

    /// <summary>What it is, with its tests.</summary>
    public required MapProject Map { get; init; }

    /// <summary>Its rows, in ordinal order of their keys.</summary>
    public required IReadOnlyList<FolderRow> Rows { get; init; }

    /// <summary>Findings that were set aside, in ordinal order of their ids.</summary>
    public IReadOnlyList<FolderWaiver> Waivers { get; init; } = [];

    /// <summary>Is it known what stands beside the codes? Of what was released it is not.</summary>
    public bool KnowsContext { get; init; } = true;

    /// <summary>The bytes of each file by its name; the same map gives the same bytes.</summary>
    public IReadOnlyDictionary<string, byte[]> Write() => new MapFolderWriter(this).Write();

    /// <summary>Writes the files into a folder, which is made; what else is in it stays.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in Write()) File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    /// <summary>Reads the files of a folder and checks everything that they say.</summary>
    /// <returns>The map as far as it could be read, null when not even <c>map.json</c> could; and everything that is wrong.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static (MapFolder? Folder, IReadOnlyList<FolderProblem> Problems) Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        return Read(Files.Where(name => File.Exists(Path.Combine(folder, name))).ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name))));
    }

    /// <summary>The same from the bytes of the files by their names.</summary>
    public static (MapFolder? Folder, IReadOnlyList<FolderProblem> Problems) Read(IReadOnlyDictionary<string, byte[]> files) => new MapFolderReader(files).Read();
}

/// <summary>A row as the text has it.</summary>
/// <param name="Key">Unique in the map.</param>
/// <param name="Code">Source code.</param>
/// <param name="Display">Its display, or null.</param>
/// <param name="Content">What is said of it.</param>
public sealed record FolderRow(string Key, string Code, string? Display, RowContent Content)
{
    /// <summary>What stands beside the code; name to value, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Context { get; init; } = [];

    /// <summary>Where the row stood when it was written; null when the text does not say.</summary>
    public MapRowState? State { get; init; }

    /// <summary>What was approved there, by whom and when, when it is what the row says; or null.</summary>
    public FolderApproval? Approval { get; init; }

    /// <summary>Line of <c>rows.csv</c> on which it begins; 0 when it was not read.</summary>
    public int Line { get; init; }
}

/// <summary>An approval as the text has it: evidence.</summary>
/// <param name="Authors">Who said it.</param>
/// <param name="By">Who approved it.</param>
/// <param name="At">When.</param>
public sealed record FolderApproval(IReadOnlyList<string> Authors, string By, DateTimeOffset At);

/// <summary>Something wrong in the text of a map.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">One-based line; 0 when it is about the whole file.</param>
/// <param name="Column">One-based field of a table, or character of JSON; 0 when it is about the whole line.</param>
/// <param name="Text">What, and how to mend it.</param>
public sealed record FolderProblem(string File, int Line, int Column, string Text)
{
    /// <summary><c>file:line:column: text</c>, as compilers say it.</summary>
    public override string ToString() => (Line, Column) switch { (0, _) => $"{File}: {Text}", (_, 0) => $"{File}:{Line}: {Text}", _ => $"{File}:{Line}:{Column}: {Text}" };
}

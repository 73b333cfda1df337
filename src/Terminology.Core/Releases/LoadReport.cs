namespace Terminology.Releases;

/// <summary>What an import read, kept and refused, per file; and what it noticed. Read = kept + rejected holds for each file at the end.</summary>
/// <remarks>Counting is for the loading thread; <see cref="Progress"/> may be read from others.</remarks>
public sealed class LoadReport
{
    /// <summary>How many problems are kept with their text for each file; all are counted.</summary>
    public const int KeptPerFile = 1000;

    private readonly List<FileReport> _files = [];
    private readonly List<LoadProblem> _problems = [];
    private readonly Dictionary<string, int> _listed = new(StringComparer.Ordinal);

    /// <summary>The files read, in the order begun.</summary>
    public IReadOnlyList<FileReport> Files => _files;

    /// <summary>The problems kept, in the order found.</summary>
    public IReadOnlyList<LoadProblem> Problems => _problems;

    /// <summary>Rows read in all files.</summary>
    public long Read => _files.Sum(file => file.Read);

    /// <summary>Rows kept in all files.</summary>
    public long Kept => _files.Sum(file => file.Kept);

    /// <summary>Rows rejected in all files.</summary>
    public long Rejected => _files.Sum(file => file.Rejected);

    /// <summary>Warnings in all: rows kept, or things about whole files, that a person should know.</summary>
    public long Warnings { get; private set; }

    /// <summary>What is no content of a terminology server and was passed over: profiles in a package, patients in a Bundle.</summary>
    public long PassedOver { get; set; }

    /// <summary>How far the work is; for a bar.</summary>
    public LoadProgress Progress { get; } = new();

    /// <summary>Begins a file, named by its path inside the release.</summary>
    public FileReport Begin(string file)
    {
        var report = new FileReport(file, this);
        _files.Add(report);
        return report;
    }

    /// <summary>Notes something about a file that does not reject a row.</summary>
    public void Warn(string file, long line, string reason, int column = 0)
    {
        Warnings++;
        Keep(new(file, line, column, reason, Rejects: false));
    }

    internal void Keep(LoadProblem problem)
    {
        var listed = _listed.GetValueOrDefault(problem.File);
        if (listed >= KeptPerFile) return;
        _listed[problem.File] = listed + 1;
        _problems.Add(problem);
    }
}

/// <summary>The counts of one file.</summary>
public sealed class FileReport(string file, LoadReport owner)
{
    /// <summary>Path inside the release.</summary>
    public string File { get; } = file;

    /// <summary>Data rows read (headers and blank trailing lines do not count).</summary>
    public long Read { get; private set; }

    /// <summary>Rows refused.</summary>
    public long Rejected { get; private set; }

    /// <summary>Rows kept.</summary>
    public long Kept => Read - Rejected;

    /// <summary>Counts a row as read.</summary>
    public void Row()
    {
        Read++;
        owner.Progress.Rows++;
    }

    /// <summary>Refuses the row just read.</summary>
    /// <param name="line">One-based line.</param>
    /// <param name="reason">What is wrong and how to mend it; never patient data.</param>
    /// <param name="column">One-based column (field), 0 for the whole line.</param>
    public void Reject(long line, string reason, int column = 0)
    {
        Rejected++;
        owner.Keep(new(File, line, column, reason, Rejects: true));
    }

    /// <summary>Notes something about a row that is kept.</summary>
    public void Warn(long line, string reason, int column = 0) => owner.Warn(File, line, reason, column);
}

/// <summary>One problem of an import.</summary>
/// <param name="File">Path inside the release.</param>
/// <param name="Line">One-based line, 0 for the whole file.</param>
/// <param name="Column">One-based field, 0 for the whole line.</param>
/// <param name="Reason">What is wrong and how to mend it.</param>
/// <param name="Rejects">Was the row refused?</param>
public sealed record LoadProblem(string File, long Line, int Column, string Reason, bool Rejects)
{
    /// <summary><c>file:line:column: reason</c>.</summary>
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => $"{File}: {Reason}",
        (_, 0) => $"{File}:{Line}: {Reason}",
        _ => $"{File}:{Line}:{Column}: {Reason}",
    };
}

/// <summary>How far an import is; written by the loading thread, read by the one that draws.</summary>
public sealed class LoadProgress
{
    private string _step = "";
    private long _bytes, _totalBytes, _rows;

    /// <summary>What is being done: a file name, "Building the hierarchy".</summary>
    public string Step { get => Volatile.Read(ref _step); set => Volatile.Write(ref _step, value); }

    /// <summary>Bytes of input read.</summary>
    public long Bytes { get => Volatile.Read(ref _bytes); set => Volatile.Write(ref _bytes, value); }

    /// <summary>Bytes of input in all, 0 when not known.</summary>
    public long TotalBytes { get => Volatile.Read(ref _totalBytes); set => Volatile.Write(ref _totalBytes, value); }

    /// <summary>Rows read.</summary>
    public long Rows { get => Volatile.Read(ref _rows); set => Volatile.Write(ref _rows, value); }
}

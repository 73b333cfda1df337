using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders;

/// <summary>Reads one family of release formats. Listed in <see cref="ReleaseLoaders"/>; holds no state.</summary>
public interface IReleaseLoader
{
    /// <summary>
    /// Says which releases of this format are among the files, from their content (header lines, root elements), never from a fixed path.
    /// Reads only beginnings of files. Files that belong to no format of this loader are ignored.
    /// </summary>
    /// <exception cref="Issues.ReleaseFormat">The files are of this format, but a core file is missing: names it.</exception>
    IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options);
}

/// <summary>A release found among files, before any work: what it is, and how to load it.</summary>
public abstract class RecognisedRelease
{
    /// <summary>What it is. <see cref="ReleaseInfo.Id"/> has no version when neither content nor names tell it: the importer asks for <c>--as</c>.</summary>
    public required ReleaseInfo Info { get; init; }

    /// <summary>The files that belong to it.</summary>
    public required IReadOnlyList<ReleaseFile> Files { get; init; }

    /// <summary>For a delta: the system whose loaded release it is applied to (the importer passes the live one, or the one <c>--base</c> names); else null.</summary>
    public VersionedUrl? Base { get; init; }

    /// <summary>
    /// Pushes everything from <see cref="IReleaseSink.Begin"/> up to, not including, <see cref="IReleaseSink.Complete"/>.
    /// A row that cannot be kept is rejected in the report; a file that cannot be read stops the load.
    /// </summary>
    /// <param name="info">As <see cref="Info"/>, with the version settled.</param>
    /// <param name="basis">The release a delta is applied to; null otherwise.</param>
    /// <param name="sink">Where to push.</param>
    /// <param name="report">Counts every data row of every file.</param>
    /// <param name="cancel">Asked for at least every few thousand rows.</param>
    /// <exception cref="Issues.ReleaseFormat">Names file, line, column and what to do.</exception>
    public abstract void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel);
}

/// <summary>What a person said about an import.</summary>
public sealed record ImportOptions
{
    /// <summary>System and version that the content is to be loaded as (<c>--as</c>); null: as recognised.</summary>
    public VersionedUrl? As { get; init; }

    /// <summary>Targets of map reference sets by SCTID (<c>--target REFSET=URI</c>).</summary>
    public IReadOnlyDictionary<string, string> MapTargets { get; init; } = new Dictionary<string, string>();

    /// <summary>Encoding for text that is not valid UTF-8 (<c>--encoding</c>), for example windows-1252; null: such rows are rejected with advice.</summary>
    public string? Encoding { get; init; }

    /// <summary>For CSV code lists: column roles by name (<c>--column code=Kode</c>).</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();
}

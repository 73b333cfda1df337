using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Maps;
using Terminology.Releases;
using Terminology.Store.Files;
using Terminology.Store.Maps;

namespace Terminology.Store;

/// <summary>A release file, open for reading: memory-mapped, immutable, thread-safe. Opening reads the header and the small tables only.</summary>
/// <remarks>
/// Dispose only when nobody reads any more. A server does not dispose releases it takes out of service: the file is unmapped when nothing refers to it.
/// </remarks>
public sealed class StoredRelease : IReleaseContent, IDisposable
{
    private readonly MappedFile _file;
    private readonly StoredCodeSystem? _codeSystem;

    private StoredRelease(MappedFile file)
    {
        _file = file;
        ReleaseHeader header;
        try
        {
            header = JsonSerializer.Deserialize(file.Column<byte>(SectionId.Info).Span, StoreJson.Default.ReleaseHeader)
                ?? throw new StoreFormat(file.Path, "it does not say what it is; import the release again.");
            Info = header.Info;
            _codeSystem = header.Info.CodeSystem is null ? null : new(file, header);
            Maps = StoredConceptMap.Open(file);
            Resources = ResourceStore.Open(file);
        }
        catch (Exception problem) when (problem is JsonException or ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            file.Dispose();
            throw new StoreFormat(file.Path, $"damaged ({problem.Message}); 'terminology verify' names the sections, importing the release again mends it.");
        }
    }

    /// <inheritdoc/>
    public ReleaseInfo Info { get; }

    /// <inheritdoc/>
    public ICodeSystem? CodeSystem => _codeSystem;

    /// <inheritdoc/>
    public IReadOnlyList<IConceptMap> Maps { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ResourceRecord> Resources { get; }

    /// <summary>Opens a file. Some milliseconds, whatever its size.</summary>
    /// <exception cref="StoreFormat">Not a release file, another format, truncated or damaged: says how to mend it.</exception>
    public static StoredRelease Open(string path) => new(MappedFile.Open(path));

    /// <summary>Reads every byte and names each damaged section; empty when all is sound. A file that cannot even be opened is one finding.</summary>
    public static IReadOnlyList<string> Verify(string path)
    {
        try
        {
            using var file = MappedFile.Open(path);
            return file.Verify();
        }
        catch (StoreFormat problem)
        {
            return [problem.Message];
        }
    }

    /// <inheritdoc/>
    public void Replay(IReleaseSink sink, CancellationToken cancel)
    {
        _codeSystem?.BeginReplay(sink);
        if (_codeSystem is null) sink.Begin(Info);
        _codeSystem?.Replay(sink, cancel);
        foreach (var map in Maps)
        {
            var handle = sink.Map(map.Info);
            for (var group = 0; group < map.Info.Groups.Count; group++)
            {
                foreach (var element in map.Elements(group)) sink.MapElement(handle, group, element);
                cancel.ThrowIfCancellationRequested();
            }
        }
        foreach (var resource in Resources) sink.Resource(resource);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}

using Terminology.CodeSystems;
using Terminology.Maps;

namespace Terminology.Releases;

/// <summary>One release, opened for reading. Immutable and thread-safe; its files stay mapped while anything of it is referenced.</summary>
public interface IReleaseContent
{
    /// <summary>What it is.</summary>
    ReleaseInfo Info { get; }

    /// <summary>Its code system, or null.</summary>
    ICodeSystem? CodeSystem { get; }

    /// <summary>Its concept maps.</summary>
    IReadOnlyList<IConceptMap> Maps { get; }

    /// <summary>Its FHIR resources; <see cref="ResourceRecord.Json"/> is read from the file when asked.</summary>
    IReadOnlyList<ResourceRecord> Resources { get; }

    /// <summary>
    /// Pushes every record that was kept, inactive ones and all identifiers included, so that a copy built from it is the same release;
    /// the ground for deltas and for comparing releases. Calls everything from <see cref="IReleaseSink.Begin"/> up to, not including, <see cref="IReleaseSink.Complete"/>.
    /// </summary>
    void Replay(IReleaseSink sink, CancellationToken cancel);
}

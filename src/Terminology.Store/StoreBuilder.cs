using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;
using Terminology.Store.Files;

namespace Terminology.Store;

/// <summary>
/// Builds a release file from records in any order. <see cref="Complete"/> joins, checks, writes, flushes and verifies; without it disposing removes what was begun.
/// </summary>
/// <remarks>Pushed to by one thread. Memory grows with the release: some 0.8 GB for SNOMED CT International with all reference sets.</remarks>
public sealed class StoreBuilder : IReleaseSink, IDisposable
{
    private readonly string _path;
    private ReleaseRows? _rows = new();
    private bool _complete;

    /// <summary>Will write to this path, which should not exist yet.</summary>
    public StoreBuilder(string path) => _path = path;

    private ReleaseRows Rows => _rows ?? throw new InvalidOperationException("The release is complete.");

    /// <inheritdoc/>
    public void Begin(ReleaseInfo release)
    {
        if (Rows.Info is not null) throw new InvalidOperationException("The release was begun before.");
        Rows.Info = release;
        foreach (var property in release.CodeSystem?.Properties ?? [])
        {
            Rows.PropertyIndex[Rows.Keys.Of(System.Text.Encoding.UTF8.GetBytes(property.Code))] = Rows.PropertyDefinitions.Count;
            Rows.PropertyDefinitions.Add(property);
        }
    }

    /// <inheritdoc/>
    public void Concept(in ConceptRecord concept) => Rows.Concept(concept);

    /// <inheritdoc/>
    public void Designation(in DesignationRecord designation) => Rows.Designation(designation);

    /// <inheritdoc/>
    public void Relationship(in RelationshipRecord relationship) => Rows.Relationship(relationship);

    /// <inheritdoc/>
    public void Property(in PropertyRecord property) => Rows.Property(property);

    /// <inheritdoc/>
    public void Refset(RefsetInfo refset) => Rows.Refsets[Rows.Keys.Of(System.Text.Encoding.UTF8.GetBytes(refset.Id))] = refset;

    /// <inheritdoc/>
    public void Member(in MemberRecord member) => Rows.Member(member);

    /// <inheritdoc/>
    public int Map(ConceptMapInfo map)
    {
        Rows.Maps.Add((map, []));
        return Rows.Maps.Count - 1;
    }

    /// <inheritdoc/>
    public void MapElement(int map, int group, MapElement element) => Rows.Maps[map].Elements.Add((group, element));

    /// <inheritdoc/>
    public void Resource(ResourceRecord resource) => Rows.Resources.Add(resource);

    /// <inheritdoc/>
    public void Complete(LoadReport report, CancellationToken cancel)
    {
        using (var writer = new SectionWriter(_path))
        {
            new ReleaseWriter(Rows, writer, report, cancel).Write();
            writer.Finish();
        }
        Forget();
        report.Progress.Step = "Verifying";
        if (StoredRelease.Verify(_path) is { Count: > 0 } findings) throw new Issues.StoreFormat(_path, $"what was written does not read back: {findings[0]}; is the disk sound?");
        _complete = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        if (!_complete) File.Delete(_path);
    }

    private void Forget()
    {
        _rows?.Dispose();
        _rows = null;
    }
}

using Terminology.CodeSystems;
using Terminology.Releases;
using Terminology.Store.Files;
using Terminology.Store.Terms;

namespace Terminology.Store;

/// <summary>Pushes everything that was kept, so that a copy built from it is the same release.</summary>
internal sealed partial class StoredCodeSystem
{
    private const int AskEvery = 1 << 14;

    public void BeginReplay(IReleaseSink sink)
    {
        var declared = Info.Properties.Take(_header.DeclaredProperties).ToArray();
        sink.Begin(_header.Info with { CodeSystem = Info with { Properties = declared } });
    }

    public void Replay(IReleaseSink sink, CancellationToken cancel)
    {
        ReplayConcepts(sink, cancel);
        ReplayRelationships(sink, cancel);
        ReplayProperties(sink, cancel);
        if (Refsets is not Refsets.StoredRefsets refsets) return;
        refsets.Replay(sink, cancel);
    }

    private void ReplayConcepts(IReleaseSink sink, CancellationToken cancel)
    {
        var (times, modules, status) = (_file.Column<int>(SectionId.ConceptTimes), _file.Column<ushort>(SectionId.ConceptModules), _file.Column<long>(SectionId.DefinitionStatus));
        Span<byte> module = stackalloc byte[20], statusText = stackalloc byte[20], designationModule = stackalloc byte[20];
        for (var i = 0; i < Count; i++)
        {
            if (i % AskEvery == 0) cancel.ThrowIfCancellationRequested();
            var concept = new ConceptOrdinal(i);
            sink.Concept(new()
            {
                Code = Code(concept),
                Flags = Flags(concept),
                EffectiveTime = new(times[i]),
                Module = KeyBytes(_header.Modules[modules[i]], module),
                DefinitionStatus = KeyBytes(status[i], statusText),
            });
            var designations = Designations(concept);
            for (var at = designations.Start; at < designations.End; at++)
            {
                var kind = _designationKinds[at];
                sink.Designation(new()
                {
                    Concept = Code(concept),
                    Value = Term(at),
                    Use = _header.Uses[kind.Use],
                    Language = _header.Languages[kind.Language],
                    Id = DesignationId(at),
                    Active = (kind.Flags & 1) != 0,
                    DisplayRank = kind.DisplayRank,
                    CaseSignificance = (CaseSignificance)(kind.Flags >> 1),
                    EffectiveTime = new(_designationTimes[at]),
                    Module = KeyBytes(_header.Modules[_designationModules[at]], designationModule),
                });
            }
        }
    }

    private void ReplayRelationships(IReleaseSink sink, CancellationToken cancel)
    {
        var rows = _file.Column<RelationshipRow>(SectionId.RelationshipRows);
        Span<byte> id = stackalloc byte[20], source = stackalloc byte[20], type = stackalloc byte[20], target = stackalloc byte[20], module = stackalloc byte[20], kind = stackalloc byte[20];
        for (var i = 0L; i < rows.Length; i++)
        {
            if (i % AskEvery == 0) cancel.ThrowIfCancellationRequested();
            ref readonly var row = ref rows[i];
            sink.Relationship(new()
            {
                Id = KeyBytes(row.Id, id),
                Source = KeyBytes(row.Source, source),
                Type = KeyBytes(row.Type, type),
                Target = KeyBytes(row.Target, target),
                CharacteristicType = KeyBytes(row.CharacteristicType, kind),
                Group = row.Group,
                Active = row.Active,
                EffectiveTime = new(row.Time),
                Module = KeyBytes(_header.Modules[row.Module], module),
            });
        }
    }

    private void ReplayProperties(IReleaseSink sink, CancellationToken cancel)
    {
        var names = Info.Properties.Select(property => System.Text.Encoding.UTF8.GetBytes(property.Code)).ToArray();
        var origins = _file.Column<byte>(SectionId.PropertyOrigins);
        for (var i = 0; i < Count; i++)
        {
            if (i % AskEvery == 0) cancel.ThrowIfCancellationRequested();
            var properties = Properties(new(i));
            for (var at = properties.Start; at < properties.End; at++)
            {
                if (origins[at] != 1) continue;
                var view = Property(at);
                sink.Property(new()
                {
                    Concept = Code(new(i)), Property = names[view.Property], Type = Info.Properties[view.Property].Type, Value = view.Value, Group = view.Group, Active = true,
                });
            }
        }
        var history = _file.Column<PropertyHistory>(SectionId.PropertyHistory);
        Span<byte> id = stackalloc byte[20], concept = stackalloc byte[20], module = stackalloc byte[20];
        for (var i = 0L; i < history.Length; i++)
        {
            ref readonly var row = ref history[i];
            sink.Property(new()
            {
                Id = KeyBytes(row.Id, id),
                Concept = KeyBytes(row.Concept, concept),
                Property = names[row.Property],
                Type = Info.Properties[row.Property].Type,
                Value = ValueText(row.Text),
                Group = row.Group,
                Active = row.Active,
                EffectiveTime = new(row.Time),
                Module = KeyBytes(_header.Modules[row.Module], module),
            });
        }
    }

    /// <summary>The text of a key; numbers are written to the buffer.</summary>
    internal ReadOnlySpan<byte> KeyBytes(long key, Span<byte> buffer)
    {
        if (key == Keys.None) return default;
        if (key < 0) return KeyBytes(key);
        System.Buffers.Text.Utf8Formatter.TryFormat(key, buffer, out var length);
        return buffer[..length];
    }
}

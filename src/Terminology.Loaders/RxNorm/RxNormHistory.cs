using System.Text;
using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders.RxNorm;

/// <summary>Concepts that are no more: where their atoms went (RXNATOMARCHIVE) and what replaced them (RXNCUI), followed to the concepts of today.</summary>
internal sealed class RxNormHistory
{
    private readonly SortedDictionary<int, List<int>> _replacements = [];
    private readonly Dictionary<int, string> _names = [];

    /// <summary>A retired concept and what it became: itself or 0 when nothing.</summary>
    public void Add(int old, int target, string? name)
    {
        if (old == 0) return;
        if (name is { Length: > 0 }) _names.TryAdd(old, name);
        if (!_replacements.TryGetValue(old, out var targets)) _replacements[old] = targets = [];
        if (target != 0 && target != old && !targets.Contains(target)) targets.Add(target);
    }

    /// <summary>Retired concepts as inactive ones, and the map of those that were replaced: one replacement stands for it, several (a split) are candidates.</summary>
    public void Write(IReleaseSink sink, ReleaseInfo info, HashSet<int> known)
    {
        var system = new VersionedUrl(CodeSystemUri.RxNorm.Value, info.Id.Version);
        int? map = null;
        foreach (var old in _replacements.Keys.Where(old => !known.Contains(old)))
        {
            var targets = Current(old, known);
            var key = Encoding.UTF8.GetBytes(RxNormRelease.Code(old));
            sink.Concept(new() { Code = key, Flags = ConceptFlags.Inactive });
            if (_names.TryGetValue(old, out var name)) sink.Designation(new() { Concept = key, Value = Encoding.UTF8.GetBytes(name), Use = DesignationUses.Display, Language = "en", Active = true });
            sink.Property(new() { Concept = key, Property = "status"u8, Type = PropertyType.String, Value = targets.Count > 0 ? "remapped"u8 : "retired"u8, Active = true });
            if (targets.Count == 0) continue;
            map ??= sink.Map(new()
            {
                Url = $"{CodeSystemUri.RxNorm}?fhir_cm=remap", Version = info.Id.Version, Name = "RxNorm_remap", Title = "RxNorm: remapped concepts", Publisher = "U.S. National Library of Medicine",
                Groups = [new(system, system)],
            });
            var relationship = targets.Count == 1 ? MapRelationship.Equivalent : MapRelationship.RelatedTo;
            sink.MapElement(map.Value, 0, new(RxNormRelease.Code(old), [.. targets.Select(target => new MapTarget { Code = RxNormRelease.Code(target), Relationship = relationship })]));
        }
    }

    /// <summary>The concepts of today at the ends of a chain of replacements.</summary>
    private List<int> Current(int old, HashSet<int> known)
    {
        var (found, seen, waiting) = (new List<int>(1), new HashSet<int> { old }, new Queue<int>(_replacements[old]));
        while (waiting.TryDequeue(out var next))
        {
            if (!seen.Add(next)) continue;
            if (known.Contains(next)) found.Add(next);
            else if (_replacements.TryGetValue(next, out var further)) further.ForEach(waiting.Enqueue);
        }
        return found;
    }
}

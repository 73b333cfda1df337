using System.Text;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders.RxNorm;

/// <summary>
/// The codes that other sources give to RxNorm concepts, as one map for each source: those that RXNSAB says are free of restrictions (SRL 0); names of others
/// are not passed on.
/// </summary>
/// <remarks>UMLS <see href="https://www.nlm.nih.gov/research/umls/knowledge_sources/metathesaurus/release/license_agreement.html">source restriction levels</see>.</remarks>
internal sealed class RxNormSources
{
    /// <summary>Canonicals of sources that have one of their own; others go by the address that UMLS gives them.</summary>
    private static readonly Dictionary<string, string> Systems = new(StringComparer.Ordinal)
    {
        ["ATC"] = "http://www.whocc.no/atc", ["CVX"] = "http://hl7.org/fhir/sid/cvx", ["MSH"] = "http://id.nlm.nih.gov/mesh", ["SNOMEDCT_US"] = CodeSystemUri.Snomed.Value,
    };

    private readonly List<Source> _sources = [];

    /// <summary>Registers a source of RXNSAB.</summary>
    public void Add(string abbreviation, string name, string restriction)
    {
        if (restriction == "0" && abbreviation != "RXNORM" && !_sources.Exists(source => source.Abbreviation == abbreviation)) _sources.Add(new(Encoding.UTF8.GetBytes(abbreviation), abbreviation, name));
    }

    /// <summary>Keeps what a source calls a concept; nothing for a source that is not free. Suppressed atoms are no map.</summary>
    public void Atom(ReadOnlySpan<byte> abbreviation, ReadOnlySpan<byte> code, int concept, ReadOnlySpan<byte> name)
    {
        foreach (var source in _sources)
        {
            if (!source.Key.AsSpan().SequenceEqual(abbreviation)) continue;
            if (code.IsEmpty || code.SequenceEqual("NOCODE"u8)) return;
            var text = Encoding.UTF8.GetString(code);
            if (!source.Codes.TryGetValue(text, out var known)) source.Codes[text] = known = new(Encoding.UTF8.GetString(name), []);
            if (!known.Concepts.Contains(concept)) known.Concepts.Add(concept);
            return;
        }
    }

    /// <summary>One concept stands for the code, for all atoms of a concept mean the same; several do not.</summary>
    public void Write(IReleaseSink sink, ReleaseInfo info, HashSet<int> known)
    {
        foreach (var source in _sources)
        {
            var codes = source.Codes.Where(pair => pair.Value.Concepts.Exists(known.Contains)).ToArray();
            if (codes.Length == 0) continue;
            var map = sink.Map(new()
            {
                Url = $"{CodeSystemUri.RxNorm}?fhir_cm={source.Abbreviation.ToLowerInvariant()}", Version = info.Id.Version, Name = $"RxNorm_{source.Abbreviation}", Title = $"{source.Name} to RxNorm",
                Publisher = "U.S. National Library of Medicine",
                Groups = [new(new(Systems.GetValueOrDefault(source.Abbreviation, $"http://www.nlm.nih.gov/research/umls/{source.Abbreviation.ToLowerInvariant()}")), new(CodeSystemUri.RxNorm.Value, info.Id.Version))],
            });
            foreach (var (code, (name, concepts)) in codes)
            {
                var targets = concepts.Where(known.Contains).Select(RxNormRelease.Code).ToArray();
                var relationship = targets.Length == 1 ? MapRelationship.Equivalent : MapRelationship.RelatedTo;
                sink.MapElement(map, 0, new(code, [.. targets.Select(target => new MapTarget { Code = target, Relationship = relationship })]) { Display = name });
            }
        }
    }

    private sealed record Source(byte[] Key, string Abbreviation, string Name)
    {
        public Dictionary<string, (string Name, List<int> Concepts)> Codes { get; } = new(StringComparer.Ordinal);
    }
}

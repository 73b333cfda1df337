using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Terminology.Releases;

namespace Terminology;

/// <summary>What decides who answers for a canonical.</summary>
internal interface ICatalogueEntry
{
    /// <summary>Canonical; null only for a map that came with a request.</summary>
    string? Url { get; }

    /// <summary>Business version, or null.</summary>
    string? Version { get; }

    /// <summary>May it answer when no version is asked for?</summary>
    bool Live { get; }

    /// <summary>Business date, or null.</summary>
    string? Date { get; }

    /// <summary>Where it came from; null for what came with a request.</summary>
    IReleaseContent? Release { get; }

    /// <summary>The resource it is; null when it is native content of a release.</summary>
    ResourceRecord? Resource { get; }

    /// <summary>Of two that are live the lower answers: an active map before a draft.</summary>
    int StatusRank { get; }
}

/// <summary>The entries of one kind by canonical, in the order of <see cref="Precedence"/>: the one that answers comes first.</summary>
/// <remarks>Immutable. A look-up is one hash, without allocation.</remarks>
internal sealed class Shelf<T>
    where T : class, ICatalogueEntry
{
    private static readonly ImmutableDictionary<string, T[]> Nothing = ImmutableDictionary<string, T[]>.Empty.WithComparers(StringComparer.Ordinal);
    private readonly Dictionary<string, T[]>? _byUrl;
    private readonly ImmutableDictionary<string, T[]> _changing = Nothing;
    private IReadOnlyList<T>? _all;

    /// <param name="entries">In order of loading.</param>
    /// <param name="retired">The same entry, answering only when its version is asked for.</param>
    public Shelf(IEnumerable<T> entries, Func<T, T> retired)
    {
        var all = new List<T>();
        _byUrl = new(StringComparer.Ordinal);
        foreach (var group in entries.GroupBy(entry => entry.Url ?? "", StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var versions = group.Key.Length == 0 ? [.. group] : Precedence.Rank(group, retired);
            _byUrl.Add(group.Key, versions);
            all.AddRange(versions);
        }
        _all = all;
    }

    private Shelf(ImmutableDictionary<string, T[]> changing) => _changing = changing;

    /// <summary>A shelf that grows by <see cref="With"/>.</summary>
    public static Shelf<T> Empty { get; } = new(Nothing);

    /// <summary>All entries by canonical; those that answer first come first. Sorted when first asked for.</summary>
    public IReadOnlyList<T> All => _all ??= [.. _changing.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value)];

    /// <summary>This shelf and another entry, which goes before those of equal rank. Costs its canonical alone.</summary>
    public Shelf<T> With(T entry, Func<T, T> live, Func<T, T> retired)
        => new(_changing.SetItem(entry.Url!, Precedence.Rank([entry, .. Versions(entry.Url!).Select(live)], retired)));

    /// <summary>This shelf without an entry, found by its resource.</summary>
    public Shelf<T> Without(ResourceRecord resource, Func<T, T> live, Func<T, T> retired)
    {
        var rest = Versions(resource.Url).Where(entry => !ReferenceEquals(entry.Resource, resource)).Select(live).ToArray();
        return new(rest.Length == 0 ? _changing.Remove(resource.Url) : _changing.SetItem(resource.Url, Precedence.Rank(rest, retired)));
    }

    /// <summary>The versions of one canonical, the one that answers first; empty when it is unknown.</summary>
    public T[] Versions(string url) => TryGet(url, out var versions) ? versions : [];

    /// <summary>The entry for a version, or without one the live one; null when nothing fits.</summary>
    public T? Find(string url, string? version)
    {
        if (!TryGet(url, out var versions)) return null;
        if (version is null) return versions[0].Live ? versions[0] : null;
        foreach (var entry in versions)
        {
            if (entry.Version == version) return entry;
        }
        T? best = null;
        foreach (var entry in versions)
        {
            if (Terminology.Versions.Match(version, entry.Version) && (best is null || IsBetter(entry, best))) best = entry;
        }
        return best;
    }

    private bool TryGet(string url, [NotNullWhen(true)] out T[]? versions) => _byUrl is not null ? _byUrl.TryGetValue(url, out versions) : _changing.TryGetValue(url, out versions);

    /// <summary>Of several that fit a pattern the live one, else the highest version.</summary>
    private static bool IsBetter(T entry, T best)
        => entry.Live != best.Live && entry.Release is not null ? entry.Live : Terminology.Versions.Comparer.Compare(entry.Version!, best.Version!) > 0;
}

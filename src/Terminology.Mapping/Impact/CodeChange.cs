using Terminology.Search;

namespace Terminology.Mapping.Impact;

/// <summary>A code in two releases; what the rules look at.</summary>
/// <param name="Code">The code.</param>
/// <param name="Before">What the old release says of it; null when it does not have it.</param>
/// <param name="After">What the new release says of it; null when it does not have it.</param>
public sealed record CodeChange(string Code, ConceptFacts? Before, ConceptFacts? After)
{
    /// <summary>The new release, for sentences.</summary>
    public required VersionedUrl Release { get; init; }

    /// <summary>Does the new release hold all codes?</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Is it of a classification?</summary>
    public bool IsClassification { get; init; }

    /// <summary>Parts of meaning that both releases give.</summary>
    public IReadOnlySet<string> Comparable { get; init; } = new HashSet<string>();

    /// <summary>What is to be used in its place.</summary>
    public IReadOnlyList<Replacement> Replacements { get; init; } = [];

    /// <summary>Was it in the scope of the map, and is it? Null: the map has none, or it cannot be told.</summary>
    public (bool Before, bool After)? Scope { get; init; }

    /// <summary>What is new and stands closer to the row that is looked at.</summary>
    public IReadOnlyList<CloserTarget> Closer { get; init; } = [];

    /// <summary>Was it a code for data, and is none now?</summary>
    public bool IsLost => Before is { IsActive: true } && (After is { IsActive: false } || (After is null && IsWhole));

    /// <summary>The parts of meaning that are other ones, as <c>NAME: old → new</c>, in order of their names.</summary>
    public IReadOnlyList<string> ChangedParts { get; } = [.. Parts(Before, After)];

    /// <summary>Codes below it that the old release did not have there.</summary>
    public IReadOnlyList<CodeName> NewBelow
        => Before is null || After is null ? [] : [.. After.Narrower.Where(now => Before.Narrower.All(old => old.Code != now.Code))];

    /// <summary>The parts of meaning that are other ones and that both releases give.</summary>
    public IReadOnlyList<string> ChangedMeaning => [.. ChangedNames(), .. ChangedParts.Where(part => Comparable.Contains(part.Split(':')[0]))];

    /// <summary>Is it called something else, but for what the meaning rules say?</summary>
    public bool IsRenamed => Before?.Display is { } old && After?.Display is { } now && old != now;

    private IEnumerable<string> ChangedNames()
    {
        if (Before?.FullName is { } old && After?.FullName is { } now && !SameWords(old, now)) yield return $"full name: {old} → {now}";
        if (IsClassification && IsRenamed && !SameWords(Before!.Display!, After!.Display!)) yield return $"title: {Before.Display} → {After.Display}";
    }

    private static bool SameWords(string first, string second) => TermFolding.Words(first).SequenceEqual(TermFolding.Words(second));

    private static IEnumerable<string> Parts(ConceptFacts? before, ConceptFacts? after)
    {
        if (before is null || after is null) yield break;
        var (old, now) = (before.Meaning.ToLookup(part => part.Name), after.Meaning.ToLookup(part => part.Name));
        foreach (var name in old.Select(group => group.Key).Union(now.Select(group => group.Key)).Order(StringComparer.Ordinal))
        {
            if (old[name].Select(part => part.Value).Order(StringComparer.Ordinal).SequenceEqual(now[name].Select(part => part.Value).Order(StringComparer.Ordinal))) continue;
            yield return $"{name}: {Text(old[name], now[name])} → {Text(now[name], old[name])}";
        }
    }

    /// <summary>Only what is different: of many attributes one changes.</summary>
    private static string Text(IEnumerable<MeaningPart> parts, IEnumerable<MeaningPart> others)
    {
        var there = others.Select(part => part.Value).ToHashSet(StringComparer.Ordinal);
        var own = parts.Where(part => !there.Contains(part.Value)).Select(part => part.ToString()).ToArray();
        return own.Length == 0 ? "–" : string.Join(", ", own);
    }
}

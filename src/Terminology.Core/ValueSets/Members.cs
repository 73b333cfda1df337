using Terminology.CodeSystems;

namespace Terminology.ValueSets;

/// <summary>Blocks of members with the operations of sets; each member stands once, where it came first.</summary>
internal static class Members
{
    /// <summary>All of them, later repetitions left out.</summary>
    public static List<MemberBlock> Union(IEnumerable<MemberBlock> blocks)
    {
        var result = new List<MemberBlock>();
        var seen = new Dictionary<ICodeSystem, ConceptSet>();
        var codings = new HashSet<(string?, string?)>();
        foreach (var block in blocks)
        {
            var rest = block.System is { } system ? Once(block, system, seen) : block.Without(coding => !codings.Add((coding.System, coding.Code)));
            if (rest.Count > 0) result.Add(rest);
        }
        return result;
    }

    /// <summary>Where one code system comes in several versions, the newer before the older; else as they are.</summary>
    public static IReadOnlyList<MemberBlock> NewestFirst(IReadOnlyList<MemberBlock> blocks)
    {
        var result = blocks.ToArray();
        foreach (var places in Enumerable.Range(0, blocks.Count).Where(i => blocks[i].System is not null).GroupBy(i => blocks[i].System!.Info.Url).Select(group => group.ToArray()).Where(places => places.Length > 1))
        {
            var sorted = places.Select(i => blocks[i]).OrderByDescending(block => block.System!.Info.Version ?? "", Versions.Comparer).ToArray();
            for (var i = 0; i < places.Length; i++) result[places[i]] = sorted[i];
        }
        return result;
    }

    /// <summary>A code of several versions of its code system stands once, in the version that comes first.</summary>
    public static IEnumerable<MemberBlock> Merged(IReadOnlyList<MemberBlock> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            var before = blocks.Take(i).Where(earlier => earlier.System is not null && earlier.System != blocks[i].System && earlier.System.Info.Url == blocks[i].System?.Info.Url).ToArray();
            yield return before.Length == 0
                ? blocks[i]
                : blocks[i].Where(concept => !Array.Exists(before, earlier => earlier.System!.TryFind(blocks[i].System!.Code(concept), out var there) && earlier.Set.Contains(there)));
        }
    }

    /// <summary>Those of the left that are in the right too, in the order of the left.</summary>
    public static List<MemberBlock> And(IReadOnlyList<MemberBlock> left, IReadOnlyList<MemberBlock> right)
    {
        var sets = Sets(right);
        var codings = Codings(right);
        return Kept(left, (block, system) => block.And(sets.GetValueOrDefault(system, ConceptSet.Empty)), block => block.Without(coding => !codings.Contains((coding.System, coding.Code))));
    }

    /// <summary>Those of the left that are not in the right.</summary>
    public static List<MemberBlock> Minus(IReadOnlyList<MemberBlock> left, IReadOnlyList<MemberBlock> right)
    {
        var sets = Sets(right);
        var codings = Codings(right);
        return Kept(left, (block, system) => block.Minus(sets.GetValueOrDefault(system, ConceptSet.Empty)), block => block.Without(coding => codings.Contains((coding.System, coding.Code))));
    }

    private static MemberBlock Once(MemberBlock block, ICodeSystem system, Dictionary<ICodeSystem, ConceptSet> seen)
    {
        if (block.IsList) block = FirstOfEach(block);
        var before = seen.GetValueOrDefault(system, ConceptSet.Empty);
        var rest = block.Minus(before);
        seen[system] = before.Or(rest.Set);
        return rest;
    }

    private static MemberBlock FirstOfEach(MemberBlock block)
    {
        if (block.Set.Count == block.Count) return block;
        var seen = new HashSet<ConceptOrdinal>();
        return block.Where(seen.Add);
    }

    private static List<MemberBlock> Kept(IReadOnlyList<MemberBlock> blocks, Func<MemberBlock, ICodeSystem, MemberBlock> known, Func<MemberBlock, MemberBlock> unknown)
    {
        var result = new List<MemberBlock>(blocks.Count);
        foreach (var block in blocks)
        {
            var kept = block.System is { } system ? known(block, system) : unknown(block);
            if (kept.Count > 0) result.Add(kept);
        }
        return result;
    }

    private static Dictionary<ICodeSystem, ConceptSet> Sets(IReadOnlyList<MemberBlock> blocks)
    {
        var sets = new Dictionary<ICodeSystem, ConceptSet>();
        foreach (var block in blocks)
        {
            if (block.System is { } system) sets[system] = sets.GetValueOrDefault(system, ConceptSet.Empty).Or(block.Set);
        }
        return sets;
    }

    private static HashSet<(string?, string?)> Codings(IReadOnlyList<MemberBlock> blocks) => [.. blocks.SelectMany(block => block.Unknown).Select(coding => (coding.System, coding.Code))];
}

using System.Runtime.InteropServices;
using Terminology.Store.Files;

namespace Terminology.Store.Search;

/// <summary>A search index ready to be written.</summary>
internal sealed class SearchSections
{
    /// <summary>Designations in rank order.</summary>
    public required int[] RankDesignations { get; init; }

    /// <summary>Concept of each rank.</summary>
    public required int[] RankConcepts { get; init; }

    public required uint[] RankShapes { get; init; }

    /// <summary>First token of each rank.</summary>
    public required int[] ForwardStarts { get; init; }

    /// <summary>Tokens of each rank, in the order of the text.</summary>
    public required int[] ForwardTokens { get; init; }

    /// <summary>The dictionary, sorted by bytes.</summary>
    public required byte[][] Tokens { get; init; }

    /// <summary>Ranks by token.</summary>
    public required Postings TokenPostings { get; init; }

    /// <summary>Ranks by prefix, shortest prefixes first.</summary>
    public required PrefixPostings[] Prefixes { get; init; }

    public void Write(SectionWriter sections)
    {
        var offsets = new int[Tokens.Length + 1];
        using (var heap = sections.Begin(SectionId.SearchTokenHeap))
        {
            for (var i = 0; i < Tokens.Length; i++)
            {
                heap.Write(Tokens[i]);
                offsets[i + 1] = (int)heap.Length;
            }
        }
        sections.Add<int>(SectionId.SearchTokenOffsets, offsets);
        sections.Add<int>(SectionId.SearchRankDesignations, RankDesignations);
        sections.Add<int>(SectionId.SearchRankConcepts, RankConcepts);
        sections.Add<uint>(SectionId.SearchRankShapes, RankShapes);
        sections.Add<int>(SectionId.SearchForwardStarts, ForwardStarts);
        sections.Add<int>(SectionId.SearchForwardTokens, ForwardTokens);
        sections.Add<int>(SectionId.SearchPostingStarts, TokenPostings.Starts);
        sections.Add<int>(SectionId.SearchPostings, TokenPostings.Ranks);
        var starts = new List<int> { 0 };
        using (var section = sections.Begin(SectionId.SearchPrefixPostings))
        {
            foreach (var prefix in Prefixes)
            {
                var before = starts[^1];
                section.Write(MemoryMarshal.AsBytes(prefix.Postings.Ranks.AsSpan()));
                starts.AddRange(prefix.Postings.Starts.Skip(1).Select(start => before + start));
            }
        }
        sections.Add<uint>(SectionId.SearchPrefixKeys, Prefixes.SelectMany(prefix => prefix.Keys).ToArray());
        sections.Add<int>(SectionId.SearchPrefixStarts, CollectionsMarshal.AsSpan(starts));
    }
}

/// <summary>Lists of ranks.</summary>
/// <param name="Starts">First of each list.</param>
/// <param name="Ranks">Ascending within a list.</param>
internal sealed record Postings(int[] Starts, int[] Ranks);

/// <summary>Lists of ranks by prefix of one length.</summary>
/// <param name="Keys">See <see cref="SearchIndexBuilder.PrefixKey"/>; ascending.</param>
/// <param name="Postings">A list for each key.</param>
internal sealed record PrefixPostings(uint[] Keys, Postings Postings);

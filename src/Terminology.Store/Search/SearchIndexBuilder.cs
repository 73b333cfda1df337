using Terminology.Store.Files;

namespace Terminology.Store.Search;

/// <summary>Builds the search index of a release.</summary>
internal static class SearchIndexBuilder
{
    public static void Build(SearchSource source, SectionWriter sections, CancellationToken cancel)
    {
    }
}

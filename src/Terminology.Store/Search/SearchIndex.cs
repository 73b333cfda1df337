using Terminology.CodeSystems;
using Terminology.Search;
using Terminology.Store.Files;

namespace Terminology.Store.Search;

/// <summary>Term search over a release file.</summary>
internal sealed class SearchIndex(MappedFile file, ICodeSystem codeSystem) : ITermSearch
{
    public TermSearchResult Search(in TermQuery query, Span<TermHit> hits) => throw new Issues.NotSupported($"{codeSystem.Info.Url} in {file.Path} has no search index.");
}

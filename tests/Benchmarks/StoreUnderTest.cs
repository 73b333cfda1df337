using System.Text;
using Terminology.CodeSystems;
using Terminology.Search;
using Terminology.Store;

namespace Terminology.Benchmarks;

/// <summary>The questions that benchmarks ask of a release file, over shuffled concepts, so that the cache of the processor does not answer.</summary>
internal sealed class StoreUnderTest
{
    public const string Variable = "TERMINOLOGY_BENCH_STORE";
    private const int Asked = 1 << 16;

    private readonly StoredRelease _release;
    private readonly byte[][] _codes;
    private readonly string[] _queries;
    private readonly TermHit[] _hits = new TermHit[20];
    private int _next;

    public StoreUnderTest()
    {
        _release = StoredRelease.Open(Path!);
        System = _release.CodeSystem ?? throw new InvalidOperationException($"{Path} has no code system.");
        var random = new Random(20260101);
        _codes = [.. Enumerable.Range(0, Asked).Select(_ => System.Code(new(random.Next(System.Count))).ToArray())];
        _queries = [.. Enumerable.Range(0, 1 << 12).Select(_ => Prefixes(random)).Where(query => query.Length > 0)];
    }

    public static string? Path => Environment.GetEnvironmentVariable(Variable);

    public ICodeSystem System { get; }

    /// <summary>Code to ordinal.</summary>
    public int Find() => System.TryFind(Next(), out var concept) ? concept.Value : -1;

    /// <summary>Code to all designations, each text and id touched.</summary>
    public int Designations()
    {
        if (!System.TryFind(Next(), out var concept)) return -1;
        var range = System.Designations(concept);
        var sum = 0;
        for (var i = range.Start; i < range.End; i++)
        {
            var view = System.Designation(i);
            sum += view.Value[0] + view.Id.Length;
        }
        return sum;
    }

    /// <summary>Code and code to subsumption.</summary>
    public bool IsA() => System.TryFind(Next(), out var concept) && System.TryFind(Next(), out var ancestor) && System.IsA(concept, ancestor);

    /// <summary>Code to all properties, each value touched.</summary>
    public int Properties()
    {
        if (!System.TryFind(Next(), out var concept)) return -1;
        var range = System.Properties(concept);
        var sum = 0;
        for (var i = range.Start; i < range.End; i++) sum += System.Property(i).Value.Length;
        return sum;
    }

    /// <summary>Code to its descendants.</summary>
    public int Descendants() => System.TryFind(Next(), out var concept) ? System.DescendantsOrSelf(concept).Count : -1;

    /// <summary>Code to its ancestors.</summary>
    public int Ancestors() => System.TryFind(Next(), out var concept) ? System.AncestorsOrSelf(concept).Count : -1;

    /// <summary>Three prefixes of three letters to the best twenty concepts.</summary>
    public int Search()
    {
        _next++;
        return System.Search.Search(new() { Text = _queries[_next % _queries.Length], ExactWordsOnly = true }, _hits).Written;
    }

    private ReadOnlySpan<byte> Next() => _codes[++_next & (Asked - 1)];

    /// <summary>The first three letters of up to three words of a designation, in any order.</summary>
    private string Prefixes(Random random)
    {
        var range = System.Designations(new(random.Next(System.Count)));
        if (range.Count == 0) return "";
        var words = Encoding.UTF8.GetString(System.Designation(range.Start + random.Next(range.Count)).Value).Split(' ').Where(word => word.Length >= 3 && word.All(char.IsLetter)).ToArray();
        random.Shuffle(words);
        return string.Join(' ', words.Take(3).Select(word => word[..3]));
    }
}

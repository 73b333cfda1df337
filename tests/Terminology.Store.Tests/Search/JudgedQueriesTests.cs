using System.IO.Compression;
using System.Text;
using Terminology.Search;

namespace Terminology.Store.Search;

/// <summary>
/// Queries with the concept that a person means by them, judged from the vocabularies beside the checkout (LOINC, RxNorm, SNOMED CT GPS, ICD-10-CM): half as one would write
/// them, half misspelt, reordered or abbreviated. The expected concept must be among the first five.
/// </summary>
public sealed class JudgedQueriesTests
{
    private const int Top = 5;

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["loinc"] = "loinc.terms.csv.gz", ["snomed"] = "snomed-gps.terms.csv.gz", ["rxnorm"] = "rxnorm.terms.csv.gz", ["icd10cm"] = "icd10cm-2018.terms.csv.gz",
    };

    private sealed record Judged(string Vocabulary, string Kind, string Query, string[] Codes);

    [Test]
    public void Search_JudgedQueries_FindTheConceptAmongTheFirstFive()
    {
        var folder = Repository.Shared("data/matching/targets");
        var judged = Rows(File.ReadLines(Path.Combine(Repository.Root, "tests/Terminology.Store.Tests/Search/judged-queries.csv"))).Skip(1).Select(row => new Judged(row[0], row[1], row[2], row[3].Split(' '))).ToArray();
        var missed = new List<Judged>();
        foreach (var vocabulary in judged.GroupBy(query => query.Vocabulary))
        {
            using var release = Load(Path.Combine(folder, Files[vocabulary.Key]), numeric: vocabulary.Key is "snomed" or "rxnorm");
            foreach (var query in vocabulary)
            {
                var found = Ask(release, query.Query);
                if (query.Codes.Any(found.Contains)) continue;
                missed.Add(query);
                TestContext.Out.WriteLine($"{query.Kind} {query.Vocabulary} '{query.Query}': {string.Join(' ', query.Codes)} is not among {string.Join(' ', found)}");
            }
        }
        foreach (var (kind, bar) in new[] { ("clean", 0.95), ("rough", 0.85) })
        {
            var all = judged.Count(query => query.Kind == kind);
            var hits = all - missed.Count(query => query.Kind == kind);
            TestContext.Out.WriteLine($"{kind}: {hits} of {all}, {100.0 * hits / all:N1} %");
            Assert.That((double)hits / all, Is.GreaterThanOrEqualTo(bar), kind);
        }
    }

    private static string[] Ask(ReleaseFile release, string query)
    {
        var hits = new TermHit[Top];
        var result = release.System.Search.Search(new TermQuery { Text = query }, hits);
        return [.. hits.Take(result.Written).Select(hit => Encoding.UTF8.GetString(release.System.Code(hit.Concept)))];
    }

    private static ReleaseFile Load(string path, bool numeric)
    {
        var info = ReleaseFile.Info();
        var release = new ReleaseFile(info with { NumericCodes = numeric });
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in Rows(Records(reader)).Skip(1))
        {
            if (known.Add(row[0])) release.Concept(row[0]);
            release.Designation(row[0], row[1], rank: row[2] is "long" or "fsn" or "name" ? (byte)0 : (byte)1);
        }
        return release;
    }

    /// <summary>Lines put together while a quote is open.</summary>
    private static IEnumerable<string> Records(StreamReader reader)
    {
        var record = "";
        while (reader.ReadLine() is { } line)
        {
            record += record.Length == 0 ? line : " " + line;
            if (record.Count(letter => letter == '"') % 2 != 0) continue;
            yield return record;
            record = "";
        }
    }

    private static IEnumerable<string[]> Rows(IEnumerable<string> records)
    {
        foreach (var record in records)
        {
            var (fields, field, quoted) = (new List<string>(), new StringBuilder(), false);
            for (var i = 0; i < record.Length; i++)
            {
                if (record[i] == '"' && quoted && i + 1 < record.Length && record[i + 1] == '"') field.Append(record[i++]);
                else if (record[i] == '"') quoted = !quoted;
                else if (record[i] == ',' && !quoted) (_, field) = (Add(), new StringBuilder());
                else field.Append(record[i]);
            }
            Add();
            yield return [.. fields];

            bool Add()
            {
                fields.Add(field.ToString());
                return true;
            }
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.RxNorm;

/// <summary>RxNorm, full or prescribable: the RXNORM atoms as the code system; remapped concepts, NDCs and the codes of free sources as concept maps.</summary>
/// <remarks>NLM <see href="https://www.nlm.nih.gov/research/umls/rxnorm/docs/techdoc.html">RxNorm technical documentation</see>.</remarks>
internal sealed partial class RxNormLoader : IReleaseLoader
{
    private const string Notice = "Courtesy of the U.S. National Library of Medicine (NLM), National Institutes of Health; NLM is not responsible for the product and does not endorse it. Sources other than SAB=RXNORM carry terms of their own.";

    /// <summary>UMLS <see href="https://www.nlm.nih.gov/research/umls/knowledge_sources/metathesaurus/release/abbreviations.html">relationship abbreviations</see>; their names (RELA) are properties as well.</summary>
    private static readonly (string Rel, string Meaning)[] Relations =
    [
        ("RB", "Has a broader relationship"), ("RN", "Has a narrower relationship"), ("RO", "Has a relationship other than synonymous, narrower or broader"), ("SY", "Source asserted synonymy"),
    ];

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = files.Files.Select(file => (File: file, Table: RxNormTable.TableOf(file)!)).Where(item => item.Table is not null).ToArray();
        if (found.Length == 0) return [];
        if (found.All(item => item.Table != "RXNCONSO"))
        {
            throw new ReleaseFormat($"these are files of RxNorm ({string.Join(", ", found.Select(item => item.File.Name))}), but RXNCONSO.RRF, which has the names of all concepts, is missing. Import the whole rrf folder of the release.", files.Root);
        }
        var chosen = Fullest(found);
        var version = options.As?.Version ?? FolderDate().Match(chosen[0].File.Path + " " + files.Root).Groups["date"].Value;
        if (version.Length == 0) version = VersionInContent([.. chosen.Where(item => item.Table == "RXNSAB").Select(item => item.File)], options);
        var settled = version.Length == 0 ? null : version;
        return [new RxNormRelease(chosen, options)
        {
            Info = new()
            {
                Id = new(CodeSystemUri.RxNorm.Value, settled),
                Title = $"RxNorm {version}".TrimEnd(),
                Format = "rxnorm-rrf",
                Date = DateTime.TryParseExact(version, "MMddyyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
                Copyright = Notice,
                NumericCodes = true,
                CodeSystem = new()
                {
                    Url = CodeSystemUri.RxNorm, Version = settled, Name = "RxNorm", Title = "RxNorm", Publisher = "U.S. National Library of Medicine", Copyright = Notice, Language = "en",
                    HierarchyMeaning = null, ValueSet = "http://www.nlm.nih.gov/research/umls/rxnorm/vs", Identifiers = ["urn:oid:2.16.840.1.113883.6.88"],
                    Properties =
                    [
                        new("SAB", PropertyType.String, Description: "Sources that name the concept") { IsDerived = true },
                        .. Relations.Select(relation => new PropertyDefinition(relation.Rel, PropertyType.Code, Description: relation.Meaning) { IsDerived = true }),
                    ],
                },
            },
            Files = [.. found.Select(item => item.File)],
        }];
    }

    /// <summary>A full release carries its prescribable content again in a folder of its own: the set with the largest RXNCONSO is the release.</summary>
    private static (ReleaseFile File, string Table)[] Fullest((ReleaseFile File, string Table)[] found)
    {
        var folder = FolderOf(found.Where(item => item.Table == "RXNCONSO").MaxBy(item => item.File.Length).File);
        var folders = found.Where(item => item.Table == "RXNCONSO").Select(item => FolderOf(item.File)).ToHashSet(StringComparer.Ordinal);
        return [.. found.Where(item => FolderOf(item.File) is var own && (own == folder || !folders.Contains(own)))];
    }

    private static string FolderOf(ReleaseFile file) => file.Path[..(file.Path.LastIndexOf('/') + 1)];

    private static string VersionInContent(ReleaseFile[] sources, ImportOptions options)
    {
        var (source, version) = (RxNormTable.Column("RXNSAB", "RSAB"), RxNormTable.Column("RXNSAB", "SVER"));
        foreach (var file in sources)
        {
            using var rows = new RxNormTable(file, new LoadReport(), options.Encoding);
            while (rows.Read())
            {
                if (rows[source].SequenceEqual("RXNORM"u8) && rows[version].Length > 0) return rows.Text(version);
            }
        }
        return "";
    }

    [GeneratedRegex(@"RxNorm_\w+?_(?<date>\d{8})", RegexOptions.IgnoreCase)]
    private static partial Regex FolderDate();
}

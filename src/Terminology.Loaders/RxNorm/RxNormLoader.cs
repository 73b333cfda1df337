using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders.RxNorm;

/// <summary>RxNorm, full or prescribable: the RXNORM atoms as the code system; remapped concepts and NDCs as concept maps.</summary>
internal sealed partial class RxNormLoader : IReleaseLoader
{
    private const string Notice = "Courtesy of the U.S. National Library of Medicine (NLM), National Institutes of Health; NLM is not responsible for the product and does not endorse it. Sources other than SAB=RXNORM carry terms of their own.";

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = files.Files.Select(file => (File: file, Table: RxNormTable.TableOf(file)!)).Where(item => item.Table is not null).ToArray();
        if (found.Length == 0) return [];
        if (found.All(item => item.Table != "RXNCONSO"))
        {
            throw new ReleaseFormat($"these are files of RxNorm ({string.Join(", ", found.Select(item => item.File.Name))}), but RXNCONSO.RRF, which has the names of all concepts, is missing. Import the whole rrf folder of the release.", files.Root);
        }
        var version = options.As?.Version ?? FolderDate().Match(found[0].File.Path + " " + files.Root).Groups["date"].Value;
        if (version.Length == 0) version = VersionInContent([.. found.Where(item => item.Table == "RXNSAB").Select(item => item.File)], options);
        return [new RxNormRelease(found, options)
        {
            Info = new()
            {
                Id = new(CodeSystemUri.RxNorm.Value, version.Length == 0 ? null : version),
                Title = $"RxNorm {version}",
                Format = "rxnorm-rrf",
                Date = DateTime.TryParseExact(version, "MMddyyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
                Copyright = Notice,
                NumericCodes = true,
                CodeSystem = new()
                {
                    Url = CodeSystemUri.RxNorm, Version = version, Name = "RxNorm", Title = "RxNorm", Publisher = "U.S. National Library of Medicine", Copyright = Notice, Language = "en",
                    HierarchyMeaning = null, ValueSet = "http://www.nlm.nih.gov/research/umls/rxnorm/vs", Identifiers = ["urn:oid:2.16.840.1.113883.6.88"],
                },
            },
            Files = [.. found.Select(item => item.File)],
        }];
    }

    private static string VersionInContent(ReleaseFile[] sources, ImportOptions options)
    {
        foreach (var file in sources)
        {
            using var rows = new RxNormTable(file, new LoadReport(), options.Encoding);
            while (rows.Read())
            {
                if (rows["RSAB"] == "RXNORM" && rows["SVER"] is { Length: > 0 } version) return version;
            }
        }
        return "";
    }

    [GeneratedRegex(@"RxNorm_\w+?_(?<date>\d{8})", RegexOptions.IgnoreCase)]
    private static partial Regex FolderDate();

    private sealed class RxNormRelease((ReleaseFile File, string Table)[] tables, ImportOptions options) : RecognisedRelease
    {
        private static readonly Coding Synonym = new("http://www.nlm.nih.gov/research/umls/rxnorm", "SY", null, "Synonym");

        /// <summary>Term types that name a concept, best first; others are synonyms of it.</summary>
        private static readonly string[] Naming = ["SCD", "SBD", "GPCK", "BPCK", "IN", "PIN", "MIN", "BN", "SCDC", "SCDF", "SCDFP", "SCDG", "SCDGP", "SBDC", "SBDF", "SBDFP", "SBDG", "DF", "DFG"];

        private readonly Dictionary<string, Coding> _uses = new(StringComparer.Ordinal);

        public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
        {
            report.Progress.TotalBytes = tables.Sum(table => table.File.Length);
            sink.Begin(info with
            {
                CodeSystem = info.CodeSystem! with { Version = info.Id.Version, Properties = [new("TTY", PropertyType.String), new("SAB", PropertyType.String), new("STY", PropertyType.String), new("TUI", PropertyType.String), new("status", PropertyType.String), new("NDC", PropertyType.String)] },
            });
            var known = Concepts(sink, report, cancel);
            Relations(sink, report, known, cancel);
            Attributes(sink, report, known, info, cancel);
            SemanticTypes(sink, report, known, cancel);
            Remapped(sink, report, known, info, cancel);
            foreach (var (file, _) in tables.Where(table => table.Table == "RXNSAB"))
            {
                using var rows = new RxNormTable(file, report, options.Encoding);
                while (rows.Read())
                {
                }
            }
        }

        private HashSet<int> Concepts(IReleaseSink sink, LoadReport report, CancellationToken cancel)
        {
            var known = new HashSet<int>();
            foreach (var rows in Open("RXNCONSO", report, cancel))
            {
                if (!rows.Is(11, "SAB", "RXNORM"u8)) continue;
                var code = rows["RXCUI"];
                if (!int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    rows.Reject("RXCUI", $"'{code}' is no RXCUI.");
                    continue;
                }
                var (type, suppress) = (rows["TTY"], rows["SUPPRESS"]);
                var key = Utf8(code);
                var naming = Array.IndexOf(Naming, type);
                if (known.Add(number) || (naming >= 0 && suppress is "N" or ""))
                {
                    sink.Concept(new() { Code = key, Flags = suppress is "O" or "Y" or "E" ? ConceptFlags.Inactive : ConceptFlags.None });
                }
                sink.Designation(new()
                {
                    Id = Utf8(rows["RXAUI"]), Concept = key, Value = Utf8(rows["STR"]), Use = naming >= 0 ? DesignationUses.Display : Use(type), Language = "en", Active = suppress is not "E",
                    DisplayRank = (byte)(naming >= 0 ? naming : type == "PSN" ? 30 : 40),
                });
                sink.Property(new() { Concept = key, Property = naming >= 0 ? "TTY"u8 : "synonym-TTY"u8, Type = PropertyType.String, Value = Utf8(type), Active = true });
                if (suppress is "O" or "Y" or "E") sink.Property(new() { Concept = key, Property = "status"u8, Type = PropertyType.String, Value = suppress == "O" ? "obsolete"u8 : "suppressed"u8, Active = true });
            }
            return known;
        }

        /// <summary>RXCUI2 has the relation RELA to RXCUI1; both directions are rows of the file.</summary>
        private void Relations(IReleaseSink sink, LoadReport report, HashSet<int> known, CancellationToken cancel)
        {
            foreach (var rows in Open("RXNREL", report, cancel))
            {
                if (!rows.Is(10, "SAB", "RXNORM"u8)) continue;
                var (source, target) = (rows["RXCUI2"], rows["RXCUI1"]);
                if (source.Length == 0 || target.Length == 0 || !Known(source, known) || !Known(target, known)) continue;
                var relation = rows["RELA"] is { Length: > 0 } named ? named : rows["REL"];
                sink.Relationship(new() { Source = Utf8(source), Type = Utf8(relation), Target = Utf8(target), Active = true });
            }
        }

        private void Attributes(IReleaseSink sink, LoadReport report, HashSet<int> known, ReleaseInfo info, CancellationToken cancel)
        {
            var packages = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (var rows in Open("RXNSAT", report, cancel))
            {
                if (!rows.Is(9, "SAB", "RXNORM"u8)) continue;
                var (code, name, value) = (rows["RXCUI"], rows["ATN"], rows["ATV"]);
                if (!Known(code, known) || value.Length == 0) continue;
                sink.Property(new() { Concept = Utf8(code), Property = Utf8(name), Type = PropertyType.String, Value = Utf8(value), Active = true });
                if (name != "NDC") continue;
                foreach (var ndc in Terminology.Ndc.Readings(value).Take(1))
                {
                    if (!packages.TryGetValue(ndc, out var concepts)) packages[ndc] = concepts = [];
                    if (!concepts.Contains(code)) concepts.Add(code);
                }
            }
            if (packages.Count == 0) return;
            var map = sink.Map(new()
            {
                Url = $"{CodeSystemUri.RxNorm}?fhir_cm=ndc", Version = info.Id.Version, Name = "RxNorm_NDC", Title = "NDC to RxNorm", Publisher = "U.S. National Library of Medicine",
                Groups = [new(new(CodeSystemUri.Ndc.Value), new(CodeSystemUri.RxNorm.Value, info.Id.Version))],
            });
            foreach (var (ndc, concepts) in packages)
            {
                sink.MapElement(map, 0, new(ndc, [.. concepts.Select(concept => new MapTarget { Code = concept, Relationship = MapRelationship.SourceIsNarrowerThanTarget })]));
            }
        }

        private void SemanticTypes(IReleaseSink sink, LoadReport report, HashSet<int> known, CancellationToken cancel)
        {
            foreach (var rows in Open("RXNSTY", report, cancel))
            {
                var code = rows["RXCUI"];
                if (!Known(code, known)) continue;
                sink.Property(new() { Concept = Utf8(code), Property = "STY"u8, Type = PropertyType.String, Value = Utf8(rows["STY"]), Active = true });
                if (rows["TUI"] is { Length: > 0 } tui) sink.Property(new() { Concept = Utf8(code), Property = "TUI"u8, Type = PropertyType.String, Value = Utf8(tui), Active = true });
            }
        }

        /// <summary>What became of retired concepts: the last RXCUI that their atoms were merged to.</summary>
        private void Remapped(IReleaseSink sink, LoadReport report, HashSet<int> known, ReleaseInfo info, CancellationToken cancel)
        {
            var remaps = new SortedDictionary<int, List<string>>();
            var names = new Dictionary<int, string>();
            foreach (var rows in Open("RXNATOMARCHIVE", report, cancel))
            {
                if (rows["SAB"] is not ("RXNORM" or "")) continue;
                Remap(rows["RXCUI"], rows["MERGED_TO_RXCUI"], rows["STR"]);
            }
            foreach (var rows in Open("RXNCUI", report, cancel)) Remap(rows["CUI1"], rows["CUI2"], null);
            foreach (var (old, name) in names.Where(pair => !known.Contains(pair.Key)))
            {
                var key = Utf8(old.ToString(CultureInfo.InvariantCulture));
                sink.Concept(new() { Code = key, Flags = ConceptFlags.Inactive });
                sink.Designation(new() { Concept = key, Value = Utf8(name), Use = DesignationUses.Display, Language = "en", Active = true });
                sink.Property(new() { Concept = key, Property = "status"u8, Type = PropertyType.String, Value = "remapped"u8, Active = true });
            }
            if (remaps.Count == 0) return;
            var system = new VersionedUrl(CodeSystemUri.RxNorm.Value, info.Id.Version);
            var map = sink.Map(new() { Url = $"{CodeSystemUri.RxNorm}?fhir_cm=remap", Version = info.Id.Version, Name = "RxNorm_remap", Title = "RxNorm: remapped concepts", Publisher = "U.S. National Library of Medicine", Groups = [new(system, system)] });
            foreach (var (old, targets) in remaps)
            {
                sink.MapElement(map, 0, new(old.ToString(CultureInfo.InvariantCulture), [.. targets.Select(target => new MapTarget { Code = target, Relationship = targets.Count == 1 ? MapRelationship.Equivalent : MapRelationship.RelatedTo })]));
            }

            void Remap(string old, string target, string? name)
            {
                if (!int.TryParse(old, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return;
                if (name is not null) names.TryAdd(number, name);
                if (target.Length == 0 || target == old || !Known(target, known) || known.Contains(number)) return;
                if (!remaps.TryGetValue(number, out var targets)) remaps[number] = targets = [];
                if (!targets.Contains(target)) targets.Add(target);
            }
        }

        private IEnumerable<RxNormTable> Open(string table, LoadReport report, CancellationToken cancel)
        {
            foreach (var (file, _) in tables.Where(item => item.Table == table))
            {
                using var rows = new RxNormTable(file, report, options.Encoding);
                while (rows.Read())
                {
                    if (rows.Counts.Read % 8192 == 0) cancel.ThrowIfCancellationRequested();
                    yield return rows;
                }
            }
        }

        private static bool Known(string code, HashSet<int> known) => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && known.Contains(number);

        private Coding Use(string type) => type == "SY" ? Synonym : _uses.TryGetValue(type, out var known) ? known : _uses[type] = new(CodeSystemUri.RxNorm.Value, type, null, type);

        private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
    }
}

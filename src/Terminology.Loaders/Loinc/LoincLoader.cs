using System.Text.RegularExpressions;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Loinc;

/// <summary>What a LOINC file holds, by its header.</summary>
internal enum LoincContent
{
    Table,
    Part,
    PartLink,
    AnswerList,
    AnswerListLink,
    Hierarchy,
    Panels,
    ParentGroups,
    Groups,
    GroupTerms,
    Variants,
    VariantTerms,
    ConsumerNames,
    MapTo,
}

/// <summary>LOINC: the table by column names, with every accessory file that is there.</summary>
/// <remarks>LOINC <see href="https://loinc.org/kb/users-guide/loinc-database-structure/">database structure</see>; FHIR <see href="https://terminology.hl7.org/LOINC.html">using LOINC with FHIR</see>.</remarks>
internal sealed partial class LoincLoader : IReleaseLoader
{
    public const string Copyright =
        "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes "
        + "(LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc.";

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = files.Files.Select(file => (File: file, Content: ContentOf(file))).Where(item => item.Content is not null).Select(item => (item.File, Content: item.Content!.Value)).ToArray();
        if (found.Length == 0) return [];
        var tables = found.Where(item => item.Content == LoincContent.Table).OrderByDescending(item => item.File.FirstLine().Count(character => character == ',')).ThenByDescending(item => item.File.Length).ToArray();
        if (tables.Length == 0)
        {
            throw new ReleaseFormat($"these are accessory files of LOINC ({string.Join(", ", found.Take(3).Select(item => item.File.Name))}), but the table Loinc.csv is missing. Import the whole release folder or archive.", files.Root);
        }
        var table = tables[0].File;
        var version = options.As?.Version ?? FolderVersion().Match(table.Path + "/" + files.Root).Groups["version"].Value;
        if (version.Length == 0) version = VersionInContent(table, options);
        return [new LoincRelease(table, [.. found.Where(item => item.Content != LoincContent.Table)], options)
        {
            Info = new()
            {
                Id = new(CodeSystemUri.Loinc.Value, version.Length == 0 ? null : version),
                Title = $"LOINC {version}".TrimEnd(),
                Format = "loinc",
                Copyright = Copyright,
                CodeSystem = new()
                {
                    Url = CodeSystemUri.Loinc,
                    Version = version.Length == 0 ? null : version,
                    Name = "LOINC",
                    Title = "LOINC",
                    Publisher = "Regenstrief Institute, Inc.",
                    Copyright = Copyright,
                    Language = "en",
                    CaseSensitive = false,
                    ValueSet = "http://loinc.org/vs",
                    Identifiers = ["urn:oid:2.16.840.1.113883.6.1"],
                },
            },
            Files = [.. found.Select(item => item.File)],
        }];
    }

    private static LoincContent? ContentOf(ReleaseFile file)
    {
        if (!file.UnpackedName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) return null;
        var columns = file.FirstLine().ToUpperInvariant().Replace("\"", "", StringComparison.Ordinal).Split(',', ';', '\t');
        bool Has(params string[] names) => names.All(columns.Contains);
        if (Has("LOINC_NUM")) return Has("LINGUISTICVARIANTDISPLAYNAME") || file.Name.Contains("LinguisticVariant", StringComparison.Ordinal) ? LoincContent.VariantTerms : LoincContent.Table;
        if (Has("PARTNUMBER", "LOINCNUMBER", "LINKTYPENAME")) return LoincContent.PartLink;
        // Document ontology, radiology playbook and part mappings name parts too: the display name is the part file's own.
        if (Has("PARTNUMBER", "PARTTYPENAME", "PARTDISPLAYNAME")) return LoincContent.Part;
        if (Has("ANSWERLISTID", "ANSWERSTRINGID")) return LoincContent.AnswerList;
        if (Has("LOINCNUMBER", "ANSWERLISTID", "ANSWERLISTLINKTYPE")) return LoincContent.AnswerListLink;
        if (Has("PATH_TO_ROOT", "IMMEDIATE_PARENT", "CODE")) return LoincContent.Hierarchy;
        if (Has("PARENTLOINC", "LOINC", "SEQUENCE")) return LoincContent.Panels;
        if (Has("GROUPID", "LOINCNUMBER")) return LoincContent.GroupTerms;
        if (Has("PARENTGROUPID", "GROUPID", "GROUP")) return LoincContent.Groups;
        if (Has("PARENTGROUPID", "PARENTGROUP")) return LoincContent.ParentGroups;
        if (Has("ISO_LANGUAGE", "ISO_COUNTRY")) return LoincContent.Variants;
        if (Has("LOINCNUMBER", "CONSUMERNAME")) return LoincContent.ConsumerNames;
        return Has("LOINC", "MAP_TO") ? LoincContent.MapTo : null;
    }

    /// <summary>The latest release that changed a term: in a whole table that is the release itself.</summary>
    private static string VersionInContent(ReleaseFile table, ImportOptions options)
    {
        using var rows = new CsvRows(table, new LoadReport(), options.Encoding);
        if (!rows.Has("VersionLastChanged")) return "";
        var latest = new Version(0, 0);
        while (rows.Read())
        {
            if (Version.TryParse(rows["VersionLastChanged"], out var version) && version > latest) latest = version;
        }
        return latest.Major == 0 ? "" : latest.ToString();
    }

    [GeneratedRegex(@"[Ll](?:oinc|OINC)[_-]?(?<version>\d\.\d{1,2})", RegexOptions.CultureInvariant)]
    private static partial Regex FolderVersion();
}

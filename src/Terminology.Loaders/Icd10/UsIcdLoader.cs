using System.Text.RegularExpressions;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Icd10;

/// <summary>What a file of the CDC or CMS holds, by its first lines.</summary>
internal enum UsIcdContent
{
    CmOrder,
    CmCodes,
    CmTabular,
    PcsOrder,
    Dx9,
    Sg9,
    CodesAddenda,
    CmAddenda,
    PcsAddenda,
}

/// <summary>ICD-10-CM (order file and tabular XML together), ICD-10-PCS, ICD-9-CM; addenda, where the order file of their version is not there too, are applied to the version before.</summary>
/// <remarks>CDC <see href="https://www.cdc.gov/nchs/icd/icd-10-cm/files.html">ICD-10-CM files</see>, CMS <see href="https://www.cms.gov/medicare/coding-billing/icd-10-codes">ICD-10 codes</see>.</remarks>
internal sealed partial class UsIcdLoader : IReleaseLoader
{
    /// <summary>ICD-9-CM procedures have no canonical of their own in FHIR; this is their OID.</summary>
    public const string ProceduresUrl = "urn:oid:2.16.840.1.113883.6.104";

    private const string Notice = "ICD-10-CM, ICD-10-PCS and ICD-9-CM are works of the United States government (CDC/NCHS, CMS) in the public domain.";

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = files.Files.Select(file => (File: file, Content: ContentOf(file))).Where(item => item.Content is not null).Select(item => (item.File, Content: item.Content!.Value)).ToArray();
        var releases = new List<RecognisedRelease>();
        Release(CodeSystemUri.Icd10Cm.Value, "ICD-10-CM", "icd10cm", UsIcdContent.CmOrder, UsIcdContent.CmCodes, UsIcdContent.CmTabular);
        Release(CodeSystemUri.Icd10Pcs.Value, "ICD-10-PCS", "icd10pcs", UsIcdContent.PcsOrder);
        Release(CodeSystemUri.Icd9Cm.Value, "ICD-9-CM diagnoses", "icd9cm", UsIcdContent.Dx9);
        Release(ProceduresUrl, "ICD-9-CM procedures", "icd9cm", UsIcdContent.Sg9);
        Addenda(CodeSystemUri.Icd10Cm.Value, "ICD-10-CM", "icd10cm", UsIcdContent.CmAddenda, UsIcdContent.CmOrder);
        Addenda(CodeSystemUri.Icd10Pcs.Value, "ICD-10-PCS", "icd10pcs", UsIcdContent.PcsAddenda, UsIcdContent.PcsOrder);
        var codesOnly = found.Where(item => item.Content == UsIcdContent.CodesAddenda).Select(item => item.File).ToArray();
        if (releases.Count == 0 && codesOnly.Length > 0) throw new ReleaseFormat("these are addenda of the valid codes alone, without headers; import the order addenda or the order file of the new version.", codesOnly[0].Path);
        return releases;

        void Addenda(string url, string title, string format, UsIcdContent content, UsIcdContent whole)
        {
            foreach (var (file, _) in found.Where(item => item.Content == content))
            {
                var version = VersionOf(file, content, files.Root, options);
                // The order file of the same version has the changes in it.
                if (found.Any(item => item.Content == whole && VersionOf(item.File, whole, files.Root, options) == version)) continue;
                var from = FormerVersion().Match(file.Start(1 << 20));
                releases.Add(new UsIcdAddenda(file, content == UsIcdContent.CmAddenda ? IcdCode.Cm10 : code => code, options)
                {
                    Info = InfoOf(url, $"{title} {version} (addenda)", title, format, version, options),
                    Files = [file],
                    Base = new(options.As?.Url ?? url, from.Success ? from.Value : null),
                });
            }
        }

        void Release(string url, string title, string format, params UsIcdContent[] contents)
        {
            // One year may have several files; several years are several releases.
            foreach (var year in found.Where(item => contents.Contains(item.Content)).GroupBy(item => VersionOf(item.File, item.Content, files.Root, options), StringComparer.Ordinal))
            {
                var chosen = year.Any(item => item.Content == UsIcdContent.CmOrder) ? year.Where(item => item.Content != UsIcdContent.CmCodes).ToArray() : [.. year];
                releases.Add(new UsIcdRelease(chosen, options)
                {
                    Info = InfoOf(url, $"{title} {year.Key}", title, format, year.Key, options),
                    Files = [.. year.Select(item => item.File), .. found.Where(item => item.Content >= UsIcdContent.CodesAddenda && VersionOf(item.File, item.Content, files.Root, options) == year.Key).Select(item => item.File)],
                });
            }
        }
    }

    private static ReleaseInfo InfoOf(string url, string releaseTitle, string title, string format, string version, ImportOptions options) => new()
    {
        Id = new(options.As?.Url ?? url, options.As?.Version ?? (version.Length == 0 ? null : version)),
        Title = releaseTitle,
        Format = format,
        Copyright = Notice,
        CodeSystem = new() { Url = new(url), Version = version, Name = title.Replace('-', '_').Replace(' ', '_'), Title = title, Publisher = "CDC/NCHS, CMS", Copyright = Notice, Language = "en", Identifiers = Oids(url) },
    };

    private static string[] Oids(string url) => url == CodeSystemUri.Icd10Cm.Value ? ["urn:oid:2.16.840.1.113883.6.90"] : url == CodeSystemUri.Icd10Pcs.Value ? ["urn:oid:2.16.840.1.113883.6.4"] : url == CodeSystemUri.Icd9Cm.Value ? ["urn:oid:2.16.840.1.113883.6.103"] : [];

    private static string VersionOf(ReleaseFile file, UsIcdContent content, string root, ImportOptions options)
    {
        if (options.As?.Version is { } said) return said;
        if (content == UsIcdContent.CmTabular && SafeXml.Head(file, "version")?.Value.Trim() is { Length: > 0 } version) return version;
        if (content is UsIcdContent.Dx9 or UsIcdContent.Sg9) return CmsVersion().Match(file.Path + " " + root) is { Success: true } cms ? cms.Groups["version"].Value : "";
        return Year().Matches(file.Path) is { Count: > 0 } years ? years[^1].Value : Year().Match(root).Value;
    }

    private static UsIcdContent? ContentOf(ReleaseFile file)
    {
        var name = file.UnpackedName;
        if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) return SafeXml.Root(file)?.Name.LocalName == "ICD10CM.tabular" ? UsIcdContent.CmTabular : null;
        if (!name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)) return null;
        var lines = file.Start().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToArray();
        if (lines.Length == 0) return null;
        if (lines.Take(20).Any(line => Change().IsMatch(line))) return AddendaOf(lines);
        if (OrderLine().IsMatch(lines[0])) return IsProcedures(lines.Where(line => OrderLine().IsMatch(line)).Select(line => line[6..13].Trim()), name) ? UsIcdContent.PcsOrder : UsIcdContent.CmOrder;
        if (GemLine().IsMatch(lines[0])) return null;
        if (CmCodeLine().IsMatch(lines[0])) return UsIcdContent.CmCodes;
        if (!NineLine().IsMatch(lines[0])) return null;
        return lines.SkipLast(1).Any(line => line.TakeWhile(char.IsAsciiDigit).Count() == 5) ? UsIcdContent.Dx9 : UsIcdContent.Sg9;
    }

    private static UsIcdContent AddendaOf(string[] lines)
    {
        var changes = lines.Where(line => Change().IsMatch(line) && line.Length > 23).ToArray();
        return changes.Length > 0 && changes.All(line => line[13] is '0' or '1' && line[14] == ' ') ? UsIcdContent.CmAddenda
            : changes.Length > 0 && IsProcedures(changes.Select(line => line[13..20].Trim()), "") ? UsIcdContent.PcsAddenda
            : UsIcdContent.CodesAddenda;
    }

    /// <summary>
    /// ICD-10-PCS has digits in the first place, letters in the second, T to Z in the seventh; ICD-10-CM has none of these. The excerpt that
    /// could be both is known by its name.
    /// </summary>
    private static bool IsProcedures(IEnumerable<string> codes, string name)
    {
        var all = codes.ToArray();
        if (all.Any(code => char.IsAsciiDigit(code[0]) || char.IsAsciiLetter(code[1]) || code is { Length: 7 } and [.., >= 'T' and <= 'Z'])) return true;
        return all.All(code => code.Length is 3 or 7) && name.Contains("pcs", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"^\d{5} [A-Z0-9]{3,7} +[01] ")]
    private static partial Regex OrderLine();

    [GeneratedRegex(@"^[A-Z]\d[0-9A-Z]{1,5} +\S")]
    private static partial Regex CmCodeLine();

    [GeneratedRegex(@"^\d{2,5} +[A-Za-z]")]
    private static partial Regex NineLine();

    [GeneratedRegex(@"^\S+\s+\S+\s+[01]{3}\d\d\s*$")]
    private static partial Regex GemLine();

    [GeneratedRegex(@"^(Add|Delete|Revise from|Revise to|No Change|Revise):?\s")]
    private static partial Regex Change();

    /// <summary>"71704 codes in icd10cm_order_2018.txt", the first of two: the version that the addenda start from.</summary>
    [GeneratedRegex(@"(?<=\bcodes in \S*_)(19|20)\d\d(?=\.txt)")]
    private static partial Regex FormerVersion();

    [GeneratedRegex(@"(19|20)\d\d")]
    private static partial Regex Year();

    [GeneratedRegex(@"CMS(?<version>\d\d)|v(?<version>\d\d)", RegexOptions.IgnoreCase)]
    private static partial Regex CmsVersion();
}

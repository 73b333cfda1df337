using System.Text.RegularExpressions;
using Terminology.Issues;
using Terminology.Loaders.Input;

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
    Addenda,
}

/// <summary>ICD-10-CM (order file and tabular XML together), ICD-10-PCS, ICD-9-CM; addenda are recognised and belong to no release.</summary>
/// <remarks>CDC <see href="https://www.cdc.gov/nchs/icd/icd-10-cm/files.html">ICD-10-CM files</see>, CMS <see href="https://www.cms.gov/medicare/coding-billing/icd-10-codes">ICD-10 codes</see>.</remarks>
internal sealed partial class UsIcdLoader : IReleaseLoader
{
    /// <summary>ICD-9-CM procedures have no canonical of their own in FHIR; this is their OID.</summary>
    public const string ProceduresUrl = "urn:oid:2.16.840.1.113883.6.104";

    private const string Notice = "ICD-10-CM, ICD-10-PCS and ICD-9-CM are works of the United States government (CDC/NCHS, CMS) in the public domain.";

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = files.Files.Select(file => (File: file, Content: ContentOf(file))).Where(item => item.Content is not null).Select(item => (item.File, Content: item.Content!.Value)).ToArray();
        var addenda = found.Where(item => item.Content == UsIcdContent.Addenda).Select(item => item.File).ToArray();
        var releases = new List<RecognisedRelease>();
        Release(CodeSystemUri.Icd10Cm.Value, "ICD-10-CM", "icd10cm", UsIcdContent.CmOrder, UsIcdContent.CmCodes, UsIcdContent.CmTabular);
        Release(CodeSystemUri.Icd10Pcs.Value, "ICD-10-PCS", "icd10pcs", UsIcdContent.PcsOrder);
        Release(CodeSystemUri.Icd9Cm.Value, "ICD-9-CM diagnoses", "icd9cm", UsIcdContent.Dx9);
        Release(ProceduresUrl, "ICD-9-CM procedures", "icd9cm", UsIcdContent.Sg9);
        if (releases.Count == 0 && addenda.Length > 0) throw new ReleaseFormat("these are addenda, lists of changes; import the order file of the new version, which has them in it.", addenda[0].Path);
        return releases;

        void Release(string url, string title, string format, params UsIcdContent[] contents)
        {
            // One year may have several files; several years are several releases.
            foreach (var year in found.Where(item => contents.Contains(item.Content)).GroupBy(item => VersionOf(item.File, item.Content, files.Root, options), StringComparer.Ordinal))
            {
                var chosen = year.Any(item => item.Content == UsIcdContent.CmOrder) ? year.Where(item => item.Content != UsIcdContent.CmCodes).ToArray() : [.. year];
                releases.Add(new UsIcdRelease(chosen, options)
                {
                    Info = new()
                    {
                        Id = new(options.As?.Url ?? url, options.As?.Version ?? (year.Key.Length == 0 ? null : year.Key)),
                        Title = $"{title} {year.Key}",
                        Format = format,
                        Copyright = Notice,
                        CodeSystem = new() { Url = new(url), Version = year.Key, Name = title.Replace('-', '_').Replace(' ', '_'), Title = title, Publisher = "CDC/NCHS, CMS", Copyright = Notice, Language = "en", Identifiers = Oids(url) },
                    },
                    Files = [.. year.Select(item => item.File), .. releases.Count == 0 ? addenda : []],
                });
            }
        }
    }

    private static string[] Oids(string url) => url == CodeSystemUri.Icd10Cm.Value ? ["urn:oid:2.16.840.1.113883.6.90"] : url == CodeSystemUri.Icd10Pcs.Value ? ["urn:oid:2.16.840.1.113883.6.4"] : url == CodeSystemUri.Icd9Cm.Value ? ["urn:oid:2.16.840.1.113883.6.103"] : [];

    private static string VersionOf(ReleaseFile file, UsIcdContent content, string root, ImportOptions options)
    {
        if (options.As?.Version is { } said) return said;
        if (content == UsIcdContent.CmTabular && TabularVersion().Match(file.Start()) is { Success: true } version) return version.Groups["version"].Value;
        if (content is UsIcdContent.Dx9 or UsIcdContent.Sg9) return CmsVersion().Match(file.Path + " " + root) is { Success: true } cms ? cms.Groups["version"].Value : "";
        return Year().Matches(file.Path) is { Count: > 0 } years ? years[^1].Value : Year().Match(root).Value;
    }

    private static UsIcdContent? ContentOf(ReleaseFile file)
    {
        var name = file.UnpackedName;
        if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) return file.Start(2048).Contains("<ICD10CM.tabular", StringComparison.Ordinal) ? UsIcdContent.CmTabular : null;
        if (!name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)) return null;
        var lines = file.Start().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToArray();
        if (lines.Length == 0) return null;
        if (lines.Take(20).Any(line => Change().IsMatch(line))) return UsIcdContent.Addenda;
        if (OrderLine().IsMatch(lines[0])) return char.IsAsciiDigit(lines[0][6]) ? UsIcdContent.PcsOrder : UsIcdContent.CmOrder;
        if (GemLine().IsMatch(lines[0])) return null;
        if (CmCodeLine().IsMatch(lines[0])) return UsIcdContent.CmCodes;
        if (!NineLine().IsMatch(lines[0])) return null;
        return lines.SkipLast(1).Any(line => line.TakeWhile(char.IsAsciiDigit).Count() == 5) ? UsIcdContent.Dx9 : UsIcdContent.Sg9;
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

    [GeneratedRegex(@"(19|20)\d\d")]
    private static partial Regex Year();

    [GeneratedRegex(@"CMS(?<version>\d\d)|v(?<version>\d\d)", RegexOptions.IgnoreCase)]
    private static partial Regex CmsVersion();

    [GeneratedRegex(@"<version>(?<version>\d{4})</version>")]
    private static partial Regex TabularVersion();
}

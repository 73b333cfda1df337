using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Ndc;

/// <summary>The FDA's NDC directory: packages by their eleven digits, products by labeler and product.</summary>
/// <remarks>FDA <see href="https://www.fda.gov/drugs/drug-approvals-and-databases/ndc-product-file-definitions">file definitions</see>.</remarks>
internal sealed class NdcLoader : IReleaseLoader
{
    private static readonly string[] ProductColumns = ["PRODUCTTYPENAME", "PROPRIETARYNAME", "NONPROPRIETARYNAME", "DOSAGEFORMNAME", "ROUTENAME", "STARTMARKETINGDATE", "ENDMARKETINGDATE", "MARKETINGCATEGORYNAME", "APPLICATIONNUMBER", "LABELERNAME", "SUBSTANCENAME", "ACTIVE_NUMERATOR_STRENGTH", "ACTIVE_INGRED_UNIT", "DEASCHEDULE"];

    private static readonly string[] PackageColumns = ["NDCPACKAGECODE", "STARTMARKETINGDATE", "ENDMARKETINGDATE", "NDC_EXCLUDE_FLAG", "SAMPLE_PACKAGE"];

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = files.Files.Where(file => file.UnpackedName.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) || file.UnpackedName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            .Select(file => (File: file, Header: file.FirstLine())).Where(item => item.Header.Contains("PRODUCTNDC", StringComparison.OrdinalIgnoreCase)).ToArray();
        if (found.Length == 0) return [];
        var product = found.FirstOrDefault(item => item.Header.Contains("PROPRIETARYNAME", StringComparison.OrdinalIgnoreCase)).File
            ?? throw new ReleaseFormat("this is the package file of the NDC directory; product.txt, which has the names, is missing. Import both together.", found[0].File.Path);
        var version = options.As?.Version ?? System.Text.RegularExpressions.Regex.Match(product.Path + " " + files.Root, @"\d{4}-\d{2}-\d{2}").Value;
        return [new NdcRelease(product, found.Where(item => item.Header.Contains("NDCPACKAGECODE", StringComparison.OrdinalIgnoreCase)).Select(item => item.File).FirstOrDefault(), options)
        {
            Info = new()
            {
                Id = new(CodeSystemUri.Ndc.Value, version.Length == 0 ? null : version), Title = $"FDA NDC directory {version}".TrimEnd(), Format = "ndc",
                CodeSystem = new() { Url = CodeSystemUri.Ndc, Version = version.Length == 0 ? null : version, Name = "NDC", Title = "National Drug Code directory", Publisher = "U.S. Food and Drug Administration", Language = "en", Identifiers = ["urn:oid:2.16.840.1.113883.6.69"] },
            },
            Files = [.. found.Select(item => item.File)],
        }];
    }

    private sealed class NdcRelease(ReleaseFile product, ReleaseFile? package, ImportOptions options) : RecognisedRelease
    {
        public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
        {
            report.Progress.TotalBytes = product.Length + (package?.Length ?? 0);
            sink.Begin(info with { CodeSystem = info.CodeSystem! with { Version = info.Id.Version, Properties = [.. ProductColumns.Union(PackageColumns, StringComparer.Ordinal).Select(column => new PropertyDefinition(column, PropertyType.String))] } });
            var products = new Dictionary<string, (string Title, string[] Values)>(StringComparer.Ordinal);
            using (var rows = new CsvRows(product, report, options.Encoding, '\t'))
            {
                while (rows.Read())
                {
                    cancel.ThrowIfCancellationRequested();
                    var code = rows["PRODUCTNDC"];
                    if (code.Length == 0)
                    {
                        rows.Reject("PRODUCTNDC", "PRODUCTNDC is empty.");
                        continue;
                    }
                    var name = $"{rows["PROPRIETARYNAME"]} {rows["PROPRIETARYNAMESUFFIX"]}".Trim();
                    var title = $"{name} ({rows["NONPROPRIETARYNAME"]}) {rows["ACTIVE_NUMERATOR_STRENGTH"]} {rows["ACTIVE_INGRED_UNIT"]} {rows["DOSAGEFORMNAME"]}".Trim();
                    string[] values = [.. ProductColumns.Select(column => rows[column])];
                    var isNew = products.TryAdd(code, (title, values));
                    if (isNew) Concept(sink, code, title, isAbstract: true);
                    // A product stands once for each of its applications: what differs is added.
                    for (var i = 0; i < values.Length; i++)
                    {
                        if (isNew || values[i] != products[code].Values[i]) Value(sink, code, ProductColumns[i], values[i]);
                    }
                }
            }
            if (package is null) return;
            using var packages = new CsvRows(package, report, options.Encoding, '\t');
            var lines = new Dictionary<string, long>(StringComparer.Ordinal);
            while (packages.Read())
            {
                cancel.ThrowIfCancellationRequested();
                var code = packages["NDCPACKAGECODE"];
                if (Terminology.Ndc.Readings(code) is not [var digits])
                {
                    packages.Reject("NDCPACKAGECODE", $"'{code}' is no NDC of ten digits with hyphens.");
                    continue;
                }
                if (!lines.TryAdd(digits, packages.Line))
                {
                    packages.Reject("NDCPACKAGECODE", $"the package {code} stands in line {lines[digits]} already; the first row counts.");
                    continue;
                }
                var of = packages["PRODUCTNDC"];
                var isKnown = products.TryGetValue(of, out var known);
                Concept(sink, digits, isKnown ? $"{known.Title}, {packages["PACKAGEDESCRIPTION"]}" : packages["PACKAGEDESCRIPTION"], isAbstract: false);
                foreach (var column in PackageColumns) Value(sink, digits, column, packages[column]);
                if (isKnown) sink.Relationship(new() { Source = Encoding.UTF8.GetBytes(digits), Type = "parent"u8, Target = Encoding.UTF8.GetBytes(of), Active = true });
            }
        }

        private static void Concept(IReleaseSink sink, string code, string title, bool isAbstract)
        {
            var key = Encoding.UTF8.GetBytes(code);
            sink.Concept(new() { Code = key, Flags = isAbstract ? ConceptFlags.Abstract : ConceptFlags.None });
            if (title.Length > 0) sink.Designation(new() { Concept = key, Value = Encoding.UTF8.GetBytes(title), Use = DesignationUses.Display, Language = "en", Active = true });
        }

        private static void Value(IReleaseSink sink, string code, string property, string value)
        {
            if (value.Length > 0) sink.Property(new() { Concept = Encoding.UTF8.GetBytes(code), Property = Encoding.UTF8.GetBytes(property), Type = PropertyType.String, Value = Encoding.UTF8.GetBytes(value), Active = true });
        }
    }
}

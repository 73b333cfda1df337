using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Terminology.Loaders.Icd10;
using Terminology.Loaders.Input;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders.Gem;

/// <summary>
/// General equivalence mappings of the CMS: each file is a concept map of its own; neither direction is derived from the other. The flags stay with every target:
/// approximate, no-map, combination, scenario, choice-list.
/// </summary>
/// <remarks>CMS <see href="https://www.cms.gov/medicare/coding-billing/icd-10-codes/2018-icd-10-cm-gem">GEMs</see>. In a combination one code of every choice list is needed; scenarios are alternatives.</remarks>
internal sealed partial class GemLoader : IReleaseLoader
{
    /// <summary>One classification of a GEM.</summary>
    internal sealed record Side(string Url, string Name, Func<string, string> CodeOf);

    private static readonly Side Cm10 = new(CodeSystemUri.Icd10Cm.Value, "icd-10-cm", IcdCode.Cm10), Pcs10 = new(CodeSystemUri.Icd10Pcs.Value, "icd-10-pcs", code => code),
        Dx9 = new(CodeSystemUri.Icd9Cm.Value, "icd-9-cm", IcdCode.Dx9), Sg9 = new(UsIcdLoader.ProceduresUrl, "icd-9-cm-procedures", IcdCode.Sg9);

    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = new List<RecognisedRelease>();
        foreach (var file in files.Files.Where(file => file.UnpackedName.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)))
        {
            var lines = file.Start().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).SkipLast(1).ToArray();
            if (lines.Length == 0 || !lines.Take(5).All(line => Row().IsMatch(line))) continue;
            var (source, target) = Sides(lines);
            var year = Year().Match(file.Path + " " + files.Root).Value;
            // Procedures of ICD-9-CM have an OID for a system, which takes no query; their maps are those of ICD-9-CM.
            var url = $"{(source == Sg9 ? Dx9 : source).Url}?fhir_cm=gem-{target.Name}";
            found.Add(new GemRelease(file, source, target, options)
            {
                Info = new()
                {
                    Id = options.As ?? new(url, year.Length == 0 ? null : year),
                    Title = $"GEM {source.Name} to {target.Name} {year}",
                    Format = "gem",
                    Copyright = "General equivalence mappings are works of the United States government (CMS) in the public domain.",
                },
                Files = [file],
            });
        }
        return found;
    }

    /// <summary>Which classifications: seven characters are procedures of ICD-10; a letter first is ICD-10-CM (of ICD-9-CM only E and V codes have one); two digits and more are ICD-9-CM.</summary>
    internal static (Side Source, Side Target) Sides(string[] lines)
    {
        var pairs = lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(parts => !parts[1].StartsWith("No", StringComparison.OrdinalIgnoreCase)).Take(200).ToArray();
        var (sources, targets) = (pairs.Select(pair => pair[0]).ToArray(), pairs.Select(pair => pair[1]).ToArray());
        if (targets.All(code => code.Length == 7)) return (Sg9, Pcs10);
        if (sources.All(code => code.Length == 7) && targets.All(code => code.All(char.IsAsciiDigit) && code.Length <= 4)) return (Pcs10, Sg9);
        return sources.Count(code => char.IsAsciiLetter(code[0])) > sources.Length / 2 ? (Cm10, Dx9) : (Dx9, Cm10);
    }

    [GeneratedRegex(@"^\S+\s+\S+\s+[01]{3}\d\d\s*$")]
    private static partial Regex Row();

    [GeneratedRegex(@"(19|20)\d\d")]
    private static partial Regex Year();

    private sealed class GemRelease(ReleaseFile file, Side source, Side target, ImportOptions options) : RecognisedRelease
    {
        public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
        {
            report.Progress.TotalBytes = file.Length;
            sink.Begin(info);
            var map = sink.Map(new()
            {
                Url = info.Id.Url,
                Version = info.Id.Version,
                Name = $"GEM_{source.Name}_{target.Name}".Replace('-', '_'),
                Title = info.Title,
                Publisher = "CMS",
                Copyright = info.Copyright,
                Groups = [new(new(source.Url), new(target.Url))],
            });
            var elements = new Dictionary<string, List<MapTarget>>(StringComparer.Ordinal);
            var order = new List<string>();
            using var lines = new TextLines(file, report, options.Encoding);
            while (lines.Read())
            {
                if (lines.Line % 4096 == 0) cancel.ThrowIfCancellationRequested();
                var parts = Encoding.UTF8.GetString(lines.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (parts.Length != 3 || parts[2].Length != 5 || parts[2].Any(flag => !char.IsAsciiDigit(flag)))
                {
                    lines.Counts.Reject(lines.Line, "source code, target code and five flag digits are expected.");
                    continue;
                }
                var code = source.CodeOf(parts[0]);
                if (!elements.TryGetValue(code, out var targets))
                {
                    elements[code] = targets = [];
                    order.Add(code);
                }
                targets.Add(parts[2][1] == '1' ? NoMap(parts[2]) : Target(parts[1], parts[2]));
            }
            foreach (var code in order)
            {
                sink.MapElement(map, 0, elements[code].All(row => row.Code is null) ? new(code, []) { NoMap = true, Comment = NoMapComment } : new(code, elements[code]));
            }
        }

        private const string NoMapComment = "The GEM says that there is no map.";

        private static MapTarget NoMap(string flags) => new() { Code = null, Relationship = MapRelationship.NotRelatedTo, Comment = NoMapComment, Properties = [new("approximate", flags[0] == '1' ? "true" : "false"), new("no-map", "true")] };

        private MapTarget Target(string code, string flags)
        {
            var (approximate, combination, scenario, choice) = (flags[0] == '1', flags[2] == '1', flags[3] - '0', flags[4] - '0');
            return new()
            {
                Code = target.CodeOf(code),
                // One code of a combination is a part of what the source means.
                Relationship = approximate || combination ? MapRelationship.RelatedTo : MapRelationship.Equivalent,
                RuleGroup = combination ? scenario * 10 + choice : 0,
                Properties =
                [
                    new("approximate", approximate ? "true" : "false"),
                    new("combination", combination ? "true" : "false"),
                    .. combination ? new KeyValuePair<string, string>[] { new("scenario", scenario.ToString(CultureInfo.InvariantCulture)), new("choice-list", choice.ToString(CultureInfo.InvariantCulture)) } : [],
                ],
            };
        }
    }
}

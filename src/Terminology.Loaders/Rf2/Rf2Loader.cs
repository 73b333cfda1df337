using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Rf2;

/// <summary>SNOMED CT RF2: one or several packages make one edition, in one release; packages that are the same at different dates are releases of their own.</summary>
/// <remarks>
/// The version URI names the module on which no other depends, at its date in the module dependency reference set
/// (<see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-uri-standard">SNOMED CT URI standard</see>).
/// </remarks>
internal sealed class Rf2Loader : IReleaseLoader
{
    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = files.Files.Select(Rf2File.Recognise).OfType<Rf2File>().ToArray();
        var packages = found.GroupBy(file => file.Package, StringComparer.Ordinal).Select(package => package.ToArray()).ToArray();
        return AreDates(packages)
            ? [.. packages.OrderBy(package => package.Max(file => file.NameDate), StringComparer.Ordinal).Select(package => Release(package, files, options))]
            : found.Length == 0 ? [] : [Release(found, files, options)];
    }

    /// <summary>Does a file come twice, at different dates, each beside others of its own? An extension has other names than the edition on which it stands.</summary>
    private static bool AreDates(Rf2File[][] packages)
        => packages.SelectMany(BestOf).GroupBy(file => file.NameWithoutDate, StringComparer.OrdinalIgnoreCase).Any(same => same.Select(file => file.Package).Distinct(StringComparer.Ordinal).Count() > 1);

    private static Rf2Release Release(Rf2File[] found, ReleaseFiles files, ImportOptions options)
    {
        var chosen = found.GroupBy(file => file.Package, StringComparer.Ordinal).SelectMany(BestOf).ToArray();
        var isDelta = chosen.All(file => file.ReleaseType == Rf2ReleaseType.Delta);
        if (!isDelta)
        {
            Require(Rf2Content.Concept, "sct2_Concept_…");
            Require(Rf2Content.Description, "sct2_Description_…");
        }
        var (module, date) = Edition(chosen);
        var version = options.As is { } said ? VersionOf(said) : Uri(module, date, found.Any(file => file.IsUnpublished));
        var (name, isKnown) = (SnomedEditions.Name(module), SnomedEditions.IsKnown(module));
        var info = new ReleaseInfo
        {
            Id = new(CodeSystemUri.Snomed.Value, version),
            Title = $"SNOMED CT {name} {date}{(isDelta ? " (delta applied)" : "")}",
            Format = "snomed-rf2",
            Date = date.IsKnown ? date.ToString().Insert(6, "-").Insert(4, "-") : null,
            Copyright = SnomedEditions.Copyright,
            HierarchyType = "116680003",
            NumericCodes = true,
            CodeSystem = new()
            {
                Url = CodeSystemUri.Snomed,
                Version = version,
                Name = isKnown ? "SNOMED_CT" : null,
                Title = isKnown ? $"SNOMED CT {name}" : null,
                Date = date.IsKnown ? date.ToString().Insert(6, "-").Insert(4, "-") : null,
                Publisher = "SNOMED International",
                Copyright = SnomedEditions.Copyright,
                Language = "en",
                Compositional = true,
                ValueSet = "http://snomed.info/sct?fhir_vs",
                Identifiers = ["urn:oid:2.16.840.1.113883.6.96"],
                Properties =
                [
                    new("moduleId", PropertyType.Code) { IsDerived = true },
                    new("effectiveTime", PropertyType.DateTime),
                    new("sufficientlyDefined", PropertyType.Boolean) { IsDerived = true },
                    new("inactive", PropertyType.Boolean, "http://hl7.org/fhir/concept-properties#inactive"),
                    new("normalForm", PropertyType.String, Description: "What the concept or expression means, in primitive concepts and attributes, with terms") { IsDerived = true },
                    new("normalFormTerse", PropertyType.String, Description: "What the concept or expression means, in primitive concepts and attributes, without terms") { IsDerived = true },
                ],
            },
        };
        return new Rf2Release(chosen, options)
        {
            Info = info,
            Files = [.. found.Select(file => file.File)],
            Base = isDelta ? new(CodeSystemUri.Snomed.Value) : null,
        };

        void Require(Rf2Content content, string name)
        {
            if (chosen.All(file => file.Content != content))
            {
                throw new ReleaseFormat($"this is SNOMED CT RF2, but there is no {content.ToString().ToLowerInvariant()} file ({name}) among its {chosen.Length} {chosen[0].ReleaseType} files. Import the whole package, for an extension together with the edition it depends on.", files.Root);
            }
        }
    }

    /// <summary>A package that holds itself in several release types is read once: as snapshot, else in full. A delta beside the snapshot of another package adds to it.</summary>
    private static IEnumerable<Rf2File> BestOf(IEnumerable<Rf2File> package)
    {
        var files = package.ToArray();
        var type = files.Min(file => file.ReleaseType);
        return files.Where(file => file.ReleaseType == type);
    }

    private static string? Uri(string module, EffectiveTime date, bool unpublished)
        => date.IsKnown ? $"http://snomed.info/{(unpublished ? "xsct" : "sct")}/{module}/version/{date}" : null;

    /// <summary><c>--as</c> takes system|version URI, or the version URI alone.</summary>
    private static string? VersionOf(VersionedUrl said) => said.Version ?? (said.Url.Contains("/version/", StringComparison.Ordinal) ? said.Url : null);

    private static (string Module, EffectiveTime Date) Edition(Rf2File[] files)
    {
        var dependencies = new List<(string Module, string Target, EffectiveTime Date)>();
        foreach (var file in files.Where(file => file.Content == Rf2Content.Refset && file.RefsetColumns().Type == RefsetType.ModuleDependency))
        {
            using var rows = new DelimitedRows(file.File, '\t', 8, new LoadReport(), null, file.Header);
            while (rows.Read())
            {
                if (rows[2] is [(byte)'1'] && EffectiveTime.TryParse(rows[6], out var date)) dependencies.Add((Text(rows[3]), Text(rows[5]), date));
            }
        }
        var modules = dependencies.Select(row => row.Module).Where(module => !SnomedEditions.MapModules.Contains(module)).Distinct(StringComparer.Ordinal).ToArray();
        var top = modules.Where(module => !dependencies.Any(row => row.Target == module && row.Module != module && modules.Contains(row.Module)))
            .OrderByDescending(module => dependencies.Count(row => row.Module == module)).ThenBy(module => module, StringComparer.Ordinal).FirstOrDefault();
        return top is not null
            ? (top, dependencies.Where(row => row.Module == top).Max(row => row.Date))
            : FromConcepts(files);
    }

    /// <summary>Without module dependencies: the module of most concepts, at the latest effective time.</summary>
    private static (string Module, EffectiveTime Date) FromConcepts(Rf2File[] files)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var latest = default(EffectiveTime);
        foreach (var file in files.Where(file => file.Content is Rf2Content.Concept or Rf2Content.Description))
        {
            using var rows = new DelimitedRows(file.File, '\t', file.Columns.Length, new LoadReport(), null, file.Header);
            while (rows.Read())
            {
                if (!EffectiveTime.TryParse(rows[1], out var time)) continue;
                if (time > latest) latest = time;
                var module = Text(rows[3]);
                counts[module] = counts.GetValueOrDefault(module) + (file.Content == Rf2Content.Concept ? 1000 : 1);
            }
        }
        var own = counts.Where(count => !SnomedEditions.MapModules.Contains(count.Key) && count.Key != SnomedEditions.International)
            .OrderByDescending(count => count.Value).Select(count => count.Key).FirstOrDefault();
        // An extension without dependencies beside the international content names the edition.
        return (own ?? SnomedEditions.International, latest);
    }

    private static string Text(ReadOnlySpan<byte> utf8) => System.Text.Encoding.UTF8.GetString(utf8);
}

using Terminology.Loaders.CodeLists;
using Terminology.Loaders.FhirPackages;
using Terminology.Loaders.Gem;
using Terminology.Loaders.Icd10;
using Terminology.Loaders.Input;
using Terminology.Loaders.Loinc;
using Terminology.Loaders.Ndc;
using Terminology.Loaders.Rf2;
using Terminology.Loaders.RxNorm;
using Terminology.Loaders.Ucum;

namespace Terminology.Loaders;

/// <summary>All loaders, in the order in which they are asked; native formats before packages, packages before code lists.</summary>
public static class ReleaseLoaders
{
    /// <summary>The loaders.</summary>
    public static IReadOnlyList<IReleaseLoader> All { get; } =
    [
        new Rf2Loader(),
        new LoincLoader(),
        new RxNormLoader(),
        new NdcLoader(),
        new UcumLoader(),
        new GemLoader(),
        new UsIcdLoader(),
        new ClamlLoader(),
        new FhirPackageLoader(),
        new CodeListLoader(),
    ];

    /// <summary>Everything that the loaders recognise among the files; a file belongs to the first loader that claims it.</summary>
    /// <exception cref="Issues.ReleaseFormat">Nothing is recognised, or a core file is missing; says what was seen and what would be expected.</exception>
    public static IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = new List<RecognisedRelease>();
        // A map as text is no release: it is brought to the people who work on it.
        var rest = files.Without(MapTexts(files));
        if (rest.Files.Count == 0) throw new Issues.ReleaseFormat(Issues.FolderMessages.NoRelease(), files.Root);
        foreach (var loader in All)
        {
            // Any table could be a code list: only when nothing else was found is it one.
            if (rest.Files.Count == 0 || (loader is CodeListLoader && found.Count > 0)) break;
            var releases = loader.Recognise(rest, options);
            if (releases.Count == 0) continue;
            found.AddRange(releases);
            rest = rest.Without(releases.SelectMany(release => release.Files).ToHashSet());
        }
        if (found.Count > 0) return found;
        var names = string.Join(", ", files.Files.Take(5).Select(file => file.Path));
        throw new Issues.ReleaseFormat(
            $"none of the {files.Files.Count} files is of a format that can be imported ({names}{(files.Files.Count > 5 ? ", …" : "")}). Known are SNOMED CT RF2, LOINC, ICD-10 ClaML, "
            + "ICD-10-CM and -PCS, ICD-9-CM, GEM, RxNorm RRF, NDC, UCUM, FHIR packages and resources, and CSV lists with a column 'code'.", files.Root);
    }

    /// <summary>The files of maps as text: those that stand beside <c>map.json</c> and <c>rows.csv</c> under their names.</summary>
    private static HashSet<ReleaseFile> MapTexts(ReleaseFiles files) => files.Files.GroupBy(file => Path.GetDirectoryName(file.Path)).Where(folder => folder.Any(file => file.Name == "map.json") && folder.Any(file => file.Name == "rows.csv"))
        .SelectMany(folder => folder.Where(file => Maps.Folders.MapFolder.Files.Contains(file.Name))).ToHashSet();
}

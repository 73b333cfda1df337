using Terminology.Loaders.Input;

namespace Terminology.Loaders;

/// <summary>All loaders, in the order in which they are asked; native formats before packages, packages before code lists.</summary>
public static class ReleaseLoaders
{
    /// <summary>The loaders.</summary>
    public static IReadOnlyList<IReleaseLoader> All { get; } =
    [
    ];

    /// <summary>Everything that the loaders recognise among the files.</summary>
    /// <exception cref="Issues.ReleaseFormat">Nothing is recognised, or a core file is missing; says what was seen and what would be expected.</exception>
    public static IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        foreach (var loader in All)
        {
            if (loader.Recognise(files, options) is { Count: > 0 } found) return found;
        }
        throw new Issues.ReleaseFormat($"none of the {files.Files.Count} files is of a format that can be imported.", files.Root);
    }
}

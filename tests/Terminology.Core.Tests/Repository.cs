namespace Terminology;

/// <summary>Where the checkout and, when present, the shared data beside it are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the data beside the checkout; skips the running test when it is absent.</summary>
    public static string Shared(string path)
    {
        var full = Path.Combine(Root, "..", "shared", path);
        if (!Path.Exists(full)) Assert.Ignore($"needs ../shared/{path}, which is not there");
        return full;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Terminology.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new InvalidOperationException("Terminology.sln is not above the tests.");
        }
        return folder;
    }
}

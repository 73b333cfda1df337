namespace Terminology.Store.Data;

/// <summary>Which versions were live at a moment, told by the log of the manifest.</summary>
public static class VersionsInForce
{
    /// <summary>The live version of each url, after all that was done up to and including the moment. What came later, and what had been removed, is not in it.</summary>
    public static IReadOnlyDictionary<string, string> At(Manifest manifest, DateTimeOffset moment)
    {
        var live = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in manifest.Log.TakeWhile(change => change.Time <= moment))
        {
            switch (change.Action)
            {
                case "activate":
                    live[change.Url] = change.Version;
                    break;
                // The log names the version before where an import made itself live; the first of a url always does.
                case "import" when change.Before is not null || !live.ContainsKey(change.Url):
                    live[change.Url] = change.Version;
                    break;
                case "remove" when live.GetValueOrDefault(change.Url) == change.Version:
                    live.Remove(change.Url);
                    break;
            }
        }
        return live;
    }
}

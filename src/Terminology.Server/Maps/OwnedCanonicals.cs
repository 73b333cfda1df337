using System.Text;
using Terminology.Issues;
using Terminology.Store.Data;

namespace Terminology.Server.Maps;

/// <summary>
/// Which canonicals belong to a map that people work on, in a file of the data folder: verbs that load files do not have the journal, and must still refuse what
/// would answer in the map's place.
/// </summary>
internal static class OwnedCanonicals
{
    /// <summary>Owner by canonical.</summary>
    public static IReadOnlyDictionary<string, string> Read(string data)
    {
        var owned = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(PathOf(data))) return owned;
        foreach (var line in File.ReadLines(PathOf(data)))
        {
            if (line.Split('\t') is [var url, var map]) owned[url] = map;
        }
        return owned;
    }

    /// <summary>Makes one more durable; before the map itself is, so that there is no moment in between.</summary>
    public static void Add(string data, string url, string map)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(data))!);
        using (var file = new FileStream(PathOf(data), FileMode.Append))
        {
            file.Write(Encoding.UTF8.GetBytes($"{url}\t{map}\n"));
            file.Flush(flushToDisk: true);
        }
        DataFolder.SyncFolder(Path.GetDirectoryName(PathOf(data))!);
        DataFolder.SyncFolder(data);
    }

    /// <exception cref="TerminologyException">Conflict: one of these canonicals belongs to a map.</exception>
    public static void Refuse(string data, IEnumerable<string?> urls)
    {
        var owned = Read(data);
        if (owned.Count > 0 && urls.FirstOrDefault(url => url is not null && owned.ContainsKey(url)) is { } taken) throw new TerminologyException(IssueType.Conflict, "OWNED_BY_MAP", MappingMessages.OwnedByMap(taken, owned[taken]));
    }

    private static string PathOf(string data) => Path.Combine(data, "maps", "owned.tsv");
}

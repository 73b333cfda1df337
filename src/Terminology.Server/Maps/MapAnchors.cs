using System.Globalization;
using System.Text;
using Terminology.Mapping.Events;
using Terminology.Store.Data;

namespace Terminology.Server.Maps;

/// <summary>
/// Heads of the logs of maps, noted beside the journal whenever a release takes a step: a log that was cut off, or put back to an earlier day, no longer has them. The file is
/// only ever added to, and goes into backups with the maps.
/// </summary>
internal sealed class MapAnchors(string data)
{
    /// <summary>Its name, in the folder of maps.</summary>
    public const string FileName = "heads.tsv";

    private readonly Lock _turn = new();

    private string File => Path.Combine(data, "maps", FileName);

    /// <summary>Makes one more head durable.</summary>
    public void Add(string map, long sequence, string head)
    {
        lock (_turn)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            using (var file = new FileStream(File, FileMode.Append))
            {
                file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{map}\t{sequence}\t{head}\n")));
                file.Flush(flushToDisk: true);
            }
            DataFolder.SyncFolder(Path.GetDirectoryName(File)!);
        }
    }

    /// <summary>The maps of which a head was noted.</summary>
    public IEnumerable<string> Maps => Lines().Select(line => line[0]).Distinct(StringComparer.Ordinal);

    /// <summary>The heads of a map that were noted, in the order in which they were.</summary>
    public IReadOnlyList<EventAnchor> Of(string map)
        => [.. Lines().Where(line => line[0] == map).Select(line => new EventAnchor(long.Parse(line[1], CultureInfo.InvariantCulture), line[2]))];

    // A line that a power cut left half is no line.
    private string[][] Lines()
    {
        lock (_turn) return System.IO.File.Exists(File) ? [.. System.IO.File.ReadLines(File).Select(line => line.Split('\t')).Where(line => line.Length == 3 && line[2].Length == EventChain.Beginning.Length)] : [];
    }
}

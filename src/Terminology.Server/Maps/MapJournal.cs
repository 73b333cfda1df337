using Terminology.Journal;
using Terminology.Store.Data;

namespace Terminology.Server.Maps;

/// <summary>The journal of a data folder. What happens to maps is a log of it.</summary>
internal static class MapJournal
{
    /// <exception cref="Issues.TerminologyException">Conflict: another process has it open. Exception: it is damaged.</exception>
    public static LiteJournal Open(string data) => LiteJournal.Open(Path.Combine(data, "journal"), TimeProvider.System, DataFolder.SyncFolder, MapBook.Collection);
}

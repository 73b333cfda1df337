using Terminology.Journal;
using Terminology.Store.Data;

namespace Terminology.Server.Maps;

/// <summary>The journal of a data folder. What happens to maps is a log of it.</summary>
internal static class MapJournal
{
    /// <exception cref="Issues.TerminologyException">Conflict: another process has it open. Exception: it is damaged.</exception>
    public static LiteJournal Open(string data, TimeProvider clock) => LiteJournal.Open(Path.Combine(data, "journal"), clock, DataFolder.SyncFolder, MapBook.Collection);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Terminology.Closure;
using Terminology.Journal;

namespace Terminology.Server.Hosting;

/// <summary>
/// Closure tables in the journal: a short document for each table, and one for what each version entered, so that a table grows by what is new. Whoever is told that
/// a concept was entered finds it after a restart.
/// </summary>
/// <remarks>Thread-safe. Changes are decided on the thread of the journal, one after another.</remarks>
internal sealed class KeptClosureTables : IClosureTables
{
    private const string Tables = "Closure", Entries = "ClosureEntry";
    private readonly IJournal _journal;
    private readonly ConcurrentDictionary<string, ClosureTable> _tables = new(StringComparer.Ordinal);

    public KeptClosureTables(IJournal journal)
    {
        _journal = journal;
        var entries = journal.Current.All(Entries).Where(document => !document.Deleted)
            .ToLookup(document => document.Id[..document.Id.LastIndexOf('/')], document => JsonSerializer.Deserialize<ClosureConcept[]>(document.Body.Span)!);
        foreach (var document in journal.Current.All(Tables).Where(document => !document.Deleted))
        {
            var head = JsonSerializer.Deserialize<Head>(document.Body.Span)!;
            _tables[document.Id] = new(document.Id, head.Started, head.Version)
            {
                Systems = [.. head.Systems],
                Concepts = [.. entries[document.Id].Where(concepts => concepts[0].Version > head.Started).OrderBy(concepts => concepts[0].Version).SelectMany(concepts => concepts)],
            };
        }
    }

    public ClosureTable? Find(string name) => _tables.GetValueOrDefault(name);

    /// <summary>These tables, for one who changes them.</summary>
    public IClosureTables By(string author) => new Written(this, author);

    public Task<bool> ReplaceAsync(ClosureTable? before, ClosureTable after) => ReplaceAsync(before, after, "anonymous");

    private async Task<bool> ReplaceAsync(ClosureTable? before, ClosureTable after, string author)
    {
        var replaced = await _journal.ChangeAsync(turn =>
        {
            var known = turn.State.TryFind(Tables, after.Name, out var document) ? JsonSerializer.Deserialize<Head>(document.Body.Span)!.Version : (int?)null;
            if (known != before?.Version) return false;
            turn.Write(Tables, after.Name, author, JsonSerializer.SerializeToUtf8Bytes(new Head(after.Started, after.Version, [.. after.Systems])));
            var entered = after.Newest.ToArray();
            if (entered.Length > 0) turn.Write(Entries, EntryId(after.Name, after.Version), author, JsonSerializer.SerializeToUtf8Bytes(entered));
            else foreach (var version in Versions(before)) turn.Delete(Entries, EntryId(after.Name, version), author);
            return true;
        });
        // Who was decided first may come here last.
        if (replaced) _tables.AddOrUpdate(after.Name, after, (_, known) => known.Version > after.Version ? known : after);
        return replaced;
    }

    private static IEnumerable<int> Versions(ClosureTable? table) => (table?.Concepts ?? ImmutableList<ClosureConcept>.Empty).Select(concept => concept.Version).Distinct();

    private static string EntryId(string name, int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}/{version}");

    private sealed class Written(KeptClosureTables tables, string author) : IClosureTables
    {
        public ClosureTable? Find(string name) => tables.Find(name);

        public Task<bool> ReplaceAsync(ClosureTable? before, ClosureTable after) => tables.ReplaceAsync(before, after, author);
    }

    /// <summary>A table without its concepts.</summary>
    private sealed record Head(int Started, int Version, ClosureSystem[] Systems);
}

using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Rows;

namespace Terminology.Server.Maps;

/// <summary>Whoever has looked at a row of a map soon finds all of them read.</summary>
public sealed class RowWarmerTests
{
    private const int Rows = 3000;
    private int _read;

    [Test]
    public void Looked_AtARow_ReadsAllOfThemOnce()
    {
        var state = State(places => [.. places.Select(place => Row((int)place))]);
        using var warmer = new RowWarmer(_ => state);
        warmer.Looked("m");
        warmer.Looked("m");
        Assert.That(() => Volatile.Read(ref _read), Is.EqualTo(Rows).After(10_000, 10));
        warmer.Dispose();
        Assert.That(state.Rows.Select(entry => entry.Row.Key), Is.EqualTo(Enumerable.Range(0, Rows).Select(at => $"K{at}")));
        Assert.That(_read, Is.EqualTo(Rows), "none was read again");
    }

    [Test]
    public void Looked_WhenTheJournalCloses_IsNobodysFailure()
    {
        var state = State(_ => throw new TerminologyException(IssueType.Transient, "JOURNAL_CLOSED", "closed"));
        var warmer = new RowWarmer(_ => state);
        warmer.Looked("m");
        Assert.DoesNotThrow(warmer.Dispose);
    }

    private static MapRow Row(int at) => new() { Key = $"K{at}", Number = at + 1, Code = $"K{at}" };

    private MapState State(Func<IReadOnlyList<long>, IReadOnlyList<MapRow>> read)
    {
        var project = new MapProject { Id = "m", Url = "http://hospital.example/m", Title = "M", SourceSystem = "http://hospital.example/local", TargetSystems = ["http://loinc.org"], Domain = "lab", Steward = "sue" };
        var rows = new StoredRows(KeyTable.Of(Enumerable.Range(0, Rows).Select(at => $"K{at}")), new byte[Rows], [.. Enumerable.Range(0, Rows).Select(at => new RowStamp(1, at))], places =>
        {
            Interlocked.Add(ref _read, places.Count);
            return read(places);
        });
        return MapState.Restore(new(project), rows, Rows, "");
    }
}

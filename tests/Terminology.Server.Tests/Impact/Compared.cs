using Terminology.Fhir.Resources;
using Terminology.Loaders;
using Terminology.Mapping.Impact;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Server.Impact;

/// <summary>Two releases of a code system, loaded side by side; the old one is live. Maps to codes of it are asked for what the new one does to them.</summary>
internal sealed class Compared(ImportedRelease before, ImportedRelease after) : IDisposable
{
    private const string Local = "http://hospital.example/local";

    private readonly TerminologyService _service = TerminologyService.Create([new(before.Release, Live: true), new(after.Release, Live: false)], new FhirResourceReader());

    /// <summary>The report on a map with one row for each of these targets, which has the code of its target as key.</summary>
    public ImpactReport Report(params IEnumerable<string> codes)
        => Report([.. codes.Select((code, at) => new MapRow { Key = code, Number = at + 1, Code = $"local {code}", Content = new() { Targets = [new() { System = before.Info.Id.Url, Code = code, Relationship = MapRelationship.Equivalent }] } })]);

    /// <summary>The report on a map with these rows.</summary>
    public ImpactReport Report(MapRow[] rows)
    {
        var map = new MapProject { Id = "map", Url = "http://hospital.example/map", Title = "Map", SourceSystem = Local, TargetSystems = [before.Info.Id.Url], Domain = "lab", Steward = "sue" };
        var stored = new StoredRows(KeyTable.Of(rows.Select(row => row.Key)), new byte[rows.Length], [.. rows.Select((_, at) => new RowStamp(1, at))], places => [.. places.Select(place => rows[place])]);
        // No release answers: nothing is read of files.
        return new Impacts(_service, after.Info.Id, null).Of(MapState.Restore(new(map), stored, 1, ""), null!, default, CancellationToken.None);
    }

    /// <summary>The classes of one target; empty when it is not touched.</summary>
    public ImpactClass[] Classes(string code) => Report(code).List is [var row] ? [.. row.Codes.Single().Classes] : [];

    /// <summary>The repairs of one touched target, as <c>kind code relationship</c>.</summary>
    public string[] Repairs(string code) => [.. Report(code).List.Single().Codes.Single().Repairs.Select(repair => $"{repair} {repair.Relationship}{(repair.IsCertain ? "" : "?")}")];

    public string Text(string code) => Report(code).List.Single().Codes.Single().Text;

    public void Dispose()
    {
        before.Dispose();
        after.Dispose();
    }
}

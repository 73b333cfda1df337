using System.Text.Json;
using Terminology.Issues;
using Terminology.Loaders.Lists;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;

namespace Terminology.Server.MapApi;

/// <summary>Takes the targets that a list itself names into rows that say nothing yet, and counts what became of each.</summary>
/// <param name="reader">Reads them.</param>
/// <param name="file">Name of the list.</param>
/// <param name="list">All of it.</param>
/// <param name="map">The map, which says how its rows are worked on: whoever decides without seeing another's answer is not given one by a list either.</param>
internal sealed class TargetTaking(ListTargets reader, string file, SourceList list, MapProject map)
{
    private const int MostRefused = 1000;
    private readonly List<BulkRefusal> _refused = [];
    private int _taken, _same, _refusals;

    /// <summary>The step that takes what a row of the list names; null, and counted, when there is none to take.</summary>
    /// <param name="row">As the map has it.</param>
    /// <param name="source">As the list has it; names a target.</param>
    public RowCommand? Look(MapRow row, SourceRow source)
    {
        var (content, fault) = reader.Read(source);
        if (content is null)
        {
            Refuse(new(row.Key, "TARGET_NOT_READ", fault!));
            return null;
        }
        if (BlindShare.NeedsTwo(map, row.Key))
        {
            Refuse(new(row.Key, "DECIDED_BLINDLY", MappingMessages.DecidedBlindly(row.Key)));
            return null;
        }
        if (content.Equals(row.Content))
        {
            _same++;
            return null;
        }
        if (row.State is not (MapRowState.Unmapped or MapRowState.Retired))
        {
            Refuse(new(row.Key, "SAYS_OTHERWISE", MappingMessages.SaysOtherwise(row.Key, JsonNamingPolicy.KebabCaseLower.ConvertName(row.State.ToString()))));
            return null;
        }
        _taken++;
        return new(RowVerb.Decide) { Content = content, Reason = "came with the list", Evidence = [.. ListTargets.Evidence(source, file)] };
    }

    public NamedTargets Report()
    {
        var named = list.Rows.Count(ListTargets.IsNamed);
        return new(named, _taken, _same, named - _taken - _same - _refusals, _refusals, _refused, reader.Direction(list.Rows));
    }

    private void Refuse(BulkRefusal refusal)
    {
        _refusals++;
        if (_refused.Count < MostRefused) _refused.Add(refusal);
    }
}

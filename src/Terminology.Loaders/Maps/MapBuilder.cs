using System.Globalization;
using Terminology.Issues;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;

namespace Terminology.Loaders.Maps;

/// <summary>
/// Gathers the lines of a file into one <see cref="MapLine"/> for each source code in its context, in order of first appearance, and keeps the account:
/// every entry counted is kept or rejected, and every rejection is named.
/// </summary>
internal sealed class MapBuilder(string file)
{
    private readonly Dictionary<(string?, string?, string, string), int> _index = [];
    private readonly List<MapLine> _lines = [];
    private readonly List<List<RowTarget>> _targets = [];
    private readonly List<(MapLine Line, int At)> _noMaps = [];
    private readonly List<Loss> _rejected = [];
    private readonly Dictionary<(string What, string Why), int> _noted = [];
    private int _read;

    /// <summary>Name of the file, for messages.</summary>
    public string File => file;

    /// <summary>Counts one entry of the file.</summary>
    public void Count() => _read++;

    /// <summary>Refuses the entry just counted.</summary>
    public void Reject(int line, string why, int column = 0)
        => _rejected.Add(new(column == 0 ? $"line {Number(line)}" : $"line {Number(line)}, column {Number(column)}", 1, why));

    /// <summary>The same in a file that has no lines.</summary>
    public void RejectAt(string place, string why) => _rejected.Add(new(place, 1, why));

    /// <summary>Notes what of a kept entry did not come through.</summary>
    public void Lose(string what, string why, int count = 1) => _noted[(what, why)] = _noted.GetValueOrDefault((what, why)) + count;

    /// <summary>The file as a whole cannot be read.</summary>
    public ReleaseFormat Fault(string text, int line = 0, int column = 0) => new(text, file, line, column);

    /// <summary>Adds what the entry just counted says; targets of one source code come together.</summary>
    public void Add(MapLine line)
    {
        var key = (line.System, line.SystemVersion, line.Code, PairsText.Write(line.Context));
        if (!_index.TryGetValue(key, out var at))
        {
            _index[key] = _lines.Count;
            _lines.Add(line);
            _targets.Add([.. line.Content.Targets]);
            return;
        }
        var first = _lines[at];
        if (line.Content.NoMap is not null)
        {
            _noMaps.Add((line, at));
            return;
        }
        if (first.Content.NoMap is not null && line.Content.Targets.Count > 0)
        {
            _noMaps.Add((first, at));
            first = first with { Content = RowContent.Empty, Line = line.Line };
        }
        _targets[at].AddRange(line.Content.Targets);
        _lines[at] = Joined(first, line);
    }

    /// <summary>What was read, with the lines gathered.</summary>
    public ReadMap Done(MapTable map)
    {
        foreach (var (line, at) in _noMaps)
        {
            if (_targets[at].Count > 0 && _targets[at].All(target => target.EffectiveTo is not null))
            {
                Lose("noMap", "That there is no target any more follows from the last day of the targets there were; it is no decision of its own.");
            }
            else if (_targets[at].Count > 0) Reject(line.Line, $"it says that '{line.Code}' has no target, but another line of the same code gives one; keep one of them.");
            else if (_lines[at].Content.NoMap is null) _lines[at] = Joined(_lines[at], line) with { Content = line.Content };
            else _lines[at] = Joined(_lines[at], line);
        }
        IReadOnlyList<MapLine> lines = [.. _lines.Select((line, at) => _targets[at].Count == 0 ? line : line with { Content = line.Content with { Targets = _targets[at] } })];
        return new(map with { Lines = lines }, _read, _read - _rejected.Count, [.. _rejected, .. _noted.Select(note => new Loss(note.Key.What, note.Value, note.Key.Why))]);
    }

    private MapLine Joined(MapLine first, MapLine other) => first with
    {
        Display = Same("sourceDisplay", first.Display, other.Display),
        State = Same("state", first.State, other.State),
        Author = Same("author", first.Author, other.Author),
        AuthoredAt = Same("authoredAt", first.AuthoredAt, other.AuthoredAt),
        Reviewer = Same("reviewer", first.Reviewer, other.Reviewer),
        ReviewedAt = Same("reviewedAt", first.ReviewedAt, other.ReviewedAt),
        Comment = Same("rowComment", first.Comment, other.Comment),
    };

    private T? Same<T>(string what, T? first, T? other)
    {
        if (first is null) return other;
        if (other is not null && !first.Equals(other)) Lose(what, "Lines of one source code say different things; the first one counts.");
        return first;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

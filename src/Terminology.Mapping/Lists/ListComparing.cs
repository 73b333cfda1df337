using System.Globalization;
using Terminology.Search;

namespace Terminology.Mapping.Lists;

/// <summary>Pairs the rows of two versions, by key, then by code where keys changed, and puts every pair, group and single row in its class.</summary>
internal sealed class ListComparing(SourceList before, SourceList after, UnitReader? units, IReadOnlyDictionary<string, SourceRow>? withdrawn, double shift)
{
    public IReadOnlyList<RowChange> Changes()
    {
        var old = before.Rows.ToDictionary(row => row.Key, StringComparer.Ordinal);
        var keys = after.Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var byRow = new Dictionary<SourceRow, RowChange>(after.Rows.Count, ReferenceEqualityComparer.Instance);
        var gone = before.Rows.Where(row => !keys.Contains(row.Key)).ToList();
        var arrived = after.Rows.Where(row => !old.ContainsKey(row.Key)).ToList();
        foreach (var row in after.Rows)
        {
            if (old.TryGetValue(row.Key, out var was)) byRow[row] = Pair(was, row);
        }
        var done = new HashSet<SourceRow>(ReferenceEqualityComparer.Instance);
        foreach (var change in Rekeyed(gone, arrived))
        {
            foreach (var row in change.Before) done.Add(row);
            foreach (var row in change.After) byRow[row] = change;
        }
        var changes = new List<RowChange>(after.Rows.Count + gone.Count);
        var listed = new HashSet<RowChange>(ReferenceEqualityComparer.Instance);
        foreach (var row in after.Rows)
        {
            var change = byRow.TryGetValue(row, out var found) ? found : Arrival(row);
            if (listed.Add(change)) changes.Add(change);
        }
        changes.AddRange(gone.Where(row => !done.Contains(row)).Select(row => new RowChange(RowClass.Withdrawn, [row], [], [])));
        return changes;
    }

    /// <summary>
    /// Rows of one code whose keys are only on one side: one against several is a split, several against one a merger, one against one the same row under another
    /// key. Of several against several those of one meaning are paired where that is unambiguous; the rest was withdrawn and added.
    /// </summary>
    private IEnumerable<RowChange> Rekeyed(List<SourceRow> gone, List<SourceRow> arrived)
    {
        var olds = gone.GroupBy(Code, StringComparer.Ordinal);
        var news = arrived.ToLookup(Code, StringComparer.Ordinal);
        foreach (var group in olds)
        {
            SourceRow[] left = [.. group], right = [.. news[group.Key]];
            if (right.Length == 0) continue;
            if (left.Length == 1 && right.Length == 1) yield return Pair(left[0], right[0]);
            else if (left.Length == 1) yield return new(RowClass.KeySplit, left, right, []);
            else if (right.Length == 1) yield return new(RowClass.KeyMerged, left, right, []);
            else
            {
                var meanings = right.ToLookup(row => Meaning(row));
                foreach (var same in left.GroupBy(row => Meaning(row)))
                {
                    if (same.Count() == 1 && meanings[same.Key].Count() == 1) yield return Pair(same.Single(), meanings[same.Key].Single());
                }
            }
        }
    }

    private RowChange Arrival(SourceRow row)
    {
        if (withdrawn is null || !withdrawn.TryGetValue(row.Key, out var earlier)) return new(RowClass.Added, [], [row], []);
        return new(RowClass.BackAgain, [], [row], Fields(earlier, row)) { Earlier = earlier, MeansOther = Meaning(earlier) != Meaning(row) };
    }

    private RowChange Pair(SourceRow was, SourceRow row)
    {
        if (was.SaysTheSame(row)) return new(RowClass.Unchanged, [was], [row], []);
        var fields = Fields(was, row);
        if (Meaning(was) != Meaning(row)) return new(RowClass.MeaningChanged, [was], [row], fields) { MeansOther = true };
        var volume = fields.Where(field => field.Field is "frequency" or "lastUsed").ToArray();
        var others = fields.Except(volume).ToArray();
        // Counts grow from one export to the next: that alone is no change.
        if (others.Length == 0) return new(Shifted(was, row) ? RowClass.VolumeShift : RowClass.Unchanged, [was], [row], fields);
        return new(others.All(field => IsWording(field)) ? RowClass.WordingOnly : RowClass.ContextChanged, [was], [row], fields);
    }

    private bool Shifted(SourceRow was, SourceRow row)
    {
        if (was.Frequency is not { } less || row.Frequency is not { } more) return false;
        if (less > more) (less, more) = (more, less);
        return more > shift * Math.Max(less, 1);
    }

    /// <summary>A display or synonym; a specimen, unit or code that reads the same.</summary>
    private bool IsWording(FieldChange field) => field.Field switch
    {
        _ when field.Field.StartsWith("display", StringComparison.Ordinal) || field.Field == "synonyms" => true,
        "specimen" => SpecimenWords.Normal(field.Before) == SpecimenWords.Normal(field.After),
        "unit" => units is not null && units.Read(field.Before) is { } unit && unit == units.Read(field.After),
        _ => TermFolding.Words(field.Before).SequenceEqual(TermFolding.Words(field.After)) && SameSigns(field.Before, field.After),
    };

    /// <summary>Folding drops signs, which in numbers and ranges are all that differs.</summary>
    private static bool SameSigns(string one, string other) => string.Concat(one.Where(IsSign)) == string.Concat(other.Where(IsSign));

    private static bool IsSign(char character) => !char.IsLetterOrDigit(character) && !char.IsWhiteSpace(character) && TextRepair.Visible(character.ToString()).Length > 0;

    private static List<FieldChange> Fields(SourceRow was, SourceRow row)
    {
        var changes = new List<FieldChange>();
        Compare("key", was.Key, row.Key);
        Compare("code", was.Code, row.Code);
        Pairs(Displays(was), Displays(row));
        Compare("synonyms", string.Join("; ", was.Synonyms.Select(text => text.Text)), string.Join("; ", row.Synonyms.Select(text => text.Text)));
        Pairs(was.Context, row.Context);
        Pairs(was.Extra, row.Extra);
        Compare("samples", was.Samples, row.Samples);
        Compare("target", Text(was.Target), Text(row.Target));
        Compare("frequency", was.Frequency?.ToString(CultureInfo.InvariantCulture) ?? "", row.Frequency?.ToString(CultureInfo.InvariantCulture) ?? "");
        Compare("lastUsed", was.LastUsed?.ToString("O", CultureInfo.InvariantCulture) ?? "", row.LastUsed?.ToString("O", CultureInfo.InvariantCulture) ?? "");
        return changes;

        void Compare(string field, string one, string other)
        {
            if (one != other) changes.Add(new(field, one, other));
        }

        void Pairs(IReadOnlyList<KeyValuePair<string, string>> ones, IReadOnlyList<KeyValuePair<string, string>> others)
        {
            if (ones.SequenceEqual(others)) return;
            foreach (var name in ones.Concat(others).Select(pair => pair.Key).Distinct(StringComparer.Ordinal)) Compare(name, Value(ones, name), Value(others, name));
        }
    }

    private static KeyValuePair<string, string>[] Displays(SourceRow row) => [.. row.Displays.Select(text => KeyValuePair.Create(text.Language.Length == 0 ? "display" : $"display[{text.Language}]", text.Text))];

    private static string Value(IReadOnlyList<KeyValuePair<string, string>> pairs, string name) => string.Join("; ", pairs.Where(pair => pair.Key == name).Select(pair => pair.Value));

    private static string Text(ExistingTarget? target) => target is null ? "" : string.Join(" | ", target.System, target.Code, target.Display, target.Relationship, target.Status, target.Comment);

    private MeaningFingerprint Meaning(SourceRow row) => MeaningFingerprint.Of(row, units);

    private static string Code(SourceRow row) => TextRepair.Visible(row.Code);
}

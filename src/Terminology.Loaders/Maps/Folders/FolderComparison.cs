using Terminology.Fhir.Maps;
using Terminology.Mapping.Rows;
using Terminology.Mapping.Tests;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>One difference between two maps as text.</summary>
/// <param name="What"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Part"><c>map</c>, <c>row</c> or <c>test</c>.</param>
/// <param name="Key">Field of the map, key of the row, id of the test.</param>
/// <param name="Before">As it was; empty when it is added.</param>
/// <param name="After">As it is; empty when it is removed.</param>
public sealed record FolderDifference(string What, string Part, string Key, string Before, string After)
{
    /// <summary>The same in a sentence.</summary>
    public override string ToString() => (Part, What) switch
    {
        ("map", _) => $"The map has another {Key}: {After}; before {Before}.",
        (_, "added") => $"{Subject} is new: {After}.",
        (_, "removed") => $"{Subject} is gone; it was {Before}.",
        _ => $"{Subject} is {After}; before {Before}.",
    };

    private string Subject => Part == "test" ? $"The test {Key}" : Key;
}

/// <summary>What is different between two maps as text: the map itself, its rows, its tests. States and approvals are where they are and are not compared.</summary>
public static class FolderComparison
{
    /// <summary>Every difference, the map first, then rows and tests in order of their keys; empty when both say the same.</summary>
    public static IReadOnlyList<FolderDifference> Between(MapFolder before, MapFolder after) =>
    [
        .. OfMap(before, after),
        .. Of("row", before.Rows, after.Rows, row => row.Key, row => Text(before.KnowsContext && after.KnowsContext ? row : row with { Context = [] })),
        .. Of("test", before.Map.Tests, after.Map.Tests, test => test.Id, Text),
    ];

    private static IEnumerable<FolderDifference> OfMap(MapFolder before, MapFolder after)
    {
        var (old, now) = (Lines(before), Lines(after));
        foreach (var name in old.Keys.Union(now.Keys))
        {
            var (was, isNow) = (old.GetValueOrDefault(name, ""), now.GetValueOrDefault(name, ""));
            if (was != isNow) yield return new("changed", "map", name, was.Length == 0 ? "none" : was, isNow.Length == 0 ? "none" : isNow);
        }
    }

    /// <summary>What <c>map.json</c> has, by the names of its members.</summary>
    private static Dictionary<string, string> Lines(MapFolder folder)
    {
        using var json = System.Text.Json.JsonDocument.Parse(folder.Write()[MapFolder.MapFile]);
        return json.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString());
    }

    private static IEnumerable<FolderDifference> Of<T>(string part, IEnumerable<T> before, IEnumerable<T> after, Func<T, string> key, Func<T, string> text)
    {
        var (old, now) = (before.ToDictionary(key, text, StringComparer.Ordinal), after.ToDictionary(key, text, StringComparer.Ordinal));
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (was, isNow) = (old.GetValueOrDefault(name), now.GetValueOrDefault(name));
            if (was is null) yield return new("added", part, name, "", isNow!);
            else if (isNow is null) yield return new("removed", part, name, was, "");
            else if (was != isNow) yield return new("changed", part, name, was, isNow);
        }
    }

    private static string Text(FolderRow row)
    {
        var display = row.Display is null ? "" : $" '{row.Display}'";
        var context = row.Context.Count == 0 ? "" : $" ({PairsText.Write(row.Context)})";
        var content = row.Content.NoMap is { } none ? $"no target ({none.Reason}{(none.Text is null ? "" : $", {none.Text}")})" : row.Content.IsEmpty ? "nothing yet" : string.Join(" and ", row.Content.Targets.Select(Text));
        return $"{row.Code}{display}{context} → {content}";
    }

    private static string Text(RowTarget target)
    {
        var said = new[]
        {
            target.Display, target.Version is null ? null : $"version {target.Version}", target.Comment is null ? null : $"comment: {target.Comment}", target.DependsOn.Count == 0 ? null : $"when {PairsText.Write(target.DependsOn)}",
            target.Products.Count == 0 ? null : $"with {PairsText.Write(target.Products)}", target.Rule, target.RuleGroup == 0 ? null : $"group {target.RuleGroup}", target.Priority == 0 ? null : $"priority {target.Priority}",
            target.EffectiveFrom is null ? null : $"from {MapText.Day(target.EffectiveFrom)}", target.EffectiveTo is null ? null : $"until {MapText.Day(target.EffectiveTo)}", target.Confidence is null ? null : $"confidence {MapText.Number(target.Confidence)}",
            target.Justification, target.OriginalRelationship, target.Properties.Count == 0 ? null : PairsText.Write(target.Properties),
        }.Where(part => !string.IsNullOrEmpty(part)).ToArray();
        return $"{target.System}|{target.Code} {Equivalence.R5(target.Relationship)}{(said.Length == 0 ? "" : $" [{string.Join("; ", said)}]")}";
    }

    private static string Text(MapTest test)
        => $"{test.Code}{(test.Context.Count == 0 ? "" : $" ({PairsText.Write(test.Context)})")} → {(test.NoMap ? "no target" : test.Target ?? "a target")}{(test.Relationship is { } relationship ? $" {Equivalence.R5(relationship)}" : "")}{(test.TargetSystem is null ? "" : $" of {test.TargetSystem}")}{(test.Owner is null ? "" : $", for {test.Owner}")}";
}

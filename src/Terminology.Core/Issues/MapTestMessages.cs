namespace Terminology.Issues;

/// <summary>What whoever writes tests of a map is told.</summary>
public static class MapTestMessages
{
    /// <summary>Nothing, or too much, demanded.</summary>
    public static string OneDemand() => "A test demands a target, a relationship or both, or else noMap and nothing more.";

    /// <summary>Two of one name.</summary>
    public static string IdTwice(string id) => $"The test '{id}' is there twice; ids are unique in a map.";

    /// <summary>All green.</summary>
    public static string Green(int count) => count == 0 ? "The map has no tests." : $"All {count} tests are green.";

    /// <summary>Some red.</summary>
    public static string Red(int red, int all, string first) => $"MQ-602: {red} of {all} tests are red. {first}";

    /// <summary>Demanded and answered.</summary>
    public static string Answer(string code, string demanded, string answered, string? why)
        => $"'{code}' must map to {demanded}; {(answered.Length > 0 ? $"it maps to {answered}" : "there is no answer")}.{(answered.Length == 0 && why is not null ? $" {why}" : "")}";
}

using System.Text.Json;

namespace Terminology.Loaders.Maps.Fsh;

/// <summary>Writes a ConceptMap in JSON as an instance of FSH: a rule for each value, lists by soft indexes.</summary>
internal sealed class FshWriter(TextWriter writer)
{
    private const string First = "0", Next = "+", Same = "=";

    /// <summary>Elements that hold codes, by their names.</summary>
    private static readonly HashSet<string> Codes = ["code", "status", "equivalence", "relationship", "mode", "type", "valueCode", "language", "attribute"];

    private readonly List<(string Name, string? Index)> _path = [];

    public void Write(JsonElement map, string name)
    {
        writer.Write($"Instance: {name}\nInstanceOf: ConceptMap\nUsage: #definition\n");
        foreach (var member in map.EnumerateObject().Where(member => member.Name is not ("resourceType" or "id"))) Member(member);
    }

    private void Member(JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Array)
        {
            At(member.Name, null, member.Value);
            return;
        }
        foreach (var (at, item) in member.Value.EnumerateArray().Index()) At(member.Name, at == 0 ? First : Next, item);
    }

    private void At(string name, string? index, JsonElement value)
    {
        _path.Add((name, index));
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject()) Member(member);
        }
        else
        {
            var text = value.ValueKind != JsonValueKind.String ? value.GetRawText() : Codes.Contains(name) ? FshValue.Code(value.GetString()!) : FshValue.String(value.GetString()!);
            writer.Write($"* {string.Join('.', _path.Select(part => part.Index is null ? part.Name : $"{part.Name}[{part.Index}]"))} = {text}\n");
            // What follows is of the items that are open now.
            for (var i = 0; i < _path.Count; i++) _path[i] = (_path[i].Name, _path[i].Index is null ? null : Same);
        }
        _path.RemoveAt(_path.Count - 1);
    }
}

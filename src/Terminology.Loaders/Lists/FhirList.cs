using System.Text.Json;
using Terminology.Issues;
using Terminology.Mapping.Lists;

namespace Terminology.Loaders.Lists;

/// <summary>A list as a FHIR CodeSystem (its concepts, whatever their depth) or ValueSet (the codes that it lists, or its expansion) in JSON; properties and designations become columns.</summary>
internal static class FhirList
{
    private const string Synonym = "900000000000013009";

    public static ReadList Read(Func<Stream> open, string name, ListRecipe recipe)
    {
        using var document = Parse(open, name);
        var resource = document.RootElement;
        var concepts = new Concepts();
        var language = Text(resource, "language");
        switch (Text(resource, "resourceType"))
        {
            case "CodeSystem":
                foreach (var concept in Items(resource, "concept")) concepts.Add(concept, null, null, "concept");
                break;
            case "ValueSet" when resource.TryGetProperty("expansion", out var expansion):
                foreach (var concept in Items(expansion, "contains")) concepts.Add(concept, null, null, "contains");
                break;
            case "ValueSet" when resource.TryGetProperty("compose", out var compose):
                foreach (var include in Items(compose, "include"))
                {
                    foreach (var concept in Items(include, "concept")) concepts.Add(concept, Text(include, "system"), null, "concept");
                }
                break;
            case "ValueSet":
                break;
            case var other:
                throw new ReleaseFormat($"a list is a CodeSystem or a ValueSet, this is {(other.Length == 0 ? "no FHIR resource" : $"a {other}")}.", name);
        }
        if (concepts.Rows.Count == 0) throw new ReleaseFormat("the resource lists no codes itself; expand it first.", name);
        var builder = new ListBuilder(concepts.Columns, name);
        for (var i = 0; i < concepts.Rows.Count; i++)
        {
            var row = concepts.Rows[i];
            builder.Row(i + 1, 0, [.. concepts.Columns.Select(column => row.GetValueOrDefault(column, ""))], "", null);
        }
        var said = recipe with { Language = recipe.Language ?? (language.Length > 0 ? language : null) };
        if (recipe.Columns.Count == 0) said = said with { Columns = [.. concepts.Columns.Select(Role).OfType<RecipeColumn>()], KeyColumns = concepts.Systems > 1 ? ["system", "code"] : recipe.KeyColumns };
        return new(builder.Table(), said, [$"A FHIR {Text(resource, "resourceType")} with {concepts.Rows.Count} codes."]);
    }

    private static RecipeColumn? Role(string column) => column switch
    {
        "code" => new(column, ColumnRole.Code),
        "display" => new(column, ColumnRole.Display),
        _ when column.StartsWith("display [", StringComparison.Ordinal) => new(column, ColumnRole.Display, column[9..^1]),
        "synonym" => new(column, ColumnRole.Synonym),
        _ when column.StartsWith("synonym [", StringComparison.Ordinal) => new(column, ColumnRole.Synonym, column[9..^1]),
        _ => null,
    };

    private static JsonDocument Parse(Func<Stream> open, string name)
    {
        try
        {
            using var stream = open();
            return JsonDocument.Parse(stream, new() { MaxDepth = 256 });
        }
        catch (JsonException problem)
        {
            throw new ReleaseFormat($"the file is no JSON: {problem.Message}", name, (problem.LineNumber ?? -1) + 1);
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    private static string Text(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Rows with named values; the columns are those that any row has, in order of appearance.</summary>
    private sealed class Concepts
    {
        private readonly HashSet<string> _systems = new(StringComparer.Ordinal);

        public List<string> Columns { get; } = ["code", "display"];

        public List<Dictionary<string, string>> Rows { get; } = [];

        public int Systems => _systems.Count;

        public void Add(JsonElement concept, string? system, string? parent, string children)
        {
            var row = new Dictionary<string, string>(StringComparer.Ordinal);
            var code = Text(concept, "code");
            // An expansion may have headings without a code: no codes, but what is below them is.
            if (code.Length > 0)
            {
                Rows.Add(row);
                Put(row, "code", code);
                Put(row, "display", Text(concept, "display"));
                Put(row, "system", system ?? Text(concept, "system"));
                if (row.TryGetValue("system", out var own)) _systems.Add(own);
                Put(row, "definition", Text(concept, "definition"));
                Put(row, "parent", parent ?? "");
                foreach (var designation in Items(concept, "designation")) Designate(row, designation);
                foreach (var property in Items(concept, "property"))
                {
                    if (Text(property, "code") is { Length: > 0 } name) Put(row, row.ContainsKey(name) && name is "code" or "display" ? $"property {name}" : name, Value(property));
                }
            }
            foreach (var child in Items(concept, children)) Add(child, system, code.Length > 0 ? code : parent, children);
        }

        private void Designate(Dictionary<string, string> row, JsonElement designation)
        {
            var (language, isSynonym) = (Text(designation, "language"), designation.TryGetProperty("use", out var use) && use.ValueKind == JsonValueKind.Object && Text(use, "code") == Synonym);
            var suffix = language.Length == 0 ? "" : $" [{language}]";
            var column = isSynonym || row.ContainsKey($"display{suffix}") ? $"synonym{suffix}" : $"display{suffix}";
            Put(row, column, Text(designation, "value"));
        }

        private void Put(Dictionary<string, string> row, string column, string value)
        {
            if (value.Length == 0) return;
            if (!Columns.Contains(column)) Columns.Add(column);
            row[column] = row.TryGetValue(column, out var before) ? $"{before}; {value}" : value;
        }

        private static string Value(JsonElement property)
        {
            foreach (var item in property.EnumerateObject())
            {
                if (!item.Name.StartsWith("value", StringComparison.Ordinal)) continue;
                return item.Value.ValueKind == JsonValueKind.Object ? Text(item.Value, "code") : item.Value.ToString();
            }
            return "";
        }
    }
}

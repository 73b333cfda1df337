using System.Text.Json.Nodes;

namespace Terminology.Fhir.Resources;

/// <summary>Codes that R4 does not allow where R5 does: the nearest that it allows, with the code itself beside it.</summary>
internal static class R5Codes
{
    private static readonly string[] Operators = ["=", "is-a", "descendent-of", "is-not-a", "regex", "in", "not-in", "generalizes", "exists"];

    public static void Replace(JsonObject element, string path)
    {
        switch (path)
        {
            case "ValueSet.compose.include.filter" or "ValueSet.compose.exclude.filter":
                One(element, "op", Operators, "=", $"{path}.op");
                break;
            case "CodeSystem.filter":
                Many(element, "operator", Operators, "=", "CodeSystem.filter.operator");
                break;
            case "NamingSystem.uniqueId":
                One(element, "type", ["oid", "uuid", "uri", "other"], "other", "NamingSystem.uniqueId.type");
                break;
        }
    }

    private static void One(JsonObject element, string name, string[] allowed, string instead, string path)
    {
        if ((string?)element[name] is not { } code || allowed.Contains(code)) return;
        element[name] = instead;
        R4Form.AddToPrimitive(element, name, path, code);
    }

    /// <summary>The repeats of a code: those that are not allowed go, or the last becomes another when none is left.</summary>
    private static void Many(JsonObject element, string name, string[] allowed, string instead, string path)
    {
        if (element[name] is not JsonArray codes) return;
        var unknown = codes.Select(code => (string?)code).OfType<string>().Where(code => !allowed.Contains(code)).ToArray();
        if (unknown.Length == 0) return;
        var kept = codes.Select(code => (string?)code).OfType<string>().Where(allowed.Contains).DefaultIfEmpty(instead);
        element[name] = new JsonArray([.. kept.Select(code => JsonValue.Create(code))]);
        foreach (var code in unknown) R4Form.Add(element, R4Form.Extension(path, "Code", JsonValue.Create(code)));
    }
}

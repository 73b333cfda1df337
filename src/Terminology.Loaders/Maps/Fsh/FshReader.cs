using System.Text.Json.Nodes;

namespace Terminology.Loaders.Maps.Fsh;

/// <summary>Reads the first instance of ConceptMap in a text of FSH as FHIR JSON; other definitions of the file are counted, not read.</summary>
internal sealed class FshReader(MapBuilder builder)
{
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly Stack<(int Indent, string Path)> _above = [];

    /// <summary>Definitions that were passed over.</summary>
    public int Others { get; private set; }

    /// <exception cref="Issues.ReleaseFormat">Names the line.</exception>
    public JsonObject Read(string text)
    {
        FshStatement[] statements = [.. FshStatements.Of(text.Replace("\r\n", "\n", StringComparison.Ordinal), builder)];
        foreach (var alias in statements.Where(statement => statement.Text.StartsWith("Alias:", StringComparison.Ordinal))) Alias(alias);
        FshTree? tree = null;
        var (isOpen, name) = (false, "");
        foreach (var statement in statements)
        {
            var (keyword, value) = statement.IsRule ? ("*", "") : (statement.Text[..statement.Text.IndexOf(':')], statement.Text[(statement.Text.IndexOf(':') + 1)..].Trim());
            switch (keyword)
            {
                case "*" when isOpen:
                    Rule(statement, tree!);
                    break;
                case "Instance":
                    (isOpen, name) = (false, value);
                    break;
                case "InstanceOf" when value == "ConceptMap" && tree is null:
                    (isOpen, tree) = (true, new());
                    tree.Root["resourceType"] = "ConceptMap";
                    tree.Root["id"] = name;
                    break;
                case "InstanceOf":
                    Others++;
                    break;
                case "Profile" or "Extension" or "Logical" or "Resource" or "ValueSet" or "CodeSystem" or "Invariant" or "RuleSet" or "Mapping":
                    isOpen = false;
                    Others++;
                    break;
            }
        }
        return tree?.Root ?? throw builder.Fault("there is no instance of ConceptMap in it; one begins with 'Instance: NAME' and 'InstanceOf: ConceptMap'.", 1);
    }

    private void Alias(FshStatement statement)
    {
        if (statement.Text["Alias:".Length..].Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var url]) throw builder.Fault("an alias is 'Alias: NAME = URL'.", statement.Line);
        _aliases[name] = url;
    }

    private void Rule(FshStatement statement, FshTree tree)
    {
        var rule = statement.Text[1..].Trim();
        if (rule.StartsWith("insert ", StringComparison.Ordinal)) throw builder.Fault("rules of a RuleSet are not put in here; write them out, or give the JSON that SUSHI makes.", statement.Line);
        var equals = rule.IndexOf('=', PathEnd(rule));
        var (path, value) = equals < 0 ? (rule, null) : (rule[..equals].Trim(), rule[(equals + 1)..].Trim());
        while (_above.Count > 0 && _above.Peek().Indent >= statement.Indent) _above.Pop();
        try
        {
            var resolved = tree.Resolve(_above.Count == 0 ? path : $"{_above.Peek().Path}.{path}");
            _above.Push((statement.Indent, resolved));
            if (value is not null) tree.Set(resolved, FshValue.Read(value, _aliases));
        }
        catch (FormatException fault)
        {
            throw builder.Fault(fault.Message, statement.Line);
        }
    }

    /// <summary>Where the path ends: at the first blank.</summary>
    private static int PathEnd(string rule)
    {
        var end = rule.IndexOfAny([' ', '\t', '\n']);
        return end < 0 ? rule.Length : end;
    }
}

using System.Text.Json.Nodes;

namespace Terminology.Loaders.Maps.Fsh;

/// <summary>Reads the first instance of ConceptMap in a text of FSH as FHIR JSON; other definitions of the file are counted, not read.</summary>
internal sealed class FshReader(MapBuilder builder)
{
    private const int MostNested = 16, MostInserted = 200_000;

    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly Stack<(int Indent, string Path)> _above = [];

    private Dictionary<string, FshRuleSet> _ruleSets = [];
    private int _inserted;

    /// <summary>Definitions that were passed over.</summary>
    public int Others { get; private set; }

    /// <exception cref="Issues.ReleaseFormat">Names the line.</exception>
    public JsonObject Read(string text)
    {
        FshStatement[] statements = [.. FshStatements.Of(text.Replace("\r\n", "\n", StringComparison.Ordinal), builder)];
        foreach (var alias in statements.Where(statement => statement.Text.StartsWith("Alias:", StringComparison.Ordinal))) Alias(alias);
        _ruleSets = FshRuleSet.Of(statements);
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
                case "Profile" or "Extension" or "Logical" or "Resource" or "ValueSet" or "CodeSystem" or "Invariant" or "Mapping":
                    isOpen = false;
                    Others++;
                    break;
                case "RuleSet":
                    isOpen = false;
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

    private void Rule(FshStatement statement, FshTree tree, int depth = 0)
    {
        var rule = statement.Text[1..].Trim();
        if (FshRuleSet.Inserted(rule) is { } inserted)
        {
            Insert(statement, inserted, tree, depth);
            return;
        }
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

    /// <summary>The rules of a RuleSet in place of the rule that puts it in; one of another file is stated as a loss.</summary>
    private void Insert(FshStatement statement, FshInsertion inserted, FshTree tree, int depth)
    {
        if (!_ruleSets.TryGetValue(inserted.Name, out var rules))
        {
            builder.Lose("insert", $"The RuleSet {inserted.Name} is not in the file: what it says of the map is not read.");
            return;
        }
        if (depth == MostNested) throw builder.Fault($"the RuleSet {inserted.Name} puts itself in.", statement.Line);
        var indent = statement.Indent;
        if (inserted.Path is { } path)
        {
            Rule(statement with { Text = $"* {path}" }, tree, depth);
            indent++;
        }
        foreach (var rule in rules.With(inserted.Arguments))
        {
            if (++_inserted > MostInserted) throw builder.Fault($"the rules that RuleSets put in are more than {MostInserted}.", statement.Line);
            Rule(rule with { Line = statement.Line, Indent = indent + rule.Indent }, tree, depth + 1);
        }
    }

    /// <summary>Where the path ends: at the first blank.</summary>
    private static int PathEnd(string rule)
    {
        var end = rule.IndexOfAny([' ', '\t', '\n']);
        return end < 0 ? rule.Length : end;
    }
}

using Terminology.Maps;
using Terminology.Store.Files;

namespace Terminology.Store.Maps;

/// <summary>A map element as bytes; part of the file format.</summary>
internal static class MapElementCodec
{
    public static void Write(TextWriterBuffer writer, MapElement element)
    {
        writer.Text(element.Code);
        writer.Text(element.Display);
        writer.Number(element.NoMap ? 1 : 0);
        writer.Text(element.Comment);
        writer.Number(element.Targets.Count);
        foreach (var target in element.Targets)
        {
            writer.Text(target.Code);
            writer.Text(target.Display);
            writer.Number((int)target.Relationship);
            writer.Text(target.OriginalRelationship);
            writer.Text(target.Comment);
            Write(writer, target.DependsOn);
            Write(writer, target.Products);
            writer.Number(target.RuleGroup);
            writer.Number(target.Priority);
            writer.Text(target.Rule);
            writer.Number(target.Properties.Count);
            foreach (var (name, value) in target.Properties)
            {
                writer.Text(name);
                writer.Text(value);
            }
        }
    }

    public static MapElement Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new TextReaderBuffer(bytes);
        var (code, display, noMap, comment) = (reader.Text()!, reader.Text(), reader.Number() == 1, reader.Text());
        var targets = new MapTarget[reader.Number()];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = new()
            {
                Code = reader.Text(),
                Display = reader.Text(),
                Relationship = (MapRelationship)reader.Number(),
                OriginalRelationship = reader.Text(),
                Comment = reader.Text(),
                DependsOn = ReadDependencies(ref reader),
                Products = ReadDependencies(ref reader),
                RuleGroup = reader.Number(),
                Priority = reader.Number(),
                Rule = reader.Text(),
                Properties = ReadProperties(ref reader),
            };
        }
        return new(code, targets) { Display = display, NoMap = noMap, Comment = comment };
    }

    private static void Write(TextWriterBuffer writer, IReadOnlyList<MapDependency> dependencies)
    {
        writer.Number(dependencies.Count);
        foreach (var dependency in dependencies)
        {
            writer.Text(dependency.Property);
            writer.Text(dependency.System);
            writer.Text(dependency.Value);
            writer.Text(dependency.Display);
        }
    }

    private static MapDependency[] ReadDependencies(ref TextReaderBuffer reader)
    {
        var count = reader.Number();
        if (count == 0) return [];
        var dependencies = new MapDependency[count];
        for (var i = 0; i < count; i++) dependencies[i] = new(reader.Text()!, reader.Text(), reader.Text()!, reader.Text());
        return dependencies;
    }

    private static KeyValuePair<string, string>[] ReadProperties(ref TextReaderBuffer reader)
    {
        var count = reader.Number();
        if (count == 0) return [];
        var properties = new KeyValuePair<string, string>[count];
        for (var i = 0; i < count; i++) properties[i] = new(reader.Text()!, reader.Text()!);
        return properties;
    }
}

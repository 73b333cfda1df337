using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Terminology.Fhir.Maps;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// Our own rows, <c>map.ndjson</c>: the first line says what the map is, every other line is one row. Nothing is lost; members stand in one order and absent ones are left
/// out, so that one map has one text.
/// </summary>
internal sealed class NdjsonMap : MapFormat
{
    /// <summary>What the first line says of the format.</summary>
    private const string Form = "terminology-map/1";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string Name => "ndjson";

    public override string Title => "NDJSON";

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps => MapFeatures.All;

    internal override bool Recognises(MapFileStart start) => start.FirstLine.TrimStart().StartsWith('{') && start.FirstLine.Contains($"\"{Form}\"", StringComparison.Ordinal);

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var lines = MapText.Read(stream, options, builder).Split('\n');
        var map = Head(lines[0], builder);
        var rows = new List<MapLine>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            builder.Count();
            try
            {
                using var document = JsonDocument.Parse(lines[i]);
                rows.Add(Row(new(document.RootElement, builder)) with { Line = i + 1 });
            }
            catch (JsonException problem)
            {
                builder.Reject(i + 1, $"this is not JSON: {problem.Message} Every row is one object on one line.", (int)(problem.BytePositionInLine ?? -1) + 1);
            }
            catch (FormatException problem)
            {
                builder.Reject(i + 1, problem.Message);
            }
            catch (InvalidOperationException)
            {
                builder.Reject(i + 1, "an escape in it is half a character (a lone surrogate).");
            }
        }
        // Rows stay as they are: two rows of one source code are two rows.
        return builder.Done(map) with { Map = map with { Lines = rows } };
    }

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Writing);
        Line(() =>
        {
            writer.WriteString("format", Form);
            Text("url", map.Url);
            Text("version", map.Version);
            Text("title", map.Title);
            Text("copyright", map.Copyright);
            Pairs("properties", map.Properties);
        });
        foreach (var line in map.Lines) Line(() => Row(line));
        return [];

        void Line(Action members)
        {
            writer.WriteStartObject();
            members();
            writer.WriteEndObject();
            writer.Flush();
            stream.Write(buffer.WrittenSpan);
            stream.WriteByte((byte)'\n');
            buffer.ResetWrittenCount();
            writer.Reset();
        }

        void Row(MapLine line)
        {
            Text("system", line.System);
            Text("systemVersion", line.SystemVersion);
            Text("code", line.Code);
            Text("display", line.Display);
            Pairs("context", line.Context);
            if (line.Content.Targets.Count > 0)
            {
                writer.WriteStartArray("targets");
                foreach (var target in line.Content.Targets) Target(target);
                writer.WriteEndArray();
            }
            if (line.Content.NoMap is { } none)
            {
                writer.WriteStartObject("noMap");
                Text("reason", none.Reason);
                Text("text", none.Text);
                Text("request", none.Request);
                writer.WriteEndObject();
            }
            Text("state", line.State is { } state ? StateWords.Of(state) : null);
            Text("author", line.Author);
            Text("authoredAt", line.AuthoredAt is null ? null : MapText.Moment(line.AuthoredAt));
            Text("reviewer", line.Reviewer);
            Text("reviewedAt", line.ReviewedAt is null ? null : MapText.Moment(line.ReviewedAt));
            Text("comment", line.Comment);
        }

        void Target(RowTarget target)
        {
            writer.WriteStartObject();
            Text("system", target.System);
            Text("version", target.Version);
            Text("code", target.Code);
            Text("display", target.Display);
            Text("relationship", Equivalence.R5(target.Relationship));
            Text("originalRelationship", target.OriginalRelationship);
            Text("comment", target.Comment);
            Dependencies("dependsOn", target.DependsOn);
            Dependencies("products", target.Products);
            if (target.RuleGroup != 0) writer.WriteNumber("ruleGroup", target.RuleGroup);
            if (target.Priority != 0) writer.WriteNumber("priority", target.Priority);
            Text("rule", target.Rule);
            Text("effectiveFrom", target.EffectiveFrom is null ? null : MapText.Day(target.EffectiveFrom));
            Text("effectiveTo", target.EffectiveTo is null ? null : MapText.Day(target.EffectiveTo));
            if (target.Confidence is { } confidence) writer.WriteNumber("confidence", confidence);
            Text("justification", target.Justification);
            Pairs("properties", target.Properties);
            writer.WriteEndObject();
        }

        void Text(string name, string? value)
        {
            if (value is not null) writer.WriteString(name, value);
        }

        void Pairs(string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
        {
            if (pairs.Count == 0) return;
            writer.WriteStartArray(name);
            foreach (var (key, value) in pairs)
            {
                writer.WriteStartObject();
                Text("name", key);
                Text("value", value);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }

        void Dependencies(string name, IReadOnlyList<MapDependency> dependencies)
        {
            if (dependencies.Count == 0) return;
            writer.WriteStartArray(name);
            foreach (var dependency in dependencies)
            {
                writer.WriteStartObject();
                Text("property", dependency.Property);
                Text("system", dependency.System);
                Text("value", dependency.Value);
                Text("display", dependency.Display);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
    }

    private static MapTable Head(string line, MapBuilder builder)
    {
        try
        {
            using var document = JsonDocument.Parse(line.TrimEnd('\r'));
            var head = new Members(document.RootElement, builder);
            if (head.Text("format") is var form && form != Form) throw new FormatException($"the format is '{form ?? "(not said)"}'; '{Form}' can be read.");
            var map = new MapTable { Url = head.Text("url"), Version = head.Text("version"), Title = head.Text("title"), Copyright = head.Text("copyright"), Properties = head.Pairs("properties"), Lines = [] };
            head.NoteOthers("the map");
            return map;
        }
        catch (JsonException problem)
        {
            throw builder.Fault($"the first line is not JSON: {problem.Message} It says what the map is, for example {{\"format\":\"{Form}\"}}.", 1, (int)(problem.BytePositionInLine ?? 0) + 1);
        }
        catch (FormatException problem)
        {
            throw builder.Fault($"{problem.Message} The first line says what the map is, for example {{\"format\":\"{Form}\"}}.", 1);
        }
    }

    private static MapLine Row(Members row)
    {
        var line = new MapLine
        {
            System = row.Text("system"),
            SystemVersion = row.Text("systemVersion"),
            Code = row.Needed("code"),
            Display = row.Text("display"),
            Context = row.Pairs("context"),
            Content = new() { Targets = [.. row.Objects("targets").Select(Target)], NoMap = row.Objects("noMap").Select(None).FirstOrDefault() },
            State = row.Text("state") is { } state ? StateWords.TryRead(state, out var read) ? read : throw new FormatException($"the state is '{state}'; {StateWords.Known} are states.") : null,
            Author = row.Text("author"),
            AuthoredAt = row.Moment("authoredAt"),
            Reviewer = row.Text("reviewer"),
            ReviewedAt = row.Moment("reviewedAt"),
            Comment = row.Text("comment"),
        };
        row.NoteOthers("a row");
        return line;
    }

    private static NoMap None(Members none)
    {
        var read = new NoMap(none.Text("reason"), none.Text("text")) { Request = none.Text("request") };
        none.NoteOthers("noMap");
        return read;
    }

    private static RowTarget Target(Members target)
    {
        var word = target.Needed("relationship");
        var read = new RowTarget
        {
            System = target.Needed("system"),
            Version = target.Text("version"),
            Code = target.Needed("code"),
            Display = target.Text("display"),
            Relationship = Equivalence.TryReadRelationship(word, out var relationship) ? relationship : throw new FormatException($"the relationship is '{word}'; the words are those of FHIR R5, for example equivalent."),
            OriginalRelationship = target.Text("originalRelationship"),
            Comment = target.Text("comment"),
            DependsOn = target.Dependencies("dependsOn"),
            Products = target.Dependencies("products"),
            RuleGroup = target.Integer("ruleGroup"),
            Priority = target.Integer("priority"),
            Rule = target.Text("rule"),
            EffectiveFrom = target.Day("effectiveFrom"),
            EffectiveTo = target.Day("effectiveTo"),
            Confidence = target.Number("confidence"),
            Justification = target.Text("justification"),
            Properties = target.Pairs("properties"),
        };
        target.NoteOthers("a target");
        return read;
    }

    /// <summary>The members of one object; what nobody asks for is noted.</summary>
    private sealed class Members
    {
        private readonly JsonElement _element;
        private readonly MapBuilder _builder;
        private readonly HashSet<string> _asked = [];

        public Members(JsonElement element, MapBuilder builder)
        {
            if (element.ValueKind != JsonValueKind.Object) throw new FormatException("an object in braces is expected.");
            (_element, _builder) = (element, builder);
        }

        public string? Text(string name) => Member(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            _ => throw new FormatException($"{name} must be a text in quotes."),
        };

        public string Needed(string name) => Text(name) is { Length: > 0 } text ? text : throw new FormatException($"{name} is missing.");

        public int Integer(string name) => Member(name) switch
        {
            null => 0,
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
            _ => throw new FormatException($"{name} must be a whole number."),
        };

        public double? Number(string name) => Member(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
            _ => throw new FormatException($"{name} must be a number."),
        };

        public DateOnly? Day(string name) => Text(name) is not { } text ? null
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new FormatException($"{name} is '{text}' and must be a day such as 2026-11-26.");

        public DateTimeOffset? Moment(string name) => Sheet.TryMoment(Text(name), out var moment) ? moment : throw new FormatException($"{name} must be a moment such as 2026-11-26T08:30:00+00:00.");

        public IEnumerable<Members> Objects(string name) => Member(name) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Object } one => [new(one, _builder)],
            { ValueKind: JsonValueKind.Array } many => many.EnumerateArray().Select(item => new Members(item, _builder)),
            _ => throw new FormatException($"{name} must be a list in brackets."),
        };

        public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name) => [.. Objects(name).Select(pair => new KeyValuePair<string, string>(pair.Needed("name"), pair.Text("value") ?? ""))];

        public IReadOnlyList<MapDependency> Dependencies(string name)
            => [.. Objects(name).Select(item => new MapDependency(item.Needed("property"), item.Text("system"), item.Text("value") ?? throw new FormatException($"{name}: value is missing."), item.Text("display")))];

        public void NoteOthers(string owner)
        {
            foreach (var member in _element.EnumerateObject())
            {
                if (!_asked.Contains(member.Name)) _builder.Lose(member.Name, $"It is not known as a member of {owner}.");
            }
        }

        private JsonElement? Member(string name)
        {
            _asked.Add(name);
            return _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        }
    }
}

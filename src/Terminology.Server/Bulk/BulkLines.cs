using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Terminology.Bulk;
using Terminology.Fhir.Maps;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Server.Bulk;

/// <summary>
/// Codes as lines of JSON, <c>{"id":1,"system":"…","code":"…","context":{"unit":"mg/dL"}}</c>, of which only <c>code</c> is needed: for each a line in the same order, with the
/// same id, and at the end a line that sums up. A line that is none is answered with what is wrong in it, and the others go on.
/// </summary>
/// <remarks>NDJSON: <see href="https://github.com/ndjson/ndjson-spec">specification</see>.</remarks>
internal sealed class BulkLines(BulkTranslate translate)
{
    private const int LongestLine = 1 << 20, Piece = 1 << 18;
    private static readonly JsonWriterOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<string, int> _context = translate.Context.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);

    /// <summary>Answers every line.</summary>
    /// <exception cref="TerminologyException">A line longer than a megabyte.</exception>
    public async Task<BulkCounts> RunAsync(PipeReader input, Stream stream, CancellationToken aborted)
    {
        await using var output = new BulkOutput(stream);
        var (gathered, handedOn) = (new BulkBytes(), new BulkBytes());
        var answers = new BulkAnswers();
        var (rows, missed) = (0L, 0L);
        while (true)
        {
            var read = await input.ReadAsync(aborted);
            var rest = read.Buffer;
            while (Line(ref rest, read.IsCompleted) is { } line)
            {
                rows++;
                if (!IsBlank(line) && !Translate(line, rows, answers, gathered)) missed++;
                if (answers.IsFull) answers.Forget();
                if (gathered.Length >= Piece) await HandOnAsync();
            }
            input.AdvanceTo(rest.Start, rest.End);
            if (rest.Length > LongestLine) throw new TerminologyException(IssueType.TooLong, "LINE_TOO_LONG", BulkMessages.LineTooLong(rows + 1, LongestLine));
            if (read.IsCompleted) break;
        }
        await HandOnAsync();
        await output.CompleteAsync();
        gathered.Write(Encoding.UTF8.GetBytes($$$"""{"summary":{"rows":{{{rows}}},"notFound":{{{missed}}},"sha256":"{{{output.Sha256()}}}"}}""" + "\n"));
        await HandOnAsync();
        await output.CompleteAsync();
        return new(rows, missed, output.Sha256());

        async ValueTask HandOnAsync()
        {
            await output.HandOnAsync(gathered.Written, aborted);
            (gathered, handedOn) = (handedOn, gathered);
            gathered.Clear();
        }
    }

    private static ReadOnlySequence<byte>? Line(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return line;
        }
        if (!isLast || rest.IsEmpty) return null;
        var last = rest;
        rest = rest.Slice(rest.End);
        return last;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line) => line.Length <= 1 && (line.IsEmpty || line.FirstSpan[0] == '\r');

    private bool Translate(ReadOnlySequence<byte> line, long number, BulkAnswers answers, BulkBytes output)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            var (id, question) = Read(ref reader);
            output.Write("{"u8);
            if (id.Length > 0)
            {
                output.Write("\"id\":"u8);
                output.Write(id);
                output.Write(","u8);
            }
            var asked = JsonSerializer.SerializeToUtf8Bytes(question, Relaxed);
            if (!answers.TryFind(asked, out var answer))
            {
                var formed = Answer(question);
                answers.Add(asked, formed);
                answer = formed;
            }
            var lines = BulkAnswerForm.Lines(answer);
            BulkAnswerForm.TryNext(ref lines, out var form);
            output.Write(form);
            return BulkAnswerForm.IsFound(answer);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            var text = problem is FormatException ? problem.Message : BulkMessages.NotJson(reader.BytesConsumed + 1);
            output.Write(Encoding.UTF8.GetBytes($$"""{"line":{{number}},"error":{{JsonSerializer.Serialize(text, Relaxed)}}}""" + "\n"));
            return false;
        }
    }

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = Compact.Encoder };

    /// <returns>The id as it was written, empty when there is none; the question.</returns>
    /// <exception cref="FormatException">It is JSON, but not what is asked for.</exception>
    private (byte[] Id, string[] Question) Read(ref Utf8JsonReader reader)
    {
        var (id, system, code, context) = (Array.Empty<byte>(), "", (string?)null, new string?[translate.Context.Count]);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new FormatException(BulkMessages.NoObject());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "id":
                    if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number)) throw new FormatException(BulkMessages.OtherType("id", "a text or a number"));
                    id = reader.TokenType == JsonTokenType.Number ? reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan.ToArray() : JsonSerializer.SerializeToUtf8Bytes(reader.GetString(), Relaxed);
                    break;
                case "system":
                    system = Text(ref reader, "system");
                    break;
                case "code":
                    code = Text(ref reader, "code");
                    break;
                case "context":
                    ReadContext(ref reader, context);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        while (reader.Read())
        {
            // what stands behind the object is no JSON, and throws
        }
        if (string.IsNullOrEmpty(code)) throw new FormatException(BulkMessages.NoCode());
        return (id, [system, code, .. context.Select(value => value ?? "")]);
    }

    private void ReadContext(ref Utf8JsonReader reader, string?[] context)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new FormatException(BulkMessages.OtherType("context", "an object of texts"));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (_context.TryGetValue(name, out var place)) context[place] = Text(ref reader, name);
            else throw new FormatException(BulkMessages.UnknownContext(name));
        }
    }

    private static string Text(ref Utf8JsonReader reader, string name) => reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new FormatException(BulkMessages.OtherType(name, "a text"));

    private byte[] Answer(string[] parts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        bool found;
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            if (parts[0].Length > 0) writer.WriteString("system", parts[0]);
            writer.WriteString("code", parts[1]);
            found = Write(writer, parts);
            writer.WriteEndObject();
        }
        return BulkAnswerForm.Write(found, [[.. buffer.WrittenSpan[1..], (byte)'\n']]);
    }

    private bool Write(Utf8JsonWriter writer, string[] parts)
    {
        try
        {
            var answer = translate.Ask(parts);
            Write(writer, answer);
            return answer.Result;
        }
        catch (TerminologyException problem) when (problem.Type is IssueType.NotFound or IssueType.CodeInvalid or IssueType.Value or IssueType.Required)
        {
            writer.WriteBoolean("result", false);
            writer.WriteString("message", problem.Message);
            return false;
        }
    }

    private static void Write(Utf8JsonWriter writer, TranslateResult answer)
    {
        writer.WriteBoolean("result", answer.Result);
        writer.WriteBoolean("safe", answer.Result && answer.Cautions.Count == 0);
        if (answer.Matches.Count > 0)
        {
            writer.WriteStartArray("match");
            foreach (var match in answer.Matches) Write(writer, match);
            writer.WriteEndArray();
        }
        if (answer.Message is not null) writer.WriteString("message", answer.Message);
    }

    private static void Write(Utf8JsonWriter writer, TranslateMatch match)
    {
        writer.WriteStartObject();
        if (match.NoMap) writer.WriteBoolean("noMap", true);
        else writer.WriteString("relationship", Equivalence.R5(match.Relationship));
        if (match.Target is { } target)
        {
            writer.WriteString("system", target.System);
            writer.WriteString("code", target.Code);
            if (target.Display is not null) writer.WriteString("display", target.Display);
        }
        if (match.MapUrl is not null) writer.WriteString("map", new VersionedUrl(match.MapUrl, match.MapVersion).ToString());
        if (match.Comment is not null) writer.WriteString("comment", match.Comment);
        if (BulkTranslate.Superseded(match) is { } until) writer.WriteString("superseded", until);
        if (!match.IsGoverned) writer.WriteString("governance", "none");
        if (match.Cautions.Count > 0)
        {
            writer.WriteStartArray("caution");
            foreach (var caution in match.Cautions) writer.WriteStringValue(Cautions.Code(caution));
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}

using System.Buffers.Binary;
using Terminology.Bulk;
using Terminology.Issues;
using Terminology.Loaders.Tables;

namespace Terminology.Server.Bulk;

/// <summary>A CSV table of codes through a question: rows keep their order and what is in them, the answer is appended. Equal rows are asked once.</summary>
/// <param name="table">The rows.</param>
/// <param name="question">The columns that make the question, in the order in which <paramref name="workOut"/> wants them.</param>
/// <param name="appended">Names of the columns that are appended; the last one is for messages.</param>
/// <param name="workOut">The answers to a question: whether it counts as found, and the fields of each line.</param>
internal sealed class BulkTable(CodeTable table, IReadOnlyList<int> question, IReadOnlyList<string> appended, Func<string[], (bool Found, IReadOnlyList<IReadOnlyList<string>> Lines)> workOut)
{
    private readonly int[] _question = [.. question];
    private readonly BulkAnswers _answers = new();
    private byte[] _asked = new byte[256];

    /// <summary>Called with the parts of the question and the line of each row that is not found.</summary>
    public Action<string[], long>? Missed { get; init; }

    /// <summary>Called with rows read and not found, each time a piece is written.</summary>
    public Action<long, long>? Progress { get; init; }

    /// <summary>Reads all rows.</summary>
    /// <exception cref="ReleaseFormat">The table is not CSV; names file and line. What was written so far stands.</exception>
    public async Task<BulkCounts> RunAsync(Stream stream, CancellationToken aborted)
    {
        await using var output = new BulkOutput(stream);
        var (rows, missed) = (0L, 0L);
        output.Write(AppendedFields.Of(table.Separator, [.. table.Columns, .. appended]).AsSpan(1));
        while (await table.ReadAsync(aborted))
        {
            rows++;
            if (!Next(output)) missed++;
            if (!output.IsFull) continue;
            await output.FlushAsync(aborted);
            Progress?.Invoke(rows, missed);
        }
        await output.CompleteAsync(aborted);
        return new(rows, missed, output.Sha256());
    }

    /// <returns>Is it found?</returns>
    private bool Next(BulkOutput output)
    {
        var asked = Asked();
        if (!_answers.TryFind(asked, out var answer))
        {
            var formed = Answer();
            _answers.Add(asked, formed);
            answer = formed;
        }
        var lines = BulkAnswerForm.Lines(answer);
        while (BulkAnswerForm.TryNext(ref lines, out var line))
        {
            for (var i = 0; i < table.Columns.Count; i++)
            {
                if (i > 0) output.Write((byte)table.Separator);
                output.Write(table.Raw(i));
            }
            output.Write(line);
        }
        if (BulkAnswerForm.IsFound(answer)) return true;
        Missed?.Invoke(Parts(), table.Line);
        return false;
    }

    /// <summary>The fields that decide, as they stand in the file, each behind its length.</summary>
    private ReadOnlySpan<byte> Asked()
    {
        if (_question is [var only]) return table.Raw(only);
        var length = 0;
        foreach (var column in _question)
        {
            var field = table.Raw(column);
            if (length + 4 + field.Length > _asked.Length) Array.Resize(ref _asked, 2 * (length + 4 + field.Length));
            BinaryPrimitives.WriteInt32LittleEndian(_asked.AsSpan(length), field.Length);
            field.CopyTo(_asked.AsSpan(length + 4));
            length += 4 + field.Length;
        }
        return _asked.AsSpan(0, length);
    }

    private string[] Parts() => [.. _question.Select(column => table[column])];

    private byte[] Answer()
    {
        try
        {
            var (found, lines) = workOut(Parts());
            return BulkAnswerForm.Write(found, [.. lines.Select(fields => AppendedFields.Of(table.Separator, fields))]);
        }
        catch (TerminologyException problem) when (problem.Type is IssueType.NotFound or IssueType.CodeInvalid or IssueType.Value or IssueType.Required)
        {
            return BulkAnswerForm.Write(false, [AppendedFields.Of(table.Separator, [.. Enumerable.Repeat("", appended.Count - 1), problem.Message])]);
        }
    }
}

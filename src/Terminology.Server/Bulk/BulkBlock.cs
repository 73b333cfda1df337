using System.Buffers.Binary;
using Terminology.Bulk;
using Terminology.Issues;
using Terminology.Loaders.Tables;

namespace Terminology.Server.Bulk;

/// <summary>A block of rows and what is written for them; used again and again, by one thread at a time.</summary>
internal sealed class BulkBlock(CodeTable table, int[] question, BulkColumns appended, Func<string[], (bool Found, IReadOnlyList<IReadOnlyList<string>> Lines)> workOut, BulkAnswers answers, int size)
{
    private const int AtOnce = 64;

    private readonly Row[] _rows = new Row[AtOnce];
    private readonly ulong[] _hashes = new ulong[AtOnce];
    private readonly int[] _places = new int[AtOnce];
    private byte[] _asked = new byte[16 * AtOnce];
    private int _gathered, _askedLength, _near;

    /// <summary>A row that was read and is to be answered.</summary>
    private readonly record struct Row(int At, int Length, int Missing, int AskedAt, int AskedLength);

    /// <summary>The rows.</summary>
    public TableBlock Rows { get; } = new(table, size);

    /// <summary>What is written for them.</summary>
    public BulkBytes Output { get; } = new();

    /// <summary>How many were read.</summary>
    public int Count { get; private set; }

    /// <summary>How many of these were not found.</summary>
    public int NotFound { get; private set; }

    /// <summary>The questions that were not found, in the order in which they first came.</summary>
    public OrderedDictionary<string, BulkMiss> Misses { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the row behind those that were read; or null.</summary>
    public Exception? Problem { get; private set; }

    /// <summary>Are the questions kept that are not found?</summary>
    public bool KeepsMisses { get; init; }

    /// <summary>Answers the rows up to the first that is none.</summary>
    public void Answer(CancellationToken aborted)
    {
        Output.Clear();
        Misses.Clear();
        (Count, NotFound, Problem) = (0, 0, null);
        try
        {
            while (Gather())
            {
                aborted.ThrowIfCancellationRequested();
                _near += answers.BringNear(_hashes.AsSpan(0, _gathered), _places);
                for (var i = 0; i < _gathered; i++) Next(i);
            }
        }
        catch (Exception problem)
        {
            Problem ??= problem;
        }
    }

    /// <summary>Reads some rows and their questions.</summary>
    private bool Gather()
    {
        (_gathered, _askedLength) = (0, 0);
        if (Problem is not null) return false;
        try
        {
            while (_gathered < AtOnce && Rows.Read())
            {
                var from = _askedLength;
                Ask();
                _hashes[_gathered] = BulkAnswers.Hash(_asked.AsSpan(from, _askedLength - from));
                _rows[_gathered++] = new(Rows.At, Rows.Record.Length, table.Columns.Count - Rows.FieldCount, from, _askedLength - from);
            }
        }
        catch (ReleaseFormat problem)
        {
            Problem = problem;
        }
        return _gathered > 0;
    }

    private void Next(int i)
    {
        var row = _rows[i];
        var asked = _asked.AsSpan(row.AskedAt, row.AskedLength);
        if (!answers.TryFind(asked, _hashes[i], out var answer))
        {
            Rows.Return(row.At);
            var formed = Form();
            answers.Add(asked, formed);
            answer = formed;
        }
        var lines = BulkAnswerForm.Lines(answer);
        var record = Rows.Bytes(row.At, row.Length);
        while (BulkAnswerForm.TryNext(ref lines, out var line))
        {
            var room = Output.Take(row.Length + row.Missing + line.Length);
            record.CopyTo(room);
            if (row.Missing > 0) room.Slice(row.Length, row.Missing).Fill((byte)table.Separator);
            line.CopyTo(room[(row.Length + row.Missing)..]);
        }
        Count++;
        if (BulkAnswerForm.IsFound(answer)) return;
        NotFound++;
        if (!KeepsMisses) return;
        Rows.Return(row.At);
        Miss();
    }

    private void Miss()
    {
        var parts = Parts();
        var key = string.Join('\0', parts);
        var line = Rows.Line;
        Misses[key] = Misses.TryGetValue(key, out var known) ? known with { Count = known.Count + 1 } : new(parts, line, 1);
    }

    /// <summary>The fields that decide, as they stand in the file; if there are several, each behind its length.</summary>
    private void Ask()
    {
        foreach (var column in question)
        {
            var field = Rows.Raw(column);
            if (_askedLength + 4 + field.Length > _asked.Length) Array.Resize(ref _asked, 2 * (_askedLength + 4 + field.Length));
            if (question.Length > 1)
            {
                BinaryPrimitives.WriteInt32LittleEndian(_asked.AsSpan(_askedLength), field.Length);
                _askedLength += 4;
            }
            field.CopyTo(_asked.AsSpan(_askedLength));
            _askedLength += field.Length;
        }
    }

    private string[] Parts() => [.. question.Select(column => Rows[column])];

    private byte[] Form()
    {
        try
        {
            var (found, lines) = workOut(Parts());
            return BulkAnswerForm.Write(found, [.. lines.Select(fields => AppendedFields.Of(table.Separator, appended.Of(fields)))]);
        }
        catch (TerminologyException problem) when (problem.Type is IssueType.NotFound or IssueType.CodeInvalid or IssueType.Value or IssueType.Required)
        {
            return BulkAnswerForm.Write(false, [AppendedFields.Of(table.Separator, appended.OfMessage(problem.Message))]);
        }
    }
}

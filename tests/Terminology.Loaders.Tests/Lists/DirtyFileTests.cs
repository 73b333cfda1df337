using System.Globalization;
using System.Text;
using CsCheck;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Loaders.Ucum;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Lists.Damage;

namespace Terminology.Loaders.Lists;

/// <summary>Nothing silent: whatever a file is like, every line of it is a row, a duplicate, rejected with a reason, blank or header.</summary>
public sealed class DirtyFileTests
{
    private static readonly string[] Cells =
    [
        "GLU", "NA", "K", "Glucose in serum", "Größe", "mg/dL", "mmol/l", "3,5", "12", "1-Sep", "1.2E+05", "", " ", "\"quoted\"", "\"open", "shut\"", "in\"side", "\"with, comma\"", "\"with; semicolon\"", "\"two\nlines\"", "\"two\r\nlines\"", "\"doubled \"\"quote\"\"\"", "a|b", "tab\tin", "NB\u00A0SP",
        "zero\u200Bwidth", "HÃ¤mo", "Sоdium", "\0", "{\"resourceType\":", "'apos'", "2345-7", "22298006", "http://loinc.org", "\"\"", "\"", "PK\u0003\u0004",
    ];

    private static long Files => long.TryParse(Environment.GetEnvironmentVariable("TERMINOLOGY_DIRTY_FILES"), NumberStyles.None, CultureInfo.InvariantCulture, out var files) ? files : 1000;

    [Test]
    public void Read_DirtyFiles_AccountForEveryLine()
    {
        var (kept, rejected, refused) = (0L, 0L, 0L);
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var (bytes, text) = Dirty(new(seed));
                ReadList read;
                try
                {
                    read = ListFile.Read(bytes);
                }
                catch (ReleaseFormat)
                {
                    Interlocked.Increment(ref refused);
                    return;
                }
                var account = read.Table.Account;
                // The lines of the file, counted without the reader.
                var decoded = Encodings.Named(read.Recipe.Encoding!, "").GetString(bytes).TrimStart('\uFEFF');
                Assert.That(account.PhysicalLines, Is.EqualTo(LinesOf(decoded)), text);
                Assert.That(read.Table.Lines.Count + read.Table.Problems.Count(problem => problem.IsRejected), Is.EqualTo(account.Input));
                Assert.That(read.Table.Lines.Select(line => line.Fields.Count), Has.All.EqualTo(read.Table.Columns.Count));
                Interlocked.Add(ref kept, account.Kept);
                Interlocked.Add(ref rejected, account.Rejected);

                var guessed = read.Recipe.With(ColumnGuess.Of(read.Table, Units));
                if (guessed.Columns.All(column => column.Role != ColumnRole.Code)) guessed = guessed with { Columns = [new(read.Table.Columns[0], ColumnRole.Code)] };
                var list = SourceList.From(read.Table, guessed);
                Assert.That(list.Rows.Count + list.Duplicates.Count + list.Rejected.Count, Is.EqualTo(account.Input));
                Assert.That(list.Rows.Select(row => row.Key), Is.Unique);
                Assert.That(DamageScan.Of(read.Table, guessed, list).Count(finding => finding.RuleId == BrokenInput.RuleId), Is.EqualTo(read.Table.Problems.Count));
                Assert.That(ListDiff.Between(list, list, Units).Count(RowClass.Unchanged), Is.EqualTo(list.Rows.Count));
            },
            iter: Files);
        TestContext.Out.WriteLine($"{Files} files: {kept} rows kept, {rejected} rejected; {refused} files refused with a reason");
        Assert.That(refused, Is.LessThan(Files / 10));
        Assert.That(Math.Min(kept, rejected), Is.Positive);
    }

    private static readonly UnitReader Units = new(UcumWorld.Units);

    private static (byte[] Bytes, string Text) Dirty(Random random)
    {
        var delimiter = ",;\t|"[random.Next(4)];
        var columns = random.Next(1, 7);
        var text = new StringBuilder();
        string[] ends = ["\n", "\r\n", "\r"];
        var end = ends[random.Next(3)];
        if (random.Next(5) > 0) text.AppendJoin(delimiter, new[] { "code", "name", "unit", "specimen", "frequency", "last used" }.Take(columns)).Append(end);
        for (var rows = random.Next(0, 40); rows > 0; rows--)
        {
            switch (random.Next(12))
            {
                case 0:
                    text.Append(end);
                    continue;
                case 1:
                    text.Append(delimiter, columns).Append(random.Next(2) == 0 ? end : "\n");
                    continue;
            }
            var fields = random.Next(6) == 0 ? random.Next(1, columns + 3) : columns;
            for (var field = 0; field < fields; field++)
            {
                if (field > 0) text.Append(delimiter);
                text.Append(random.Next(3) == 0 ? Cells[random.Next(Cells.Length)] : $"v{random.Next(20)}");
            }
            text.Append(random.Next(10) == 0 ? ends[random.Next(3)] : end);
        }
        var whole = text.ToString();
        var encoding = random.Next(8) switch { 0 => Encoding.Unicode, 1 => Encodings.Windows1252, _ => new UTF8Encoding(false) };
        byte[] bytes = [.. random.Next(4) == 0 || encoding == Encoding.Unicode ? encoding.GetPreamble() : [], .. encoding.GetBytes(whole)];
        for (var odd = random.Next(4) == 0 ? random.Next(1, 5) : 0; odd > 0 && bytes.Length > 4; odd--) bytes[random.Next(2, bytes.Length)] = (byte)random.Next(256);
        return (bytes, whole);
    }

    private static int LinesOf(string text)
    {
        var (lines, inside) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            inside = true;
            if (text[i] is not ('\n' or '\r')) continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
            (lines, inside) = (lines + 1, false);
        }
        return inside ? lines + 1 : lines;
    }
}

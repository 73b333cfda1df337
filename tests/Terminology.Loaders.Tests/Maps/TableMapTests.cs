using System.Text;
using CsCheck;
using MiniExcelLibs;
using Terminology.Issues;
using Terminology.Mapping.Exchange;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

public sealed class TableMapTests
{
    [Test]
    public void Write_Everything_ComesBackButTheHead([Values("csv", "tsv", "xlsx")] string name, [Values] bool wide)
    {
        var format = MapFormats.Find(name);
        var (bytes, losses) = format.Write(SampleMap.Full, new() { Wide = wide });
        var read = format.Read(bytes);
        Assert.That(losses.Select(loss => (loss.What, loss.Count)), Is.EqualTo(new[] { ("mapUrl", 1), ("mapVersion", 1), ("mapTitle", 1), ("mapCopyright", 1), ("mapProperties", 2) }));
        Assert.That(read.Losses, Is.Empty);
        Assert.That(SampleMap.Text(read.Map), Is.EqualTo(SampleMap.Text(SampleMap.Only(SampleMap.Full, format.Keeps))));
        Assert.That(read.Read, Is.EqualTo(wide ? 5 : 7));
        Assert.That(format.Write(SampleMap.Full, new() { Wide = wide }).Bytes, Is.EqualTo(bytes), "same map, same bytes");
        Assert.That(MapFormats.Sniff($"x.{name}", bytes), Is.SameAs(format));
    }

    [Test]
    public void Write_AnyTexts_ComeBack([Values("csv", "tsv")] string name, [Values] bool wide) => SampleMap.Any.Sample(map =>
    {
        var format = MapFormats.Find(name);
        var read = format.Read(format.Write(map, new() { Wide = wide }).Bytes);
        return SampleMap.Text(InOrder(read.Map)) == SampleMap.Text(InOrder(SampleMap.Only(map, format.Keeps)));
    });

    [Test]
    public void Write_AnyTexts_ComeBackFromASpreadsheet() => SampleMap.Any.Sample(map =>
    {
        var format = MapFormats.Find("xlsx");
        return SampleMap.Text(InOrder(format.Read(format.Write(map).Bytes).Map)) == SampleMap.Text(InOrder(SampleMap.Only(map, format.Keeps)));
    }, iter: 20);

    [Test]
    public void Write_NoCell_CanRunInASpreadsheet() => SampleMap.Any.Sample(map =>
    {
        foreach (var row in CsvText.Read(Encoding.UTF8.GetString(MapFormats.Find("csv").Write(map).Bytes).TrimStart('\uFEFF'), ',', "x"))
        {
            if (row.Cells.Any(cell => cell.Length > 0 && "=+-@\t\r\n".Contains(cell[0], StringComparison.Ordinal))) return false;
        }
        return true;
    });

    [Test]
    public void Write_ContextInAnotherOrder_IsStated()
    {
        var map = new MapTable { Lines = [new() { Code = "1", Context = [new("a", "1"), new("b", "2")] }, new() { Code = "2", Context = [new("b", "1"), new("a", "")] }] };
        Assert.That(MapFormats.Find("csv").Write(map).Losses.Select(loss => (loss.What, loss.Count)), Is.EqualTo(new[] { ("context", 1), ("context", 1) }));
    }

    [Test]
    public void Read_ColumnsOfOthers_AreNamedOrKnownAndTheRestIsContext()
    {
        var read = SampleMap.ReadText("csv", "Local Code;Name;LOINC;Equivalence;Unit\n 007 ;Sodium;2951-2;wider;mmol/L\n008;Other;;;\n",
            new() { Columns = new Dictionary<string, string> { ["targetCode"] = "loinc" }, TargetSystem = SampleMap.Loinc, SourceSystem = SampleMap.Local });
        Assert.That(read.Losses, Is.Empty);
        var line = read.Map.Lines[0];
        Assert.That((line.System, line.Code, line.Display, line.Line), Is.EqualTo((SampleMap.Local, "007", "Sodium", 2)));
        Assert.That(line.Context, Is.EqualTo(new[] { new KeyValuePair<string, string>("Unit", "mmol/L") }));
        Assert.That((line.Content.Targets[0].Relationship, line.Content.Targets[0].OriginalRelationship), Is.EqualTo((MapRelationship.SourceIsNarrowerThanTarget, "wider")));
        Assert.That(read.Map.Lines[1].Content.IsEmpty);
    }

    [Test]
    public void Read_WiderMeantTheOtherWay_IsTurned()
    {
        var read = SampleMap.ReadText("csv", "code,targetCode,relationship\nA,B,wider\n", new() { TargetSystem = "s", Wider = WiderMeans.TargetSaysMore });
        Assert.That(read.Map.Lines[0].Content.Targets[0].Relationship, Is.EqualTo(MapRelationship.SourceIsBroaderThanTarget));
        Assert.That(DirectionCheck.Samples(read.Map).Single().Sentence, Is.EqualTo("'A' is read as broader than 'B'."));
    }

    [TestCase("A,s,B,sideways,,", 4, "no relationship that is known")]
    [TestCase(",s,B,equivalent,,", 1, "source code is missing")]
    [TestCase("A,,B,equivalent,,", 2, "code system of the target")]
    [TestCase("A,s,B,equivalent,high,", 5, "number from 0 to 1")]
    [TestCase("A,s,B,equivalent,,31.12.2026", 6, "2026-11-26")]
    [TestCase("A,s,B,equivalent,,,more", 7, "fields where the header has 6")]
    [TestCase("\"A\"x,s,B,equivalent,,", 1, "two quotes")]
    public void Read_BadRow_IsRejectedWithLineAndColumn(string row, int column, string advice)
    {
        var read = SampleMap.ReadText("csv", $"sourceCode,targetSystem,targetCode,relationship,confidence,effectiveFrom\nZ,s,B,equivalent,1,2026-01-01\n\n{row}\n");
        Assert.That((read.Read, read.Kept), Is.EqualTo((2, 1)));
        Assert.That(read.Losses.Single().What, Is.EqualTo($"line 4, column {column}"));
        Assert.That(read.Losses.Single().Why, Does.Contain(advice));
    }

    [Test]
    public void Read_QuoteNeverClosed_ThrowsWhereItOpens()
    {
        var fault = Assert.Throws<ReleaseFormat>(() => SampleMap.ReadText("csv", "sourceCode,targetCode\nA,\"B\nC,D\n", new() { File = "m.csv" }));
        Assert.That((fault!.Line, fault.Column), Is.EqualTo((2L, 3)));
        Assert.That(fault.Message, Does.Contain("never closed"));
    }

    [TestCase("", "empty")]
    [TestCase("a,b\n1,2\n", "no column 'sourceCode'; the columns are a, b")]
    public void Read_NoColumns_Throws(string text, string advice) => Assert.That(() => SampleMap.ReadText("csv", text), Throws.TypeOf<ReleaseFormat>().With.Message.Contains(advice));

    [Test]
    public void Read_TargetAndNoTargetOfOneCode_RejectsTheLatter()
    {
        var read = SampleMap.ReadText("csv", "sourceCode,targetSystem,targetCode,relationship,noMap\nA,,,,TRUE\nA,s,B,equivalent,\n");
        Assert.That((read.Read, read.Kept), Is.EqualTo((2, 1)));
        Assert.That(read.Losses.Single().What, Is.EqualTo("line 2"));
        Assert.That(read.Map.Lines.Single().Content.Targets.Single().Code, Is.EqualTo("B"));
    }

    [Test]
    public void Read_Windows1252_IsSeenAndSaid()
    {
        var read = MapFormats.Find("csv").Read([.. "sourceCode,sourceDisplay\nA,Na"u8, 0xEF, .. "f\n"u8]);
        Assert.That(read.Map.Lines[0].Display, Is.EqualTo("Naïf"));
        Assert.That(read.Losses.Single().What, Is.EqualTo("encoding"));
    }

    [Test]
    public void Read_CodeThatExcelRounded_IsRejected()
    {
        using var stream = new MemoryStream();
        object[] codes = ["A", 1234567890123456789d, 7];
        stream.SaveAs(codes.Select(code => new Dictionary<string, object> { ["sourceCode"] = code }));
        var read = MapFormats.Find("xlsx").Read(stream.ToArray());
        Assert.That((read.Read, read.Kept), Is.EqualTo((3, 2)));
        Assert.That(read.Losses.Single().Why, Does.Contain("Excel has rounded it"));
        Assert.That(read.Map.Lines.Select(line => line.Code), Is.EqualTo(new[] { "A", "7" }));
    }

    [Test]
    public void Read_CodeThatASpreadsheetRoundedBefore_IsRejected()
    {
        var read = SampleMap.ReadText("csv", "sourceCode\n7.31E+14\n1.2E\n");
        Assert.That(read.Losses.Single().What, Is.EqualTo("line 2, column 1"));
        Assert.That(read.Kept, Is.EqualTo(1));
    }

    [Test]
    public void Read_NoSpreadsheet_Throws() => Assert.That(() => MapFormats.Find("xlsx").Read("PK nothing"u8.ToArray()), Throws.TypeOf<ReleaseFormat>());

    /// <summary>What stands beside a code, by name: tables have one order for all rows.</summary>
    private static MapTable InOrder(MapTable map) => map with { Lines = [.. map.Lines.Select(line => line with { Context = [.. line.Context.OrderBy(pair => pair.Key, StringComparer.Ordinal)] })] };
}

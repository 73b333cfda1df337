using System.Text;
using CsCheck;
using Terminology.Issues;

namespace Terminology.Loaders.Maps;

public sealed class NdjsonMapTests
{
    private static readonly MapFormat Format = MapFormats.Find("ndjson");

    [Test]
    public void Write_Everything_ComesBack()
    {
        var (bytes, losses) = Format.Write(SampleMap.Full);
        var read = Format.Read(bytes);
        Assert.That(losses, Is.Empty);
        Assert.That(read.Losses, Is.Empty);
        Assert.That((read.Read, read.Kept), Is.EqualTo((5, 5)));
        Assert.That(read.Map.Lines.Select(line => line.Line), Is.EqualTo(new[] { 2, 3, 4, 5, 6 }));
        Assert.That(read.Map.Lines.Select(line => line.Content), Is.EqualTo(SampleMap.Full.Lines.Select(line => line.Content)));
        Assert.That(SampleMap.Text(read.Map), Is.EqualTo(SampleMap.Text(SampleMap.Full)));
        Assert.That(Format.Write(read.Map).Bytes, Is.EqualTo(bytes), "same map, same bytes");
    }

    [Test]
    public void Write_AnyTexts_ComeBack() => SampleMap.Any.Sample(map => SampleMap.Text(Format.Read(Format.Write(map).Bytes).Map) == SampleMap.Text(map));

    [Test]
    public void Write_Text_IsOneObjectALine()
    {
        var lines = SampleMap.Text(SampleMap.Full).TrimEnd('\n').Split('\n');
        Assert.That(lines[0], Is.EqualTo("""{"format":"terminology-map/1","url":"http://example.org/map","version":"2.1","title":"Laboratory, \"main\" site","copyright":"Example; LOINC is a trademark","properties":[{"name":"purpose","value":"tests"},{"name":"note","value":"a=b; c|d"}]}"""));
        Assert.That(lines[2], Is.EqualTo("""{"system":"http://example.org/lab","code":"-K","display":"@potassium","targets":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium","relationship":"equivalent"}],"state":"draft"}"""));
        Assert.That(lines, Has.Length.EqualTo(6));
    }

    [TestCase("""{"code":"A","targets":[{"system":"s","code":"c","relationship":"wider"}]}""", "relationship is 'wider'")]
    [TestCase("""{"display":"x"}""", "code is missing")]
    [TestCase("""{"code":3}""", "code must be a text")]
    [TestCase("""{"code":"A","state":"done"}""", "approved")]
    [TestCase("""{"code":"A" """, "not JSON")]
    [TestCase("""["A"]""", "object in braces")]
    [TestCase("""{"code":"A","authoredAt":"yesterday"}""", "must be a moment")]
    [TestCase("""{"code":"\ud800"}""", "half a character")]
    public void Read_BadRow_IsRejectedWithLineAndAdvice(string row, string advice)
    {
        var read = SampleMap.ReadText("ndjson", $"{{\"format\":\"terminology-map/1\"}}\n{{\"code\":\"B\"}}\n{row}\n");
        Assert.That((read.Read, read.Kept, read.Rejected), Is.EqualTo((2, 1, 1)));
        Assert.That(read.Losses.Single().What, Does.StartWith("line 3"));
        Assert.That(read.Losses.Single().Why, Does.Contain(advice));
    }

    [Test]
    public void Read_UnknownMember_IsNoted()
    {
        var read = SampleMap.ReadText("ndjson", "{\"format\":\"terminology-map/1\"}\n{\"code\":\"B\",\"colour\":\"red\"}\n");
        Assert.That(read.Losses.Single().What, Is.EqualTo("colour"));
        Assert.That(read.Rejected, Is.Zero);
    }

    [TestCase("")]
    [TestCase("not json")]
    [TestCase("{\"code\":\"A\"}")]
    [TestCase("{\"format\":\"terminology-map/9\"}")]
    public void Read_NoHead_Throws(string text)
    {
        var fault = Assert.Throws<ReleaseFormat>(() => SampleMap.ReadText("ndjson", text, new() { File = "m.ndjson" }));
        Assert.That(fault!.Message, Does.StartWith("m.ndjson:1:").And.Contains("first line"));
    }

    [Test]
    public void Sniff_Start_IsRecognised() => Assert.That(MapFormats.Sniff("x", Encoding.UTF8.GetBytes(SampleMap.Text(SampleMap.Full))), Is.SameAs(Format));
}

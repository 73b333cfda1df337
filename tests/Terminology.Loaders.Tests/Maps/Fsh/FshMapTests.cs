using System.Text;
using CsCheck;
using Terminology.Issues;
using Terminology.Maps;

namespace Terminology.Loaders.Maps.Fsh;

/// <summary>ConceptMaps as implementation guides keep them.</summary>
public sealed class FshMapTests
{
    private static readonly MapFormat Format = MapFormats.Find("fsh");

    /// <summary>By hand, as people write it: aliases, indents, soft indexes, comments, strings over lines, a definition beside it.</summary>
    private const string ByHand = """"
        Alias: $lab = http://hospital.example/lab
        Alias: LNC = http://loinc.org

        // The value set of the analytes.
        ValueSet: Analytes
        * include codes from system $lab

        Instance: lab-to-loinc
        InstanceOf: ConceptMap
        Title: "Laboratory"
        Usage: #definition
        * url = "http://hospital.example/ConceptMap/lab" // the canonical
        * version = "3"
        * status = #active
        * title = """
          Laboratory,
          main site
          """
        * group
          * source = $lab
          * target = LNC
          * element[0]
            * code = #GLU
            * display = "Glucose \"fasting\""
            * target[0]
              * code = #2345-7
              * equivalence = #wider
              * comment = "see // no comment"
          * element[+]
            * code = #"CODE 7"
            * target.code = #2951-2
            * target.equivalence = #equal
        /* nothing
           more */
        * group[0].element[+].code = #X
        * group[0].element[=].target[+].equivalence = #unmatched
        """";

    [Test]
    public void Read_ByHand_IsUnderstood()
    {
        var read = Format.Read(Encoding.UTF8.GetBytes(ByHand));
        Assert.That((read.Map.Url, read.Map.Version, read.Map.Title), Is.EqualTo(("http://hospital.example/ConceptMap/lab", "3", "Laboratory,\nmain site")));
        Assert.That(read.Map.Lines.Select(line => (line.System, line.Code, line.Display)), Is.EqualTo(new[] { ("http://hospital.example/lab", "GLU", "Glucose \"fasting\""), ("http://hospital.example/lab", "CODE 7", null), ("http://hospital.example/lab", "X", null) }));
        var first = read.Map.Lines[0].Content.Targets.Single();
        Assert.That((first.System, first.Code, first.Relationship, first.Comment), Is.EqualTo(("http://loinc.org", "2345-7", MapRelationship.SourceIsNarrowerThanTarget, "see // no comment")));
        Assert.That(read.Map.Lines[1].Content.Targets.Single().OriginalRelationship, Is.EqualTo("equal"));
        Assert.That(read.Map.Lines[2].Content.NoMap, Is.Not.Null);
        Assert.That(read.Losses.Select(loss => (loss.What, loss.Count)), Is.EqualTo(new[] { ("definitions", 1) }));
        Assert.That(MapFormats.Sniff("lab.fsh", Encoding.UTF8.GetBytes(ByHand)), Is.SameAs(Format));
    }

    [Test]
    public void Read_WordsOfR5_AreUnderstoodToo()
    {
        var read = SampleMap.ReadText("fsh", "Instance: x\nInstanceOf: ConceptMap\n* group.source = \"http://s\"\n* group.target = \"http://t\"\n* group.element.code = #A\n* group.element.target.code = #B\n* group.element.target.relationship = #source-is-broader-than-target\n* group.element[+].code = #C\n* group.element[=].noMap = true\n");
        Assert.That(read.Map.Lines[0].Content.Targets.Single().Relationship, Is.EqualTo(MapRelationship.SourceIsBroaderThanTarget));
        Assert.That(read.Map.Lines[1].Content.NoMap, Is.Not.Null);
    }

    [Test]
    public void Read_RuleSets_ArePutInWhereTheyAreInTheFile_AndStatedWhereNot()
    {
        var read = SampleMap.ReadText("fsh", """
            RuleSet: Pair(source, target, word)
            * element[+]
              * code = #{source}
              * target[+].code = #{target}
              * target[=].equivalence = #{word}

            Instance: x
            InstanceOf: ConceptMap
            * insert PublicationData
            * group[+].source = "http://s"
            * group[=].target = "http://t"
            * group[=] insert Pair(A, B\,C, equivalent)
            * group[=]
              * insert Pair(D, E, narrower)

            RuleSet: Unused
            * status = #retired
            """);
        Assert.That(read.Map.Lines.Select(line => (line.Code, line.Content.Targets.Single().Code, line.Content.Targets.Single().Relationship)), Is.EqualTo(new[] { ("A", "B,C", MapRelationship.Equivalent), ("D", "E", MapRelationship.SourceIsBroaderThanTarget) }));
        Assert.That(read.Losses.Select(loss => (loss.What, loss.Why)), Is.EqualTo(new[] { ("insert", "The RuleSet PublicationData is not in the file: what it says of the map is not read.") }));
    }

    [Test]
    public void Write_Everything_ComesBackAndIsTheSameText()
    {
        var map = SampleMap.Full with { Lines = [.. SampleMap.Full.Lines.Select(line => line with { SystemVersion = null, Content = line.Content with { Targets = [.. line.Content.Targets.Select(target => target with { Version = "2.80" })] } })] };
        var (bytes, losses) = Format.Write(map);
        Assert.That(losses, Is.Empty);
        var read = Format.Read(bytes);
        Assert.That(SampleMap.Text(read.Map), Is.EqualTo(SampleMap.Text(map)));
        Assert.That(Format.Write(read.Map).Bytes, Is.EqualTo(bytes));
        Assert.That(Encoding.UTF8.GetString(bytes), Does.StartWith("Instance: map\nInstanceOf: ConceptMap\nUsage: #definition\n").And.Contain("* group[=].element[=].code = #NA\n").And.Contain("* group[=].element[+].code = #Q\n"));
    }

    [TestCase("Instance: x\nInstanceOf: Patient\n* active = true\n", "no instance of ConceptMap")]
    [TestCase("RuleSet: A\n* insert A\n\nInstance: x\nInstanceOf: ConceptMap\n* insert A\n", "map:6: the RuleSet A puts itself in")]
    [TestCase("Instance: x\nInstanceOf: ConceptMap\n* group[1].source = \"s\"\n", "map:3: group[1] leaves a gap")]
    [TestCase("Instance: x\nInstanceOf: ConceptMap\n* group[=].source = \"s\"\n", "map:3: [=] of 'group' stands before the first")]
    [TestCase("Instance: x\nInstanceOf: ConceptMap\n* title = nonsense here\n", "map:3: 'nonsense here' is no value")]
    [TestCase("Instance: x\nInstanceOf: ConceptMap\n* title = \"never closed\n", "map:3:1: a string opens here")]
    [TestCase("Instance: x\nInstanceOf: ConceptMap\n* gro up = 1\n", "map:3:")]
    public void Read_WhatIsNone_IsToldWithItsLine(string text, string told)
        => Assert.That(() => SampleMap.ReadText("fsh", text), Throws.InstanceOf<ReleaseFormat>().With.Message.Contains(told));

    private static readonly string[] Pieces =
    [
        "Instance: x\n", "InstanceOf: ConceptMap\n", "Alias: $a = http://a\n", "RuleSet: R(a)\n", "* insert R(1)\n", "* group[0]\n", "  * element[+].code = #A\n", "* group[=].element[=].target[+].code = #\"B C\"\n", "* url = 5\n", "* url = \"u\"\n",
        "* group = \"x\"\n", "* group.element = true\n", "* group[0].source = $a#x\n", "* status = #nonsense\n", "* group.element.target.equivalence = #wider\n", "* group.element.target.equivalence = #nosuch\n", "* group.element.noMap = \"yes\"\n",
        "* group.element.code = 1.5\n", "* extension[0].valueCoding = http://s|1#c \"d\"\n", "* a.b.c[0].d[1] = 2020-01-01\n", "* group.unmapped.mode = #fixed\n", "\"", "\"\"\"", "/*", "//", "#", "[", "= ", "\\", "\t", "{a}", "\n",
    ];

    /// <summary>Whatever is sent: a map, or a fault that says where; never a fault of ours.</summary>
    [Test]
    public void Read_AnyText_IsAMapOrAFaultThatIsTold() => Gen.Int[0, Pieces.Length - 1].Array[0, 14].Select(pieces => "Instance: x\nInstanceOf: ConceptMap\n" + string.Concat(pieces.Select(at => Pieces[at]))).Sample(
        text =>
        {
            try
            {
                Format.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), MapFormatOptions.None);
            }
            catch (TerminologyException)
            {
                // told
            }
        },
        iter: 5_000);

    [Test]
    public void Read_RuleSetsThatGrow_AreRefused()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 15; i++) text.Append($"RuleSet: R{i}\n").Append(string.Concat(Enumerable.Repeat($"* insert R{i + 1}\n", 20)));
        text.Append("RuleSet: R15\n* url = \"u\"\n\nInstance: x\nInstanceOf: ConceptMap\n* insert R0\n");
        Assert.That(() => SampleMap.ReadText("fsh", text.ToString()), Throws.InstanceOf<ReleaseFormat>().With.Message.Contains("are more than"));
    }
}

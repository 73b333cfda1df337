using System.Text;
using Terminology.Issues;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

public sealed class SssomMapTests
{
    private static readonly MapFormat Format = MapFormats.Find("sssom");

    [Test]
    public void Write_Everything_ComesBackButTheUndecided()
    {
        var (bytes, losses) = Format.Write(SampleMap.Full);
        var read = Format.Read(bytes);
        Assert.That(losses.Select(loss => (loss.What, loss.Count)), Is.EqualTo(new[] { ("undecided", 1) }));
        Assert.That(read.Losses, Is.Empty);
        Assert.That(SampleMap.Text(read.Map), Is.EqualTo(SampleMap.Text(SampleMap.Only(SampleMap.Full, Format.Keeps))));
        Assert.That(MapFormats.Sniff("x.sssom.tsv", bytes), Is.SameAs(Format));
    }

    [Test]
    public void Write_Header_IsYamlInComments()
    {
        var text = Encoding.UTF8.GetString(Format.Write(SampleMap.Full with { Lines = [SampleMap.Full.Lines[1], SampleMap.Full.Lines[2]] }).Bytes).ReplaceLineEndings("\n");
        Assert.That(text, Is.EqualTo("""
            #sssom_version: "1.1"
            #mapping_set_id: http://example.org/map
            #mapping_set_version: "2.1"
            #mapping_set_title: "Laboratory, \"main\" site"
            #license: Example; LOINC is a trademark
            #purpose: tests
            #note: a=b; c|d
            #curie_map:
            #  s1: http://example.org/lab
            #  loinc: http://loinc.org

            """.ReplaceLineEndings("\n")
            + "subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\tmapping_justification\tauthor_id\treviewer_id\tmapping_date\tconfidence\tsubject_source_version\tobject_source_version\tcomment\tother\n"
            + "s1:-K\t@potassium\tskos:exactMatch\t\tloinc:2823-3\tPotassium\tsemapv:UnspecifiedMatching\t\t\t\t\t\t\t\tstate=draft\n"
            + "s1:X1\tInternal control\tskos:exactMatch\t\tsssom:NoTermFound\t\tsemapv:ManualMappingCuration\tann\t\t\t\t\t\t\tstate=proposed; no_map_reason=no-code-exists; no_map_text=nothing measures this; no_map_request=REQ-12\n"));
    }

    [Test]
    public void Read_Sample_IsUnderstood()
    {
        var read = SampleMap.ReadText("sssom", """
            #mapping_set_id: https://example.org/set
            #mapping_set_title: 'It''s ours'
            #license: "https://creativecommons.org/licenses/by/4.0/"
            #creator_id:
            #  - orcid:1
            #  - orcid:2
            #curie_map:
            #  lab: "http://example.org/lab/"
            #object_source_version: "2.72"
            """.ReplaceLineEndings("\n") + "\nsubject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\treviewer_id\tconfidence\n"
            + "lab:A\tskos:broadMatch\t\tloinc:1-8\tsemapv:LexicalMatching\torcid:1|orcid:2\t0.5\nlab:B\tskos:exactMatch\tNot\tLOINC:2-6\tsemapv:ManualMappingCuration\t\t\nlab:C\tskos:exactMatch\t\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t\t\n");
        Assert.That(read.Losses, Is.Empty);
        Assert.That((read.Map.Url, read.Map.Title, read.Map.Properties.Count), Is.EqualTo(("https://example.org/set", "It's ours", 3)));
        var (a, b, c) = (read.Map.Lines[0], read.Map.Lines[1], read.Map.Lines[2]);
        Assert.That((a.System, a.Code, a.Reviewer, a.Line), Is.EqualTo(("http://example.org/lab", "A", "orcid:1|orcid:2", 11)));
        Assert.That(a.Content.Targets.Single(), Is.EqualTo(new RowTarget { System = SampleMap.Loinc, Version = "2.72", Code = "1-8", Relationship = MapRelationship.SourceIsNarrowerThanTarget, Confidence = 0.5, Justification = "semapv:LexicalMatching" }));
        Assert.That((b.Content.Targets[0].Relationship, b.Content.Targets[0].OriginalRelationship), Is.EqualTo((MapRelationship.NotRelatedTo, "Not skos:exactMatch")));
        Assert.That(c.Content.NoMap, Is.EqualTo(new NoMap()));
    }

    [Test]
    public void Read_FaultyFiles_AreUnderstoodAndTheFaultsNamed()
    {
        var read = SampleMap.ReadText("sssom", "subject_id,subject_label,predicate_id,object_id,object_label,mapping_justification,author_id,reviewer_id,comment\n"
            + "mimic:1,20 Gauge,skos:closeMatch,snomed:233520008,Cannula,HumanCurated,,\"orcid:0000-0001,0000-0002\",\nmimic:2,Shifted,snomed:1,Cannula,HumanCurated,,,,\n");
        Assert.That((read.Read, read.Kept), Is.EqualTo((2, 1)));
        Assert.That(read.Losses.Select(loss => loss.What), Is.EqualTo(new[] { "line 3, column 4", "justification" }));
        Assert.That((read.Map.Lines[0].Reviewer, read.Map.Lines[0].Author), Is.EqualTo(("orcid:0000-0001|orcid:0000-0002", (string?)null)));
        Assert.That(read.Map.Lines[0].Content.Targets[0], Is.EqualTo(new RowTarget
        {
            System = "http://snomed.info/sct", Code = "233520008", Display = "Cannula", Relationship = MapRelationship.RelatedTo, OriginalRelationship = "skos:closeMatch", Justification = "semapv:ManualMappingCuration",
        }));
    }

    [TestCase("lab:A\tskos:exactMatch\t\t1-8", 4, "no prefix")]
    [TestCase("lab:A\tskos:sameish\t\tloinc:1-8", 2, "skos:exactMatch")]
    [TestCase("lab:A\tskos:exactMatch\tMaybe\tloinc:1-8", 3, "Not is the only one")]
    [TestCase("\tskos:exactMatch\t\tloinc:1-8", 1, "subject is missing")]
    [TestCase("lab:A\tskos:exactMatch\t\tloinc:1-8\t7", 5, "from 0 to 1")]
    public void Read_BadRow_IsRejectedWithLineAndColumn(string row, int column, string advice)
    {
        var read = SampleMap.ReadText("sssom", $"#license: x\nsubject_id\tpredicate_id\tpredicate_modifier\tobject_id\tconfidence\n{row}\n");
        Assert.That(read.Losses.Single().What, Is.EqualTo($"line 3, column {column}"));
        Assert.That(read.Losses.Single().Why, Does.Contain(advice));
    }

    [Test]
    public void Read_HeaderThatIsNoYaml_Throws()
        => Assert.That(() => SampleMap.ReadText("sssom", "#license: x\n#nonsense\nsubject_id\tobject_id\n"), Throws.TypeOf<ReleaseFormat>().With.Property("Line").EqualTo(2L));
}

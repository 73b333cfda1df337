using System.Text;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

public sealed class OmopMapTests
{
    private const string UsagiHead = "sourceCode,sourceName,sourceFrequency,sourceAutoAssignedConceptIds,ADD_INFO:unit,matchScore,mappingStatus,equivalence,statusSetBy,statusSetOn,conceptId,conceptName,domainId,mappingType,comment,createdBy,createdOn,assignedReviewer\n";

    /// <summary>The sample with targets that are OMOP concepts.</summary>
    private static MapTable Omop { get; } = SampleMap.Full with
    {
        Lines =
        [
            .. SampleMap.Full.Lines.Select(line => line with
            {
                Content = line.Content with
                {
                    Targets = [.. line.Content.Targets.Select((target, at) => target with { System = OmopConcepts.System, Code = $"{3000000 + at}", Properties = [], Relationship = target.Relationship == MapRelationship.NotRelatedTo ? MapRelationship.RelatedTo : target.Relationship })],
                },
                State = line.State is MapRowState.Approved ? MapRowState.Approved : line.Content.IsEmpty ? MapRowState.Unmapped : MapRowState.Draft,
            }),
        ],
    };

    [Test]
    public void Usagi_Everything_ComesBackButWhatIsStated()
    {
        var format = MapFormats.Find("usagi");
        var (bytes, losses) = format.Write(Omop);
        var read = format.Read(bytes);
        Assert.That(losses.Select(loss => loss.What), Is.EqualTo(Enum.GetValues<MapFeature>().Where(feature => !format.Keeps.Contains(feature) && MapFeatures.Count(Omop, feature) > 0).Select(MapFeatures.Name)));
        Assert.That(SampleMap.Text(Plain(read.Map)), Is.EqualTo(SampleMap.Text(Plain(SampleMap.Only(Omop, format.Keeps)))));
        Assert.That(format.Write(Omop).Bytes, Is.EqualTo(bytes));
        Assert.That(MapFormats.Sniff("x.csv", bytes), Is.SameAs(format));

        // Remarks on a row without target are why there is none; words of Usagi come back as the original ones.
        MapTable Plain(MapTable map) => map with
        {
            Lines = [.. map.Lines.Select(line => line with { Content = line.Content with { Targets = [.. line.Content.Targets.Select(target => target with { OriginalRelationship = null })] } })],
        };
    }

    [TestCase(null, MapRelationship.SourceIsBroaderThanTarget, "'Sodium' is read as broader than 'Sodium in serum'.")]
    [TestCase(WiderMeans.TargetMeansMore, MapRelationship.SourceIsNarrowerThanTarget, "'Sodium' is read as narrower than 'Sodium in serum'.")]
    public void Usagi_Wider_IsReadAsDocumentedUnlessToldOtherwise(WiderMeans? wider, MapRelationship relationship, string sentence)
    {
        var format = MapFormats.Find("usagi");
        var text = UsagiHead + "NA,Sodium,12,,mmol,0.5,APPROVED,WIDER,bob,1717545600000,3019550,Sodium in serum,Measurement,MAPS_TO,ok,ann,1717545600000,\n";
        var read = SampleMap.ReadText("usagi", text, new() { Wider = wider, SourceSystem = SampleMap.Local });
        var line = read.Map.Lines.Single();
        Assert.That((line.Content.Targets[0].Relationship, line.Content.Targets[0].OriginalRelationship, line.Content.Targets[0].Confidence), Is.EqualTo((relationship, "WIDER", 0.5)));
        Assert.That((line.State, line.Author, line.Reviewer, line.ReviewedAt), Is.EqualTo((MapRowState.Approved, "ann", "bob", DateTimeOffset.FromUnixTimeSeconds(1717545600))));
        Assert.That(line.Context.Select(pair => pair.ToString()), Is.EqualTo(new[] { "[sourceFrequency, 12]", "[unit, mmol]" }));
        Assert.That(DirectionCheck.Samples(read.Map).Select(sample => sample.Sentence), Is.EqualTo(new[] { sentence }));
        Assert.That(Encoding.UTF8.GetString(format.Write(read.Map, new() { Wider = wider }).Bytes).ReplaceLineEndings("\n"), Is.EqualTo(text), "the file itself");
    }

    [Test]
    public void Usagi_StatusWordsAndNoTarget_AreKept()
    {
        var read = SampleMap.ReadText("usagi", UsagiHead + "A,a,,,,0,FLAGGED,INEXACT,,0,5,e,,,,,0,\nB,b,,,,0,IGNORED,UNREVIEWED,,0,0,,,,noise,,0,\nC,c,,,,0,APPROVED,UNMATCHED,,0,0,,,,,,0,\nD,d,,,,0,UNCHECKED,UNREVIEWED,,0,0,,,,,,0,\n");
        Assert.That(read.Map.Lines.Select(line => (line.State, line.Content.NoMap)), Is.EqualTo(new (MapRowState?, NoMap?)[] { (MapRowState.Draft, null), (MapRowState.Approved, new("ignored", "noise")), (MapRowState.Approved, new()), (MapRowState.Unmapped, null) }));
        Assert.That(read.Map.Lines[0].Context, Is.EqualTo(new[] { new KeyValuePair<string, string>("mappingStatus", "FLAGGED") }));
        Assert.That(Encoding.UTF8.GetString(MapFormats.Find("usagi").Write(read.Map).Bytes), Does.Contain("A,a,,,0,FLAGGED,INEXACT,").And.Contain("B,b,,,0,IGNORED,"));
    }

    [TestCase("A,a,,,,0,APPROVED,EQUAL,,0,abc,,,,,,0,", 11, "concept id")]
    [TestCase("A,a,,,,0,APPROVED,SAMEISH,,0,5,,,,,,0,", 8, "EQUIVALENT")]
    [TestCase("A,a,,,,0,APPROVED,EQUAL,,yesterday,5,,,,,,0,", 10, "milliseconds")]
    [TestCase(",a,,,,0,APPROVED,EQUAL,,0,5,,,,,,0,", 1, "source code is missing")]
    public void Usagi_BadRow_IsRejectedWithLineAndColumn(string row, int column, string advice)
    {
        var read = SampleMap.ReadText("usagi", UsagiHead + row + "\n");
        Assert.That((read.Read, read.Kept), Is.EqualTo((1, 0)));
        Assert.That(read.Losses.Single().What, Is.EqualTo($"line 2, column {column}"));
        Assert.That(read.Losses.Single().Why, Does.Contain(advice));
    }

    [Test]
    public void Write_TargetsOfOtherSystems_AreStatedAndWrittenByTheirConceptId([Values("usagi", "omop")] string name)
    {
        var map = new MapTable
        {
            Lines =
            [
                new() { Code = "A", Content = new() { Targets = [new() { System = SampleMap.Loinc, Code = "1-8", Relationship = MapRelationship.Equivalent, Properties = [new("omop-concept-id", "77")] }] } },
                new() { Code = "B", Content = new() { Targets = [new() { System = SampleMap.Loinc, Code = "1-8", Relationship = MapRelationship.Equivalent }] } },
            ],
        };
        var (bytes, losses) = MapFormats.Find(name).Write(map);
        Assert.That(losses.Single(loss => loss.What == "targets").Count, Is.EqualTo(1));
        Assert.That(MapFormats.Find(name).Read(bytes).Map.Lines.Single().Content.Targets.Single().Code, Is.EqualTo("77"));
    }

    [Test]
    public void SourceToConceptMap_Everything_ComesBackButWhatIsStated()
    {
        var format = MapFormats.Find("omop");
        var (bytes, losses) = format.Write(Omop);
        var read = format.Read(bytes);
        Assert.That(losses.Select(loss => loss.What), Does.Contain("relationship").And.Contain("context").And.Contain("undecided").And.Contain("state"));
        var left = SampleMap.Only(Omop, format.Keeps);
        Assert.That(SampleMap.Text(read.Map with { Lines = [.. read.Map.Lines.Select(line => line with { Content = line.Content with { Targets = [.. line.Content.Targets.Select(target => target with { Properties = [] })] } })] }), Is.EqualTo(SampleMap.Text(left)));
        Assert.That(read.Losses, Is.Empty);
        Assert.That(MapFormats.Sniff("stcm.txt", bytes), Is.SameAs(format));
    }

    [Test]
    public void SourceToConceptMap_HistoryAndQuotes_AreRead()
    {
        const string Head = "source_code\tsource_concept_id\tsource_vocabulary_id\tsource_code_description\ttarget_concept_id\ttarget_vocabulary_id\tvalid_start_date\tvalid_end_date\tinvalid_reason\n";
        var read = SampleMap.ReadText("omop", Head
            + "Tube\t0\tX_ROUTE\tTube\t1\tSNOMED\t1970-01-01\t2024-03-13\tD\nTube\t0\tX_ROUTE\tTube\t2\tSNOMED\t2024-03-13\t2099-12-31\t\n"
            + "Gone\t0\tX_ROUTE\tGone\t3\tSNOMED\t1970-01-01\t2024-03-13\tD\nGone\t0\tX_ROUTE\tGone\t0\tNone\t2024-03-13\t2099-12-31\t\n"
            + "\"\"\"Q\"\" 1\"\t9\tLOINC\tq\t0\tNone\t1970-01-01\t2099-12-31\t\nBad\t0\tX\tb\t1\tSNOMED\t01/01/1970\t2099-12-31\t\n");
        Assert.That((read.Read, read.Kept), Is.EqualTo((6, 5)));
        Assert.That(read.Losses.Select(loss => (loss.What, loss.Count)), Is.EqualTo(new[] { ("line 7, column 7", 1), ("noMap", 1) }));
        Assert.That(read.Map.Lines[0].Content.Targets.Select(target => (target.Code, target.EffectiveFrom, target.EffectiveTo)),
            Is.EqualTo(new (string, DateOnly?, DateOnly?)[] { ("1", null, new(2024, 3, 13)), ("2", new(2024, 3, 13), null) }));
        Assert.That(read.Map.Lines[0].Content.Targets[0].Properties, Does.Contain(new KeyValuePair<string, string>("invalid_reason", "D")));
        Assert.That((read.Map.Lines[2].Code, read.Map.Lines[2].System, read.Map.Lines[2].Content.NoMap), Is.EqualTo(("\"Q\" 1", SampleMap.Loinc, new NoMap())));
    }
}

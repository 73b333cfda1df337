using System.Text;
using Parquet.Serialization;
using Terminology.Issues;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>Formats that are only read, or only written, and the tables that go both ways with one kind of code.</summary>
public sealed class OtherMapTests
{
    private const string ExtendedHead = "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tmapGroup\tmapPriority\tmapRule\tmapAdvice\tmapTarget\tcorrelationId\tmapCategoryId\r\n";

    [Test]
    public void Snap2Snomed_Sample_IsUnderstood()
    {
        var read = SampleMap.ReadText("snap2snomed", "Source code,Source display,Unit,Target code,Target display,Relationship type code,No map flag,Status\n"
            + "A,a,mg,1001,one,TARGET_BROADER,false,ACCEPTED\nA,a,mg,1002,two,TARGET_INEXACT,false,ACCEPTED\nB,b,,,,,true,MAPPED\nC,c,,,,,false,UNMAPPED\nD,d,,1,x,SIDEWAYS,false,DRAFT\nE,e,,,,,,FINISHED\n");
        Assert.That((read.Read, read.Kept), Is.EqualTo((6, 4)));
        Assert.That(read.Losses.Select(loss => loss.What), Is.EqualTo(new[] { "line 6, column 6", "line 7, column 8" }));
        Assert.That(read.Map.Lines.Select(line => (line.Code, line.State, line.Content.Targets.Count, line.Content.NoMap is not null)),
            Is.EqualTo(new (string, MapRowState?, int, bool)[] { ("A", MapRowState.Approved, 2, false), ("B", MapRowState.Proposed, 0, true), ("C", MapRowState.Unmapped, 0, false) }));
        Assert.That(read.Map.Lines[0].Content.Targets.Select(target => target.Relationship), Is.EqualTo(new[] { MapRelationship.SourceIsNarrowerThanTarget, MapRelationship.RelatedTo }));
    }

    [Test]
    public void Ocl_Sample_IsUnderstood()
    {
        var read = SampleMap.ReadText("ocl", "resource_type,map_type,from_concept_url,to_concept_url,to_concept_name,owner_id\n"
            + "Mapping,SAME-AS,/orgs/O/sources/S/concepts/A/,/orgs/R/sources/LOINC/2.71/concepts/1-8/,one,O\nMapping,NARROWER-THAN,/orgs/O/sources/S/concepts/B/,/orgs/R/sources/LOINC/concepts/2-6/,two,O\n"
            + "Mapping,Q-AND-A,/orgs/O/sources/S/concepts/C/,/orgs/O/sources/S/concepts/D/,,\nConcept,,,,,O\nMapping,SAME-AS,nowhere,x,,\n");
        Assert.That((read.Read, read.Kept), Is.EqualTo((5, 3)));
        Assert.That(read.Losses.Select(loss => loss.What), Is.EqualTo(new[] { "line 5, column 1", "line 6, column 3" }));
        var targets = read.Map.Lines.Select(line => line.Content.Targets.Single()).ToArray();
        Assert.That((read.Map.Lines[0].System, read.Map.Lines[0].Code, targets[0].System, targets[0].Version, targets[0].Code), Is.EqualTo(("/orgs/O/sources/S", "A", "/orgs/R/sources/LOINC", "2.71", "1-8")));
        Assert.That(targets.Select(target => (target.Relationship, target.OriginalRelationship)),
            Is.EqualTo(new (MapRelationship, string?)[] { (MapRelationship.Equivalent, "SAME-AS"), (MapRelationship.SourceIsNarrowerThanTarget, "NARROWER-THAN"), (MapRelationship.RelatedTo, "Q-AND-A") }));
    }

    [Test]
    public void Relma_Sample_IsUnderstoodAndNumbersChecked()
    {
        var read = SampleMap.ReadText("relma", "Local Code\tLocal Description\tUnits\tMapped LOINC\nNA\tSodium\tmmol/L\t2951-2\nK\tPotassium\tmmol/L\t2823-9\nX\tOther\t\t\n");
        Assert.That((read.Read, read.Kept), Is.EqualTo((3, 2)));
        Assert.That(read.Losses.Single().What, Is.EqualTo("line 3, column 4"));
        Assert.That(read.Losses.Single().Why, Does.Contain("check digit"));
        Assert.That(read.Map.Lines[0].Content.Targets.Single().Code, Is.EqualTo("2951-2"));
        Assert.That(read.Map.Lines[1].Content.IsEmpty);
    }

    [Test]
    public void V2ToFhir_Sample_IsUnderstood()
    {
        var read = SampleMap.ReadText("v2-to-fhir", "HL7 v2,,,Condition (IF True),,,HL7 FHIR,,,,,Comments\nCode,Text,Code System,Computable ANTLR,Computable FHIRPath,Narrative,Code,,Display,Code System,,\n"
            + "M,Male,HL70001,,,,male,,Male,http://hl7.org/fhir/administrative-gender,,\nA,Ambiguous,HL70001,\"IF PID.8 IS \"\"A\"\"\",,when known,other,,Other,http://hl7.org/fhir/administrative-gender,,see note\nX,None,HL70001,,,,,,,,,no target\n,Lost,HL70001,,,,y,,,z,,\n,,,,,,,,,,,\n");
        Assert.That((read.Read, read.Kept), Is.EqualTo((4, 3)));
        Assert.That(read.Losses.Select(loss => loss.What), Is.EqualTo(new[] { "line 6, column 1", "relationship" }));
        Assert.That(read.Map.Lines.Select(line => (line.System, line.Code)), Is.All.Matches<(string? System, string Code)>(line => line.System == "http://terminology.hl7.org/CodeSystem/v2-0001"));
        var target = read.Map.Lines[1].Content.Targets.Single();
        Assert.That(target.DependsOn, Is.EqualTo(new[] { new MapDependency("condition-antlr", null, "IF PID.8 IS \"A\""), new MapDependency("condition-narrative", null, "when known") }));
        Assert.That((target.Comment, read.Map.Lines[2].Comment, read.Map.Lines[2].Content.IsEmpty), Is.EqualTo(("see note", "no target", true)));
        Assert.That(() => SampleMap.ReadText("v2-to-fhir", "a,b\nc,d\n"), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("HL7 FHIR"));
    }

    [Test]
    public void Gem_Sample_IsUnderstood()
    {
        var read = SampleMap.ReadText("gem", "0001  6A750Z4 10000\n0001  6A751Z4 00000\n0002  6A751Z5 10111\n0003  NoPCS   11000\nwhat is this\n");
        Assert.That((read.Read, read.Kept), Is.EqualTo((5, 4)));
        Assert.That(read.Losses.Single().What, Is.EqualTo("line 5"));
        Assert.That(read.Map.Lines[0].Content.Targets.Select(target => target.Relationship), Is.EqualTo(new[] { MapRelationship.RelatedTo, MapRelationship.Equivalent }));
        Assert.That(read.Map.Lines[1].Content.Targets.Single().RuleGroup, Is.EqualTo(11));
        Assert.That(read.Map.Lines[2].Content.NoMap, Is.EqualTo(new NoMap()));
    }

    [Test]
    public void Rf2ExtendedMap_Members_ComeBack()
    {
        var format = MapFormats.Find("rf2-extended-map");
        var text = ExtendedHead
            + "80000517-8513-5ca0-a44c-dc66f3c3a1c6\t\t1\t900000000000207008\t447562003\t22298006\t1\t1\tIFA 445518008 | Age at onset |\tIF AGE AT ONSET\tI21.9\t447561005\t447637006\r\n"
            + "80000517-8513-5ca0-a44c-dc66f3c3a1c7\t\t1\t900000000000207008\t447562003\t22298006\t1\t2\tOTHERWISE TRUE\tALWAYS I25.2\tI25.2\t447558009\t447637006\r\n";
        var read = format.Read(Encoding.UTF8.GetBytes(text + "x\t20200101\t0\t900000000000207008\t447562003\t22298006\t1\t1\tTRUE\t\tI21\t447561005\t447637006\r\n"));
        Assert.That((read.Read, read.Kept), Is.EqualTo((3, 2)));
        Assert.That(read.Losses.Single().Why, Does.Contain("inactive"));
        var line = read.Map.Lines.Single();
        Assert.That(line.Content.Targets.Select(target => (target.System, target.Code, target.RuleGroup, target.Priority, target.Rule, target.Relationship)), Is.EqualTo(new[]
        {
            ("http://hl7.org/fhir/sid/icd-10", "I21.9", 1, 1, "IFA 445518008 | Age at onset |", MapRelationship.RelatedTo), ("http://hl7.org/fhir/sid/icd-10", "I25.2", 1, 2, "OTHERWISE TRUE", MapRelationship.SourceIsNarrowerThanTarget),
        }));
        var (bytes, losses) = format.Write(read.Map);
        Assert.That(losses, Is.Empty);
        Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo(text));
        Assert.That(MapFormats.Sniff("der2_iisssccRefset_ExtendedMapSnapshot.txt", bytes), Is.SameAs(format));
    }

    [Test]
    public void Rf2ComplexMap_Members_ComeBack_AndACategoryIsStatedAsLost()
    {
        var format = MapFormats.Find("rf2-complex-map");
        var head = ExtendedHead.Replace("\tmapCategoryId", "", StringComparison.Ordinal);
        var text = head
            + "80000517-8513-5ca0-a44c-dc66f3c3a1c6\t\t1\t900000000000207008\t447562003\t22298006\t1\t1\tIFA 445518008 | Age at onset |\tIF AGE AT ONSET\tI21.9\t447561005\r\n"
            + "80000517-8513-5ca0-a44c-dc66f3c3a1c7\t\t1\t900000000000207008\t447562003\t22298006\t1\t2\tOTHERWISE TRUE\tALWAYS I25.2\tI25.2\t447558009\r\n";
        var read = format.Read(Encoding.UTF8.GetBytes(text));
        Assert.That((read.Read, read.Kept, read.Losses.Count), Is.EqualTo((2, 2, 0)));
        var (bytes, losses) = format.Write(read.Map);
        Assert.That(losses, Is.Empty);
        Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo(text));
        Assert.That(MapFormats.Sniff("der2_iisssccRefset_ComplexMapSnapshot.txt", bytes), Is.SameAs(format));
        Assert.That(MapFormats.Sniff("der2_iisssccRefset_ExtendedMapSnapshot.txt", Encoding.UTF8.GetBytes(ExtendedHead)), Is.SameAs(MapFormats.Find("rf2-extended-map")));
        var line = read.Map.Lines.Single();
        var categorised = read.Map with { Lines = [line with { Content = new() { Targets = [line.Content.Targets[0] with { Properties = [new("map-category", "447638001")] }] } }, line with { Code = "73211009", Content = new() { NoMap = new(null, "NOT CLASSIFIABLE") } }] };
        var (without, lost) = format.Write(categorised);
        Assert.That(lost.Single(), Is.EqualTo(new Loss("targetProperties", 1, "RF2 complex map has no place for it.")));
        Assert.That(format.Read(without).Map.Lines[1].Content.NoMap, Is.EqualTo(new NoMap(null, "NOT CLASSIFIABLE")));
    }

    [Test]
    public void Rf2SimpleMap_WithoutIds_GetsTheSameOnesEachTime()
    {
        var format = MapFormats.Find("rf2-simple-map");
        var map = new MapTable { Lines = [new() { System = CodeSystemUri.Snomed.Value, Code = "22298006", Content = new() { Targets = [new() { System = "http://t", Code = "X", Relationship = MapRelationship.Equivalent }] } }, new() { System = "http://other", Code = "1" }] };
        var options = new MapFormatOptions { RefsetId = "1234567", ModuleId = "900000000000207008", TargetSystem = "http://t" };
        var (bytes, losses) = format.Write(map, options);
        Assert.That(losses.Select(loss => loss.What), Is.EqualTo(new[] { "undecided", "relationship", "rows" }));
        Assert.That(format.Write(map, options).Bytes, Is.EqualTo(bytes));
        var back = format.Read(bytes, options).Map.Lines.Single().Content.Targets.Single();
        Assert.That((back.System, back.Code, Guid.TryParse(back.Properties.Single().Value, out _)), Is.EqualTo(("http://t", "X", true)));
        Assert.That(() => format.Write(map), Throws.TypeOf<TerminologyException>().With.Message.Contains("map refset"));
        Assert.That(() => format.Read(bytes), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("name the target system"));
    }

    [Test]
    public void Livd_Everything_ComesBackButWhatIsStated()
    {
        var format = MapFormats.Find("livd");
        var (bytes, losses) = format.Write(SampleMap.Full);
        var read = format.Read(bytes, new());
        Assert.That(losses.Select(loss => loss.What), Does.Contain("relationship").And.Contain("targetProperties").And.Contain("noMap").And.Contain("sourceSystem"));
        Assert.That(read.Losses, Is.Empty);
        var left = SampleMap.Only(SampleMap.Full, format.Keeps);
        // LIVD has no word for a decision that there is no target: such a line is one without a LOINC code.
        Assert.That(read.Map.Lines.Select(line => (line.Code, line.Display, line.Content.Targets.Count)), Is.EqualTo(SampleMap.Full.Lines.Select(line => (line.Code, line.Display, line.Content.Targets.Count))));
        Assert.That(read.Map.Lines.Where(line => line.Content.Targets.Count > 0).SelectMany(line => line.Content.Targets), Is.EqualTo(left.Lines.SelectMany(line => line.Content.Targets)));
        Assert.That(read.Map.Lines[0].Context, Is.EqualTo(SampleMap.Full.Lines[0].Context));
    }

    [Test]
    public void EngineTables_Hold_OnlyWhatHasOneAnswer()
    {
        var (csv, losses) = MapFormats.Find("rhapsody").Write(SampleMap.Full);
        Assert.That(Encoding.UTF8.GetString(csv), Is.EqualTo("SourceCode,SourceDisplay,TargetCode,TargetDisplay,TargetSystem\r\n-K,@potassium,2823-3,Potassium,http://loinc.org\r\n"));
        Assert.That(losses.Where(loss => loss.What == "rows").Sum(loss => loss.Count), Is.EqualTo(4));
        var (table, _) = MapFormats.Find("cloverleaf").Write(SampleMap.Full);
        Assert.That(Encoding.UTF8.GetString(table), Does.StartWith("prologue\n").And.EndWith("end_prologue\n#\ndflt=\n#\n-K\n2823-3\n"));
        Assert.That(() => MapFormats.Find("rhapsody").Read(csv), Throws.TypeOf<NotSupported>());
    }

    [Test]
    public void Sql_Texts_AreEscaped()
    {
        var map = new MapTable { Lines = [new() { Code = "'; DROP TABLE x; --", Display = "it's", Content = new() { Targets = [new() { System = "s", Code = "C", Relationship = MapRelationship.Equivalent, Priority = 2 }] } }] };
        var (bytes, losses) = MapFormats.Find("sql").Write(map, new() { TableName = "maps.lab" });
        var lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');
        Assert.That(losses, Is.Empty);
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[1], Does.StartWith("INSERT INTO maps.lab (source_system, ").And.Contains("(NULL, NULL, '''; DROP TABLE x; --', 'it''s', NULL, 's', NULL, 'C', NULL, 'equivalent', NULL, NULL, NULL, 2, NULL"));
        Assert.That(() => MapFormats.Find("sql").Write(map, new() { TableName = "x; DROP" }), Throws.TypeOf<TerminologyException>());
    }

    [Test]
    public async Task Parquet_Rows_AreReadByTheLibrary()
    {
        var (bytes, losses) = MapFormats.Find("parquet").Write(SampleMap.Full);
        var read = await ParquetSerializer.DeserializeUntypedAsync(new MemoryStream(bytes));
        Assert.That(losses.Select(loss => loss.What), Does.Contain("products").And.Contain("confidence"));
        Assert.That(read.Data, Has.Count.EqualTo(7));
        Assert.That((read.Data[0]["source_code"], read.Data[0]["target_code"]), Is.EqualTo(((object?)"NA", (object?)"2951-2")));
        Assert.That(read.Data[3].GetValueOrDefault("target_code"), Is.Null, "a row without target");
    }

    [Test]
    public void Formats_Names_AreFoundAndDifferent()
    {
        Assert.That(MapFormats.All.Select(format => format.Name), Is.Unique);
        Assert.That(MapFormats.All.All(format => MapFormats.Find(format.Name.ToUpperInvariant()) == format && (format.Reads || format.Writes)));
        Assert.That(() => MapFormats.Find("word"), Throws.TypeOf<NotSupported>().With.Message.Contains("ndjson"));
        Assert.That(MapFormats.Sniff("x.txt", "hello"u8.ToArray()), Is.Null);
    }

    [Test]
    public void Documentation_Table_SaysWhatTheFormatsKeep()
    {
        const string Head = "| format | is | in | out | keeps |\n| --- | --- | --- | --- | --- |\n";
        var path = Path.Combine(Repository.Root, "docs", "map-formats.md");
        var page = File.ReadAllText(path);
        var table = Head + string.Concat(MapFormats.All.Select(Row));
        var start = page.IndexOf(Head, StringComparison.Ordinal);
        var end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write") File.WriteAllText(path, page[..start] + table + page[end..]);
        else Assert.That(page[start..end], Is.EqualTo(table));

        static string Row(MapFormat format)
        {
            string[] Names(bool kept) => [.. Enum.GetValues<MapFeature>().Where(feature => format.Keeps.Contains(feature) == kept).Select(feature => $"`{MapFeatures.Name(feature)}`")];
            var (kept, lost) = (Names(true), Names(false));
            var said = lost.Length == 0 ? "everything" : kept.Length == 0 ? "only the codes" : lost.Length < kept.Length ? $"all but {string.Join(", ", lost)}" : string.Join(", ", kept);
            return $"| `{format.Name}` | {format.Title} | {(format.Reads ? "●" : "")} | {(format.Writes ? "●" : "")} | {said} |\n";
        }
    }
}

using System.Text;
using CsCheck;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>A map that says everything a map can say, maps of any texts, and how maps are compared: by our own lossless text.</summary>
internal static class SampleMap
{
    public const string Loinc = "http://loinc.org", Local = "http://example.org/lab";

    public static MapTable Full { get; } = new()
    {
        Url = "http://example.org/map",
        Version = "2.1",
        Title = "Laboratory, \"main\" site",
        Copyright = "Example; LOINC is a trademark",
        Properties = [new("purpose", "tests"), new("note", "a=b; c|d")],
        Lines =
        [
            new()
            {
                System = Local, SystemVersion = "7", Code = "NA", Display = "Sodium, \"serum\"", Context = [new("unit", "mmol/L"), new("specimen", "Serum")],
                Content = new()
                {
                    Targets =
                    [
                        new()
                        {
                            System = Loinc, Version = "2.80", Code = "2951-2", Display = "Sodium [Moles/volume] in Serum or Plasma", Relationship = MapRelationship.SourceIsNarrowerThanTarget,
                            OriginalRelationship = "WIDER", Comment = "=1+1 looks like a formula\nand has two lines", DependsOn = [new("unit", null, "mmol/L"), new("sex", "http://hl7.org/fhir/administrative-gender", "male", "Male")],
                            Products = [new("specimen", "http://snomed.info/sct", "119364003", "Serum specimen")], RuleGroup = 1, Priority = 1, Rule = "IFA 248153007 | Male |",
                            EffectiveFrom = new(2025, 1, 1), EffectiveTo = new(2026, 12, 31), Confidence = 0.875, Justification = "semapv:LexicalMatching", Properties = [new("reviewed by board", "yes")],
                        },
                        new() { System = Loinc, Code = "2947-0", Display = "Sodium in blood", Relationship = MapRelationship.RelatedTo, RuleGroup = 1, Priority = 2, Rule = "OTHERWISE TRUE" },
                    ],
                },
                State = MapRowState.Approved, Author = "ann", AuthoredAt = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero), Reviewer = "bob", ReviewedAt = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), Comment = "asked the laboratory",
            },
            new() { System = Local, Code = "-K", Display = "@potassium", Content = new() { Targets = [new() { System = Loinc, Code = "2823-3", Display = "Potassium", Relationship = MapRelationship.Equivalent }] }, State = MapRowState.Draft },
            new() { System = Local, Code = "X1", Display = "Internal control", Content = new() { NoMap = new("no-code-exists", "nothing measures this") { Request = "REQ-12" } }, State = MapRowState.Proposed, Author = "ann" },
            new() { System = Local, Code = "TODO", Display = "Ünbekannt – 未定", Context = [new("unit", "1")] },
            new() { System = Local, Code = "Q", Display = "Q test", Content = new() { Targets = [new() { System = Loinc, Code = "1-8", Relationship = MapRelationship.SourceIsBroaderThanTarget, Comment = "the method is not said" }, new() { System = Loinc, Code = "2-6", Relationship = MapRelationship.NotRelatedTo, Comment = "looks alike" }] } },
        ],
    };

    /// <summary>The map as our own text, by which two are the same or not.</summary>
    public static string Text(MapTable map)
    {
        using var stream = new MemoryStream();
        MapFormats.Find("ndjson").Write(map, stream, MapFormatOptions.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static (byte[] Bytes, IReadOnlyList<Loss> Losses) Write(this MapFormat format, MapTable map, MapFormatOptions? options = null)
    {
        using var stream = new MemoryStream();
        var losses = format.Write(map, stream, options ?? MapFormatOptions.None);
        return (stream.ToArray(), losses);
    }

    public static ReadMap Read(this MapFormat format, byte[] bytes, MapFormatOptions? options = null)
    {
        var read = format.Read(new MemoryStream(bytes), options ?? MapFormatOptions.None);
        Assert.That(read.Losses.Where(loss => loss.What.StartsWith("line ", StringComparison.Ordinal) || loss.What.StartsWith("ConceptMap", StringComparison.Ordinal)).Sum(loss => loss.Count), Is.EqualTo(read.Rejected), "every rejection is named");
        Assert.That(read.Losses.All(loss => loss.Count > 0 && loss.Why.Length > 0));
        return read;
    }

    public static ReadMap ReadText(string format, string text, MapFormatOptions? options = null) => MapFormats.Find(format).Read(Encoding.UTF8.GetBytes(text), options);

    /// <summary>What is left of a map when only some of it is said.</summary>
    public static MapTable Only(MapTable map, IReadOnlySet<MapFeature> keeps)
    {
        return map with
        {
            Url = Or(MapFeature.MapUrl, map.Url),
            Version = Or(MapFeature.MapVersion, map.Version),
            Title = Or(MapFeature.MapTitle, map.Title),
            Copyright = Or(MapFeature.MapCopyright, map.Copyright),
            Properties = keeps.Contains(MapFeature.MapProperties) ? map.Properties : [],
            Lines =
            [
                .. map.Lines.Where(line => (keeps.Contains(MapFeature.Undecided) || !line.Content.IsEmpty) && (keeps.Contains(MapFeature.NoMap) || line.Content.NoMap is null)).Select(line => line with
                {
                    System = Or(MapFeature.SourceSystem, line.System), SystemVersion = Or(MapFeature.SourceVersion, line.SystemVersion), Display = Or(MapFeature.SourceDisplay, line.Display),
                    Context = keeps.Contains(MapFeature.Context) ? line.Context : [],
                    Content = new()
                    {
                        NoMap = line.Content.NoMap is { } none ? new(Or(MapFeature.NoMapReason, none.Reason), Or(MapFeature.NoMapText, none.Text)) { Request = Or(MapFeature.NoMapRequest, none.Request) } : null,
                        Targets = [.. line.Content.Targets.Take(keeps.Contains(MapFeature.SeveralTargets) ? int.MaxValue : 1).Select(Target)],
                    },
                    State = keeps.Contains(MapFeature.State) ? line.State : null, Author = Or(MapFeature.Author, line.Author), AuthoredAt = keeps.Contains(MapFeature.AuthoredAt) ? line.AuthoredAt : null,
                    Reviewer = Or(MapFeature.Reviewer, line.Reviewer), ReviewedAt = keeps.Contains(MapFeature.ReviewedAt) ? line.ReviewedAt : null, Comment = Or(MapFeature.RowComment, line.Comment),
                }),
            ],
        };

        RowTarget Target(RowTarget target) => target with
        {
            Version = Or(MapFeature.TargetVersion, target.Version),
            Display = Or(MapFeature.TargetDisplay, target.Display),
            OriginalRelationship = Or(MapFeature.OriginalRelationship, target.OriginalRelationship),
            Relationship = keeps.Contains(MapFeature.Relationship) ? target.Relationship : MapRelationship.RelatedTo,
            Comment = Or(MapFeature.TargetComment, target.Comment),
            DependsOn = keeps.Contains(MapFeature.DependsOn) ? target.DependsOn : [],
            Products = keeps.Contains(MapFeature.Products) ? target.Products : [],
            RuleGroup = keeps.Contains(MapFeature.RuleGroup) ? target.RuleGroup : 0,
            Priority = keeps.Contains(MapFeature.Priority) ? target.Priority : 0,
            Rule = Or(MapFeature.Rule, target.Rule),
            EffectiveFrom = keeps.Contains(MapFeature.EffectiveFrom) ? target.EffectiveFrom : null,
            EffectiveTo = keeps.Contains(MapFeature.EffectiveTo) ? target.EffectiveTo : null,
            Confidence = keeps.Contains(MapFeature.Confidence) ? target.Confidence : null,
            Justification = Or(MapFeature.Justification, target.Justification),
            Properties = keeps.Contains(MapFeature.TargetProperties) ? target.Properties : [],
        };

        string? Or(MapFeature feature, string? text) => keeps.Contains(feature) ? text : null;
    }

    private static readonly string[] Bits = ["\"", "\"\"", "'", "''=", "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", ",", ";", "|", "\\", "\\;", "a", "Ä", "漢", "🙂", " ", "=1+1", "#", ":", "<&>", "\u2028", "0012", "1e5", "null"];

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    /// <summary>Texts that break formats: quotes, line breaks, what spreadsheets run, letters of all kinds; never empty.</summary>
    public static Gen<string> NastyText { get; } = OneOf(Bits).Array[1, 6].Select(bits => string.Concat(bits));

    private static readonly Gen<string?> Maybe = Gen.OneOf(NastyText.Select(text => (string?)text), Gen.Const((string?)null));

    private static readonly Gen<string> Name = OneOf("unit", "specimen", "a b", "=x", "é;|");

    private static readonly Gen<IReadOnlyList<KeyValuePair<string, string>>> Pairs = Gen.Select(Name, NastyText, (name, value) => new KeyValuePair<string, string>(name, value)).Array[0, 3].Select(pairs => (IReadOnlyList<KeyValuePair<string, string>>)pairs);

    private static readonly Gen<IReadOnlyList<MapDependency>> Dependencies = Gen.Select(NastyText, Maybe, NastyText, Maybe, (property, system, value, display) => new MapDependency(property, system, value, display)).Array[0, 2].Select(list => (IReadOnlyList<MapDependency>)list);

    private static readonly Gen<string> Code = OneOf("A", "-1", "+2", "=3", "00012", "'x", "a,b", "\"q\"", "漢");

    private static readonly Gen<RowTarget> Target = Gen.Select(Gen.Select(Code, Maybe, Maybe, Maybe, Maybe), Gen.Select(Dependencies, Dependencies, Pairs, Gen.Int[0, 3], Gen.Int[0, 3]), Gen.Select(Gen.Int[0, 4], Gen.Select(Gen.Double[0, 1], Gen.Bool, (number, none) => none ? (double?)null : number), Gen.Int[0, 20000]),
        (texts, lists, numbers) => new RowTarget
        {
            System = Loinc, Code = texts.Item1, Version = texts.Item2, Display = texts.Item3, Comment = texts.Item4, Rule = texts.Item5, OriginalRelationship = texts.Item2, DependsOn = lists.Item1, Products = lists.Item2,
            Properties = lists.Item3, RuleGroup = lists.Item4, Priority = lists.Item5, Relationship = (MapRelationship)numbers.Item1, Confidence = numbers.Item2,
            EffectiveFrom = numbers.Item3 % 3 == 0 ? null : DateOnly.FromDayNumber(730000 + numbers.Item3), Justification = texts.Item5,
        });

    /// <summary>Maps of any texts, whose codes are all different.</summary>
    public static Gen<MapTable> Any { get; } = Gen.Select(Gen.Select(Maybe, Maybe, Pairs, Maybe, Maybe), Target.Array[0, 3], Gen.Int[0, 9], (texts, targets, kind) => (texts, targets, kind)).Array[0, 6].Select(rows => new MapTable
    {
        Url = Local,
        Lines =
        [
            .. rows.Select((row, at) => new MapLine
            {
                System = Local, Code = $"{(row.kind % 2 == 0 ? "-" : "")}{at}", Display = row.texts.Item1, SystemVersion = row.texts.Item2, Context = row.texts.Item3, Author = row.texts.Item4, Comment = row.texts.Item5,
                Content = row.kind == 9 ? new() { NoMap = new(row.texts.Item1, row.texts.Item2) } : new() { Targets = row.targets },
                State = row.kind < 8 ? (MapRowState)row.kind : null, AuthoredAt = row.kind == 0 ? null : DateTimeOffset.UnixEpoch.AddSeconds(row.kind * 12345.678),
            }),
        ],
    });
}

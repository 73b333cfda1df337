using System.Globalization;
using Terminology.CodeSystems;

namespace Terminology.Store.Ecl;

/// <summary>A small SNOMED CT of a seed: a poly-hierarchy with metadata, attributes in groups, concrete values, descriptions, reference sets and history; as model and as release file.</summary>
internal sealed class EclWorld : IDisposable
{
    public const string Root = "138875005", Attributes = "410662002", Historical = "900000000000522004", SameAs = "900000000000527005", ReplacedBy = "900000000000526001";
    public const string PossiblyEquivalent = "900000000000523009", English = "900000000000509007", British = "900000000000508004", Schemes = "900000000000453004", Loinc = "705114005";
    public const string Core = "900000000000207008", Extension = "731000124108", Simple = "450970008", Other = "700043003", Map = "447562003", Defined = "900000000000073002", Primitive = "900000000000074008";
    public const string Synonym = "900000000000013009", Fsn = "900000000000003001", Definition = "900000000000550004", Preferred = "900000000000548007", Acceptable = "900000000000549004";

    private static readonly string[] Words = ["heart", "attack", "heartburn", "card", "cardiac", "renal", "failure", "fail", "acute", "site", "of", "x"];
    private readonly Random _random;

    public EclWorld(int seed, int size)
    {
        _random = new(seed);
        Metadata();
        for (var i = 0; i < size; i++) Add();
        File = Write();
    }

    public ReleaseFile File { get; }

    public Dictionary<string, Concept> Concepts { get; } = new(StringComparer.Ordinal);

    public List<Row> Rows { get; } = [];

    /// <summary>Codes of clinical content, in the order made.</summary>
    public List<string> Content { get; } = [];

    public static readonly string[] Names = ["363698007", "116676008", "246075003", "47429007", "127489000", "1142135004", "3460481009", "859999102"];

    public static readonly string[] Refsets = [Simple, Other, Map, SameAs, ReplacedBy, PossiblyEquivalent];

    public sealed class Concept
    {
        public required string Id { get; init; }

        public bool Active { get; init; } = true;

        public string Module { get; init; } = Core;

        public int Time { get; init; } = 20250101;

        public bool IsDefined { get; init; }

        public List<string> Parents { get; } = [];

        public List<Attribute> Attributes { get; } = [];

        public List<Description> Descriptions { get; } = [];

        public string? LoincCode { get; set; }
    }

    public sealed record Attribute(int Group, string Type, string? Target, string? Literal);

    public sealed record Description(string Id, string Term, string Language, string Type, bool Active, int Time, string Module, Dictionary<string, bool> Preferred);

    public sealed record Row(string Refset, string Component, bool Active, int Time, string Module, string[] Fields);

    public static string[] Columns(string refset) => refset switch
    {
        Map => ["mapGroup", "mapTarget"],
        SameAs or ReplacedBy or PossiblyEquivalent => ["targetComponentId"],
        _ => [],
    };

    public void Dispose() => File.Dispose();

    private void Metadata()
    {
        Make(Root);
        foreach (var (child, parent) in new[]
        {
            (Attributes, Root), ("363698007", Attributes), ("116676008", Attributes), ("47429007", Attributes), ("246075003", "47429007"), ("127489000", "246075003"),
            ("1142135004", Attributes), ("3460481009", Attributes), ("859999102", Attributes), ("900000000000443000", Root), (Core, "900000000000443000"), (Extension, Core),
            ("900000000000446008", Root), (Synonym, "900000000000446008"), (Fsn, "900000000000446008"), (Definition, "900000000000446008"), ("900000000000444006", Root),
            (Defined, "900000000000444006"), (Primitive, "900000000000444006"), ("900000000000455006", Root), (Simple, "900000000000455006"), (Other, Simple),
            (Map, "900000000000455006"), (Historical, "900000000000455006"), (SameAs, Historical), (ReplacedBy, Historical), (PossiblyEquivalent, Historical),
            (English, "900000000000455006"), (British, English), (Schemes, Root), (Loinc, Schemes),
        })
        {
            Make(child).Parents.Add(parent);
        }
        Concepts[Loinc].Descriptions.Add(new("5000019", "LOINC code identifier scheme", "en", Synonym, true, 20250101, Core, []));
    }

    private Concept Make(string id, bool active = true)
    {
        var concept = new Concept
        {
            Id = id, Active = active, Module = Pick(Core, Core, Extension), Time = Pick(20200131, 20210131, 20250101, 0), IsDefined = Chance(3),
        };
        return Concepts[id] = concept;
    }

    private void Add()
    {
        var id = (1_000_001 + Content.Count * 10).ToString(CultureInfo.InvariantCulture);
        var concept = Make(id, active: !Chance(8));
        var others = Content.Where(other => Concepts[other].Active).ToArray();
        if (concept.Active)
        {
            foreach (var _ in Enumerable.Range(0, _random.Next(1, 4)))
            {
                var parent = others.Length == 0 || Chance(6) ? Root : others[_random.Next(others.Length)];
                if (!concept.Parents.Contains(parent)) concept.Parents.Add(parent);
            }
            foreach (var _ in Enumerable.Range(0, _random.Next(0, 7)))
            {
                var attribute = Related(others);
                if (attribute is not null && !concept.Attributes.Contains(attribute)) concept.Attributes.Add(attribute);
            }
        }
        foreach (var number in Enumerable.Range(0, _random.Next(0, 5))) concept.Descriptions.Add(Describe(id, number));
        if (Chance(10)) concept.LoincCode = $"{_random.Next(100)}-{_random.Next(3)}";
        foreach (var refset in Refsets.Where(_ => Chance(6))) Rows.Add(Member(refset, id, others));
        if (Chance(20)) Rows.Add(Member(Map, id, others));
        Content.Add(id);
    }

    private Attribute? Related(string[] others)
    {
        var (group, type) = (_random.Next(0, 3), Pick(Names));
        return type switch
        {
            "1142135004" => new(group, type, null, Pick("5", "5.0", "10", "-1.5", "250")),
            "3460481009" => new(group, type, null, Pick("PANADOL", "Panadol extra", "say \"ah\"")),
            "859999102" => new(group, type, null, Pick("true", "false")),
            _ => others.Length == 0 ? null : new(group, type, others[_random.Next(others.Length)], null),
        };
    }

    private Description Describe(string concept, int number)
    {
        var type = Pick(Synonym, Synonym, Fsn, Definition);
        var preferred = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var refset in new[] { English, British }.Where(_ => Chance(2))) preferred[refset] = Chance(2);
        var term = string.Join(' ', Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Pick(Words)));
        return new($"{concept}{number}1", Chance(2) ? term : char.ToUpperInvariant(term[0]) + term[1..] + " (finding)", Pick("en", "en", "sv"), type, !Chance(5), Pick(20200131, 20250101), Pick(Core, Extension), preferred);
    }

    private Row Member(string refset, string component, string[] others)
    {
        var target = others.Length == 0 ? Root : others[_random.Next(others.Length)];
        string[] fields = Columns(refset).Length switch { 0 => [], 1 => [target], _ => [Pick("1", "2"), Pick("J45", "J45.9", "I10", "")] };
        return new(refset, component, !Chance(5), Pick(20200131, 20250101), Pick(Core, Extension), fields);
    }

    private ReleaseFile Write()
    {
        var file = new ReleaseFile(ReleaseFile.Snomed());
        foreach (var concept in Concepts.Values)
        {
            file.Concept(concept.Id, concept.Active ? ConceptFlags.None : ConceptFlags.Inactive, concept.Time, concept.Module, concept.IsDefined ? Defined : Primitive);
            foreach (var parent in concept.Parents) file.Link(concept.Id, "116680003", parent);
            foreach (var attribute in concept.Attributes)
            {
                if (attribute.Target is { } target) file.Link(concept.Id, attribute.Type, target, attribute.Group);
                else file.Property(concept.Id, attribute.Type, LiteralType(attribute.Type), attribute.Literal!, attribute.Group);
            }
            if (concept.LoincCode is { } code) file.Property(concept.Id, Loinc, PropertyType.String, code);
            foreach (var description in concept.Descriptions) Write(file, concept.Id, description);
        }
        file.Sink.Refset(new(English, RefsetType.Language, "c", ["acceptabilityId"]));
        file.Sink.Refset(new(British, RefsetType.Language, "c", ["acceptabilityId"]));
        foreach (var description in Concepts.Values.SelectMany(concept => concept.Descriptions))
        {
            foreach (var (refset, preferred) in description.Preferred) file.Member(refset, description.Id, preferred ? Preferred : Acceptable);
        }
        foreach (var refset in Refsets) file.Sink.Refset(new(refset, Columns(refset).Length == 1 ? RefsetType.Association : RefsetType.Other, refset == Map ? "is" : Columns(refset).Length == 1 ? "c" : "", Columns(refset)));
        foreach (var (row, index) in Rows.Select((row, index) => (row, index)))
        {
            file.Sink.Member(new()
            {
                Refset = ReleaseFile.Utf8(row.Refset), ReferencedComponent = ReleaseFile.Utf8(row.Component), Fields = ReleaseFile.Utf8(string.Join('\t', row.Fields)),
                Id = ReleaseFile.Utf8(ReleaseFile.Uuid($"row {index}")), Active = row.Active, EffectiveTime = new(row.Time), Module = ReleaseFile.Utf8(row.Module),
            });
        }
        return file;
    }

    private static PropertyType LiteralType(string type) => type switch { "1142135004" => PropertyType.Decimal, "859999102" => PropertyType.Boolean, _ => PropertyType.String };

    private static void Write(ReleaseFile file, string concept, Description description) => file.Sink.Designation(new()
    {
        Concept = ReleaseFile.Utf8(concept), Value = ReleaseFile.Utf8(description.Term), Language = description.Language, Id = ReleaseFile.Utf8(description.Id), Active = description.Active,
        Use = description.Type switch { Synonym => DesignationUses.Synonym, Fsn => DesignationUses.FullySpecifiedName, _ => DesignationUses.TextDefinition },
        DisplayRank = description.Type == Definition ? (byte)255 : (byte)10, EffectiveTime = new(description.Time), Module = ReleaseFile.Utf8(description.Module),
    });

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}

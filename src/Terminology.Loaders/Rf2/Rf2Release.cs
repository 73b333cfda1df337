using System.Globalization;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;
using Terminology.Releases;
using Terminology.Snomed;

namespace Terminology.Loaders.Rf2;

/// <summary>Reads the rows of one RF2 release into the sink; identifiers are checked, wrong rows rejected and named.</summary>
internal sealed class Rf2Release(IReadOnlyList<Rf2File> files, ImportOptions options) : RecognisedRelease
{
    private const int AskEvery = 1 << 13;
    private readonly Dictionary<string, Coding> _uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _languages = new(StringComparer.Ordinal);

    public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        report.Progress.TotalBytes = files.Sum(file => file.File.Length);
        sink.Begin(info);
        basis?.Replay(new ContinuedSink(sink), cancel);
        foreach (var file in files.OrderBy(file => file.Content))
        {
            using var rows = new DelimitedRows(file.File, '\t', file.Columns.Length, report, options.Encoding, file.Header);
            var read = new Rows(rows, sink, cancel);
            switch (file.Content)
            {
                case Rf2Content.Concept:
                    Concepts(read);
                    break;
                case Rf2Content.Description:
                    Descriptions(read);
                    break;
                case Rf2Content.Relationship:
                    Relationships(read);
                    break;
                case Rf2Content.ConcreteRelationship:
                    ConcreteRelationships(read);
                    break;
                case Rf2Content.Identifier:
                    Identifiers(read, file);
                    break;
                default:
                    Members(read, file);
                    break;
            }
        }
    }

    private static void Concepts(Rows rows)
    {
        while (rows.Next(SctidPartition.Concept))
        {
            if (!rows.IsConcept(4, "definitionStatusId")) continue;
            rows.Sink.Concept(new()
            {
                Code = rows[0], EffectiveTime = rows.Time, Flags = rows.Active ? ConceptFlags.None : ConceptFlags.Inactive, Module = rows[3], DefinitionStatus = rows[4],
            });
        }
    }

    private void Descriptions(Rows rows)
    {
        while (rows.Next(SctidPartition.Description))
        {
            if (!rows.IsConcept(4, "conceptId") || !rows.IsConcept(6, "typeId")) continue;
            if (rows[7].IsEmpty)
            {
                rows.Reject(7, "the term is empty.");
                continue;
            }
            var (use, language) = (Use(rows[6]), Language(rows[5]));
            rows.Sink.Designation(new()
            {
                Id = rows[0],
                EffectiveTime = rows.Time,
                Active = rows.Active,
                Module = rows[3],
                Concept = rows[4],
                Language = language,
                Use = use,
                Value = rows[7],
                DisplayRank = Rank(use, language),
                CaseSignificance = CaseRule(rows[8]),
            });
        }
    }

    private static void Relationships(Rows rows)
    {
        while (rows.Next(SctidPartition.Relationship))
        {
            if (!rows.IsConcept(4, "sourceId") || !rows.IsConcept(5, "destinationId") || !rows.IsConcept(7, "typeId")) continue;
            rows.Sink.Relationship(new()
            {
                Id = rows[0], EffectiveTime = rows.Time, Active = rows.Active, Module = rows[3], Source = rows[4], Target = rows[5], Group = rows.Number(6), Type = rows[7],
                CharacteristicType = rows[8],
            });
        }
    }

    /// <summary>Values are <c>#10.5</c> for numbers and <c>"text"</c> for strings.</summary>
    private static void ConcreteRelationships(Rows rows)
    {
        while (rows.Next(SctidPartition.Relationship))
        {
            if (!rows.IsConcept(4, "sourceId") || !rows.IsConcept(7, "typeId")) continue;
            var text = rows[5];
            var type = PropertyType.String;
            if (text is [(byte)'#', .. var number])
            {
                text = number;
                type = PropertyType.Decimal;
            }
            else if (text is [(byte)'"', .. var inside, (byte)'"']) text = inside;
            else if (text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8)) type = PropertyType.Boolean;
            else text = default;
            if (text.IsEmpty)
            {
                rows.Reject(5, "the value is neither #number nor \"text\".");
                continue;
            }
            rows.Sink.Property(new()
            {
                Id = rows[0], EffectiveTime = rows.Time, Active = rows.Active, Module = rows[3], Concept = rows[4], Property = rows[7], Type = type,
                Value = text, Group = rows.Number(6),
            });
        }
    }

    /// <summary>Alternate identifiers become a property of their concept, named after the scheme.</summary>
    private static void Identifiers(Rows rows, Rf2File file)
    {
        var (scheme, component) = (Array.IndexOf(file.Columns, "identifierSchemeId"), Array.IndexOf(file.Columns, "referencedComponentId"));
        while (rows.NextIdentifier())
        {
            if (!rows.IsConcept(scheme, "identifierSchemeId") || !rows.IsConcept(component, "referencedComponentId")) continue;
            rows.Sink.Property(new()
            {
                EffectiveTime = rows.Time, Active = rows.Active, Module = rows[3], Concept = rows[component], Property = rows[scheme], Type = PropertyType.String, Value = rows[0],
            });
        }
    }

    private void Members(Rows rows, Rf2File file)
    {
        var (type, pattern, columns) = file.RefsetColumns();
        var announced = new HashSet<long>();
        while (rows.NextMember())
        {
            if (!Sctid.TryParse(rows[4], SctidPartition.Concept, out var refset))
            {
                rows.Reject(4, $"'{Text(rows[4])}' is no concept identifier (refsetId).");
                continue;
            }
            if (!Sctid.TryParse(rows[5], out _))
            {
                rows.Reject(5, $"'{Text(rows[5])}' is no SNOMED CT identifier (referencedComponentId): its check digit, partition or length is wrong.");
                continue;
            }
            if (announced.Add(refset.Value))
            {
                var id = refset.ToString();
                rows.Sink.Refset(new(id, type, pattern, columns) { MapTarget = type is RefsetType.SimpleMap or RefsetType.ComplexMap or RefsetType.ExtendedMap ? Target(id) : null });
            }
            rows.Sink.Member(new()
            {
                Id = rows[0], EffectiveTime = rows.Time, Active = rows.Active, Module = rows[3], Refset = rows[4], ReferencedComponent = rows[5], Fields = rows.From(6),
            });
        }
    }

    /// <summary>Where no language reference set decides: a synonym before the fully specified name, English before the language of an extension.</summary>
    private static byte Rank(Coding use, string language)
    {
        var other = language.StartsWith("en", StringComparison.Ordinal) ? 0 : 100;
        if (use == DesignationUses.Synonym) return (byte)(10 + other);
        return use == DesignationUses.FullySpecifiedName ? (byte)(100 + other) : (byte)255;
    }

    private string? Target(string refset)
        => options.MapTargets.TryGetValue(refset, out var named) ? named : SnomedEditions.MapTargets.GetValueOrDefault(refset);

    private Coding Use(ReadOnlySpan<byte> type)
    {
        if (type.SequenceEqual("900000000000013009"u8)) return DesignationUses.Synonym;
        if (type.SequenceEqual("900000000000003001"u8)) return DesignationUses.FullySpecifiedName;
        if (type.SequenceEqual("900000000000550004"u8)) return DesignationUses.TextDefinition;
        var code = Text(type);
        return _uses.TryGetValue(code, out var known) ? known : _uses[code] = new(CodeSystemUri.Snomed.Value, code);
    }

    private string Language(ReadOnlySpan<byte> code)
    {
        if (code.SequenceEqual("en"u8)) return "en";
        var text = Text(code);
        return _languages.TryGetValue(text, out var known) ? known : _languages[text] = text;
    }

    private static CaseSignificance CaseRule(ReadOnlySpan<byte> id)
    {
        if (id.SequenceEqual("900000000000448009"u8)) return CaseSignificance.EntireTermCaseInsensitive;
        if (id.SequenceEqual("900000000000020002"u8)) return CaseSignificance.InitialCharacterCaseInsensitive;
        return id.SequenceEqual("900000000000017005"u8) ? CaseSignificance.EntireTermCaseSensitive : CaseSignificance.Unknown;
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>The rows of one file, with the columns that all components share checked.</summary>
    private sealed class Rows(DelimitedRows rows, IReleaseSink sink, CancellationToken cancel)
    {
        private readonly HashSet<long> _knownModules = [];
        private int _count;

        public IReleaseSink Sink => sink;

        public EffectiveTime Time { get; private set; }

        public bool Active { get; private set; }

        public ReadOnlySpan<byte> this[int field] => rows[field];

        public ReadOnlySpan<byte> From(int field) => rows.From(field);

        public void Reject(int field, string reason) => rows.Reject(field, reason);

        public bool Next(SctidPartition partition)
        {
            while (NextRow())
            {
                if (Sctid.TryParse(rows[0], partition, out _)) return true;
                rows.Reject(0, $"'{Text(rows[0])}' is no {partition.ToString().ToLowerInvariant()} identifier: {WhyNot(rows[0], partition)}.");
            }
            return false;
        }

        public bool NextMember()
        {
            if (!NextRow()) return false;
            var id = rows[0];
            if (id.Length != 36 || id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-') rows.Counts.Warn(rows.Line, $"'{Text(id)}' is no UUID; the row is kept.", 1);
            return true;
        }

        public bool NextIdentifier() => NextRow();

        public bool IsConcept(int field, string column)
        {
            if (Sctid.TryParse(rows[field], SctidPartition.Concept, out _)) return true;
            rows.Reject(field, $"'{Text(rows[field])}' is no concept identifier ({column}): {WhyNot(rows[field], SctidPartition.Concept)}.");
            return false;
        }

        public int Number(int field) => int.TryParse(rows[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

        private bool NextRow()
        {
            while (rows.Read())
            {
                if (++_count % AskEvery == 0) cancel.ThrowIfCancellationRequested();
                if (!EffectiveTime.TryParse(rows[1], out var time))
                {
                    rows.Reject(1, $"'{Text(rows[1])}' is no date (effectiveTime, YYYYMMDD).");
                    continue;
                }
                if (rows[2] is not [(byte)'0' or (byte)'1'])
                {
                    rows.Reject(2, $"'{Text(rows[2])}' is neither 0 nor 1 (active).");
                    continue;
                }
                if (!IsModule(rows[3]))
                {
                    rows.Reject(3, $"'{Text(rows[3])}' is no concept identifier (moduleId): {WhyNot(rows[3], SctidPartition.Concept)}.");
                    continue;
                }
                (Time, Active) = (time, rows[2][0] == '1');
                return true;
            }
            return false;
        }

        private bool IsModule(ReadOnlySpan<byte> module)
        {
            if (module.Length is 0 or > 18 || !long.TryParse(module, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            if (_knownModules.Contains(number)) return true;
            return Sctid.TryParse(module, SctidPartition.Concept, out _) && _knownModules.Add(number);
        }

        private static string WhyNot(ReadOnlySpan<byte> id, SctidPartition wanted)
        {
            if (id.ContainsAnyExceptInRange((byte)'0', (byte)'9') || id.Length is < 6 or > 18) return "an identifier has 6 to 18 digits";
            if (!CheckDigit.Verhoeff(id)) return "its check digit is wrong";
            return Sctid.TryParse(id, out var other) && other.Partition != wanted ? $"its partition says {other.Partition.ToString().ToLowerInvariant()}" : "its partition is unknown";
        }
    }

    /// <summary>The sink for the replay of a basis: the release was begun before, under its own name.</summary>
    private sealed class ContinuedSink(IReleaseSink sink) : IReleaseSink
    {
        public void Begin(ReleaseInfo release)
        {
        }

        public void Concept(in ConceptRecord concept) => sink.Concept(concept);

        public void Designation(in DesignationRecord designation) => sink.Designation(designation);

        public void Relationship(in RelationshipRecord relationship) => sink.Relationship(relationship);

        public void Property(in PropertyRecord property) => sink.Property(property);

        public void Refset(RefsetInfo refset) => sink.Refset(refset);

        public void Member(in MemberRecord member) => sink.Member(member);

        public int Map(Terminology.Maps.ConceptMapInfo map) => sink.Map(map);

        public void MapElement(int map, int group, Terminology.Maps.MapElement element) => sink.MapElement(map, group, element);

        public void Resource(ResourceRecord resource) => sink.Resource(resource);

        public void Complete(LoadReport report, CancellationToken cancel)
        {
        }
    }
}

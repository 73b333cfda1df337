using System.Globalization;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders.RxNorm;

/// <summary>Reads the tables of one RxNorm release.</summary>
internal sealed class RxNormRelease((ReleaseFile File, string Table)[] tables, ImportOptions options) : RecognisedRelease
{
    private const int AskEvery = 1 << 13;

    /// <summary>CVF of rows in the current prescribable content.</summary>
    private const int Prescribable = 4096;

    private static readonly Coding Synonym = new(CodeSystemUri.RxNorm.Value, "SY", null, "Synonym");

    /// <summary>Term types that name a concept, best first; others are synonyms of it.</summary>
    private static readonly string[] Naming = ["SCD", "SBD", "GPCK", "BPCK", "IN", "PIN", "MIN", "BN", "SCDC", "SCDF", "SCDFP", "SCDG", "SCDGP", "SBDC", "SBDF", "SBDFP", "SBDG", "DF", "DFG"];

    private static readonly string[] Texts = ["TTY", "STY", "TUI", "status", "NDC"];

    private readonly Dictionary<string, Coding> _uses = new(StringComparer.Ordinal);
    private readonly RxNormSources _sources = new();
    private readonly HashSet<int> _known = [];
    private readonly HashSet<(int Concept, int Source)> _named = [];
    private readonly List<byte[]> _abbreviations = [];

    /// <summary>A concept identifier as code.</summary>
    public static string Code(int rxcui) => rxcui.ToString(CultureInfo.InvariantCulture);

    public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        report.Progress.TotalBytes = tables.Sum(table => table.File.Length);
        sink.Begin(info with
        {
            CodeSystem = info.CodeSystem! with
            {
                Version = info.Id.Version,
                Properties = [.. Texts.Select(name => new PropertyDefinition(name, PropertyType.String)), new("prescribable", PropertyType.Boolean), .. info.CodeSystem.Properties],
            },
        });
        Sources(report, cancel);
        Concepts(sink, report, cancel);
        Relations(sink, report, cancel);
        Attributes(sink, report, info, cancel);
        SemanticTypes(sink, report, cancel);
        History(report, cancel).Write(sink, info, _known);
        _sources.Write(sink, info, _known);
    }

    private void Sources(LoadReport report, CancellationToken cancel)
    {
        var (abbreviation, name, restriction) = (Column("RXNSAB", "RSAB"), Column("RXNSAB", "SON"), Column("RXNSAB", "SRL"));
        foreach (var rows in Open("RXNSAB", report, cancel)) _sources.Add(rows.Text(abbreviation), rows.Text(name), rows.Text(restriction));
    }

    private void Concepts(IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        int At(string column) => Column("RXNCONSO", column);
        var (rxcui, sab, tty, text, suppress, cvf, atom, code, language) = (At("RXCUI"), At("SAB"), At("TTY"), At("STR"), At("SUPPRESS"), At("CVF"), At("RXAUI"), At("CODE"), At("LAT"));
        var drafts = new Dictionary<int, Draft>();
        foreach (var rows in Open("RXNCONSO", report, cancel))
        {
            var number = rows.Rxcui(rxcui);
            if (number == 0)
            {
                rows.Reject(rxcui, $"'{rows.Text(rxcui)}' is no RXCUI.");
                continue;
            }
            var isSuppressed = rows[suppress] is [(byte)'O' or (byte)'Y' or (byte)'E'];
            _named.Add((number, Abbreviation(rows[sab])));
            if (!rows[sab].SequenceEqual("RXNORM"u8))
            {
                if (!isSuppressed) _sources.Atom(rows[sab], rows[code], number, rows[text]);
                continue;
            }
            if (rows[text].IsEmpty)
            {
                rows.Reject(text, "the name (STR) is empty.");
                continue;
            }
            var type = rows.Text(tty);
            var naming = Array.IndexOf(Naming, type);
            sink.Designation(new()
            {
                Id = rows[atom], Concept = rows[rxcui], Value = rows[text], Use = naming >= 0 ? DesignationUses.Display : Use(type), Language = Language(rows[language]), Active = !rows[suppress].SequenceEqual("E"u8),
                DisplayRank = (byte)((naming >= 0 ? naming : type == "PSN" ? 30 : 40) + (isSuppressed ? 100 : 0)),
            });
            var isPrescribable = System.Buffers.Text.Utf8Parser.TryParse(rows[cvf], out int view, out _) && (view & Prescribable) != 0;
            var draft = new Draft(naming < 0 ? null : type, isSuppressed, rows[suppress].SequenceEqual("O"u8), isPrescribable);
            drafts[number] = drafts.TryGetValue(number, out var before) ? before.And(draft) : draft;
        }
        foreach (var (number, draft) in drafts) Concept(sink, number, draft);
        NamingSources(sink);
    }

    /// <summary>Which sources name a concept.</summary>
    private void NamingSources(IReleaseSink sink)
    {
        Span<byte> buffer = stackalloc byte[11];
        foreach (var (number, source) in _named)
        {
            if (!_known.Contains(number)) continue;
            System.Buffers.Text.Utf8Formatter.TryFormat(number, buffer, out var length);
            sink.Property(new() { Concept = buffer[..length], Property = "SAB"u8, Type = PropertyType.String, Value = _abbreviations[source], Active = true });
        }
    }

    private int Abbreviation(ReadOnlySpan<byte> sab)
    {
        for (var i = 0; i < _abbreviations.Count; i++)
        {
            if (_abbreviations[i].AsSpan().SequenceEqual(sab)) return i;
        }
        _abbreviations.Add(sab.ToArray());
        return _abbreviations.Count - 1;
    }

    private void Concept(IReleaseSink sink, int number, Draft draft)
    {
        _known.Add(number);
        Span<byte> buffer = stackalloc byte[11];
        System.Buffers.Text.Utf8Formatter.TryFormat(number, buffer, out var length);
        var key = buffer[..length];
        sink.Concept(new() { Code = key, Flags = draft.IsSuppressed ? ConceptFlags.Inactive : ConceptFlags.None });
        foreach (var type in draft.Type?.Split(',') ?? []) sink.Property(new() { Concept = key, Property = "TTY"u8, Type = PropertyType.String, Value = Encoding.UTF8.GetBytes(type), Active = true });
        if (draft.IsSuppressed) sink.Property(new() { Concept = key, Property = "status"u8, Type = PropertyType.String, Value = draft.IsObsolete ? "obsolete"u8 : "suppressed"u8, Active = true });
        if (draft.IsPrescribable) sink.Property(new() { Concept = key, Property = "prescribable"u8, Type = PropertyType.Boolean, Value = "true"u8, Active = true });
    }

    /// <summary>RXCUI2 has the relation RELA to RXCUI1; both directions are rows of the file.</summary>
    private void Relations(IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        int At(string column) => Column("RXNREL", column);
        var (first, second, sab, rel, rela) = (At("RXCUI1"), At("RXCUI2"), At("SAB"), At("REL"), At("RELA"));
        foreach (var rows in Open("RXNREL", report, cancel))
        {
            if (!rows[sab].SequenceEqual("RXNORM"u8) || !_known.Contains(rows.Rxcui(first)) || !_known.Contains(rows.Rxcui(second))) continue;
            // The coarse relation (REL) too, which the fine one (RELA) makes more exact: value sets filter by either.
            sink.Relationship(new() { Source = rows[second], Type = rows[rel], Target = rows[first], Active = true });
            if (!rows[rela].IsEmpty) sink.Relationship(new() { Source = rows[second], Type = rows[rela], Target = rows[first], Active = true });
        }
    }

    private void Attributes(IReleaseSink sink, LoadReport report, ReleaseInfo info, CancellationToken cancel)
    {
        int At(string column) => Column("RXNSAT", column);
        var (rxcui, sab, name, value, suppress) = (At("RXCUI"), At("SAB"), At("ATN"), At("ATV"), At("SUPPRESS"));
        var packages = new Dictionary<string, MapTarget[]>(StringComparer.Ordinal);
        var targets = new Dictionary<(int Concept, bool IsObsolete), MapTarget[]>();
        foreach (var rows in Open("RXNSAT", report, cancel))
        {
            if (!rows[sab].SequenceEqual("RXNORM"u8) || rows.Rxcui(rxcui) is var concept && !_known.Contains(concept) || rows[value].IsEmpty) continue;
            sink.Property(new() { Concept = rows[rxcui], Property = rows[name], Type = PropertyType.String, Value = rows[value], Active = true });
            if (!rows[name].SequenceEqual("NDC"u8) || Terminology.Ndc.Readings(rows.Text(value)) is not [var ndc]) continue;
            var target = Target(concept, rows[suppress].SequenceEqual("O"u8));
            if (!packages.TryAdd(ndc, target) && !packages[ndc].Any(known => known.Code == target[0].Code)) packages[ndc] = [.. packages[ndc], .. target];
        }
        if (packages.Count == 0) return;
        var map = sink.Map(new()
        {
            Url = $"{CodeSystemUri.RxNorm}?fhir_cm=ndc", Version = info.Id.Version, Name = "RxNorm_NDC", Title = "NDC to RxNorm", Publisher = "U.S. National Library of Medicine",
            Groups = [new(new(CodeSystemUri.Ndc.Value), new(CodeSystemUri.RxNorm.Value, info.Id.Version))],
        });
        foreach (var (ndc, concepts) in packages) sink.MapElement(map, 0, new(ndc, concepts));

        // A concept has many packages, and most of these have no other: all share one target.
        MapTarget[] Target(int concept, bool isObsolete)
        {
            if (targets.TryGetValue((concept, isObsolete), out var known)) return known;
            return targets[(concept, isObsolete)] = [new() { Code = Code(concept), Relationship = MapRelationship.SourceIsNarrowerThanTarget, Comment = isObsolete ? "The NDC is obsolete." : null }];
        }
    }

    private void SemanticTypes(IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        var (rxcui, type, identifier) = (Column("RXNSTY", "RXCUI"), Column("RXNSTY", "STY"), Column("RXNSTY", "TUI"));
        foreach (var rows in Open("RXNSTY", report, cancel))
        {
            if (!_known.Contains(rows.Rxcui(rxcui))) continue;
            if (!rows[type].IsEmpty) sink.Property(new() { Concept = rows[rxcui], Property = "STY"u8, Type = PropertyType.String, Value = rows[type], Active = true });
            if (!rows[identifier].IsEmpty) sink.Property(new() { Concept = rows[rxcui], Property = "TUI"u8, Type = PropertyType.String, Value = rows[identifier], Active = true });
        }
    }

    private RxNormHistory History(LoadReport report, CancellationToken cancel)
    {
        var history = new RxNormHistory();
        int At(string column) => Column("RXNATOMARCHIVE", column);
        var (rxcui, merged, name, sab) = (At("RXCUI"), At("MERGED_TO_RXCUI"), At("STR"), At("SAB"));
        foreach (var rows in Open("RXNATOMARCHIVE", report, cancel))
        {
            if (rows[sab].IsEmpty || rows[sab].SequenceEqual("RXNORM"u8)) history.Add(rows.Rxcui(rxcui), rows.Rxcui(merged), rows.Text(name));
        }
        var (old, replacement) = (Column("RXNCUI", "CUI1"), Column("RXNCUI", "CUI2"));
        foreach (var rows in Open("RXNCUI", report, cancel)) history.Add(rows.Rxcui(old), rows.Rxcui(replacement), null);
        return history;
    }

    private IEnumerable<RxNormTable> Open(string table, LoadReport report, CancellationToken cancel)
    {
        foreach (var (file, _) in tables.Where(item => item.Table == table))
        {
            using var rows = new RxNormTable(file, report, options.Encoding);
            while (rows.Read())
            {
                if (rows.Counts.Read % AskEvery == 0) cancel.ThrowIfCancellationRequested();
                yield return rows;
            }
        }
    }

    private static int Column(string table, string column) => RxNormTable.Column(table, column);

    private Coding Use(string type) => type == "SY" ? Synonym : _uses.TryGetValue(type, out var known) ? known : _uses[type] = new(CodeSystemUri.RxNorm.Value, type, null, type);

    private static string Language(ReadOnlySpan<byte> lat) => lat.SequenceEqual("SPA"u8) ? "es" : "en";

    /// <summary>What the atoms of a concept say of it together: active while one that names it is; without such, while any is.</summary>
    private readonly record struct Draft(string? Type, bool IsSuppressed, bool IsObsolete, bool IsPrescribable)
    {
        public Draft And(Draft other)
        {
            var prescribable = IsPrescribable || other.IsPrescribable;
            // A naming atom outweighs a synonym; among equals, one in force outweighs suppressed ones.
            if ((Type is null) != (other.Type is null)) return (Type is null ? other : this) with { IsPrescribable = prescribable };
            if (IsSuppressed != other.IsSuppressed) return (IsSuppressed ? other : this) with { IsPrescribable = prescribable };
            var type = Type is null || other.Type is null || Type.Split(',').Contains(other.Type) ? Type : $"{Type},{other.Type}";
            return new(type, IsSuppressed, IsObsolete && other.IsObsolete, prescribable);
        }
    }
}

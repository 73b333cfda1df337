using System.Globalization;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// SSSOM 1.1 as a table: YAML in lines that begin with <c>#</c>, then one line for each target. Files that only look like it are read too: comma separated, without YAML,
/// several reviewers by comma, <c>HumanCurated</c> for a term of SEMAPV, the names of OMOP for the object.
/// </summary>
/// <remarks>
/// <see href="https://mapping-commons.github.io/sssom/">SSSOM</see>. What it has no slot for is in <c>other</c>, as <c>name=value; name=value</c>.
/// A row whose object is <c>sssom:NoTermFound</c> says that there is no target.
/// </remarks>
internal sealed class SssomMap : MapFormat
{
    private const string NoTerm = "sssom:NoTermFound", Manual = "semapv:ManualMappingCuration", Unspecified = "semapv:UnspecifiedMatching";

    /// <summary>In <c>other</c>, what is ours; names of target properties have a prefix of their own.</summary>
    private const string Property = "property:", Context = "context:";

    private static readonly string[] Columns =
    [
        "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label", "mapping_justification", "author_id", "reviewer_id", "mapping_date", "confidence",
        "subject_source_version", "object_source_version", "comment", "other",
    ];

    public override string Name => "sssom";

    public override string Title => "SSSOM";

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps { get; } = MapFeatures.AllBut(MapFeature.Undecided);

    internal override bool Recognises(MapFileStart start)
    {
        var head = start.Text.Split('\n').FirstOrDefault(line => !line.StartsWith('#')) ?? "";
        var columns = head.Split(CsvText.SeparatorOf(head)).Select(column => Sheet.Normal(column.Trim('"', '\r'))).ToHashSet();
        return (columns.Contains("subjectid") && columns.Contains("objectid") && columns.Contains("predicateid")) || columns.Any(column => column.StartsWith("sssom", StringComparison.Ordinal));
    }

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var text = MapText.Read(stream, options, builder);
        var lines = text.Split('\n');
        var above = lines.TakeWhile(line => line.StartsWith('#')).Select(line => line[1..].TrimEnd('\r')).ToArray();
        var header = SssomHeader.Read(above, builder);
        var body = string.Join('\n', lines.Skip(above.Length));
        var rows = CsvText.Read(body, options.Separator ?? CsvText.SeparatorOf(lines.ElementAtOrDefault(above.Length) ?? ""), options.File).Select(row => row with { Line = row.Line + above.Length });
        var sheet = new Sheet(rows, options, builder);
        new SssomRows(sheet, header, new(header.Map("curie_map"), options.Prefixes), options, builder).Read();
        return builder.Done(new()
        {
            Url = header["mapping_set_id"],
            Version = header["mapping_set_version"],
            Title = header["mapping_set_title"],
            Copyright = header["license"],
            Properties = [.. header.Slots.Where(slot => slot.Key is not ("mapping_set_id" or "mapping_set_version" or "mapping_set_title" or "license" or "curie_map" or "sssom_version"))
                .SelectMany(slot => slot.Values.Select(value => new KeyValuePair<string, string>(value.Key.Length == 0 ? slot.Key : $"{slot.Key}.{value.Key}", value.Value)))],
            Lines = [],
        });
    }

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        var curies = new Curies([], options.Prefixes);
        var rows = map.Lines.Where(line => !line.Content.IsEmpty).SelectMany(line => line.Content.Targets.Count == 0 ? [Row(line, null, curies)] : line.Content.Targets.Select(target => Row(line, target, curies))).ToArray();
        using var writer = MapText.Writer(stream);
        Slot("sssom_version", "1.1");
        Slot("mapping_set_id", map.Url);
        Slot("mapping_set_version", map.Version);
        Slot("mapping_set_title", map.Title);
        Slot("license", map.Copyright);
        foreach (var group in map.Properties.GroupBy(pair => pair.Key))
        {
            if (group.Count() == 1) Slot(group.Key, group.First().Value);
            else
            {
                writer.Write($"#{SssomHeader.Quoted(group.Key)}:\n");
                foreach (var (_, value) in group) writer.Write($"#  - {SssomHeader.Quoted(value)}\n");
            }
        }
        writer.Write("#curie_map:\n");
        foreach (var (prefix, url) in curies.Used) writer.Write($"#  {prefix}: {SssomHeader.Quoted(url)}\n");
        CsvText.Write(writer, Columns, '\t');
        foreach (var row in rows) CsvText.Write(writer, row, '\t');
        return [.. MapFeatures.Missing(map, this)];

        void Slot(string key, string? value)
        {
            if (value is not null) writer.Write($"#{SssomHeader.Quoted(key)}: {SssomHeader.Quoted(value)}\n");
        }
    }

    private static string[] Row(MapLine line, RowTarget? target, Curies curies) =>
    [
        curies.Write(line.System, line.Code), line.Display ?? "", target is null ? "skos:exactMatch" : Predicate(target), target?.Relationship == MapRelationship.NotRelatedTo ? "Not" : "",
        target is null ? NoTerm : curies.Write(target.System, target.Code), target?.Display ?? "", target?.Justification ?? (target is null ? Manual : Unspecified),
        line.Author ?? "", line.Reviewer ?? "", line.AuthoredAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", MapText.Number(target?.Confidence), line.SystemVersion ?? "", target?.Version ?? "",
        target?.Comment ?? "", PairsText.Write([.. Other(line, target)]),
    ];

    private static string Predicate(RowTarget target) => target.Relationship switch
    {
        MapRelationship.Equivalent => "skos:exactMatch",
        MapRelationship.SourceIsNarrowerThanTarget => "skos:broadMatch",
        MapRelationship.SourceIsBroaderThanTarget => "skos:narrowMatch",
        MapRelationship.NotRelatedTo => "skos:relatedMatch",
        _ => target.OriginalRelationship == "skos:closeMatch" ? "skos:closeMatch" : "skos:relatedMatch",
    };

    private static IEnumerable<KeyValuePair<string, string>> Other(MapLine line, RowTarget? target)
    {
        foreach (var pair in line.Context) yield return new(Context + pair.Key, pair.Value);
        foreach (var (name, value) in SssomRows.LineSlots(line)) if (value is not null) yield return new(name, value);
        if (target is null) yield break;
        foreach (var (name, value) in SssomRows.TargetSlots(target)) if (!string.IsNullOrEmpty(value)) yield return new(name, value);
        foreach (var pair in target.Properties) yield return new(Property + pair.Key, pair.Value);
    }

    /// <summary>The rows of one table.</summary>
    private sealed class SssomRows(Sheet sheet, SssomHeader header, Curies curies, MapFormatOptions options, MapBuilder builder)
    {
        private readonly int _subject = sheet.Find("subject_id", "itemid (omop_source_code)", "omop_source_code"), _subjectLabel = sheet.Find("subject_label", "label"), _predicate = sheet.Find("predicate_id"),
            _modifier = sheet.Find("predicate_modifier"), _object = sheet.Find("object_id", "omop_concept_code"), _objectLabel = sheet.Find("object_label", "omop_concept_name"),
            _vocabulary = sheet.Find("omop_vocabulary_id"), _justification = sheet.Find("mapping_justification", "sssom_mapping_justification"), _author = sheet.Find("author_id", "sssom_author_id"),
            _reviewer = sheet.Find("reviewer_id", "sssom_reviewer_id"), _date = sheet.Find("mapping_date", "sssom_mapping_date"), _confidence = sheet.Find("confidence", "sssom_confidence"),
            _subjectVersion = sheet.Find("subject_source_version", "sssom_subject_source_version"), _objectVersion = sheet.Find("object_source_version", "common_vocabulary_version"),
            _comment = sheet.Find("comment", "sssom_comment"), _other = sheet.Find("other");

        public static IEnumerable<(string Name, string? Value)> LineSlots(MapLine line) =>
        [
            ("state", line.State is { } state ? StateWords.Of(state) : null),
            // The slot mapping_date holds a day.
            ("authored_at", line.AuthoredAt is { } authored && (authored.Offset, authored.TimeOfDay) != default ? MapText.Moment(authored) : null),
            ("reviewed_at", line.ReviewedAt is null ? null : MapText.Moment(line.ReviewedAt)), ("row_comment", line.Comment),
            ("no_map_reason", line.Content.NoMap?.Reason), ("no_map_text", line.Content.NoMap?.Text), ("no_map_request", line.Content.NoMap?.Request), ("no_source_system", line.System is null ? "true" : null),
        ];

        public static IEnumerable<(string Name, string? Value)> TargetSlots(RowTarget target) =>
        [
            ("original_relationship", target.OriginalRelationship is { } word && word != (target.Relationship == MapRelationship.RelatedTo ? "skos:closeMatch" : null) ? word : null),
            ("depends_on", PairsText.Write(target.DependsOn)), ("products", PairsText.Write(target.Products)), ("rule_group", MapText.Number(target.RuleGroup)), ("priority", MapText.Number(target.Priority)),
            ("rule", target.Rule), ("effective_from", MapText.Day(target.EffectiveFrom)), ("effective_to", MapText.Day(target.EffectiveTo)),
        ];

        public void Read()
        {
            if (_subject < 0) sheet.Needed("subject_id");
            if (_object < 0) sheet.Needed("object_id");
            var used = new HashSet<int> { _subject, _subjectLabel, _predicate, _modifier, _object, _objectLabel, _vocabulary, _justification, _author, _reviewer, _date, _confidence, _subjectVersion, _objectVersion, _comment, _other };
            var beside = Enumerable.Range(0, sheet.Columns.Count).Where(at => !used.Contains(at) && sheet.Columns[at].Length > 0).ToArray();
            sheet.ReadInto(builder, row => Line(row, beside));
        }

        private MapLine Line(SheetRow row, int[] beside)
        {
            var subject = Sheet.Trimmed(row, _subject) ?? throw new CellFault("the subject is missing.", _subject);
            if (!PairsText.TryRead(row[_other] ?? "", out IReadOnlyList<KeyValuePair<string, string>> others, out _)) others = [new("other", row[_other]!)];
            var other = others.DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);
            var system = curies.TryRead(subject, out var read, out var code) ? read : options.SourceSystem;
            if (other.ContainsKey("no_source_system")) system = null;
            var term = Sheet.Trimmed(row, _object);
            var target = term is null or NoTerm ? null : Target(row, term, other, others, beside);
            if (!Sheet.TryMoment(Date(Sheet.Trimmed(row, _date) ?? header["mapping_date"]), out var at)) throw new CellFault("the date must be as 2026-11-26.", _date);
            return new()
            {
                System = options.SourceSystem ?? system,
                SystemVersion = row[_subjectVersion] ?? header["subject_source_version"],
                Code = code,
                Display = row[_subjectLabel],
                Context = [.. others.Where(pair => pair.Key.StartsWith(Context, StringComparison.Ordinal)).Select(pair => new KeyValuePair<string, string>(pair.Key[Context.Length..], pair.Value))],
                Content = new()
                {
                    Targets = target is null ? [] : [target],
                    NoMap = term == NoTerm ? new(other.GetValueOrDefault("no_map_reason"), other.GetValueOrDefault("no_map_text")) { Request = other.GetValueOrDefault("no_map_request") } : null,
                },
                State = other.GetValueOrDefault("state") is { } word && StateWords.TryRead(word, out var state) ? state : null,
                Author = People(row, _author),
                AuthoredAt = other.TryGetValue("authored_at", out var moment) && Sheet.TryMoment(moment, out var exact) ? exact : at,
                Reviewer = People(row, _reviewer),
                ReviewedAt = other.TryGetValue("reviewed_at", out moment) && Sheet.TryMoment(moment, out exact) ? exact : null,
                Comment = other.GetValueOrDefault("row_comment") ?? (target is null ? row[_comment] : null),
                Line = row.Line,
            };
        }

        private RowTarget Target(SheetRow row, string term, Dictionary<string, string> other, IReadOnlyList<KeyValuePair<string, string>> others, int[] beside)
        {
            var vocabulary = Sheet.Trimmed(row, _vocabulary);
            string code = term, system;
            if (vocabulary is not null) system = OmopConcepts.SystemOf(vocabulary);
            else if (!curies.TryRead(term, out system, out code)) system = options.TargetSystem ?? throw new CellFault($"'{term}' has no prefix that names its code system; write it as loinc:1-8, or name the code system of all targets.", _object);
            var (relationship, original) = Relationship(row);
            if (!Sheet.TryNumber(Sheet.Trimmed(row, _confidence), out var confidence) || confidence is < 0 or > 1) throw new CellFault("the confidence must be a number from 0 to 1.", _confidence);
            return new()
            {
                System = options.TargetSystem ?? system,
                Version = row[_objectVersion] ?? header["object_source_version"],
                Code = code,
                Display = row[_objectLabel],
                Relationship = relationship,
                OriginalRelationship = other.GetValueOrDefault("original_relationship") ?? original,
                Comment = row[_comment],
                DependsOn = PairsText.TryRead(other.GetValueOrDefault("depends_on", ""), out IReadOnlyList<MapDependency> conditions, out var problem) ? conditions : throw new CellFault(problem, _other),
                Products = PairsText.TryRead(other.GetValueOrDefault("products", ""), out IReadOnlyList<MapDependency> products, out problem) ? products : throw new CellFault(problem, _other),
                RuleGroup = Sheet.TryInteger(other.GetValueOrDefault("rule_group"), out var group) ? group : throw new CellFault("rule_group must be a whole number.", _other),
                Priority = Sheet.TryInteger(other.GetValueOrDefault("priority"), out var priority) ? priority : throw new CellFault("priority must be a whole number.", _other),
                Rule = other.GetValueOrDefault("rule"),
                EffectiveFrom = Sheet.TryDay(other.GetValueOrDefault("effective_from"), out var from) ? from : throw new CellFault("effective_from must be a day.", _other),
                EffectiveTo = Sheet.TryDay(other.GetValueOrDefault("effective_to"), out var to) ? to : throw new CellFault("effective_to must be a day.", _other),
                Confidence = confidence,
                Justification = Justification(Sheet.Trimmed(row, _justification)),
                Properties =
                [
                    .. beside.Where(at => row[at] is not null).Select(at => new KeyValuePair<string, string>(sheet.Columns[at], row[at]!)),
                    .. others.Where(pair => pair.Key.StartsWith(Property, StringComparison.Ordinal)).Select(pair => new KeyValuePair<string, string>(pair.Key[Property.Length..], pair.Value)),
                    .. others.Where(pair => pair.Key == "other"),
                ],
            };
        }

        private (MapRelationship Relationship, string? Original) Relationship(SheetRow row)
        {
            var word = Sheet.Trimmed(row, _predicate);
            var relationship = MapRelationship.RelatedTo;
            string? original = null;
            if (word is null) builder.Lose("relationship", "The file does not say how source stands to target; related-to was taken.");
            else if (!RelationshipWords.TryRead(word, options.Wider ?? WiderMeans.TargetMeansMore, out relationship, out original)) throw new CellFault($"'{word}' is no predicate that is known; skos:exactMatch, closeMatch, broadMatch, narrowMatch and relatedMatch are.", _predicate);
            var not = Sheet.Trimmed(row, _modifier);
            if (not is not null && !not.Equals("Not", StringComparison.OrdinalIgnoreCase)) throw new CellFault($"'{not}' is no predicate modifier; Not is the only one.", _modifier);
            // "Not an exact match" may still be related; only "not related" is what R5 calls not-related-to.
            if (not is not null) return relationship == MapRelationship.RelatedTo ? (MapRelationship.NotRelatedTo, null) : (MapRelationship.NotRelatedTo, $"Not {word}");
            // What SKOS says as precisely as R5 needs no word beside it.
            return (relationship, original == "skos:closeMatch" || original?.StartsWith("skos:", StringComparison.Ordinal) != true ? original : null);
        }

        private string? Justification(string? word)
        {
            if (word is null || word == Unspecified) return null;
            if (!word.Equals("HumanCurated", StringComparison.OrdinalIgnoreCase)) return word;
            builder.Lose("justification", $"HumanCurated is no term of SEMAPV; it was read as {Manual}.");
            return Manual;
        }

        /// <summary>Several people are separated by |; in faulty files by a comma. Those without a prefix in a list that has one are of the same kind.</summary>
        private static string? People(SheetRow row, int column)
        {
            if (Sheet.Trimmed(row, column) is not { } text) return null;
            const StringSplitOptions Clean = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
            var people = text.Split('|', Clean);
            // A comma may stand in a name; between identifiers it separates.
            if (people.Length == 1 && text.Split(',', Clean) is var parts && parts.All(part => !part.Any(char.IsWhiteSpace) && (part.Contains(':') || char.IsAsciiDigit(part[0])))) people = parts;
            var prefix = people.FirstOrDefault(person => person.Contains(':'))?.Split(':')[0];
            return people.Length == 0 ? null : string.Join('|', people.Select(person => prefix is null || person.Contains(':') || people.Length == 1 ? person : $"{prefix}:{person}"));
        }

        /// <summary>Days as people in the United States write them are read too.</summary>
        private static string? Date(string? text)
            => DateOnly.TryParseExact(text, "M/d/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? MapText.Day(day) : text;
    }
}

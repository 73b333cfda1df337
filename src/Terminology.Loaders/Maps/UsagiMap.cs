using System.Globalization;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// The save file of OHDSI Usagi: one line for each target, lines of one code next to one another. Usagi documents <c>WIDER</c> as a target with more information, the
/// inverse of FHIR; <see cref="MapFormatOptions.Wider"/> says otherwise for a file that means it otherwise.
/// </summary>
/// <remarks><see href="https://ohdsi.github.io/Usagi/">Usagi</see>. Words of Usagi that are not ours stay with the row as context <c>mappingStatus</c>, or with the target as properties.</remarks>
internal sealed class UsagiMap : MapFormat
{
    private const string Added = "ADD_INFO:", Status = "mappingStatus", Frequency = "sourceFrequency", Assigned = "sourceAutoAssignedConceptIds", Domain = "domainId", Type = "mappingType";

    private static readonly string[] Columns =
    [
        "sourceCode", "sourceName", Frequency, Assigned, "matchScore", Status, "equivalence", "statusSetBy", "statusSetOn", "conceptId", "conceptName", Domain, Type, "comment", "createdBy", "createdOn", "assignedReviewer",
    ];

    public override string Name => "usagi";

    public override string Title => "Usagi";

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature>
    {
        MapFeature.SourceDisplay, MapFeature.Context, MapFeature.Undecided, MapFeature.NoMap, MapFeature.NoMapText, MapFeature.SeveralTargets, MapFeature.TargetSystem, MapFeature.TargetDisplay,
        MapFeature.Relationship, MapFeature.RowComment, MapFeature.State, MapFeature.Author, MapFeature.AuthoredAt, MapFeature.Reviewer, MapFeature.ReviewedAt, MapFeature.Confidence,
    };

    internal override bool Recognises(MapFileStart start) => start.HasColumns("sourceCode", "conceptId", Status, "equivalence");

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var sheet = Sheet.OfText(stream, options, builder);
        var code = sheet.Needed("sourceCode");
        var concept = sheet.Needed("conceptId");
        var at = Columns.ToDictionary(column => column, column => sheet.Find(column));
        var beside = Enumerable.Range(0, sheet.Columns.Count).Where(index => sheet.Columns[index] is Frequency or Assigned || !at.ContainsValue(index)).ToArray();
        sheet.ReadInto(builder, Line);
        return builder.Done(new() { Lines = [] });

        MapLine Line(SheetRow row)
        {
            var id = row[concept]?.Trim() ?? "0";
            if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw new CellFault($"'{id}' is no concept id, which is a whole number; 0 is no concept.", concept);
            var word = row[at["equivalence"]]?.Trim().ToUpperInvariant() ?? "UNREVIEWED";
            var status = row[at[Status]]?.Trim().ToUpperInvariant() ?? "UNCHECKED";
            var target = number == 0 ? null : Target(row, id, word);
            var none = number == 0 && (status is "APPROVED" or "IGNORED" || word == "UNMATCHED");
            return new()
            {
                System = options.SourceSystem,
                Code = row[code]?.Trim() is { Length: > 0 } text ? text : throw new CellFault("the source code is missing.", code),
                Display = row[at["sourceName"]],
                Context =
                [
                    .. beside.Where(index => row[index] is not null).Select(index => new KeyValuePair<string, string>(NameOf(sheet.Columns[index]), row[index]!)),
                    .. status is "APPROVED" or "UNCHECKED" ? [] : new[] { new KeyValuePair<string, string>(Status, status) },
                ],
                Content = new() { Targets = target is null ? [] : [target], NoMap = none ? new(status == "IGNORED" ? "ignored" : null, row[at["comment"]]) : null },
                State = status switch { "APPROVED" or "IGNORED" => MapRowState.Approved, _ when target is not null || none => MapRowState.Draft, _ => MapRowState.Unmapped },
                Author = row[at["createdBy"]],
                AuthoredAt = Moment(row, at["createdOn"]),
                Reviewer = row[at["statusSetBy"]],
                ReviewedAt = Moment(row, at["statusSetOn"]),
                Comment = none ? null : row[at["comment"]],
                Line = row.Line,
            };
        }

        RowTarget Target(SheetRow row, string id, string word)
        {
            var (relationship, original) = word == "UNREVIEWED" ? (MapRelationship.RelatedTo, word)
                : RelationshipWords.TryRead(word, options.Wider ?? WiderMeans.TargetSaysMore, out var read, out _) ? (read, word)
                : throw new CellFault($"'{word}' is no equivalence of Usagi; EQUAL, EQUIVALENT, WIDER, NARROWER, INEXACT, UNMATCHED and UNREVIEWED are.", at["equivalence"]);
            return new()
            {
                System = options.TargetSystem ?? OmopConcepts.System,
                Code = id,
                Display = row[at["conceptName"]],
                Relationship = relationship,
                OriginalRelationship = original,
                Confidence = Sheet.TryNumber(row[at["matchScore"]], out var score) ? score is 0 ? null : score : throw new CellFault("the score must be a number.", at["matchScore"]),
                Properties = [.. new[] { Domain, Type, "assignedReviewer" }.Where(name => row[at[name]] is { } value && (name, value) != (Type, "MAPS_TO")).Select(name => new KeyValuePair<string, string>(name, row[at[name]]!))],
            };
        }

        static DateTimeOffset? Moment(SheetRow row, int column)
        {
            if (row[column]?.Trim() is not { } text || text == "0") return null;
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : throw new CellFault($"'{text}' is no time of Usagi, which is milliseconds since 1970.", column);
        }
    }

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        var losses = MapFeatures.Missing(map, this).Where(loss => loss.What != MapFeatures.Name(MapFeature.TargetProperties)).ToList();
        var names = map.Lines.SelectMany(line => line.Context.Select(pair => pair.Key)).Where(name => name is not (Frequency or Assigned or Status)).Distinct().ToArray();
        var (elsewhere, unrelated, repeated, properties) = (0, 0, 0, 0);
        using var writer = MapText.Writer(stream);
        CsvText.Write(writer, [.. Columns[..4], .. names.Select(name => Added + name), .. Columns[4..]]);
        foreach (var line in map.Lines)
        {
            repeated += line.Context.Count - line.Context.DistinctBy(pair => pair.Key).Count();
            var written = line.Content.Targets.Where(target => OmopConcepts.IdOf(target) is not null).ToArray();
            elsewhere += line.Content.Targets.Count - written.Length;
            unrelated += written.Count(target => target.Relationship == MapRelationship.NotRelatedTo);
            properties += written.Sum(target => target.Properties.Count(property => property.Key is not (Domain or Type or "assignedReviewer" or OmopConcepts.IdProperty)));
            if (line.Content.Targets.Count > 0 && written.Length == 0) continue;
            if (written.Length == 0) Row(line, null);
            foreach (var target in written) Row(line, target);
        }
        Lose("targets", elsewhere, $"Usagi knows OMOP concepts only; a target of another code system needs the property {OmopConcepts.IdProperty}. A row without any other target is left out.");
        Lose("relationship", unrelated, "Usagi has no word for a target that is not related; it is written as UNMATCHED.");
        Lose("context", repeated, "A name can stand once beside a code; the first one counts.");
        Lose("targetProperties", properties, $"{Title} has a place for {Domain}, {Type} and assignedReviewer only.");
        Lose("state", map.Lines.Count(line => line.State is not (null or MapRowState.Approved or MapRowState.Draft or MapRowState.Unmapped)), "Usagi knows approved and unchecked; other states are written as unchecked.");
        return losses;

        void Row(MapLine line, RowTarget? target)
        {
            var context = line.Context.DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);
            var properties = target?.Properties.DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value) ?? [];
            CsvText.Write(writer,
            [
                line.Code, line.Display ?? "", context.GetValueOrDefault(Frequency, ""), context.GetValueOrDefault(Assigned, ""), .. names.Select(name => context.GetValueOrDefault(name, "")),
                MapText.Number(target?.Confidence ?? 0), context.GetValueOrDefault(Status) ?? (line.State is MapRowState.Approved ? "APPROVED" : "UNCHECKED"), Word(line, target, options),
                line.Reviewer ?? "", Milliseconds(line.ReviewedAt), target is null ? "0" : OmopConcepts.IdOf(target)!, target?.Display ?? "", properties.GetValueOrDefault(Domain, ""), properties.GetValueOrDefault(Type, "MAPS_TO"),
                (line.Content.NoMap is { } none ? none.Text : line.Comment) ?? "", line.Author ?? "", Milliseconds(line.AuthoredAt), properties.GetValueOrDefault("assignedReviewer", ""),
            ]);
        }

        void Lose(string what, int count, string why)
        {
            if (count > 0) losses.Add(new(what, count, why));
        }
    }

    private static string NameOf(string column) => column.StartsWith(Added, StringComparison.OrdinalIgnoreCase) ? column[Added.Length..] : column;

    private static string Milliseconds(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Word(MapLine line, RowTarget? target, MapFormatOptions options)
    {
        if (target is null) return line.Content.NoMap is null ? "UNREVIEWED" : "UNMATCHED";
        if (target.OriginalRelationship is "EQUAL" or "UNREVIEWED") return target.OriginalRelationship;
        var wide = (options.Wider ?? WiderMeans.TargetSaysMore) == WiderMeans.TargetSaysMore ? MapRelationship.SourceIsBroaderThanTarget : MapRelationship.SourceIsNarrowerThanTarget;
        return target.Relationship switch
        {
            MapRelationship.Equivalent => "EQUIVALENT",
            MapRelationship.RelatedTo => "INEXACT",
            MapRelationship.NotRelatedTo => "UNMATCHED",
            var relationship => relationship == wide ? "WIDER" : "NARROWER",
        };
    }
}

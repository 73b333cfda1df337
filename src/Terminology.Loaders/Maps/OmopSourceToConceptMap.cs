using System.Globalization;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// The table <c>source_to_concept_map</c> of the OMOP common data model. It has no relationship, so that every target is related-to; concept 0 is no target; a row that is
/// not valid any more ends on its last day and keeps its <c>invalid_reason</c>.
/// </summary>
/// <remarks>OMOP CDM v5.4 <see href="https://ohdsi.github.io/CommonDataModel/cdm54.html#source_to_concept_map">source_to_concept_map</see>.</remarks>
internal sealed class OmopSourceToConceptMap : MapFormat
{
    private const string InvalidReason = "invalid_reason", Vocabulary = "target_vocabulary_id", ConceptId = "source_concept_id";

    private static readonly DateOnly Always = new(1970, 1, 1), Forever = new(2099, 12, 31);

    private static readonly string[] Columns = ["source_code", ConceptId, "source_vocabulary_id", "source_code_description", "target_concept_id", Vocabulary, "valid_start_date", "valid_end_date", InvalidReason];

    public override string Name => "omop";

    public override string Title => "OMOP source_to_concept_map";

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature>
    {
        MapFeature.SourceSystem, MapFeature.SourceDisplay, MapFeature.NoMap, MapFeature.SeveralTargets, MapFeature.TargetSystem, MapFeature.EffectiveFrom, MapFeature.EffectiveTo,
    };

    internal override bool Recognises(MapFileStart start) => start.HasColumns("source_code", "source_vocabulary_id", "target_concept_id");

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var sheet = Sheet.OfText(stream, options, builder);
        var (code, concept, start, end) = (sheet.Needed("source_code"), sheet.Needed("target_concept_id"), sheet.Find("valid_start_date"), sheet.Find("valid_end_date"));
        var (vocabulary, description, sourceId, targetVocabulary, invalid) = (sheet.Find("source_vocabulary_id"), sheet.Find("source_code_description"), sheet.Find(ConceptId), sheet.Find(Vocabulary), sheet.Find(InvalidReason));
        sheet.ReadInto(builder, row =>
        {
            var id = row[concept]?.Trim() ?? "";
            if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw new CellFault($"'{id}' is no concept id, which is a whole number; 0 is no concept.", concept);
            var (from, to) = (Day(row, start), Day(row, end));
            var (reason, ended) = (row[invalid]?.Trim(), to is not null && to != Forever);
            var left = number == 0 && (row[invalid] is not null || ended);
            if (left) builder.Lose("history", "That there was no target for a while is not kept; the code is.");
            return new()
            {
                System = options.SourceSystem ?? (Sheet.Trimmed(row, vocabulary) is { } name ? OmopConcepts.SystemOf(name) : null),
                Code = Sheet.Trimmed(row, code) ?? throw new CellFault("the source code is missing.", code),
                Display = row[description],
                Context = Sheet.Trimmed(row, sourceId) is { } own and not "0" ? [new(ConceptId, own)] : [],
                Content = left ? RowContent.Empty : number == 0 ? new() { NoMap = new() } : new()
                {
                    Targets =
                    [
                        new()
                        {
                            System = options.TargetSystem ?? OmopConcepts.System, Code = id, Relationship = MapRelationship.RelatedTo,
                            EffectiveFrom = from == Always ? null : from, EffectiveTo = to == Forever ? null : to,
                            Properties = [.. Sheet.Trimmed(row, targetVocabulary) is { } target ? new[] { new KeyValuePair<string, string>(Vocabulary, target) } : [], .. reason is null ? [] : new[] { new KeyValuePair<string, string>(InvalidReason, reason) }],
                        },
                    ],
                },
                Line = row.Line,
            };
        });
        return builder.Done(new() { Lines = [] });
    }

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        var taken = new[] { MapFeatures.Name(MapFeature.TargetProperties), MapFeatures.Name(MapFeature.Context) };
        var losses = MapFeatures.Missing(map, this).Where(loss => !taken.Contains(loss.What)).ToList();
        var (elsewhere, context, properties) = (0, 0, 0);
        using var writer = MapText.Writer(stream);
        CsvText.Write(writer, Columns, '\t');
        foreach (var line in map.Lines)
        {
            context += line.Context.Count(pair => pair.Key != ConceptId);
            if (line.Content.NoMap is not null) Row(line, "0", "None", null, null, null);
            foreach (var target in line.Content.Targets)
            {
                if (OmopConcepts.IdOf(target) is not { } id)
                {
                    elsewhere++;
                    continue;
                }
                properties += target.Properties.Count(property => property.Key is not (Vocabulary or InvalidReason or OmopConcepts.IdProperty));
                Row(line, id, Property(target, Vocabulary) ?? OmopConcepts.VocabularyOf(target.System) ?? "", target.EffectiveFrom, target.EffectiveTo, Property(target, InvalidReason) ?? (target.EffectiveTo is null ? null : "D"));
            }
        }
        Lose("targets", elsewhere, $"The table holds OMOP concepts only; a target of another code system needs the property {OmopConcepts.IdProperty}.");
        Lose("context", context, "The table has no place for it.");
        Lose("targetProperties", properties, "The table has no place for it.");
        return losses;

        void Row(MapLine line, string id, string vocabulary, DateOnly? from, DateOnly? to, string? reason) => CsvText.Write(writer,
        [
            line.Code, line.Context.FirstOrDefault(pair => pair.Key == ConceptId).Value ?? "0", line.System is null ? "" : OmopConcepts.VocabularyOf(line.System) ?? line.System, line.Display ?? "", id, vocabulary,
            MapText.Day(from ?? Always), MapText.Day(to ?? Forever), reason ?? "",
        ], '\t');

        void Lose(string what, int count, string why)
        {
            if (count > 0) losses.Add(new(what, count, why));
        }
    }

    private static DateOnly? Day(SheetRow row, int column) => Sheet.TryDay(row[column], out var day) ? day : throw new CellFault("this must be a day such as 2099-12-31.", column);

    private static string? Property(RowTarget target, string name) => target.Properties.FirstOrDefault(property => property.Key == name).Value;
}

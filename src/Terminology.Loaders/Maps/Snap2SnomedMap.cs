using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;

namespace Terminology.Loaders.Maps;

/// <summary>The table that Snap2SNOMED exports: one line for each target, SNOMED CT, with <c>TARGET_BROADER</c> and the like, states and a flag for no map.</summary>
internal sealed class Snap2SnomedMap : MapFormat
{
    public override string Name => "snap2snomed";

    public override string Title => "Snap2SNOMED";

    public override IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature>
    {
        MapFeature.SourceDisplay, MapFeature.Context, MapFeature.Undecided, MapFeature.NoMap, MapFeature.SeveralTargets, MapFeature.TargetSystem, MapFeature.TargetDisplay, MapFeature.Relationship,
        MapFeature.OriginalRelationship, MapFeature.State,
    };

    internal override bool Recognises(MapFileStart start) => start.HasColumns("Source code", "Target code", "Relationship type code") || start.HasColumns("Source code", "Target code", "No map flag");

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var sheet = Sheet.OfText(stream, options, builder);
        var (code, display, target, targetDisplay) = (sheet.Needed("Source code"), sheet.Find("Source display"), sheet.Needed("Target code"), sheet.Find("Target display"));
        var (relationship, relationshipDisplay, none, status) = (sheet.Find("Relationship type code", "Relationship type"), sheet.Find("Relationship type display"), sheet.Find("No map flag", "No map"), sheet.Find("Status"));
        var used = new HashSet<int> { code, display, target, targetDisplay, relationship, relationshipDisplay, none, status };
        sheet.ReadInto(builder, row =>
        {
            var noMap = Sheet.Trimmed(row, none)?.ToLowerInvariant() is "true" or "yes" or "1";
            var state = Sheet.Trimmed(row, status);
            return new()
            {
                System = options.SourceSystem,
                Code = Sheet.Trimmed(row, code) ?? throw new CellFault("the source code is missing.", code),
                Display = Sheet.Trimmed(row, display),
                Context = sheet.Others(row, used),
                Content = new() { NoMap = noMap ? new() : null, Targets = noMap || Sheet.Trimmed(row, target) is not { } found ? [] : [Target(row, found)] },
                State = state is null ? null : State(state) ?? throw new CellFault($"'{state}' is no status of Snap2SNOMED; UNMAPPED, DRAFT, MAPPED, INREVIEW, ACCEPTED, REJECTED and RECONCILE are.", status),
                Line = row.Line,
            };
        });
        return builder.Done(new() { Lines = [] });

        RowTarget Target(SheetRow row, string found)
        {
            var word = Sheet.Trimmed(row, relationship);
            if (word is null) builder.Lose("relationship", "The file does not say how source stands to target; related-to was taken.");
            if (!RelationshipWords.TryRead(word ?? "related-to", options.Wider ?? WiderMeans.TargetMeansMore, out var read, out var original))
            {
                throw new CellFault($"'{word}' is no relationship of Snap2SNOMED; TARGET_EQUIVALENT, TARGET_BROADER, TARGET_NARROWER and TARGET_INEXACT are.", relationship);
            }
            return new() { System = options.TargetSystem ?? CodeSystemUri.Snomed.Value, Code = found, Display = Sheet.Trimmed(row, targetDisplay), Relationship = read, OriginalRelationship = original };
        }
    }

    private static MapRowState? State(string word) => Sheet.Normal(word) switch
    {
        "unmapped" => MapRowState.Unmapped,
        "draft" or "rejected" => MapRowState.Draft,
        "mapped" or "inreview" => MapRowState.Proposed,
        "accepted" => MapRowState.Approved,
        "reconcile" => MapRowState.Conflict,
        _ => null,
    };
}

using Terminology.Fhir.Maps;
using Terminology.Maps;
using Terminology.Operations;

namespace Terminology.Server.Bulk;

/// <summary>What a list of codes is translated by.</summary>
/// <param name="Service">Answers.</param>
/// <param name="Scope">Language of displays, and the day: one for the whole list.</param>
internal sealed record BulkTranslate(TerminologyService Service, RequestScope Scope)
{
    /// <summary>The columns of the answer, in order; whether a match may be applied unattended, and if not why, stands in each line.</summary>
    public static BulkColumns Columns { get; } = BulkColumns.All("result", "relationship", "targetSystem", "targetCode", "targetDisplay", "map", "safe", "caution", "superseded", "governance", "message");

    /// <summary>The map, or null: every live map that fits.</summary>
    public VersionedUrl? Map { get; init; }

    /// <summary>Code system of the targets, or null: any.</summary>
    public string? TargetSystem { get; init; }

    /// <summary>From target to source.</summary>
    public bool Reverse { get; init; }

    /// <summary>With superseded targets that are answered only to who asks for them?</summary>
    public bool IncludeSuperseded { get; init; }

    /// <summary>Code system of codes that come without one, or null.</summary>
    public string? System { get; init; }

    /// <summary>The properties that a map may depend on, in the order in which the parts behind the code give their values.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>One code.</summary>
    /// <param name="parts">System (may be empty), code, values of the context.</param>
    public TranslateResult Ask(ReadOnlySpan<string> parts)
    {
        var dependencies = new List<TranslateDependency>();
        for (var i = 0; i < Context.Count; i++)
        {
            if (parts[i + 2].Length > 0) dependencies.Add(new(Context[i], new([], parts[i + 2])));
        }
        var coding = new Coding(parts[0].Length > 0 ? parts[0] : System, parts[1]);
        return Service.Translate(new(new([coding])) { Url = Map, TargetSystem = TargetSystem, Reverse = Reverse, IncludeSuperseded = IncludeSuperseded, Dependencies = dependencies }, Scope);
    }

    /// <summary>As rows of a table: one for each target, one when there is none.</summary>
    public (bool Found, IReadOnlyList<IReadOnlyList<string>> Lines) AskForTable(string[] parts)
    {
        var answer = Ask(parts);
        IReadOnlyList<string>[] rows =
        [
            .. answer.Matches.Where(match => match.Target is not null).Select(match => (IReadOnlyList<string>)[
                answer.Result ? "true" : "false", Equivalence.R5(match.Relationship), match.Target!.System ?? "", match.Target.Code ?? "", match.Target.Display ?? "",
                new VersionedUrl(match.MapUrl ?? "inline", match.MapVersion).ToString(), answer.Result && match.Cautions.Count == 0 ? "true" : "false", string.Join(' ', match.Cautions.Select(Cautions.Code)), Superseded(match) ?? "", match.IsGoverned ? "" : "none", answer.Message ?? ""]),
        ];
        return (answer.Result, rows.Length > 0 ? rows : [["false", "", "", "", "", "", "", "", "", "", answer.Message ?? ""]]);
    }

    /// <summary>The last day on which a superseded match is answered, <c>true</c> when none is said; null of one that holds.</summary>
    public static string? Superseded(TranslateMatch match) => match.IsSuperseded ? match.Properties.FirstOrDefault(property => property.Key == TargetDays.SupersededProperty).Value : null;
}

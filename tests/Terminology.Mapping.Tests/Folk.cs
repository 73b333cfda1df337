using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping;

/// <summary>The people and the map of the tests.</summary>
internal static class Folk
{
    public const string Loinc = "http://loinc.org";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Person Ada = Of("ada", MapRole.Author), Ben = Of("ben", MapRole.Author), Ria = Of("ria", MapRole.Reviewer), Jo = Of("jo", MapRole.Adjudicator),
        Sue = Of("sue", MapRole.Steward), Kim = Of("kim", MapRole.ReleaseApprover), All = Of("all", (MapRole)1023),
        Engine = new("engine:lexical", ActorKind.Engine, new Dictionary<string, MapRole>()), Program = new("key:feed", ActorKind.Program, new Dictionary<string, MapRole>());

    public static MapProject Map { get; } = new()
    {
        Id = "lab", Url = "http://example.org/fhir/ConceptMap/lab", Title = "Laboratory", SourceSystem = "http://example.org/lab", TargetSystems = [Loinc], Domain = "lab", Steward = "sue",
    };

    public static RowSituation Situation { get; } = new(Map, Noon);

    public static RowSituation Dual { get; } = new(Map with { Policy = new() { Review = ReviewMode.DualBlind } }, Noon);

    public static Person Of(string name, MapRole roles, string domain = "lab") => new(name, ActorKind.Person, new Dictionary<string, MapRole> { [domain] = roles });

    public static MapRow Row(string key = "GLU") => new() { Key = key, Code = key, Display = "Glucose" };

    public static RowContent To(string code, MapRelationship relationship = MapRelationship.Equivalent)
        => new() { Targets = [new() { System = Loinc, Code = code, Relationship = relationship }] };

    public static RowCommand Decide(string code) => new(RowVerb.Decide) { Content = To(code) };

    /// <summary>Steps one after another.</summary>
    public static MapRow After(MapRow row, RowSituation situation, params (RowCommand Command, Person Who)[] steps)
        => steps.Aggregate(row, (at, step) => RowDecision.Take(at, step.Command, step.Who, situation));
}

using System.Collections.Concurrent;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Quality;
using Terminology.Maps;
using Terminology.Operations;

namespace Terminology.Server.Maps;

/// <summary>What the releases that answer now know of targets; what was asked is remembered as long as they answer.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TargetFacts(TerminologyService service) : ITargetFacts
{
    private const int MostKept = 200_000;

    /// <summary>Associations of SNOMED CT whose targets are no successors: namespaces and referred concepts.</summary>
    private static readonly string[] NoSuccessors = ["MOVED TO", "MOVED FROM", "REFERS TO"];

    private readonly ConcurrentDictionary<(string System, string Code), TargetConcept?> _concepts = new();
    private readonly ConcurrentDictionary<(string From, string To), IConceptMap[]> _maps = new();
    private readonly ConcurrentDictionary<string, TargetReader?> _readers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string ValueSet, string System, string Code), bool?> _members = new();

    /// <summary>Reads units; null: UCUM is not there.</summary>
    public UnitReader? Units { get; } = service.FindCodeSystem(CodeSystemUri.Ucum.Value) is { } ucum && ComposedSystems.UnitsOf(ucum) is { } found ? new(found) : null;

    public string? VersionOf(string system) => Reader(system) is { } reader ? reader.System.Info.Version ?? "" : null;

    public TargetConcept? Find(string system, string code)
    {
        if (_concepts.TryGetValue((system, code), out var known)) return known;
        var concept = Reader(system) is not { } reader || code.Length == 0 ? null : reader.TryFind(code, out var found) ? reader.Read(found) : Composed(system, code);
        if (_concepts.Count < MostKept) _concepts[(system, code)] = concept;
        return concept;
    }

    public Subsumption? Relation(string system, string code, string other)
    {
        if (Reader(system) is not { } reader || !reader.TryFind(code, out var a) || !reader.TryFind(other, out var b)) return null;
        if (a == b) return Subsumption.Equivalent;
        return reader.System.IsA(b, a) ? Subsumption.Subsumes : reader.System.IsA(a, b) ? Subsumption.SubsumedBy : Subsumption.NotSubsumed;
    }

    public bool IsParent(string system, string code, string parent)
        => Reader(system) is { } reader && reader.TryFind(code, out var child) && reader.TryFind(parent, out var above) && reader.System.Parents(child).Contains(above);

    public bool? IsIn(string valueSet, string system, string code) => _members.GetOrAdd((valueSet, system, code), Member);

    public IReadOnlyList<Replacement> Replacements(string system, string code)
        => [.. Mapped(system, code, system).Where(pair => !NoSuccessors.Contains(pair.Title) && Find(system, pair.Target.Code!) is not (null or { Status: TargetStatus.Inactive }))
            .Select(pair => new Replacement(pair.Title, pair.Target.Code!, Find(system, pair.Target.Code!)!.Display, pair.Target.Relationship == MapRelationship.Equivalent)).DistinctBy(one => one.Code).OrderByDescending(one => one.IsCertain)];

    public TargetConcept? WithAxes(LoincAxes axes) => Reader(CodeSystemUri.Loinc.Value)?.WithAxes(axes) is { } code ? Find(CodeSystemUri.Loinc.Value, code) : null;

    public IReadOnlyList<string> Translate(string system, string code, string to)
        => [.. Mapped(system, code, to).Where(pair => pair.Target.Relationship == MapRelationship.Equivalent).Select(pair => pair.Target.Code!).Distinct(StringComparer.Ordinal)];

    /// <summary>What the live maps from a system to another say of a code.</summary>
    private IEnumerable<(string Title, MapTarget Target)> Mapped(string system, string code, string to)
    {
        foreach (var map in _maps.GetOrAdd((system, to), MapsBetween))
        {
            for (var group = 0; group < map.Info.Groups.Count; group++)
            {
                if (map.Info.Groups[group].Source?.Url != system || map.Info.Groups[group].Target?.Url != to) continue;
                foreach (var target in map.Find(group, code).SelectMany(element => element.Targets).Where(target => target.Code is not null)) yield return (map.Info.Title ?? map.Info.Url ?? "map", target);
            }
        }
    }

    private IConceptMap[] MapsBetween((string From, string To) systems)
        => [.. service.ConceptMaps.Where(map => map.Live && map.Url?.Contains("/version/", StringComparison.Ordinal) != true && map.SourceSystems.Contains(systems.From) && map.TargetSystems.Contains(systems.To)).Select(map => map.Map.Value)];

    private TargetReader? Reader(string system) => _readers.GetOrAdd(system, url => service.FindCodeSystem(url) is { } found ? new(found) : null);

    /// <summary>What is no code of the list and is one of the grammar all the same: units, expressions, pairs.</summary>
    private TargetConcept? Composed(string system, string code)
    {
        try
        {
            var answer = service.ValidateCode(new(new([new(system, code)]), CodeForm.Coding), RequestScope.Default);
            return answer.Result ? new(system, answer.Code ?? code, answer.Display ?? code) { Status = answer.Inactive == true ? TargetStatus.Inactive : TargetStatus.Active, StatusWord = answer.Status, Names = answer.Display is { } display ? [display] : [] } : null;
        }
        catch (TerminologyException)
        {
            return null; // what cannot be asked is not known
        }
    }

    private bool? Member((string ValueSet, string System, string Code) asked)
    {
        try
        {
            return service.ValidateCode(new(new([new(asked.System, asked.Code)]), CodeForm.Coding) { ValueSetUrl = VersionedUrl.Parse(asked.ValueSet), MembershipOnly = true }, RequestScope.Default).Result;
        }
        catch (TerminologyException)
        {
            return null; // a scope that is not known, or not to be worked out, says nothing of a code
        }
    }
}

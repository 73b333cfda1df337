using System.Collections.Immutable;
using System.Globalization;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Closure;

/// <summary>One extension or replay of a closure table.</summary>
/// <remarks>One use, one thread.</remarks>
internal sealed class ClosureExtension(TerminologyService service, ClosureTable table, RequestScope scope)
{
    private readonly Dictionary<string, ICodeSystem> _systems = new(StringComparer.Ordinal);
    private readonly Dictionary<ICodeSystem, List<(ConceptOrdinal Concept, ClosureConcept Entry)>> _entered = [];

    public ClosureResult Run(ClosureRequest request)
    {
        foreach (var system in table.Systems) Open(system);
        if (request.Version is { } version) return new(table, Relations(table, Since(version)));
        var extended = Extended(request.Concepts);
        return new(extended, extended == table ? [] : Relations(extended, table.Version));
    }

    private void Open(ClosureSystem system)
    {
        var found = service.FindCodeSystem(system.Url, system.Asked);
        if (found is null || found.Info.Version != system.Answered) throw MustStartAnew(ClosureMessages.OtherVersion(system.Url, system.Answered, found?.Info.Version));
        _systems[system.Url] = found;
    }

    private int Since(string version)
    {
        if (version == "0") return -1;
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > table.Version)
        {
            throw new TerminologyException(IssueType.Value, "UNKNOWN_CLOSURE_VERSION", ClosureMessages.UnknownVersion(table.Name, version, table.Version)) { Expression = "version" };
        }
        return number >= table.Started ? number : throw MustStartAnew(ClosureMessages.EarlierTable(version));
    }

    private ClosureTable Extended(IReadOnlyList<Coding> codings)
    {
        var known = table.Concepts.Select(concept => (concept.System, concept.Code)).ToHashSet();
        var (systems, concepts) = (table.Systems.ToBuilder(), table.Concepts.ToBuilder());
        foreach (var coding in codings)
        {
            var system = SystemOf(coding, systems);
            Find(system, coding.Code);
            if (known.Add((coding.System!, coding.Code!))) concepts.Add(new(coding.System!, coding.Code!, table.Version + 1));
        }
        return concepts.Count == table.Concepts.Count ? table : table with { Version = table.Version + 1, Systems = systems.ToImmutable(), Concepts = concepts.ToImmutable() };
    }

    private ICodeSystem SystemOf(Coding coding, ImmutableList<ClosureSystem>.Builder systems)
    {
        if (string.IsNullOrEmpty(coding.Code)) throw new TerminologyException(IssueType.Required, "MISSING_CODE", Messages.MissingCode()) { Expression = "concept" };
        if (string.IsNullOrEmpty(coding.System)) throw new TerminologyException(IssueType.Required, "MISSING_SYSTEM", Messages.MissingSystem()) { Expression = "concept" };
        var url = service.CanonicalSystem(coding.System);
        if (_systems.TryGetValue(url, out var system))
        {
            if (coding.Version is not { } given || Versions.Match(given, system.Info.Version) || service.FindCodeSystem(url, given) == system) return system;
            throw new TerminologyException(IssueType.BusinessRule, "CLOSURE_OTHER_VERSION", ClosureMessages.OtherVersionAsked(table.Name, url, system.Info.Version, given)) { Expression = "concept" };
        }
        var asked = TerminologyService.WantedVersion(url, coding.Version, scope);
        system = service.FindCodeSystem(url, asked) ?? throw Invalid(service.Unknown(url, asked).Message, "UNKNOWN_CODESYSTEM");
        systems.Add(new(url, asked, system.Info.Version));
        return _systems[url] = system;
    }

    private static ConceptOrdinal Find(ICodeSystem system, string? code)
    {
        var found = TerminologyService.Find(system, system.Info.Url.Value, code!);
        if (found.Concept.Exists) return found.Concept;
        var text = Messages.UnknownCode(code!, system.Info.Url.Value, system.Info.Version);
        throw Invalid(TerminologyService.WhyNot(system, code!) is { } why ? $"{text}. {why}" : text, "Unknown_Code_in_Version");
    }

    /// <summary>The lines between what came after a version and all that was there before it.</summary>
    private List<ClosureRelation> Relations(ClosureTable whole, int since)
    {
        var relations = new List<ClosureRelation>();
        foreach (var entry in whole.Concepts)
        {
            scope.Cancel.ThrowIfCancellationRequested();
            var system = _systems[service.CanonicalSystem(entry.System)];
            var concept = Find(system, entry.Code);
            if (!_entered.TryGetValue(system, out var before)) _entered[system] = before = [];
            if (entry.Version > since) Relate(system, concept, entry, before, relations);
            before.Add((concept, entry));
        }
        return relations;
    }

    private static void Relate(ICodeSystem system, ConceptOrdinal concept, ClosureConcept entry, List<(ConceptOrdinal Concept, ClosureConcept Entry)> others, List<ClosureRelation> relations)
    {
        foreach (var (other, otherEntry) in others)
        {
            var (below, above) = (system.IsA(concept, other), system.IsA(other, concept));
            if (below) relations.Add(new(entry, otherEntry, above));
            else if (above) relations.Add(new(otherEntry, entry, false));
        }
    }

    private TerminologyException MustStartAnew(string why) => new(IssueType.BusinessRule, "CLOSURE_REINITIALIZE", ClosureMessages.Reinitialize(table.Name, why)) { Expression = "name" };

    private static TerminologyException Invalid(string text, string id) => new(IssueType.CodeInvalid, id, text) { Expression = "concept", TxIssueType = "invalid-code" };
}

using Terminology.Issues;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Impact;

/// <summary>
/// The codes that are new in a release, by what rows may find them by: a name that is the display of the row, or the axes that the row states. Read in one pass when the first row
/// asks. Likeness is no fact: names are equal in their normal form (<see cref="MeaningFingerprint"/>), or nothing is said.
/// </summary>
internal sealed class CloserTargets
{
    /// <summary>Axes of LOINC with the words by which a list may name them; the last one may be missing in a term.</summary>
    private static readonly (string Axis, string[] Names)[] Axes =
    [
        ("COMPONENT", ["component"]), ("PROPERTY", ["property"]), ("TIME_ASPCT", ["time", "time_aspct"]), ("SYSTEM", ["system"]), ("SCALE_TYP", ["scale", "scale_typ"]), ("METHOD_TYP", ["method", "method_typ"]),
    ];

    private readonly IReleaseFacts _before, _after;
    private readonly Lazy<(ILookup<string, NewConcept> ByName, ILookup<string, NewConcept> ByComponent)> _new;

    public CloserTargets(IReleaseFacts before, IReleaseFacts after)
    {
        (_before, _after) = (before, after);
        _new = new(() =>
        {
            NewConcept[] all = [.. after.NewSince(before).Where(concept => concept.Facts.IsActive && !concept.Facts.IsHeader)];
            return (By(all, concept => concept.Names), By(all, concept => Values(concept, Axes[0].Axis)));
        });
    }

    /// <summary>Whether a code is in the scope of the targets of the map; null: it has none.</summary>
    public Func<string, VersionedUrl, bool?>? InScope { get; init; }

    /// <summary>What is closer than a target: of the name or axes of the row where no target of it means the same, or what stands for a target that is discouraged or on trial.</summary>
    public IReadOnlyList<CloserTarget> For(ImpactSource row, RowTarget target, CodeChange change)
    {
        var others = row.Targets.Where(other => other.System == target.System).ToArray();
        CloserTarget[] successors = [.. Successors(row, target, change.After)];
        if (Array.Exists(others, other => other.Relationship == MapRelationship.Equivalent)) return successors;
        var tag = Tag((change.After ?? change.Before)?.FullName);
        return [.. successors, .. Like(row, concept => others.Length == 1 && successors.Length == 0 && Tag(concept.FullName) == tag).Where(closer => Array.TrueForAll(successors, one => one.Code != closer.Code))];
    }

    /// <summary>What a row without a target may get. Of concepts of several kinds (SNOMED CT) only the scope of the map says which kind is meant.</summary>
    public IReadOnlyList<CloserTarget> ForNone(ImpactSource row)
        => [.. Like(row, concept => Tag(concept.FullName) is null || InScope?.Invoke(concept.Code, _after.Release) == true)];

    private IEnumerable<CloserTarget> Successors(ImpactSource row, RowTarget target, ConceptFacts? after)
    {
        if (after is not { IsActive: true } now || !(now.IsDiscouraged || IsOnTrial(now))) yield break;
        var found = _after.Replacements(target.Code).Where(said => row.Targets.All(other => other.Code != said.Code) && !_before.MayBeUsed(said.Code) && _after.Find(said.Code) is { } concept && IsSettled(concept) && IsMeant(said.Code)).ToArray();
        foreach (var said in found)
        {
            yield return new(said.Code, said.Display, target.Relationship.Then(said.Relationship), found.Length == 1 && said.IsCertain, ImpactMessages.CloserSuccessor(target.Code, now.Status, said.Kind, said.Code, said.Display, said.Source));
        }
    }

    private IEnumerable<CloserTarget> Like(ImpactSource row, Func<ConceptFacts, bool> isOfItsKind)
    {
        var named = row.Display is { } display && Normal(display) is { Length: > 0 } name ? _new.Value.ByName[name] : [];
        var stated = Axes.Select(axis => row.Context.FirstOrDefault(pair => axis.Names.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).Value is { Length: > 0 } value ? Normal(value) : null).ToArray();
        // A component alone is no term: in which specimen it is measured must be said.
        var measured = stated[0] is { } component && stated[3] is not null ? _new.Value.ByComponent[component].Where(concept => Has(concept, stated)) : [];
        var found = named.Select(concept => (concept.Facts, IsWhole: Fits(concept, stated), Evidence: ImpactMessages.CloserName(concept.Facts.Code, concept.Facts.Display, row.Display!, _after.Release)))
            .Concat(measured.Select(concept => (concept.Facts, IsWhole: IsWhole(concept, stated), Evidence: ImpactMessages.CloserAxes(concept.Facts.Code, concept.Facts.Display, _after.Release))))
            .DistinctBy(one => one.Facts.Code).Where(one => row.Targets.All(target => target.Code != one.Facts.Code) && IsMeant(one.Facts.Code)).ToArray();
        foreach (var (concept, isWhole, evidence) in found) yield return new(concept.Code, concept.Display, MapRelationship.Equivalent, found.Length == 1 && isWhole && IsSettled(concept) && isOfItsKind(concept), evidence);
    }

    /// <summary>Is every axis that the row states that of the concept?</summary>
    private static bool Has(NewConcept concept, string?[] stated)
        => Axes.Index().All(axis => stated[axis.Index] is not { } value || Values(concept, axis.Item.Axis).Any(text => Normal(text) == value));

    /// <summary>Does no axis that the row states speak against a concept of its name? What has no axes has nothing against it.</summary>
    private static bool Fits(NewConcept concept, string?[] stated) => !Values(concept, Axes[0].Axis).Any() || Has(concept, stated);

    /// <summary>Does the row state all axes that the concept has, the five that every term has among them?</summary>
    private static bool IsWhole(NewConcept concept, string?[] stated)
        => Array.TrueForAll(stated[..^1], value => value is not null) && (stated[^1] is not null || !Values(concept, Axes[^1].Axis).Any(text => text.Length > 0));

    private static IEnumerable<string> Values(NewConcept concept, string axis)
        => concept.Facts.Meaning.Where(part => part.Name == axis).SelectMany(part => part.Display is null ? [part.Value] : new[] { part.Value, part.Display });

    private static ILookup<string, NewConcept> By(NewConcept[] all, Func<NewConcept, IEnumerable<string>> texts)
        => all.SelectMany(concept => texts(concept).Select(Normal).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal), (concept, text) => (text, concept)).ToLookup(pair => pair.text, pair => pair.concept, StringComparer.Ordinal);

    private bool IsMeant(string code) => InScope?.Invoke(code, _after.Release) != false;

    private static bool IsSettled(ConceptFacts concept) => concept is { IsActive: true, IsHeader: false, IsDiscouraged: false } && !IsOnTrial(concept);

    private static bool IsOnTrial(ConceptFacts concept) => string.Equals(concept.Status, "TRIAL", StringComparison.OrdinalIgnoreCase);

    /// <summary>The normal form of a name; empty when it has neither letter nor digit.</summary>
    private static string Normal(string name)
        => name.Any(char.IsLetterOrDigit) ? MeaningFingerprint.Of(new SourceRow { Key = "-", Code = "-", Displays = [new("", name)] }, null).Text : "";

    /// <summary>The semantic tag of a fully specified name, or null.</summary>
    private static string? Tag(string? name) => name is not null && name.EndsWith(')') && name.LastIndexOf('(') is > 0 and var open ? name[open..] : null;
}

using System.Text;
using Terminology.CodeSystems;
using Terminology.Mapping.Impact;

namespace Terminology.Server.Impact;

/// <summary>A release that is loaded, as impact looks at it.</summary>
/// <param name="system">Its code system.</param>
/// <param name="replacements">What is said of replacements in it.</param>
internal sealed class ReleaseFacts(ICodeSystem system, Replacements replacements) : IReleaseFacts
{
    private const string Definition = "definition", Module = "moduleId";

    private readonly string[] _names = [.. system.Info.Properties.Select(property => property.Code)];
    private readonly bool[] _carries = [.. system.Info.Properties.Select(property => MeaningNames.Carries(system.Info, property))];
    private readonly Lazy<HashSet<string>> _given = new(() => [Definition, .. system.Info.Properties.Where((property, at) => MeaningNames.Carries(system.Info, property) && system.WithProperty(at).Count > 0).Select(property => property.Code)]);

    public VersionedUrl Release { get; } = new(system.Info.Url.Value, system.Info.Version);

    public bool IsWhole => system.Info.Content == "complete";

    public bool IsClassification { get; } = MeaningNames.IsClassification(system.Info);

    IReadOnlySet<string> IReleaseFacts.MeaningNames => _given.Value;

    public ConceptFacts? Find(string code) => system.TryFind(Encoding.UTF8.GetBytes(code), out var concept) ? Facts(concept) : null;

    public bool MayBeUsed(string code) => system.TryFind(Encoding.UTF8.GetBytes(code), out var concept) && !system.Flags(concept).HasFlag(ConceptFlags.Inactive);

    public IEnumerable<NewConcept> NewSince(IReleaseFacts other)
    {
        foreach (var concept in system.Active)
        {
            if (!system.Flags(concept).HasFlag(ConceptFlags.Abstract) && !other.MayBeUsed(Code(concept))) yield return new(Facts(concept), WholeNames(concept));
        }
    }

    public IReadOnlyList<string> Broader(string code) => system.TryFind(Encoding.UTF8.GetBytes(code), out var concept) ? [.. system.Parents(concept).ToArray().Select(Code)] : [];

    public IEnumerable<ConceptFacts> Below(string code)
    {
        if (!system.TryFind(Encoding.UTF8.GetBytes(code), out var concept)) yield break;
        foreach (var below in system.DescendantsOrSelf(concept))
        {
            if (below != concept) yield return Facts(below);
        }
    }

    public IReadOnlyList<Replacement> Replacements(string code) => replacements.Of(code, this);

    /// <summary>The display of a code, or null.</summary>
    public string? Display(string code) => system.TryFind(Encoding.UTF8.GetBytes(code), out var concept) ? Display(concept) : null;

    private ConceptFacts Facts(ConceptOrdinal concept)
    {
        var flags = system.Flags(concept);
        var (fullName, definition) = Names(concept);
        var (meaning, status, module) = Properties(concept);
        if (definition is not null) meaning.Add(new(Definition, definition));
        return new()
        {
            Code = Code(concept),
            Display = Display(concept),
            IsActive = !flags.HasFlag(ConceptFlags.Inactive),
            IsHeader = flags.HasFlag(ConceptFlags.Abstract),
            IsDiscouraged = flags.HasFlag(ConceptFlags.Deprecated),
            Status = status,
            FullName = fullName,
            Module = module,
            Meaning = [.. meaning.OrderBy(part => part.Name, StringComparer.Ordinal).ThenBy(part => part.Value, StringComparer.Ordinal)],
            Narrower = IsClassification ? [.. system.Children(concept).ToArray().Select(child => new CodeName(Code(child), Display(child)))] : [],
        };
    }

    /// <summary>The names that mean the concept and not something within it.</summary>
    private List<string> WholeNames(ConceptOrdinal concept)
    {
        if (IsClassification || system.Info.Url == CodeSystemUri.Loinc) return Display(concept) is { } title ? [title] : [];
        var (range, names) = (system.Designations(concept), new List<string>());
        for (var i = range.Start; i < range.End; i++)
        {
            if (system.Designation(i) is var designation && designation.Active && designation.Use != DesignationUses.Definition && designation.Use != DesignationUses.TextDefinition) names.Add(Text(designation.Value));
        }
        return names;
    }

    private (string? FullName, string? Definition) Names(ConceptOrdinal concept)
    {
        string? fullName = null, definition = null;
        var range = system.Designations(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var designation = system.Designation(i);
            if (!designation.Active) continue;
            if (designation.Use.Code == DesignationUses.FullySpecifiedName.Code && designation.Use.System == DesignationUses.FullySpecifiedName.System && designation.Language is "" or "en") fullName ??= Text(designation.Value);
            else if (designation.Use.Code == DesignationUses.Definition.Code || designation.Use.Code == DesignationUses.TextDefinition.Code) definition ??= Text(designation.Value);
        }
        return (fullName, definition);
    }

    private (List<MeaningPart> Meaning, string? Status, string? Module) Properties(ConceptOrdinal concept)
    {
        var (meaning, status, module) = (new List<MeaningPart>(), (string?)null, (string?)null);
        var range = system.Properties(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var property = system.Property(i);
            var name = _names[property.Property];
            if (_carries[property.Property]) meaning.Add(new(name, Text(property.Value), property.Concept.Exists ? Display(property.Concept) : null));
            else if (name == Module) module = Text(property.Value);
            else if (name.Equals("status", StringComparison.OrdinalIgnoreCase)) status = Text(property.Value);
        }
        return (meaning, status, module);
    }

    private string Code(ConceptOrdinal concept) => Text(system.Code(concept));

    private string? Display(ConceptOrdinal concept) => system.Display(concept) is { IsEmpty: false } display ? Text(display) : null;

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}

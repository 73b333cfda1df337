using System.Text;
using Terminology.CodeSystems;
using Terminology.Mapping.Quality;

namespace Terminology.Server.Maps;

/// <summary>Reads what rules of quality ask of the concepts of one code system version.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TargetReader(ICodeSystem system)
{
    private const int MostNames = 200;

    private readonly Dictionary<string, int> _properties = system.Info.Properties.Select((property, i) => (property.Code, i)).DistinctBy(pair => pair.Code).ToDictionary(pair => pair.Code, pair => pair.i, StringComparer.Ordinal);
    private readonly string _url = system.Info.Url.Value;

    public ICodeSystem System => system;

    public bool TryFind(string code, out ConceptOrdinal concept) => system.TryFind(Encoding.UTF8.GetBytes(code), out concept);

    public TargetConcept Read(ConceptOrdinal concept)
    {
        var (names, full) = Names(concept);
        var (status, word) = StatusOf(concept);
        return new(_url, Text(system.Code(concept)), Text(system.Display(concept)))
        {
            Status = status,
            StatusWord = word,
            Names = names,
            SemanticTag = _url == CodeSystemUri.Snomed.Value ? TagOf(full ?? Text(system.Display(concept))) : null,
            Axes = _url == CodeSystemUri.Loinc.Value && full is not null ? LoincAxes.Parse(full) : null,
            Drug = _url == CodeSystemUri.RxNorm.Value ? new DrugReader(this).Read(concept) : null,
            Icd = _url.Contains("/icd-10", StringComparison.Ordinal) || _url.Contains("/icd-9", StringComparison.Ordinal) ? new IcdReader(this).Read(concept) : null,
            Notice = First(concept, "EXTERNAL_COPYRIGHT_NOTICE"),
            Depth = system.Parents(concept).Length == 0 ? null : DepthOf(concept),
        };
    }

    /// <summary>The LOINC term with exactly these axes, the one that is active and has the lowest code; null when there is none.</summary>
    public string? WithAxes(LoincAxes axes)
        => _url == CodeSystemUri.Loinc.Value && ByAxes.Value.TryGetValue(axes, out var concept) ? Text(system.Code(concept)) : null;

    private Lazy<Dictionary<LoincAxes, ConceptOrdinal>> ByAxes { get; } = new(() => Index(system));

    /// <summary>All terms by their axes; built when somebody first asks for a neighbour, some 100,000 entries in a release.</summary>
    private static Dictionary<LoincAxes, ConceptOrdinal> Index(ICodeSystem system)
    {
        var index = new Dictionary<LoincAxes, ConceptOrdinal>();
        foreach (var concept in system.Active)
        {
            if (system.Display(concept).StartsWith("Deprecated "u8)) continue; // as LOINC names them, whatever the list says of their status
            var range = system.Designations(concept);
            for (var i = range.Start; i < range.End; i++)
            {
                var designation = system.Designation(i);
                if (designation.Use.Code != "FullySpecifiedName" || LoincAxes.Parse(Text(designation.Value)) is not { } axes) continue;
                index.TryAdd(axes, concept);
                break;
            }
        }
        return index;
    }

    /// <summary>The values of a property, in order of the release.</summary>
    public IEnumerable<string> Values(ConceptOrdinal concept, string property)
    {
        if (!_properties.TryGetValue(property, out var index)) return [];
        var (range, values) = (system.Properties(concept), new List<string>());
        for (var i = range.Start; i < range.End; i++)
        {
            if (system.Property(i) is var view && view.Property == index) values.Add(Text(view.Value));
        }
        return values;
    }

    /// <summary>The concepts that are values of a property.</summary>
    public IEnumerable<ConceptOrdinal> Linked(ConceptOrdinal concept, string property)
    {
        if (!_properties.TryGetValue(property, out var index)) return [];
        var (range, values) = (system.Properties(concept), new List<ConceptOrdinal>());
        for (var i = range.Start; i < range.End; i++)
        {
            if (system.Property(i) is var view && view.Property == index && view.Concept.Exists) values.Add(view.Concept);
        }
        return values;
    }

    public string? First(ConceptOrdinal concept, string property) => Values(concept, property).FirstOrDefault();

    public static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>Active names, the display first; and the fully specified one, where there is one.</summary>
    private (IReadOnlyList<string> Names, string? Full) Names(ConceptOrdinal concept)
    {
        var (range, names, full) = (system.Designations(concept), new List<string>(), (string?)null);
        for (var i = range.Start; i < range.End && names.Count < MostNames; i++)
        {
            var designation = system.Designation(i);
            if (!designation.Active || designation.Use == DesignationUses.Definition) continue;
            var text = Text(designation.Value);
            if (full is null && designation.Use.Code is "FullySpecifiedName" or "900000000000003001") full = text;
            names.Add(text);
        }
        return (names, full);
    }

    private (TargetStatus Status, string? Word) StatusOf(ConceptOrdinal concept)
    {
        var (flags, word) = (system.Flags(concept), First(concept, "STATUS") ?? First(concept, "status"));
        if (flags.HasFlag(ConceptFlags.Inactive)) return (TargetStatus.Inactive, word);
        if (flags.HasFlag(ConceptFlags.Deprecated) || string.Equals(word, "TRIAL", StringComparison.OrdinalIgnoreCase)) return (TargetStatus.Discouraged, word);
        return flags.HasFlag(ConceptFlags.Abstract) || First(concept, "billable") == "false" ? (TargetStatus.Header, word) : (TargetStatus.Active, word);
    }

    private static string? TagOf(string name)
    {
        var open = name.EndsWith(')') ? name.LastIndexOf('(') : -1;
        return open > 0 ? name[(open + 1)..^1] : null;
    }

    private int DepthOf(ConceptOrdinal concept)
    {
        // The longest way up, by levels: few concepts have more than a hundred ancestors.
        var (depth, level) = (0, new HashSet<ConceptOrdinal> { concept });
        while (level.Count > 0 && depth < 100)
        {
            var above = new HashSet<ConceptOrdinal>();
            foreach (var at in level)
            {
                foreach (var parent in system.Parents(at)) above.Add(parent);
            }
            if (above.Count == 0) break;
            (level, depth) = (above, depth + 1);
        }
        return depth;
    }
}

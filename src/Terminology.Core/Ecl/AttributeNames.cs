using System.Runtime.CompilerServices;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Search;

namespace Terminology.Ecl;

/// <summary>Which properties of a SNOMED CT version are attributes, and which are identifiers in other schemes: both are named by the identifier of a concept.</summary>
internal sealed class AttributeNames
{
    private static readonly ConditionalWeakTable<ICodeSystem, AttributeNames> Known = [];

    private readonly ICodeSystem _system;
    private readonly Dictionary<string, int> _byCode = new(StringComparer.Ordinal);

    private AttributeNames(ICodeSystem system)
    {
        _system = system;
        IsAttribute = new bool[system.Info.Properties.Count];
        Concepts = new ConceptOrdinal[IsAttribute.Length];
        TerminologyService.TryFind(system, EclConcepts.IdentifierScheme, out var schemes);
        for (var i = 0; i < IsAttribute.Length; i++)
        {
            var property = system.Info.Properties[i];
            Concepts[i] = ConceptOrdinal.None;
            if (property.Code.Length == 0 || !char.IsAsciiDigit(property.Code[0])) continue;
            if (TerminologyService.TryFind(system, property.Code, out var concept)) Concepts[i] = concept;
            if (concept.Exists && schemes.Exists && property.Type == PropertyType.String && system.IsA(concept, schemes))
            {
                Schemes.Add(i);
                continue;
            }
            IsAttribute[i] = true;
            All.Add(i);
            _byCode[property.Code] = i;
        }
    }

    public static AttributeNames Of(ICodeSystem system) => Known.GetValue(system, static key => new(key));

    /// <summary>Properties that are attributes, ascending.</summary>
    public List<int> All { get; } = [];

    /// <summary>Properties that hold identifiers, one for each scheme.</summary>
    public List<int> Schemes { get; } = [];

    /// <summary>By property: is it an attribute?</summary>
    public bool[] IsAttribute { get; }

    /// <summary>By property: the concept that names it, or none.</summary>
    public ConceptOrdinal[] Concepts { get; }

    /// <summary>The attribute of this name; -1 when no concept has it.</summary>
    public int Find(string code) => _byCode.GetValueOrDefault(code, -1);

    /// <summary>Has a name of the scheme the alias as a word?</summary>
    public bool IsCalled(int scheme, string alias)
    {
        var wanted = TermFolding.Words(alias);
        var range = _system.Designations(Concepts[scheme]);
        for (var i = range.Start; i < range.End; i++)
        {
            var words = TermFolding.Words(Encoding.UTF8.GetString(_system.Designation(i).Value));
            if (wanted.All(words.Contains)) return true;
        }
        return false;
    }
}

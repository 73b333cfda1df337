using System.Runtime.InteropServices;
using Terminology.CodeSystems;
using Terminology.Operations;

namespace Terminology.ValueSets;

/// <summary>Members of one code system version: a set in hierarchy order, or an enumeration in its own order; or codings of a system that is not loaded.</summary>
internal sealed class MemberBlock
{
    private readonly ConceptOrdinal[] _listed = [];
    private readonly ConceptReference[] _references = [];
    private readonly Coding[] _unknown = [];
    private readonly bool _isList;
    private ConceptSet? _set;

    public MemberBlock(ICodeSystem system, ConceptSet set) => (System, _set) = (system, set);

    public MemberBlock(ICodeSystem system, ConceptOrdinal[] listed, ConceptReference[] references) => (System, _listed, _references, _isList) = (system, listed, references, true);

    public MemberBlock(Coding[] unknown) => _unknown = unknown;

    /// <summary>The code system; null when it is not loaded.</summary>
    public ICodeSystem? System { get; }

    /// <summary>Is it in the order of an enumeration?</summary>
    public bool IsList => _isList;

    public int Count => System is null ? _unknown.Length : _isList ? _listed.Length : _set!.Count;

    public ExpansionMember this[int index] => System is null
        ? new(null, ConceptOrdinal.None, null, _unknown[index])
        : _isList ? new(System, _listed[index], _references[index]) : new(System, _set![index]);

    /// <summary>The members as a set; empty when the code system is not loaded.</summary>
    public ConceptSet Set => _set ??= System is null ? ConceptSet.Empty : ConceptSet.FromOrdinals(MemoryMarshal.Cast<ConceptOrdinal, int>(_listed));

    /// <summary>What the value set says of a member when it enumerates it; or null.</summary>
    public ConceptReference? Reference(ConceptOrdinal concept) => Array.IndexOf(_listed, concept) is >= 0 and var at ? _references[at] : null;

    public MemberBlock And(ConceptSet set) => _isList ? Listed(set.Contains) : new(System!, Set.And(set));

    public MemberBlock Minus(ConceptSet set) => set.Count == 0 ? this : _isList ? Listed(concept => !set.Contains(concept)) : new(System!, Set.Minus(set));

    public MemberBlock Where(Func<ConceptOrdinal, bool> keep)
        => System is null ? this : _isList ? Listed(keep) : new(System, ConceptSet.FromSorted(Set.Where(keep).Select(concept => concept.Value).ToArray()));

    /// <summary>Codings of a system that is not loaded, less those that are listed.</summary>
    public MemberBlock Without(Func<Coding, bool> leaveOut) => new(Array.FindAll(_unknown, coding => !leaveOut(coding)));

    public IEnumerable<Coding> Unknown => _unknown;

    private MemberBlock Listed(Func<ConceptOrdinal, bool> keep)
    {
        var (concepts, references) = (new List<ConceptOrdinal>(_listed.Length), new List<ConceptReference>(_listed.Length));
        for (var i = 0; i < _listed.Length; i++)
        {
            if (!keep(_listed[i])) continue;
            concepts.Add(_listed[i]);
            references.Add(_references[i]);
        }
        return new(System!, [.. concepts], [.. references]);
    }
}

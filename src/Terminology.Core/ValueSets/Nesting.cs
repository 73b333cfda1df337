using Terminology.CodeSystems;
using Terminology.Operations;

namespace Terminology.ValueSets;

/// <summary>Members as the tree of their code system: each stands below its nearest ancestor that is a member, by its first parents; those without one are at the top.</summary>
internal sealed class Nesting
{
    private readonly ICodeSystem _system;
    private readonly ConceptSet _members;
    private readonly Dictionary<ConceptOrdinal, ConceptOrdinal> _homes = [];
    private readonly Dictionary<ConceptOrdinal, List<ConceptOrdinal>> _below = [];

    public Nesting(ICodeSystem system, ConceptSet members)
    {
        (_system, _members) = (system, members);
        foreach (var member in members)
        {
            var home = Above(member);
            if (!_below.TryGetValue(home, out var siblings)) _below[home] = siblings = [];
            siblings.Add(member);
        }
    }

    public IReadOnlyList<ExpansionMember> Members() => Below(ConceptOrdinal.None) ?? [];

    private ExpansionMember[]? Below(ConceptOrdinal home)
        => _below.TryGetValue(home, out var members) ? [.. members.Select(member => new ExpansionMember(_system, member) { Contains = Below(member) })] : null;

    /// <summary>The nearest member above, breadth before depth would cost more than it is worth: parent by parent.</summary>
    private ConceptOrdinal Above(ConceptOrdinal concept)
    {
        if (_homes.TryGetValue(concept, out var known)) return known;
        var home = ConceptOrdinal.None;
        foreach (var parent in _system.Parents(concept))
        {
            if (!_members.Contains(parent)) continue;
            home = parent;
            break;
        }
        foreach (var parent in _system.Parents(concept))
        {
            if (home.Exists) break;
            home = Above(parent);
        }
        return _homes[concept] = home;
    }
}

using System.Text;
using Terminology.CodeSystems;
using Terminology.Ecl;

namespace Terminology.Expressions;

/// <summary>What the concepts of a release are defined by, and what expressions over them say; read once each.</summary>
/// <param name="release">The SNOMED CT version.</param>
/// <param name="isNeverGrouped">Does the concept model forbid to group an attribute?</param>
/// <remarks>One thread.</remarks>
internal sealed class Definitions(ICodeSystem release, Predicate<ConceptOrdinal> isNeverGrouped)
{
    private readonly Dictionary<ConceptOrdinal, MeaningGroup[]> _groups = [];
    private readonly Dictionary<ConceptOrdinal, Meaning> _concepts = [];
    private readonly AttributeNames _names = AttributeNames.Of(release);
    private readonly int _sufficientlyDefined = IndexOf(release, "sufficientlyDefined");

    public ICodeSystem Release => release;

    /// <summary>A concept by its identifier, which is known to exist.</summary>
    public ConceptOrdinal Find(string id) => TerminologyService.TryFind(release, id, out var concept) ? concept : ConceptOrdinal.None;

    /// <summary>What an expression says; all its concepts exist.</summary>
    public Meaning Of(SnomedExpression expression) => new(
        [.. expression.Focus.Select(concept => Find(concept.Id)).Distinct()],
        [.. expression.Groups.SelectMany((group, index) => Units([.. group.Select(Of)], index > 0))],
        expression.Status == DefinitionStatus.SubtypeOf);

    public Meaning Of(ConceptOrdinal concept) => _concepts.TryGetValue(concept, out var known) ? known : _concepts[concept] = new([concept], []);

    /// <summary>The attributes of a concept of the release, inherited ones included as far as the release has them.</summary>
    public MeaningGroup[] Groups(ConceptOrdinal concept) => _groups.TryGetValue(concept, out var known) ? known : _groups[concept] = [.. Read(concept)];

    /// <summary>Does the definition of a concept make it: does everything that fulfils it fall under the concept?</summary>
    public bool IsDefined(ConceptOrdinal concept)
    {
        if (_sufficientlyDefined < 0) return false;
        var range = release.Properties(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            if (release.Property(i) is var property && property.Property == _sufficientlyDefined) return property.Value.SequenceEqual("true"u8);
        }
        return false;
    }

    public static int IndexOf(ICodeSystem release, string property)
    {
        for (var i = 0; i < release.Info.Properties.Count; i++)
        {
            if (release.Info.Properties[i].Code == property) return i;
        }
        return -1;
    }

    private MeaningAttribute Of(ExpressionAttribute attribute)
    {
        var name = Find(attribute.Name.Id);
        if (attribute.Literal is { } literal) return new(name, ConceptOrdinal.None, null, literal);
        if (attribute.Concept is { } concept) return new(name, Find(concept.Id), null, null);
        var nested = Of(attribute.Expression!);
        return nested is { Focus: [var only], Groups: [] } ? new(name, only, null, null) : new(name, ConceptOrdinal.None, nested, null);
    }

    private IEnumerable<MeaningGroup> Read(ConceptOrdinal concept)
    {
        var attributes = new List<(int Group, MeaningAttribute Attribute)>();
        var range = release.Properties(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var property = release.Property(i);
            if (!_names.IsAttribute[property.Property] || !_names.Concepts[property.Property].Exists) continue;
            ConcreteValue? literal = property.Concept.Exists ? null : ConcreteValue.Stored(release.Info.Properties[property.Property].Type, Encoding.UTF8.GetString(property.Value));
            attributes.Add((property.Group, new(_names.Concepts[property.Property], property.Concept, null, literal)));
        }
        return attributes.GroupBy(attribute => attribute.Group).SelectMany(group => Units([.. group.Select(attribute => attribute.Attribute)], group.Key != 0));
    }

    /// <summary>What stands outside groups is a group of its own, and what is never grouped stands alone wherever it is written.</summary>
    private IEnumerable<MeaningGroup> Units(MeaningAttribute[] attributes, bool grouped)
    {
        if (!grouped) return attributes.Select(Alone);
        var together = attributes.Where(attribute => !isNeverGrouped(attribute.Name)).ToArray();
        var alone = together.Length == attributes.Length ? [] : attributes.Where(attribute => isNeverGrouped(attribute.Name)).Select(Alone);
        return together.Length == 0 ? alone : alone.Append(new(together, true));
    }

    private MeaningGroup Alone(MeaningAttribute attribute) => new([attribute], !isNeverGrouped(attribute.Name));
}

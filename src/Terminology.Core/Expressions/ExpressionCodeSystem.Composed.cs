using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Snomed;

namespace Terminology.Expressions;

/// <summary>How expressions come in: read, checked, and described by what is said of their focus and by their own attributes.</summary>
internal sealed partial class ExpressionCodeSystem
{
    /// <summary>What attributes must be: concept model attribute, linkage concept.</summary>
    private static readonly string[] AttributeRoots = ["410662002", "106237007"];

    private const int MostTold = 5;

    private ConceptModel Model => field ??= ConceptModel.Of(_release);

    private Definitions Definitions => field ??= new(_release, Model.IsNeverGrouped);

    private ExpressionLogic Logic => field ??= new(Definitions);

    private ExpressionPlace Place => field ??= new(Definitions, Logic);

    /// <summary>An expression and what it says.</summary>
    internal sealed record Expression(Meaning Meaning, IReadOnlyList<string> Warnings)
    {
        public ConceptOrdinal[]? Parents { get; set; }

        public ConceptOrdinal[]? Children { get; set; }
    }

    /// <summary>Why a text is no expression of this _release; null when it is one, or does not look like one.</summary>
    public string? Explain(string code)
    {
        if (!SnomedExpression.IsLike(code)) return null;
        var (expression, fault) = ExpressionParser.Parse(code);
        return fault ?? Unfit(expression!) ?? (OutOfModel(expression!, code).Errors is { Count: > 0 } broken ? string.Join("; ", broken.Take(MostTold)) : null);
    }

    /// <summary>What of an expression goes against optional rules of the concept model; empty for a concept.</summary>
    public IReadOnlyList<string> Warnings(ConceptOrdinal concept) => Own(concept)?.Warnings ?? [];

    /// <summary>Which identifier of an expression cannot be right, and what shows it; null when it has none such.</summary>
    public static string? Mistyped(string code)
        => ExpressionParser.Parse(code).Expression?.Concepts().Select(named => IdentifierFault(named.Code)).FirstOrDefault(fault => fault is not null);

    private static string? IdentifierFault(string id)
    {
        var digits = Encoding.UTF8.GetBytes(id);
        if (!CheckDigit.Verhoeff(digits)) return ExpressionMessages.CheckDigit(id);
        return Sctid.TryParse(digits, SctidPartition.Concept, out _) ? null : ExpressionMessages.NoConceptIdentifier(id);
    }

    /// <summary>The normal form of an expression, or the definition of a concept; without terms.</summary>
    public SnomedExpression Normal(ConceptOrdinal concept) => Own(concept) is { } entry ? Logic.Normal.Of(entry.Meaning) : Logic.Normal.Of(concept);

    protected override ConceptOrdinal Compose(string code)
    {
        if (_found.TryGetValue(code, out var known)) return known;
        if (!SnomedExpression.IsLike(code) || ExpressionParser.Parse(code).Expression is not { } expression || Unfit(expression) is not null) return ConceptOrdinal.None;
        var (errors, warnings) = OutOfModel(expression, code);
        if (errors.Count > 0) return ConceptOrdinal.None;
        var meaning = Definitions.Of(expression);
        var display = new OwnDesignation("en-US", DesignationUses.Unspecified, Encoding.UTF8.GetBytes(ExpressionWriter.Write(expression, Named)));
        return _found[code] = Add(new(meaning, warnings), code, [display], PropertiesOf(expression, meaning));
    }

    private string? Unfit(SnomedExpression expression)
    {
        foreach (var (code, isAttribute) in expression.Concepts())
        {
            if (Definitions.Find(code) is not { Exists: true } concept) return ExpressionMessages.NotFound(code);
            if (isAttribute && !AttributeRoots.Any(root => Definitions.Find(root) is { Exists: true } top && _release.IsA(concept, top))) return ExpressionMessages.NoAttribute(code, AttributeRoots);
        }
        return null;
    }

    private (IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings) OutOfModel(SnomedExpression expression, string code)
        => Model.IsComplete ? new ConceptModelCheck(Model, Definitions, Named, code).Run(expression) : ([], []);

    /// <summary>What is said of its first focus concept, the attributes of the others, and its own.</summary>
    private List<OwnProperty> PropertiesOf(SnomedExpression expression, Meaning meaning)
    {
        var found = new List<OwnProperty>();
        var (names, free) = (Ecl.AttributeNames.Of(_release), 0);
        foreach (var focus in meaning.Focus)
        {
            var range = _release.Properties(focus);
            for (var i = range.Start; i < range.End; i++)
            {
                var property = _release.Property(i);
                if (focus == meaning.Focus[0] || names.IsAttribute[property.Property]) found.Add(new(property.Property, property.Group == 0 ? 0 : free + property.Group, property.Value.ToArray(), property.Concept));
            }
            // The groups of one are none of the next.
            free = found.Count == 0 ? 0 : found.Max(property => property.Group);
        }
        var defined = Definitions.IndexOf(_release, "sufficientlyDefined");
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].Property == defined) found[i] = found[i] with { Value = meaning.IsSubtype ? "false"u8.ToArray() : "true"u8.ToArray() };
        }
        for (var group = 0; group < expression.Groups.Count; group++)
        {
            foreach (var attribute in expression.Groups[group])
            {
                var (index, value) = (names.Find(attribute.Name.Id), (attribute.Concept ?? attribute.Expression?.Focus[0])?.Id);
                if (index >= 0) found.Add(new(index, group == 0 ? 0 : free + group, Encoding.UTF8.GetBytes(value ?? attribute.Literal!.Value.Text), value is null ? ConceptOrdinal.None : Definitions.Find(value)));
            }
        }
        return found;
    }

    private string Named(NamedConcept concept) => Encoding.UTF8.GetString(_release.Display(Definitions.Find(concept.Id)));
}

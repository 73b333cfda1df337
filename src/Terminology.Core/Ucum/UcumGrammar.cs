using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Ucum;

/// <summary>UCUM as a code system: every unit expression is a code, its display is the code itself.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/ucum.html">UCUM</see>: filters <c>canonical</c> and <c>property</c>; no subsumption, so that two codes are the same only when they mean the same.</remarks>
internal sealed class UcumGrammar(UcumUnits units) : CodeGrammar
{
    private const int CanonicalProperty = 0, FactorProperty = 1, QuantityProperty = 2;

    private static readonly PropertyDefinition[] Definitions =
    [
        new("canonical", PropertyType.String, Description: "The unit in base units, without factor: units with the same are comparable") { IsDerived = true },
        new("factor", PropertyType.String, Description: "How many of the canonical unit one of it is; with the function where it is a special unit") { IsDerived = true },
        new("property", PropertyType.String, Description: "The kind of quantity that the unit measures") { IsDerived = true },
    ];

    public UcumUnits Units => units;

    public override string Representative => "http://hl7.org/fhir/ValueSet/ucum-common";

    public override IReadOnlyList<string> Listed { get; } = [.. units.Table.Units.Select(unit => unit.Code)];

    /// <summary>UCUM over the code system that a release of the essence is stored as.</summary>
    public static GrammarCodeSystem Over(ICodeSystem essence) => Of(essence.Info, UcumTable.Of(essence));

    public static GrammarCodeSystem Of(CodeSystemInfo info, UcumTable table) => new(
        info with { Content = "complete", Compositional = true, HierarchyMeaning = null, Language = "en", ValueSet = "http://unitsofmeasure.org/vs", Properties = Definitions },
        new UcumGrammar(new(table)));

    public override ComposedCode? Read(string code)
    {
        if (UcumParser.Parse(units.Table, code).Term is not { } term) return null;
        var canonical = units.CanonicalOf(term);
        return new(code, code)
        {
            Designations = [new("en", DesignationUses.Unspecified, UcumAnalysis.Of(term)), .. OtherNames(term)],
            Properties = [(CanonicalProperty, canonical.Text), (FactorProperty, string.Join(' ', canonical.Functions.Append(canonical.Factor.ToString()))), .. Quantities(term)],
        };
    }

    public override string? Explain(string code) => units.Explain(code);

    /// <summary>The same unit written in another way: equal factor, powers and remarks. Special units are only the same when written alike.</summary>
    public override bool IsA(string code, string ancestor)
    {
        if (code == ancestor) return true;
        var (one, other) = (units.Parse(code), units.Parse(ancestor));
        var (a, b) = (units.CanonicalOf(one), units.CanonicalOf(other));
        return a.IsComparable(b) && a.Factor == b.Factor && a.Functions.Count + b.Functions.Count == 0 && Remarks(one).SequenceEqual(Remarks(other), StringComparer.Ordinal);
    }

    public override string FilterValue(string property, string value) => property == "canonical" && units.IsValid(value) ? units.Canonical(value) : value;

    public override string? ExplainFilter(string code, string property, string value)
        => property == "canonical" && units.IsValid(code) && units.Canonical(code) is var own && own != FilterValue(property, value) ? UcumMessages.NotCanonical(code, own, value) : null;

    /// <summary>What people call a plain unit, beyond its first name; for search.</summary>
    private static IEnumerable<ComposedCode.DesignationEntry> OtherNames(UcumTerm term)
        => term is UcumTerm.Symbol { Prefix: null, Exponent: 1, Annotation: null } symbol
            ? symbol.Unit.Names.Append(symbol.Unit.PrintSymbol).OfType<string>().Where(name => name.Length > 0).Distinct().Select(name => new ComposedCode.DesignationEntry("en", DesignationUses.Synonym, name))
            : [];

    private static IEnumerable<(int, string)> Quantities(UcumTerm term)
        => term is UcumTerm.Symbol { Exponent: 1 } symbol ? symbol.Unit.Quantities.Select(quantity => (QuantityProperty, quantity)) : [];

    private static IEnumerable<string> Remarks(UcumTerm term) => term switch
    {
        UcumTerm.Symbol { Annotation: { } remark } => [remark],
        UcumTerm.Number { Annotation: { } remark } => [remark],
        UcumTerm.Remark remark => [remark.Text],
        UcumTerm.Group group => group.Annotation is { } own ? Remarks(group.Inner).Append(own) : Remarks(group.Inner),
        UcumTerm.Product product => (product.Left is null ? [] : Remarks(product.Left)).Concat(Remarks(product.Right)),
        _ => [],
    };
}

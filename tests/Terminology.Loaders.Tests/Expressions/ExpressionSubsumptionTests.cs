using System.Text;
using Terminology.Expressions;
using Terminology.Loaders.Rf2;

namespace Terminology.Loaders.Expressions;

/// <summary>How expressions stand to one another and to the concepts, example by example.</summary>
public sealed class ExpressionSubsumptionTests
{
    private const string Root = TinySnomed.Root, Site = "363698007", Morphology = "116676008", Strength = "1142135004";

    private static readonly string Disease = C(1), Ulcer = C(2), Infection = C(3), StomachUlcer = C(4), UlcerDefined = C(5), Body = C(10), Stomach = C(11), Antrum = C(12), Side = C(13), Left = C(14), Wound = C(20), DeepWound = C(21), Laterality = C(30), Marked = C(31);

    private ImportedRelease _release = null!;
    private ExpressionCodeSystem _system = null!;

    [OneTimeSetUp]
    public void Load()
    {
        var tiny = new TinySnomed();
        foreach (var (child, parent) in new[]
        {
            (Root, ""), ("410662002", Root), (Site, "410662002"), (Morphology, "410662002"), (Strength, "410662002"), (Laterality, "410662002"), (Marked, "410662002"),
            (Disease, Root), (Ulcer, Disease), (Infection, Disease), (Body, Root), (Stomach, Body), (Antrum, Stomach), (Side, Root), (Left, Side), (Wound, Root), (DeepWound, Wound),
        })
        {
            tiny.Add(child, child);
            if (parent.Length > 0) tiny.IsA(child, parent);
        }
        // Any disease with a wound of a site; and one of the stomach.
        tiny.Add(UlcerDefined, "ulcerated", definitionStatus: ExpressionWorld.Defined).IsA(UlcerDefined, Disease).Link(UlcerDefined, Morphology, Wound, 1);
        tiny.Add(StomachUlcer, "stomach ulcer", definitionStatus: ExpressionWorld.Defined).IsA(StomachUlcer, UlcerDefined).Link(StomachUlcer, Morphology, Wound, 1).Link(StomachUlcer, Site, Stomach, 1);
        tiny.Value(Ulcer, Strength, "#9", 1).Value(Ulcer, Marked, "\"mark\"", 1).Link(Left, Laterality, Left);
        _release = tiny.Load();
        _system = new(_release.System);
    }

    [OneTimeTearDown]
    public void Close() => _release.Dispose();

    // A refinement narrows; what it says may be said more exactly.
    [TestCase("Disease:Site=Antrum", "Disease:Site=Stomach", "below")]
    [TestCase("Disease:Site=Antrum", "Disease:{Site=Stomach}", "below")]
    [TestCase("Disease:{Site=Stomach}", "Disease:Site=Stomach", "same")]
    [TestCase("Ulcer:Site=Antrum", "Disease:Site=Stomach", "below")]
    [TestCase("Disease:Site=Stomach", "Infection:Site=Stomach", "above")]
    [TestCase("Disease:{Site=Antrum,Morphology=Wound}", "Disease:{Site=Stomach},{Morphology=Wound}", "below")]
    [TestCase("Disease:{Site=Stomach},{Morphology=Wound}", "Disease:{Site=Stomach,Morphology=Wound}", "above")]
    [TestCase("Disease:Site=Stomach,Morphology=Wound", "Disease:{Site=Stomach},{Morphology=Wound}", "same")]
    [TestCase("Disease:Site=Stomach,Site=Antrum", "Disease:Site=Antrum", "same")]
    // All focus concepts count.
    [TestCase("Ulcer+Infection", "Ulcer", "below")]
    [TestCase("Ulcer+Infection", "Infection+Ulcer", "same")]
    [TestCase("Ulcer+Disease", "Ulcer", "same")]
    [TestCase("Ulcer+Infection", "Ulcer+Infection:Site=Stomach", "above")]
    // Nested values count with all they say.
    [TestCase("Disease:Site=(Stomach:Laterality=Left)", "Disease:Site=Stomach", "below")]
    [TestCase("Disease:Site=(Stomach:Laterality=Left)", "Disease:Site=(Body:Laterality=Side)", "below")]
    [TestCase("Disease:Site=(Stomach:Laterality=Left)", "Disease:Site=Antrum", "none")]
    [TestCase("Disease:Site=(Stomach+Side)", "Disease:Site=Side", "below")]
    [TestCase("Disease:Site=(Stomach+Side)", "Disease:Site=Stomach", "below")]
    [TestCase("Disease:Site=(Stomach)", "Disease:Site=Stomach", "same")]
    [TestCase("Disease:Site=(Stomach:Laterality=(Side:Laterality=Left))", "Disease:Site=(Stomach:Laterality=(Side:Laterality=Side))", "below")]
    // Concrete values.
    [TestCase("Disease:Strength=#5", "Disease:Strength=#5.0", "same")]
    [TestCase("Disease:Strength=#5", "Disease:Strength=#6", "none")]
    [TestCase("Disease:Strength=#5", "Disease:Strength=\"5\"", "none")]
    [TestCase("Disease:Marked=\"mark\"", "Disease:Marked=\"Mark\"", "none")]
    [TestCase("Disease:Marked=TRUE", "Disease:Marked=true", "same")]
    [TestCase("Disease:Marked=true", "Disease:Marked=false", "none")]
    [TestCase("Ulcer", "Disease:{Strength=#9.0,Marked=\"mark\"}", "below")]
    // Sufficiently defined concepts have below them what fulfils their definition.
    [TestCase("Disease:{Site=Antrum,Morphology=DeepWound}", "StomachUlcer", "below")]
    [TestCase("Disease:{Site=Stomach,Morphology=Wound}", "StomachUlcer", "same")]
    [TestCase("Disease:{Site=Antrum},{Morphology=DeepWound}", "StomachUlcer", "none")]
    [TestCase("Disease:{Site=Antrum},{Morphology=DeepWound}", "UlcerDefined", "below")]
    [TestCase("Disease:Site=Stomach", "Ulcer", "none")]
    // Below a mere subtype is nothing but itself.
    [TestCase("<<<Disease:Site=Stomach", "<<<Disease:{Site=Stomach}", "same")]
    [TestCase("<<<Disease:Site=Stomach,Site=Body", "<<<Disease:Site=Stomach", "same")]
    [TestCase("<<<Disease:Site=Stomach", "===Disease:Site=Stomach", "below")]
    [TestCase("<<<Disease:Site=Antrum", "<<<Disease:Site=Stomach", "none")]
    [TestCase("===Disease:Site=Stomach", "Disease:Site=Stomach", "same")]
    public void IsA_TwoExpressions_StandAsExpected(string one, string other, string expected)
    {
        var (first, second) = (Find(one), Find(other));
        var outcome = (_system.IsA(first, second), _system.IsA(second, first)) switch
        {
            (true, true) => "same",
            (true, false) => "below",
            (false, true) => "above",
            _ => "none",
        };
        Assert.That(outcome, Is.EqualTo(expected));
    }

    [TestCase("Disease:Site=Antrum", "Disease")]
    [TestCase("Ulcer+Infection", "Ulcer Infection")]
    [TestCase("Ulcer+Disease", "Ulcer")]
    [TestCase("Disease:{Site=Antrum,Morphology=DeepWound}", "StomachUlcer")]
    [TestCase("Infection:{Site=Antrum,Morphology=DeepWound}", "Infection StomachUlcer")]
    [TestCase("Disease:{Site=(Antrum:Laterality=Left),Morphology=DeepWound}", "StomachUlcer")]
    [TestCase("<<<Disease:Morphology=Wound", "UlcerDefined")]
    public void Parents_AreTheMostSpecificConceptsAbove(string expression, string parents)
        => Assert.That(_system.Parents(Find(expression)).ToArray().Select(parent => Encoding.UTF8.GetString(_system.Code(parent))), Is.EquivalentTo(parents.Split(' ').Select(Coded)));

    [TestCase("Disease:Morphology=Wound", "StomachUlcer")]
    [TestCase("Disease:Site=Body", "StomachUlcer")]
    [TestCase("Disease:Strength=#9.00", "Ulcer")]
    [TestCase("Disease:Strength=#8", "")]
    [TestCase("Disease+Disease", "Infection Ulcer UlcerDefined")]
    [TestCase("<<<Disease:Morphology=Wound", "")]
    public void Children_AreTheConceptsRightBelow(string expression, string children)
        => Assert.That(_system.Children(Find(expression)).ToArray().Select(child => Encoding.UTF8.GetString(_system.Code(child))), Is.EquivalentTo(children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Coded)));

    private CodeSystems.ConceptOrdinal Find(string expression)
        => _system.TryFind(Encoding.UTF8.GetBytes(Coded(expression)), out var found) ? found : throw new InvalidOperationException(_system.Explain(Coded(expression)));

    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["Disease"] = Disease, ["Ulcer"] = Ulcer, ["Infection"] = Infection, ["StomachUlcer"] = StomachUlcer, ["UlcerDefined"] = UlcerDefined, ["Body"] = Body, ["Stomach"] = Stomach, ["Antrum"] = Antrum,
        ["Side"] = Side, ["Left"] = Left, ["Wound"] = Wound, ["DeepWound"] = DeepWound, ["Site"] = Site, ["Morphology"] = Morphology, ["Strength"] = Strength, ["Laterality"] = Laterality, ["Marked"] = Marked,
    };

    /// <summary>With the code of each name.</summary>
    private static string Coded(string text) => System.Text.RegularExpressions.Regex.Replace(text, "[A-Z][A-Za-z]+", match => Codes.GetValueOrDefault(match.Value, match.Value));

    private static string C(int number) => TinySnomed.Concept(number);
}

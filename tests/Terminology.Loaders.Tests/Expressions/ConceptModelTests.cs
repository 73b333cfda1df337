using System.Text;
using Terminology.CodeSystems;
using Terminology.Expressions;
using Terminology.Issues;
using Terminology.Loaders.Rf2;
using Terminology.Operations;

namespace Terminology.Loaders.Expressions;

/// <summary>The concept model of a release: read from its files, and what it says of expressions.</summary>
public sealed class ConceptModelTests
{
    private const string Site = "363698007", Morphology = "116676008", Strength = "1142135004";

    private static readonly string Finding = C(1), Wound = C(2), Procedure = C(3), Body = C(10), Stomach = C(11), Hand = C(12), Side = C(13), Left = C(14), Shape = C(20), Ulcer = C(21), Laterality = C(30), Unruled = C(31), Product = C(40), Form = C(41), Complete = C(42);

    [Test]
    public void Files_OfAllFourKinds_AreReferenceSetsWithTheirColumns()
    {
        using var release = Tiny().Scope(TinySnomed.Core, TinyConceptModel.Domains).Load();
        var sets = release.System.Refsets!.All.Where(set => set.Type == RefsetType.Mrcm).ToDictionary(set => set.Id, set => (set.Pattern, set.Columns.Count));
        Assert.That(release.Problems, Is.Empty);
        Assert.That(sets, Is.EqualTo(new Dictionary<string, (string, int)>
        {
            [TinyConceptModel.Domains] = ("sssssss", 7), [TinyConceptModel.AttributeDomains] = ("cisscc", 6), [TinyConceptModel.AttributeRanges] = ("sscc", 4), [TinyConceptModel.Scopes] = ("c", 1),
        }));
        Assert.That(release.System.Refsets.Rows(TinyConceptModel.AttributeDomains).First().Fields, Is.EqualTo(new[] { Finding, "1", "0..*", "0..1", TinyConceptModel.Mandatory, TinyConceptModel.All }));
    }

    [TestCase("Wound:Site=Stomach")]
    [TestCase("Wound:{Site=Stomach,Morphology=Ulcer}")]
    [TestCase("Wound:{Site=Stomach},{Site=Hand}")]
    [TestCase("Wound+Procedure:Site=Stomach")]
    [TestCase("Wound:Site=(Hand:Laterality=Left)")]
    [TestCase("Wound:{Site=(Hand+Stomach)}")]
    [TestCase("Hand:Laterality=Left")]
    [TestCase("Product:Form=Shape,{Strength=#0.5}")]
    [TestCase("Complete:{Strength=#1}")]
    [TestCase("===Wound")]
    public void Explain_WithinTheModel_HasNothing(string expression)
    {
        using var release = Tiny().Load();
        Assert.That(new ExpressionCodeSystem(release.System).Explain(Coded(expression)), Is.Null);
    }

    [TestCase("Procedure:Site=Stomach", "Attribute Site|site| does not go with Procedure|procedure|: its domain in the concept model (MRCM) is << Finding |finding|")]
    [TestCase("Wound:Site=Side", "Side|side| is no value of attribute Site|site|: its range in the concept model (MRCM) is << Body |body|")]
    [TestCase("Wound:Site=(Side:Laterality=Left)", "(Side|side|:Laterality|laterality|=Left|left|) is no value of attribute Site|site|: its range in the concept model (MRCM) is << Body |body|; Attribute Laterality|laterality| does not go with Side|side|: its domain in the concept model (MRCM) is << Body |body|")]
    [TestCase("Wound:Site=(Hand:Laterality=Body)", "Body|body| is no value of attribute Laterality|laterality|: its range in the concept model (MRCM) is << Side |side|")]
    [TestCase("Wound:Site=#5", "#5 is no value of attribute Site|site|: its range in the concept model (MRCM) is << Body |body|")]
    [TestCase("Hand:{Laterality=Left}", "Attribute Laterality|laterality| is never grouped in the domain Body of the concept model (MRCM): it stands before the groups")]
    [TestCase("Hand:Laterality=Left,Laterality=Side", "Attribute Laterality|laterality| stands 2 times in the expression: its cardinality in the concept model (MRCM) is 0..1")]
    [TestCase("Wound:{Site=Stomach,Site=Hand}", "Attribute Site|site| stands 2 times in one group: its cardinality in a group is 0..1 in the concept model (MRCM)")]
    [TestCase("Wound:Unruled=Stomach", "Attribute Unruled|unruled| has no place in post-coordinated expressions: the concept model (MRCM) has no domain for it")]
    [TestCase("Complete:{Strength=#0}", "#0 is no value of attribute Strength|strength|: its range in the concept model (MRCM) is dec(>#0..)")]
    [TestCase("Complete:{Strength=Side}", "Side|side| is no value of attribute Strength|strength|: its range in the concept model (MRCM) is dec(>#0..)")]
    [TestCase("Product:{Strength=#1}", "Attribute Form|form| is missing: its cardinality is 1..1 for << Product |product| in the concept model (MRCM)")]
    public void Explain_AgainstTheModel_SaysWhichAttributeWhichRuleAndWhatIsAllowed(string expression, string fault)
    {
        using var release = Tiny().Load();
        var system = new ExpressionCodeSystem(release.System);
        Assert.That(system.Explain(Coded(expression)), Is.EqualTo(Coded(fault)));
        Assert.That(system.TryFind(Encoding.UTF8.GetBytes(Coded(expression)), out _), Is.False);
    }

    [Test]
    public void RulesOfPrecoordinatedContent_AreNone()
    {
        using var release = Tiny().InDomain(Site, Procedure, content: TinyConceptModel.Precoordinated).InDomain(Site, Side, content: TinyConceptModel.NewPrecoordinated)
            .Range(Site, $"<< {Side}", content: TinyConceptModel.Precoordinated).InDomain(Unruled, Finding, content: TinyConceptModel.Postcoordinated).Load();
        var system = new ExpressionCodeSystem(release.System);
        Assert.That(system.Explain(Coded("Procedure:Site=Stomach")), Does.Contain("does not go with"));
        Assert.That(system.Explain(Coded("Wound:Site=Side")), Does.Contain("is no value"));
        Assert.That(system.Explain(Coded("Wound:Unruled=Side")), Is.Null);
    }

    [Test]
    public void InactiveRules_AreNone()
    {
        using var release = Tiny().InDomain(Site, Procedure, active: false).Range(Site, $"<< {Side}", active: false).Load();
        Assert.That(new ExpressionCodeSystem(release.System).Explain(Coded("Procedure:Site=Side")), Does.Contain("does not go with").And.Contain("is no value"));
    }

    [Test]
    public void SeveralDomains_OneIsEnough()
    {
        using var release = Tiny().InDomain(Site, Procedure, grouped: false).Load();
        var system = new ExpressionCodeSystem(release.System);
        Assert.That(system.Explain(Coded("Procedure:Site=Stomach")), Is.Null);
        Assert.That(system.Explain(Coded("Procedure:{Site=Stomach}")), Does.Contain("never grouped"));
        Assert.That(system.Explain(Coded("Procedure+Wound:{Site=Stomach}")), Is.Null);
    }

    [Test]
    public void OptionalRules_Warn()
    {
        using var release = Tiny().InDomain(Laterality, Hand, grouped: false, times: "0..1", strength: TinyConceptModel.Optional).Load();
        var system = new ExpressionCodeSystem(release.System);
        Assert.That(system.TryFind(Encoding.UTF8.GetBytes(Coded("Stomach:Laterality=Left")), out var stomach), Is.True);
        Assert.That(system.TryFind(Encoding.UTF8.GetBytes(Coded("Hand:Laterality=Left")), out var hand), Is.True);
        Assert.That(system.Warnings(stomach), Is.EqualTo(new[] { Coded("Attribute Laterality|laterality| does not go with Stomach|stomach|: its domain in the concept model (MRCM) is << Hand") }));
        Assert.That(system.Warnings(hand), Is.Empty);
        var answer = release.Service.ValidateCode(new(new([new(CodeSystemUri.Snomed.Value, Coded("Stomach:Laterality=Left"))]), CodeForm.Code), new());
        Assert.That(answer.Result, Is.True);
        Assert.That(answer.Issues.Select(issue => (issue.Severity, issue.MessageId)), Is.EqualTo(new[] { (IssueSeverity.Warning, "MRCM_OPTIONAL_RULE") }));
    }

    [Test]
    public void PartOfAModel_RefusesNothing()
    {
        using var release = Tiny(withDomains: false).Load();
        Assert.That(new ExpressionCodeSystem(release.System).Explain(Coded("Procedure:Site=Side")), Is.Null);
    }

    [Test]
    public void ModuleScope_SaysWhichReferenceSetsHold()
    {
        var other = C(70);
        using var release = Tiny().InDomain(Site, Procedure, refset: other).Scope(TinySnomed.Core, TinyConceptModel.Domains).Scope(TinySnomed.Core, TinyConceptModel.AttributeDomains)
            .Scope(TinySnomed.Core, TinyConceptModel.AttributeRanges).Scope(TinySnomed.Metadata, other).Load();
        using var without = Tiny().InDomain(Site, Procedure, refset: other).Load();
        Assert.That(new ExpressionCodeSystem(release.System).Explain(Coded("Procedure:Site=Stomach")), Does.Contain("does not go with"));
        Assert.That(new ExpressionCodeSystem(without.System).Explain(Coded("Procedure:Site=Stomach")), Is.Null);
    }

    [Test]
    public void UnreadableConstraint_BindsNobody()
    {
        using var release = Tiny().Range(Morphology, $"<< {C(999)} |not in this release|").Load();
        Assert.That(new ExpressionCodeSystem(release.System).Explain(Coded("Wound:Morphology=Side")), Is.Null);
    }

    [Test]
    public void NeverGrouped_StandsAloneInTheNormalForm()
    {
        using var release = Tiny().Load();
        var system = new ExpressionCodeSystem(release.System);
        Assert.That(system.TryFind(Encoding.UTF8.GetBytes(Coded("Wound:Site=(Hand:Laterality=Left)")), out var found), Is.True);
        Assert.That(system.Normal(found).ToString(), Is.EqualTo(Coded("===Wound:{Site=(Hand:Laterality=Left)}")));
    }

    [Test]
    public void Operations_SayWhyAnExpressionIsNone()
    {
        using var release = Tiny().Load();
        var wrong = new Coding(CodeSystemUri.Snomed.Value, Coded("Procedure:Site=Stomach"));
        Assert.That(() => release.Service.Lookup(new(wrong, []), new()), Throws.InstanceOf<TerminologyException>().With.Message.Contains(". Not a valid expression: Attribute ").And.Message.Contains("(MRCM)"));
        Assert.That(() => release.Service.Subsumes(new(wrong, wrong), new()), Throws.InstanceOf<TerminologyException>().With.Message.Contains("(MRCM)"));
        var answer = release.Service.ValidateCode(new(new([wrong]), CodeForm.Code), new());
        Assert.That(answer.Result, Is.False);
        Assert.That(answer.Issues.Select(issue => issue.Text), Has.Some.StartsWith("Not a valid expression: Attribute "));
    }

    [Test]
    public void Lookup_MistypedIdentifier_IsToldByItsCheckDigit()
    {
        using var release = Tiny().Load();
        var wrong = new Coding(CodeSystemUri.Snomed.Value, $"{Finding}:{Site}=22298007");
        Assert.That(() => release.Service.Lookup(new(wrong, []), new()), Throws.InstanceOf<TerminologyException>().With.Message.Contains("Concept 22298007 not found").And.Message.Contains("its check digit is wrong"));
    }

    private static TinySnomed Tiny(bool withDomains = true)
    {
        var tiny = new TinySnomed();
        foreach (var (name, code) in Codes) tiny.Concept(code, definitionStatus: name == "Complete" ? ExpressionWorld.Defined : "900000000000074008").Term(code, name.ToLowerInvariant());
        tiny.Add(TinySnomed.Root, "root").Add("410662002", "attribute").IsA("410662002", TinySnomed.Root);
        foreach (var attribute in new[] { Site, Morphology, Strength, Laterality, Unruled, Form }) tiny.IsA(attribute, "410662002");
        foreach (var (child, parent) in new[] { (Finding, TinySnomed.Root), (Wound, Finding), (Procedure, TinySnomed.Root), (Body, TinySnomed.Root), (Stomach, Body), (Hand, Body), (Side, TinySnomed.Root), (Left, Side), (Shape, TinySnomed.Root), (Ulcer, Shape), (Product, TinySnomed.Root), (Complete, Product) }) tiny.IsA(child, parent);
        tiny.Link(Complete, Form, Shape).Value(Complete, Strength, "#1", 1);
        if (withDomains) tiny.Domain(Finding, $"<< {Finding} |finding|").Domain(Body, $"<< {Body} |body|").Domain(Product, $"<< {Product} |product|");
        return tiny.InDomain(Site, Finding).InDomain(Morphology, Finding).InDomain(Laterality, Body, grouped: false, times: "0..1", inGroup: "0..0").InDomain(Strength, Product)
            .InDomain(Form, Product, grouped: false, times: "1..1", inGroup: "0..0")
            .Range(Site, $"<< {Body} |body|").Range(Laterality, $"<< {Side} |side|").Range(Strength, "dec(>#0..)");
    }

    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["Finding"] = Finding, ["Wound"] = Wound, ["Procedure"] = Procedure, ["Body"] = Body, ["Stomach"] = Stomach, ["Hand"] = Hand, ["Side"] = Side, ["Left"] = Left, ["Shape"] = Shape, ["Ulcer"] = Ulcer,
        ["Laterality"] = Laterality, ["Unruled"] = Unruled, ["Product"] = Product, ["Form"] = Form, ["Complete"] = Complete, ["Site"] = Site, ["Morphology"] = Morphology, ["Strength"] = Strength,
    };

    private static string Coded(string text) => System.Text.RegularExpressions.Regex.Replace(text, "[A-Z][a-z]+", match => Codes.GetValueOrDefault(match.Value, match.Value));

    private static string C(int number) => TinySnomed.Concept(number);
}

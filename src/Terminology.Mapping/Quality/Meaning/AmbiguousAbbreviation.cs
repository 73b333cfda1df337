using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-212: the name is an abbreviation of several things, and nothing beside it says which.</summary>
internal static class AmbiguousAbbreviation
{
    public static QualityRule Rule { get; } = new("MQ-212", FindingSeverity.Question, "Abbreviation with several meanings", RuleScope.Row, Find);

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["rta"] = ["road traffic accident", "renal tubular acidosis"], ["ms"] = ["multiple sclerosis", "mitral stenosis", "morphine sulfate"], ["pe"] = ["pulmonary embolism", "pleural effusion", "physical examination"],
        ["ra"] = ["rheumatoid arthritis", "right atrium", "room air"], ["cf"] = ["cystic fibrosis", "cardiac failure"], ["pid"] = ["pelvic inflammatory disease", "prolapsed intervertebral disc"], ["bpd"] = ["bronchopulmonary dysplasia", "borderline personality disorder", "biparietal diameter"],
        ["crf"] = ["chronic renal failure", "corticotropin releasing factor"], ["hd"] = ["hemodialysis", "Hodgkin disease", "Huntington disease"], ["mi"] = ["myocardial infarction", "mitral insufficiency"], ["mr"] = ["mitral regurgitation", "magnetic resonance", "mental retardation"],
        ["as"] = ["aortic stenosis", "ankylosing spondylitis"], ["ai"] = ["aortic insufficiency", "autoimmune"], ["aml"] = ["acute myeloid leukemia", "angiomyolipoma"], ["pt"] = ["prothrombin time", "physical therapy"], ["psp"] = ["progressive supranuclear palsy", "primary spontaneous pneumothorax"],
        ["pvd"] = ["peripheral vascular disease", "posterior vitreous detachment"], ["pcp"] = ["pneumocystis pneumonia", "phencyclidine", "primary care provider"], ["tb"] = ["tuberculosis", "total bilirubin"], ["cp"] = ["cerebral palsy", "chest pain", "Child-Pugh"], ["od"] = ["overdose", "right eye"],
        ["ards"] = ["acute respiratory distress syndrome", "adult respiratory distress syndrome"], ["sle"] = ["systemic lupus erythematosus", "St. Louis encephalitis"], ["hsm"] = ["hepatosplenomegaly", "holosystolic murmur"], ["lad"] = ["left anterior descending artery", "left axis deviation", "lymphadenopathy"],
        ["cml"] = ["chronic myeloid leukemia", "cervicomedullary lesion"], ["ppd"] = ["purified protein derivative", "packs per day"], ["fb"] = ["foreign body", "fasting blood"], ["gad"] = ["generalized anxiety disorder", "glutamic acid decarboxylase"],
    };

    private static readonly string[] Telling = ["unit", "specimen", "panel", "department", "method", "valueType", "synonym", "category"];

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Row.Words is not [var word] || !Known.TryGetValue(word, out var expansions) || Array.Exists(Telling, context => at.Row.In(context).Length > 0)) yield break;
        foreach (var target in at.Row.Content.Targets)
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is { Axes: not null }) continue; // that it is a test says which
            var display = at.Scene.Targets.Find(target.System, target.Code)?.Display ?? target.Display;
            yield return new(QualityMessages.Ambiguous(at.Row.Quoted, word.ToUpperInvariant(), string.Join(" or ", expansions), QualityMessages.Named(target.Code, display)));
        }
    }
}

namespace Terminology.Issues;

/// <summary>MQ-2xx: what source and target mean.</summary>
public static partial class QualityMessages
{
    /// <summary>MQ-202.</summary>
    public static string UnitAgainstProperty(string row, string unit, string measures, string target, string property, string meant, string? instead)
        => $"{row} comes in {unit}, {measures}; {target} has the property {property}, {meant}.{(instead is null ? "" : $" {instead} has the same other axes and the right property.")}";

    /// <summary>MQ-201.</summary>
    public static string TagAgainstTemplate(string row, string of, string target, string tag, string expected) => $"{row} is {of}; {target} is of the kind '{tag}', expected is {expected}.";

    /// <summary>MQ-203.</summary>
    public static string UnknownUnit(string row, string unit) => $"{row} comes in '{unit}', which is no UCUM unit and is not known as another writing of one.";

    /// <summary>MQ-204.</summary>
    public static string SpecimenAgainstSystem(string row, string specimen, string target, string system) => $"{row} is of {specimen}; {target} has the system {system}.";

    /// <summary>MQ-204.</summary>
    public static string VagueSystem(string row, string specimen, string target, string system, string relationship, string? instead)
        => $"{row} is of {specimen}; {target} has the system {system}, which may be any: the source is narrower, and it is said to be {relationship}.{(instead is null ? "" : $" {instead} is of the specimen itself.")}";

    /// <summary>MQ-205.</summary>
    public static string NumbersForWords(string row, string sign, string target, string scale) => $"{row} has numbers as results ({sign}); {target} has the scale {scale}, whose results are words.";

    /// <summary>MQ-205.</summary>
    public static string WordsForNumbers(string row, string sign, string target) => $"{row} has words as results ({sign}); {target} has the scale Qn, whose results are numbers.";

    /// <summary>MQ-206.</summary>
    public static string PanelForObservation(string row, string sign, string target) => $"{row} is one result ({sign}); {target} is a panel.";

    /// <summary>MQ-206.</summary>
    public static string ObservationForPanel(string row, string word, string target) => $"{row} calls itself a '{word}'; {target} is a single observation.";

    /// <summary>MQ-207.</summary>
    public static string TimeAgainstAxis(string row, string said, string target, string time) => $"{row} says {said}; {target} has the time {time}.";

    /// <summary>MQ-207.</summary>
    public static string ChallengeIgnored(string row, string said, string target) => $"{row} says '{said}'; {target} does not.";

    /// <summary>MQ-207.</summary>
    public static string ChallengeUnsaid(string row, string said, string target) => $"{target} says '{said}'; {row} does not.";

    /// <summary>MQ-208.</summary>
    public static string MethodIgnored(string row, string method, string target) => $"{row} states the method {method}; {target} has none.";

    /// <summary>MQ-208.</summary>
    public static string OtherMethod(string row, string stated, string target, string method) => $"{row} states the method {stated}; {target} has the method {method}.";

    /// <summary>MQ-208.</summary>
    public static string MethodUnsaid(string row, string target, string method) => $"{target} has the method {method}; {row} states none.";

    /// <summary>MQ-209.</summary>
    public static string FarFromOthers(string row, string median, string unit, string target, string others, string name) => $"{row} has the median {median} {unit}; others with the same target {target} have {others} {unit}, for example {name}.";

    /// <summary>MQ-210.</summary>
    public static string QualifierOfSource(string row, string word, string target) => $"{row} says '{word}'; {target} does not.";

    /// <summary>MQ-210.</summary>
    public static string QualifierOfTarget(string row, string word, string target) => $"{target} says '{word}'; {row} does not.";

    /// <summary>MQ-210.</summary>
    public static string OtherQualifier(string row, string word, string target, string other) => $"{row} says '{word}'; {target} says '{other}'.";

    /// <summary>MQ-211.</summary>
    public static string OtherStrength(string row, string strength, string target, string other) => $"{row} has the strength {strength}; {target} has {other}.";

    /// <summary>MQ-211.</summary>
    public static string IngredientUnsaid(string row, string ingredient, string target) => $"{target} has the ingredient {ingredient}; {row} does not name it.";

    /// <summary>MQ-211.</summary>
    public static string OtherForm(string row, string form, string target, string other) => $"{row} is a {form}; {target} is a {other}.";

    /// <summary>MQ-211.</summary>
    public static string BrandUnsaid(string row, string brand, string target) => $"{target} is of the brand {brand}; {row} does not name it.";

    /// <summary>MQ-212.</summary>
    public static string Ambiguous(string row, string abbreviation, string expansions, string target) => $"{row} is the abbreviation {abbreviation}, which may be {expansions}, and nothing beside it says which; is {target} meant?";

    /// <summary>MQ-213.</summary>
    public static string OpenSource(string row, string word, string target) => $"{row} says '{word}'; {target} leaves nothing open. Are they equivalent all the same?";

    /// <summary>MQ-213.</summary>
    public static string OpenTarget(string row, string word, string target) => $"{target} says '{word}'; {row} does not. Is the source broader?";

    /// <summary>MQ-214.</summary>
    public static string Excluded(string row, string code, string other, string note) => $"{row} maps to {code} and {other}, which the notes of {code} do not allow together (Excludes1 {note}).";

    /// <summary>MQ-214.</summary>
    public static string ManifestationAlone(string row, string target) => $"{row} maps to {target} alone; it is a manifestation, and the code of the underlying disease goes before it.";

    /// <summary>MQ-214.</summary>
    public static string LimitUnsaid(string row, string target, string limits) => $"{target} is for {limits} alone; {row} says nothing of that, and the map has no condition for it.";
}

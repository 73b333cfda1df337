using Terminology.Maps;

namespace Terminology.Issues;

/// <summary>Relationships as sentences, so that nobody has to know which side is the wider one.</summary>
public static class RelationshipMessages
{
    /// <summary>A relationship with the names of both sides.</summary>
    public static string Sentence(MapRelationship relationship, string source, string target) => relationship switch
    {
        MapRelationship.Equivalent => $"Every {source} is a {target}, and every {target} is a {source}.",
        MapRelationship.SourceIsNarrowerThanTarget => $"Every {source} is a {target}, but not every {target} is a {source}.",
        MapRelationship.SourceIsBroaderThanTarget => $"Every {target} is a {source}, but not every {source} is a {target}.",
        MapRelationship.NotRelatedTo => $"No {source} is a {target}.",
        _ => $"A {source} has to do with a {target}; neither is always the other.",
    };

    /// <summary>Evidence.</summary>
    public static string SameTerm(string source, string term) => $"{source} and {term} are the same words.";

    /// <summary>Evidence.</summary>
    public static string SourceStatesMore(string axis, string source, string target) => $"The source says {axis} {source}; the target leaves it open ({target}).";

    /// <summary>Evidence.</summary>
    public static string TargetStatesMore(string axis, string target) => $"The target says {axis} {target}; the source leaves it open.";

    /// <summary>Evidence.</summary>
    public static string KnownFromElsewhere(string axis, string target, string where) => $"The target says {axis} {target}; the source does not, and it may be known from its {where}.";

    /// <summary>Evidence.</summary>
    public static string Contradiction(string axis, string source, string target) => $"The source says {axis} {source}, the target {target}.";

    /// <summary>Evidence.</summary>
    public static string Hierarchy(string above, string below) => $"{above} is above {below} in their code system.";

    /// <summary>Evidence.</summary>
    public static string SameConcept(string code) => $"Both are {code}.";

    /// <summary>Evidence.</summary>
    public static string Neighbours(string first, string second) => $"Neither of {first} and {second} is above the other in their code system.";

    /// <summary>Evidence.</summary>
    public static string Hint(string word) => $"The file that the row came from says '{word}'.";

    /// <summary>Evidence.</summary>
    public static string WordOnOneSide(string word, bool isSource) => $"'{word}' is said of the {(isSource ? "source" : "target")} alone.";
}

using Terminology.Maps;

namespace Terminology.Mapping.Relationships;

/// <summary>How sure a proposed relationship is.</summary>
public enum Certainty
{
    /// <summary>Nothing speaks for one rather than another.</summary>
    Unknown,

    /// <summary>It rests on what the source does not say and may be known all the same, from its panel or sender.</summary>
    Assumed,

    /// <summary>Names or axes say so.</summary>
    Likely,

    /// <summary>It follows from the code system itself.</summary>
    Exact,
}

/// <summary>What speaks for a relationship.</summary>
public enum EvidenceKind
{
    /// <summary>The names are the same, or one is a synonym of the other.</summary>
    SameTerm,

    /// <summary>The source states what the target leaves open.</summary>
    SourceStatesMore,

    /// <summary>The target states what the source leaves open.</summary>
    TargetStatesMore,

    /// <summary>Both state it, and not the same.</summary>
    Contradiction,

    /// <summary>The hierarchy of their common code system.</summary>
    Hierarchy,

    /// <summary>A word of the format that the row came from.</summary>
    Hint,
}

/// <summary>One thing that speaks for a relationship.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Axis">What it is about: specimen, unit, method, time …; empty where it is about the whole.</param>
/// <param name="Text">In one sentence.</param>
public sealed record RelationshipEvidence(EvidenceKind Kind, string Axis, string Text);

/// <summary>A relationship worked out for a source and a target, never typed by hand.</summary>
/// <param name="Relationship">In R5 words.</param>
/// <param name="Sentence">The same in plain English, with the names of both.</param>
/// <param name="Certainty">How sure.</param>
/// <param name="Evidence">What it rests on, in order of weight.</param>
public sealed record RelationshipProposal(MapRelationship Relationship, string Sentence, Certainty Certainty, IReadOnlyList<RelationshipEvidence> Evidence);

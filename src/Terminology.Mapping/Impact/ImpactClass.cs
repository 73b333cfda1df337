namespace Terminology.Mapping.Impact;

/// <summary>What a release does to a code that a map rests on; what weighs most comes first. The rules are in <see cref="ImpactRules"/>.</summary>
public enum ImpactClass
{
    /// <summary>Neither release has the code.</summary>
    Unknown,

    /// <summary>The release does not have the code any more.</summary>
    Gone,

    /// <summary>It is not to be used any more.</summary>
    Inactive,

    /// <summary>It was not to be used before already, and is not now.</summary>
    StillInactive,

    /// <summary>Gone or inactive, and exactly one code stands for it.</summary>
    Replaced,

    /// <summary>Gone or inactive, and several codes, or none without a condition, stand for it: a person chooses.</summary>
    Ambiguous,

    /// <summary>It is a heading now, and no code for data.</summary>
    BecameHeader,

    /// <summary>It is not in the scope of the targets of the map any more.</summary>
    OutOfScope,

    /// <summary>Its full name, definition, axes or ingredients are other ones.</summary>
    MeaningChanged,

    /// <summary>Its publisher would rather see another.</summary>
    Discouraged,

    /// <summary>A code that is new, or active again, stands closer to the row than its target, or than having none.</summary>
    CloserTarget,

    /// <summary>There are codes below it that were not there before: something more exact may exist.</summary>
    NarrowerCodes,

    /// <summary>Another module answers for it.</summary>
    ModuleMoved,

    /// <summary>It is called something else and means the same.</summary>
    Renamed,

    /// <summary>It may be used again.</summary>
    BackAgain,
}

/// <summary>One class with what it means for a map.</summary>
/// <param name="Class">Which.</param>
/// <param name="AsksForRecheck">Should an approved row be looked at again?</param>
/// <param name="Holds">Does it hold of a code?</param>
/// <param name="Text">One sentence that says so, with the facts.</param>
public sealed record ImpactRule(ImpactClass Class, bool AsksForRecheck, Func<CodeChange, bool> Holds, Func<CodeChange, string> Text);

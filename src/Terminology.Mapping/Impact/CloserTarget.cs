using Terminology.Maps;

namespace Terminology.Mapping.Impact;

/// <summary>A code of the new release that was none for data before and stands closer to a row than what the row says.</summary>
/// <param name="Code">The code.</param>
/// <param name="Display">Its display, or null.</param>
/// <param name="Relationship">How the source of the row would stand to it.</param>
/// <param name="IsCertain">Do the facts leave no other reading? Else a person looks, and nothing is proposed.</param>
/// <param name="Evidence">The facts, in one sentence.</param>
public sealed record CloserTarget(string Code, string? Display, MapRelationship Relationship, bool IsCertain, string Evidence);

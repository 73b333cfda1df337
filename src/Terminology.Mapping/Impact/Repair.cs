using Terminology.Maps;

namespace Terminology.Mapping.Impact;

/// <summary>What could be done about a code that a release touches. Nothing of it is done before somebody accepts it, and then it is a draft.</summary>
/// <param name="Kind">From where it comes, in small letters with hyphens: <c>same-as</c>, <c>replaced-by</c>, <c>narrower</c>, <c>new-name</c>, <c>withdraw</c> …</param>
/// <param name="Code">The code to use instead; the same for a new name; null to withdraw the row.</param>
/// <param name="Display">Its display in the new release, or null.</param>
/// <param name="Relationship">How the source of the row would stand to it.</param>
/// <param name="IsCertain">Does it stand for the old one as it is? Else a person chooses.</param>
/// <param name="Evidence">Where this is said, in one sentence.</param>
public sealed record Repair(string Kind, string? Code, string? Display, MapRelationship Relationship, bool IsCertain, string Evidence)
{
    /// <summary>Kind and code, as messages name it.</summary>
    public override string ToString() => Code is null ? Kind : $"{Kind} {Code}";
}

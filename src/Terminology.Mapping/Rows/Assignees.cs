using System.Text.Json.Serialization;

namespace Terminology.Mapping.Rows;

/// <summary>Who is to do what with a row. They guide: others may do it as well, but where two named authors work who do not see one another.</summary>
public sealed record Assignees
{
    /// <summary>Who maps it; null: nobody is named.</summary>
    public string? Author { get; init; }

    /// <summary>The second author, where two work who do not see one another; or null.</summary>
    public string? Second { get; init; }

    /// <summary>Who approves it; or null.</summary>
    public string? Reviewer { get; init; }

    /// <summary>Who settles what two authors disagree on; or null.</summary>
    public string? Adjudicator { get; init; }

    /// <summary>Is nobody named?</summary>
    [JsonIgnore]
    public bool IsEmpty => Author is null && Second is null && Reviewer is null && Adjudicator is null;

    /// <summary>Is somebody among them?</summary>
    public bool Has(string name) => name == Author || name == Second || name == Reviewer || name == Adjudicator;

    /// <summary>These with others in their places: a name that is not given stays, an empty text takes a name away.</summary>
    public Assignees With(Assignees others) => new() { Author = Next(Author, others.Author), Second = Next(Second, others.Second), Reviewer = Next(Reviewer, others.Reviewer), Adjudicator = Next(Adjudicator, others.Adjudicator) };

    private static string? Next(string? now, string? given) => given is null ? now : given.Length == 0 ? null : given;
}

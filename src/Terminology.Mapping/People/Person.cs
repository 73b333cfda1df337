namespace Terminology.Mapping.People;

/// <summary>What acts on a map.</summary>
public enum ActorKind
{
    /// <summary>A person with a token of her own.</summary>
    Person,

    /// <summary>A program with an API key: it brings drafts, and never approves or signs.</summary>
    Program,

    /// <summary>An engine that proposes: no person, whoever started it.</summary>
    Engine,

    /// <summary>The system itself: what follows from a new release, list or date.</summary>
    System,
}

/// <summary>Who acts, and what it may do in which domain.</summary>
/// <param name="Name">Unique among its kind; for people and programs the name under which they were made.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Roles">By domain (lab, drug, diagnosis …); <c>*</c> stands for every domain.</param>
public sealed record Person(string Name, ActorKind Kind, IReadOnlyDictionary<string, MapRole> Roles)
{
    private const string EveryDomain = "*";

    /// <summary>What follows by itself: it has no rights but those of the moves that nobody makes.</summary>
    public static Person System { get; } = new("system", ActorKind.System, new Dictionary<string, MapRole>());

    /// <summary>All roles in a domain.</summary>
    public MapRole In(string domain) => Roles.GetValueOrDefault(EveryDomain) | Roles.GetValueOrDefault(domain);
}

using System.Collections.Immutable;

namespace Terminology.Closure;

/// <summary>
/// What a client has entered into a closure table of its own: the concepts with the version of the table that brought each, and the versions of their code systems.
/// The relations follow from these, so they are worked out, not kept. Immutable; every change is a new version.
/// </summary>
/// <param name="Name">What the client calls it.</param>
/// <param name="Started">Version of the empty table; greater than any version of a table that had the name before.</param>
/// <param name="Version">Version after the last change.</param>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/terminology-service.html#closure">Maintaining a closure table</see>.</remarks>
public sealed record ClosureTable(string Name, int Started, int Version)
{
    /// <summary>The concepts, in the order entered, distinct by system and code.</summary>
    public ImmutableList<ClosureConcept> Concepts { get; init; } = [];

    /// <summary>The code systems of the concepts.</summary>
    public ImmutableList<ClosureSystem> Systems { get; init; } = [];

    /// <summary>What the last change entered.</summary>
    public IEnumerable<ClosureConcept> Newest => Concepts.Reverse().TakeWhile(concept => concept.Version == Version).Reverse();

    /// <summary>An empty table under a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="before">The table that has had it, or null.</param>
    public static ClosureTable Start(string name, ClosureTable? before) => before is null ? new(name, 0, 0) : new(name, before.Version + 1, before.Version + 1);
}

/// <summary>A concept of a closure table, as the client writes it.</summary>
/// <param name="System">Its code system.</param>
/// <param name="Code">Its code.</param>
/// <param name="Version">The version of the table that brought it.</param>
public sealed record ClosureConcept(string System, string Code, int Version);

/// <summary>A code system of a closure table; when another version of it begins to answer, the table has to be started anew.</summary>
/// <param name="Url">Canonical.</param>
/// <param name="Asked">Version that the first of its concepts named, or null.</param>
/// <param name="Answered">Version that answered, or null when it has none.</param>
public sealed record ClosureSystem(string Url, string? Asked, string? Answered);

/// <summary>One line of a closure table: the source is below the target, or means the same.</summary>
/// <param name="Source">The narrower concept.</param>
/// <param name="Target">The wider concept.</param>
/// <param name="AreEqual">Do both mean the same?</param>
public sealed record ClosureRelation(ClosureConcept Source, ClosureConcept Target, bool AreEqual);

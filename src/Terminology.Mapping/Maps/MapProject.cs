using Terminology.Mapping.Tests;

namespace Terminology.Mapping.Maps;

/// <summary>A map that people work on: what it maps from and to, who answers for it, by which rules.</summary>
public sealed record MapProject
{
    /// <summary>Of this server; 1 to 64 letters, digits, hyphens and dots.</summary>
    public required string Id { get; init; }

    /// <summary>Canonical url of the released ConceptMap; nobody else may store or load one under it.</summary>
    public required string Url { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>Canonical of the code system of the sources.</summary>
    public required string SourceSystem { get; init; }

    /// <summary>Canonicals of the code systems of the targets.</summary>
    public required IReadOnlyList<string> TargetSystems { get; init; }

    /// <summary>Value set (canonical or implicit) that targets must be in, or null.</summary>
    public string? TargetScope { get; init; }

    /// <summary>Domain for which roles are given: lab, drug, diagnosis …</summary>
    public required string Domain { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Steward { get; init; }

    /// <summary>The rules.</summary>
    public MapPolicy Policy { get; init; } = new();

    /// <summary>Licence notice that travels with every release and export, or null.</summary>
    public string? Copyright { get; init; }

    /// <summary>What it must answer, in order of their ids; frozen with each release.</summary>
    public IReadOnlyList<MapTest> Tests { get; init; } = [];
}

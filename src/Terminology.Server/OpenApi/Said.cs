using Terminology.Mapping.People;

namespace Terminology.Server.OpenApi;

/// <summary>What the document of <c>/api</c> says of an endpoint; each has it. Who may ask is not said here but taken from the tables of rights.</summary>
/// <param name="Summary">One line.</param>
internal sealed record Said(string Summary)
{
    /// <summary>What else there is to know, in a sentence or two; or null.</summary>
    public string? More { get; init; }

    /// <summary>The right that it takes, or the rights of its steps; empty: its scope alone.</summary>
    public IReadOnlyList<Right> Rights { get; init; } = [];

    /// <summary>The body that it takes, or null.</summary>
    public SaidBody? Request { get; init; }

    /// <summary>The body that it answers with, or null.</summary>
    public SaidBody? Answer { get; init; }

    /// <summary>Status of the answer.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Further media types of both bodies, of text.</summary>
    public IReadOnlyList<string> AlsoAs { get; init; } = [];

    /// <summary>Parameters beside those of the path.</summary>
    public IReadOnlyList<Asked> Query { get; init; } = [];

    /// <summary>Does its answer carry an ETag?</summary>
    public bool HasTag { get; init; }

    /// <summary>Is it done to the version that <c>If-Match</c> names?</summary>
    public bool IsConditional { get; init; }

    /// <summary>Are its problems told as <c>OperationOutcome</c>, as those of <c>/fhir</c> are?</summary>
    public bool IsFhir { get; init; }

    /// <summary>Headers of its answer, with their meaning.</summary>
    public IReadOnlyList<(string Name, string Meaning)> Headers { get; init; } = [];
}

/// <summary>A right that an endpoint takes.</summary>
/// <param name="Action">In the table of permissions.</param>
/// <param name="Step">The step that takes it; null: all of the endpoint.</param>
/// <param name="ByPersonsAlone">Is it refused to programs whatever the table says?</param>
internal sealed record Right(MapAction Action, string? Step = null, bool ByPersonsAlone = false)
{
    public static implicit operator Right(MapAction action) => new(action);
}

/// <summary>A body.</summary>
/// <param name="Shape">The record whose JSON it is; null where it is no JSON.</param>
/// <param name="Media">Its media type.</param>
/// <param name="Example">One that works, or null. Of a form: its fields as a JSON object, the part <c>file</c> as text.</param>
/// <param name="IsOptional">May it be left out?</param>
internal sealed record SaidBody(Type? Shape, string Media = "application/json", string? Example = null, bool IsOptional = false)
{
    /// <summary>Of a form: its fields with their meaning.</summary>
    public IReadOnlyList<Asked> Fields { get; init; } = [];

    /// <summary>What is in it, where no record says so.</summary>
    public string? Meaning { get; init; }
}

/// <summary>A parameter, or a field of a form.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Example">A value that works; or null.</param>
internal sealed record Asked(string Name, string Meaning, string? Example = null)
{
    /// <summary>Is there no answer without it?</summary>
    public bool IsRequired { get; init; }

    /// <summary>The values there are; empty: any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>String, integer, boolean or array.</summary>
    public string Kind { get; init; } = "string";

    /// <summary>A number.</summary>
    public static Asked Number(string name, string meaning, string? example = null) => new(name, meaning, example) { Kind = "integer" };

    /// <summary>Yes or no.</summary>
    public static Asked Flag(string name, string meaning) => new(name, meaning) { Kind = "boolean" };

    /// <summary>A word of an enum, as it is written in JSON.</summary>
    public static Asked Word<T>(string name, string meaning) where T : struct, Enum
        => new(name, meaning) { Choices = [.. Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName)] };

    /// <summary>How many at most, and from where on.</summary>
    public static Asked[] Page(int usual, int largest) => [Number("limit", $"How many at most, up to {largest}; {usual} when not said."), new("cursor", "Where the page begins: `next` of the one before.")];
}

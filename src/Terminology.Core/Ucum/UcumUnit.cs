namespace Terminology.Ucum;

/// <summary>A unit of the UCUM tables, base units among them.</summary>
/// <param name="Code">Case-sensitive symbol.</param>
/// <param name="Names">Its names, the first is the usual one; never empty.</param>
internal sealed record UcumUnit(string Code, IReadOnlyList<string> Names)
{
    /// <summary>Symbol in print (<c>°C</c>), or null.</summary>
    public string? PrintSymbol { get; init; }

    /// <summary>Kinds of quantity that it measures.</summary>
    public IReadOnlyList<string> Quantities { get; init; } = [];

    /// <summary>Is it one of the seven units that all others are defined by?</summary>
    public bool IsBase { get; init; }

    /// <summary>May a prefix stand before it? Base units take one.</summary>
    public bool IsMetric { get; init; }

    /// <summary>Is it defined by a procedure, so that it is comparable with nothing but itself (<c>[iU]</c>)? UCUM §24.</summary>
    public bool IsArbitrary { get; init; }

    /// <summary>The function of a special unit, by which its values are converted (<c>Cel</c>, <c>pH</c>, <c>2lg</c>); null for units on a ratio scale. UCUM §21.</summary>
    public string? Function { get; init; }

    /// <summary>Number of <see cref="Definition"/> that one of it is, as decimal text; <c>1</c> for base units.</summary>
    public string Value { get; init; } = "1";

    /// <summary>Unit expression that it is defined by; empty for base units.</summary>
    public string Definition { get; init; } = "";
}

/// <summary>A prefix of the UCUM tables.</summary>
/// <param name="Code">Case-sensitive symbol.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">The factor as decimal text.</param>
internal sealed record UcumPrefix(string Code, string Name, string Value);

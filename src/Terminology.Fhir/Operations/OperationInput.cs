using System.Globalization;
using Terminology.Fhir.Resources;
using Terminology.Issues;

namespace Terminology.Fhir.Operations;

/// <summary>The parameters of a request, in order, from a query string, a form or a Parameters resource; read by name with errors that name the parameter.</summary>
/// <remarks>Parameters that no operation declares are kept and ignored.</remarks>
public sealed class OperationInput
{
    private readonly IReadOnlyList<Parameter> _parameters;

    private OperationInput(IReadOnlyList<Parameter> parameters) => _parameters = parameters;

    internal readonly record struct Parameter(string Name, string? Text, Json? Json);

    /// <summary>No parameter at all.</summary>
    public static OperationInput Empty { get; } = new([]);

    /// <summary>From a query string or form; empty values count as not given.</summary>
    public static OperationInput FromQuery(IEnumerable<KeyValuePair<string, string>> query)
        => new([.. query.Where(pair => pair.Value.Length > 0).Select(pair => new Parameter(pair.Key, pair.Value, null))]);

    /// <summary>From a Parameters resource, or from a resource that stands for the parameter named after it (ValueSet for valueSet).</summary>
    /// <exception cref="TerminologyException">Structure: not JSON, or not Parameters.</exception>
    public static OperationInput FromJson(ReadOnlyMemory<byte> json)
    {
        var document = Json.Parse(json);
        var root = new Json(document.RootElement, "Parameters");
        return root.Text("resourceType") switch
        {
            "Parameters" => new([.. root.List("parameter").Select(Read)]),
            "ValueSet" => new([new("valueSet", null, root)]),
            "ConceptMap" => new([new("conceptMap", null, root)]),
            "CodeSystem" => new([new("codeSystem", null, root)]),
            var other => throw Json.Wrong("resourceType", $"a Parameters resource is expected, this is {other ?? "none"}."),
        };
    }

    /// <summary>These parameters with others behind them.</summary>
    public OperationInput With(OperationInput others) => others._parameters.Count == 0 ? this : new([.. _parameters, .. others._parameters]);

    /// <summary>These parameters, of which some are pinned to a value.</summary>
    public OperationInput With(IReadOnlyList<KeyValuePair<string, string>> pinned)
        => new([.. pinned.Select(pair => new Parameter(pair.Key, pair.Value, null)), .. _parameters.Where(parameter => pinned.All(pair => pair.Key != parameter.Name))]);

    /// <summary>The first value as text, or null.</summary>
    public string? Text(string name)
    {
        foreach (var parameter in _parameters)
        {
            if (parameter.Name == name) return parameter.Text;
        }
        return null;
    }

    /// <summary>The first of several names that is given.</summary>
    public string? Text(string name, string otherName) => Text(name) ?? Text(otherName);

    /// <summary>All values as text, in order.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. _parameters.Where(parameter => parameter.Name == name && parameter.Text is not null).Select(parameter => parameter.Text!)];

    /// <summary>Is the parameter given at all?</summary>
    public bool Has(string name) => _parameters.Any(parameter => parameter.Name == name);

    /// <summary>true or false, or null when not given.</summary>
    /// <exception cref="TerminologyException">Value: something else.</exception>
    public bool? Boolean(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var other => throw Wrong(name, $"'{other}' is neither true nor false."),
    };

    /// <summary>A whole number, or null when not given.</summary>
    /// <exception cref="TerminologyException">Value: something else, or negative.</exception>
    public int? Integer(string name) => Text(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var other => throw Wrong(name, $"'{other}' is no whole number from 0."),
    };

    /// <summary>A Coding, or null; in a query string <c>system|code</c>, <c>system|version|code</c> is not understood.</summary>
    internal Coding? Coding(string name) => Find(name) switch
    {
        null => null,
        { Json: { } json } => FhirResourceReader.Coding(json),
        { Text: { } text } => text.LastIndexOf('|') is >= 0 and var at ? new(at == 0 ? null : text[..at], text[(at + 1)..]) : new(null, text),
        _ => throw Wrong(name, "a Coding is expected (valueCoding)."),
    };

    internal CodeableConcept? CodeableConcept(string name) => Find(name) switch
    {
        null => null,
        { Json: { } json } => FhirResourceReader.CodeableConcept(json),
        _ => throw Wrong(name, "a CodeableConcept is expected (valueCodeableConcept); it cannot be sent in a query."),
    };

    internal Json? Resource(string name) => Find(name) switch
    {
        null => null,
        { Json: { } json } => json,
        _ => throw Wrong(name, "a resource is expected."),
    };

    internal IEnumerable<Json> All(string name) => _parameters.Where(parameter => parameter.Name == name && parameter.Json is not null).Select(parameter => parameter.Json!.Value);

    internal static TerminologyException Wrong(string name, string what) => new(IssueType.Value, "INVALID_PARAMETER", $"Parameter '{name}': {what}") { Expression = name };

    internal static TerminologyException Missing(string name, string what) => new(IssueType.Required, "MISSING_PARAMETER", what) { Expression = name };

    private Parameter? Find(string name)
    {
        foreach (var parameter in _parameters)
        {
            if (parameter.Name == name) return parameter;
        }
        return null;
    }

    private static Parameter Read(Json parameter)
    {
        var name = parameter.Required("name");
        if (parameter["resource"] is { } resource) return new(name, null, resource);
        if (parameter.Value() is not { } value) return new(name, null, parameter["part"] is null ? null : parameter);
        return value.Value.Element.ValueKind switch
        {
            System.Text.Json.JsonValueKind.Object => new(name, null, value.Value),
            System.Text.Json.JsonValueKind.Array => throw Wrong(name, "a single value is expected."),
            _ => new(name, value.Value.Element.ToString() is var text && value.Value.Element.ValueKind is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False ? text.ToLowerInvariant() : text, null),
        };
    }
}

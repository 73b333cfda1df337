using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Terminology.Fhir.Json;
using Terminology.Issues;

namespace Terminology.Fhir.Operations;

/// <summary>The parameters of a request, in order, from a query string, a form or a Parameters resource; read by name with errors that name the parameter.</summary>
/// <remarks>Parameters that no operation declares are kept and ignored. Holds on to the bytes it was read from.</remarks>
public sealed class OperationInput
{
    /// <summary>Types whose values are JSON numbers, true or false.</summary>
    private static readonly HashSet<string> NotText = new(["Boolean", "Integer", "Integer64", "PositiveInt", "UnsignedInt", "Decimal"], StringComparer.Ordinal);

    /// <summary>More than any client that batches sends; each costs a hundred times its bytes.</summary>
    private const int MostParameters = 100_000;

    /// <summary>One thing that was said in several code systems: ten would be many.</summary>
    private const int MostCodings = 1_000;

    /// <summary>In bytes; the longest expression constraints that people write are a hundredth of it.</summary>
    private const int LongestText = 1 << 20;

    private readonly Parameter[] _parameters;

    private OperationInput(Parameter[] parameters)
    {
        if (parameters.Length > MostParameters) throw new TooCostly($"The request has {parameters.Length:N0} parameters, more than the {MostParameters:N0} that are read; send several requests.");
        _parameters = parameters;
    }

    /// <summary>A primitive as text, or an object (datatype, resource, or the parameter itself when it has parts).</summary>
    /// <param name="Name">As sent.</param>
    /// <param name="Text">The primitive, or null.</param>
    /// <param name="Type">The type behind <c>value</c>, for example <c>Code</c>; null for what has no type: queries, resources, parts.</param>
    /// <param name="Node">The object, or null.</param>
    private readonly record struct Parameter(string Name, string? Text, string? Type, JsonNode? Node);

    /// <summary>The names of all parameters, as sent, each once.</summary>
    public IEnumerable<string> Names => _parameters.Select(parameter => parameter.Name).Distinct(StringComparer.Ordinal);

    /// <summary>No parameter at all.</summary>
    public static OperationInput Empty { get; } = new([]);

    /// <summary>From a query string or form; empty values count as not given.</summary>
    public static OperationInput FromQuery(IEnumerable<KeyValuePair<string, string>> query)
        => new([.. query.Where(pair => pair.Value.Length > 0).Select(pair => new Parameter(pair.Key, pair.Value, null, null))]);

    /// <summary>From the text of a query string, without question mark.</summary>
    public static OperationInput FromQuery(string query) => query.Length == 0 ? Empty : FromQuery(query.Split('&').Select(Pair));

    /// <summary>From a Parameters resource, or from a resource that stands for the parameter named after it (ValueSet for valueSet).</summary>
    /// <exception cref="TerminologyException">Structure: not JSON, or not Parameters.</exception>
    public static OperationInput FromJson(ReadOnlyMemory<byte> json) => From(JsonNode.Root(json, out _));

    internal static OperationInput From(JsonNode root) => root.ResourceType switch
    {
        "Parameters" => new([.. root.Objects("parameter").Select(Read)]),
        "ValueSet" => new([new("valueSet", null, null, root)]),
        "ConceptMap" => new([new("conceptMap", null, null, root)]),
        "CodeSystem" => new([new("codeSystem", null, null, root)]),
        var other => throw root.Fault("resourceType", $"is '{other}' and must be Parameters"),
    };

    /// <summary>These parameters with others behind them.</summary>
    public OperationInput With(OperationInput others) => others._parameters.Length == 0 ? this : new([.. _parameters, .. others._parameters]);

    /// <summary>These parameters, of which some are pinned to a value.</summary>
    public OperationInput With(IReadOnlyList<KeyValuePair<string, string>> pinned)
        => new([.. pinned.Select(pair => new Parameter(pair.Key, pair.Value, null, null)), .. _parameters.Where(parameter => pinned.All(pair => pair.Key != parameter.Name))]);

    /// <summary>The first value as text, or null.</summary>
    /// <exception cref="TerminologyException">Value: a number, true or false, or an object.</exception>
    public string? Text(string name) => Find(name) is { } parameter ? AsText(parameter) : null;

    /// <summary>The first of several names that is given.</summary>
    public string? Text(string name, string otherName) => Text(name) ?? Text(otherName);

    /// <summary>All values as text, in order.</summary>
    /// <exception cref="TerminologyException">Value: a number, true or false, or an object.</exception>
    public IReadOnlyList<string> Texts(string name)
    {
        List<string>? texts = null;
        foreach (ref readonly var parameter in _parameters.AsSpan())
        {
            if (parameter.Name == name) (texts ??= []).Add(AsText(parameter));
        }
        return texts ?? (IReadOnlyList<string>)[];
    }

    /// <summary>The primitive values of a parameter as they were sent, whatever their type.</summary>
    internal IEnumerable<string> AsSent(string name) => _parameters.Where(parameter => parameter.Name == name && parameter.Text is not null).Select(parameter => parameter.Text!);

    /// <summary>Is the parameter given at all?</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Names and values of all that is text, in order.</summary>
    internal IEnumerable<(string Name, string Value)> Pairs => _parameters.Where(parameter => parameter.Text is not null).Select(parameter => (parameter.Name, parameter.Text!));

    /// <summary>The names of a list that are given, as often as they are.</summary>
    internal List<string> Given(string[] names)
    {
        var given = new List<string>(1);
        foreach (ref readonly var parameter in _parameters.AsSpan())
        {
            if (Array.IndexOf(names, parameter.Name) >= 0) given.Add(parameter.Name);
        }
        return given;
    }

    /// <summary>true or false, or null when not given.</summary>
    /// <exception cref="TerminologyException">Value: something else.</exception>
    public bool? Boolean(string name) => Find(name) switch
    {
        null => null,
        { Text: "true" } => true,
        { Text: "false" } => false,
        { } other => throw Wrong(name, $"{Shown(other)} is neither true nor false."),
    };

    /// <summary>A whole number from 0, or null when not given.</summary>
    /// <exception cref="TerminologyException">Value: something else, or negative.</exception>
    public int? Integer(string name) => Find(name) switch
    {
        null => null,
        { Text: { } text } when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        { } other => throw Wrong(name, $"{Shown(other)} is no whole number from 0."),
    };

    /// <summary>A Coding, or null; in a query <c>system|code</c>.</summary>
    internal Coding? Coding(string name) => Find(name) switch
    {
        null => null,
        { Type: "Coding", Node: { } node } => Datatypes.Coding(node),
        { Type: null, Text: { } text } => text.LastIndexOf('|') is >= 0 and var at ? new(at == 0 ? null : text[..at], text[(at + 1)..]) : new(null, text),
        _ => throw Wrong(name, "a Coding is expected (valueCoding)."),
    };

    internal CodeableConcept? CodeableConcept(string name) => Find(name) switch
    {
        null => null,
        { Type: "CodeableConcept", Node: { } node } => Bounded(Datatypes.CodeableConcept(node)),
        _ => throw Wrong(name, "a CodeableConcept is expected (valueCodeableConcept); it cannot be sent in a query."),
    };

    internal JsonNode? Resource(string name) => Find(name) switch
    {
        null => null,
        { Type: null, Node: { } node } => node,
        _ => throw Wrong(name, "a resource is expected."),
    };

    /// <summary>The objects of this name: resources, and parameters that have parts.</summary>
    internal IEnumerable<JsonNode> All(string name)
        => !Has(name) ? [] : _parameters.Where(parameter => parameter.Name == name).Select(parameter => parameter.Node ?? throw Wrong(name, "a resource or parts are expected, not a single value."));

    /// <summary>A parameter whose value is not right.</summary>
    public static TerminologyException Wrong(string name, string what) => new(IssueType.Value, "INVALID_PARAMETER", $"Parameter '{name}': {what}") { Expression = name };

    internal static TerminologyException Missing(string name, string what) => new(IssueType.Required, "MISSING_PARAMETER", what) { Expression = name };

    private static CodeableConcept Bounded(CodeableConcept concept)
        => concept.Codings.Count <= MostCodings ? concept : throw new TooCostly($"The CodeableConcept has {concept.Codings.Count:N0} codings, more than the {MostCodings:N0} that are looked at together; send several requests.");

    private Parameter? Find(string name)
    {
        foreach (ref readonly var parameter in _parameters.AsSpan())
        {
            if (parameter.Name == name) return parameter;
        }
        return null;
    }

    private static string AsText(Parameter parameter) => parameter switch
    {
        { Text: "" } => throw Wrong(parameter.Name, "the value is empty; leave the parameter out or give it one."),
        { Text: { } text, Type: not ("Integer" or "Decimal" or "Boolean") } => text,
        _ => throw Wrong(parameter.Name, $"{Shown(parameter)} is given where text is expected (valueCode, valueUri or valueString)."),
    };

    private static string Shown(Parameter parameter) => parameter.Text is { } text ? $"'{text}'" : parameter.Type ?? "an object";

    private static KeyValuePair<string, string> Pair(string text)
    {
        var at = text.IndexOf('=');
        return at < 0 ? new(Decode(text), "") : new(Decode(text[..at]), Decode(text[(at + 1)..]));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static Parameter Read(JsonNode parameter)
    {
        var name = parameter.Required("name");
        if (parameter.Object("resource") is { } resource) return new(name, null, null, resource);
        if (parameter.Choice("value") is not var (type, value)) return new(name, null, null, parameter);
        return value.ValueKind switch
        {
            JsonValueKind.Object => new(name, null, type, parameter.Object("value" + type)),
            JsonValueKind.Array => throw Wrong(name, "a single value is expected."),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when !NotText.Contains(type) => new(name, parameter.Required("value" + type), type, null), // says that it must be a string
            _ when JsonMarshal.GetRawUtf8Value(value).Length > LongestText => throw new TooCostly($"Parameter '{name}' is longer than the {LongestText:N0} bytes that a single value may have."),
            _ => new(name, Datatypes.Text(value), type, null),
        };
    }
}

using System.Text;
using System.Text.Json;
using Terminology.Fhir.Operations;
using Terminology.Issues;
using Terminology.Search;

namespace Terminology.Fhir.Queries;

/// <summary>A resource that a search looks at.</summary>
/// <param name="Facts">What it can be found by.</param>
/// <param name="Json">The resource, R4 JSON in UTF-8.</param>
/// <param name="HasCode">Has its content the code? Takes parameter name, system or null, and code.</param>
public readonly record struct Searched(SearchFacts Facts, Func<ReadOnlyMemory<byte>> Json, Func<string, string?, string, bool> HasCode);

/// <summary>The criteria of a search: all must hold; of the values of one, any.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/search.html">search</see>. Immutable, thread-safe.</remarks>
public sealed class SearchQuery
{
    /// <summary>Parameters that shape the answer and are no criteria.</summary>
    private static readonly HashSet<string> Controls = new(["_count", "_offset", "_sort", "_summary", "_elements", "_total", "_format", "_pretty"], StringComparer.Ordinal);

    private readonly IReadOnlyList<Criterion> _criteria;

    private SearchQuery(IReadOnlyList<Criterion> criteria, IReadOnlyList<KeyValuePair<string, string>> used, IReadOnlyList<string> ignored) => (_criteria, Used, Ignored) = (criteria, used, ignored);

    /// <summary>The criteria as sent, without those that were not understood.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Used { get; }

    /// <summary>Names of parameters that nothing here searches by.</summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>Is there no criterion at all?</summary>
    public bool IsEmpty => _criteria.Count == 0;

    /// <summary>The one value that a criterion without modifier asks for, or null.</summary>
    public string? Pinned(string parameter) => _criteria.FirstOrDefault(criterion => criterion.Parameter.Name == parameter && criterion is { Modifier: "", Values.Count: 1 })?.Values[0];

    /// <summary>Reads the criteria of a query.</summary>
    /// <exception cref="TerminologyException">Value: a date that is none, a modifier that does not fit its parameter.</exception>
    public static SearchQuery Read(string type, OperationInput input)
    {
        var (criteria, used, ignored) = (new List<Criterion>(), new List<KeyValuePair<string, string>>(), new List<string>());
        foreach (var (name, value) in input.Pairs)
        {
            if (Controls.Contains(name)) continue;
            var colon = name.IndexOf(':');
            var (plain, modifier) = colon < 0 ? (name, "") : (name[..colon], name[(colon + 1)..]);
            if (SearchParameter.Find(type, plain) is not { } parameter)
            {
                ignored.Add(name);
                continue;
            }
            criteria.Add(Criterion.Read(parameter, modifier, value));
            used.Add(new(name, value));
        }
        return new(criteria, used, [.. ignored.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Does the resource meet all criteria?</summary>
    public bool Matches(Searched resource)
    {
        foreach (var criterion in _criteria)
        {
            if (!criterion.Matches(resource)) return false;
        }
        return true;
    }

    /// <summary>The words of a text without case and accents.</summary>
    internal static string Fold(string text) => string.Join(' ', TermFolding.Words(text));

    private sealed record Criterion(SearchParameter Parameter, string Modifier, IReadOnlyList<string> Values)
    {
        private IReadOnlyList<(string Prefix, DatePeriod Period)> Dates { get; init; } = [];

        private IReadOnlyList<string> Folded { get; init; } = [];

        public static Criterion Read(SearchParameter parameter, string modifier, string value)
        {
            if (!Fits(parameter.Kind, modifier)) throw OperationInput.Wrong(parameter.Name, $"the modifier ':{modifier}' does not fit it.");
            var values = Split(value);
            if (modifier == "missing") return value is "true" or "false" ? new(parameter, modifier, values) : throw OperationInput.Wrong(parameter.Name, $"'{value}' is neither true nor false.");
            return new(parameter, modifier, values)
            {
                Dates = parameter.Kind == SearchKind.Date ? [.. values.Select(text => Date(parameter, text))] : [],
                Folded = parameter.Kind is SearchKind.String ? [.. values.Select(Fold)] : [],
            };
        }

        public bool Matches(Searched resource) => Parameter.Kind switch
        {
            SearchKind.Text => Values.Any(value => Contains(resource.Json(), value)),
            SearchKind.Code => Values.Any(value => Token(value) is var (system, code) && resource.HasCode(Parameter.Name, system, code)) != (Modifier == "not"),
            _ when Modifier == "missing" => resource.Facts.Values(Parameter.Name).Count == 0 == (Values[0] == "true"),
            _ when Modifier == "not" => !resource.Facts.Values(Parameter.Name).Any(Fits),
            _ => resource.Facts.Values(Parameter.Name).Any(Fits),
        };

        private bool Fits(SearchValue found) => Parameter.Kind switch
        {
            SearchKind.String when Modifier == "exact" => Values.Contains(found.Text),
            SearchKind.String when Modifier == "contains" => Folded.Any(text => found.Folded.Contains(text, StringComparison.Ordinal)),
            SearchKind.String => Folded.Any(text => found.Folded.StartsWith(text, StringComparison.Ordinal)),
            SearchKind.Token => Values.Any(value => FitsToken(value, found)),
            SearchKind.Date => DatePeriod.Parse(found.Text) is { } period && Dates.Any(date => Compare(date.Prefix, period, date.Period)),
            SearchKind.Uri when Modifier == "below" => Values.Any(value => found.Text == value || found.Text.StartsWith(value.TrimEnd('/') + "/", StringComparison.Ordinal)),
            SearchKind.Uri when Modifier == "above" => Values.Any(value => found.Text == value || value.StartsWith(found.Text.TrimEnd('/') + "/", StringComparison.Ordinal)),
            _ => Values.Any(value => found.Text == value || found.Text.Split('|')[0] == value),
        };

        /// <summary>The words of the value, in any order, in the narrative or anywhere.</summary>
        private bool Contains(ReadOnlyMemory<byte> json, string value)
        {
            var missing = TermFolding.Words(value).ToHashSet(StringComparer.Ordinal);
            var inNarrative = Parameter.Name == "_text";
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 1024 });
            var isAsked = !inNarrative;
            while (missing.Count > 0 && reader.Read())
            {
                if (inNarrative && reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1) isAsked = reader.ValueTextEquals("text"u8);
                if (isAsked && reader.TokenType == JsonTokenType.String) missing.ExceptWith(TermFolding.Words(reader.GetString()!));
            }
            return missing.Count == 0;
        }

        private static bool Fits(SearchKind kind, string modifier) => modifier switch
        {
            "" => true,
            "missing" => kind is not (SearchKind.Text or SearchKind.Code),
            "exact" or "contains" => kind == SearchKind.String,
            "not" => kind is SearchKind.Token or SearchKind.Code,
            "below" or "above" => kind == SearchKind.Uri,
            _ => false,
        };

        private static (string? System, string Code) Token(string value)
        {
            var bar = value.IndexOf('|');
            return bar < 0 ? (null, value) : (value[..bar], value[(bar + 1)..]);
        }

        private static bool FitsToken(string value, SearchValue found)
        {
            var (system, code) = Token(value);
            return (system is null || (system.Length == 0 ? found.System is null : found.System == system)) && (code.Length == 0 || string.Equals(found.Text, code, StringComparison.Ordinal));
        }

        private static (string Prefix, DatePeriod Period) Date(SearchParameter parameter, string value)
        {
            var prefix = value.Length > 2 && char.IsAsciiLetterLower(value[0]) && char.IsAsciiLetterLower(value[1]) ? value[..2] : "";
            if (prefix is not ("" or "eq" or "ne" or "gt" or "lt" or "ge" or "le" or "sa" or "eb" or "ap")) throw OperationInput.Wrong(parameter.Name, $"'{prefix}' is no prefix; use eq, ne, gt, lt, ge, le, sa, eb or ap.");
            return (prefix, DatePeriod.Parse(value[prefix.Length..]) ?? throw OperationInput.Wrong(parameter.Name, $"'{value}' is no date."));
        }

        private static bool Compare(string prefix, DatePeriod found, DatePeriod asked) => prefix switch
        {
            "ne" => !(found.Start >= asked.Start && found.End <= asked.End),
            "gt" => found.End > asked.End,
            "lt" => found.Start < asked.Start,
            "ge" => found.End >= asked.End || found.Start >= asked.Start,
            "le" => found.Start <= asked.Start || found.End <= asked.End,
            "sa" => found.Start >= asked.End,
            "eb" => found.End <= asked.Start,
            "ap" => found.Start < asked.End.AddDays(1) && found.End > asked.Start.AddDays(-1),
            _ => found.Start >= asked.Start && found.End <= asked.End,
        };

        /// <summary>Values are parted by commas; a backslash takes commas, bars and itself literally.</summary>
        private static List<string> Split(string text)
        {
            var (values, value) = (new List<string>(), new StringBuilder());
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '\\' && i + 1 < text.Length) value.Append(text[++i]);
                else if (text[i] == ',')
                {
                    values.Add(value.ToString());
                    value.Clear();
                }
                else
                {
                    value.Append(text[i]);
                }
            }
            values.Add(value.ToString());
            return values;
        }
    }
}

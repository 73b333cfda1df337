using System.Collections.Frozen;
using System.Text;
using Terminology.CodeSystems;

namespace Terminology.Ucum;

/// <summary>The units and prefixes of one UCUM release, by symbol.</summary>
internal sealed class UcumTable
{
    private const string PrefixMark = "prefix:";
    private readonly FrozenDictionary<string, UcumUnit> _units;

    public UcumTable(IEnumerable<UcumUnit> units, IEnumerable<UcumPrefix> prefixes)
    {
        Units = [.. units];
        _units = Units.ToFrozenDictionary(unit => unit.Code, StringComparer.Ordinal);
        Prefixes = [.. prefixes.OrderByDescending(prefix => prefix.Code.Length)];
    }

    /// <summary>In the order of the release.</summary>
    public IReadOnlyList<UcumUnit> Units { get; }

    /// <summary>The longest symbols first.</summary>
    public IReadOnlyList<UcumPrefix> Prefixes { get; }

    public UcumUnit? Unit(string code) => _units.GetValueOrDefault(code);

    /// <summary>Reads a symbol: a unit, or a prefix before a unit that takes one. A symbol that is a unit is never split.</summary>
    public (UcumPrefix? Prefix, UcumUnit Unit)? Read(string symbol)
    {
        if (Unit(symbol) is { } whole) return (null, whole);
        return Split(symbol) is { Unit.IsMetric: true } split ? split : null;
    }

    /// <summary>The prefix and the unit that a symbol is made of, whether or not the unit takes one; a unit that does comes first.</summary>
    public (UcumPrefix Prefix, UcumUnit Unit)? Split(string symbol)
    {
        (UcumPrefix, UcumUnit)? other = null;
        foreach (var prefix in Prefixes)
        {
            if (symbol.Length <= prefix.Code.Length || !symbol.StartsWith(prefix.Code, StringComparison.Ordinal) || Unit(symbol[prefix.Code.Length..]) is not { } unit) continue;
            if (unit.IsMetric) return (prefix, unit);
            other ??= (prefix, unit);
        }
        return other;
    }

    /// <summary>Reads the table back from the code system that a release of the UCUM essence is stored as.</summary>
    public static UcumTable Of(ICodeSystem essence)
    {
        var (units, prefixes) = (new List<UcumUnit>(), new List<UcumPrefix>());
        foreach (var concept in essence.All)
        {
            var code = Encoding.UTF8.GetString(essence.Code(concept));
            var name = essence.Display(concept) is { Length: > 0 } display ? Encoding.UTF8.GetString(display) : code;
            var values = Values(essence, concept);
            if (code.StartsWith(PrefixMark, StringComparison.Ordinal)) prefixes.Add(new(code[PrefixMark.Length..], name, Value("value") ?? "1"));
            else units.Add(Unit(code, Names(essence, concept, name), PrintSymbolOf(essence, concept), Value("kind") == "base-unit", Value("isMetric"), Value("isArbitrary"), Value("value"), Value("unit"), [.. values["property"]]));

            string? Value(string property) => values[property].FirstOrDefault();
        }
        return new(units, prefixes);
    }

    /// <summary>A unit from what the essence says of it. A special unit has its function in the text of its definition: <c>cel(1 K)</c>.</summary>
    public static UcumUnit Unit(
        string code, IReadOnlyList<string> names, string? printSymbol, bool isBase, string? isMetric, string? isArbitrary, string? value, string? definition, IReadOnlyList<string> quantities)
    {
        var function = (string?)null;
        if (value is null && definition is not null && definition.IndexOf('(') is > 0 and var open && definition.IndexOf(' ', open) is > 0 and var space)
        {
            (function, value, definition) = (definition[..open], definition[(open + 1)..space], definition[(space + 1)..^1]);
        }
        return new(code, names)
        {
            PrintSymbol = printSymbol,
            Quantities = quantities,
            IsBase = isBase,
            IsMetric = isBase || isMetric == "yes",
            IsArbitrary = isArbitrary == "yes",
            Function = function,
            Value = value ?? "1",
            Definition = isBase ? "" : definition ?? "1",
        };
    }

    private static ILookup<string, string> Values(ICodeSystem essence, ConceptOrdinal concept)
    {
        var range = essence.Properties(concept);
        return Enumerable.Range(range.Start, range.Count)
            .Select(index => (Code: essence.Info.Properties[essence.Property(index).Property].Code, Value: Encoding.UTF8.GetString(essence.Property(index).Value)))
            .ToLookup(pair => pair.Code, pair => pair.Value, StringComparer.Ordinal);
    }

    private static string[] Names(ICodeSystem essence, ConceptOrdinal concept, string display)
    {
        var names = Texts(essence, concept).Where(text => text.Use == DesignationUses.Display).Select(text => text.Value).ToArray();
        return names.Length == 0 ? [display] : names;
    }

    private static string? PrintSymbolOf(ICodeSystem essence, ConceptOrdinal concept) => Texts(essence, concept).FirstOrDefault(text => text.Use.Code == "printSymbol").Value;

    private static IEnumerable<(Coding Use, string Value)> Texts(ICodeSystem essence, ConceptOrdinal concept)
    {
        var range = essence.Designations(concept);
        for (var i = range.Start; i < range.End; i++) yield return (essence.Designation(i).Use, Encoding.UTF8.GetString(essence.Designation(i).Value));
    }
}

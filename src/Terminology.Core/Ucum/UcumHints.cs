using Terminology.Issues;

namespace Terminology.Ucum;

/// <summary>What someone may have meant by a symbol that is no unit.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class UcumHints(UcumTable table)
{
    private const int MostGuesses = 3;

    // Writings of laboratories and prescriptions that no rule derives from the tables.
    private static readonly Dictionary<string, string> Customary = new(StringComparer.OrdinalIgnoreCase)
    {
        ["kg"] = "kg", ["dL"] = "dL", ["mcg"] = "ug", ["mcL"] = "uL", ["mcmol"] = "umol", ["cc"] = "mL", ["ccm"] = "cm3", ["gm"] = "g", ["gms"] = "g", ["kgs"] = "kg", ["mgs"] = "mg", ["lt"] = "L", ["ltr"] = "L",
        ["sec"] = "s", ["secs"] = "s", ["hr"] = "h", ["hrs"] = "h", ["mins"] = "min", ["yr"] = "a", ["yrs"] = "a", ["weeks"] = "wk", ["months"] = "mo", ["mth"] = "mo", ["days"] = "d",
        ["lb"] = "[lb_av]", ["lbs"] = "[lb_av]", ["oz"] = "[oz_av]", ["in"] = "[in_i]", ["inch"] = "[in_i]", ["inches"] = "[in_i]", ["ft"] = "[ft_i]", ["feet"] = "[ft_i]", ["yd"] = "[yd_i]", ["mi"] = "[mi_i]",
        ["mmHg"] = "mm[Hg]", ["cmHg"] = "cm[Hg]", ["cmH2O"] = "cm[H2O]", ["mmH"] = "mm[H2O]", ["cmH"] = "cm[H2O]", ["inHg"] = "[in_i'Hg]",
        ["IU"] = "[iU]", ["mIU"] = "m[IU]", ["uIU"] = "u[IU]", ["µIU"] = "u[IU]", ["kIU"] = "k[IU]", ["MIU"] = "M[IU]", ["USP"] = "[USP'U]", ["CFU"] = "[CFU]", ["PFU"] = "[PFU]",
        ["degC"] = "Cel", ["celsius"] = "Cel", ["°C"] = "Cel", ["℃"] = "Cel", ["degF"] = "[degF]", ["fahrenheit"] = "[degF]", ["°F"] = "[degF]", ["℉"] = "[degF]", ["°"] = "deg",
        ["mOsm"] = "mosm", ["Osm"] = "osm", ["pH"] = "[pH]", ["bpm"] = "/min", ["rpm"] = "{rpm}", ["tsp"] = "[tsp_us]", ["tbsp"] = "[tbs_us]", ["gtt"] = "[drp]", ["drops"] = "[drp]",
        ["w"] = "wk", ["y"] = "a", ["Da"] = "u", ["kDa"] = "ku", ["MDa"] = "Mu", ["dalton"] = "u", ["Ang"] = "Ao", ["Torr"] = "mm[Hg]",
        ["percent"] = "%", ["‰"] = "[ppth]", ["ohms"] = "Ohm", ["Ω"] = "Ohm", ["Å"] = "Ao", ["micron"] = "um", ["dz"] = "12", ["x"] = "10*",
    };

    private readonly Lazy<ILookup<string, UcumUnit>> _byCode = new(() => table.Units.ToLookup(unit => unit.Code, StringComparer.OrdinalIgnoreCase));
    private readonly Lazy<ILookup<string, UcumUnit>> _bySymbol = new(() => By(table, Symbols));
    private readonly Lazy<ILookup<string, UcumUnit>> _byName = new(() => By(table, unit => unit.Names.Concat(unit.Names.Select(name => name + "s"))));

    /// <summary>The sentence for a symbol that is no unit.</summary>
    public UcumAdvice Unknown(string symbol)
    {
        if (table.Split(symbol) is var (prefix, unit)) return UcumMessages.PrefixNotAllowed(prefix.Code, prefix.Name, unit.Code, unit.Names[0]);
        if (Meant(symbol) is { Count: > 0 } meant) return UcumMessages.Unknown(symbol, meant.Count == 1 ? UcumMessages.Meant(meant[0]) : UcumMessages.MeantOneOf(meant));
        if (symbol is ['[', .., ']']) return UcumMessages.Unknown(symbol, UcumMessages.Braces(symbol[1..^1]));
        return Juxtaposed(symbol) is var (first, second) ? UcumMessages.Unknown(symbol, UcumMessages.Juxtaposed(first, second)) : UcumMessages.Unknown(symbol);
    }

    private List<string> Meant(string symbol)
    {
        if (Customary.TryGetValue(symbol, out var customary) && customary != symbol) return [customary];
        // Micro is 'u'; µ has two code points.
        if (symbol[0] is 'µ' or 'μ' && (symbol.Length == 1 || table.Read($"u{symbol[1..]}") is not null)) return [$"u{symbol[1..]}"];
        // One letter in the other case is another unit as a rule: 'p' is hardly the poise.
        if (symbol.Length == 1) return [];
        string[] found = [.. With(symbol, prefix => prefix.Code, _byCode.Value)];
        if (found.Length == 0) found = [.. With(symbol, prefix => prefix.Code, _bySymbol.Value), .. With(symbol, prefix => prefix.Name, _byName.Value)];
        return [.. found.Distinct().OrderByDescending(code => Agreement(code, symbol)).Take(MostGuesses)];
    }

    /// <summary>The units that a text names, alone or after a prefix.</summary>
    private IEnumerable<string> With(string text, Func<UcumPrefix, string> written, ILookup<string, UcumUnit> units)
    {
        foreach (var unit in units[text]) yield return unit.Code;
        foreach (var prefix in table.Prefixes)
        {
            var mark = written(prefix);
            if (!text.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var unit in units[text[mark.Length..]].Where(unit => unit.IsMetric)) yield return prefix.Code + unit.Code;
        }
    }

    private static ILookup<string, UcumUnit> By(UcumTable table, Func<UcumUnit, IEnumerable<string>> texts)
        => table.Units.SelectMany(texts, (unit, text) => (unit, text)).ToLookup(pair => pair.text, pair => pair.unit, StringComparer.OrdinalIgnoreCase);

    /// <summary>The code without its brackets, the symbol in print.</summary>
    private static IEnumerable<string> Symbols(UcumUnit unit)
    {
        if (unit.Code is ['[', .., ']']) yield return unit.Code[1..^1];
        if (unit.PrintSymbol is { Length: > 0 } symbol) yield return symbol;
    }

    private static int Agreement(string code, string symbol) => code.Zip(symbol).Count(pair => pair.First == pair.Second) - code.Length;

    private (string First, string Second)? Juxtaposed(string symbol)
    {
        for (var length = symbol.Length - 1; length > 0; length--)
        {
            if (table.Read(symbol[..length]) is not null && table.Read(symbol[length..]) is not null) return (symbol[..length], symbol[length..]);
        }
        return null;
    }
}

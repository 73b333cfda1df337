using Terminology.Issues;

namespace Terminology.Ucum;

/// <summary>What someone may have meant by a symbol that is no unit.</summary>
internal static class UcumHints
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
        ["percent"] = "%", ["‰"] = "[ppth]", ["ohms"] = "Ohm", ["Ω"] = "Ohm", ["Å"] = "Ao", ["micron"] = "um", ["dz"] = "12", ["x"] = "10*",
    };

    /// <summary>The sentence for a symbol that is no unit.</summary>
    public static string Unknown(UcumTable table, string symbol)
    {
        if (table.Split(symbol) is var (prefix, unit)) return UcumMessages.PrefixNotAllowed(prefix.Code, prefix.Name, unit.Code, unit.Names[0]);
        if (Meant(table, symbol) is { Count: > 0 } meant) return UcumMessages.Unknown(symbol, meant.Count == 1 ? UcumMessages.Meant(meant[0]) : UcumMessages.MeantOneOf(meant));
        return Juxtaposed(table, symbol) is var (first, second) ? UcumMessages.Unknown(symbol, UcumMessages.Juxtaposed(first, second)) : UcumMessages.Unknown(symbol);
    }

    private static List<string> Meant(UcumTable table, string symbol)
    {
        if (Customary.TryGetValue(symbol, out var customary) && customary != symbol) return [customary];
        // Micro is 'u'; µ has two code points.
        if (symbol[0] is 'µ' or 'μ' && (symbol.Length == 1 || table.Read($"u{symbol[1..]}") is not null)) return [$"u{symbol[1..]}"];
        var combined = table.Prefixes.Prepend(null).SelectMany(prefix => table.Units.Where(unit => prefix is null || unit.IsMetric), (prefix, unit) => (prefix, unit)).ToArray();
        var found = Array.FindAll(combined, pair => IsSame(pair.prefix?.Code + pair.unit.Code, symbol));
        if (found.Length == 0) found = Array.FindAll(combined, pair => Names(pair.prefix, pair.unit).Any(name => IsSame(name, symbol)));
        return [.. found.Select(pair => pair.prefix?.Code + pair.unit.Code).Distinct().OrderByDescending(code => Agreement(code, symbol)).Take(MostGuesses)];
    }

    private static bool IsSame(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    /// <summary>Ways to write a unit besides its code: without brackets, the symbol in print, the name in singular or plural.</summary>
    private static IEnumerable<string> Names(UcumPrefix? prefix, UcumUnit unit)
    {
        if (unit.Code is ['[', .., ']']) yield return prefix?.Code + unit.Code[1..^1];
        if (unit.PrintSymbol is { Length: > 0 } symbol) yield return prefix?.Code + symbol;
        foreach (var name in unit.Names)
        {
            yield return prefix?.Name + name;
            yield return $"{prefix?.Name}{name}s";
        }
    }

    private static int Agreement(string code, string symbol) => code.Zip(symbol).Count(pair => pair.First == pair.Second) - code.Length;

    private static (string First, string Second)? Juxtaposed(UcumTable table, string symbol)
    {
        for (var length = symbol.Length - 1; length > 0; length--)
        {
            if (table.Read(symbol[..length]) is not null && table.Read(symbol[length..]) is not null) return (symbol[..length], symbol[length..]);
        }
        return null;
    }
}

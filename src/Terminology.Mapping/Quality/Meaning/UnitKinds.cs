using System.Text.RegularExpressions;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>Reads what a UCUM unit measures: from what stands over and under its stroke, by kind of symbol.</summary>
internal static partial class UnitKinds
{
    private static readonly Dictionary<UnitKind, string> Words = new()
    {
        [UnitKind.MassConcentration] = "a mass concentration", [UnitKind.SubstanceConcentration] = "a substance concentration", [UnitKind.NumberConcentration] = "a number in a volume", [UnitKind.CatalyticConcentration] = "a catalytic concentration",
        [UnitKind.ArbitraryConcentration] = "arbitrary units in a volume", [UnitKind.Osmolality] = "an osmolality", [UnitKind.MassRate] = "a mass in a time", [UnitKind.SubstanceRate] = "a substance in a time", [UnitKind.VolumeRate] = "a volume in a time",
        [UnitKind.NumberRate] = "a number in a time", [UnitKind.Fraction] = "a fraction", [UnitKind.MassContent] = "a mass in a mass", [UnitKind.SubstanceContent] = "a substance in a mass", [UnitKind.CatalyticContent] = "a catalytic content",
        [UnitKind.NumberContent] = "a number in a mass", [UnitKind.RatioOfSubstances] = "a substance to a substance", [UnitKind.RatioOfMassAndSubstance] = "a mass to a substance", [UnitKind.Mass] = "a mass", [UnitKind.Substance] = "an amount of substance",
        [UnitKind.Number] = "a number", [UnitKind.NumberPerArea] = "a number in a field", [UnitKind.Volume] = "a volume", [UnitKind.Length] = "a length", [UnitKind.Area] = "an area", [UnitKind.Time] = "a time", [UnitKind.Frequency] = "a frequency",
        [UnitKind.Temperature] = "a temperature", [UnitKind.Pressure] = "a pressure", [UnitKind.Catalytic] = "a catalytic activity", [UnitKind.Arbitrary] = "arbitrary units", [UnitKind.Acidity] = "an acidity", [UnitKind.Titer] = "a titer", [UnitKind.Ratio] = "a ratio",
        [UnitKind.VolumeRatePerArea] = "a volume in a time for a body surface", [UnitKind.Velocity] = "a velocity", [UnitKind.Angle] = "an angle", [UnitKind.Energy] = "an energy", [UnitKind.Charge] = "a voltage",
    };

    private static readonly string[] Prefixes = ["", "Y", "Z", "E", "P", "T", "G", "M", "k", "h", "da", "d", "c", "m", "u", "n", "p", "f", "a", "z", "y"];

    /// <summary>Kinds of symbols: m mass, s substance, o osmole, c catalytic, a arbitrary, v volume, l length, t time, n number, f field.</summary>
    private static readonly Dictionary<string, char> Symbols = Metric("g", 'm').Concat(Metric("mol", 's')).Concat(Metric("eq", 's')).Concat(Metric("osm", 'o')).Concat(Metric("U", 'c')).Concat(Metric("kat", 'c')).Concat(Metric("L", 'v')).Concat(Metric("l", 'v')).Concat(Metric("m", 'l'))
        .Concat(Metric("s", 't')).Concat(Metric("[IU]", 'a')).Concat(Metric("[iU]", 'a')).Concat([new("min", 't'), new("h", 't'), new("d", 't'), new("wk", 't'), new("mo", 't'), new("a", 't'), new("[HPF]", 'f'), new("[LPF]", 'f'), new("%", '%'), new("[ppth]", '%'), new("[pH]", 'p')])
        .GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);

    /// <summary>How sentences say it.</summary>
    public static string Describe(UnitKind kind) => Words.GetValueOrDefault(kind, "something else");

    /// <summary>What a valid UCUM code measures; Unknown where that cannot be told safely.</summary>
    public static UnitKind Of(string ucum)
    {
        if (ucum is "[degF]" or "Cel" or "K") return UnitKind.Temperature;
        if (ucum.EndsWith("m[Hg]", StringComparison.Ordinal) || ucum is "kPa" or "Pa" or "mbar" or "bar" || ucum.EndsWith("m[H2O]", StringComparison.Ordinal)) return UnitKind.Pressure;
        if (ucum is "deg" or "rad") return UnitKind.Angle;
        if (ucum is "mV" or "V" or "uV") return UnitKind.Charge;
        if (ucum is "{titer}") return UnitKind.Titer;
        if (ucum is "{ratio}" or "{INR}") return UnitKind.Ratio;
        if (ucum is "[arb'U]" or "{AU}" or "{index}" or "{RU}" or "[GPL'U]" or "[MPL'U]" or "[APL'U]") return UnitKind.Arbitrary;
        if (ucum.Contains("/{1.73_m2}", StringComparison.Ordinal) || ucum.Contains("1.73", StringComparison.Ordinal)) return UnitKind.VolumeRatePerArea;
        var bare = Annotation().Replace(ucum, "");
        // An annotation under the stroke stands for the number one, and says what is counted: g/{creat} tells nothing of what it is a ratio to.
        if (ucum.Contains("/{", StringComparison.Ordinal)) return UnitKind.Unknown;
        if (bare.Length == 0) return UnitKind.Number;
        var strokes = bare.Split('/');
        if (strokes.Length > 2) return strokes is [var volume, var time, "m2"] && KindOf(volume) == 'v' && KindOf(time) == 't' ? UnitKind.VolumeRatePerArea : UnitKind.Unknown;
        var over = strokes[0].Length == 0 ? 'n' : KindOf(strokes[0]);
        return strokes.Length == 1 ? Alone(over, strokes[0]) : Ratio(over, KindOf(strokes[1]));
    }

    private static UnitKind Alone(char over, string symbol) => over switch
    {
        'm' => UnitKind.Mass,
        's' => UnitKind.Substance,
        'c' => UnitKind.Catalytic,
        'a' => UnitKind.Arbitrary,
        'v' => UnitKind.Volume,
        'l' => symbol.EndsWith('2') ? UnitKind.Area : UnitKind.Length,
        't' => UnitKind.Time,
        'n' => UnitKind.Number,
        '%' => UnitKind.Fraction,
        'p' => UnitKind.Acidity,
        _ => UnitKind.Unknown,
    };

    private static UnitKind Ratio(char over, char under) => (over, under) switch
    {
        ('m', 'v') => UnitKind.MassConcentration,
        ('s', 'v') => UnitKind.SubstanceConcentration,
        ('n', 'v') => UnitKind.NumberConcentration,
        ('c', 'v') => UnitKind.CatalyticConcentration,
        ('a', 'v') => UnitKind.ArbitraryConcentration,
        ('o', 'm') or ('o', 'v') => UnitKind.Osmolality,
        ('m', 't') => UnitKind.MassRate,
        ('s', 't') => UnitKind.SubstanceRate,
        ('v', 't') => UnitKind.VolumeRate,
        ('n', 't') => UnitKind.NumberRate,
        ('l', 't') => UnitKind.Velocity,
        ('m', 'm') => UnitKind.MassContent,
        ('s', 'm') => UnitKind.SubstanceContent,
        ('c', 'm') or ('a', 'm') => UnitKind.CatalyticContent,
        ('n', 'm') => UnitKind.NumberContent,
        ('s', 's') => UnitKind.RatioOfSubstances,
        ('m', 's') => UnitKind.RatioOfMassAndSubstance,
        ('n', 'f') => UnitKind.NumberPerArea,
        _ => UnitKind.Unknown,
    };

    /// <summary>The kind of one side of the stroke: one symbol, with a factor of ten before it if need be.</summary>
    private static char KindOf(string side)
    {
        if (Number().IsMatch(side)) return 'n';
        var symbol = Factor().Replace(side, "");
        if (symbol.Length > 1 && symbol[^1] is '2' or '3') symbol = symbol[^1] == '3' && symbol.EndsWith("m3", StringComparison.Ordinal) ? "L" : symbol[..^1];
        return Symbols.GetValueOrDefault(symbol, '?');
    }

    private static IEnumerable<KeyValuePair<string, char>> Metric(string symbol, char kind) => Prefixes.Select(prefix => KeyValuePair.Create(prefix + symbol, kind));

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Annotation();

    [GeneratedRegex(@"^(10\*-?\d+|\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(10\*-?\d+|\d+)\.?(?=[A-Za-z\[])", RegexOptions.CultureInvariant)]
    private static partial Regex Factor();
}

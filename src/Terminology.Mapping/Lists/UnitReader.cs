using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Terminology.Ucum;

namespace Terminology.Mapping.Lists;

/// <summary>Reads units as laboratories write them (<c>mEq/L</c>, <c>x10^9/L</c>, <c>e12/l</c>, <c>K/uL</c>) as UCUM, and says which kind of quantity they measure.</summary>
/// <remarks>Thread-safe; distinct texts are read once and kept, up to <see cref="MostKept"/> of them.</remarks>
public sealed partial class UnitReader
{
    /// <summary>Readings kept.</summary>
    public const int MostKept = 50_000;

    private const int LongestUnit = 40;

    // What no rule gives: customary writings whose UCUM code is another.
    private static readonly Dictionary<string, string> Customary = new(StringComparer.OrdinalIgnoreCase)
    {
        ["iu"] = "[IU]", ["miu"] = "m[IU]", ["uiu"] = "u[IU]", ["kiu"] = "k[IU]", ["ie"] = "[IU]", ["mie"] = "m[IU]", ["ky"] = "[IU]", ["meq"] = "meq", ["ueq"] = "ueq", ["eq"] = "eq", ["mval"] = "meq",
        ["mosm"] = "mosm", ["mosmol"] = "mosm", ["osm"] = "osm", ["mcg"] = "ug", ["mcl"] = "uL", ["mcmol"] = "umol", ["sec"] = "s", ["secs"] = "s", ["sek"] = "s", ["hr"] = "h", ["hrs"] = "h", ["hour"] = "h", ["hours"] = "h",
        ["std"] = "h", ["vrk"] = "d", ["mins"] = "min", ["yr"] = "a", ["yrs"] = "a", ["years"] = "a", ["day"] = "d", ["days"] = "d", ["tag"] = "d", ["mmhg"] = "mm[Hg]", ["cmh2o"] = "cm[H2O]", ["degc"] = "Cel", ["°c"] = "Cel",
        ["degf"] = "[degF]", ["°f"] = "[degF]", ["ph"] = "[pH]", ["units"] = "U", ["unit"] = "U", ["cells"] = "{cells}", ["hpf"] = "[HPF]", ["lpf"] = "[LPF]", ["bpm"] = "/min", ["ratio"] = "{ratio}", ["index"] = "{index}", ["titer"] = "{titer}",
        ["copies"] = "{copies}", ["kopiota"] = "{copies}", ["cfu"] = "[CFU]", ["k"] = "10*3", ["lb"] = "[lb_av]", ["lbs"] = "[lb_av]", ["cc"] = "mL", ["gm"] = "g", ["gms"] = "g", ["kgs"] = "kg", ["#"] = "{#}", ["promille"] = "[ppth]", ["‰"] = "[ppth]",
        ["percent"] = "%", ["prosent"] = "%", ["prozent"] = "%", ["kpl"] = "{#}", ["pcs"] = "{#}", ["inr"] = "{INR}", ["au"] = "{AU}", ["ru"] = "{RU}", ["mmolc"] = "mmol", ["ukat"] = "ukat", ["inch"] = "[in_i]", ["inches"] = "[in_i]", ["kpa"] = "kPa", ["titre"] = "{titer}", ["gpl"] = "[GPL'U]", ["mpl"] = "[MPL'U]", ["apl"] = "[APL'U]", ["bu"] = "[beth'U]", ["score"] = "{score}",
    };

    private readonly ConcurrentDictionary<string, string?> _codes = new(StringComparer.Ordinal);
    private readonly Func<string, string?> _canonical;
    private readonly UcumUnits? _units;

    /// <summary>Reads with the units of a UCUM release.</summary>
    public UnitReader(UcumUnits units) : this(code => units.IsValid(code) ? units.Canonical(code) : null) => _units = units;

    /// <summary>Reads with another source of units.</summary>
    /// <param name="canonical">Base term of a UCUM code, null when it is none.</param>
    public UnitReader(Func<string, string?> canonical) => _canonical = canonical;

    /// <summary>The UCUM code that a text means, with <c>L</c> for the litre, which UCUM writes in two ways; null when it cannot be read as a unit.</summary>
    public string? Read(string text)
    {
        var trimmed = TextRepair.Visible(text);
        // The word itself is the head of a column or a value left open; within units/mL it is a unit.
        if (trimmed.Length is 0 or > LongestUnit || trimmed.Equals("unit", StringComparison.OrdinalIgnoreCase) || trimmed.Equals("units", StringComparison.OrdinalIgnoreCase)) return null;
        if (_codes.TryGetValue(trimmed, out var known)) return known;
        var code = Readings(trimmed).Select(reading => Litre().Replace(reading, "$1L")).FirstOrDefault(reading => _canonical(reading) is not null);
        if (_codes.Count < MostKept) _codes[trimmed] = code;
        return code;
    }

    /// <summary>
    /// The kind of quantity that a unit measures, as the base term of its UCUM code (<c>g.m-3</c> for mg/dL and g/l; <c>1</c> for numbers); of a text that is no unit, the text in lower
    /// case behind a question mark; empty for empty text. Equal answers mean comparable units.
    /// </summary>
    public string Dimension(string text)
    {
        var trimmed = TextRepair.Visible(text);
        if (trimmed.Length == 0) return "";
        return Read(trimmed) is { } code ? _canonical(code)! : "?" + trimmed.ToLowerInvariant();
    }

    /// <summary>How many of one unit are one of another, of UCUM codes on a ratio scale; null when they are not comparable or that is not known.</summary>
    public double? Factor(string from, string to)
    {
        if (from == to) return 1;
        if (_units is null || _canonical(from) is not { } one || one != _canonical(to)) return null;
        try
        {
            var (none, unit) = (_units.Convert(0, from, to), _units.Convert(1, from, to));
            return none == 0 ? (double)unit : null; // degrees and logarithms have no factor
        }
        catch (Issues.TerminologyException)
        {
            return null;
        }
    }

    /// <summary>As written first, then with customary writings replaced, then in the case that UCUM has.</summary>
    private static IEnumerable<string> Readings(string text)
    {
        yield return text;
        var plain = text.Replace(" ", "", StringComparison.Ordinal).Replace('µ', 'u').Replace('μ', 'u').Replace("²", "2", StringComparison.Ordinal).Replace("³", "3", StringComparison.Ordinal).Replace('·', '.').Replace('×', 'x');
        plain = Log().Replace(plain, "{Log_IU}/");
        plain = OfDimer().Replace(plain, "{$1}");
        plain = OfDay().Replace(plain, "/d");
        plain = BodySurface().Replace(plain, "/{1.73_m2}");
        plain = OfWater().Replace(plain, "/kg");
        plain = Power().Replace(plain, "10*$1");
        plain = BareExponent().Replace(plain, "10*$1");
        if (plain != text) yield return plain;
        var words = Word().Replace(plain, word => Customary.GetValueOrDefault(word.Value, word.Value));
        if (words != plain) yield return words;
        var cased = Word().Replace(words, word => Cased(word.Value));
        if (cased != words) yield return cased;
    }

    private static string Cased(string word) => word switch
    {
        "L" or "l" => "L",
        _ when word.Length is >= 2 and <= 5 && char.IsUpper(word[^1]) && word.All(char.IsAsciiLetterUpper) => word.ToLowerInvariant(),
        _ => word.Length > 1 ? word[..1].ToLowerInvariant() + word[1..].ToLowerInvariant() : word,
    };

    /// <summary>10^9, 10**9, x10E9, 10e9, 10exp9.</summary>
    [GeneratedRegex(@"(?:^|(?<=/)|\b)(?:[xX*])?10(?:\^|\*\*?|[eE]\+?|exp)(-?\d{1,2})", RegexOptions.CultureInvariant)]
    private static partial Regex Power();

    /// <summary>log10 IU/mL, logiu/ml.</summary>
    [GeneratedRegex(@"^log(?:10)?iu/", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Log();

    /// <summary>ng/mL FEU, mg/l DDU: as which D-dimer is given.</summary>
    [GeneratedRegex(@"(?<=[A-Za-z])(FEU|DDU)$", RegexOptions.CultureInvariant)]
    private static partial Regex OfDimer();

    /// <summary>mg/24hr, mmol/24 h, g/24uur.</summary>
    [GeneratedRegex(@"/24(h|hr|hrs|hours?|u|uur|std|vrk)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OfDay();

    /// <summary>ml/min/1.73m2, ml/min/173m2.</summary>
    [GeneratedRegex(@"/1[.,]?73(m2|m\^2|sqm)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex BodySurface();

    /// <summary>mosm/kgh2o: of water, as always.</summary>
    [GeneratedRegex(@"/kgh2o$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OfWater();

    /// <summary>e9/l, E12/l.</summary>
    [GeneratedRegex(@"^[xX]?[eE](\d{1,2})(?=/)", RegexOptions.CultureInvariant)]
    private static partial Regex BareExponent();

    [GeneratedRegex(@"(?<![A-Za-z\[{])([dcmunpfk]?)l(?![A-Za-z\]}])", RegexOptions.CultureInvariant)]
    private static partial Regex Litre();

    [GeneratedRegex(@"(?<![\[{\p{L}'_])[\p{L}°#‰%][\p{L}°]*(?![\]}\p{L}'_*])", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}

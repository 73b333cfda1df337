namespace Terminology.Mapping.Quality.Meaning;

/// <summary>LOINC properties and the kinds of units in which their results may come. A property that is not here says nothing about units.</summary>
/// <remarks>LOINC Users' Guide, kinds of property: <see href="https://loinc.org/kb/users-guide/major-parts-of-a-loinc-term/">major parts of a LOINC term</see>.</remarks>
internal static class LoincProperties
{
    private static readonly Dictionary<string, (string Words, UnitKind[] Kinds)> Known = new(StringComparer.Ordinal)
    {
        ["MCnc"] = ("a mass concentration", [UnitKind.MassConcentration]),
        ["SCnc"] = ("a substance concentration", [UnitKind.SubstanceConcentration, UnitKind.Acidity]),
        ["NCnc"] = ("a number in a volume", [UnitKind.NumberConcentration]),
        // Activities are written in U/L and in IU/L for the same enzyme.
        ["CCnc"] = ("a catalytic concentration", [UnitKind.CatalyticConcentration, UnitKind.ArbitraryConcentration]),
        ["ACnc"] = ("arbitrary units in a volume", [UnitKind.ArbitraryConcentration, UnitKind.CatalyticConcentration, UnitKind.Arbitrary, UnitKind.Catalytic, UnitKind.Titer, UnitKind.Ratio, UnitKind.Number]),
        ["Osmol"] = ("an osmolality", [UnitKind.Osmolality]),
        ["MRat"] = ("a mass in a time", [UnitKind.MassRate]),
        ["SRat"] = ("a substance in a time", [UnitKind.SubstanceRate]),
        ["VRat"] = ("a volume in a time", [UnitKind.VolumeRate]),
        ["NRat"] = ("a number in a time", [UnitKind.NumberRate, UnitKind.Frequency]),
        ["ArVRat"] = ("a volume in a time for a body surface", [UnitKind.VolumeRatePerArea]),
        ["MFr"] = ("a fraction", [UnitKind.Fraction, UnitKind.MassContent, UnitKind.Ratio]),
        ["SFr"] = ("a fraction", [UnitKind.Fraction, UnitKind.RatioOfSubstances, UnitKind.Ratio]),
        ["NFr"] = ("a fraction", [UnitKind.Fraction, UnitKind.Ratio]),
        ["VFr"] = ("a fraction", [UnitKind.Fraction, UnitKind.Ratio]),
        ["CFr"] = ("a fraction", [UnitKind.Fraction, UnitKind.Ratio]),
        ["AFr"] = ("a fraction", [UnitKind.Fraction, UnitKind.Ratio]),
        ["MCnt"] = ("a mass in a mass", [UnitKind.MassContent, UnitKind.Fraction]),
        ["SCnt"] = ("a substance in a mass", [UnitKind.SubstanceContent]),
        ["CCnt"] = ("a catalytic content", [UnitKind.CatalyticContent]),
        ["NCnt"] = ("a number in a mass", [UnitKind.NumberContent]),
        ["MCrto"] = ("a ratio of mass concentrations", [UnitKind.MassContent, UnitKind.RatioOfMassAndSubstance, UnitKind.Ratio, UnitKind.Fraction]),
        ["ScRto"] = ("a ratio of substance concentrations", [UnitKind.RatioOfSubstances, UnitKind.SubstanceContent, UnitKind.Ratio, UnitKind.Fraction]),
        ["EntMass"] = ("a mass of one entity", [UnitKind.Mass]),
        ["EntVol"] = ("a volume of one entity", [UnitKind.Volume]),
        ["Mass"] = ("a mass", [UnitKind.Mass]),
        ["Vol"] = ("a volume", [UnitKind.Volume]),
        ["Len"] = ("a length", [UnitKind.Length]),
        ["Area"] = ("an area", [UnitKind.Area]),
        ["Time"] = ("a time", [UnitKind.Time]),
        ["Temp"] = ("a temperature", [UnitKind.Temperature]),
        ["Pres"] = ("a pressure", [UnitKind.Pressure]),
        ["PPres"] = ("a partial pressure", [UnitKind.Pressure]),
        ["Naric"] = ("a number in a field", [UnitKind.NumberPerArea, UnitKind.Number]),
        ["Vel"] = ("a velocity", [UnitKind.Velocity]),
        ["Titr"] = ("a titer", [UnitKind.Titer, UnitKind.Ratio, UnitKind.Number, UnitKind.Arbitrary]),
    };

    /// <summary>Kinds in which a mistake changes the number that a reader sees by a factor that differs from analyte to analyte.</summary>
    private static readonly UnitKind[] Concentrations = [UnitKind.MassConcentration, UnitKind.SubstanceConcentration, UnitKind.NumberConcentration, UnitKind.CatalyticConcentration];

    /// <summary>The property in words, and the kinds of units that fit it; null when it says nothing about units.</summary>
    public static (string Words, UnitKind[] Kinds)? Find(string property)
        => Known.TryGetValue(property, out var known) ? known : null;

    /// <summary>The properties that a unit of this kind fits, the plainest first.</summary>
    public static IEnumerable<string> For(UnitKind kind) => Known.Where(pair => pair.Value.Kinds[0] == kind).Select(pair => pair.Key);

    /// <summary>Is the one a concentration of another kind than the other, so that results would be misread?</summary>
    public static bool IsGrave(UnitKind unit, UnitKind[] meant) => Concentrations.Contains(unit) && Concentrations.Contains(meant[0]);
}

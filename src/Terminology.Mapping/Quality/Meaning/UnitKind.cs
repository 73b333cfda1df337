namespace Terminology.Mapping.Quality.Meaning;

/// <summary>What a unit measures, in the distinctions that LOINC properties make; UCUM alone does not tell mmol/L from 10*9/L.</summary>
internal enum UnitKind
{
    Unknown, MassConcentration, SubstanceConcentration, NumberConcentration, CatalyticConcentration, ArbitraryConcentration, Osmolality, MassRate, SubstanceRate, VolumeRate, NumberRate, Fraction,
    MassContent, SubstanceContent, CatalyticContent, NumberContent, RatioOfSubstances, RatioOfMassAndSubstance, Mass, Substance, Number, NumberPerArea, Volume, Length, Area, Time, Frequency, Temperature, Pressure, Catalytic, Arbitrary, Acidity, Titer, Ratio,
    VolumeRatePerArea, Velocity, Angle, Energy, Charge,
}

namespace Terminology.Loaders.Loinc;

/// <summary>The kinds of names that LOINC has, as uses of designations, and the columns that hold them.</summary>
internal static class LoincNames
{
    public static readonly string[] Axes = ["COMPONENT", "PROPERTY", "TIME_ASPCT", "SYSTEM", "SCALE_TYP", "METHOD_TYP"];

    public static readonly Coding LongCommon = Use("LONG_COMMON_NAME", "Long common name"), Short = Use("SHORTNAME", "Short name"), Consumer = Use("ConsumerName", "Consumer name");

    public static readonly Coding Display = Use("DisplayName", "Display name"), Full = Use("FullySpecifiedName", "Fully specified name"), Related = Use("RELATEDNAMES2", "Related names");

    public static readonly Coding Variant = Use("LinguisticVariant", "Linguistic variant"), Class = Use("CLASS", "Class"), Part = Use("PartName", "Part name");

    /// <summary>Columns of the table with one name each, the display first.</summary>
    public static readonly (string Column, Coding Use, byte Rank)[] OfTerm =
    [
        ("LONG_COMMON_NAME", LongCommon, 0), ("LONGNAME", LongCommon, 0), ("DisplayName", Display, 20), ("SHORTNAME", Short, 30), ("CONSUMER_NAME", Consumer, 40),
    ];

    /// <summary>The fully specified name: the six axes with colons; empty without a component.</summary>
    public static string FullName(IReadOnlyList<string> axes) => axes[0].Length == 0 ? "" : string.Join(':', axes).TrimEnd(':');

    public static string[] Split(string related) => related.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Coding Use(string code, string display) => new(CodeSystemUri.Loinc.Value, code, null, display);
}

namespace Terminology.Mapping.Quality;

/// <summary>The six axes of a LOINC term, as the release abbreviates them; empty where the term has none.</summary>
/// <param name="Component">What is measured.</param>
/// <param name="Property">Kind of quantity: MCnc, SCnc …</param>
/// <param name="Time">Pt, 24H …</param>
/// <param name="System">Specimen or patient: Ser/Plas, Urine, ^Patient …</param>
/// <param name="Scale">Qn, Ord, Nom, Nar …</param>
/// <param name="Method">Method, mostly empty.</param>
public sealed record LoincAxes(string Component, string Property, string Time, string System, string Scale, string Method)
{
    private const int Count = 6;

    /// <summary>Is it a panel or survey? Those have no scale of their own.</summary>
    public bool IsPanel => Scale == "-" || Component.EndsWith(" panel", StringComparison.OrdinalIgnoreCase);

    /// <summary>Axes from a fully specified name (<c>Glucose:MCnc:Pt:Ser/Plas:Qn:</c>); null when it is none. A colon within the component is part of it.</summary>
    public static LoincAxes? Parse(string name)
    {
        var parts = name.Split(':');
        if (parts.Length < Count - 1) return null;
        // The scale tells where the axes end: with or without a method.
        var hasMethod = parts.Length >= Count && !IsScale(parts[^1]) && (IsScale(parts[^2]) || parts.Length == Count);
        var axes = hasMethod ? Count : Count - 1;
        var first = parts.Length - axes;
        return new(string.Join(':', parts[..(first + 1)]), parts[first + 1], parts[first + 2], parts[first + 3], parts[first + 4], hasMethod ? parts[^1] : "");
    }

    private static bool IsScale(string text) => text is "Qn" or "Ord" or "OrdQn" or "Nom" or "Nar" or "Doc" or "Set" or "Multi" or "-" or "*";
}

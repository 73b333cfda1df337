using System.Globalization;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.Loinc;

/// <summary>Parts as concepts, and terms linked to them by the properties that FHIR names.</summary>
/// <remarks>FHIR <see href="https://terminology.hl7.org/LOINC.html">using LOINC with FHIR</see>: <c>COMPONENT</c> … <c>METHOD_TYP</c>, <c>CLASS</c>, <c>analyte-core</c>, <c>category</c> ….</remarks>
internal sealed class LoincParts(LoincWriter writer)
{
    private readonly Dictionary<string, string> _classes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _classified = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(int Axis, long Term, long Part)> _axes = [];

    public void Part(CsvRows rows, string code)
    {
        var (name, shown) = (rows["PartName"], rows["PartDisplayName"]);
        if (!writer.Concept(code, LoincWriter.Flags(rows["Status"]))) return;
        writer.Name(code, shown.Length > 0 ? shown : name, DesignationUses.Display, 0);
        if (shown.Length > 0 && shown != name) writer.Name(code, name, LoincNames.Part, 10);
        writer.Value(code, "PartTypeName", rows["PartTypeName"]);
        if (rows["PartTypeName"] == "CLASS") _classes.TryAdd(name, code);
    }

    /// <summary>The uri of a link says its property; the axes of the detailed model repeat those of the name.</summary>
    public void Link(CsvRows rows, string term)
    {
        var part = rows["PartNumber"];
        var property = rows["Property"] is { Length: > 0 } uri ? uri[(uri.LastIndexOf('/') + 1)..] : rows["PartTypeName"];
        if (Array.IndexOf(LoincNames.Axes, property) is >= 0 and var axis && !_axes.Add((axis, Number(term), Number(part)))) return;
        if (property == "CLASS" && !_classified.Add(term)) return;
        writer.Value(term, property, part, PropertyType.Coding);
    }

    /// <summary>The classes of the table, as the parts of their names where there are such.</summary>
    public void Classify(IReadOnlyList<(string Code, string Class)> terms)
    {
        foreach (var (code, name) in terms)
        {
            if (_classes.TryGetValue(name, out var part))
            {
                if (_classified.Add(code)) writer.Value(code, "CLASS", part, PropertyType.Coding);
            }
            else if (!_classified.Contains(code))
            {
                writer.Value(code, "CLASS", name, PropertyType.Coding);
            }
        }
    }

    private static long Number(string code)
    {
        var number = 0L;
        foreach (var character in code)
        {
            if (char.IsAsciiDigit(character)) number = number * 10 + CharUnicodeInfo.GetDecimalDigitValue(character);
        }
        return number;
    }
}

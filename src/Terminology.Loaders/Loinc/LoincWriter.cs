using System.Text;
using Terminology.CodeSystems;
using Terminology.Releases;

namespace Terminology.Loaders.Loinc;

/// <summary>Pushes LOINC concepts by their codes, and knows which of them came.</summary>
internal sealed class LoincWriter(IReleaseSink sink)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public IReleaseSink Sink => sink;

    /// <returns>False when the concept came before: what it says then counts.</returns>
    public bool Concept(string code, ConceptFlags flags)
    {
        if (!_known.Add(code)) return false;
        sink.Concept(new() { Code = Utf8(code), Flags = flags });
        return true;
    }

    /// <summary>A name; nothing when the text is empty.</summary>
    public void Name(string code, string text, Coding use, byte rank, string language = "en")
    {
        if (text.Length > 0) sink.Designation(new() { Concept = Utf8(code), Value = Utf8(text), Use = use, Language = language, Active = true, DisplayRank = rank });
    }

    /// <summary>A property; nothing when the value is empty. Values that belong together share a group.</summary>
    public void Value(string code, string property, string value, PropertyType type = PropertyType.String, int group = 0)
    {
        if (value.Length > 0) sink.Property(new() { Concept = Utf8(code), Property = Utf8(property), Type = type, Value = Utf8(value), Group = group, Active = true });
    }

    public void Parent(string code, string parent) => sink.Relationship(new() { Source = Utf8(code), Type = "parent"u8, Target = Utf8(parent), Active = true });

    /// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/loinc.html">LOINC</see>: deprecated codes count as inactive; discouraged ones are valid.</summary>
    public static ConceptFlags Flags(string status) => status.ToUpperInvariant() switch
    {
        "DEPRECATED" => ConceptFlags.Inactive | ConceptFlags.Deprecated,
        "DISCOURAGED" => ConceptFlags.Deprecated,
        "INACTIVE" => ConceptFlags.Inactive,
        _ => ConceptFlags.None,
    };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

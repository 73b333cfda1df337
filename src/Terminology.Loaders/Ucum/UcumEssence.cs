using System.Text;
using System.Xml.Linq;
using Terminology.CodeSystems;
using Terminology.Releases;

namespace Terminology.Loaders.Ucum;

/// <summary>What the UCUM essence holds: prefixes as concepts <c>prefix:CODE</c>, base units and units by their case-sensitive code.</summary>
internal static class UcumEssence
{
    private const string Notice = "This product includes all or a portion of the UCUM table, UCUM codes, and UCUM definitions or is derived from it, subject to a license from Regenstrief Institute, Inc. and The UCUM Organization. © 1999-2024 Regenstrief Institute, Inc. Licence, with its disclaimer of warranties: https://unitsofmeasure.org/license";

    private static readonly Coding PrintSymbol = new("http://unitsofmeasure.org", "printSymbol", null, "Print symbol");

    public static ReleaseInfo Info(string? version) => new()
    {
        Id = new(CodeSystemUri.Ucum.Value, version), Title = $"UCUM {version}", Format = "ucum", Copyright = Notice,
        CodeSystem = new() { Url = CodeSystemUri.Ucum, Version = version, Name = "UCUM", Title = "UCUM", Description = "Unified Code for Units of Measure", Content = "fragment", Compositional = true, HierarchyMeaning = null, Copyright = Notice, Language = "en", Identifiers = ["urn:oid:2.16.840.1.113883.6.8"] },
    };

    public static void Push(XElement root, IReleaseSink sink, FileReport counts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var unit in root.Elements().Where(element => element.Name.LocalName is "prefix" or "base-unit" or "unit"))
        {
            counts.Row();
            var kind = unit.Name.LocalName;
            var code = (string?)unit.Attribute("Code") ?? "";
            // A prefix may share its code with a unit (m: milli and metre): the unit is the code.
            if (kind == "prefix") code = $"prefix:{code}";
            if (code.Length == 0 || !seen.Add(code))
            {
                counts.Reject(((System.Xml.IXmlLineInfo)unit).LineNumber, code.Length == 0 ? "there is no Code." : $"the code {code} stands above already.");
                continue;
            }
            var key = Encoding.UTF8.GetBytes(code);
            sink.Concept(new() { Code = key, Flags = kind == "prefix" ? ConceptFlags.Abstract : ConceptFlags.None });
            var first = true;
            foreach (var name in Texts(unit, "name"))
            {
                sink.Designation(new() { Concept = key, Value = Encoding.UTF8.GetBytes(name), Use = DesignationUses.Display, Language = "en", Active = true, DisplayRank = first ? (byte)0 : (byte)10 });
                first = false;
            }
            foreach (var symbol in Texts(unit, "printSymbol")) sink.Designation(new() { Concept = key, Value = Encoding.UTF8.GetBytes(symbol), Use = PrintSymbol, Language = "", Active = true, DisplayRank = 90 });
            Value("kind", kind);
            Value("class", (string?)unit.Attribute("class"));
            Value("isMetric", (string?)unit.Attribute("isMetric"));
            Value("isSpecial", (string?)unit.Attribute("isSpecial"));
            Value("isArbitrary", (string?)unit.Attribute("isArbitrary"));
            Value("CODE", (string?)unit.Attribute("CODE"));
            foreach (var property in Texts(unit, "property")) Value("property", property);
            if (unit.Elements().FirstOrDefault(element => element.Name.LocalName == "value") is { } value)
            {
                Value("value", (string?)value.Attribute("value"));
                Value("unit", (string?)value.Attribute("Unit"));
            }

            void Value(string property, string? text)
            {
                if (!string.IsNullOrEmpty(text)) sink.Property(new() { Concept = Encoding.UTF8.GetBytes(code), Property = Encoding.UTF8.GetBytes(property), Type = PropertyType.String, Value = Encoding.UTF8.GetBytes(text), Active = true });
            }
        }
    }

    private static IEnumerable<string> Texts(XElement unit, string name)
        => unit.Elements().Where(element => element.Name.LocalName == name).Select(element => element.Value.Trim()).Where(text => text.Length > 0);
}

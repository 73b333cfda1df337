using System.Text;
using Terminology.CodeSystems;
using Terminology.Releases;

namespace Terminology.Loaders.Icd10;

/// <summary>Pushes what classifications have in common: classes with titles, notes and a superclass.</summary>
internal sealed class ClassificationSink(IReleaseSink sink)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The codes added so far, in no order.</summary>
    public IReadOnlyCollection<string> Codes => _known;

    /// <summary>Adds a class once.</summary>
    /// <returns>False when the code was there already.</returns>
    public bool Add(string code, bool isAbstract)
    {
        if (!_known.Add(code)) return false;
        sink.Concept(new() { Code = Utf8(code), Flags = isAbstract ? ConceptFlags.Abstract : ConceptFlags.None });
        return true;
    }

    public void Title(string code, string text, byte rank = 0, Coding? use = null, string language = "en")
    {
        if (text.Length > 0) sink.Designation(new() { Concept = Utf8(code), Value = Utf8(text), Use = use ?? DesignationUses.Display, Language = language, Active = true, DisplayRank = rank });
    }

    public void Note(string code, string property, string text)
    {
        if (text.Length > 0) sink.Property(new() { Concept = Utf8(code), Property = Utf8(property), Type = PropertyType.String, Value = Utf8(text), Active = true });
    }

    /// <summary>Is the code one of those added so far?</summary>
    public bool Has(string code) => _known.Contains(code);

    /// <summary>A property whose value is a code of the classification.</summary>
    public void Reference(string code, string property, string other)
        => sink.Property(new() { Concept = Utf8(code), Property = Utf8(property), Type = PropertyType.Code, Value = Utf8(other), Active = true });

    /// <summary>May the code stand on a claim?</summary>
    public void Billable(string code, bool isBillable)
        => sink.Property(new() { Concept = Utf8(code), Property = "billable"u8, Type = PropertyType.Boolean, Value = isBillable ? "true"u8 : "false"u8, Active = true });

    public void Parent(string code, string parent) => sink.Relationship(new() { Source = Utf8(code), Type = "parent"u8, Target = Utf8(parent), Active = true });

    /// <summary>The longest known beginning of a code: its superclass where nothing else says so.</summary>
    public string? ParentByPrefix(string code, int shortest)
    {
        for (var length = code.Length - 1; length >= shortest; length--)
        {
            var prefix = code[..length].TrimEnd('.');
            if (prefix.Length >= shortest && _known.Contains(prefix)) return prefix;
        }
        return null;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

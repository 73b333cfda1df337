using System.Buffers;
using Terminology.Issues;

namespace Terminology.CodeSystems;

/// <summary>Media (MIME) types as a code system: every well-formed <c>type/subtype</c> with its parameters is a code, its display is the code itself.</summary>
/// <remarks>BCP 13: RFC 6838 <see href="https://www.rfc-editor.org/rfc/rfc6838#section-4.2">names</see>, RFC 2045 §5.1 parameters. Registered types are not listed anywhere in it: form is what is checked.</remarks>
internal sealed class MediaTypeGrammar : CodeGrammar
{
    private const int MostCharacters = 1000;
    private const int MostOfName = 127;

    private static readonly string[] TopLevel = ["application", "audio", "chemical", "font", "haptics", "image", "message", "model", "multipart", "text", "video"];
    private static readonly SearchValues<char> Restricted = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$&-^_.+");
    private static readonly SearchValues<char> Token = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&'*+-^_`{|}~.");

    /// <summary>Types that attachments of health records use.</summary>
    public override IReadOnlyList<string> Listed { get; } =
    [
        "application/dicom", "application/fhir+json", "application/fhir+xml", "application/gzip", "application/hl7-v2", "application/json", "application/octet-stream", "application/pdf", "application/rtf",
        "application/xml", "application/zip", "audio/mpeg", "audio/ogg", "audio/wav", "image/bmp", "image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/tiff", "image/webp", "multipart/form-data",
        "multipart/related", "text/calendar", "text/css", "text/csv", "text/html", "text/markdown", "text/plain", "text/rtf", "text/xml", "video/mp4", "video/mpeg", "video/webm",
    ];

    /// <summary>The code system.</summary>
    public static GrammarCodeSystem System() => new(
        new()
        {
            Url = CodeSystemUri.MediaTypes, Name = "MediaTypes", Title = "Media types (BCP 13)", Publisher = "IETF", Language = "en", Compositional = true, HierarchyMeaning = null,
            ValueSet = "http://www.rfc-editor.org/bcp/bcp13.txt",
        },
        new MediaTypeGrammar());

    public override ComposedCode? Read(string code) => Problem(code) is null ? new(code, code) : null;

    public override string? Explain(string code) => Problem(code) is var (position, text) ? LanguageMessages.MediaType(code, text, position) : null;

    /// <summary>A type with parameters is below the type without.</summary>
    public override bool IsA(string code, string ancestor)
        => code == ancestor || (!ancestor.Contains(';') && code.AsSpan().StartsWith(ancestor, StringComparison.OrdinalIgnoreCase) && code.AsSpan(ancestor.Length).TrimStart(' ').StartsWith(";"));

    private static (int Position, string Text)? Problem(string code)
    {
        if (code.Length > MostCharacters) return (MostCharacters + 1, $"more than {MostCharacters} characters");
        var slash = code.IndexOf('/');
        if (slash < 0) return (code.Length + 1, "'/' and a subtype are missing");
        var (type, end) = (code[..slash], code.IndexOf(';', slash) is >= 0 and var semicolon ? semicolon : code.Length);
        if (!IsTopLevel(type)) return (1, $"'{type}' is no top-level type; {string.Join(", ", TopLevel)} are");
        var subtype = code[(slash + 1)..end].TrimEnd(' ');
        if (!IsName(subtype)) return (slash + 2, subtype.Length == 0 ? "the subtype is missing" : $"'{subtype}' is no subtype");
        return end == code.Length ? null : Parameters(code, end);
    }

    private static bool IsTopLevel(string type) => TopLevel.Contains(type.ToLowerInvariant()) || (type.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && IsName(type));

    private static bool IsName(string name) => name.Length is > 0 and <= MostOfName && char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(Restricted);

    private static (int, string)? Parameters(string code, int at)
    {
        while (at < code.Length)
        {
            at++;
            while (at < code.Length && code[at] == ' ') at++;
            var name = Run(code, at);
            if (name == 0) return (at + 1, "the name of a parameter is missing");
            at += name;
            if (at >= code.Length || code[at] != '=') return (at + 1, "'=' and the value of the parameter are missing");
            at++;
            var value = at < code.Length && code[at] == '"' ? Quoted(code, at) : Run(code, at);
            if (value <= 0) return (at + 1, "the value of the parameter is missing or not closed");
            at += value;
            while (at < code.Length && code[at] == ' ') at++;
            if (at < code.Length && code[at] != ';') return (at + 1, "';' is expected");
        }
        return null;
    }

    private static int Run(string code, int at) => code.AsSpan(at).IndexOfAnyExcept(Token) is >= 0 and var length ? length : code.Length - at;

    /// <summary>Length of a quoted text with its quotes; 0 when it is never closed.</summary>
    private static int Quoted(string code, int at)
    {
        for (var i = at + 1; i < code.Length; i++)
        {
            if (code[i] == '\\') i++;
            else if (code[i] == '"') return i - at + 1;
        }
        return 0;
    }
}

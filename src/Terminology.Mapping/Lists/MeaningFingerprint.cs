using System.Security.Cryptography;
using System.Text;
using Terminology.Mapping.Rows;
using Terminology.Search;

namespace Terminology.Mapping.Lists;

/// <summary>
/// What a source code means as far as its row says: display, dimension of the unit, specimen, value type and panel, each in a normal form. Two rows with one
/// fingerprint mean the same; a code whose fingerprint changes has changed its meaning.
/// </summary>
/// <remarks>
/// The display is folded (case, marks, punctuation and blanks do not count, the order of words does); signs that carry meaning (<c>%</c>, <c>#</c>, <c>+</c>, a free
/// <c>-</c>, comparisons) are kept. The unit counts by what it measures: mg/dL and g/l are one, mmol/L is another. Specimens count by their English name where it is
/// known. A change of this form gets another first word, so that stored fingerprints are never taken for new ones.
/// </remarks>
public readonly record struct MeaningFingerprint
{
    private const string Form = "f1";

    private MeaningFingerprint(string text) => Text = text;

    /// <summary>Readable form: <c>f1|glucose|g.m-3|serum||</c>; equal exactly when the meanings are.</summary>
    public string Text { get; }

    /// <summary>Thirty-two hexadecimal digits of <see cref="Text"/>, for files and indexes.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text ?? "")))[..32];

    /// <summary>The fingerprint of a row.</summary>
    /// <param name="row">The row; its first display counts.</param>
    /// <param name="units">Reads units; null: units count as they are written.</param>
    public static MeaningFingerprint Of(SourceRow row, UnitReader? units)
    {
        var unit = row.In("unit");
        return new(string.Join('|', Form, Words(row.Display), units?.Dimension(unit) ?? Fold(unit), SpecimenWords.Normal(TextRepair.Visible(row.In("specimen"))), Fold(row.In("valueType")), Fold(row.In("panel"))));
    }

    /// <summary>The fingerprint of a row of a map, as its list has it; units count as they are written.</summary>
    public static MeaningFingerprint Of(MapRow row)
        => Of(new SourceRow { Key = row.Key, Code = row.Code, Displays = row.Display is { Length: > 0 } display ? [new("", display)] : [], Context = row.Context }, null);

    /// <inheritdoc/>
    public override string ToString() => Text ?? "";

    private static string Words(string display)
    {
        var text = TextRepair.Repair(display, out _);
        var signs = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '%' or '#' or '+' or '<' or '>' or '≤' or '≥' or '=' || (text[i] is '-' or '−' or '–' && IsFree(text, i))) signs.Append(text[i] is '−' or '–' ? '-' : text[i]);
        }
        return signs.Length == 0 ? Fold(text) : $"{Fold(text)} {signs}";
    }

    /// <summary>A hyphen that joins no words: <c>Rh -</c>, not <c>beta-2</c>, and no dash between words.</summary>
    private static bool IsFree(string text, int at)
    {
        var end = at + 1 == text.Length || text[at + 1] is ')' or ']' or ',' or ';';
        return end || ((at == 0 || text[at - 1] is ' ' or '(' or '[') && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]));
    }

    private static string Fold(string text) => string.Join(' ', TermFolding.Words(text));
}

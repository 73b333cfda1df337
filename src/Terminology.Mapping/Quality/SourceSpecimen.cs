using Terminology.Mapping.Lists;

namespace Terminology.Mapping.Quality;

/// <summary>The specimen of a source code.</summary>
/// <param name="Text">As written.</param>
/// <param name="Name">Its English name as <see cref="SpecimenWords"/> knows it; empty when the words are not known.</param>
/// <param name="IsOfList">Does the list say it in a column of its own, rather than the name in passing?</param>
public sealed record SourceSpecimen(string Text, string Name, bool IsOfList)
{
    /// <summary>The specimen of a row: its column, else what stands in parentheses or after the last comma of its name. Null when nothing says it.</summary>
    internal static SourceSpecimen? Of(RowFacts row)
    {
        var text = TextRepair.Visible(row.In("specimen"));
        if (text.Length > 0) return new(text, SpecimenWords.Read(text) ?? "", IsOfList: true);
        foreach (var part in Parts(row.Name))
        {
            // Cells and stones are in names what is looked for, not where.
            if (SpecimenWords.Read(part) is { } known and not ("erythrocytes" or "leukocytes" or "calculus" or "tissue" or "hair" or "swab")) return new(part, known, IsOfList: false);
        }
        return null;
    }

    private static IEnumerable<string> Parts(string name)
    {
        var (open, close) = (name.LastIndexOf('('), name.LastIndexOf(')'));
        if (open >= 0 && close > open) yield return name[(open + 1)..close].Trim();
        if (name.LastIndexOf(',') is > 0 and var comma) yield return name[(comma + 1)..].Trim();
    }
}

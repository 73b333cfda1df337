using System.Text.RegularExpressions;
using Terminology.CodeSystems;
using Terminology.Mapping.Quality;

namespace Terminology.Server.Maps;

/// <summary>Reads what classifications say of a code, and of what is above it: which codes may not stand beside it, and whether it stands alone.</summary>
internal sealed partial class IcdReader(TargetReader reader)
{
    private const string Elsewhere = "classified elsewhere";
    private static readonly string[] LimitProperties = ["sex", "age", "sexCode", "ageLow", "ageHigh"];

    public IcdFacts Read(ConceptOrdinal concept)
    {
        var excluded = new List<string>();
        var (needsFirst, isAster) = (false, false);
        foreach (var at in reader.System.AncestorsOrSelf(concept))
        {
            excluded.AddRange(reader.Values(at, "excludes1").SelectMany(note => Codes().Matches(note)).Select(match => match.Value));
            needsFirst |= reader.First(at, "codeFirst") is not null;
            isAster |= reader.First(at, "usage") == "aster";
        }
        // Etiology and manifestation: the title says so, and the note asks for the other code.
        var title = TargetReader.Text(reader.System.Display(concept));
        var limits = LimitProperties.Select(name => (Name: name, Value: reader.First(concept, name))).Where(pair => pair.Value is not null).Select(pair => $"{pair.Name} {pair.Value}");
        return new([.. excluded.Distinct(StringComparer.Ordinal)], isAster || (needsFirst && title.Contains(Elsewhere, StringComparison.OrdinalIgnoreCase)), [.. limits]);
    }

    /// <summary>A code, a category (E10.-) or a range (E08-E13) as notes name them.</summary>
    [GeneratedRegex(@"\b[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?(-[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?|\.?-)?", RegexOptions.CultureInvariant)]
    private static partial Regex Codes();
}

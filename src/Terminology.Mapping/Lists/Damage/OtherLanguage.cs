using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>MQ-009: a display speaks another language than it is declared to.</summary>
public static class OtherLanguage
{
    /// <summary>Id of the rule.</summary>
    public const string RuleId = "MQ-009";

    /// <summary>An information for each display whose telling words are all of one other language; only where the declared one is known to <see cref="LanguageWords"/>.</summary>
    public static IEnumerable<Finding> Find(IEnumerable<SourceRow> rows)
    {
        foreach (var row in rows)
        {
            foreach (var (declared, text) in row.Displays)
            {
                var own = declared.Split('-', '_')[0].ToLowerInvariant();
                if (!LanguageWords.Languages.Contains(own) || LanguageWords.Of(text) is not var (found, _) || found == own) continue;
                yield return new(RuleId, [row.Key], FindingSeverity.Information, $"The display {DamageScan.Quoted(text)} in line {row.Line} reads as '{found}', declared is '{declared}'.");
            }
        }
    }
}

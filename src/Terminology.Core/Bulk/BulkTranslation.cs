using Terminology.Operations;

namespace Terminology.Bulk;

/// <summary>
/// <c>$translate</c> for lists: codes of one system over the same map, scope and target again and again. Answers as <see cref="TerminologyService.Translate"/> does, for each
/// code once; so many answers are kept, then all are forgotten and the work goes on.
/// </summary>
/// <param name="service">Answers; what it holds never changes.</param>
/// <param name="system">Code system of the codes.</param>
/// <param name="asked">Map, target system and direction; its codings are not looked at.</param>
/// <param name="scope">Languages, versions and deadline; for all codes.</param>
/// <param name="kept">Answers kept, at least 1.</param>
/// <remarks>One thread. Millions of codes a second once a code was asked for; <c>./dev bench bulk</c>.</remarks>
public sealed class BulkTranslation(TerminologyService service, string system, TranslateRequest asked, RequestScope scope, int kept = 500_000)
{
    private readonly Dictionary<string, TranslateResult> _answers = new(StringComparer.Ordinal);

    /// <summary>How often an answer was worked out.</summary>
    public long WorkedOut { get; private set; }

    /// <summary>What a code translates to: always an answer.</summary>
    /// <exception cref="Issues.TerminologyException">The map is not known, or the code is empty.</exception>
    public TranslateResult Translate(string code)
    {
        if (_answers.TryGetValue(code, out var known)) return known;
        var answer = service.Translate(asked with { Source = new([new Coding(system, code)]) }, scope);
        WorkedOut++;
        if (_answers.Count >= kept) _answers.Clear();
        _answers.Add(code, answer);
        return answer;
    }
}

using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Icd10;

/// <summary>A text with a blank or marks, read in one release of ICD-10: a pair, or one code with its mark.</summary>
/// <param name="First">The underlying disease, where the release or the marks tell; else the code that was written first.</param>
/// <param name="Second">The other; None when the text is one code.</param>
/// <param name="Fault">Why it is neither and how to mend it; null when it is.</param>
/// <param name="Issues">What to know of it.</param>
internal sealed record DualReading(ConceptOrdinal First, ConceptOrdinal Second, string? Fault, IReadOnlyList<Issue> Issues)
{
    private const int MostNamed = 5;

    /// <summary>One of the codes.</summary>
    private sealed record Part(string Written, string Code, ConceptOrdinal Concept, IcdMark Mark, IcdMark Usage);

    public bool IsPair => Second.Exists;

    /// <summary>Reads a text.</summary>
    /// <returns>Null when it is one code without mark, or one that the release does not have: nothing for a reader of pairs.</returns>
    public static DualReading? Read(string text, ICodeSystem release, IcdUsage usage)
    {
        var words = DualCode.Parts(text);
        if (words is [] or [{ Mark: IcdMark.None }]) return null;
        if (words.Length > 2) return Not(IcdMessages.TooMany(text, words.Length));
        var parts = new List<Part>();
        foreach (var (code, mark) in words)
        {
            var concept = Find(release, code);
            if (!concept.Exists) return words.Length == 1 ? null : Not(IcdMessages.UnknownPart(code, TerminologyService.VersionedName(release), IcdNeighbours.Of(release, code)));
            parts.Add(new(code, Encoding.UTF8.GetString(release.Code(concept)), concept, mark, usage.Of(concept)));
        }
        foreach (var part in parts)
        {
            if (Contradicts(part, usage)) return Not(IcdMessages.WrongMark(part.Code, part.Mark, part.Usage, TerminologyService.VersionedName(release)));
        }
        return parts is [var only] ? Single(text, only, release, usage) : Pair(text, parts[0], parts[1], release, usage);
    }

    private static DualReading Single(string text, Part only, ICodeSystem release, IcdUsage usage)
    {
        var issues = new List<Issue> { Understood(IssueSeverity.Warning, Messages.CodeUnderstood(text, only.Code)) };
        if (only.Usage is IcdMark.Aster) issues.Add(Information("ICD_ASTERISK_ALONE", IcdMessages.AsteriskAlone(only.Code, Codes(release, usage.Etiologies(only.Concept)))));
        return new(only.Concept, ConceptOrdinal.None, null, issues);
    }

    private static DualReading Pair(string text, Part first, Part second, ICodeSystem release, IcdUsage usage)
    {
        if (first.Concept == second.Concept) return Not(IcdMessages.SameTwice(first.Code));
        if (first.Usage is IcdMark.Aster && second.Usage is IcdMark.Aster)
        {
            var named = usage.Etiologies(first.Concept);
            var (beside, of) = named.Count > 0 ? (named, first) : (usage.Etiologies(second.Concept), second);
            return Not(IcdMessages.TwoAsterisks(first.Code, second.Code, of.Code, Codes(release, beside)));
        }
        if (first.Mark is not IcdMark.None && first.Mark == second.Mark) return Not(IcdMessages.SameMarks(first.Code, second.Code, first.Mark));
        if (GoesAfter(first, second)) (first, second) = (second, first);
        var issues = new List<Issue>();
        var normal = $"{first.Code} {second.Code}";
        if (normal != text)
        {
            // Marks and order are how pairs are written; other forms of a code are what an interface should mend.
            var isPlain = first.Written == first.Code && second.Written == second.Code;
            issues.Add(Understood(isPlain ? IssueSeverity.Information : IssueSeverity.Warning, IcdMessages.PairUnderstood(text, normal)));
        }
        if (second.Usage is IcdMark.Aster && !usage.Pairs(first.Concept, second.Concept))
        {
            issues.Add(Information("ICD_PAIR_NOT_LISTED", IcdMessages.NotListed(first.Code, second.Code, Codes(release, usage.Manifestations(first.Concept)), Codes(release, usage.Etiologies(second.Concept)))));
        }
        return new(first.Concept, second.Concept, null, issues);
    }

    /// <summary>Is the first of two codes the manifestation, as the release tells; else as the marks do?</summary>
    private static bool GoesAfter(Part first, Part second)
    {
        var (one, other) = (first.Usage is IcdMark.None ? first.Mark : first.Usage, second.Usage is IcdMark.None ? second.Mark : second.Usage);
        return one is IcdMark.Aster or IcdMark.Optional && other is not (IcdMark.Aster or IcdMark.Optional);
    }

    /// <summary>Which codes are asterisk codes is fixed; the dagger may go with any other.</summary>
    private static bool Contradicts(Part part, IcdUsage usage) => part.Mark switch
    {
        IcdMark.Dagger => part.Usage is IcdMark.Aster,
        IcdMark.Aster or IcdMark.Optional => part.Usage != part.Mark && usage.Knows(part.Mark),
        _ => false,
    };

    private static ConceptOrdinal Find(ICodeSystem release, string code)
    {
        if (code.Length == 0) return ConceptOrdinal.None;
        foreach (var reading in CodeForms.Readings(CodeSystemUri.Icd10.Value, code).Prepend(code))
        {
            if (TerminologyService.TryFind(release, reading, out var concept)) return concept;
        }
        return ConceptOrdinal.None;
    }

    private static string[] Codes(ICodeSystem release, List<ConceptOrdinal> concepts) => [.. concepts.Take(MostNamed).Select(concept => Encoding.UTF8.GetString(release.Code(concept)))];

    private static DualReading Not(string fault) => new(ConceptOrdinal.None, ConceptOrdinal.None, fault, []);

    private static Issue Understood(IssueSeverity severity, string text) => new(severity, IssueType.Value, text) { Expression = "code", TxIssueType = "code-rule", MessageId = "CODE_UNDERSTOOD" };

    private static Issue Information(string id, string text) => new(IssueSeverity.Information, IssueType.BusinessRule, text) { Expression = "code", TxIssueType = "code-comment", MessageId = id };
}

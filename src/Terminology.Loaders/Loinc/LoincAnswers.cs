using System.Globalization;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.Loinc;

/// <summary>Answer lists and their answers in the order of SequenceNumber, and the terms that they answer.</summary>
/// <remarks>
/// A list has <c>answer</c> properties in order, each in a group with what the list says of it (score, local code); its answers are its children too. The file comes
/// twice in a release, with the answers and with the panels.
/// </remarks>
internal sealed class LoincAnswers(LoincWriter writer)
{
    private static readonly string[] ListColumns = ["AnswerListOID", "ExtDefinedYN", "ExtDefinedAnswerListCodeSystem", "ExtDefinedAnswerListLink"];

    private readonly Dictionary<string, List<Answer>> _lists = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _links = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(string, string, string)> _linked = [];
    private readonly HashSet<(string, string)> _described = [];

    /// <summary>A row of the answer file.</summary>
    public void Answers(CsvRows rows, string list)
    {
        if (!_lists.TryGetValue(list, out var answers))
        {
            _lists[list] = answers = [];
            writer.Concept(list, ConceptFlags.Abstract);
            writer.Name(list, rows["AnswerListName"], DesignationUses.Display, 0);
            foreach (var column in ListColumns) writer.Value(list, column, rows[column]);
        }
        var answer = rows["AnswerStringId"];
        if (answer.Length == 0 || answers.Exists(known => known.Code.Equals(answer, StringComparison.OrdinalIgnoreCase))) return;
        answers.Add(new(Sequence(rows["SequenceNumber"]), answer, rows["LocalAnswerCode"], rows["Score"]));
        if (writer.Concept(answer, ConceptFlags.None))
        {
            writer.Name(answer, rows["DisplayText"], DesignationUses.Display, 0);
            writer.Name(answer, rows["Description"], DesignationUses.Definition, 255);
        }
        Describe(answer, "Score", rows["Score"], PropertyType.String);
        if (rows["ExtCodeId"] is { Length: > 0 } code) Describe(answer, "ExtCode", $"{rows["ExtCodeSystem"]}|{code}|{rows["ExtCodeDisplayName"]}", PropertyType.Coding);
        Describe(answer, "ExtCodeSystemCopyrightNotice", rows["ExtCodeSystemCopyrightNotice"], PropertyType.String);
    }

    /// <summary>A row of the link file: which list answers a term, and how binding it is (NORMATIVE, PREFERRED, EXAMPLE).</summary>
    public void Link(CsvRows rows, string term)
    {
        var (list, context) = (rows["AnswerListId"], rows["ApplicableContext"]);
        if (list.Length == 0 || !_linked.Add((term, list, context))) return;
        var group = _links[term] = _links.GetValueOrDefault(term) + 1;
        writer.Value(term, "answer-list", list, PropertyType.Coding, group);
        writer.Value(term, "AnswerListLinkType", rows["AnswerListLinkType"], PropertyType.String, group);
        writer.Value(term, "ApplicableContext", context, PropertyType.String, group);
        if (_linked.Add((list, term, ""))) writer.Value(list, "answers-for", term, PropertyType.Coding);
    }

    /// <summary>Pushes the answers of all lists in their order.</summary>
    public void Finish()
    {
        foreach (var (list, answers) in _lists)
        {
            var position = 0;
            foreach (var answer in answers.OrderBy(answer => answer.Sequence))
            {
                position++;
                writer.Value(list, "answer", answer.Code, PropertyType.Coding, position);
                writer.Value(list, "LocalAnswerCode", answer.LocalCode, PropertyType.String, position);
                writer.Value(list, "AnswerScore", answer.Score, PropertyType.String, position);
                writer.Parent(answer.Code, list);
            }
        }
    }

    /// <summary>An answer is in many lists, which mostly say the same of it.</summary>
    private void Describe(string answer, string property, string value, PropertyType type)
    {
        if (value.Length > 0 && _described.Add((answer, $"{property}={value}"))) writer.Value(answer, property, value, type);
    }

    /// <summary>Rows without a number come last, in file order.</summary>
    private static int Sequence(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private sealed record Answer(int Sequence, string Code, string LocalCode, string Score);
}

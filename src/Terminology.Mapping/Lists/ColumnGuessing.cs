using System.Globalization;

namespace Terminology.Mapping.Lists;

/// <summary>Weighs what names and values of columns say, and gives roles to the best founded first.</summary>
internal sealed class ColumnGuessing(ListTable table, UnitReader? units)
{
    private const double Least = 0.3;

    private readonly ColumnContent[] _contents = [.. table.Columns.Select((_, column) => ColumnContent.Of(table, column, units))];

    /// <summary>What the values of a column say for a role.</summary>
    /// <param name="Role">The role.</param>
    /// <param name="Share">How far they agree with it, 0 to 1.</param>
    /// <param name="Alone">Confidence, at most, without a name that says so; 0: the values alone never suffice.</param>
    /// <param name="Words">What they are, for the reason.</param>
    /// <param name="MustAgree">Is a name wrong when they do not agree at all?</param>
    private readonly record struct Evidence(ColumnRole Role, double Share, double Alone, string Words, bool MustAgree = false);

    public IReadOnlyList<ColumnGuess> Guesses()
    {
        var open = table.Columns.SelectMany((_, column) => Of(column)).Where(guess => guess.Confidence >= Least)
            .OrderByDescending(guess => guess.Confidence).ThenBy(guess => guess.Column).ToList();
        var given = new ColumnGuess?[table.Columns.Count];
        foreach (var guess in open)
        {
            if (given[guess.Column] is not null) continue;
            var rivals = given.Where(other => other?.Role == guess.Role).ToArray();
            if (rivals.Length == 0 || guess.Role == ColumnRole.Synonym) given[guess.Column] = guess;
            else if (guess.Role == ColumnRole.Display && IsNamed(guess))
            {
                var same = rivals.FirstOrDefault(other => other!.Language == guess.Language);
                given[guess.Column] = same is null ? guess : guess with { Role = ColumnRole.Synonym, Confidence = guess.Confidence * 0.7, Reason = $"{guess.Reason[..^1]}, but '{same.Name}' is the display in that language already." };
            }
        }
        return [.. given.Select((guess, column) => guess ?? new(column, table.Columns[column], ColumnRole.Other, null, 0.5, Nothing(column)))];
    }

    private static bool IsNamed(ColumnGuess guess) => ColumnWords.Read(guess.Name)?.Role == ColumnRole.Display;

    private string Nothing(int column)
        => _contents[column].IsEmpty ? "It is empty, and its name says nothing or what another column holds." : "Neither its name nor its values say a role that no other column holds better; it is carried along.";

    private IEnumerable<ColumnGuess> Of(int column)
    {
        var (name, content) = (table.Columns[column], _contents[column]);
        var read = ColumnWords.Read(name);
        var evidences = Evidences(content).ToArray();
        if (read is { } named)
        {
            var evidence = evidences.FirstOrDefault(item => item.Role == named.Role);
            var says = $"The name '{name}' says {Word(named.Role)}";
            var (confidence, reason) = (content.IsEmpty, evidence.Words) switch
            {
                (true, _) => (named.Weight * 0.8, $"{says}; the column is empty."),
                (_, null) => (named.Weight, $"{says}."),
                _ when evidence.Share >= 0.5 => (1 - ((1 - named.Weight) * (1 - (0.8 * evidence.Share))), $"{says}, and {Percent(evidence.Share)} of the values are {evidence.Words}."),
                _ when evidence.MustAgree && evidence.Share < 0.1 => (named.Weight * 0.3, $"{says}, but only {Percent(evidence.Share)} of the values are {evidence.Words}."),
                _ => (named.Weight * 0.8, $"{says}, though only {Percent(evidence.Share)} of the values are {evidence.Words}."),
            };
            yield return Guess(column, named.Role, named.Language, confidence, reason);
        }
        foreach (var evidence in evidences)
        {
            if (evidence.Alone == 0 || evidence.Share < 0.5 || evidence.Role == read?.Role) continue;
            // A name that says something else is believed before values are.
            var confidence = evidence.Alone * evidence.Share * (read is { } other && other.Role != ColumnRole.Other ? 0.6 : 1);
            yield return Guess(column, evidence.Role, null, confidence, $"{Percent(evidence.Share)} of the values are {evidence.Words}.");
        }
    }

    private ColumnGuess Guess(int column, ColumnRole role, string? language, double confidence, string reason)
    {
        if (role is ColumnRole.Display or ColumnRole.Synonym && language is null && LanguageWords.OfAll(_contents[column].Sample) is { } found)
        {
            language = found;
            reason = $"{reason[..^1]}; its words are those of the language '{found}'.";
        }
        return new(column, table.Columns[column], role, language, Math.Round(confidence, 3), reason);
    }

    private static IEnumerable<Evidence> Evidences(ColumnContent content)
    {
        if (content.IsEmpty) yield break;
        var fewValues = content.Rows < 20 ? 1 : content.Distinct < 0.5 ? 1 : 0.4;
        yield return new(ColumnRole.Unit, content.Units * fewValues, 0.8, "units of measure that UCUM can express", MustAgree: content.Numbers > 0.9);
        yield return new(ColumnRole.Specimen, content.Specimens * fewValues, 0.8, "names of specimens", MustAgree: content.Numbers > 0.9);
        yield return new(ColumnRole.LastUsed, content.Dates, content.Counts > 0.9 ? 0 : 0.7, "dates", MustAgree: true);
        yield return new(ColumnRole.Frequency, content.Counts, content.Loinc + content.Snomed > 0.5 || content.Distinct > 0.97 || content.Values < 3 ? 0 : 0.5, "whole numbers", MustAgree: true);
        yield return new(ColumnRole.TargetCode, Math.Max(content.Loinc, content.Snomed), content.Sample.Count >= 5 ? 0.75 : 0.5, content.Loinc >= content.Snomed ? "LOINC codes with a right check digit" : "SNOMED CT identifiers with a right check digit");
        yield return new(ColumnRole.TargetSystem, content.Systems, content.Values <= 20 ? 0.7 : 0, "names of code systems", MustAgree: true);
        yield return new(ColumnRole.TargetRelationship, content.RelationshipWords, 0.6, "words for how two codes stand to one another", MustAgree: content.Numbers > 0.9);
        yield return new(ColumnRole.TargetStatus, content.StatusWords, 0.5, "states of a map row");
        yield return new(ColumnRole.ValueType, content.TypeWords, content.Values <= 20 && content.Values > 0 && content.Rows > 3 ? 0.65 : 0, "kinds of result");
        yield return new(ColumnRole.ReferenceRange, content.Ranges, 0.75, "ranges or bounds");
        yield return new(ColumnRole.Samples, content.SampleLists, 0.7, "series of numbers");
        yield return new(ColumnRole.Code, Code(content), 0.6, "short, and nearly all of them different");
        yield return new(ColumnRole.Display, Display(content), 0.5, "texts of letters, most of them different");
    }

    private static double Code(ColumnContent content)
        => content.Filled * content.Distinct * (content.Words < 1.3 ? 1 : content.Words < 2 ? 0.7 : 0.3) * (content.Length <= 24 ? 1 : 0.5) * (content.Dates > 0.8 ? 0.3 : 1);

    private static double Display(ColumnContent content)
        => content.Lettered * Math.Min(1, content.Distinct * 1.3) * (content.Length >= 6 ? 1 : 0.6) * (content.Words >= 1.5 ? 1 : 0.8) * (1 - Math.Max(content.Systems, content.SampleLists));

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Word(ColumnRole role) => role switch
    {
        ColumnRole.ValueType => "value type",
        ColumnRole.Samples => "sample values",
        ColumnRole.ReferenceRange => "reference range",
        ColumnRole.LastUsed => "last used",
        ColumnRole.TargetCode => "target code",
        ColumnRole.TargetDisplay => "target name",
        ColumnRole.TargetSystem => "target code system",
        ColumnRole.TargetRelationship => "relationship to the target",
        ColumnRole.TargetStatus => "state of the map row",
        ColumnRole.TargetComment => "remark",
        ColumnRole.Other => "nothing that is used here",
        _ => role.ToString().ToLowerInvariant(),
    };
}

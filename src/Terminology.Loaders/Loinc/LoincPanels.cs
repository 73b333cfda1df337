using System.Globalization;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.Loinc;

/// <summary>Panels and forms: <c>has-member</c> in the order of SEQUENCE, each in a group with what the panel says of the member; <c>member-of</c> the other way.</summary>
/// <remarks>The file lists a nested panel once for each form that uses it.</remarks>
internal sealed class LoincPanels(LoincWriter writer)
{
    /// <summary>What a panel says of a member.</summary>
    public static readonly string[] Columns =
        ["DisplayNameForForm", "ObservationRequiredInPanel", "EntryType", "DataTypeInForm", "ConditionForInclusion", "QuestionCardinality", "AnswerCardinality", "AnswerListIdOverride", "AnswerListTypeOverride"];

    private readonly Dictionary<string, List<(int Sequence, string Member, string[] Said)>> _panels = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(string, string)> _seen = [];

    public void Row(CsvRows rows, string panel)
    {
        var member = rows["Loinc"];
        // The first row of a form is the form itself.
        if (member.Length == 0 || member.Equals(panel, StringComparison.OrdinalIgnoreCase) || !_seen.Add((panel, member))) return;
        if (!_panels.TryGetValue(panel, out var members)) _panels[panel] = members = [];
        var sequence = double.TryParse(rows["SEQUENCE"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? (int)number : int.MaxValue;
        members.Add((sequence, member, [.. Columns.Select(column => rows[column])]));
    }

    public void Finish()
    {
        foreach (var (panel, members) in _panels)
        {
            var position = 0;
            foreach (var (_, member, said) in members.OrderBy(item => item.Sequence))
            {
                position++;
                writer.Value(panel, "has-member", member, PropertyType.Coding, position);
                for (var i = 0; i < Columns.Length; i++) writer.Value(panel, Columns[i], said[i], PropertyType.String, position);
                writer.Value(member, "member-of", panel, PropertyType.Coding);
            }
        }
    }
}

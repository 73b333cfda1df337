using Terminology.CodeSystems;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.Loinc;

/// <summary>Groups (LG codes) below their parent groups; terms name their groups in the property <c>group</c>.</summary>
internal sealed class LoincGroups(LoincWriter writer)
{
    private readonly HashSet<(string, string)> _categories = [];

    public void ParentGroup(CsvRows rows, string code)
    {
        if (writer.Concept(code, LoincWriter.Flags(rows["Status"]) | ConceptFlags.Abstract)) writer.Name(code, rows["ParentGroup"], DesignationUses.Display, 0);
    }

    public void Group(CsvRows rows, string code)
    {
        if (!writer.Concept(code, LoincWriter.Flags(rows["Status"]) | ConceptFlags.Abstract)) return;
        writer.Name(code, rows["Group"], DesignationUses.Display, 0);
        writer.Value(code, "Archetype", rows["Archetype"], PropertyType.Coding);
        writer.Value(code, "VersionFirstReleased", rows["VersionFirstReleased"]);
        if (rows["ParentGroupId"] is not { Length: > 0 } parent) return;
        writer.Concept(parent, ConceptFlags.Abstract);
        writer.Parent(code, parent);
    }

    public void Term(CsvRows rows, string term)
    {
        var group = rows["GroupId"];
        writer.Value(term, "group", group, PropertyType.Coding);
        if (rows["Category"] is { Length: > 0 } category && _categories.Add((group, category))) writer.Value(group, "Category", category);
    }
}

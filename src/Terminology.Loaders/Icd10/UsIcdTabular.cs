using System.Xml;
using System.Xml.Linq;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Icd10;

/// <summary>
/// The ICD-10-CM tabular list: chapters, blocks, categories, notes. Beside an order file it only adds what that one does not have; alone it also says which codes are
/// valid, seventh characters expanded.
/// </summary>
/// <param name="file">The XML file.</param>
/// <param name="classes">Where to push.</param>
/// <param name="report">Counts each <c>diag</c> as a row.</param>
/// <param name="hasOrder">Did an order file say which codes are valid?</param>
internal sealed class UsIcdTabular(ReleaseFile file, ClassificationSink classes, LoadReport report, bool hasOrder)
{
    /// <summary>The kinds of notes, which are properties of their code.</summary>
    public static IReadOnlyList<string> Notes { get; } = ["inclusionTerm", "includes", "excludes1", "excludes2", "useAdditionalCode", "codeFirst", "codeAlso", "notes", "sevenChrNote"];

    private const byte TabularRank = 20, InclusionRank = 50;

    private static readonly Coding Inclusion = new(DesignationUses.Display.System, DesignationUses.Display.Code, Display: "Inclusion term");

    private readonly FileReport _counts = report.Begin(file.Path);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <exception cref="Issues.ReleaseFormat">Not well-formed.</exception>
    public void Read(CancellationToken cancel)
    {
        report.Progress.Step = file.Path;
        foreach (var chapter in SafeXml.Load(file).Root!.Elements("chapter"))
        {
            cancel.ThrowIfCancellationRequested();
            var code = Text(chapter, "name");
            if (code.Length == 0) continue;
            classes.Add(code, isAbstract: true);
            classes.Title(code, Text(chapter, "desc"));
            NotesOf(chapter, code);
            foreach (var section in chapter.Elements("section")) Section(section, code);
        }
    }

    private void Section(XElement section, string chapter)
    {
        var id = (string?)section.Attribute("id") ?? "";
        if (id.Length == 0) return;
        // A section of one category carries the category's own code.
        var block = id.Contains('-') || section.Elements("diag").All(diag => Text(diag, "name") != id) ? id : $"{id}-{id}";
        if (classes.Add(block, isAbstract: true)) classes.Parent(block, chapter);
        classes.Title(block, Text(section, "desc"));
        NotesOf(section, block);
        foreach (var diag in section.Elements("diag")) Diagnosis(diag, block, isCategory: true, SeventhCharacters.None);
    }

    private void Diagnosis(XElement diag, string parent, bool isCategory, SeventhCharacters seventh)
    {
        _counts.Row();
        var (code, title) = (IcdCode.Cm10(Text(diag, "name")), Text(diag, "desc"));
        if (code.Length == 0 || !_seen.Add(code))
        {
            _counts.Reject(Line(diag), code.Length == 0 ? "a diag has no name." : $"the code {code} stands above already; the first one counts.");
            return;
        }
        seventh = seventh.Below(diag, text => _counts.Warn(Line(diag), $"the note '{text}' restricts seventh characters in words that are not understood; import the order file too, it says which codes are valid."));
        var isLeaf = !diag.Elements("diag").Any();
        var extended = isLeaf && !hasOrder ? seventh.Of(code).ToArray() : [];
        var isNew = classes.Add(code, isAbstract: !isLeaf || extended.Length > 0);
        if (isNew)
        {
            if (hasOrder) _counts.Warn(Line(diag), $"the code {code} is not in the order file; it is kept, and nothing says whether it is billable.");
            else classes.Billable(code, isLeaf && extended.Length == 0);
        }
        classes.Title(code, title, isNew ? (byte)0 : TabularRank);
        // The order file has all but the first level already.
        if (isNew || isCategory) classes.Parent(code, parent);
        NotesOf(diag, code);
        foreach (var child in diag.Elements("diag")) Diagnosis(child, code, isCategory: false, seventh);
        foreach (var (full, text) in extended)
        {
            if (!classes.Add(full, isAbstract: false)) continue;
            classes.Title(full, $"{title}, {text}");
            classes.Parent(full, code);
            classes.Billable(full, true);
        }
    }

    private void NotesOf(XElement element, string code)
    {
        foreach (var kind in Notes)
        {
            foreach (var note in element.Elements(kind).Elements("note"))
            {
                var text = note.Value.Trim();
                classes.Note(code, kind, text);
                if (kind == "inclusionTerm") classes.Title(code, text, InclusionRank, Inclusion);
            }
        }
    }

    private static string Text(XElement element, string name) => element.Element(name)?.Value.Trim() ?? "";

    private static int Line(XElement element) => ((IXmlLineInfo)element).LineNumber;
}

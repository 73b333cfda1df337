using System.Text;
using System.Xml;
using System.Xml.Linq;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Icd10;

/// <summary>Reads one version of a classification of the CDC or CMS.</summary>
internal sealed class UsIcdRelease(IReadOnlyList<(ReleaseFile File, UsIcdContent Content)> files, ImportOptions options) : RecognisedRelease
{
    private static readonly string[] Notes = ["inclusionTerm", "includes", "excludes1", "excludes2", "useAdditionalCode", "codeFirst", "codeAlso", "notes", "sevenChrNote"];
    private static readonly Coding ShortTitle = new("http://terminology.hl7.org/CodeSystem/designation-usage", "display", Display: "Short title"), Inclusion = new("http://terminology.hl7.org/CodeSystem/designation-usage", "display", Display: "Inclusion term");

    public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        report.Progress.TotalBytes = files.Sum(file => file.File.Length);
        sink.Begin(info with
        {
            CodeSystem = info.CodeSystem! with { Url = new(info.Id.Url), Version = info.Id.Version, Properties = [.. Notes.Select(note => new PropertyDefinition(note, PropertyType.String)), new("billable", PropertyType.Boolean)] },
        });
        var classes = new ClassificationSink(sink);
        // The tabular list first: it knows the hierarchy; the order file then fills in what it does not have.
        foreach (var (file, content) in files.OrderByDescending(file => file.Content == UsIcdContent.CmTabular).ThenBy(file => file.File.Name.Contains("SHORT", StringComparison.OrdinalIgnoreCase)))
        {
            cancel.ThrowIfCancellationRequested();
            switch (content)
            {
                case UsIcdContent.CmTabular:
                    Tabular(file, classes, report);
                    break;
                case UsIcdContent.CmOrder:
                    Order(file, classes, sink, report, IcdCode.Cm10, cancel);
                    break;
                case UsIcdContent.PcsOrder:
                    Order(file, classes, sink, report, code => code, cancel);
                    break;
                case UsIcdContent.CmCodes:
                    Titles(file, classes, report, IcdCode.Cm10, 3, cancel);
                    break;
                case UsIcdContent.Dx9:
                    Titles(file, classes, report, IcdCode.Dx9, 3, cancel);
                    break;
                case UsIcdContent.Sg9:
                    Titles(file, classes, report, IcdCode.Sg9, 2, cancel);
                    break;
            }
        }
    }

    /// <summary>Columns: 1–5 order, 7–13 code, 15 billable, 17–76 short title, 78– long title.</summary>
    private void Order(ReleaseFile file, ClassificationSink classes, IReleaseSink sink, LoadReport report, Func<string, string> codeOf, CancellationToken cancel)
    {
        using var lines = new TextLines(file, report, options.Encoding);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (lines.Read())
        {
            if (lines.Line % 4096 == 0) cancel.ThrowIfCancellationRequested();
            var text = Encoding.UTF8.GetString(lines.Text);
            if (text.Length < 17 || text[5] != ' ' || text[14] is not ('0' or '1'))
            {
                lines.Counts.Reject(lines.Line, "the line is not laid out as an order file: 1–5 order, 7–13 code, 15 billable 0 or 1, 17–76 short title, 78– long title.");
                continue;
            }
            var code = codeOf(text[6..13].Trim());
            if (!seen.Add(code))
            {
                lines.Counts.Reject(lines.Line, $"the code {code} stands above already; the first line counts.", 7);
                continue;
            }
            var (shortTitle, longTitle) = (text.Length > 76 ? text[16..76].Trim() : text[16..].Trim(), text.Length > 77 ? text[77..].Trim() : "");
            var header = text[14] == '0';
            var isNew = classes.Add(code, header);
            if (isNew)
            {
                classes.Title(code, longTitle.Length > 0 ? longTitle : shortTitle);
                if (classes.ParentByPrefix(code, 1) is { } parent) classes.Parent(code, parent);
            }
            if (shortTitle.Length > 0 && shortTitle != longTitle) classes.Title(code, shortTitle, 30, ShortTitle);
            sink.Property(new() { Concept = Encoding.UTF8.GetBytes(code), Property = "billable"u8, Type = PropertyType.Boolean, Value = header ? "false"u8 : "true"u8, Active = true });
        }
    }

    /// <summary>Code, blanks, title.</summary>
    private void Titles(ReleaseFile file, ClassificationSink classes, LoadReport report, Func<string, string> codeOf, int shortest, CancellationToken cancel)
    {
        using var lines = new TextLines(file, report, options.Encoding ?? "windows-1252");
        var isShort = file.Name.Contains("SHORT", StringComparison.OrdinalIgnoreCase);
        while (lines.Read())
        {
            if (lines.Line % 4096 == 0) cancel.ThrowIfCancellationRequested();
            var text = Encoding.UTF8.GetString(lines.Text);
            var blank = text.IndexOf(' ');
            if (blank < 2 || blank > 8)
            {
                lines.Counts.Reject(lines.Line, "a code, blanks and a title are expected.");
                continue;
            }
            var (code, title) = (codeOf(text[..blank]), text[blank..].Trim());
            if (classes.Add(code, isAbstract: false) && classes.ParentByPrefix(code, shortest) is { } parent) classes.Parent(code, parent);
            classes.Title(code, title, isShort ? (byte)30 : (byte)0, isShort ? ShortTitle : null);
        }
    }

    private static void Tabular(ReleaseFile file, ClassificationSink classes, LoadReport report)
    {
        var counts = report.Begin(file.Path);
        report.Progress.Step = file.Path;
        var document = SafeXml.Load(file);
        foreach (var chapter in document.Root!.Elements("chapter"))
        {
            var code = Text(chapter, "name");
            if (code.Length == 0) continue;
            classes.Add(code, isAbstract: true);
            classes.Title(code, Text(chapter, "desc"));
            NotesOf(classes, chapter, code);
            foreach (var section in chapter.Elements("section"))
            {
                var id = (string?)section.Attribute("id") ?? "";
                if (id.Length == 0) continue;
                // A section of one category carries the category's own code.
                var block = id.Contains('-') || section.Elements("diag").All(diag => Text(diag, "name") != id) ? id : $"{id}-{id}";
                if (classes.Add(block, isAbstract: true)) classes.Parent(block, code);
                classes.Title(block, Text(section, "desc"));
                NotesOf(classes, section, block);
                foreach (var diag in section.Elements("diag")) Diagnosis(diag, block, []);
            }
        }

        void Diagnosis(XElement diag, string parent, IReadOnlyList<(string Character, string Text)> seventh)
        {
            counts.Row();
            var code = IcdCode.Cm10(Text(diag, "name"));
            var children = diag.Elements("diag").ToArray();
            var own = diag.Element("sevenChrDef")?.Elements("extension").Select(extension => (((string?)extension.Attribute("char") ?? "").Trim(), extension.Value.Trim())).ToArray();
            var extensions = own is { Length: > 0 } ? own : seventh;
            var leaf = children.Length == 0;
            if (!classes.Add(code, isAbstract: !leaf || extensions.Count > 0))
            {
                counts.Reject(Line(diag), $"the code {code} stands above already; the first one counts.");
                return;
            }
            classes.Title(code, Text(diag, "desc"));
            classes.Parent(code, parent);
            NotesOf(classes, diag, code);
            foreach (var child in children) Diagnosis(child, code, extensions);
            if (!leaf) return;
            foreach (var (character, text) in extensions)
            {
                var full = IcdCode.Cm10(code.Replace(".", "", StringComparison.Ordinal).PadRight(6, 'X') + character);
                if (!classes.Add(full, isAbstract: false)) continue;
                classes.Title(full, $"{Text(diag, "desc")}, {text}");
                classes.Parent(full, code);
            }
        }
    }

    private static void NotesOf(ClassificationSink classes, XElement element, string code)
    {
        foreach (var kind in Notes)
        {
            foreach (var note in element.Elements(kind).Elements("note"))
            {
                var text = note.Value.Trim();
                classes.Note(code, kind, text);
                if (kind == "inclusionTerm") classes.Title(code, text, 50, Inclusion);
            }
        }
    }

    private static string Text(XElement element, string name) => element.Element(name)?.Value.Trim() ?? "";

    private static int Line(XElement element) => ((IXmlLineInfo)element).LineNumber;
}

/// <summary>XML without entities from outside and without expansions: a DOCTYPE is passed over.</summary>
internal static class SafeXml
{
    /// <exception cref="ReleaseFormat">Not well-formed: names line and column.</exception>
    public static XDocument Load(ReleaseFile file)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersFromEntities = 1024, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            using var stream = file.Open();
            using var reader = XmlReader.Create(stream, settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException problem)
        {
            throw new ReleaseFormat($"this is not well-formed XML: {problem.Message} Fetch the file again or correct it.", file.Path, problem.LineNumber, problem.LinePosition);
        }
        catch (InvalidDataException)
        {
            throw new ReleaseFormat("the compressed data breaks off or is damaged; fetch the file again.", file.Path);
        }
    }
}

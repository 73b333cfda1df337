using System.Text;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Icd10;

/// <summary>Reads one version of a classification of the CDC or CMS.</summary>
internal sealed class UsIcdRelease(IReadOnlyList<(ReleaseFile File, UsIcdContent Content)> files, ImportOptions options) : RecognisedRelease
{
    /// <summary>What classifications of the CDC and CMS say of a code beside titles.</summary>
    public static IReadOnlyList<PropertyDefinition> Properties { get; } = [.. UsIcdTabular.Notes.Select(note => new PropertyDefinition(note, PropertyType.String)), new("billable", PropertyType.Boolean)];

    public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        report.Progress.TotalBytes = files.Sum(file => file.File.Length);
        sink.Begin(info with { CodeSystem = info.CodeSystem! with { Url = new(info.Id.Url), Version = info.Id.Version, Properties = Properties } });
        var classes = new ClassificationSink(sink);
        var hasOrder = files.Any(file => file.Content is UsIcdContent.CmOrder);
        // The order file knows which codes are valid and what they are called; the tabular list then adds chapters, blocks and notes.
        foreach (var (file, content) in files.OrderBy(file => file.Content).ThenBy(file => file.File.Name.Contains("SHORT", StringComparison.OrdinalIgnoreCase)))
        {
            cancel.ThrowIfCancellationRequested();
            switch (content)
            {
                case UsIcdContent.CmTabular:
                    new UsIcdTabular(file, classes, report, hasOrder).Read(cancel);
                    break;
                case UsIcdContent.CmOrder:
                    Order(file, classes, report, IcdCode.Cm10, cancel);
                    break;
                case UsIcdContent.PcsOrder:
                    Order(file, classes, report, code => code, cancel);
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

    private void Order(ReleaseFile file, ClassificationSink classes, LoadReport report, Func<string, string> codeOf, CancellationToken cancel)
    {
        using var lines = new TextLines(file, report, options.Encoding);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (lines.Read())
        {
            if (lines.Line % 4096 == 0) cancel.ThrowIfCancellationRequested();
            if (UsIcdLine.Parse(Encoding.UTF8.GetString(lines.Text), codeOf) is not { } line)
            {
                lines.Counts.Reject(lines.Line, "the line is not laid out as an order file: 1–5 order, 7–13 code, 15 billable 0 or 1, 17–76 short title, 78– long title.");
                continue;
            }
            if (!seen.Add(line.Code))
            {
                lines.Counts.Reject(lines.Line, $"the code {line.Code} stands above already; the first line counts.", 7);
                continue;
            }
            line.Push(classes);
            if (classes.ParentByPrefix(line.Code, 1) is { } parent) classes.Parent(line.Code, parent);
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
            classes.Title(code, title, isShort ? UsIcdLine.ShortRank : (byte)0, isShort ? UsIcdLine.ShortTitle : null);
        }
    }
}

/// <summary>One line of an order file, or what an addenda file says of one. Columns: 1–5 order, 7–13 code, 15 billable, 17–76 short title, 78– long title.</summary>
/// <remarks>The CMS describes the layout in the <c>icd10OrderFiles.pdf</c> beside each release.</remarks>
internal sealed record UsIcdLine(string Code, bool IsHeader, string ShortText, string LongText)
{
    public const byte ShortRank = 30;

    public static Coding ShortTitle { get; } = new(DesignationUses.Display.System, DesignationUses.Display.Code, Display: "Short title");

    /// <returns>Null when the line is not laid out so.</returns>
    public static UsIcdLine? Parse(string text, Func<string, string> codeOf)
    {
        if (text.Length < 17 || text[5] != ' ' || text[14] is not ('0' or '1')) return null;
        var code = text[6..13].Trim();
        return code.Length == 0 ? null : new(codeOf(code), text[14] == '0', text.Length > 76 ? text[16..76].Trim() : text[16..].Trim(), text.Length > 77 ? text[77..].Trim() : "");
    }

    /// <summary>Pushes the class with its titles; where it stands in the hierarchy is for the caller to say.</summary>
    public void Push(ClassificationSink classes)
    {
        classes.Add(Code, IsHeader);
        classes.Title(Code, LongText.Length > 0 ? LongText : ShortText);
        if (ShortText.Length > 0 && ShortText != LongText) classes.Title(Code, ShortText, ShortRank, ShortTitle);
        classes.Billable(Code, !IsHeader);
    }
}
